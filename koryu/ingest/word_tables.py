"""The tables of a Word file as plain tables, with the names of the marks that letters set around values."""

import re
from typing import Any, Final

from koryu.ingest.word import CameFile, ReadCell, read_word
from koryu.values.reason import Reason, Refused

# A bookmark of a letter: its number, and which of its values it stands around; LibreOffice adds to copies of it.
_MARK: Final = re.compile(r"k(?P<number>[0-9A-Z]{7})_(?P<place>[1-9][0-9]{0,5})(?:_Copy_[0-9]+)*")
_IDENTIFIER: Final = re.compile(r"koryu:[^/\s]{1,255}/(?P<number>[0-9A-Z]{7})")
_CALLED: Final = 40


def read_word_tables(body: bytes, *, name: str, sheet: str) -> dict[str, Any]:
    """The table called `sheet` of a file, else the longest one; with its letter's number and marks, where it has any.

    Raises Refused.
    """
    came = read_word(body, name=name)
    tables = [table.rows for table in came.tables if any(cell.text for row in table.rows for cell in row)]
    names = [f"{place}. {_called(rows)}" for place, rows in enumerate(tables, start=1)]
    if not tables:
        return {"rows": []}
    place = names.index(sheet) if sheet in names else max(range(len(tables)), key=lambda at: len(tables[at]))
    rows = tables[place]
    return {
        "rows": [[number, _spread(row)] for number, row in enumerate(rows, start=1)],
        "sheets": names,
        "sheet": names[place],
        "letter": _letter(came),
        "marks": [[_marks(cell) for cell in row for _column in range(cell.columns)] for row in rows],
        "merged": [f"{number}" for number, row in enumerate(rows, start=1) if any(cell.rows > 1 for cell in row)],
    }


def _called(rows: tuple[tuple[ReadCell, ...], ...]) -> str:
    """What a table is called where one is chosen: the beginning of its first row."""
    said = " · ".join(cell.text.replace("\n", " ") for cell in rows[0] if cell.text) if rows else ""
    return said if len(said) <= _CALLED else f"{said[:_CALLED]}…"


def _spread(row: tuple[ReadCell, ...]) -> list[str]:
    """The texts of a row; of a cell over several columns the others are empty."""
    return [text for cell in row for text in (cell.text, *[""] * (cell.columns - 1))]


def _marks(cell: ReadCell) -> list[str]:
    """The marks in a cell as they were set; those of a cell over several columns belong to none of them."""
    if cell.columns > 1 or cell.rows > 1:
        return []
    ours = (_MARK.fullmatch(mark) for mark in cell.marks)
    return list(dict.fromkeys(f"k{each['number']}_{each['place']}" for each in ours if each))


def _letter(came: CameFile) -> str:
    """The number of the letter that a file is, or answers; '' where nothing in it says so. Raises Refused for two."""
    named = _IDENTIFIER.fullmatch(came.identifier)
    numbers = {each["number"] for mark in came.marks if (each := _MARK.fullmatch(mark))}
    numbers |= {named["number"]} if named else set()
    if len(numbers) > 1:
        both = ", ".join(sorted(numbers))
        raise Refused(Reason("This file carries parts of two letters (%(numbers)s). Nothing was taken.", numbers=both))
    return next(iter(numbers), "")
