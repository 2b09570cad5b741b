"""Days on which an institution no longer works, by what was said of its calendar since a moment, or taken back."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from koryu.planning.rules.announced_years import AnnouncedYear
from koryu.planning.rules.changed_days import calendar_at, no_longer_worked
from koryu.planning.rules.days_said import DaysSaid, WorksIn
from koryu.planning.rules.institution_days import OwnCalendar
from koryu.planning.rules.periods import Effect, Override, Period

BEFORE: Final = "2026-11-01T09:00:00Z"
SINCE: Final = "2026-12-01T09:00:00Z"
LATER: Final = "2026-12-02T09:00:00Z"
ASK: Final[dict[str, Any]] = {
    "first": date(2027, 11, 15),
    "last": date(2027, 11, 19),
    "since": SINCE,
    "today": date(2026, 12, 3),
}


def off(day: int, *, at: str = LATER, works: bool = False, until: str = "") -> Override:
    return Override(of="ndl", kept_by="ndl", day=date(2027, 11, day), works=works, at=at, until=until)


def decree(*free: int, at: str = LATER, **more: str) -> AnnouncedYear:
    days = tuple((date(2027, 11, day), "Day") for day in free)
    return AnnouncedYear(country="CN", year=2027, free=days, worked=frozenset(), lang="en", at=at, **more)


def works_in(country: str, at: str = BEFORE, **more: Any) -> WorksIn:
    return WorksIn(kept_by="ndl", country=country, at=at, **more)


def calendar(**known: Any) -> OwnCalendar:
    known.setdefault("settings", (works_in("CN"),))
    return calendar_at(DaysSaid(institution="ndl", **known))


ONCE_FREE: Final = {"announced": (decree(16, at=BEFORE),)}


@pytest.mark.parametrize(
    ("known", "spans"),
    [
        ({}, []),
        ({"overrides": (off(16),)}, [(16, 16)]),
        ({"overrides": (off(15), off(16), off(18))}, [(15, 16), (18, 18)]),
        ({"overrides": (off(16, at=SINCE),)}, []),
        ({"overrides": (off(16, works=True),)}, []),
        # A Saturday, and a day of another week.
        ({"overrides": (off(20), off(24))}, []),
        ({"announced": (decree(16, 17),)}, [(16, 17)]),
        ({"announced": (decree(16, at=SINCE),)}, []),
        ({"announced": (decree(16),), "overrides": (off(16, works=True),)}, []),
        # What was said in place of something else, or taken back, is compared with what it was.
        ({**ONCE_FREE, "overrides": (off(16, at=BEFORE, works=True, until=LATER),)}, [(16, 16)]),
        ({**ONCE_FREE, "overrides": (off(16, at=BEFORE, works=True),)}, []),
        ({"overrides": (off(16, at=BEFORE, until=LATER),)}, []),
        ({"overrides": (off(16, at=BEFORE, until=LATER), off(16))}, []),
        ({"announced": (decree(16, at=BEFORE, until=LATER), decree(16, 17))}, [(17, 17)]),
        ({"announced": (decree(16, at="", until=LATER, of_table="0.1"), decree(16, 18))}, [(18, 18)]),
        # Of two tables before, the one that counted then: the older was another's until it was not.
        (
            {
                "announced": (
                    decree(17, at="", until=BEFORE, of_table="0.1"),
                    decree(16, at="", until=LATER, of_table="0.2"),
                    decree(16, 17, at=LATER, kept_by="ndl"),
                )
            },
            [(17, 17)],
        ),
        ({"settings": (works_in("JP", until=LATER), works_in("CN", LATER)), "announced": (decree(16),)}, [(16, 16)]),
    ],
)
def test_days_no_longer_worked(known: dict[str, Any], spans: list[tuple[int, int]]) -> None:
    changed = no_longer_worked(calendar(**known), **ASK)
    assert [(first.day, last.day) for first, last in changed] == spans


def test_what_is_ruled_out_is_still_worked() -> None:
    away = Period(of="ndl", kept_by="ndl", effect=Effect.RULED_OUT, first=date(2027, 11, 16), last=date(2027, 11, 17))
    known = replace(calendar(overrides=(off(24),)), periods=(away,))
    assert no_longer_worked(known, **ASK) == ()
