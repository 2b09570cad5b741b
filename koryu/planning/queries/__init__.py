"""Reading what planning needs: what a programme says of how it goes on and what was held; an institution's own rows,
calendars, and what a feed has of them."""

from koryu.planning.queries.known_calendars import CalendarSettings, KnownCalendar, calendars
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
    "KeptRow",
    "KnownCalendar",
    "OwnRows",
    "ProgrammeGoingOn",
    "WorkStep",
    "calendars",
    "exchange_to_come",
    "members_of",
    "open_rows",
    "own_rows",
    "rows_in",
]
