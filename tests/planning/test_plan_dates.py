"""Dates written into a plan: in the place of the trip, beside what else is dated, and no longer open."""

from datetime import date
from typing import Any, Final

import pytest

from koryu.planning.rules.plan_dates import with_dates

FIRST, LAST = date(2027, 11, 15), date(2027, 11, 22)
TAKEN: Final = "2027-11-15/2027-11-22"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"dates": [{"id": "d1", "scope": "trip", "date": TAKEN}]}),
        (
            {"form": "online exchange"},
            {"form": "online exchange", "dates": [{"id": "d1", "scope": "exchange", "date": TAKEN}]},
        ),
        (
            {"dates": [{"id": "x", "scope": "trip", "date": "2027-11"}]},
            {"dates": [{"id": "x", "scope": "trip", "date": TAKEN}]},
        ),
        (
            {"dates": [{"id": "d1", "scope": "seminar dates", "date": "2027-11-09"}]},
            {
                "dates": [
                    {"id": "d2", "scope": "trip", "date": TAKEN},
                    {"id": "d1", "scope": "seminar dates", "date": "2027-11-09"},
                ]
            },
        ),
        # A draft is not finished: what is no list, or no item, is nothing that could be kept.
        ({"dates": "soon"}, {"dates": [{"id": "d1", "scope": "trip", "date": TAKEN}]}),
        ({"dates": ["soon", {"id": "x"}]}, {"dates": [{"id": "x", "date": TAKEN}]}),
        (
            {"open": [{"id": "o", "field": "dates"}]},
            {"dates": [{"id": "d1", "scope": "trip", "date": TAKEN}]},
        ),
        (
            {"open": [{"id": "o", "field": "dates"}, {"id": "p", "field": "places"}, "odd"]},
            {
                "dates": [{"id": "d1", "scope": "trip", "date": TAKEN}],
                "open": [{"id": "p", "field": "places"}, "odd"],
            },
        ),
    ],
)
def test_dates_stand_where_the_trip_was_dated(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert with_dates(before, FIRST, LAST) == after


def test_what_was_given_is_not_changed_and_one_day_is_one_day() -> None:
    before: dict[str, Any] = {"dates": [{"id": "x", "scope": "trip", "date": "2027-11"}]}
    assert with_dates(before, FIRST, FIRST)["dates"][0]["date"] == "2027-11-15"
    assert before["dates"][0]["date"] == "2027-11"
