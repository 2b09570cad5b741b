"""The days of an institution: by its country, by its own periods, and by what is said of one day."""

from datetime import date, timedelta
from typing import Any, Final

import pytest

from koryu.planning.rules.institution_days import CauseKind, InstitutionDays, OwnCalendar, OwnDay, days_of
from koryu.planning.rules.periods import (
    Effect,
    Override,
    Period,
    Repeat,
    ShownAs,
    as_shown_to,
    period_fails,
    spans_of,
)
from koryu.values.text import Text

NDL: Final = "tag:example.org,2026:institution/ndl"
NLC: Final = "tag:example.org,2026:institution/nlc"
TODAY: Final = date(2026, 11, 29)
FIRST, LAST = date(2026, 9, 1), date(2028, 3, 31)


def period(first: str, last: str, effect: Effect = Effect.RULED_OUT, **more: Any) -> Period:
    said = {"of": NDL, "kept_by": NDL, "label": Text.of(en="Diet sitting"), **more}
    return Period(first=date.fromisoformat(first), last=date.fromisoformat(last), effect=effect, **said)


def days(country: str, first: date = FIRST, last: date = LAST, **more: Any) -> InstitutionDays:
    calendar = OwnCalendar(institution=NDL, country=country, **more)
    return days_of(calendar, first=first, last=last, today=TODAY)


def said(day: OwnDay) -> str:
    words = {
        "works": day.works,
        "holiday": day.holiday,
        "ruled out": day.ruled_out,
        "avoided": day.avoided,
        "may change": day.may_change,
        "unknown": not day.known,
    }
    return ", ".join(word for word, is_so in words.items() if is_so)


@pytest.mark.parametrize(
    ("country", "day", "what"),
    [
        ("JP", "2027-11-02", "works"),
        ("JP", "2027-11-03", "holiday"),
        ("JP", "2027-11-06", ""),
        ("CN", "2026-09-20", "works"),
        ("CN", "2026-10-03", ""),
        ("CN", "2026-10-05", "holiday"),
        ("CN", "2027-10-01", "holiday, may change"),
        ("CN", "2027-10-13", "works, may change"),
        ("CN", "2027-10-14", "works"),
        ("KR", "2027-02-09", "holiday"),
        ("", "2027-11-02", "unknown"),
        ("XX", "2027-11-02", "unknown"),
    ],
)
def test_a_day_is_as_its_country_has_it(country: str, day: str, what: str) -> None:
    assert said(days(country).day(date.fromisoformat(day))) == what


def test_days_that_no_table_has_are_unknown_and_those_before_are_not() -> None:
    known = days("CN", date(2100, 12, 20), date(2101, 1, 10))
    assert said(known.day(date(2100, 12, 30))) == "works"
    assert said(known.day(date(2101, 1, 4))) == "unknown"
    (cause,) = known.causes_between(date(2101, 1, 1), date(2101, 1, 10))
    assert (cause.kind, cause.first, cause.country) == (CauseKind.UNKNOWN, date(2101, 1, 1), "CN")


def test_who_wants_no_table_works_from_monday_to_friday() -> None:
    own = days("JP", uses_holidays=False)
    assert said(own.day(date(2027, 11, 3))) == "works"
    assert said(own.day(date(2027, 11, 6))) == ""


@pytest.mark.parametrize(
    ("effect", "what"),
    [(Effect.RULED_OUT, "works, ruled out"), (Effect.AVOIDED, "works, avoided"), (Effect.KNOWN, "works")],
)
def test_a_period_says_what_it_means_for_each_of_its_days(effect: Effect, what: str) -> None:
    own = days("JP", periods=(period("2027-11-08", "2027-11-12", effect),))
    assert [said(own.day(date(2027, 11, day))) for day in (5, 8, 12, 15)] == ["works", what, what, "works"]


def test_one_day_works_or_does_not_whatever_the_calendar_says_and_is_sure_then() -> None:
    saturday, monday, holiday = date(2027, 10, 9), date(2027, 10, 11), date(2027, 10, 1)
    by_hand = (
        Override(of=NDL, kept_by=NDL, day=saturday, works=True),
        Override(of=NDL, kept_by=NDL, day=monday, works=False, why="move of the stacks"),
        Override(of=NDL, kept_by=NDL, day=holiday, works=True),
    )
    own = days("CN", overrides=by_hand)
    assert [said(own.day(day)) for day in (saturday, monday, holiday)] == ["works", "", "works"]
    assert days("CN").day(saturday).may_change
    (off,) = (cause for cause in own.causes_between(monday, monday) if cause.kind is CauseKind.DAY_OFF)
    assert off.override
    assert off.override.why == "move of the stacks"


def test_of_two_who_say_otherwise_of_one_day_that_it_does_not_work_counts() -> None:
    day = date(2027, 11, 8)
    both = tuple(Override(of=NDL, kept_by=by, day=day, works=by == NDL) for by in (NDL, NLC))
    assert said(days("JP", overrides=both).day(day)) == ""


def test_a_day_that_is_not_known_is_known_once_it_is_said() -> None:
    day = date(2027, 11, 8)
    assert said(days("", overrides=(Override(of=NDL, kept_by=NLC, day=day, works=True),)).day(day)) == "works"


