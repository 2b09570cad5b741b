"""The days of an exchange that steps are counted from, as plans say them, finished or not."""

from datetime import date
from typing import Any, Final

import pytest

from koryu.planning.rules.schedule.due_days import AnchorDay
from koryu.planning.rules.schedule.moved_dates import anchors_named, anchors_of, dates_named
from koryu.planning.rules.schedule.schedule_steps import Anchor
from koryu.values.edtf import Edtf

WEEK: Final = {"scope": "trip", "date": "2027-11-16/2027-11-23"}
SEMINAR: Final = {"scope": "seminar dates", "date": "2027-11-17"}


def days(content: dict[str, Any], **more: Any) -> dict[str, str]:
    anchors = anchors_of(content, **more)
    return {name: f"{'~' if day.about else ''}{day.day}" for name, day in anchors.items()}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({}, {}),
        ({"dates": "soon"}, {}),
        ({"dates": [{"scope": "trip", "date": "next week"}, "x", {}]}, {}),
        ({"dates": [{"scope": "trip", "date": "2027"}]}, {}),
        ({"dates": [{"scope": "trip", "date": "../2027-11-16"}]}, {}),
        ({"dates": [WEEK]}, {"arrival": "2027-11-16", "first session": "2027-11-16", "departure": "2027-11-23"}),
        (
            {"dates": [SEMINAR, WEEK]},
            {"arrival": "2027-11-16", "first session": "2027-11-17", "departure": "2027-11-23"},
        ),
        ({"dates": [SEMINAR]}, {"arrival": "2027-11-17", "first session": "2027-11-17", "departure": "2027-11-17"}),
        (
            {"dates": [{"scope": "trip", "date": "2027-11"}]},
            {"arrival": "~2027-11-01", "first session": "~2027-11-01", "departure": "~2027-11-01"},
        ),
        (
            {"dates": [{"scope": "trip", "date": "2027-11-16~"}]},
            {"arrival": "~2027-11-16", "first session": "~2027-11-16", "departure": "~2027-11-16"},
        ),
        ({"dates": [WEEK], "event": {"state": "postponed"}}, {}),
        (
            {"dates": [WEEK], "event": {"state": "postponed", "postponed_to": "2028-02-29"}},
            {"arrival": "2028-02-29", "first session": "2028-02-29", "departure": "2028-02-29"},
        ),
    ],
)
def test_the_days_of_an_exchange(content: dict[str, Any], expected: dict[str, str]) -> None:
    assert days(content) == expected


def test_the_timetable_says_the_first_session_and_the_record_when_it_was_agreed() -> None:
    there = days({"dates": [WEEK, SEMINAR]}, first_session=Edtf("2027-11-18"), agreed_at="2027-06-03T23:00:00Z")
    assert (there["first session"], there["dates agreed"]) == ("2027-11-18", "2027-06-03")


@pytest.mark.parametrize("written", ["2027-11-16/2027-11-23", "2027-11-17", "2027-11"])
def test_days_that_are_kept_are_read_again(written: str) -> None:
    anchors = anchors_of({"dates": [{"scope": "trip", "date": written}]})
    assert dates_named(anchors) == written
    assert anchors_named(written, anchors) == anchors


def test_without_days_nothing_is_kept() -> None:
    assert dates_named({}) == ""
    assert anchors_named("", {Anchor.ARRIVAL: AnchorDay(date(2027, 11, 16))}) == {}
