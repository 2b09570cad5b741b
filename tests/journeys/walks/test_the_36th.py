"""A visit that the shipped record has whole: plan, people, papers and timetable typed by hand, and equal to it."""

import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import pytest

from tests.journeys.by_hand import (
    Recorder,
    Visit,
    begins,
    earlier_visits,
    english,
    exchange_facts,
    plans,
    public,
    short,
)
from tests.journeys.conftest import SitsDown
from tests.journeys.the_36th import (
    COLUMNS,
    days_compared,
    list_compared,
    member_typed,
    paper_compared,
    paper_typed,
    papers_of,
)
from tests.shipped import BASE, shipped
from tests.site import Site

SHIPPED: Final = {
    kind: shipped()[name].content()
    for kind, name in (
        ("exchange", "exchange/ndl-nlc-36"),
        ("nlc", "participation/ndl-nlc-36-nlc"),
        ("ndl", "participation/ndl-nlc-36-ndl"),
        ("timetable", "timetable/ndl-nlc-36"),
    )
}
FACTS: Final = exchange_facts(SHIPPED["exchange"])
VISIT: Final = Visit(
    number=36,
    year=2017,
    dates="14-21 November 2017",
    place=FACTS["cities"][0],
    themes=tuple(FACTS["themes"]),
    source="NDL Newsletter, No. 216: 36th Mutual Visit Program",
    issued="2017-12",
)
# For a timetable of twelve sessions.
MOST_MINUTES: Final = 5
WHO: Final = {"ndl": "National Diet Library", "nlc": "National Library of China"}


def visited() -> dict[str, str]:
    """The bodies at which they were, by the last part of their names."""
    places = (each["at"] for each in SHIPPED["timetable"]["sessions"] if "at" in each)
    return {short(uri): english(shipped()[uri.removeprefix(BASE)].title) for uri in places if short(uri) not in WHO}


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server on which the programme and the two visits before are on record, and the bodies that were visited."""
    home = tmp_path_factory.mktemp("the-36th") / "home"
    with earlier_visits(founded_home, home, number=36, year=2017, bodies=visited()) as site:
        yield site


def people(sato: Recorder) -> None:
    sato.comes("people/?lang=en")
    for institution in WHO:
        section = f"#of-{institution}"
        rows = [member_typed(member) for member in SHIPPED[institution]["members"]]
        for column in COLUMNS:
            sato.down(section, column, [row[column] for row in rows])
        sato.saved(section)
    size = sato.person.page.locator("#of-nlc [name=size_stated]")
    sato.writes(size, str(SHIPPED["nlc"]["size_stated"]))
    sato.sends("Save these", within="#of-nlc")


def papers(sato: Recorder) -> None:
    sato.comes("papers/?lang=en")
    for institution in WHO:
        section = f"#of-{institution}"
        rows = [paper_typed(content) for content in papers_of(institution)]
        sato.down(section, "title:en", [title for _kind, _speakers, title in rows])
        sato.down(section, "speakers", [speakers for _kind, speakers, _title in rows])
        sato.kinds_down(section, "type", [kind for kind, _speakers, _title in rows])
        sato.saved(section)


def timetable(sato: Recorder) -> None:
    sessions, table, page = SHIPPED["timetable"]["sessions"], "#of-1", sato.person.page
    sato.comes("timetable/?lang=en")
    # The first word is enough for a browser to choose it.
    sato.kinds_down(table, "type", [session["type"].partition(" ")[0] for session in sessions])
    typed = [as_words(session) for session in sessions]
    for column in typed[0]:
        sato.down(table, column, [words[column] for words in typed])
    for place, session in enumerate(sessions):
        if short(session.get("at", "")) in visited():
            cell = page.locator(f"{table} table.rows tbody tr[data-row] [name$='/at']").nth(place)
            sato.picks_found(cell, visited()[short(session["at"])])
    sato.saved("#of-1")


def as_words(session: dict[str, Any]) -> dict[str, str]:
    """A session as it is typed, column by column; a place that takes part is known by its name."""
    return {
        "day": session.get("date", ""),
        "number": str(session.get("number", "")),
        "papers": "; ".join(titles_of_shipped()[uri] for uri in session.get("papers", ())),
        "venue:en": english(session.get("venue")),
        "who": ", ".join(WHO[short(uri)] for uri in session.get("taking_part", ())),
        "at": WHO.get(short(session.get("at", "")), ""),
        "themes:en": "; ".join(english(theme["text"]) for theme in session.get("themes", ())),
        "remark:en": english(session.get("remark")),
    }


def titles_of_shipped() -> dict[str, str]:
    named = {uri for session in SHIPPED["timetable"]["sessions"] for uri in session.get("papers", ())}
    return {uri: english(shipped()[uri.removeprefix(BASE)].title) for uri in named}


def with_titles(table: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    """A timetable that names its papers by their titles: what they are called as records is another matter."""
    named = deepcopy(table)
    for session in named["sessions"]:
        if "papers" in session:
            session["papers"] = [titles[uri] for uri in session["papers"]]
    return named


def test_the_36th_exchange_is_put_on_record_whole(desk: Site, sits_down: SitsDown) -> None:
    """Sato has the newsletter of 2017: she types all that the shipped record has of the visit, and sends it in one act.

    What readers then see is what the shipped record says, but for what people and records are called, for the bodies of
    second posts, and for translations.
    """
    sato = Recorder(sits_down("sato", second="ko"), name=VISIT.name)
    begins(sato, VISIT)
    plans(sato, VISIT)
    people(sato)
    papers(sato)
    before = sato.did.minutes()
    timetable(sato)
    assert sato.did.minutes() - before <= MOST_MINUTES
    sato.comes("send/")
    sato.sends("Approve and send what is ticked")
    assert sato.person.told() == "9 texts were sent."
    records = {uri: content for uri, content in public(desk).items() if uri.startswith("institution/ndl/")}

    def of(kind: str) -> list[dict[str, Any]]:
        return [content for content in records.values() if content["kind"] == kind]

    (exchange,), (table,) = of("exchange"), of("timetable")
    assert exchange_facts(exchange) == FACTS
    for content in of("participation"):
        assert list_compared(content) == list_compared(SHIPPED[short(content["institution"])])
    for institution in WHO:
        typed = [content for content in of("paper") if short(content["institution"]) == institution]
        wanted = papers_of(institution)
        assert by_title(typed) == by_title(wanted)
    titles = {f"tag:127.0.0.1,2026:{uri}": english(content["title"]) for uri, content in records.items()}
    typed_days, shipped_days = with_titles(table, titles), with_titles(SHIPPED["timetable"], titles_of_shipped())
    assert days_compared(typed_days) == days_compared(shipped_days)
    # Read with `pytest -s`.
    sys.stdout.write(sato.says())


def by_title(papers_given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = [paper_compared(content) for content in papers_given]
    return sorted(kept, key=lambda content: str(content["title"]))
