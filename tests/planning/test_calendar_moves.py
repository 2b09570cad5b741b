"""Steps that move with working days: holidays announced, single days typed, changed or taken back, another country, a
newer table of holidays; which of them are told, and for how long."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from koryu.planning.rules.announced_years import AnnouncedYear
from koryu.planning.rules.changed_days import calendar_at
from koryu.planning.rules.days_said import DaysSaid, WorksIn
from koryu.planning.rules.institution_days import OwnCalendar
from koryu.planning.rules.periods import Override
from koryu.planning.rules.planned_exchange import working_days
from koryu.planning.rules.schedule.calendar_moves import moved_by_calendars
from koryu.planning.rules.schedule.due_days import AnchorDay
from koryu.planning.rules.schedule.schedule_lines import KeptStep, ScheduleAsked
from koryu.planning.rules.schedule.schedule_steps import Acts, Anchor, ScheduleStep
from koryu.values.text import Text

LONG_AGO: Final = "2026-01-05T09:00:00Z"
BEGUN: Final = "2026-11-29T09:00:00Z"
DAY: Final = "2026-12-02T09:00:00Z"
TODAY: Final = date(2026, 12, 3)
ARRIVAL: Final = date(2027, 11, 16)
STEPS: Final = tuple(
    ScheduleStep(code=code, words=Text.of(en=code), acts=acts, n=n, shown=True)
    for code, acts, n in (("texts", Acts.GUEST, -20), ("hotel", Acts.HOST, -20), ("titles", Acts.GUEST, -2))
)
WORKED: Final = date(2027, 11, 12)
# As China might decree it: the whole first week of October, one day more than the law has, and a Sunday worked.
DECREE: Final = AnnouncedYear(
    country="CN",
    year=2027,
    free=(*((date(2027, 10, day), "国庆节") for day in range(1, 8)), (date(2027, 11, 1), "补休")),
    worked=frozenset({date(2027, 10, 10)}),
    lang="zh-Hans",
    at=DAY,
)


def off(day: date, at: str = DAY, *, works: bool = False, until: str = "") -> Override:
    return Override(of="nlc", kept_by="nlc", day=day, works=works, at=at, until=until)


def works_in(country: str, at: str = LONG_AGO, **more: Any) -> WorksIn:
    return WorksIn(kept_by="nlc", country=country, at=at, **more)


def moves(
    me: str = "ndl", *, since: str = BEGUN, today: date = TODAY, kept: dict[Any, KeptStep] | None = None, **said: Any
) -> list[tuple[str, str, str, str]]:
    calendars = {
        "ndl": OwnCalendar(institution="ndl", country="JP"),
        "nlc": calendar_at(DaysSaid(institution="nlc", **{"settings": (works_in("CN"),), **said})),
    }
    asked = ScheduleAsked(
        me=me,
        steps=STEPS,
        hosts=("ndl",),
        institutions=("ndl", "nlc"),
        anchors={Anchor.ARRIVAL: AnchorDay(ARRIVAL)},
        days={uri: working_days(known, uri, ARRIVAL.year, today) for uri, known in calendars.items()},
        kept=kept or {},
    )
    return [
        (move.line.code, move.line.acting, f"{move.before}", f"{move.after}")
        for move in moved_by_calendars(asked, calendars, since=since, today=today)
    ]


MOVED: Final = [("texts", "nlc", "2027-10-19", "2027-10-18")]


@pytest.mark.parametrize("me", ["ndl", "nlc"])
def test_a_decree_moves_the_steps_of_who_works_by_it_and_of_nobody_else(me: str) -> None:
    assert moves(me, announced=(DECREE,)) == MOVED


def test_the_schedule_itself_counts_with_the_decree() -> None:
    known = OwnCalendar(institution="nlc", country="CN")
    by_table, by_decree = (
        working_days(each, "nlc", 2027, TODAY) for each in (known, replace(known, announced=(DECREE,)))
    )
    assert (by_table.before(ARRIVAL, 20), by_decree.before(ARRIVAL, 20)) == (date(2027, 10, 19), date(2027, 10, 18))
    # Until the days around New Year, which belong to the next one too.
    in_2027 = set(range(date(2027, 1, 15).toordinal(), date(2027, 12, 15).toordinal()))
    assert (bool(in_2027 & set(by_table.may_change)), in_2027 & set(by_decree.may_change)) == (True, set())


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({}, []),
        ({"overrides": (off(date(2027, 11, 12)),)}, ["texts", "titles"]),
        # A Saturday is none anyway.
        ({"overrides": (off(date(2027, 11, 13)),)}, []),
        # What was known when the schedule was begun was counted in it.
        ({"announced": (replace(DECREE, at=BEGUN),)}, []),
        ({"announced": (DECREE,), "since": DAY}, []),
        # After two weeks nobody is told any more.
        ({"announced": (DECREE,), "today": date(2026, 12, 16)}, ["texts"]),
        ({"announced": (DECREE,), "today": date(2026, 12, 17)}, []),
        ({"announced": (DECREE,), "me": "nlc", "kept": {("texts", ""): KeptStep(code="texts", day=ARRIVAL)}}, []),
        ({"announced": (DECREE,), "me": "nlc", "kept": {("texts", ""): KeptStep(code="texts", done_at=DAY)}}, []),
        # Taken back, said otherwise, loaded anew: compared with what was said before.
        ({"overrides": (off(WORKED, LONG_AGO, until=DAY),)}, ["texts", "titles"]),
        ({"overrides": (off(WORKED, LONG_AGO, until=DAY), off(WORKED, works=True))}, ["texts", "titles"]),
        ({"overrides": (off(WORKED, LONG_AGO, until=DAY), off(WORKED))}, []),
        ({"overrides": (off(WORKED, LONG_AGO, until=LONG_AGO[:11] + "10:00:00Z"),)}, []),
        # Said and taken back on one day, nothing has moved.
        ({"overrides": (off(WORKED, DAY, until=DAY[:11] + "10:00:00Z"),)}, []),
        ({"announced": (replace(DECREE, at=LONG_AGO, until=DAY),)}, ["texts"]),
        ({"announced": (replace(DECREE, at=LONG_AGO, until=DAY), replace(DECREE, name="in other words"))}, []),
        ({"announced": (replace(DECREE, at="", until=DAY, of_table="0.1"),)}, ["texts"]),
        ({"announced": (replace(DECREE, at="", until=DAY, of_table="0.1", subdivision="HK"),)}, []),
        # Another country; and one that was not known counts no days at all.
        ({"settings": (works_in("JP", until=DAY), works_in("CN", DAY))}, ["texts"]),
        ({"settings": (works_in("CN", DAY),)}, []),
        ({"settings": (works_in("CN", until=DAY), works_in("CN", DAY))}, []),
    ],
)
def test_what_moves_and_is_told(given: dict[str, Any], codes: list[str]) -> None:
    assert sorted(code for code, *_rest in moves(**given)) == codes


def test_what_was_said_on_two_days_is_told_as_two_moves() -> None:
    later = off(date(2027, 11, 15), at="2026-12-03T09:00:00Z")
    told = moves(announced=(DECREE,), overrides=(later,))
    assert [each for each in told if each[0] == "texts"] == [
        *MOVED,
        ("texts", "nlc", "2027-10-18", "2027-10-15"),
    ]
