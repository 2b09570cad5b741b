"""Steps whose counted day is another since somebody said something else of a calendar, or a newer table of holidays
does. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from koryu.planning.rules.changed_days import calendar_then, moments_of
from koryu.planning.rules.institution_days import OwnCalendar
from koryu.planning.rules.planned_exchange import working_days
from koryu.planning.rules.schedule.due_days import DueDay
from koryu.planning.rules.schedule.schedule_lines import (
    ScheduleAsked,
    ScheduleLine,
    StepState,
    counted_days,
    schedule_lines,
)
from koryu.planning.rules.schedule.schedule_steps import Anchor

# For so long people are told of it: whoever looks after a server seldom loses no day.
_TOLD_FOR: Final = timedelta(days=14)
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class CalendarMove:
    """A step still to be done, or expected of a partner: `on` which day it moved, from which counted day to which."""

    line: ScheduleLine
    on: str
    before: date
    after: date


def changed_on(calendars: Mapping[str, OwnCalendar], *, since: str, today: date) -> tuple[str, ...]:
    """The days of the last two weeks on which something was said of these calendars after the moment `since`."""
    return tuple(sorted({at[:10] for at in _moments(calendars, today) if at > since}))


def changed_last(calendars: Mapping[str, OwnCalendar], *, today: date) -> str:
    """The last moment of the last two weeks at which something was said of these calendars; '' where there is none."""
    return max(_moments(calendars, today), default="")


def _moments(calendars: Mapping[str, OwnCalendar], today: date) -> Iterator[str]:
    first = (today - _TOLD_FOR).isoformat()
    return (at for calendar in calendars.values() for at in moments_of(calendar) if at[:10] >= first)


def moved_by_calendars(
    asked: ScheduleAsked, calendars: Mapping[str, OwnCalendar], *, since: str, today: date
) -> tuple[CalendarMove, ...]:
    """The steps of a schedule, begun at `since`, that moved with what was said of calendars on one of these days.

    One whose own day was set by hand stays, and is not among them.
    """
    concerned = {uri: calendars[uri] for uri in asked.days if uri in calendars}
    changes = changed_on(concerned, since=since, today=today)
    if not changes:
        return ()
    lines = [line for line in schedule_lines(asked, today) if line.code and not line.by_hand and _matters(line)]
    return tuple(move for day in changes for move in _moved_on(day, asked, concerned, lines, since=since, today=today))


def _moved_on(
    day: str,
    asked: ScheduleAsked,
    calendars: Mapping[str, OwnCalendar],
    lines: list[ScheduleLine],
    *,
    since: str,
    today: date,
) -> Iterator[CalendarMove]:
    ends = (max(since, _end_of(date.fromisoformat(day) - _A_DAY)), max(since, _end_of(date.fromisoformat(day))))
    before, after = (
        _counted_in({uri: calendar_then(each, end) for uri, each in calendars.items()}, asked, today) for end in ends
    )
    for line in lines:
        was, now = before[line.acting].get(line.code), after[line.acting].get(line.code)
        if was and now and was.day != now.day:
            yield CalendarMove(line=line, on=day, before=was.day, after=now.day)


def _counted_in(
    calendars: Mapping[str, OwnCalendar], asked: ScheduleAsked, today: date
) -> dict[str, dict[str, DueDay]]:
    """The day of each step at each institution, in these calendars."""
    arrival = asked.anchors.get(Anchor.ARRIVAL)
    year = arrival.day.year if arrival else today.year
    days = {uri: working_days(calendars.get(uri), uri, year, today) for uri in asked.days}
    then = replace(asked, days=days)
    return {uri: counted_days(then, uri) for uri in days}


def _end_of(day: date) -> str:
    """Later than each moment of a day, and earlier than those of the next."""
    return f"{day}T24"


def _matters(line: ScheduleLine) -> bool:
    return line.is_open or line.state is StepState.EXPECTED
