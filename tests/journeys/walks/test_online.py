"""A meeting by network with a library whose clocks change meanwhile: each side reads the hours of its own clocks."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.typist import Typist, cell
from tests.journeys.walks.test_by_mail import HARBOUR
from tests.site import Site

# The library that mails lies in Hamburg, where clocks go forward on 30 March 2031.
HAMBURG: Final = HARBOUR.replace(
    "    type: national library\n",
    "    type: national library\n    places: [{id: p, name: {de: Hamburg, source: de}, time_zone: Europe/Berlin}]\n",
)
SKIPPED: Final = "02:30 does not exist in Berlin on 30 March 2031: clocks go forward."


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme with the library in Hamburg is on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("online"), HAMBURG) as site:
        yield site


def test_a_meeting_by_network_is_timed_for_two_sides_whose_clocks_differ_by_other_hours(
    desk: Site, sits_down: SitsDown
) -> None:
    """Ito of the NDL begins the second exchange as one that is held online, on a Friday and the Monday after it.

    Between the two days clocks go forward in Hamburg: four in the afternoon in Tokyo is eight there, then nine. An hour
    that Hamburg's clocks skip stops sending as long as the zone is Hamburg's. No city is asked for.
    """
    ito = sits_down("ito")
    for link in ("Exchanges", "Begin the next", "Harbour visits"):
        ito.follows(link, within="main" if link != "Exchanges" else "header")
    ito.page.get_by_label("Form", exact=True).select_option("online exchange")
    ito.presses("Create the draft")
    here = ito.page.url.partition("/desk/")[2]
    ito.goes(f"{here}plan/")
    ito.page.get_by_role("button", name="Add: Dates", exact=True).click()
    dates = ito.page.get_by_role("group", name="Dates 1")
    dates.get_by_label(re.compile("^What it covers")).select_option(label="whole visit")
    dates.get_by_label(re.compile("^Date")).fill("28-31 March 2031")
    ito.presses("Save", within="main .saving")

    typist = Typist(ito)
    typist.goes(f"{here}timetable/?lang=ja")
    typist.presses("Begin the timetable")
    ito.page.get_by_label("Time zone").fill("Asia/Tokyo")
    ito.presses("Save these")
    cell(ito.page, "#of-1", 0, "type").focus()
    for _row in range(2):
        typist.types("working")
        ito.page.keyboard.press("Enter")
    typist.down("#of-1", "day", ["3/28", "3/31"])
    typist.down("#of-1", "hours", ["16-1730", "16-1730"])
    typist.down("#of-1", "title:ja", ["目録の共有", "次回の開催"])
    typist.saves("#of-1")
    typist.goes(f"{here}timetable/?lang=ja")
    there = ito.page.locator("#of-1 table.rows tbody tr[data-row]:not(.new)")
    assert [re.findall(r"0[89]:00", row.inner_text()) for row in there.all()] == [["08:00"], ["09:00"]]

    ito.page.get_by_label("Time zone").fill("Europe/Berlin")
    ito.presses("Save these")
    typist.down("#of-1", "day", ["3/30"])
    typist.down("#of-1", "hours", ["0230-0330"])
    typist.saves("#of-1")
    typist.goes(f"{here}timetable/?lang=ja")
    assert SKIPPED in ito.reads()
    ito.goes(f"{here}send/")
    assert "It is not finished. The draft says what is missing." in ito.reads()

    typist.goes(f"{here}timetable/?lang=ja")
    ito.page.get_by_label("Time zone").fill("Asia/Tokyo")
    ito.presses("Save these")
    ito.goes(f"{here}send/")
    assert "It is not finished" not in ito.reads()
    assert "city" not in ito.reads()
