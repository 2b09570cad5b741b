"""By which day a step is due: counted from the days of an exchange in the calendar of who acts. Pure."""

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from koryu.planning.rules.institution_days import InstitutionDays
from koryu.planning.rules.schedule.schedule_steps import STEP, ScheduleStep, Unit


@dataclass(frozen=True)
class AnchorDay:
    """A day from which steps are counted; `about` where it is known to the month alone: then it is the first."""

    day: date
    about: bool = False


Anchors = Mapping[str, AnchorDay]


@dataclass(frozen=True, kw_only=True, slots=True)
class DueDay:
    """The day by which a step is due. `about` where the exchange is known to the month alone.

    `may_change` are the years whose holidays are not announced yet and may move it; `unknown` where the days of who
    acts are not known: then Monday to Friday were counted.
    """

    day: date
    about: bool = False
    may_change: tuple[int, ...] = ()
    unknown: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether nothing but the plan itself can move it."""
        return not self.about and not self.may_change and not self.unknown


@dataclass(frozen=True, kw_only=True)
class WorkingDays:
    """The working days of an institution in order, as numbers of days; so those that may change and are not known."""

    works: tuple[int, ...]
    may_change: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

    @classmethod
    def of(cls, days: InstitutionDays) -> Self:
        """Those of an institution; where its days are not known, Monday to Friday."""
        begins, unknown = days.first.toordinal(), days.unknown
        return cls(
            works=_places(days.works | (unknown & _weekdays(begins, days.count)), begins),
            may_change=_places(days.may_change, begins),
            unknown=_places(unknown, begins),
        )

    def before(self, day: date, n: int) -> date:
        """The n-th working day strictly before a day."""
        return self._at(bisect_left(self.works, day.toordinal()) - n)

    def after(self, day: date, n: int) -> date:
        """The n-th working day strictly after a day."""
        return self._at(bisect_right(self.works, day.toordinal()) + n - 1)

    def not_after(self, day: date) -> date:
        """The day itself, if it is a working day; else the last one before."""
        return self._at(bisect_right(self.works, day.toordinal()) - 1)

    def not_before(self, day: date) -> date:
        """The day itself, if it is a working day; else the next one."""
        return self._at(bisect_left(self.works, day.toordinal()))

    def years_that_may_change(self, first: date, last: date) -> tuple[int, ...]:
        """The years of which a day between two may still turn out otherwise."""
        start, end = bisect_left(self.may_change, first.toordinal()), bisect_right(self.may_change, last.toordinal())
        between = self.may_change[start:end]
        if not between:
            return ()
        return tuple(range(date.fromordinal(between[0]).year, date.fromordinal(between[-1]).year + 1))

    def is_unknown_between(self, first: date, last: date) -> bool:
        """Whether a day between two is not known."""
        return bisect_left(self.unknown, first.toordinal()) < bisect_right(self.unknown, last.toordinal())

    def _at(self, place: int) -> date:
        """Beyond both ends, which lie years away, the outermost that is known."""
        return date.fromordinal(self.works[min(max(place, 0), len(self.works) - 1)])


@lru_cache(maxsize=256)
def _places(days: int, begins: int) -> tuple[int, ...]:
    return tuple(begins + place for place, bit in enumerate(reversed(bin(days)[2:])) if bit == "1")


@lru_cache(maxsize=64)
def _weekdays(begins: int, count: int) -> int:
    return sum(1 << place for place in range(count) if date.fromordinal(begins + place).weekday() < 5)


def due(step: ScheduleStep, anchors: Anchors, days: WorkingDays) -> DueDay | None:
    """The day by which a step is due, in the days of who acts; None where what it is counted from has no day.

    *n working days before* a day is the n-th strictly before it. A step counted in days, weeks or months that falls on
    a day on which who acts does not work is moved away from the day it is counted from. With no distance it is that
    day itself.
    """
    anchor = anchors.get(step.anchor)
    if anchor is None:
        return None
    day, plain = anchor.day, anchor.day
    if step.n and step.unit is Unit.WORKING_DAYS:
        day = days.before(plain, -step.n) if step.n < 0 else days.after(plain, step.n)
    elif step.n:
        plain = _away(plain, step.n, step.unit)
        day = days.not_after(plain) if step.n < 0 else days.not_before(plain)
    first, last = min(day, plain), max(day, plain)
    return DueDay(
        day=day,
        about=anchor.about,
        may_change=days.years_that_may_change(first, last) if step.n else (),
        unknown=bool(step.n) and days.is_unknown_between(first, last),
    )


def due_of_all(
    steps: Iterable[ScheduleStep],
    anchors: Anchors,
    days_of: Callable[[ScheduleStep], WorkingDays],
    *,
    settled: Mapping[str, date] | None = None,
) -> dict[str, DueDay]:
    """The day of each step that has one, by code; a step counted from another waits for the day of that one.

    `settled` are days of steps that are not to be counted: on which one was done, or which somebody set by hand. Steps
    that wait for each other have no day.
    """
    counted: dict[str, DueDay] = {}
    waiting, known = list(steps), dict(anchors)
    known |= {f"{STEP}{code}": AnchorDay(day) for code, day in (settled or {}).items()}
    while waiting:
        left = []
        for step in waiting:
            day = due(step, known, days_of(step))
            if day is None:
                left.append(step)
                continue
            counted[step.code] = day
            known.setdefault(f"{STEP}{step.code}", AnchorDay(day.day, day.about))
        if len(left) == len(waiting):
            break
        waiting = left
    return counted


def begins_by(due_day: date, lead: int, days: WorkingDays) -> date:
    """The day on which a step that takes so many working days is to be begun."""
    return days.before(due_day, lead) if lead else due_day


def _away(day: date, n: int, unit: Unit) -> date:
    """So many days, weeks or months from a day; a day that its month does not have is the last of the month."""
    if unit is not Unit.MONTHS:
        return day + timedelta(days=n * (7 if unit is Unit.WEEKS else 1))
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
