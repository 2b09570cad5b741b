"""Changes of a sheet by whoever types in it, put into a content that somebody else may have changed meanwhile.

A change says what a cell was, so that two people who change different cells lose nothing; a cell that another changed
meanwhile is not touched, and comes back with both texts. A path that is in no cell stays as it is.
"""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from koryu.seals.digests import digest_of
from koryu.sheets import clean
from koryu.sheets.operations import value_at, with_value
from koryu.sheets.rows.item_shape import ROW_ID, fields_in_row, in_shape, strings_in, with_files_of
from koryu.sheets.rows.row_sheet import MOST_ROWS, CellReader, RowItem, RowSheet, ShownColumn, TypedRow, row_of
from koryu.values.reason import N_, Reason, Refused

# What people write in a cell that holds the same as the one above it.
DITTO: Final = frozenset({'"', "”", "″", "〃", "''", "同上", "上同", "상동", "위와 같음"})
# A cell longer than this is no cell; where it ends is not looked for.
MOST_LETTERS: Final = 20_000
# In one sending: every cell of a full sheet, typed twice.
MOST_CHANGES: Final = 20_000
_GONE: Final = N_("This row was removed meanwhile by somebody else.")
_CHANGED: Final = N_("Somebody else changed this cell meanwhile: “%(theirs)s”. Yours is still typed: “%(mine)s”.")
_ROW_CHANGED: Final = N_("Somebody else changed this row meanwhile; it was not removed.")


@dataclass(frozen=True)
class CellChange:
    """One cell: what it was when somebody began to type (None where that is not known), and what is in it now."""

    row: str
    column: str
    was: str | None
    now: str


@dataclass(frozen=True)
class RowAdded:
    """A new row, under an id its page has made, after another row ('' for the first place, None for the last)."""

    row: str
    after: str | None = None


@dataclass(frozen=True)
class RowMoved:
    """A row put behind another one, or to the first place ('')."""

    row: str
    after: str


@dataclass(frozen=True)
class RowRemoved:
    """A row taken out, with what stood in its cells when that was decided; None where it is known to be changed."""

    row: str
    was: Mapping[str, str] | None = field(default_factory=dict)


@dataclass(frozen=True)
class RowRestored:
    """A row put back as it was, item and all; None takes out what was new then. `was` is what stands in it now."""

    row: str
    item: RowItem | None
    after: str | None = None
    was: Mapping[str, str] = field(default_factory=dict)


RowChange = CellChange | RowAdded | RowMoved | RowRemoved | RowRestored


@dataclass(frozen=True)
class CellConflict:
    """A change that was not made, because another was faster: both texts, and a sentence that says so."""

    row: str
    column: str
    mine: str
    theirs: str | None
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class MergedContent:
    """The content after the changes, those not made, and each changed row as it was (`None` where it was not there).

    `undo` puts everything back: changes to be given to `content_with` again.
    """

    content: dict[str, Any]
    conflicts: tuple[CellConflict, ...] = ()
    changed: tuple[str, ...] = ()
    undo: tuple[RowRestored, ...] = ()


def content_with(
    sheet: RowSheet,
    content: Mapping[str, Any],
    changes: Iterable[RowChange],
    columns: Iterable[ShownColumn],
    reader: CellReader,
) -> MergedContent:
    """The content after these changes, in their order.

    The same changes given twice change nothing the second time. Raises Refused where the sheet would have too many
    rows.
    """
    merging = _Merging(sheet, content, {column.key: column for column in columns}, reader)
    for change in changes:
        merging.take(change)
    return merging.merged()


def changes_in(posted: object) -> tuple[RowChange, ...]:
    """The changes that a page sent as JSON; raises Refused where they are not written as pages write them.

    Each is an object with `row` and one of: `cell`, `was` and `now` · `add` (the row before it, '' or null) · `move`
    (the same) · `remove` (its cells by column) · `restore` (its item or null) with `after` and `was`.
    """
    if not isinstance(posted, list) or len(posted) > MOST_CHANGES:
        raise Refused(_UNREADABLE)
    return tuple(map(_change, posted))


_UNREADABLE: Final = Reason("The changes could not be read: reload the page, and type them again.")


