"""The days of an institution: whether it works, what keeps it from meeting, what may change and what is not known.

Each kind of day is one number whose bit n stands for the n-th day: a calendar of three years is asked in a few steps.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from koryu.planning.rules.announced_years import AnnouncedYear
from koryu.planning.rules.days_said import DaysSaid
from koryu.planning.rules.holidays import CountryYear, country_year
from koryu.planning.rules.periods import Effect, Override, Period, spans_of
from koryu.values.text import Text

# Where no table of holidays is used, Saturday and Sunday are free.
_WEEKEND: Final = frozenset({5, 6})


class CauseKind(StrEnum):
    """What a day can have against it, or what is to be said of it."""

    HOLIDAY = "holiday"
    RULED_OUT = "ruled out"
    AVOIDED = "to be avoided"
    DAY_OFF = "does not work"
    MAY_CHANGE = "may change"
    UNKNOWN = "no calendar known"
    WEEKENDS = "weekends"


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What is to be said of the days from `first` to `last` at an institution; the `period` or `override` if it is one.

    What holidays are called is looked up by their days.
    """

    kind: CauseKind
    first: date
    last: date
    institution: str = ""
    country: str = ""
    subdivision: str = ""
    period: Period | None = None
    override: Override | None = None
    # What a holiday is called, where that is not in the table of holidays.
    called: Text | None = None


@dataclass(frozen=True, kw_only=True)
class OwnCalendar:
    """What is known of the days of one institution; without a `country`, and where none is wanted, see `days_of`."""

    institution: str
    country: str = ""
    subdivision: str = ""
    uses_holidays: bool = True
    periods: tuple[Period, ...] = ()
    overrides: tuple[Override, ...] = ()
    # Years of its country that were loaded from a file: of these the table is not asked.
    announced: tuple[AnnouncedYear, ...] = ()
    # All this and what was said before, for whoever asks how the calendar was at a moment.
    said: DaysSaid | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True)
class OwnDay:
    """One day of an institution. A day that is not known neither works nor is free."""

    works: bool
    holiday: bool
    ruled_out: bool
    avoided: bool
    may_change: bool
    known: bool


@dataclass(frozen=True, kw_only=True)
class InstitutionDays:
    """`count` days of an institution from `first`; `causes` with the days that each of them touches.

    `holidays` are those on which it would else have worked.
    """

    institution: str
    first: date
    count: int
    works: int
    holidays: int
    ruled_out: int
    avoided: int
    may_change: int
    unknown: int
    causes: tuple[tuple[Cause, int], ...]

    def day(self, day: date) -> OwnDay:
        """What is known of one of these days."""
        bit = 1 << (day - self.first).days
        return OwnDay(
            works=bool(self.works & bit),
            holiday=bool(self.holidays & bit),
            ruled_out=bool(self.ruled_out & bit),
            avoided=bool(self.avoided & bit),
            may_change=bool(self.may_change & bit),
            known=not self.unknown & bit,
        )

    def causes_between(self, first: date, last: date) -> tuple[Cause, ...]:
        """What is to be said of the days between two, in the order of days."""
        wanted = bits(first, last, self.first)
        touching = [cause for cause, days in self.causes if days & wanted]
        return tuple(sorted(touching, key=lambda cause: (cause.first, cause.last, cause.kind)))


def days_of(calendar: OwnCalendar, *, first: date, last: date, today: date) -> InstitutionDays:
    """The days of an institution from `first` to `last`, as far as they are known `today`.

    Where it uses no table of holidays, it works from Monday to Friday. Where it does and none is known for its country,
    or its country is not known, its days are unknown: an override makes one of them known.
    """
    country = _country_days(calendar, first, last, today)
    works, off, known = _overridden(calendar.overrides, first, last)
    ruled_out = avoided = 0
    causes = list(country.causes)
    for period in calendar.periods:
        days = 0
        for begins, ends in spans_of(period, first, last):
            span = bits(begins, ends, first)
            days |= span
            if period.effect is not Effect.KNOWN:
                causes.append((_of_period(calendar.institution, period, begins, ends), span))
        match period.effect:
            case Effect.RULED_OUT:
                ruled_out |= days
            case Effect.AVOIDED:
                avoided |= days
    causes.extend(_days_off(calendar, off, first))
    return InstitutionDays(
        institution=calendar.institution,
        first=first,
        count=(last - first).days + 1,
        works=(country.works | works) & ~off,
        holidays=country.holidays & ~known,
        ruled_out=ruled_out,
        avoided=avoided,
        may_change=country.may_change & ~known,
        unknown=country.unknown & ~known,
        causes=tuple(_still(causes, known)),
    )


def bits(first: date, last: date, origin: date) -> int:
    """The days from `first` to `last`, where bit 0 is `origin`, which is not later than `first`."""
    start = (first - origin).days
    return ((1 << ((last - first).days + 1)) - 1) << start


def _still(causes: Iterable[tuple[Cause, int]], known: int) -> Iterator[tuple[Cause, int]]:
    """Causes without the days that an override says otherwise of."""
    for cause, days in causes:
        by_calendar = cause.kind in (CauseKind.HOLIDAY, CauseKind.MAY_CHANGE, CauseKind.UNKNOWN)
        left = days & ~known if by_calendar else days
        if left:
            yield cause, left


