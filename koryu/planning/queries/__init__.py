"""Reading what planning needs: what a programme says of how it goes on and what was held; an institution's own rows,
calendars, and what a feed has of them."""

from koryu.planning.queries.candidate_dates import OwnCandidate, candidates
from koryu.planning.queries.exchanges_to_come import (
    ProgrammeGoingOn,
    ProgrammeHistory,
    coming_under,
    exchange_to_come,
    members_of,
    programmes_at,
)
from koryu.planning.queries.feed_state import StepOnDay, due_steps, feed_mark, told_of_events
from koryu.planning.queries.known_calendars import CalendarSettings, KnownCalendar, calendars, countries_kept
from koryu.planning.queries.planned_rows import (
    KeptRow,
    OwnRows,
    WorkStep,
    open_rows,
    own_rows,
    rows_and_candidates,
    rows_in,
)

__all__ = [
    "CalendarSettings",
    "KeptRow",
    "KnownCalendar",
    "OwnCandidate",
    "OwnRows",
    "ProgrammeGoingOn",
    "ProgrammeHistory",
    "StepOnDay",
    "WorkStep",
    "calendars",
    "candidates",
    "coming_under",
    "countries_kept",
    "due_steps",
    "exchange_to_come",
    "feed_mark",
    "members_of",
    "open_rows",
    "own_rows",
    "programmes_at",
    "rows_and_candidates",
    "rows_in",
    "told_of_events",
]