def _change(posted: object) -> RowChange:
    match posted:
        case {"row": str(row), "cell": str(cell), "was": str(was), "now": str(now)} if ROW_ID.fullmatch(row):
            return CellChange(row, cell, was, now)
        case {"row": str(row), "add": str() | None as after} if ROW_ID.fullmatch(row):
            return RowAdded(row, after)
        case {"row": str(row), "move": str(after)} if ROW_ID.fullmatch(row):
            return RowMoved(row, after)
        case {"row": str(row), "remove": dict(was)} if ROW_ID.fullmatch(row):
            return RowRemoved(row, strings_in(was))
        case {"row": str(row), "restore": dict() | None as item, "was": dict(was)} if ROW_ID.fullmatch(row):
            after = posted.get("after") if isinstance(posted, dict) else None
            return RowRestored(row, item, after if isinstance(after, str) else None, strings_in(was))
    raise Refused(_UNREADABLE)


def as_posted(restored: RowRestored) -> dict[str, Any]:
    """What puts a row back, as a page sends it."""
    return {"row": restored.row, "restore": restored.item, "after": restored.after, "was": dict(restored.was)}


def new_ids(seed: str, taken: Iterable[str], *, count: int, length: int = 6) -> tuple[str, ...]:
    """Ids for new rows that no row has: the same ones again from the same seed."""
    used = set(taken)
    made: list[str] = []
    for times in range(2 * (len(used) + count)):
        if len(made) == count:
            break
        candidate = digest_of({"seed": seed, "times": times})[7 : 7 + length]
        if candidate not in used:
            made.append(candidate)
            used.add(candidate)
    return tuple(made)


