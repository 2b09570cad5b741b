"""The tables of a Word file as plain tables, with the names of the marks that letters set around values.

Rows are counted as they stand in the file, those included that were taken out while changes were tracked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from koryu.ingest.word import CameFile, CameTable, ReadCell, ReadComment, ReadRow, TrackedRow, read_word
from koryu.values.reason import Reason, Refused

# A bookmark of a letter: its number, and which of its values it stands around; LibreOffice adds to copies of it.
_MARK: Final = re.compile(r"k(?P<number>[0-9A-Z]{7})_(?P<place>[1-9][0-9]{0,5})(?:_Copy_[0-9]+)*")
_NAMED: Final = r"(?P<number>[0-9A-HJKMNP-TV-Z]{7})(?:-(?P<version>[1-9][0-9]{0,3}))?"
_IDENTIFIER: Final = re.compile(rf"koryu:(?P<host>[^/\s]{{1,255}})/{_NAMED}")
# The reference line in the foot of its pages.
_REFERENCE: Final = re.compile(rf"(?<!\S)(?P<host>[\w.\-]{{1,255}}) · {_NAMED}(?![0-9A-Za-z])")
_CALLED: Final = 40
_BETWEEN: Final = " | "
# So much of a file is told beside its table.
_MOST_TOLD: Final = 300


@dataclass(frozen=True)
class NamedLetter:
    """Which letter a file says that it is, or answers: its number ('' where nothing says so), its version (0 where that
    is not said), and the server that it names."""

    number: str = ""
    version: int = 0
    host: str = ""


@dataclass(frozen=True)
class WordRow:
    """A row as it stands in the file; `author` is who put it in (`new`) or took it out (`out`)."""

    cells: ReadRow
    author: str = ""
    new: bool = False
    out: bool = False


def read_word_tables(body: bytes, *, name: str, sheet: str, rejected: bool = False) -> dict[str, Any]:
    """The table called `sheet` of a file, else the longest one; with its letter's number and marks, where it has any.

    As if all tracked changes were accepted, or all `rejected`; they and the comments are told in either case. Raises
    Refused.
    """
    came = read_word(body, name=name)
    tables = [
        table for table in came.tables if any(cell.text or cell.before for row in _rows(table) for cell in row.cells)
    ]
    names = [f"{place}. {_called(table)}" for place, table in enumerate(tables, start=1)]
    if not tables:
        return {"rows": []}
    place = names.index(sheet) if sheet in names else max(range(len(tables)), key=lambda at: len(tables[at].rows))
    rows = list(_rows(tables[place]))
    letter = letter_named_in(came)
    left = [row for row in rows if not (row.new if rejected else row.out)]
    numbers = {id(row): number for number, row in enumerate(rows, start=1)}
    return {
        "rows": [[numbers[id(row)], _spread(row.cells, rejected=rejected)] for row in left],
        "sheets": names,
        "sheet": names[place],
        "letter": letter.number,
        "version": letter.version,
        "host": letter.host,
        "marks": [[marks_in(cell) for cell in row.cells for _column in range(cell.columns)] for row in rows],
        "marked": [sorted({mark for row in table.rows for cell in row for mark in marks_in(cell)}) for table in tables],
        "merged": [f"{numbers[id(row)]}" for row in left if any(cell.rows > 1 for cell in row.cells)],
        "spanned": [
            [numbers[id(row)], place, cell.columns, cell.text]
            for row in left
            for place, cell in _placed(row.cells)
            if cell.columns > 1 or cell.rows > 1
        ],
        "tracked": [*tracked_in(rows_of(tables[place])), *tracked_lines(came)][:_MOST_TOLD],
        "comments": list(comments_in(came, rows_of(tables[place])))[:_MOST_TOLD],
        "rejected": rejected,
    }


def rows_of(table: CameTable) -> tuple[WordRow, ...]:
    """All rows of a table in the order of the file."""
    return tuple(_rows(table))


def _rows(table: CameTable) -> Iterator[WordRow]:
    new = {row.place: row.author for row in table.put_in}
    for place in range(len(table.rows) + 1):
        yield from (_out(row) for row in table.taken_out if row.place == place)
        if place < len(table.rows):
            yield WordRow(table.rows[place], new.get(place, ""), new=place in new)


def _out(row: TrackedRow) -> WordRow:
    return WordRow(row.cells, row.author, out=True)


def tracked_in(rows: Sequence[WordRow]) -> Iterator[list[Any]]:
    """[number of the row, place of the cell (-1 for the whole row), who, what was there, what is there now]."""
    for number, row in enumerate(rows, start=1):
        if row.new or row.out:
            now, was = _whole(row.cells, "text"), _whole(row.cells, "before")
            yield [number, -1, row.author, *((was or now, "") if row.out else ("", now))]
            continue
        for place, cell in _placed(row.cells):
            if cell.tracked_by and cell.before != cell.text:
                yield [number, place, ", ".join(filter(None, cell.tracked_by)), cell.before, cell.text]


def tracked_lines(came: CameFile) -> Iterator[list[Any]]:
    """The same of the lines outside tables, their row being 0."""
    for line in came.tracked:
        if line.before != line.text:
            yield [0, -1, ", ".join(filter(None, line.tracked_by)), line.before, line.text]


def comments_in(came: CameFile, rows: Sequence[WordRow]) -> Iterator[list[Any]]:
    """[number of the row (0 for what stands elsewhere), place of the cell, who, what]: those beside the rows first."""
    beside: list[ReadComment] = []
    for number, row in enumerate(rows, start=1):
        for place, cell in _placed(row.cells):
            for comment in cell.comments:
                beside.append(comment)
                yield [number, place, comment.author, comment.text]
    for comment in came.comments:
        if comment in beside:
            beside.remove(comment)
        else:
            yield [0, -1, comment.author, comment.text]


def _placed(cells: ReadRow) -> Iterator[tuple[int, ReadCell]]:
    place = 0
    for cell in cells:
        yield place, cell
        place += cell.columns


def _whole(cells: ReadRow, which: str) -> str:
    return _BETWEEN.join(text for cell in cells if (text := str(getattr(cell, which))))


def _called(table: CameTable) -> str:
    """What a table is called where one is chosen: the beginning of its first row."""
    first = next(_rows(table), WordRow(()))
    said = " · ".join(cell.text.replace("\n", " ") for cell in first.cells if cell.text)
    return said if len(said) <= _CALLED else f"{said[:_CALLED]}…"


def _spread(row: ReadRow, *, rejected: bool) -> list[str]:
    """The texts of a row; of a cell over several columns the others are empty."""
    return [text for cell in row for text in (cell.before if rejected else cell.text, *[""] * (cell.columns - 1))]


def marks_in(cell: ReadCell) -> list[str]:
    """The marks in a cell as they were set; those of a cell over several columns belong to none of them."""
    if cell.columns > 1 or cell.rows > 1:
        return []
    ours = (_MARK.fullmatch(mark) for mark in cell.marks)
    return list(dict.fromkeys(f"k{each['number']}_{each['place']}" for each in ours if each))


def letter_named_in(came: CameFile) -> NamedLetter:
    """Which letter a file is, or answers: by its properties, its marks and the foot of its pages. Raises Refused where
    they name two."""
    said = [match for match in (_IDENTIFIER.fullmatch(came.identifier),) if match]
    said += [match for line in came.lines for match in _REFERENCE.finditer(line)]
    numbers = {each["number"] for mark in came.marks if (each := _MARK.fullmatch(mark))}
    numbers |= {match["number"] for match in said}
    if len(numbers) > 1:
        both = ", ".join(sorted(numbers))
        raise Refused(Reason("This file carries parts of two letters (%(numbers)s). Nothing was taken.", numbers=both))
    first = said[0] if said else None
    # The first version has no number of its own, so that what names a letter without one is it.
    version = int(first["version"] or 1) if first else 0
    return NamedLetter(next(iter(numbers), ""), version, first["host"] if first else "")
