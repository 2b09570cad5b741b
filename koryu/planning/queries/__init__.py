"""Reading what planning needs: what a programme says of how it goes on and what was held; an institution's own rows,
calendars, and what a feed has of them."""

from koryu.planning.queries.feed_state import DueStep, due_steps, feed_mark, told_of_events
from koryu.planning.queries.known_calendars import CalendarSettings, KnownCalendar, calendars, countries_kept
from koryu.planning.queries.planned_rows import (
    KeptRow,
    OwnRows,
    ProgrammeGoingOn,
    WorkStep,
    exchange_to_come,
    members_of,
    open_rows,
    own_rows,
    rows_in,
)

__all__ = [
    "CalendarSettings",
    "DueStep",
    "KeptRow",
    "KnownCalendar",
    "OwnRows",
    "ProgrammeGoingOn",
    "WorkStep",
    "calendars",
    "countries_kept",
    "due_steps",
    "exchange_to_come",
    "feed_mark",
    "members_of",
    "open_rows",
    "own_rows",
    "rows_in",
    "told_of_events",
]
