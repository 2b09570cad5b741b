"""A list that went out, as it tells of itself when it comes back: a spreadsheet in a hidden column, a letter by marks.

The head of the hidden column says of which list it is, in which languages and with which rows it went out; each row
says which it is, and a short mark of what was printed in each of its cells. So what was changed in the file is told
from what was changed here meanwhile, and what was not printed is never touched.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

from koryu.sheets import clean
from koryu.sheets.rows.clipboard import PastedGrid
from koryu.sheets.rows.item_shape import ROW_ID
from koryu.sheets.rows.row_sheet import CellReader, ShownColumn, TypedRow

_BEGINS: Final = "koryu 1 "
_FIRST_ROWS: Final = 20
_MARK: Final = 6
_BETWEEN: Final = "~"
# What somebody may answer besides one of the candidates.
NEW: Final = "new"
LEFT_OUT: Final = "out"


@dataclass(frozen=True)
class ReturnedRow:
    """Which row it is, and the marks of what was printed in its cells, by the key of the column."""

    id: str
    printed: Mapping[str, str]


@dataclass(frozen=True)
class AskedRow:
    """A row that came back of which it is not certain which one it is: the `candidates`, the likeliest first; and the
    `answer` that somebody gave: one of them, NEW, LEFT_OUT, or '' as long as there is none."""

    candidates: tuple[str, ...]
    answer: str = ""


@dataclass(frozen=True)
class ReturnedList:
    """What came back of a list: of which it is (`mark`), the columns by language, the ids that were printed; and the
    rows by their number in the file.

    Of a letter the rows are `known`, those that are not certain `asked`, those that are certain and none of this list
    `elsewhere`; `keys` are the columns of the sheet that its columns were printed from, '' where that is not known.
    """

    mark: str
    tags: tuple[str, ...]
    ids: frozenset[str]
    cells: Mapping[int, str] = field(default_factory=dict)
    known: Mapping[int, ReturnedRow] = field(default_factory=dict)
    asked: Mapping[int, AskedRow] = field(default_factory=dict)
    elsewhere: frozenset[int] = frozenset()
    keys: tuple[str, ...] = ()

    def rows(self, columns: Sequence[ShownColumn]) -> dict[int, ReturnedRow]:
        """The rows by number; `columns` are those that were printed. Of two with one id, the first is it."""
        rows: dict[int, ReturnedRow] = dict(self.known)
        seen: set[str] = set()
        for number, cell in sorted(self.cells.items()):
            row, _, marks = cell.partition(_BETWEEN)
            if row in self.ids and row not in seen and len(marks) == _MARK * len(columns):
                seen.add(row)
                each = (marks[at : at + _MARK] for at in range(0, len(marks), _MARK))
                rows[number] = ReturnedRow(row, dict(zip((column.key for column in columns), each, strict=True)))
        return rows


def printed_text(column: ShownColumn, text: str, reader: CellReader) -> str:
    """What is printed of a cell: of a choice its words, of all else what is shown."""
    if column.column.cell.looks == "choice":
        text = dict(column.column.cell.choices(reader)).get(text, text)
    return clean.line(text)


def mark_of(text: str) -> str:
    """A short mark of a printed text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]


def head_of_ids(mark: str, tags: Iterable[str], rows: Iterable[TypedRow]) -> str:
    """The head of the hidden column."""
    return f"{_BEGINS}{mark} {','.join(tags)} {' '.join(row.id for row in rows)}".rstrip()


def cell_of_ids(row: str, printed: Iterable[str]) -> str:
    """The hidden cell of a row, with all that is printed in it."""
    return f"{row}{_BETWEEN}{''.join(map(mark_of, printed))}"


def taken_apart(grid: PastedGrid) -> tuple[PastedGrid, ReturnedList | None]:
    """The grid without its hidden column, and what that says; None where it has none."""
    place = next(
        (
            (at, column)
            for at, row in enumerate(grid.rows[:_FIRST_ROWS])
            for column, cell in enumerate(row)
            if cell.startswith(_BEGINS)
        ),
        None,
    )
    if place is None:
        return grid, None
    at, column = place
    mark, _, rest = grid.rows[at][column].removeprefix(_BEGINS).partition(" ")
    tags, _, ids = rest.partition(" ")
    cells = {
        number: row[column] for number, row in zip(grid.numbers, grid.rows, strict=True) if ROW_ID.match(row[column])
    }
    returned = ReturnedList(
        mark=mark,
        tags=tuple(filter(None, tags.split(","))),
        ids=frozenset(row for row in ids.split() if ROW_ID.fullmatch(row)),
        cells=cells,
    )
    without = [row[:column] + row[column + 1 :] for row in grid.rows]
    kept = [place for place, row in enumerate(without) if any(row)]
    return (
        replace(
            grid,
            rows=tuple(without[place] for place in kept),
            places=tuple(grid.numbers[place] for place in kept),
            letters=grid.letters[:column] + grid.letters[column + 1 :],
        ),
        returned,
    )
