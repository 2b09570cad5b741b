"""What stands and bears a date, as calendars need it: with the number of its version, and since when that stands."""

from collections.abc import Iterable
from typing import NamedTuple

from koryu.archive.queries.audience import may_read
from koryu.archive.queries.lines import COLUMNS, STANDING, Line, by_date, line_of, places, rows


class DatedLine(NamedTuple):
    """A record that bears a date; `number` is that of the version that stands, `at` since when it does."""

    line: Line
    number: int
    at: str


def dated_exchanges(
    *, asking: str, programme: str = "", institution: str = "", exchange: str = ""
) -> tuple[DatedLine, ...]:
    """The exchanges that bear a date and may be read: of a programme, or of an institution, or this one; by date.

    In one statement.
    """
    if programme:
        condition = (
            "r.id IN (SELECT l.source_id FROM archive_link l WHERE l.target = %s AND l.rel = 'programmes' "
            "AND NOT l.apart)"
        )
    elif institution:
        condition = "r.id IN (SELECT l.source_id FROM archive_link l WHERE l.target = %s AND l.rel = 'institutions')"
    else:
        condition = "r.uri = %s"
    return _dated(
        asking, f"r.kind = 'exchange' AND r.earliest IS NOT NULL AND {condition}", programme or institution or exchange
    )


def timetables_at(exchanges: Iterable[str], *, asking: str) -> tuple[DatedLine, ...]:
    """The timetables of these exchanges that may be read. In one statement."""
    wanted = list(exchanges)
    if not wanted:
        return ()
    return _dated(asking, f"r.kind = 'timetable' AND r.exchange IN ({places(wanted)})", *wanted)


def _dated(asking: str, wanted: str, *values: str) -> tuple[DatedLine, ...]:
    condition, who = may_read(asking)
    selected = rows(
        f"SELECT v.number, v.at, {COLUMNS} FROM {STANDING} WHERE {condition} AND {wanted}",  # noqa: S608 -- only our own SQL; values are parameters
        *who,
        *values,
    )
    dated = (DatedLine(line_of(*line), number, at) for number, at, *line in selected)
    return tuple(sorted(dated, key=lambda each: by_date(each.line)))
