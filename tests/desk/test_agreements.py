"""The register of agreements: nothing lapsed hidden, what extends each under it, a renewal in one click, on paper."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from koryu.archive import queries as archive
from koryu.consent import actions, queries
from koryu.desk.agreements.register import register
from koryu.files.actions import bring
from koryu.records.kinds import document_of
from koryu.wording.languages import LANGUAGES
from tests.desk.people import person
from tests.html import problems_of
from tests.world import AT, COMPILER, NAL, NDL, NLC, NLK, WORK, House, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
SOURCE = [{"id": "page", "work": WORK}]


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL)


def agreement(name: str, *institutions: str, by: str = COMPILER, **more: Any) -> str:
    """An agreement on record from published sources; returns its URI."""
    content = {
        "kind": "agreement",
        "type": "memorandum of understanding",
        "title": {"ja": f"覚書{name}", "en": f"Memorandum {name}", "source": "ja"},
        "institutions": list(institutions),
        "sources": SOURCE,
        **more,
    }
    actions.record(institution=by, record=uri(f"agreement/{name}"), document=document_of(content), by="head", at=AT)
    return uri(f"agreement/{name}")


def text_of(html: str) -> str:
    return re.sub(r"\s+([.,]|$)", r"\1", re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).strip()


def rows(page: str) -> list[str]:
    """Every agreement of the register, in words."""
    inside = page.partition('<table class="list register">')[2].partition("<tbody>")[2].partition("</table>")[0]
    return [text_of(one) for one in inside.split("<tr>")[1:]]


def seen(client: Client, address: str = "/desk/agreements/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_agreement_has_its_institutions_its_term_and_how_it_was_made() -> None:
    agreement(
        "a",
        NDL,
        NLC,
        act="signed",
        done={"on": "2021-06-01"},
        term={"start": "2021-06", "end": "2999-05", "renewal": "renewed by agreement"},
        texts_in=[
            {"id": "ja", "lang": "ja", "authentic": True, "text": "覚書"},
            {"id": "en", "lang": "en", "authentic": False, "text": "Memorandum"},
        ],
    )
    (row,) = rows(seen(person("clerk", (NDL, "reader"))))
    for words in (
        "memorandum of understanding",
        "NDL, NLC",
        "memorandum of understanding · signed · 1 June 2021",
        "from June 2021 to May 2999 renewed by agreement",
        "Runs out: May 2999.",
        "Authentic texts: Japanese",
    ):
        assert words in row


def test_what_has_lapsed_is_shown_with_everything_else_and_said_to_have() -> None:
    agreement("old", NDL, NLC, term={"start": "1999", "end": "2004"})
    agreement("renewing", NDL, NLC, term={"start": "1999", "end": "2004", "renewal": "renews automatically"})
    page = rows(seen(person("clerk", (NAL, "reader"))))
    assert len(page) == 2
    assert "Ran out: 2004. No extension is on record." in " ".join(page)
    assert re.search(
        r"Renews automatically in 20[2-9]\d ?\. If it should not, give notice before then\.", " ".join(page)
    )


def test_what_extends_or_amends_stands_under_what_it_began_with_by_type() -> None:
    first = agreement("first", NDL, NLC, term={"start": "1999", "end": "2004"})
    second = agreement("second", NDL, NLC, type="extension", extends=first, term={"start": "2004", "end": "2009"})
    agreement("third", NDL, NLC, type="extension", extends=second, term={"start": "2009", "end": "2999"})
    agreement("change", NDL, NLC, type="amendment", extends=first, amends_by="change of content")
    agreement("correction", NDL, NLC, type="amendment", extends=first, amends_by="correction")
    (one,) = register(archive.lines("agreement", asking=NDL), today=TODAY)
    assert [(sort, [line.uri.rpartition("/")[2] for line in lines]) for sort, lines in one.amendments] == [
        ("correction", ["correction"]),
        ("extension of term", ["second", "third"]),
        ("change of content", ["change"]),
    ]
    assert (str(one.term.until), one.lapsed) == ("2999", False)


def test_a_circle_of_extensions_hides_nothing() -> None:
    for extends in ({}, {"x": "y", "y": "x"}):
        for name in ("x", "y"):
            agreement(name, NDL, NLC, **({"extends": uri(f"agreement/{extends[name]}")} if extends else {}))
    found = register(archive.lines("agreement", asking=NDL), today=TODAY)
    assert sorted(line.uri for one in found for line in one.all) == [uri("agreement/x"), uri("agreement/y")]


def test_an_extension_that_does_not_say_until_when_is_not_said_to_have_lapsed() -> None:
    first = agreement("first", NDL, NLC, term={"end": "2004"})
    agreement("second", NDL, NLC, type="extension", extends=first)
    (one,) = register(archive.lines("agreement", asking=NDL), today=TODAY)
    assert (one.term.until, one.lapsed, one.says) == (None, False, ())


def test_the_register_is_narrowed_down_by_chips_that_can_be_removed() -> None:
    agreement("lapsed", NDL, NLC, term={"end": "2004"})
    agreement("ours", NDL, NLK, type="Letter of Intent")
    agreement("theirs", NLC, NLK)
    client = person("clerk", (NDL, "reader"))
    for asked, count in (
        ("?lapsed=1", 1),
        ("?ours=1", 2),
        (f"?institution={NLK}", 2),
        ("?type=Letter+of+Intent", 1),
        ("?type=nonsense", 3),
        (f"?ours=1&institution={NLK}&lapsed=1", 0),
    ):
        assert len(rows(seen(client, f"/desk/agreements/{asked}"))) == count
    page = seen(client, "/desk/agreements/?lapsed=1&ours=1")
    assert '<a href="?ours=1">expired <span class="in">remove</span></a>' in page
    assert "2 more are not shown." in page


def test_what_is_under_consultation_is_shown_to_those_who_take_part() -> None:
    document = document_of(
        {"kind": "agreement", "type": "agreement", "title": {"en": "A new one"}, "institutions": [NDL, NLC]}
    )
    House(NDL, uri("agreement/new")).propose(document)
    assert "A new one" in seen(person("theirs", (NLC, "officer")))
    assert "A new one" not in seen(person("stranger", (NAL, "head")))


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_takes_as_many_statements_however_long_it_is(count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        agreement(str(number), NDL, NLC, term={"start": "2020", "end": "2030"})
        document = document_of(
            {"kind": "agreement", "type": "agreement", "title": {"en": "New"}, "institutions": [NDL, NLC]}
        )
        House(NDL, uri(f"agreement/new-{number}")).propose(document)
    client = person("clerk", (NDL, "officer"))
    client.get("/desk/agreements/")
    with django_assert_num_queries(7):
        client.get("/desk/agreements/")


# Renewal


def test_a_renewal_is_drafted_in_one_click_and_once() -> None:
    first = agreement("first", NDL, NLC, term={"start": "2021-06-01", "end": "2026-05-31"})
    client = person("clerk", (NDL, "officer"))
    for _ in range(2):
        answer = client.post(f"/desk/record/{first}/renew/")
        (draft,) = queries.drafts_of(NDL)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/draft/{draft.id}/")
    assert draft.content == {
        "kind": "agreement",
        "type": "extension",
        "amends_by": "extension of term",
        "extends": first,
        "title": {"ja": "「覚書first」の延長", "en": "Extension of “Memorandum first”", "source": "ja"},
        "institutions": [NDL, NLC],
        "term": {"start": "2026-05-31"},
    }
    assert draft.record.startswith("tag:")
    document_of(draft.content)


@pytest.mark.parametrize(("who", "role"), [(NAL, "head"), (NDL, "reader"), (NDL, "translator")])
def test_who_may_not_propose_a_renewal_is_told_why(who: str, role: str) -> None:
    first = agreement("first", NDL, NLC)
    client = person("other", (who, role))
    answer = client.post(f"/desk/record/{first}/renew/")
    assert (answer.headers["Location"], queries.drafts_unsent()) == (f"/desk/record/{first}/", ())
    assert 'role="status"' in client.get(f"/desk/record/{first}/").content.decode()


def test_only_what_is_an_agreement_and_there_is_renewed() -> None:
    client = person("clerk", (NDL, "head"))
    for name in (NDL, uri("agreement/none")):
        assert client.post(f"/desk/record/{name}/renew/").status_code == 404
    assert client.get(f"/desk/record/{agreement('a', NDL)}/renew/").status_code == 302


# The certificate


def agreed_by_letter() -> str:
    record = uri("agreement/new")
    whose: dict[str, Any] = {"institution": NDL, "record": record, "by": "head", "at": AT}
    file = bring(name="覚書.pdf", media_type="application/pdf", body=b"%PDF-1.7 text", **whose)
    document = document_of(
        {
            "kind": "agreement",
            "type": "memorandum of understanding",
            "title": {"en": "Memorandum", "ja": "覚書", "zh-Hans": "备忘录", "ko": "양해각서", "source": "en"},
            "institutions": [NDL, NLC, NLK],
            "act": "signed",
            "done": {"on": "2026-06-01", "at": {"en": "Tokyo"}, "by": [{"id": "a", "institution": NDL}]},
            "term": {"start": "2026-06", "end": "2031-05", "renewal": "renews automatically"},
            "texts_in": [
                {
                    "id": "ja",
                    "lang": "ja",
                    "authentic": True,
                    "text": "第一条",
                    "file": {
                        "id": "f",
                        "name": "覚書.pdf",
                        "digest": file,
                        "media_type": "application/pdf",
                        "size": 13,
                    },
                },
                {"id": "en", "lang": "en", "authentic": False, "text": "Article 1"},
            ],
        }
    )
    version = House(NDL, record).propose(document)
    House(NLC, record).accept(version)
    actions.accept_with_letter(
        on_behalf_of=NLK, name="l.pdf", body=b"%PDF-1", version=version, **House(NDL, record).said
    )
    return record


def test_a_certificate_shows_each_word_in_its_true_form() -> None:
    record = agreed_by_letter()
    page = person("clerk", (NDL, "reader")).get(f"/desk/record/{record}/certificate/").content.decode()
    words = [text_of(one) for one in re.findall(r'<li class="given.*?</li>', page, re.S)]
    assert words == [
        "NDL proposed 22 November 2026",
        "NLC accepted 22 November 2026",
        "NLK by letter, recorded by NDL 22 November 2026 The letter",
    ]
    assert f"<code>{queries.history(record).agreed}</code>" in page
    assert "/agreement/new" in page


def test_a_certificate_of_published_sources_claims_nobodys_word() -> None:
    page = person("clerk", (NDL, "reader")).get(f"/desk/record/{agreement('a', NDL, NLC)}/certificate/")
    assert "None of these institutions has confirmed" in page.content.decode()


def test_a_certificate_is_there_only_for_an_agreement_that_stands() -> None:
    client = person("clerk", (NDL, "reader"))
    assert [client.get(f"/desk/record/{name}/certificate/").status_code for name in (NDL, uri("agreement/no"))] == [
        404,
        404,
    ]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_register_and_certificate_are_sound_in_every_language(language: str) -> None:
    record = agreed_by_letter()
    agreement("x", NDL, NLC, by=NDL, type="extension", extends=record, term={"end": "2040"})
    client = person("clerk", (NDL, "head"), language=language)
    for address in ("/desk/agreements/", f"/desk/record/{record}/certificate/", f"/desk/record/{record}/"):
        assert problems_of(client.get(address).content.decode()) == []


def test_a_file_of_an_agreement_is_read_by_whoever_may_see_it() -> None:
    record = agreed_by_letter()
    client = person("stranger", (NAL, "reader"))
    page = seen(client)
    address = re.findall(r'href="(/desk/file/[^"]*)"', page)[0]
    assert client.get(address).content == b"%PDF-1.7 text"
    assert record in page
