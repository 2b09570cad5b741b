"""Reading candidate dates: all that was put forward for an exchange, with what was said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from koryu.planning.rules.candidates import Candidate, DateAnswer, Means, Says, seen
from koryu.values.moments import written

# All of an exchange, with what was said of each: the columns of what was not said yet are empty. The first ten are such
# that what an institution keeps to itself can be read in the same statement.
CANDIDATES: Final = (
    "SELECT 'dates', c.institution, c.id, CAST(c.\"first\" AS TEXT), CAST(c.\"last\" AS TEXT), '', c.withdrawn_at, '', "
    'c."by", c."at", p.id, p."of", p.kept_by, p.says, p.remark, p.means, p.told_on, p.file, p.file_name, p.edition, '
    'p."by", p."at" FROM planning_candidate c LEFT JOIN planning_place p ON p.candidate_id = c.id '
    "WHERE c.exchange = %s"
)
# What another row of the same statement has in the columns of what was said.
NOTHING_SAID: Final = "NULL, '', '', '', '', '', '', '', '', NULL, '', NULL"
# For the statement that reads what an institution keeps to itself: its candidates that are not withdrawn, and what it
# knows that others say of them.
OWN_CANDIDATES: Final = (
    'SELECT \'candidate\', exchange, id, CAST("last" AS TEXT), \'\', CAST("first" AS TEXT), NULL, \'\', "by", "at" '
    "FROM planning_candidate WHERE institution = %s AND withdrawn_at IS NULL"
)
SAID_OF_OWN: Final = (
    "SELECT 'said', c.exchange, c.id, p.says, p.\"of\", '', NULL, '', p.\"by\", p.\"at\" FROM planning_candidate c "
    'JOIN planning_place p ON p.candidate_id = c.id AND (p.kept_by = c.institution OR p.kept_by = p."of") '
    "WHERE c.institution = %s AND c.withdrawn_at IS NULL"
)
# All that were not withdrawn, whoever put them forward, each with the last that one institution said of it itself.
KNOWN: Final = (
    'SELECT \'known\', c.exchange, c.id, CAST(c."last" AS TEXT), c.institution, CAST(c."first" AS TEXT), NULL, '
    '(SELECT p.says FROM planning_place p WHERE p.candidate_id = c.id AND p."of" = %s AND p.kept_by = p."of" '
    'ORDER BY p.edition DESC LIMIT 1), c."by", c."at" FROM planning_candidate c WHERE c.withdrawn_at IS NULL'
)


@dataclass(frozen=True, kw_only=True)
class OwnCandidate:
    """Dates that an institution puts forward: who was asked about them by letter or mail, and who has answered."""

    first: date
    last: date
    asked: frozenset[str]
    answered: frozenset[str]

    @property
    def written(self) -> str:
        """As records write these days."""
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


def candidates(exchange: str, *, asking: str, together: Iterable[str]) -> tuple[Candidate, ...]:
    """The candidates of an exchange as an institution sees them, see `rules.candidates.seen`; in one statement.

    `together` are the institutions among whom a draft of the exchange is shown.
    """
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, (exchange,))
        return candidates_in(cursor.fetchall(), asking=asking, together=together)


def candidates_in(rows: Iterable[tuple[Any, ...]], *, asking: str, together: Iterable[str]) -> tuple[Candidate, ...]:
    """The same, of rows that CANDIDATES gave, in whatever order."""
    by_number: dict[int, list[tuple[Any, ...]]] = {}
    for row in sorted(rows, key=lambda row: (row[2], row[10] or 0)):
        by_number.setdefault(row[2], []).append(row)
    return seen(map(_candidate, by_number.values()), asking=asking, together=together)


def _candidate(rows: list[tuple[Any, ...]]) -> Candidate:
    _dates, institution, pk, first, last, _due, withdrawn_at, _done_by, by, at, *_said = rows[0]
    return Candidate(
        id=pk,
        institution=institution,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        by=by,
        at=written(at),
        withdrawn_at=written(withdrawn_at),
        said=tuple(_answer(row[11:]) for row in rows if row[10]),
    )


def _answer(columns: tuple[Any, ...]) -> DateAnswer:
    of, kept_by, says, remark, means, told_on, file, file_name, edition, by, at = columns
    return DateAnswer(
        of=of,
        kept_by=kept_by,
        says=Says(says),
        remark=remark,
        means=Means(means),
        told_on=told_on,
        file=file,
        file_name=file_name,
        edition=edition,
        by=by,
        at=written(at),
    )


def known_candidate(row: tuple[Any, ...], asking: str) -> Candidate:
    """A candidate of a row that KNOWN gave, with what the institution asking said of it."""
    _known, _exchange, pk, last, institution, first, _withdrawn, says, by, at = row
    return Candidate(
        id=pk,
        institution=institution,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        by=by,
        at=written(at),
        said=(DateAnswer(of=asking, kept_by=asking, says=Says(says)),) if says else (),
    )


def own_candidates(rows: Iterable[tuple[Any, ...]]) -> tuple[OwnCandidate, ...]:
    """The candidates that an institution put forward itself, of rows by time.

    Of a candidate a row is (what, number, last day, '', first day); of what was said (what, number, says, of, '').
    """
    days: dict[int, tuple[date, date]] = {}
    said: dict[int, dict[str, str]] = {}
    for what, number, says, of, first in rows:
        if what == "candidate":
            days[number] = (date.fromisoformat(first), date.fromisoformat(says))
        else:
            said.setdefault(number, {})[of] = says
    return tuple(
        OwnCandidate(
            first=first,
            last=last,
            asked=frozenset(of for of, says in said.get(number, {}).items() if says == Says.ASKED),
            answered=frozenset(of for of, says in said.get(number, {}).items() if says != Says.ASKED),
        )
        for number, (first, last) in days.items()
    )