class _Merging:
    """One content while changes are put into it."""

    def __init__(
        self, sheet: RowSheet, content: Mapping[str, Any], columns: Mapping[str, ShownColumn], reader: CellReader
    ) -> None:
        self.sheet, self.content, self.columns, self.reader = sheet, content, columns, reader
        held = value_at(content, sheet.path)
        self.items: list[Any] = list(held) if isinstance(held, list) else []
        self.before = list(self.items)
        self.conflicts: list[CellConflict] = []
        self.touched: dict[str, None] = {}
        self.added: set[str] = set()

    def take(self, change: RowChange) -> None:
        match change:
            case CellChange():
                self.type(change)
            case RowAdded(row, after):
                if self.place(row) is None:
                    self.put({"id": row}, after)
                    self.touched[row] = None
                    self.added.add(row)
            case RowMoved(row, after):
                self.move(row, after)
            case RowRemoved(row, was):
                self.remove(row, was)
            case RowRestored():
                self.restore(change)

    def place(self, row: str) -> int | None:
        places = (at for at, item in enumerate(self.items) if isinstance(item, dict) and item.get("id") == row)
        return next(places, None)

    def put(self, item: RowItem, after: str | None) -> None:
        # Asked here too, and not only of what is left at the end: each row that is put in is looked for among all.
        if len(self.items) >= 4 * max(MOST_ROWS, len(self.before)):
            raise too_many_rows(len(self.items) + 1)
        behind = None if after is None else -1 if after == "" else self.place(after)
        if behind is None:
            self.items.append(item)
        else:
            self.items.insert(behind + 1, item)

    def type(self, change: CellChange) -> None:
        column, at = self.columns.get(change.column), self.place(change.row)
        if column is None or column.column.cell.looks == "shown":
            return
        if at is None:
            self.conflicts.append(CellConflict(change.row, change.column, change.now, None, Reason(_GONE)))
            return
        typed = self.cleaned(change.now, column, at)
        shown = column.shown(self.items[at], self.reader)
        item = column.with_typed(self.items[at], typed, self.reader)
        # The same sent twice, or typed by two, is no conflict.
        if item == self.items[at]:
            return
        # Nobody else has typed in a row that is new here, though its other cells may show what follows from the first.
        if shown != change.was and change.row not in self.added:
            reason = Reason(_CHANGED, mine=typed, theirs=shown)
            self.conflicts.append(CellConflict(change.row, change.column, typed, shown, reason))
            return
        self.items[at] = item
        self.touched[change.row] = None

    def cleaned(self, typed: str, column: ShownColumn, at: int) -> str:
        if typed.strip() in DITTO and (above := self.above(at)):
            return column.shown(above, self.reader)
        text = clean.prose(typed).strip() if column.column.cell.looks == "prose" else clean.line(typed)
        return text[:MOST_LETTERS]

    def above(self, at: int) -> RowItem | None:
        return next((item for item in reversed(self.items[:at]) if isinstance(item, dict)), None)

    def move(self, row: str, after: str) -> None:
        at = self.place(row)
        if self.sheet.rows_are_drafts or at is None or row == after or (after and self.place(after) is None):
            return
        self.put(self.items.pop(at), after)

    def remove(self, row: str, was: Mapping[str, str] | None) -> None:
        at = self.place(row)
        if at is None:
            return
        if was is None or not self.is_as(self.items[at], was):
            self.conflicts.append(CellConflict(row, "", "", "", Reason(_ROW_CHANGED)))
            return
        del self.items[at]
        self.touched[row] = None

    def restore(self, change: RowRestored) -> None:
        at = self.place(change.row)
        if at is None and any(change.was.values()):
            # What would be put back as it was is not there any more: whoever took it out meant that.
            self.conflicts.append(CellConflict(change.row, "", "", None, Reason(_GONE)))
            return
        if at is not None and not self.is_as(self.items[at], change.was):
            self.conflicts.append(CellConflict(change.row, "", "", "", Reason(_ROW_CHANGED)))
            return
        fields = fields_in_row(self.sheet)
        held = change.item and in_shape(fields, change.item)
        if held and at is not None:
            held = with_files_of(fields, held, self.items[at])
        item = None if held is None else {"id": change.row, **held}
        if at is not None and item is not None:
            self.items[at] = item
        elif at is not None:
            del self.items[at]
        elif item is not None:
            self.put(item, change.after)
        self.touched[change.row] = None

    def is_as(self, item: RowItem, was: Mapping[str, str]) -> bool:
        return all(
            column.shown(item, self.reader) == was[key]
            for key, column in self.columns.items()
            if key in was and column.column.cell.looks != "shown"
        )

    def merged(self) -> MergedContent:
        if len(self.items) > max(MOST_ROWS, len(self.before)):
            raise too_many_rows(len(self.items))
        self.fill_new_rows()
        # A row in which nothing stands any more is no row: records have no empty items.
        self.items = [item for item in self.items if not (is_blank(item) and item["id"] in self.touched)]
        changed = tuple(row for row in self.touched if self.now(row) != self.was(row))
        content = deepcopy(dict(self.content))
        if self.items != self.before:
            content = self.written(content)
        return MergedContent(
            content=content, conflicts=tuple(self.conflicts), changed=changed, undo=tuple(map(self.undone, changed))
        )

    def fill_new_rows(self) -> None:
        """Into a new row goes what stands above, where an empty cell means that."""
        alike = [column for column in self.columns.values() if column.column.key in self.sheet.as_above]
        for row in self.added if alike else ():
            at = self.place(row)
            above = None if at is None else self.above(at)
            if at is None or above is None or is_blank(self.items[at]):
                continue
            for column in alike:
                # What is half typed above is not what an empty cell means.
                if not column.shown(self.items[at], self.reader) and column.wrong(above, self.reader) is None:
                    shown = column.shown(above, self.reader)
                    self.items[at] = column.with_typed(self.items[at], shown, self.reader)

    def written(self, content: dict[str, Any]) -> dict[str, Any]:
        # As forms do: a list without items is not there.
        if self.items or "." in self.sheet.path:
            return with_value(content, self.sheet.path, deepcopy(self.items))
        return {name: value for name, value in content.items() if name != self.sheet.path}

    def undone(self, row: str) -> RowRestored:
        item, now = self.was(row), self.now(row)
        at = next((at for at, held in enumerate(self.before) if held is item), 0)
        before = self.before[at - 1] if at else {"id": ""}
        after = str(before.get("id", "")) if isinstance(before, dict) else None
        cells = dict(row_of(now, self.columns.values(), self.reader).cells) if now else {}
        return RowRestored(row, deepcopy(item), after, cells)

    def was(self, row: str) -> RowItem | None:
        return next((item for item in self.before if isinstance(item, dict) and item.get("id") == row), None)

    def now(self, row: str) -> RowItem | None:
        at = self.place(row)
        return None if at is None else self.items[at]


def is_blank(item: object) -> bool:
    """Whether nothing but its id is in an item."""
    return isinstance(item, dict) and isinstance(item.get("id"), str) and len(item) == 1


def too_many_rows(count: int) -> Refused:
    """To be raised for more rows than a sheet takes."""
    return Refused(Reason("This is %(count)s rows; a sheet takes %(most)s.", count=f"{count:,}", most=MOST_ROWS))


def row_mark(row: TypedRow) -> str:
    """What tells whether a row is as it was: short, and of what stands in its cells alone."""
    written = json.dumps(row.cells, ensure_ascii=False, sort_keys=True)
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:12]
