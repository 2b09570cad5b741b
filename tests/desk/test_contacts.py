"""Contacts through the door: kept, found, ended, erased by head and officers; seen by nobody else."""

import re
import secrets
from html import unescape
from typing import Any, Final
from urllib.parse import quote, unquote

import pytest
from django.test import Client

from koryu.correspondence import queries
from koryu.correspondence.queries import Contact
from koryu.institutions import actions as people
from tests.desk.people import person
from tests.html import problems_of
from tests.world import (
    AT,
    COMPILER,
    NAL,
    NDL,
    NLC,
    PROGRAMME,
    House,
    exchange,
    give_voice,
    of,
    programme,
    put_on_record,
    stands,
    uri,
)

pytestmark = pytest.mark.django_db
LIST: Final = "/desk/contacts/"
OF_NAL: Final = f"?of={quote(NAL)}"
TYPED: Final = {
    "lang-1": "ko",
    "written-1": "윤서진",
    "family-1": "윤",
    "given-1": "서진",
    "order-1": "family first",
    "lang-2": "ko-Hani",
    "written-2": "尹瑞珍",
    "reading-2": "Yun Seojin",
    "order-2": "as written",
    "honorific-ko": "님",
    "honorific-ja": "様",
    "unit-ko": "국제협력과",
    "post-ko": "과장",
    "post-en": "Head of section",
    "email": "yun@example.org",
    "telephone": "+82 2 000 0000",
    "address": "서울\n여의도",
    "language": ["en", "ko"],
    "write-in": "ko",
    "since": "2024-04",
    "act": "save",
}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def add(client: Client, of: str = OF_NAL, **typed: Any) -> Any:
    return client.post(f"{LIST}new/{of}", {**TYPED, **typed})


def kept() -> Contact:
    (only,) = queries.contacts(NDL)
    return only


def added(client: Client, **typed: Any) -> Contact:
    assert add(client, **typed).status_code == 302
    return kept()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    body = answer.content.decode()
    assert problems_of(body) == []
    return str(body.partition("<main")[2])


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def fields_of(body: str) -> dict[str, Any]:
    """What a browser would send of the first form of a page."""
    form = body.partition('<form method="post" autocomplete="off">')[2].partition("</form>")[0]
    fields: dict[str, Any] = {
        name: unescape(value) for name, value in re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form)
    }
    for name, options in re.findall(r'<select[^>]*? name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        fields[name] = (re.findall(r'<option value="([^"]*)" selected', options) or [""])[0]
    for name, text in re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        fields[name] = unescape(text)
    fields["language"] = re.findall(r'type="checkbox" name="language" value="([^"]+)" checked', form)
    return fields


# Kept


def test_a_contact_is_kept_as_it_was_typed_and_saving_it_again_changes_nothing(officer: Client) -> None:
    before = added(officer)
    assert [(form.written, form.lang, form.reading, form.reading_lang) for form in before.names] == [
        ("윤서진", "ko", None, None),
        ("尹瑞珍", "ko-Hani", "Yun Seojin", "ko-Latn"),
    ]
    assert (before.since, before.address, before.languages) == ("2024-04", "서울\n여의도", ("ko", "en"))
    answer = officer.post(f"{LIST}{before.id}/", {**fields_of(page(officer, f"{LIST}{before.id}/")), "act": "save"})
    assert answer.status_code == 302
    after = kept()
    changing = ("edition", "changed_at")
    assert {k: v for k, v in vars(after).items() if k not in changing} == {
        k: v for k, v in vars(before).items() if k not in changing
    }


def test_what_cannot_be_kept_is_refused_and_what_was_typed_stands(officer: Client) -> None:
    answer = add(officer, email="nowhere")
    body = answer.content.decode()
    assert (answer.status_code, queries.contacts(NDL)) == (409, ())
    assert ("This is not an e-mail address." in body, 'value="尹瑞珍"' in body) == (True, True)
    assert add(officer, since="someday").status_code == 409


