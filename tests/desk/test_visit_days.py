"""Whose session it is, by what it says of who is there; when rows are deleted. Tables of pure answers."""

from datetime import date, timedelta
from typing import Any, Final

import pytest

from koryu.desk.visit.visit_days import Whose, concerns, done_by
from koryu.planning.rules.arrangements import days_of_content, last_day_kept, put_off_fails

ME: Final = Whose(part="p", member="m", institution="nlc")
NOBODY: Final = Whose()
LAST: Final = date(2027, 11, 15)
TODAY: Final = date(2027, 11, 9)


def there(**attending: str) -> dict[str, str]:
    return {"participation": "p", **attending}


@pytest.mark.parametrize(
    ("session", "mine"),
    [
        ({}, True),
        ({"taking_part": ["nlc", "ndl"]}, True),
        ({"taking_part": ["ndl"]}, False),
        ({"attending": [there(member="m")]}, True),
        ({"attending": [there()]}, True),
        ({"attending": [there(member="other")]}, False),
        ({"attending": [there(member="other", does="interprets")]}, True),
        ({"attending": [there(member="m", does="chairs")], "taking_part": ["ndl"]}, True),
        ({"attending": [{"participation": "q", "does": "takes part"}], "taking_part": ["nlc"]}, False),
        ({"attending": "as typed", "taking_part": "nlc"}, True),
    ],
)
def test_a_session_concerns_who_is_named_in_it_or_takes_part(session: dict[str, Any], mine: bool) -> None:
    assert (concerns(session, ME), concerns(session, NOBODY)) == (mine, True)


def test_what_somebody_does_there_is_said_once_and_taking_part_is_nothing_to_do() -> None:
    attending = [there(member="m", does="chairs"), there(member="m", does="chairs"), there(member="m"), there()]
    assert done_by({"attending": attending}, ME) == ("chairs",)
    assert done_by({"attending": attending}, NOBODY) == ()


@pytest.mark.parametrize(
    ("sheet", "last", "today", "put_off", "kept"),
    [
        ("arrivals", LAST, TODAY, None, LAST + timedelta(days=90)),
        ("diet", LAST, TODAY, None, LAST + timedelta(days=30)),
        ("diet", LAST, TODAY, LAST + timedelta(days=10), LAST + timedelta(days=30)),
        ("diet", LAST, TODAY, LAST + timedelta(days=60), LAST + timedelta(days=60)),
        ("calls", LAST, LAST + timedelta(days=99), None, LAST + timedelta(days=99)),
        ("free", None, TODAY, None, TODAY + timedelta(days=730)),
        ("terms", LAST, TODAY, None, TODAY + timedelta(days=6 * 366)),
    ],
)
def test_rows_are_kept_until_a_day_that_is_counted_or_put_off(
    sheet: str, last: date | None, today: date, put_off: date | None, kept: date
) -> None:
    assert last_day_kept(sheet, last, today=today, put_off=put_off) == kept


@pytest.mark.parametrize(
    ("until", "why", "fails"),
    [
        (None, "", False),
        (LAST, "", True),
        (LAST, "a claim", False),
        (TODAY - timedelta(days=1), "a claim", True),
        (LAST + timedelta(days=7 * 366), "a claim", True),
        (LAST, "a" * 501, True),
    ],
)
def test_a_day_is_put_off_with_a_reason_and_not_for_ever(until: date | None, why: str, fails: bool) -> None:
    assert (put_off_fails(until, why, last=LAST, today=TODAY) is not None) == fails


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        ([{"date": "2027-11-08/2027-11-15"}, {"date": "2027-11-10"}], (date(2027, 11, 8), LAST)),
        ([{"date": "2027-11"}], None),
        ([{"date": "soon"}, "as typed", {}], None),
        ("as typed", None),
        (None, None),
    ],
)
def test_the_days_of_an_exchange_are_those_that_are_known_to_the_day(dates: Any, days: Any) -> None:
    assert days_of_content({"dates": dates}) == days
