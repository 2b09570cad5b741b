"""What calendars that are read elsewhere need of planning: steps with their days, and what was told of each event."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from koryu.planning.queries.planned_rows import selected
from koryu.values.edtf import Edtf
from koryu.values.moments import written

# So many values at once every database takes.
_AT_ONCE: Final = 500
_STEPS: Final = (
    "SELECT id, exchange, what, who, due, changed_at FROM planning_step s WHERE institution = %s AND done_by = '' "
    "AND due <> '' AND NOT EXISTS (SELECT 1 FROM planning_closing c WHERE c.institution = s.institution "
    "AND c.exchange = s.exchange) ORDER BY id"
)
# One row that is another whenever a calendar of the institution may be: by what it says, not by when it was read.
_MARK: Final = (
    'SELECT (SELECT MAX(number) FROM ledger_entry), (SELECT MAX("at") FROM planning_event), COUNT(*), MAX(id), '
    "MAX(changed_at), MAX(done_at), SUM(CASE WHEN done_by = '' THEN 0 ELSE 1 END), "
    "(SELECT COUNT(*) FROM planning_closing WHERE institution = %s), "
    # What steps are counted from: schedules, what was done with their steps, drafts of plans, and whose days are what.
    "(SELECT COUNT(*) FROM planning_schedule), (SELECT SUM(id + template_id) FROM planning_schedule), "
    "(SELECT COUNT(*) FROM planning_counted_step), (SELECT MAX(changed_at) FROM planning_counted_step), "
    "(SELECT COUNT(*) FROM consent_draft), (SELECT MAX(changed_at) FROM consent_draft), "
    '(SELECT COUNT(*) FROM planning_calendar), (SELECT MAX("at") FROM planning_calendar), '
    '(SELECT COUNT(*) FROM planning_override), (SELECT MAX("at") FROM planning_override), '
    '(SELECT COUNT(*) FROM planning_announced), (SELECT MAX("at") FROM planning_announced) '
    "FROM planning_step WHERE institution = %s"
)


@dataclass(frozen=True, kw_only=True)
class StepOnDay:
    """A step that is still to do, with the one day by which it is due."""

    id: int
    exchange: str
    what: str
    who: str
    day: date
    since: str


def due_steps(institution: str) -> tuple[StepOnDay, ...]:
    """The steps of an institution that are still to do and bear a day, of exchanges that are not closed."""
    return tuple(
        StepOnDay(id=pk, exchange=exchange, what=what, who=who, day=Edtf(due).latest, since=written(changed))
        for pk, exchange, what, who, due, changed in selected(_STEPS, (institution,))
        if Edtf(due).precision == "day" and "X" not in due
    )


def told_of_events(uids: Collection[str]) -> dict[str, tuple[str, int, str]]:
    """What was kept of these events, by what they are called: digest, sequence, and since when."""
    wanted = list(uids)
    rows: list[Sequence[Any]] = []
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        places = ", ".join(["%s"] * len(some))
        rows += selected(f'SELECT uid, digest, sequence, "at" FROM planning_event WHERE uid IN ({places})', some)  # noqa: S608 -- only places; values are parameters
    return {uid: (digest, sequence, written(at)) for uid, digest, sequence, at in rows}


def feed_mark(institution: str) -> tuple[str, ...]:
    """What a calendar of an institution depends on, besides the day and its letters: as long as these are the same, so
    is the calendar.

    In one statement.
    """
    (row,) = selected(_MARK, (institution, institution))
    return tuple(map(str, row))