def test_a_contact_that_somebody_else_changed_meanwhile_is_not_overwritten(officer: Client) -> None:
    number = added(officer).id
    old = fields_of(page(officer, f"{LIST}{number}/"))
    assert officer.post(f"{LIST}{number}/", {**old, "telephone": "1"}).status_code == 302
    answer = officer.post(f"{LIST}{number}/", {**old, "telephone": "2"})
    assert (answer.status_code, kept().telephone) == (409, "1")


def test_it_is_listed_by_institution_and_found_by_any_script(officer: Client) -> None:
    number = added(officer).id
    assert "윤서진" in page(officer, LIST)
    assert "윤서진" in page(officer, LIST + OF_NAL)
    for asked in ("윤서진", "尹瑞珍", "Yun Seojin", "yun@", "국제협력"):
        assert f"/desk/contacts/{number}/" in page(officer, f"{LIST}?q={quote(asked)}")
        assert f"/desk/contacts/{number}/" in page(officer, f"/desk/find/?q={quote(asked)}")
    assert "No contact matches this." in page(officer, f"{LIST}?q={quote('王')}")


def test_letters_are_addressed_to_whoever_is_chosen(officer: Client) -> None:
    number = added(officer).id
    answer = officer.post(LIST + OF_NAL, {"to-": str(number), "to-invitation": str(number)}, follow=True)
    assert "Saved to whom letters are addressed." in answer.content.decode()
    assert kept().addressed == ("", "invitation")
    officer.post(LIST + OF_NAL, {"to-": str(number), "to-invitation": ""})
    assert kept().addressed == ("",)
    assert officer.post(LIST + OF_NAL, {"to-plan": "999"}).status_code == 409


def test_who_no_longer_holds_the_post_is_folded_and_addressed_no_more(officer: Client) -> None:
    number = added(officer).id
    officer.post(LIST + OF_NAL, {"to-": str(number)})
    assert officer.post(f"{LIST}{number}/", {"act": "end", "ended": "2026-01-31"}).status_code == 302
    assert (kept().until, kept().addressed) == ("2026-01-31", ())
    assert "No longer in this post" in page(officer, LIST)
    assert officer.post(f"{LIST}{number}/", {"act": "end", "ended": "2020"}).status_code == 409


def test_a_contact_is_erased_for_good(officer: Client) -> None:
    number = added(officer).id
    answer = officer.post(f"{LIST}{number}/", {"act": "erase"}, follow=True)
    assert "The contact was erased." in answer.content.decode()
    assert queries.contacts(NDL) == ()
    assert officer.get(f"{LIST}{number}/").status_code == 404


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_there_in_four_languages(language: str, officer: Client) -> None:
    number = added(officer).id
    client = person("two", (NDL, "head"), language=language)
    for address in (LIST, LIST + OF_NAL, f"{LIST}new/{OF_NAL}", f"{LIST}{number}/", "/desk/outbox/"):
        assert "%(" not in page(client, address)


# Nobody else


@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
def test_whoever_is_no_head_or_officer_finds_no_page(role: str, officer: Client) -> None:
    number = added(officer).id
    other = person("other", (NDL, role))
    for address in (LIST, LIST + OF_NAL, f"{LIST}new/{OF_NAL}", f"{LIST}{number}/"):
        assert other.get(address).status_code == 404
        assert other.post(address, {**TYPED, "act": "erase"}).status_code == 404
    assert kept().id == number
    assert f"/contacts/{number}/" not in page(other, f"/desk/find/?q={quote('윤서진')}")
    assert f'href="{LIST}"' not in other.get("/desk/").content.decode()


