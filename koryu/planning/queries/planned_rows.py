"""Reading the rows that an institution keeps of an exchange: steps, closing, replies, candidate dates, private rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import connection
from pydantic_core import from_json

from koryu.planning.queries.candidate_dates import (
    CANDIDATES,
    KNOWN,
    NOTHING_SAID,
    OWN_CANDIDATES,
    SAID_OF_OWN,
    OwnCandidate,
    candidates_in,
    known_candidate,
    own_candidates,
)
from koryu.planning.rules.candidates import Candidate
from koryu.planning.rules.replies import REPLIES, PartnersReply, version_of
from koryu.values.edtf import Edtf
from koryu.values.moments import written

# Steps and closings have little in common but that a page shows them together; it asks for them at once.
_STEPS: Final = (
    "SELECT 'step', exchange, id, what, who, due, done_at, done_by, changed_by, changed_at FROM planning_step "
    "WHERE institution = %s"
)
_CLOSINGS: Final = (
    "SELECT 'closing', exchange, id, '', '', '', NULL, '', \"by\", \"at\" FROM planning_closing WHERE institution = %s"
)
# What partners wrote of texts that are open: rows of ours, of no sheet that is drawn.
_REPLIES: Final = (
    "SELECT 'reply', exchange, edition, CAST(cells AS TEXT), '', place, NULL, '', changed_by, changed_at "  # noqa: S608 -- a word of our own
    f"FROM planning_row WHERE institution = %s AND sheet = '{REPLIES}'"
)
_ALL_OF_EXCHANGE: Final = (
    f"{_STEPS} AND exchange = %s UNION ALL {_CLOSINGS} AND exchange = %s UNION ALL {_REPLIES} AND exchange = %s "
    f"UNION ALL {OWN_CANDIDATES} AND exchange = %s UNION ALL {SAID_OF_OWN} AND c.exchange = %s "
    f"UNION ALL {KNOWN} AND c.exchange = %s"
)
_OF_EXCHANGE: Final = f"{_ALL_OF_EXCHANGE} ORDER BY 10, 3"
_WITH_CANDIDATES: Final = (
    f"{CANDIDATES} UNION ALL SELECT o.*, {NOTHING_SAID} FROM ({_ALL_OF_EXCHANGE}) o ORDER BY 10, 3"  # noqa: S608 -- only our own SQL; values are parameters
)
# Of one sheet besides: the private rows of an institution, and those of others that are shown. The CASE gives a time
# that is not there: databases are exact about what stands in one column.
_OF_SHEET: Final = (
    "SELECT 'row', sheet, edition, CAST(cells AS TEXT), institution, place, CASE WHEN 0 = 1 THEN changed_at END, "
    "'', changed_by, changed_at "
    "FROM planning_row WHERE exchange = %s AND sheet = %s AND (institution = %s OR shown = %s) UNION ALL "
)
_OF_INSTITUTION: Final = (
    f"{_STEPS} AND done_by = '' UNION ALL {_CLOSINGS} UNION ALL {_REPLIES} UNION ALL {OWN_CANDIDATES} "
    f"UNION ALL {SAID_OF_OWN} UNION ALL {KNOWN} ORDER BY 10, 3"
)

_ROWS: Final = (
    "SELECT institution, place, cells, edition FROM planning_row "
    "WHERE exchange = %s AND sheet = %s AND (institution = %s OR shown = %s) ORDER BY id"
)


@dataclass(frozen=True, kw_only=True)
class WorkStep:
    """Something to be done for an exchange, by whom in words and by when; `done_at` and `done_by` once it is done."""

    id: int
    what: str
    who: str
    due: str
    done_at: str
    done_by: str
    # The person here who does it.
    taken_by: str = ""

    @property
    def date(self) -> Edtf | None:
        """The day by which it is due."""
        return Edtf(self.due) if self.due else None


@dataclass(frozen=True, kw_only=True)
class KeptRow:
    """A private row of a sheet: whose, its place (its id in the sheet), what stands in its cells."""

    institution: str
    place: str
    cells: Mapping[str, Any]
    edition: int


@dataclass(frozen=True, kw_only=True)
class OwnRows:
    """What an institution keeps to itself of an exchange: steps still to do by date, those done, the last first; when
    it was closed; the candidate dates that it puts forward. `replies` are what partners have written of texts, by
    version.

    Where one of its sheets was asked for, its private `rows`, and those of others that are shown among them.
    """

    steps: tuple[WorkStep, ...] = ()
    done: tuple[WorkStep, ...] = ()
    closed_at: str = ""
    rows: tuple[KeptRow, ...] = ()
    candidates: tuple[OwnCandidate, ...] = ()
    # All candidates that were not withdrawn, whoever may see them: see `rules.candidates.asked_of`.
    known: tuple[Candidate, ...] = ()
    replies: Mapping[str, PartnersReply] = field(default_factory=dict)


def rows_in(exchange: str, sheet: str, *, asking: str) -> tuple[KeptRow, ...]:
    """The private rows of a sheet of an exchange: those of who asks, and those of others that are shown.

    Those of others are for whoever is shown their sheet: that is asked where the sheet is.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, (exchange, sheet, asking, True))
        return tuple(
            KeptRow(
                institution=institution,
                place=place,
                cells=cells if isinstance(cells, dict) else from_json(cells),
                edition=edition,
            )
            for institution, place, cells, edition in cursor.fetchall()
        )


