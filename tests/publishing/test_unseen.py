"""What leaves as data: nothing unseen but in the sealed content itself, and nothing inferred as if it were known."""

import json
from typing import Any

import pytest
from django.test import Client

from koryu.archive import actions as search
from koryu.consent import actions
from koryu.records.kinds import document_of
from koryu.values.invisible import percent_signed, signed_throughout, unseen, without_unseen
from tests.world import AT, COMPILER, NDL, NLC, WORK, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
TURNED = "Report \u202e101\u202c of\u200b Tokyo"
SOURCES = [{"id": "page", "work": WORK}]


def record(name: str, kind: str, **content: Any) -> None:
    # As something that was sealed before such characters were refused.
    document = document_of({"kind": kind, "sources": SOURCES, **content}, kept=True)
    actions.record(institution=COMPILER, record=uri(name), document=document, by="head", at=AT)


@pytest.fixture(autouse=True)
def planted(db: None, tmp_path: Any, settings: Any) -> None:
    settings.HOME = tmp_path
    give_voice(COMPILER)
    put_on_record(NDL, NLC)
    record(
        "work/w",
        "work",
        type="report",
        title={"en": TURNED},
        kept_by=COMPILER,
        container={"en": TURNED},
        publisher={"en": TURNED},
        authors=[{"id": "a", "lang": "en", "literal": TURNED}],
        address="https://example.org/a\u200bb",
        issued="2001",
        derived=[{"id": "issued", "field": "issued", "grounds": {"en": TURNED}}],
    )
    record(
        "exchange/e",
        "exchange",
        form="visit",
        event={"state": "held"},
        title={"en": TURNED},
        institutions=[NDL, NLC],
        hosts=[NDL],
        places=[{"id": "p", "city": {"en": TURNED}}, {"id": "q", "city": {"en": "Kyoto"}}],
        dates=[{"id": "d", "scope": "exchange", "date": "2001"}],
        derived=[
            {"id": "date", "field": "dates[d].date", "grounds": {"en": "A guess."}},
            {"id": "hosts", "field": "hosts", "grounds": {"en": "A guess."}},
            {"id": "city", "field": "places[q].city", "grounds": {"en": "A guess."}},
        ],
    )
    search.catch_up()


def body(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


LEAVING = (
    *(
        f"/en/{kind}/{name}/cite.{form}"
        for kind, name in (("work", "w"), ("exchange", "e"))
        for form in ("json", "bib", "ris")
    ),
    *(f"/en/work/bibliography.{form}" for form in ("json", "bib", "ris")),
    *("/en/new.atom", "/sitemap.xml", "/api/find?q=tokyo", "/api/find?q=repor&suggest=1"),
    *("/en/exchange/e/", "/en/work/", "/en/find/?q=tokyo"),
)


@pytest.mark.parametrize("path", LEAVING)
def test_nothing_leaves_with_a_character_in_it_that_cannot_be_seen(path: str) -> None:
    found = body(path)
    # JSON may write such a character as its number, which is the same to whoever reads it.
    assert unseen(found + found.encode().decode("unicode_escape", "ignore") if "\\u20" in found else found) == ()


@pytest.mark.parametrize("name", ["work/w", "exchange/e"])
def test_the_sealed_content_leaves_letter_for_letter(name: str) -> None:
    assert json.loads(body(f"/{name}.json"))["versions"][0]["content"]["title"]["en"] == TURNED


def test_what_is_inferred_is_noted_in_a_citation_and_left_out_of_linked_data() -> None:
    (item,) = json.loads(body("/en/work/w/cite.json"))
    assert item["note"].startswith("inferred (issued): Report [U+202E]101")
    assert "note = {inferred (issued):" in body("/en/work/w/cite.bib")
    assert "N1  - inferred (issued):" in body("/en/work/w/cite.ris")
    event = body("/en/exchange/e/").split('<script type="application/ld+json">')[1].split("</script>")[0]
    described = json.loads(event)
    assert sorted({"startDate", "organizer", "contributor"} & set(described)) == ["contributor"]
    assert [place["name"] for place in described["location"]] == ["Report [U+202E]101[U+202C] of[U+200B] Tokyo"]


def test_what_is_found_says_which_of_it_is_inferred() -> None:
    found = json.loads(body("/api/find?q=tokyo"))["found"]
    assert {one["record"]: one.get("inferred") for one in found} == {
        uri("work/w"): ["date"],
        uri("exchange/e"): ["hosts", "date", "cities"],
    }


def test_texts_are_signed_addresses_keep_leading_to_their_place_and_what_is_sought_is_bare() -> None:
    plain = {"title": [TURNED, 1, None], "url": "https://example.org/a\u200bb"}
    assert signed_throughout(plain, addresses=("url",)) == {
        "title": ["Report [U+202E]101[U+202C] of[U+200B] Tokyo", 1, None],
        "url": "https://example.org/a%E2%80%8Bb",
    }
    assert percent_signed("https://example.org/図書館") == "https://example.org/図書館"
    assert without_unseen(TURNED) == "Report 101 of Tokyo"
