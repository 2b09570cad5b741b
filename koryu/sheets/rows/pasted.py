"""What pasting would do to a sheet, row by row, before anything is written, and the changes that do it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from koryu.sheets.rows.clipboard import PastedGrid, is_garbled
from koryu.sheets.rows.merge import DITTO, CellChange, RowAdded, RowChange, new_ids, too_many_rows
from koryu.sheets.rows.pasted_columns import PastedTable, table_in, with_choices
from koryu.sheets.rows.row_sheet import (
    MOST_ROWS,
    CellReader,
    RowItem,
    RowSheet,
    ShownColumn,
    TypedRow,
    items_of,
    row_of,
)
from koryu.sheets.rows.same_names import same_name
from koryu.values.reason import N_, Reason

_GARBLED: Final = N_("The letters look garbled: “%(typed)s”. Copy again from the program that shows them right.")


class PastedAs(StrEnum):
    """What becomes of a pasted row."""

    NEW = "new"
    CHANGES = "changes"
    SAME = "same"


@dataclass(frozen=True)
class PastedRow:
    """One row as it was `pasted`: what becomes of it, the id of the row it is, its cells by the key of their column.

    `changes` are the keys of the cells that would change, `unread` what is not understood in which: such a cell goes in
    as it was typed, and is marked.
    """

    becomes: PastedAs
    id: str
    pasted: tuple[str, ...]
    cells: Mapping[str, str]
    changes: tuple[str, ...] = ()
    unread: Mapping[str, Reason] = field(default_factory=dict)


@dataclass(frozen=True)
class PastePreview:
    """What pasting would do: the table with the choice for each column, and its rows."""

    table: PastedTable
    rows: tuple[PastedRow, ...]

    @property
    def goes_in(self) -> int:
        """How many rows would be new or changed."""
        return sum(row.becomes is not PastedAs.SAME for row in self.rows)


def paste_preview(
    grid: PastedGrid,
    *,
    sheet: RowSheet,
    content: Mapping[str, Any],
    columns: Sequence[ShownColumn],
    reader: CellReader,
    chosen: Iterable[str] | None = None,
    seed: str = "paste",
) -> PastePreview:
    """What pasting this grid would do to a content; nothing is written.

    `chosen` are the keys of the columns that somebody chose for those of the grid, in their order; without it they are
    recognised. `seed` makes the ids of new rows: the same seed makes the same. Raises Refused for too many rows.
    """
    table = table_in(grid, sheet, columns)
    if chosen is not None:
        table = with_choices(table, chosen, columns)
    if len(table.rows) > MOST_ROWS:
        raise too_many_rows(len(table.rows))
    reading = _Reading(sheet, content, {column.key: column for column in columns}, reader)
    rows = tuple(reading.rows(table, seed=seed))
    if len(reading.there) + sum(row.becomes is PastedAs.NEW for row in rows) > MOST_ROWS:
        raise too_many_rows(len(reading.there) + len(rows))
    return PastePreview(table, rows)


def changes_of(preview: PastePreview, was: Mapping[str, TypedRow]) -> tuple[RowChange, ...]:
    """The changes that put a previewed paste in; `was` are the rows it was previewed for, by their id."""
    return tuple(_changes_of(preview, was))


def _changes_of(preview: PastePreview, was: Mapping[str, TypedRow]) -> Iterator[RowChange]:
    for row in preview.rows:
        if row.becomes is PastedAs.NEW:
            yield RowAdded(row.id)
            yield from (CellChange(row.id, key, "", text) for key, text in row.cells.items() if text)
        elif row.becomes is PastedAs.CHANGES:
            yield from (CellChange(row.id, key, was[row.id].cells[key], row.cells[key]) for key in row.changes)


class _Reading:
    """The rows of a sheet while those of a paste are compared with them."""

    def __init__(
        self, sheet: RowSheet, content: Mapping[str, Any], columns: Mapping[str, ShownColumn], reader: CellReader
    ) -> None:
        self.sheet, self.columns, self.reader = sheet, columns, reader
        self.there: dict[str, RowItem] = {item["id"]: item for item in items_of(sheet, content)}
        self.known: dict[str, str] = {}
        for item in self.there.values():
            for name in self.names(row_of(item, columns.values(), reader).cells):
                self.known.setdefault(name, item["id"])

    def rows(self, table: PastedTable, *, seed: str) -> Iterator[PastedRow]:
        ids = iter(new_ids(seed, self.there, count=len(table.rows), length=self.sheet.id_length))
        above: dict[str, str] = {}
        used: set[str] = set()
        for row in table.rows:
            above = self.cells(table, row, above)
            if not any(above.values()):
                continue
            known = [self.known[name] for name in self.names(above) if name in self.known]
            match = next((row_id for row_id in known if row_id not in used and self.may_be(row_id, above)), None)
            used.update([match] if match else [])
            yield self.row(match or next(ids), tuple(row), above, new=match is None)

    def may_be(self, row: str, cells: Mapping[str, str]) -> bool:
        """Not where both are written, and differently: 李伟 and 李威 are both read Li Wei."""
        if self.sheet.keyed_together:
            return True
        first = self.sheet.keyed_by[0]
        pairs = (
            (same_names(text), same_names(self.columns[key].shown(self.there[row], self.reader)))
            for key, text in cells.items()
            if self.columns[key].column.key == first
        )
        return all(not pasted or not there or set(pasted) & set(there) for pasted, there in pairs)

    def cells(self, table: PastedTable, row: Sequence[str], above: Mapping[str, str]) -> dict[str, str]:
        cells = {choice.key: text for choice, text in zip(table.choices, row, strict=True) if choice.key}
        for key, text in cells.items():
            if text in DITTO or (not text and self.columns[key].column.key in self.sheet.as_above):
                cells[key] = above.get(key, "")
        return cells

    def row(self, row: str, pasted: tuple[str, ...], cells: Mapping[str, str], *, new: bool) -> PastedRow:
        item = before = self.there.get(row, {"id": row})
        for key, text in cells.items():
            if text:
                item = self.columns[key].with_typed(item, text, self.reader)
        unread = {key: reason for key, text in cells.items() if text and (reason := self.unread(item, key, text))}
        if new:
            return PastedRow(PastedAs.NEW, row, pasted, cells, unread=unread)
        # An empty cell of a paste takes nothing away.
        changes = tuple(key for key, text in cells.items() if text and self.changes(before, key, text))
        return PastedRow(PastedAs.CHANGES if changes else PastedAs.SAME, row, pasted, cells, changes, unread)

    def changes(self, item: RowItem, key: str, text: str) -> bool:
        return self.columns[key].with_typed(item, text, self.reader) != item

    def unread(self, item: RowItem, key: str, text: str) -> Reason | None:
        if is_garbled(text):
            return Reason(_GARBLED, typed=text[:30])
        return self.columns[key].wrong(item, self.reader)

    def names(self, cells: Mapping[str, str]) -> list[str]:
        """By what a row is known: each of the cells that say which it is, and the parts of a name with brackets."""
        keyed = [(key, text) for key, text in cells.items() if self.columns[key].column.key in self.sheet.keyed_by]
        if self.sheet.keyed_together:
            # As they are understood: 10-11 and 10:00–11:00 are the same hours.
            item: RowItem = {"id": "key"}
            for key, text in keyed:
                item = self.columns[key].with_typed(item, text, self.reader)
            shown = [self.columns[key].shown(item, self.reader) for key, _text in keyed]
            whole = len({self.columns[key].column.key for key, text in keyed if text}) == len(self.sheet.keyed_by)
            return ["\t".join(shown)] if whole else []
        return [name for _key, text in keyed if text for name in same_names(text)]


def same_names(text: str) -> list[str]:
    """A name for comparing, whole and without what stands behind it in brackets."""
    whole = same_name(text)
    before = same_name(text.replace("（", "(").partition("(")[0])
    return [name for name in dict.fromkeys((whole, before)) if name]
