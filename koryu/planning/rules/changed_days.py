"""Days on which an institution no longer works, by what was said of its calendar since dates were agreed. Pure."""

from dataclasses import replace
from datetime import date

from koryu.planning.rules.institution_days import OwnCalendar, days_of
from koryu.planning.rules.schedule.due_days import WorkingDays


def no_longer_worked(
    calendar: OwnCalendar, *, first: date, last: date, since: str, today: date
) -> tuple[tuple[date, date], ...]:
    """The days from `first` to `last`, in spans, on which it worked by its calendar as that was at the moment `since`,
    and does not now: announced holidays that were loaded since, and single days.

    Of a file only the day is known on which it was loaded: one of the same day counts.
    """
    before = replace(
        calendar,
        overrides=tuple(each for each in calendar.overrides if each.at <= since),
        announced=tuple(each for each in calendar.announced if each.at < since[:10]),
    )
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
