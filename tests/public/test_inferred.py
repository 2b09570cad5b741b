"""What is inferred says so wherever it is shown: on its page with its grounds, elsewhere with a mark."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from koryu.consent import actions
from koryu.records.kinds import KINDS, NEVER_PUBLIC, document_of
from koryu.records.listed_values import VALUES
from tests.world import AT, COMPILER, NDL, NLC, WORK, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db

GROUNDS = "Because of the reason number"
# What says how a record stands or is written down, and nothing that a source could state.
NOT_STATED = frozenset({"kind", "sources", "variants", "derived", "open", "shown_to"})
PROGRAMME, EXCHANGE, PERSON, THEME = map(uri, ("programme/p", "exchange/e", "person/x", "theme/t"))
BASE: dict[str, dict[str, Any]] = {
    "theme": {"kept_by": COMPILER},
    "person": {
        "kept_by": COMPILER,
        "names": [{"id": "en", "lang": "en", "written": "Title of person", "order": "as written"}],
    },
    "institution": {
        "type": "museum",
        "kept_by": COMPILER,
        "names": [{"id": "en", "lang": "en", "written": "Title of institution"}],
    },
    "work": {"type": "report", "kept_by": COMPILER, "issued": "2001"},
    "programme": {
        "type": "mutual visit programme",
        "institutions": [{"id": "n", "institution": NDL}, {"id": "c", "institution": NLC}],
        "since": "1999",
    },
    "exchange": {
        "form": "visit",
        "event": {"state": "held"},
        "institutions": [NDL, NLC],
        "hosts": [NDL],
        "programmes": [{"id": "p", "programme": PROGRAMME, "number": "3"}],
        "dates": [{"id": "d", "scope": "exchange", "date": "2001"}],
        "places": [{"id": "p", "city": {"en": "Tokyo"}}],
    },
    "agreement": {
        "type": "agreement",
        "institutions": [NDL, NLC],
        "done": {"on": "2001"},
        "term": {"start": "2001", "end": "2003"},
    },
    "service": {"type": "reference service", "providers": [NDL], "since": "2001"},
    "outcome": {"type": "practice adopted", "kept_by": COMPILER, "date": "2001"},
    "participation": {
        "exchange": EXCHANGE,
        "institution": NDL,
        "side": "visiting",
        "members": [{"id": "x", "person": PERSON}],
    },
    "timetable": {
        "exchange": EXCHANGE,
        "arranged_by": NDL,
        "sessions": [{"id": "s", "type": "meeting", "date": "2001"}],
    },
    "paper": {
        "exchange": EXCHANGE,
        "institution": NDL,
        "type": "keynote",
        "speakers": [{"id": "x", "person": PERSON}],
    },
    "report": {"exchange": EXCHANGE, "institution": NDL, "dated": "2001"},
}
NAMED = {"programme": PROGRAMME, "exchange": EXCHANGE, "person": PERSON, "theme": THEME}


def put(kind: str, *fields: str) -> None:
    """A record of a kind in which these fields are inferred."""
    derived = [
        {"id": f"d{place}", "field": field, "grounds": {"en": f"{GROUNDS} {place}."}}
        for place, field in enumerate(fields)
    ]
    content = {
        "kind": kind,
        "title": {"en": f"Title of {kind}"},
        "sources": [{"id": "page", "work": WORK}],
        **BASE[kind],
    }
    record = NAMED.get(kind, uri(f"{kind}/one"))
    document = document_of(content | {"derived": derived})
    actions.record(institution=COMPILER, record=record, document=document, by="head", at=AT)


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(COMPILER)
    put_on_record(NDL, NLC)
    for kind in ("programme", "exchange", "theme", "person", "participation"):
        put(kind)


def words(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page_of(kind: str) -> str:
    return f"/en/{kind}/{NAMED.get(kind, f'{kind}/one').rpartition('/')[2]}/"


# What each page showed without its grounds before.
UNSAID_BEFORE = {
    "agreement": "act amends_by extends notes proposed proposed_by provides text_settled texts_in title type",
    "exchange": (
        "agreements duration event hosts invited_by notes planned_size programme_year stands_in_for themes title"
    ),
    "institution": "also ended followed_by formerly founded identifiers kept_by notes part_of places title type",
    "outcome": "concerns evidence follows_example grew_out_of kept_by notes stated_by title took_form_in type",
    "paper": "corporate_author label notes subject title title_given type wordings",
    "participation": "complete duration host notes placement side size_stated title",
    "person": "kept_by notes title",
    "programme": (
        "basis cadence continues fields hosting_order notes number_series purpose shared_concern title "
        "type until usual_shape"
    ),
    "report": "notes points published_as text title",
    "service": "how_to_use introduced notes receivers terms title type until",
    "theme": "broader notes title",
    "timetable": "complete notes sessions time_zone title",
    "work": (
        "about accessed address authors container copy_at doi issn issue language notes page publisher "
        "title title_given type volume"
    ),
}


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - NEVER_PUBLIC))
def test_every_field_that_is_inferred_says_so_on_the_page_of_its_record(kind: str) -> None:
    fields = sorted(set(KINDS[kind].model_fields) - NOT_STATED)
    put(kind, *fields)
    shown = words(page_of(kind))
    missing = [field for place, field in enumerate(fields) if f"{GROUNDS} {place}." not in shown]
    assert missing == []
    assert set(UNSAID_BEFORE[kind].split()) <= set(fields)


# Not asked before: a summary knew of nothing that is inferred.
@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        *((kind, "title", "title.en") for kind in BASE),
        *(
            (kind, field, "date")
            for kind, field in (
                ("exchange", "dates[d].date"),
                ("programme", "since"),
                ("agreement", "done.on"),
                ("service", "since"),
                ("outcome", "date"),
                ("work", "issued"),
                ("report", "dated"),
            )
        ),
        ("exchange", "dates[d]", "date"),
        ("exchange", "hosts", "hosts"),
        ("exchange", "places[p].city", "cities"),
        ("exchange", "programmes[p].number", "numbers"),
        ("exchange", "programmes[p]", "programmes"),
        ("exchange", "event", "state"),
        ("exchange", "form", "form"),
        ("agreement", "term", "until"),
        ("person", "names[en]", "title.en"),
        ("institution", "names[en].written", "title.en"),
        ("paper", "speakers[x].person", "people"),
        ("timetable", "arranged_by", "institution"),
    ],
)
def test_a_summary_tells_which_of_its_values_are_inferred(kind: str, field: str, value: str) -> None:
    derived = [{"id": "d", "field": field, "grounds": {"en": GROUNDS}}]
    summary = document_of(
        {"kind": kind, "title": {"en": f"Title of {kind}"}, **BASE[kind], "derived": derived}
    ).summary()
    assert value in summary.inferred
    assert {each.partition(".")[0] for each in summary.inferred} <= VALUES
    plain = document_of({"kind": kind, "title": {"en": f"Title of {kind}"}, **BASE[kind]}).summary()
    assert plain.inferred == ()


def test_what_is_inferred_of_another_item_marks_nothing() -> None:
    dates = [{"id": "a", "scope": "exchange", "date": "2001"}, {"id": "b", "scope": "trip", "date": "2001"}]
    derived = [{"id": "d", "field": "dates[b].date", "grounds": {"en": GROUNDS}}]
    content = {"kind": "exchange", "title": {"en": "T"}, **BASE["exchange"], "dates": dates, "derived": derived}
    assert document_of(content).summary().inferred == ()


# Where each value of an exchange is shown besides its own page: in tables, lists, a picture, a feed of results.
SHOWN_AT = ("/en/exchange/", "/en/programme/p/", "/en/timeline/")


# Before, no row was marked.
@pytest.mark.parametrize("path", SHOWN_AT)
@pytest.mark.parametrize(
    "field", ["title", "dates", "hosts", "places", "programmes[p].number", "programmes[p].programme", "form"]
)
def test_a_row_marks_what_is_inferred_of_an_exchange(path: str, field: str) -> None:
    before = words(path).count("inferred")
    put("exchange", field)
    shown = path != "/en/timeline/" or field != "places"
    assert (words(path).count("inferred") > before) == shown


# Before, none of these was marked.
@pytest.mark.parametrize(
    ("kind", "field", "path"),
    [
        ("outcome", "date", "/en/outcome/"),
        ("outcome", "type", "/en/outcome/"),
        ("service", "since", "/en/service/"),
        ("agreement", "done", "/en/agreement/"),
        ("work", "issued", "/en/work/"),
        ("programme", "since", "/en/programme/"),
        ("programme", "institutions", "/en/programme/"),
        ("programme", "institutions", "/en/network/"),
        ("institution", "title", "/en/institution/"),
        ("theme", "title", "/en/theme/"),
        ("person", "names", "/en/participation/one/"),
        ("participation", "members", "/en/person/x/"),
        ("participation", "members", "/en/exchange/e/"),
        ("timetable", "sessions", "/en/exchange/e/"),
        ("paper", "speakers", "/en/exchange/e/"),
        ("paper", "title", "/en/exchange/e/"),
        ("report", "dated", "/en/exchange/e/"),
    ],
)
def test_a_list_and_a_page_that_shows_it_among_others_mark_what_is_inferred(kind: str, field: str, path: str) -> None:
    before = len(re.findall("[Ii]nferred", words(path))) if kind not in ("report", "paper", "timetable") else 0
    put(kind, field)
    assert len(re.findall("[Ii]nferred", words(path))) > before


def test_two_languages_side_by_side_mark_it_too() -> None:
    put("programme", "title")
    assert "inferred" in words("/en/programme/p/beside/ja/")


def test_the_proof_keeps_what_was_sealed_with_its_grounds() -> None:
    put("exchange", "dates")
    content = json.loads(Client().get("/exchange/e.json").content)["versions"][-1]["content"]
    assert content["derived"][0]["grounds"]["en"] == f"{GROUNDS} 0."