def test_strangers_see_and_reach_nothing(officer: Client) -> None:
    number = added(officer).id
    for stranger in (person("shen", (NLC, "head")), person("yamada", operator=True)):
        assert stranger.get(f"{LIST}{number}/").status_code == 404
        assert stranger.post(f"{LIST}{number}/", {"act": "erase"}).status_code == 404
    theirs = person("shen", (NLC, "head"))
    assert "윤서진" not in page(theirs, LIST)
    assert f"/contacts/{number}/" not in page(theirs, f"/desk/find/?q={quote('윤서진')}")
    assert theirs.post(LIST + OF_NAL, {"to-": str(number)}).status_code == 409
    assert Client().get(LIST).status_code == 302
    assert Client().get(f"{LIST}{number}/").status_code == 302
    assert (kept().id, kept().addressed) == (number, ())


@pytest.mark.parametrize("address", [f"{LIST}?of=nowhere", f"{LIST}new/?of=nowhere", f"{LIST}999/"])
def test_an_institution_or_contact_that_is_not_there_has_no_page(officer: Client, address: str) -> None:
    assert officer.get(address).status_code == 404


def test_a_word_of_a_contact_is_on_no_page_of_anybody_else(officer: Client) -> None:
    word = f"planted{secrets.token_hex(6)}"
    added(officer, **{"written-1": word, "family-1": "", "given-1": "", "unit-ko": word, "remark": word})
    readers = [person("shen", (NLC, "head")), person("reader", (NDL, "reader")), person("op", operator=True), Client()]
    addresses = ["/desk/", "/desk/exchanges/", "/desk/outbox/", "/desk/journal/", "/desk/people/", "/desk/drafts/"]
    addresses += ["/desk/find/?q={}", "/desk/suggest/?q={}", "/en/find/?q={}", "/en/", "/desk/agreements/"]
    for reader in readers:
        for address in addresses:
            # A page says again what was asked: as often as for a word that stands nowhere.
            nowhere = f"planted{secrets.token_hex(6)}"
            asked, instead = (reader.get(address.format(each)).content.decode() for each in (word, nowhere))
            assert asked.count(word) == instead.count(nowhere), address
    assert word not in officer.get("/desk/journal/").content.decode()


# Somebody asks to be taken out


def test_who_asks_to_be_erased_is_shown_with_the_contacts_of_that_name_and_linked_ones_go(officer: Client) -> None:
    head, record = person("chief", (NDL, "head")), uri("person/yun")
    names = [{"id": "ko", "lang": "ko", "written": "윤서진", "order": "as written"}]
    document = of("person", names=names, title={"ko": "윤서진"}, kept_by=NDL)
    version = House(NDL, record).propose(document)
    add(officer)
    add(officer, telephone="another", person=record)
    address = f"/desk/record/{record}/act/erase/"
    shown = text_of(page(head, f"{address}?version={version}"))
    assert (shown.count("윤서진"), "linked to the record" in shown) >= (3, True)
    assert head.post(address, {"version": version, "requested": "1"}).status_code == 302
    assert [each.telephone for each in queries.contacts(NDL)] == [TYPED["telephone"]]


# Partners that only mail


def test_the_outbox_says_whom_to_write_to_where_a_partner_only_mails(officer: Client) -> None:
    House(NDL, uri("exchange/m")).propose(exchange(NDL, NAL, title="The visit"))
    assert "No contact with an e-mail address is chosen" in page(officer, "/desk/outbox/")
    added(officer)
    body = page(officer, "/desk/outbox/")
    assert "윤서진 님" in text_of(body)
    letter = unquote(unescape(re.findall(r'href="(mailto:[^"]+)"', body)[0]))
    assert letter.startswith("mailto:yun@example.org?subject=")
    assert ("윤서진 님" in letter, "The visit" in letter, "/desk/" in letter) == (True, True, False)
    assert "윤서진" not in page(person("reader", (NDL, "reader")), "/desk/outbox/")


def test_partners_with_a_key_are_told_as_ever_and_not_here(officer: Client) -> None:
    people.appoint(username="shen", name="", institution=NLC, role="head", at=AT)
    House(NDL, uri("exchange/k")).propose(exchange(NDL, NLC))
    assert "Partners that answer by mail" not in page(officer, "/desk/outbox/")
