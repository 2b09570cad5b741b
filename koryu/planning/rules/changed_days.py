"""What was said of a calendar since some moment, and the days on which its institution no longer works. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from koryu.planning.rules.institution_days import OwnCalendar, days_of
from koryu.planning.rules.schedule.due_days import WorkingDays


def calendar_with(calendar: OwnCalendar, is_said: Callable[[str], bool]) -> OwnCalendar:
    """The calendar with only those single days and announced holidays that were said at such moments.

    Of what was said in place of something else, only the moment is known at which it was said last.
    """
    return replace(
        calendar,
        overrides=tuple(each for each in calendar.overrides if is_said(each.at)),
        announced=tuple(each for each in calendar.announced if is_said(each.at)),
    )


def moments_of(calendar: OwnCalendar) -> Iterator[str]:
    """When single days and announced holidays of a calendar were said."""
    yield from (each.at for each in calendar.overrides)
    yield from (each.at for each in calendar.announced)


def no_longer_worked(
    calendar: OwnCalendar, *, first: date, last: date, since: str, today: date
) -> tuple[tuple[date, date], ...]:
    """The days from `first` to `last`, in spans, on which it worked by its calendar as that was at the moment `since`,
    and does not now: announced holidays that were loaded since, and single days."""
    before = calendar_with(calendar, lambda at: at <= since)
    if before == calendar:
        return ()
    then, now = (
        WorkingDays.of(days_of(each, first=first, last=last, today=today)).works for each in (before, calendar)
    )
    spans: list[tuple[date, date]] = []
    for day in (date.fromordinal(number) for number in then if number not in now):
        if spans and (day - spans[-1][1]).days == 1:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return tuple(spans)