def test_holidays_with_a_weekend_between_them_are_told_as_one_and_with_working_days_as_two() -> None:
    told = [
        (cause.first.isoformat(), cause.last.isoformat())
        for cause in days("CN").causes_between(date(2026, 9, 25), date(2026, 10, 10))
        if cause.kind is CauseKind.HOLIDAY
    ]
    assert told == [("2026-09-25", "2026-09-25"), ("2026-10-01", "2026-10-07")]


@pytest.mark.parametrize(
    ("first", "last", "repeat", "spans"),
    [
        ("2026-12-29", "2027-01-03", Repeat.ONCE, ["2026-12-29/2027-01-03"]),
        ("2020-12-29", "2021-01-03", Repeat.YEARLY, ["2026-12-29/2027-01-03", "2027-12-29/2028-01-03"]),
        ("2024-02-29", "2024-02-29", Repeat.YEARLY, ["2027-02-28/2027-02-28", "2028-02-29/2028-02-29"]),
        # A session of 150 days goes on into the span.
        ("2020-06-01", "2020-10-28", Repeat.YEARLY, ["2026-09-01/2026-10-28", "2027-06-01/2027-10-28"]),
        ("2030-01-01", "2030-01-02", Repeat.YEARLY, []),
        ("2026-08-01", "2026-09-01", Repeat.ONCE, ["2026-09-01/2026-09-01"]),
        ("2026-08-01", "2026-08-31", Repeat.ONCE, []),
    ],
)
def test_a_period_comes_once_or_each_year(first: str, last: str, repeat: Repeat, spans: list[str]) -> None:
    own = period(first, last, repeat=repeat)
    assert [f"{begins}/{ends}" for begins, ends in spans_of(own, FIRST, LAST)] == spans


def test_the_third_wednesday_of_each_month_and_a_fifth_where_there_is_one() -> None:
    third = period("2026-11-18", "2026-11-18", repeat=Repeat.MONTHLY)
    told = [begins.isoformat() for begins, _ in spans_of(third, FIRST, date(2027, 2, 28))]
    assert told == ["2026-11-18", "2026-12-16", "2027-01-20", "2027-02-17"]
    fifth = period("2026-09-30", "2026-09-30", repeat=Repeat.MONTHLY)
    assert [begins.isoformat() for begins, _ in spans_of(fifth, FIRST, date(2027, 4, 1))] == [
        "2026-09-30",
        "2026-12-30",
        "2027-03-31",
    ]


@pytest.mark.parametrize(
    ("kept_by", "shown", "asks", "seen"),
    [
        (NDL, ShownAs.NOTHING, NDL, "Diet sitting, source, letter"),
        (NDL, ShownAs.NOTHING, NLC, None),
        (NDL, ShownAs.NOT_POSSIBLE, NLC, ""),
        (NDL, ShownAs.WORDS, NLC, "Diet sitting"),
        (NLC, ShownAs.WORDS, NLC, "Diet sitting, source, letter"),
        # What another keeps about us is that one's.
        (NLC, ShownAs.WORDS, NDL, None),
        (NLC, ShownAs.WORDS, "tag:example.org,2026:institution/nlk", None),
    ],
)
def test_a_partner_sees_of_a_period_what_it_is_shown(kept_by: str, shown: ShownAs, asks: str, seen: str | None) -> None:
    own = period("2027-11-08", "2027-11-12", kept_by=kept_by, shown=shown, source="source", told_by="letter", by="mori")
    there = as_shown_to(asks, own)
    words = [str(there.label.as_json()["en"]) if there.label else "", there.source, there.told_by] if there else []
    assert (", ".join(filter(None, words)) if there else None) == seen
    assert not there or asks == kept_by or there.by == ""


@pytest.mark.parametrize(
    ("first", "days_more", "more", "reason"),
    [
        ("2027-01-01", 0, {}, None),
        ("2027-01-01", 399, {}, None),
        ("2027-01-01", 400, {}, "A period has at most 400 days."),
        ("2027-01-02", -1, {}, "The last day comes before the first."),
        ("1969-12-31", 0, {}, "Enter days between 1970 and 2100."),
        ("2100-12-31", 1, {}, "Enter days between 1970 and 2100."),
        ("2027-01-01", 27, {"repeat": Repeat.MONTHLY}, None),
        ("2027-01-01", 28, {"repeat": Repeat.MONTHLY}, "What comes each month lasts less than a month."),
        ("2027-01-01", 365, {"repeat": Repeat.YEARLY}, "What comes each year lasts less than a year."),
        ("2027-01-01", 0, {"told_by": "x" * 301}, "At most 300 characters."),
        ("2027-01-01", 0, {"label": Text.of(ja="x" * 301)}, "At most 300 characters."),
    ],
)
def test_what_can_be_kept_as_a_period(first: str, days_more: int, more: dict[str, Any], reason: str | None) -> None:
    last = date.fromisoformat(first) + timedelta(days=days_more)
    fails = period_fails(period(first, last.isoformat(), **more))
    assert (str(fails) if fails else None) == reason
