"""The calendar of an institution as it was at a moment, and the days on which it no longer works. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from koryu.planning.rules.announced_years import AnnouncedYear
from koryu.planning.rules.days_said import DaysSaid, WorksIn
from koryu.planning.rules.institution_days import OwnCalendar, days_of
from koryu.planning.rules.periods import Override
from koryu.planning.rules.schedule.due_days import WorkingDays

# Later than each moment that is written.
NOW: Final = "~"
_NOWHERE: Final = WorksIn(kept_by="", country="")


def calendar_at(said: DaysSaid, moment: str = NOW) -> OwnCalendar:
    """The working days of an institution by what was said of them until a moment, that one included.

    Where it and another both name its country or both have loaded a year, its own counts.
    """
    settings = [each for each in said.settings if _held(each, moment)]
    settings.sort(key=lambda each: each.kept_by != said.institution)
    named = next((each for each in settings if each.country), None) or (*settings, _NOWHERE)[0]
    return OwnCalendar(
        institution=said.institution,
        country=named.country,
        subdivision=named.subdivision,
        uses_holidays=named.uses_holidays,
        overrides=tuple(each for each in said.overrides if _held(each, moment)),
        announced=tuple(_years(said, named, moment)),
        said=said,
    )


def calendar_then(calendar: OwnCalendar, moment: str) -> OwnCalendar:
    """The working days of a calendar as they were at a moment; those of now where nothing was ever said of them."""
    return calendar_at(calendar.said, moment) if calendar.said else calendar


def moments_of(calendar: OwnCalendar) -> Iterator[str]:
    """When something was said of the working days of a calendar, or no longer."""
    yield from calendar.said.moments() if calendar.said else ()


def no_longer_worked(
    calendar: OwnCalendar, *, first: date, last: date, since: str, today: date
) -> tuple[tuple[date, date], ...]:
    """The days from `first` to `last`, in spans, on which it worked by its calendar as that was at the moment `since`,
    and does not now: holidays that were announced since, and single days."""
    if not any(at > since for at in moments_of(calendar)):
        return ()
    then, now = (
        WorkingDays.of(days_of(each, first=first, last=last, today=today)).works
        for each in (calendar_then(calendar, since), calendar)
    )
    spans: list[tuple[date, date]] = []
    for day in (date.fromordinal(number) for number in then if number not in now):
        if spans and (day - spans[-1][1]).days == 1:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return tuple(spans)


def _held(said: WorksIn | Override | AnnouncedYear, moment: str) -> bool:
    return said.at <= moment and (not said.until or moment < said.until)


def _years(said: DaysSaid, named: WorksIn, moment: str) -> Iterable[AnnouncedYear]:
    """The years of its country that were loaded from a file; else as the table had them that counted then."""
    of_country = [each for each in said.announced if each.country == named.country and _held(each, moment)]
    by_table = [each for each in of_country if each.of_table and each.subdivision == named.subdivision]
    by_file = [each for each in of_country if not each.of_table]
    by_file.sort(key=lambda each: each.kept_by == said.institution)
    # What one table had until some moment, it had as long as no other had said something else.
    by_table.sort(key=lambda each: each.until, reverse=True)
    by_year = {each.year: each for each in (*by_table, *by_file)}
    return (by_year[year] for year in sorted(by_year))
