"""Reading the private rows that institutions of an exchange keep of it together, and what they say of whole sheets."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from pydantic_core import from_json

from koryu.planning.queries.planned_rows import selected
from koryu.planning.rules.arrangements import SHEETS, TIMETABLE
from koryu.values.moments import written

_ROWS: Final = (
    "SELECT 'row', exchange, sheet, institution, place, CAST(cells AS TEXT), edition, changed_by, changed_for, "
    "CAST(changed_at AS TEXT), CAST(delete_on AS TEXT), rank, id FROM planning_row "
    "WHERE exchange IN ({exchanges}) AND sheet IN ({sheets}) "
    "AND (institution = %s OR (shown = %s AND institution IN ({others})))"
)
_SHEETS: Final = (
    "SELECT 'sheet', exchange, sheet, institution, called, why, 0, \"by\", '', CAST(\"at\" AS TEXT), "
    "CAST(kept_until AS TEXT), 0, id FROM planning_sheet WHERE exchange IN ({exchanges}) "
    "AND institution IN ({all})"
)
_KEPT_UNTIL: Final = (
    "SELECT exchange, sheet, institution, CAST(delete_on AS TEXT), '' FROM planning_row "  # noqa: S608 -- only places
    f"WHERE sheet IN ({', '.join('%s' for _ in (*SHEETS, TIMETABLE))}) UNION "
    "SELECT exchange, sheet, institution, CAST(delete_on AS TEXT), COALESCE(CAST(kept_until AS TEXT), '') "
    "FROM planning_sheet ORDER BY 1, 2, 3"
)


@dataclass(frozen=True, kw_only=True)
class ArrangedRow:
    """A private row: of which sheet of which exchange, whose, what stands in it, who changed it last and when."""

    exchange: str
    sheet: str
    institution: str
    place: str
    cells: Mapping[str, Any]
    edition: int
    changed_by: str
    changed_for: str
    changed_at: str
    delete_on: date


@dataclass(frozen=True, kw_only=True)
class SheetSaid:
    """What an institution says of a sheet: what it calls it, until when it is kept and why, who said so and when."""

    institution: str
    called: str = ""
    kept_until: date | None = None
    why: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class Arranged:
    """The private rows that were asked for, in the order of their sheets, and what is said of each sheet."""

    rows: tuple[ArrangedRow, ...] = ()
    said: Mapping[str, tuple[SheetSaid, ...]] = field(default_factory=dict)

    def of(self, sheet: str) -> tuple[ArrangedRow, ...]:
        """The rows of one sheet."""
        return tuple(row for row in self.rows if row.sheet == sheet)


def arranged(
    exchanges: Iterable[str], *, sheets: Collection[str] = SHEETS, institution: str, together: Iterable[str]
) -> Arranged:
    """The rows of these sheets of exchanges (or of programmes): those of the institution, and those of the others in
    `together` that are shown; in one statement.

    Who is in `together` is asked where the exchange is: an institution that left it sees none of them.
    """
    at, wanted, others = list(exchanges), list(sheets), [uri for uri in together if uri != institution]
    rows = _ROWS.format(exchanges=_places(at), sheets=_places(wanted), others=_places(others))
    said = _SHEETS.format(exchanges=_places(at), all=_places([institution, *others]))
    values: tuple[str | bool, ...] = (
        *(at or [""]),
        *wanted,
        institution,
        True,
        *(others or [""]),
        *(at or [""]),
        institution,
        *others,
    )
    listed = selected(f"{rows} UNION ALL {said} ORDER BY 12, 13", values)
    by_sheet: dict[str, list[SheetSaid]] = {}
    for row in listed:
        if row[0] == "sheet":
            by_sheet.setdefault(row[2], []).append(_said(row))
    return Arranged(
        rows=tuple(_row(row) for row in listed if row[0] == "row"),
        said={sheet: tuple(each) for sheet, each in by_sheet.items()},
    )


@dataclass(frozen=True, kw_only=True)
class KeptUntil:
    """Until which day rows of a sheet of an exchange are kept, of one institution; `put_off` where that was put off."""

    exchange: str
    sheet: str
    institution: str
    delete_on: date
    put_off: date | None = None


def rows_kept_until() -> tuple[KeptUntil, ...]:
    """Until when private rows that are kept for a number of days, and what is said of their sheets, are kept: each day
    once; in one statement."""
    return tuple(
        KeptUntil(
            exchange=exchange,
            sheet=sheet,
            institution=institution,
            delete_on=date.fromisoformat(day),
            put_off=date.fromisoformat(put_off) if put_off else None,
        )
        for exchange, sheet, institution, day, put_off in selected(_KEPT_UNTIL, (*SHEETS, TIMETABLE))
    )


def _places(values: Collection[str]) -> str:
    return ", ".join("%s" for _ in values) or "%s"


def _row(row: tuple[Any, ...]) -> ArrangedRow:
    _what, exchange, sheet, institution, place, cells, edition, by, on_behalf, at, delete_on, _rank, _id = row
    return ArrangedRow(
        exchange=exchange,
        sheet=sheet,
        institution=institution,
        place=place,
        cells=from_json(cells),
        edition=edition,
        changed_by=by,
        changed_for=on_behalf or institution,
        changed_at=written(at),
        delete_on=date.fromisoformat(delete_on),
    )


def _said(row: tuple[Any, ...]) -> SheetSaid:
    _what, _exchange, _sheet, institution, called, why, _none, by, _for, at, kept_until, _rank, _id = row
    return SheetSaid(
        institution=institution,
        called=called,
        why=why,
        by=by,
        at=written(at),
        kept_until=date.fromisoformat(kept_until) if kept_until else None,
    )
