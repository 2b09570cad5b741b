"""When an entry comes again: the same days as the usual library says, and a rule that never comes ends."""

from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Final

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from koryu.ingest.repeats import SubDaily, days_by_step, rule_written

FIRST: Final = date(2024, 2, 29)
LAST: Final = date(2031, 12, 31)


def days(written: str, first: date = FIRST, last: date = LAST) -> list[date]:
    return [day for step in days_by_step(rule_written(written), first, last) for day in step]


def by_the_library(written: str, first: date, last: date) -> list[date]:
    rule = rrulestr(written, dtstart=datetime.combine(first, time()))
    return [each.date() for each in takewhile(lambda each: each.date() <= last, rule)]


NUMBERS = st.integers(1, 31).map(str)
WEEKDAY = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
PLACED = st.sampled_from(["1MO", "3WE", "-1FR", "2SU", "5TH"])


@st.composite
def rules(draw: st.DrawFn) -> str:
    every = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={every}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    elif draw(st.booleans()):
        parts.append(f"UNTIL={draw(st.dates(FIRST, LAST)):%Y%m%d}")
    if draw(st.booleans()):
        parts.append(f"BYMONTH={','.join(draw(st.sets(st.integers(1, 12).map(str), min_size=1, max_size=3)))}")
    which = draw(st.sampled_from(["", "BYMONTHDAY", "BYDAY", "PLACED"]))
    if which == "BYMONTHDAY" and every != "WEEKLY":
        parts.append(f"BYMONTHDAY={','.join(draw(st.sets(NUMBERS | st.just('-1'), min_size=1, max_size=3)))}")
    if which == "BYDAY":
        parts.append(f"BYDAY={','.join(draw(st.sets(WEEKDAY, min_size=1, max_size=3)))}")
    if which == "PLACED" and every in ("MONTHLY", "YEARLY"):
        parts.append(f"BYDAY={','.join(draw(st.sets(PLACED, min_size=1, max_size=3)))}")
    if every == "WEEKLY" and draw(st.booleans()):
        parts.append("WKST=SU")
    if which == "BYDAY" and every == "MONTHLY" and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from(['1', '-1', '2', '1,-1']))}")
    return ";".join(parts)


@given(rules(), st.dates(date(2020, 1, 1), date(2026, 12, 31)))
def test_a_rule_comes_on_the_days_that_the_usual_library_says(written: str, first: date) -> None:
    last = first + timedelta(days=3 * 365)
    # The library looks for a rule that never comes until the year 9999.
    if days(written, first, first + timedelta(days=6000)):
        assert days(written, first, last) == by_the_library(written, first, last)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("FREQ=YEARLY", ["2024-02-29", "2028-02-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1;COUNT=3", ["2024-02-29", "2025-02-28", "2026-02-28"]),
        ("FREQ=MONTHLY;BYDAY=3WE;UNTIL=20240501", ["2024-03-20", "2024-04-17"]),
        ("FREQ=YEARLY;BYYEARDAY=1,-1;COUNT=2", ["2024-12-31", "2025-01-01"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_a_rule_comes_on_these_days(written: str, expected: list[str]) -> None:
    assert [day.isoformat() for day in days(written)] == expected


@pytest.mark.parametrize(
    "written", ["FREQ=HOURLY", "FREQ=SECONDLY;COUNT=3", "FREQ=DAILY;BYHOUR=9", "FREQ=YEARLY;BYMINUTE=0"]
)
def test_what_repeats_within_a_day_is_said_to(written: str) -> None:
    with pytest.raises(SubDaily):
        rule_written(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "DAILY",
        "FREQ=NEVER",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=x",
        "FREQ=DAILY;COUNT=١",
        "FREQ=DAILY;UNTIL=20270230",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=0",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;WKST=XX",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "RSCALE=CHINESE;FREQ=YEARLY",
    ],
)
def test_what_is_no_rule_of_whole_days_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        rule_written(written)


def test_the_steps_of_a_rule_are_those_of_its_count() -> None:
    assert sum(1 for _ in days_by_step(rule_written("FREQ=DAILY"), date(1970, 1, 1), date(2029, 12, 31))) == 21_915
    assert sum(1 for _ in days_by_step(rule_written("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), FIRST, LAST)) == 8
