"""Reading what an institution keeps of a relation: its customs; and what of an exchange goes on which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from koryu.planning.queries.planned_rows import selected
from koryu.values.moments import written

_CUSTOMS: Final = (
    'SELECT id, relation, text, edition, "by", "at" FROM planning_custom WHERE institution = %s AND relation IN '
)
# What goes by itself: private rows by sheet, what is kept of translations; and how many of these nobody has made yet.
_TO_GO: Final = (
    "SELECT sheet, delete_on, COUNT(*) FROM planning_row WHERE institution = %s AND exchange = %s "
    "GROUP BY sheet, delete_on UNION ALL SELECT 'translations', delete_on, COUNT(*) FROM planning_translation "
    "WHERE institution = %s AND exchange = %s GROUP BY delete_on UNION ALL SELECT 'owed', MIN(delete_on), COUNT(*) "
    "FROM planning_translation WHERE institution = %s AND exchange = %s AND asked_at IS NOT NULL AND needed "
    "AND made_of = '' ORDER BY 2, 1"
)
_OWED: Final = "owed"


@dataclass(frozen=True, kw_only=True)
class KeptCustom:
    """A custom of a relation, with the edition it is in, who wrote it last and when."""

    id: int
    relation: str
    text: str
    edition: int
    by: str
    at: str


@dataclass(frozen=True, kw_only=True)
class RowsToGo:
    """How many private rows of one sheet are deleted on a day."""

    sheet: str
    day: date
    number: int


def customs(institution: str, relations: Iterable[str]) -> tuple[KeptCustom, ...]:
    """The customs of these relations, in the order in which they were written."""
    wanted = tuple(relations) or ("",)
    rows = selected(f"{_CUSTOMS}({', '.join(['%s'] * len(wanted))}) ORDER BY id", (institution, *wanted))
    return tuple(
        KeptCustom(id=pk, relation=relation, text=text, edition=edition, by=by, at=written(at))
        for pk, relation, text, edition, by, at in rows
    )


def rows_to_go(exchange: str, *, institution: str) -> tuple[tuple[RowsToGo, ...], int]:
    """(what an institution keeps to itself of an exchange and is deleted by itself, by day; how many translations were
    asked for that nobody has made), in one statement."""
    rows = selected(_TO_GO, (institution, exchange) * 3)
    going = (RowsToGo(sheet=sheet, day=_day(day), number=number) for sheet, day, number in rows if sheet != _OWED)
    return tuple(going), sum(number for sheet, _day_of, number in rows if sheet == _OWED)


def _day(kept: date | str) -> date:
    """SQLite, asked past Django, answers with a text."""
    return kept if isinstance(kept, date) else date.fromisoformat(kept)