def own_rows(exchange: str, *, institution: str, sheet: str = "") -> OwnRows:
    """What an institution keeps to itself of an exchange, in one statement; of a `sheet` (a kind of record) besides."""
    values = (institution, exchange) * 6
    if not sheet:
        return _own(selected(_OF_EXCHANGE, values), institution)
    of_sheet = (exchange, sheet, institution, True)
    return _own(selected(f"{_OF_SHEET}{_OF_EXCHANGE}", (*of_sheet, *values)), institution)


def rows_and_candidates(
    exchange: str, *, institution: str, together: Iterable[str]
) -> tuple[OwnRows, tuple[Candidate, ...]]:
    """`own_rows` and `candidates`, in one statement."""
    rows = selected(_WITH_CANDIDATES, (exchange, *(institution, exchange) * 6))
    dates = [row for row in rows if row[0] == "dates"]
    own = _own((row[:10] for row in rows if row[0] != "dates"), institution)
    return own, candidates_in(dates, asking=institution, together=together)


def open_rows(institution: str) -> dict[str, OwnRows]:
    """The steps that an institution has still to do, which exchanges it has closed, and its candidate dates; by
    exchange, in one statement.

    What is done is not among them.
    """
    by_exchange: dict[str, list[tuple[Any, ...]]] = {}
    for row in selected(_OF_INSTITUTION, (institution,) * 6):
        by_exchange.setdefault(row[1], []).append(row)
    return {exchange: _own(rows, institution) for exchange, rows in by_exchange.items()}


def selected(query: str, values: Sequence[str | bool]) -> list[tuple[Any, ...]]:
    """The rows of a statement, as the database gives them."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _own(rows: Iterable[tuple[Any, ...]], institution: str) -> OwnRows:
    steps: list[WorkStep] = []
    private: list[KeptRow] = []
    candidate_rows: list[tuple[Any, ...]] = []
    known: list[Candidate] = []
    replies: dict[str, PartnersReply] = {}
    closed_at = ""
    for row in rows:
        what, _of, pk, text, who, due, done_at, done_by, _by, changed_at = row
        match what:
            case "known":
                known.append(known_candidate(row, institution))
            case "row":
                private.append(KeptRow(institution=who, place=due, cells=from_json(text), edition=pk))
            case "step":
                done = written(done_at)
                steps.append(WorkStep(id=pk, what=text, who=who, due=due, done_at=done, done_by=done_by))
            case "reply":
                replies[version_of(due)] = PartnersReply(by=from_json(text)["by"], at=written(changed_at))
            case "closing":
                closed_at = written(changed_at)
            case _:
                candidate_rows.append((what, pk, text, who, due))
    return OwnRows(
        steps=tuple(sorted((step for step in steps if not step.done_by), key=by_due)),
        done=tuple(sorted((step for step in steps if step.done_by), key=lambda step: step.done_at, reverse=True)),
        closed_at=closed_at,
        rows=tuple(private),
        candidates=own_candidates(candidate_rows),
        known=tuple(known),
        replies=replies,
    )


def by_due(step: WorkStep) -> tuple[date, int]:
    """What has no date comes last."""
    return (step.date.latest if step.date else date.max, step.id)