def _overridden(overrides: Iterable[Override], first: date, last: date) -> tuple[int, int, int]:
    """The days on which it works by an override, on which it does not, and both. Of two, that not to work wins."""
    works = off = 0
    for override in overrides:
        if first <= override.day <= last:
            bit = 1 << (override.day - first).days
            works, off = (works | bit, off) if override.works else (works, off | bit)
    return works & ~off, off, works | off


def _days_off(calendar: OwnCalendar, off: int, origin: date) -> Iterator[tuple[Cause, int]]:
    for override in calendar.overrides:
        place = (override.day - origin).days
        if not override.works and place >= 0 and off >> place & 1:
            cause = Cause(
                kind=CauseKind.DAY_OFF,
                institution=calendar.institution,
                first=override.day,
                last=override.day,
                override=override,
            )
            yield cause, 1 << place


def _of_period(institution: str, period: Period, first: date, last: date) -> Cause:
    kind = CauseKind.RULED_OUT if period.effect is Effect.RULED_OUT else CauseKind.AVOIDED
    return Cause(kind=kind, institution=institution, first=first, last=last, period=period)


@dataclass(frozen=True, kw_only=True)
class _CountryDays:
    works: int = 0
    holidays: int = 0
    may_change: int = 0
    unknown: int = 0
    causes: tuple[tuple[Cause, int], ...] = ()


def _country_days(calendar: OwnCalendar, first: date, last: date, today: date) -> _CountryDays:
    if not calendar.uses_holidays:
        return _CountryDays(works=_weekdays(_WEEKEND, first, last, first))
    return _by_country(
        calendar.institution, calendar.country, calendar.subdivision, calendar.announced, first, last, today
    )


@lru_cache(maxsize=256)
def _by_country(
    institution: str,
    country: str,
    subdivision: str,
    announced: tuple[AnnouncedYear, ...],
    first: date,
    last: date,
    today: date,
) -> _CountryDays:
    """The days of a country, kept: the same are asked for on each page of an exchange."""
    calendar = OwnCalendar(institution=institution, country=country, subdivision=subdivision)
    by_file = {each.year: each for each in announced}
    works = holidays = may_change = unknown = 0
    for year in range(first.year, last.year + 1):
        begins, ends = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        known = country_year(country, year, today=today, subdivision=subdivision)
        if year in by_file:
            known = by_file[year].days(known)
        if known is None:
            unknown |= bits(begins, ends, first)
            continue
        works |= _working(known, begins, ends, first)
        ordinary = _weekdays(known.weekend, begins, ends, first)
        holidays |= _set(known.holidays, begins, ends, first) & ordinary
        may_change |= _set(known.may_change, begins, ends, first)
    causes = (
        *(
            (_called(cause, by_file), days)
            for cause, days in _in_runs(
                CauseKind.HOLIDAY, holidays, first, calendar, across=~(works | holidays | unknown)
            )
        ),
        *_in_runs(CauseKind.MAY_CHANGE, may_change, first, calendar),
        *_in_runs(CauseKind.UNKNOWN, unknown, first, calendar),
    )
    return _CountryDays(works=works, holidays=holidays, may_change=may_change, unknown=unknown, causes=causes)


def _called(cause: Cause, by_file: Mapping[int, AnnouncedYear]) -> Cause:
    year = by_file.get(cause.first.year)
    return replace(cause, called=year.called(cause.first)) if year else cause


def _working(known: CountryYear, first: date, last: date, origin: date) -> int:
    return bits(first, last, origin) & ~_set(known.free, first, last, origin)


def _set(days: Iterable[date], first: date, last: date, origin: date) -> int:
    start, end, zero = first.toordinal(), last.toordinal(), origin.toordinal()
    made = 0
    for day in days:
        if start <= (place := day.toordinal()) <= end:
            made |= 1 << (place - zero)
    return made


def _weekdays(weekend: frozenset[int], first: date, last: date, origin: date) -> int:
    """All days but those of weekends."""
    count, begins = (last - first).days + 1, first.weekday()
    week = sum(1 << place for place in range(7) if (begins + place) % 7 not in weekend)
    weeks = count // 7 + 1
    # One week, said again as often as there are weeks.
    repeated = week * (((1 << 7 * weeks) - 1) // 127)
    return (repeated & ((1 << count) - 1)) << (first - origin).days


def _in_runs(
    kind: CauseKind, days: int, origin: date, calendar: OwnCalendar, *, across: int = 0
) -> Iterator[tuple[Cause, int]]:
    """Days that follow each other as one cause; those of `across` between two of them, such as a weekend, do not part
    them."""
    while days:
        start = end = (days & -days).bit_length() - 1
        place = start + 1
        while (days | across) >> place & 1 and days >> place:
            end = place if days >> place & 1 else end
            place += 1
        run = days & ((1 << (end + 1)) - 1)
        cause = Cause(
            kind=kind,
            institution=calendar.institution,
            country=calendar.country,
            subdivision=calendar.subdivision,
            first=origin + timedelta(days=start),
            last=origin + timedelta(days=end),
        )
        yield cause, run
        days &= ~run
