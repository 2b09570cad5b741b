"""A list that went out as a letter and comes back in Word: its rows are told as a spreadsheet of ours tells its own.

What was sent, what came and what is here now are compared cell by cell: a cell that came back as it was sent says
nothing, one that was changed here meanwhile too is shown and not ticked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import OwnLetter
from koryu.desk.exchange.sheet.printed_rows import mark_of_list
from koryu.desk.exchange.sheet.sheet_request import AskedSheet
from koryu.ingest.table_files import TableFile
from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.sent_tables import SentLetterTable, sent_tables
from koryu.sheets.placing import CameCell, Mark, PlacedRow, placed
from koryu.sheets.placing.likeness import differs_in_typography_only, folded
from koryu.sheets.rows.clipboard import PastedGrid
from koryu.sheets.rows.pasted_columns import PastedTable, table_in
from koryu.sheets.rows.returned_rows import cell_of_ids, head_of_ids, printed_text
from koryu.sheets.rows.row_sheet import ShownColumn, TypedRow
from koryu.values.reason import Reason, Refused

# No cell of a file has it.
_NEITHER: Final = "\0"
_ITEM: Final = re.compile(r"(?P<record>\S+)(?: \w+\[(?P<item>[^\[\]]*)\])?")


def with_rows_of_letter(asked: AskedSheet, table: TableFile, grid: PastedGrid) -> PastedGrid:
    """The grid with the column that says which row is which, where the file is a letter of ours; else as it is.

    Raises Refused for a letter of another exchange.
    """
    kept = correspondence.letter(table.letter, institution=asked.me.institution) if table.letter else None
    if kept is None:
        return grid
    if kept.exchange != asked.there.work.uri:
        raise Refused(Reason("This is letter %(number)s, of another exchange. Nothing was taken.", number=kept.number))
    went_out = _sent(kept, table)
    rows = {row.id: row for row in asked.sheet.rows}
    ids = {path: row for path in _paths(went_out) if (row := _row_of(asked, path)) in rows} if went_out else {}
    if went_out is None or not ids:
        return grid
    heads = table_in(grid, asked.sheet.rows_are, asked.sheet.columns)
    cells = dict(_hidden(asked, went_out, ids, heads, grid, _columns_of(grid), table))
    head = head_of_ids(mark_of_list(kept.exchange, asked.sheet), asked.sheet.tags, [rows[row] for row in ids.values()])
    hidden = (head, *(cells.get(number, "") for number in grid.numbers[1:]))
    return replace(
        grid,
        rows=tuple((cell, *row) for cell, row in zip(hidden, grid.rows, strict=True)),
        letters=("", *grid.letters),
    )


def _sent(kept: OwnLetter, table: TableFile) -> SentLetterTable | None:
    """The list of the letter that has most of the marks in the file, of the version that was sent last.

    Of one of which nobody has said that it was sent, the version that was approved last.
    """
    printed = [each for each in kept.versions if each.pages and each.approved_at]
    version = next((each for each in reversed(printed) if each.sent_at), printed[-1] if printed else None)
    if version is None:
        return None
    came = {mark for row in table.marks for cell in row for mark in cell}
    lists = tuple(sent_tables(LetterPages.model_validate(version.pages)))
    return max(lists, key=lambda each: len(came & each.marks.keys()), default=None)


def _paths(sent: SentLetterTable) -> Iterator[str]:
    return (row.id for row in sent.table.rows)


def _row_of(asked: AskedSheet, path: str) -> str:
    """The row of the sheet that an item is; '' where it belongs to another list."""
    named = _ITEM.fullmatch(path)
    if named is None:
        return ""
    if asked.sheet.rows_are.rows_are_drafts:
        return asked.sheet.row_of_record(named["record"])
    return named["item"] or "" if named["record"] == asked.sheet.list_of else ""


def _columns_of(grid: PastedGrid) -> tuple[int, ...]:
    """In which column of the file each column of the grid stands; those that are empty are not in the grid."""
    return tuple(_place(letters) for letters in grid.letters)


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _hidden(
    asked: AskedSheet,
    sent: SentLetterTable,
    ids: Mapping[str, str],
    heads: PastedTable,
    grid: PastedGrid,
    columns: Sequence[int],
    table: TableFile,
) -> Iterator[tuple[int, str]]:
    """What the hidden column says of each row that is certain, by its number in the file."""
    came = [
        [CameCell(row[at], tuple(_known(sent, table, number, column))) for at, column in enumerate(columns)]
        for number, row in zip(grid.numbers, grid.rows, strict=True)
    ]
    result = placed(sent.table, came)
    keys = {choice.key: at for at, choice in enumerate(heads.choices) if choice.key}
    by_row = {row.id: row for row in asked.sheet.rows}
    sent_values = {row.id: row.values for row in sent.table.rows}
    for line in result.rows:
        if line.id in ids:
            row = by_row[ids[line.id]]
            printed = [
                _printed(asked, column, row, line, sent_values[line.id], result.columns.get(keys.get(column.key, -1)))
                for column in asked.sheet.columns
                if column.is_typed
            ]
            yield grid.numbers[line.place], cell_of_ids(row.id, printed)


def _known(sent: SentLetterTable, table: TableFile, number: int, column: int) -> Iterator[Mark]:
    row = table.marks[number - 1] if number <= len(table.marks) else ()
    cell = row[column] if column < len(row) else ()
    return (sent.marks[mark] for mark in cell if mark in sent.marks)


def _printed(
    asked: AskedSheet,
    column: ShownColumn,
    row: TypedRow,
    line: PlacedRow,
    sent: Mapping[str, str],
    place: str | None,
) -> str:
    """What is to count as printed in a cell: what came, where it is as it was sent; else what is here, so that the file
    alone has changed it; where what is here is not as it was sent either, something that neither is."""
    came = line.values.get(place or "")
    if place is None or came is None:
        return ""
    was = sent.get(place, "")
    if came == was or differs_in_typography_only(came, was):
        return came
    now = printed_text(column, row.cells[column.key], asked.sheet.reader)
    return now if folded(now) in folded(was) else _NEITHER
