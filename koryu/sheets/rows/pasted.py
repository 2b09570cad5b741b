"""What pasting would do to a sheet, row by row, before anything is written, and the changes that do it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from koryu.sheets.rows.clipboard import PastedGrid, is_garbled
from koryu.sheets.rows.merge import DITTO, CellChange, RowAdded, RowChange, RowRemoved, new_ids, too_many_rows
from koryu.sheets.rows.pasted_columns import PastedTable, table_in, with_choices, with_printed
from koryu.sheets.rows.returned_rows import (
    NEW,
    AskedRow,
    ReturnedList,
    ReturnedRow,
    mark_of,
    printed_text,
    taken_apart,
)
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

_GARBLED: Final = N_(
    "The characters look garbled: “%(typed)s”. Copy them again from a program that shows them correctly."
)


class PastedAs(StrEnum):
    """What becomes of a pasted row."""

    NEW = "new"
    CHANGES = "changes"
    SAME = "same"
    # Of a list that came back: the row was removed here after that went out.
    GONE = "gone"
    # Of a list that came back: it is certain which row it is, and that one is not in the list here.
    ELSEWHERE = "elsewhere"
    # Of a list that came back: it is not certain which row it is, and nobody has said it yet, or wants none of it.
    ASKED = "asked"


@dataclass(frozen=True)
class PastedRow:
    """One row as it was `pasted`: what becomes of it, the id of the row it is, its cells by the key of their column.

    `changes` are the keys of the cells that would change, with what was in them in `before`; `disputed` those that were
    changed here too since the list went out. `unread` is what is not understood in which: such a cell goes in as it was
    typed, and is marked. `number` is that of the row in its source. Of a row that is `asked`, `candidates` are what
    those it may be are called, by their ids.
    """

    becomes: PastedAs
    id: str
    pasted: tuple[str, ...]
    cells: Mapping[str, str]
    changes: tuple[str, ...] = ()
    unread: Mapping[str, Reason] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()
    number: int = 0
    asked: AskedRow | None = None
    candidates: Mapping[str, str] = field(default_factory=dict)

    @property
    def goes_in(self) -> bool:
        """Whether it would be new or changed."""
        return self.becomes in (PastedAs.NEW, PastedAs.CHANGES)


@dataclass(frozen=True)
class PastePreview:
    """What pasting would do: the table with the choice for each column, and its rows.

    `missing` are the rows that went out with a list and did not come back with it, `unprinted` the heads of columns
    that did not go out with it and are left out; `returned` says that it is a list that went out from here.
    """

    table: PastedTable
    rows: tuple[PastedRow, ...]
    missing: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    returned: bool = False

    @property
    def is_as_sent(self) -> bool:
        """Whether it is a list that came back as it went out."""
        return self.returned and not self.missing and all(row.becomes is PastedAs.SAME for row in self.rows)

    @property
    def goes_in(self) -> int:
        """How many rows would be new or changed."""
        return sum(row.goes_in for row in self.rows)

    @property
    def asked(self) -> tuple[PastedRow, ...]:
        """The rows of which it is asked which they are, answered or not."""
        return tuple(row for row in self.rows if row.asked)

    @property
    def unanswered(self) -> tuple[PastedRow, ...]:
        """Those of them of which nobody has said it yet."""
        return tuple(row for row in self.asked if row.asked and not row.asked.answer)


def paste_preview(
    grid: PastedGrid,
    *,
    sheet: RowSheet,
    content: Mapping[str, Any],
    columns: Sequence[ShownColumn],
    reader: CellReader,
    chosen: Iterable[str] | None = None,
    seed: str = "paste",
    heads_at: int | None = None,
    mark: str = "",
    returned: ReturnedList | None = None,
) -> PastePreview:
    """What pasting this grid would do to a content; nothing is written.

    `chosen` are the keys of the columns that somebody chose for those of the grid, in their order; without it they are
    recognised. `seed` makes the ids of new rows: the same seed makes the same. `heads_at` is the number of the row of
    heads where somebody said it. `mark` is what the list is called in its hidden column: what went out of this very
    list comes back by its ids. `returned` says the same of a list that has no such column. Raises Refused for too many
    rows.
    """
    grid, hidden = taken_apart(grid)
    returned = returned or hidden
    table = table_in(grid, sheet, columns, heads_at=heads_at)
    if returned and returned.keys:
        table = with_printed(table, returned.keys, columns)
    if chosen is not None:
        table = with_choices(table, chosen, columns)
    known: dict[int, ReturnedRow] = {}
    asked: Mapping[int, AskedRow] = {}
    elsewhere: frozenset[int] = frozenset()
    unprinted: tuple[str, ...] = ()
    printed_ids: frozenset[str] = frozenset()
    is_ours = bool(returned and mark and returned.mark == mark)
    if returned and is_ours:
        asked, elsewhere = returned.asked, returned.elsewhere
        printed = sheet.shown_columns(returned.tags)
        known, printed_ids = returned.rows([column for column in printed if column.is_typed]), returned.ids
        table, unprinted = _printed_alone(table, {column.key for column in printed})
    if len(table.rows) > MOST_ROWS:
        raise too_many_rows(len(table.rows))
    reading = _Reading(sheet, content, {column.key: column for column in columns}, reader)
    rows = tuple(reading.rows(table, seed=seed, known=known, asked=asked, elsewhere=elsewhere))
    if len(reading.there) + sum(row.becomes is PastedAs.NEW for row in rows) > MOST_ROWS:
        raise too_many_rows(len(reading.there) + len(rows))
    came = {row.id for row in rows} | {each for row in rows if row.becomes is PastedAs.ASKED for each in row.candidates}
    missing = tuple(row for row in reading.there if row in printed_ids and row not in came)
    return PastePreview(table, rows, missing, unprinted, is_ours)


def _printed_alone(table: PastedTable, printed: Collection[str]) -> tuple[PastedTable, tuple[str, ...]]:
    """(the table without what did not go out, the heads of that)."""
    out = [choice for choice in table.choices if choice.key and choice.key not in printed]
    choices = tuple(replace(choice, key="") if choice in out else choice for choice in table.choices)
    return replace(table, choices=choices), tuple(choice.head for choice in out)


def changes_of(
    preview: PastePreview,
    was: Mapping[str, TypedRow],
    *,
    ticked: Collection[str] | None = None,
    without_missing: bool = False,
) -> tuple[RowChange, ...]:
    """The changes that put a previewed paste in; `was` are the rows it was previewed for, by their id.

    `ticked` are the rows that somebody wants, without it all; where `without_missing`, rows that did not come back are
    removed.
    """
    rows = [row for row in preview.rows if ticked is None or row.id in ticked]
    removed = [RowRemoved(row, was[row].cells) for row in (preview.missing if without_missing else ())]
    return (*removed, *_changes_of(rows, was))


def _changes_of(rows: Iterable[PastedRow], was: Mapping[str, TypedRow]) -> Iterator[RowChange]:
    for row in rows:
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
        self.known: dict[str, list[str]] = {}
        for item in self.there.values():
            for name in self.names(row_of(item, columns.values(), reader).cells):
                # Two may be called the same: then the second of a list is the second.
                self.known.setdefault(name, []).append(item["id"])

    def rows(
        self,
        table: PastedTable,
        *,
        seed: str,
        known: Mapping[int, ReturnedRow],
        asked: Mapping[int, AskedRow],
        elsewhere: frozenset[int],
    ) -> Iterator[PastedRow]:
        # Each row has the id that it would have as a new one, whatever is answered of those above.
        ids = iter(new_ids(seed, self.there, count=len(table.rows), length=self.sheet.id_length))
        above: dict[str, str] = {}
        used = {returned.id for returned in known.values()}
        for number, row in zip(table.numbers, table.rows, strict=True):
            above, new_id = self.cells(table, row, above), next(ids)
            returned, question = known.get(number), asked.get(number)
            if question:
                yield self.asked(question, returned, tuple(row), above, self.as_written(table, row), number, new_id)
            elif number in elsewhere:
                yield PastedRow(PastedAs.ELSEWHERE, new_id, tuple(row), above, number=number)
            elif returned:
                yield self.returned(returned, tuple(row), above, self.as_written(table, row), number)
            elif any(above.values()):
                named = [row_id for name in self.names(above) for row_id in self.known.get(name, ())]
                match = next((row_id for row_id in named if row_id not in used and self.may_be(row_id, above)), None)
                used.update([match] if match else [])
                yield replace(self.row(match or new_id, tuple(row), above, new=match is None), number=number)

    def asked(
        self,
        question: AskedRow,
        returned: ReturnedRow | None,
        pasted: tuple[str, ...],
        cells: Mapping[str, str],
        written: Mapping[str, str],
        number: int,
        new_id: str,
    ) -> PastedRow:
        """A row of which it is asked which one it is; as it is `returned` where somebody said so."""
        if returned:
            row = self.returned(returned, pasted, cells, written, number)
        elif question.answer == NEW:
            row = replace(self.row(new_id, pasted, cells, new=True), number=number)
        else:
            row = PastedRow(PastedAs.ASKED, new_id, pasted, cells, number=number)
        candidates = {each: self.called(each) for each in question.candidates if each in self.there}
        return replace(row, asked=question, candidates=candidates)

    def called(self, row: str) -> str:
        """A row by the first two cells that say something of it, those first that say which it is."""
        columns = sorted(self.columns.values(), key=lambda column: column.column.key not in self.sheet.keyed_by)
        shown = (column.shown(self.there[row], self.reader) for column in columns if column.is_typed)
        return " · ".join([text for text in shown if text][:2])

    def returned(
        self,
        returned: ReturnedRow,
        pasted: tuple[str, ...],
        cells: Mapping[str, str],
        written: Mapping[str, str],
        number: int,
    ) -> PastedRow:
        """A row that went out from here: what was changed in it, cell by cell, emptied ones too.

        `cells` are those `written` with what stands above in place of what means that.
        """
        before = self.there.get(returned.id)
        if before is None:
            return PastedRow(PastedAs.GONE, returned.id, pasted, cells, number=number)
        item, changed, disputed = before, [], []
        for key, text in cells.items():
            column = self.columns[key]
            now = printed_text(column, column.shown(before, self.reader), self.reader)
            if key not in returned.printed or mark_of(written[key]) == returned.printed[key] or text == now:
                continue
            changed_item = column.with_typed(item, text, self.reader)
            if changed_item == item:
                continue
            item = changed_item
            changed.append(key)
            if mark_of(now) != returned.printed[key]:
                disputed.append(key)
        unread = {key: reason for key in changed if cells[key] and (reason := self.unread(item, key, cells[key]))}
        was = {key: self.columns[key].shown(before, self.reader) for key in changed}
        return PastedRow(
            PastedAs.CHANGES if changed else PastedAs.SAME,
            returned.id,
            pasted,
            cells,
            tuple(changed),
            unread,
            was,
            tuple(disputed),
            number,
        )

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
        cells = self.as_written(table, row)
        for key, text in cells.items():
            if text in DITTO or (not text and self.columns[key].column.key in self.sheet.as_above):
                cells[key] = above.get(key, "")
        return cells

    def as_written(self, table: PastedTable, row: Sequence[str]) -> dict[str, str]:
        return {choice.key: text for choice, text in zip(table.choices, row, strict=True) if choice.key}

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
        was = {key: self.columns[key].shown(before, self.reader) for key in changes}
        return PastedRow(PastedAs.CHANGES if changes else PastedAs.SAME, row, pasted, cells, changes, unread, was)

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
