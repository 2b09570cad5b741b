"""The timetable of a visit that the shipped record has, typed by keys at the page of an exchange, and measured."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from koryu.records.timetable import Timetable
from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.test_next_year import VISITS
from tests.journeys.typist import Typist, cell, drafts_on
from tests.shipped import BASE, shipped, the
from tests.site import Site

TABLE: Final = "timetable/ndl-nlc-36"
PAGE: Final = "exchange/visits-1/timetable/?lang=en"
# Bound of the specification: a timetable of twelve sessions in five minutes without a mouse; this one has ten.
MOST_MINUTES: Final = 5


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server on which a visit is on record, with the papers and the places that its timetable names."""
    with on_record(
        founded_home, tmp_path_factory.mktemp("timetable"), VISITS.partition("...")[0] + places_and_papers()
    ) as site:
        yield site


def sessions() -> list[dict[str, Any]]:
    """The sessions of the shipped record, as it keeps them."""
    return list(the(Timetable, TABLE, shipped()).content()["sessions"])


def short(uri: str) -> str:
    return uri.removeprefix(BASE)


def places_and_papers() -> str:
    """The institutions that are visited and the papers that are given, as a data set has them: with their titles."""
    listed: list[dict[str, Any]] = []
    known = ("institution/ndl", "institution/nlc")
    for name in dict.fromkeys(short(each["at"]) for each in sessions() if "at" in each):
        if name not in known:
            title = {"en": shipped()[name].title.shown("en").text}
            listed.append({"record": name, "kind": "institution", "type": "museum", "title": title})
    for place, name in enumerate(dict.fromkeys(short(uri) for each in sessions() for uri in each.get("papers", ())), 1):
        belongs = {"exchange": "exchange/visits-1", "institution": "institution/ndl", "label": f"L{place}"}
        title = {"en": shipped()[name].title.shown("en").text}
        listed.append({"record": name, "kind": "paper", "type": "paper", "title": title, **belongs})
    source = [{"id": "list", "work": "work/visits-list"}]
    for each in listed:
        each |= {"sources": source}
        if each["kind"] == "institution":
            each["kept_by"] = "institution/visits-compiler"
    return "".join(f"  - {json.dumps(each, ensure_ascii=False)}\n" for each in listed) + "...\n"


def compared(content: dict[str, Any]) -> list[dict[str, Any]]:
    """What is compared of each session: without ids, themes of the list of themes, and translations."""

    def english(text: Any) -> str:
        return str((text or {}).get("en", ""))

    return [
        {
            "type": each["type"],
            "date": each.get("date"),
            "number": str(each.get("number", "")),
            "themes": [english(theme.get("text")) for theme in each.get("themes", ())],
            "venue": english(each.get("venue")),
            "at": each.get("at", "").rpartition("/")[2],
            "taking_part": [uri.rpartition("/")[2] for uri in each.get("taking_part", ())],
            "papers": [uri.rpartition("/")[2] for uri in each.get("papers", ())],
            "remark": english(each.get("remark")),
        }
        for each in content["sessions"]
    ]


def test_a_timetable_is_typed_by_keys_as_the_record_has_it(desk: Site, sits_down: SitsDown) -> None:
    """Ito types the timetable of a visit from the printed programme: columns of days, kinds, papers, places."""
    assert desk.run("index").returncode == 0
    ito = sits_down("ito")
    typist = Typist(ito)
    typist.goes(PAGE)
    typist.presses("Begin the timetable")
    typist.goes(PAGE)
    rows, section = sessions(), "#of-1"
    labels: dict[str, str] = {}
    for each in rows:
        for uri in each.get("papers", ()):
            labels.setdefault(uri, f"L{len(labels) + 1}")
    # A word that only this kind begins with is enough for a browser to choose it; nobody opens the list for that.
    cell(ito.page, section, 0, "type").focus()
    for each in rows:
        typist.types(each["type"].partition(" ")[0])
        ito.page.keyboard.press("Enter")
        typist.did.keys += 1
    typist.down(section, "day", [each.get("date", "") for each in rows])
    typist.down(section, "number", [str(each.get("number", "")) for each in rows])
    typist.down(section, "papers", [", ".join(labels[uri] for uri in each.get("papers", ())) for each in rows])
    typist.down(section, "venue:en", [each.get("venue", {}).get("en", "") for each in rows])
    who = {"ndl": "National Diet Library", "nlc": "National Library of China"}
    listed = [[who[uri.rpartition("/")[2]] for uri in each.get("taking_part", ())] for each in rows]
    typist.down(section, "who", [", ".join(names) for names in listed])
    typist.down(
        section,
        "themes:en",
        ["; ".join(theme["text"]["en"] for theme in each.get("themes", ())) for each in rows],
    )
    typist.down(section, "remark:en", [each.get("remark", {}).get("en", "") for each in rows])
    picked = [(place, each["at"]) for place, each in enumerate(rows) if "at" in each]
    for place, uri in picked:
        name = who.get(uri.rpartition("/")[2]) or shipped()[short(uri)].title.shown("en").text
        cell(ito.page, section, place, "at").focus()
        typist.types(name)
        ito.page.locator("[role=option]").first.wait_for()
        # One that takes part is known by its name; any other is chosen.
        for key in ("Escape", "Enter") if name in who.values() else ("ArrowDown", "Enter"):
            ito.page.keyboard.press(key)
            typist.did.keys += 1
    typist.saves(section)
    assert [compared(kept) for kept in drafts_on(desk, "timetable")] == [compared({"sessions": rows})]
    did = typist.did
    # Read with `pytest -s`.
    sys.stdout.write(f"{did.pages} pages, {did.acts} acts, {did.keys} keys, {did.minutes():.1f} minutes\n")
    assert did.minutes() <= MOST_MINUTES, did
