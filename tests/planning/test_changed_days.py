"""Days on which an institution no longer works, by what was said of its calendar since a moment."""

from datetime import date
from typing import Any, Final

import pytest

from koryu.planning.rules.announced_years import AnnouncedYear
from koryu.planning.rules.changed_days import no_longer_worked
from koryu.planning.rules.institution_days import OwnCalendar
from koryu.planning.rules.periods import Effect, Override, Period

SINCE: Final = "2026-12-01T09:00:00Z"
LATER: Final = "2026-12-02T09:00:00Z"
ASK: Final[dict[str, Any]] = {
    "first": date(2027, 11, 15),
    "last": date(2027, 11, 19),
    "since": SINCE,
    "today": date(2026, 12, 3),
}


def off(day: int, *, at: str = LATER, works: bool = False) -> Override:
    return Override(of="ndl", kept_by="ndl", day=date(2027, 11, day), works=works, at=at)


def decree(*free: int, at: str = LATER) -> AnnouncedYear:
    days = tuple((date(2027, 11, day), "Day") for day in free)
    return AnnouncedYear(country="CN", year=2027, free=days, worked=frozenset(), lang="en", at=at)


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
    ],
)
def test_days_no_longer_worked(known: dict[str, Any], spans: list[tuple[int, int]]) -> None:
    calendar = OwnCalendar(institution="ndl", country="CN", **known)
    found = no_longer_worked(calendar, **ASK)
    assert [(first.day, last.day) for first, last in found] == spans


def test_what_is_ruled_out_is_still_worked() -> None:
    away = Period(of="ndl", kept_by="ndl", effect=Effect.RULED_OUT, first=date(2027, 11, 16), last=date(2027, 11, 17))
    assert no_longer_worked(OwnCalendar(institution="ndl", country="CN", periods=(away,)), **ASK) == ()
