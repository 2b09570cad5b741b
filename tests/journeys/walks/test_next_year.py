"""The next exchange begun from the last, its plan, the steps to it, and a note: an afternoon of an officer."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.two_visits import VISITS
from tests.site import Site

MOST_PAGES, MOST_CLICKS = 3, 12
PRIVATE = "they may come on the 8th"


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("next-year"), VISITS) as site:
        yield site


def test_an_officer_begins_the_next_exchange_plans_it_and_notes_what_was_said(desk: Site, sits_down: SitsDown) -> None:
    """Ito of the NDL has an afternoon for the third visit.

    He begins it from what is on record, in three pages and a handful of clicks; opens its plan and its draft; puts down
    what is to be done first, and what Gao said on the telephone. Sato, his head, sees all of it. Gao, at the other
    library, is told of no such exchange when she tries its address.
    """
    ito = sits_down("ito")
    clicks, pages = 0, list[str]()
    for link in ("Exchanges", "Begin the next", "Visits of two libraries"):
        ito.follows(link, within="main" if link != "Exchanges" else "header")
        clicks, pages = clicks + 1, [*pages, ito.page.url]
    assert ito.page.get_by_label("Number", exact=True).input_value() == "3"
    assert ito.page.get_by_role("checkbox", name="National Diet Library").is_checked()
    assert "National Library of China hosted last (10–14 November 2025)." in ito.reads()
    ito.presses("Create the draft")
    clicks += 1
    assert (len(pages) <= MOST_PAGES, clicks <= MOST_CLICKS) == (True, True)
    assert "A draft; no partner has a text to answer. Not public." in ito.reads()
    assert ito.main().get_by_role("heading", level=1).inner_text().startswith("3rd Visits of two libraries")
    here = ito.page.url

    ito.follows("The whole plan")
    ito.presses("Save and read the draft")
    ito.page.goto(here)
    ito.looks()

    ito.fills("What is to be done", "Titles in Chinese")
    ito.fills("Responsible", "Gao")
    ito.fills("Due", "10 October 2030")
    ito.presses("Add a step")
    assert ito.told() == "The step was saved; only your institution sees it."
    assert "10 October 2030 Titles in Chinese Gao" in ito.reads()
    ito.fills("A note", PRIVATE)
    ito.presses("Save as a telephone note")
    assert PRIVATE in ito.reads()
    ito.presses(re.compile("^Done"))
    assert "No step is planned." in ito.reads()

    sato = sits_down("sato")
    sato.follows("Exchanges", within="header")
    sato.follows(re.compile("^3rd Visits of two libraries"))
    assert PRIVATE in sato.reads()

    gao = sits_down("gao", second="zh-hans")
    answer = gao.page.goto(here)
    assert answer is not None
    assert (answer.status, PRIVATE in gao.page.content()) == (404, False)
    gao.goes("exchanges/")
    assert "3rd Visits" not in gao.reads()
