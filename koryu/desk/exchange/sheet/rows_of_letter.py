"""A list that went out as a letter and comes back in Word: its rows are told as a spreadsheet of ours tells its own.

What was sent, what came and what is here now are compared cell by cell: a cell that came back as it was sent says
nothing, one that was changed here meanwhile too is shown and not ticked. Of a row that is not certain it is asked which
one it is; what somebody answers is asked for again with the file, so that nothing is kept before it is put in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import LetterInWriting, OwnLetter
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.printed_rows import mark_of_list
from koryu.desk.exchange.sheet.sheet_request import AskedSheet
from koryu.desk.letters.letter_making import host_name
from koryu.ingest.table_files import TableFile
from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.sent_tables import SentLetterTable, sent_tables
from koryu.sheets.placing import CameCell, Mark, PlacedRow, RowFinding, is_heading, placed
from koryu.sheets.placing.likeness import differs_in_typography_only, folded
from koryu.sheets.rows.clipboard import PastedGrid, grid_of
from koryu.sheets.rows.pasted_columns import table_in
from koryu.sheets.rows.returned_rows import (
    LEFT_OUT,
    NEW,
    AskedRow,
    ReturnedList,
    ReturnedRow,
    mark_of,
    printed_text,
)
from koryu.sheets.rows.row_sheet import ShownColumn, TypedRow, rows_of
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import slug_of

# No cell of a file has it.
_NEITHER: Final = "\0"
_TYPOGRAPHY: Final = N_("Only spaces and quotation marks differ in %(count)s cells; they are left as they were.")
_MOST_TOLD: Final = 20
_ITEM: Final = re.compile(r"(?P<record>\S+)(?: \w+\[(?P<item>[^\[\]]*)\])?")
_OLDER: Final = N_("This answers version %(version)s of the letter; version %(newest)s is newer.")
_ELSEWHERE: Final = N_("It was sent by %(host)s, not from here: it is read like any other list.")
_NOT_THIS: Final = N_("This letter is not of the list here: it is read like any other list.")
_SPANNED: Final = N_("Cells were merged in row %(row)s: “%(text)s”. Put it in by hand.")
_COLUMNS_GONE: Final = N_("Not in the file, and left as they were: %(columns)s.")


@dataclass(frozen=True, kw_only=True)
class ListOfLetter:
    """The list in a file that is a letter of ours: its `grid`, the head first, what its rows are, and what is doubtful
    about the whole of it."""

    grid: PastedGrid
    returned: ReturnedList | None = None
    has_heads: bool = True
    notes: tuple[Reason, ...] = ()


def list_of_letter(
    asked: AskedSheet, table: TableFile, grid: PastedGrid, *, answers: Mapping[str, str]
) -> ListOfLetter:
    """What the rows of a file are, where it is a letter of ours; else the grid as it is.

    `answers` are those to what is asked, by the number of the row. Raises Refused for a letter of another exchange.
    """
    kept = correspondence.letter(table.letter, institution=asked.me.institution) if table.letter else None
    notes = [Reason(_SPANNED, row=each.row, text=each.text) for each in table.spanned[:_MOST_TOLD] if each.text]
    if kept is None:
        elsewhere = [Reason(_ELSEWHERE, host=table.host)] if table.host and table.host != host_name() else []
        return ListOfLetter(grid=grid, notes=(*elsewhere, *notes) if table.letter else ())
    if kept.exchange != asked.there.work.uri:
        raise Refused(Reason("This is letter %(number)s, of another exchange. Nothing was taken.", number=kept.number))
    version = version_answered(kept, table.version)
    went_out = _sent(asked.sheet, version, table) if version else None
    if version is None or went_out is None:
        return ListOfLetter(grid=grid, notes=(Reason(_NOT_THIS), *notes))
    mark = mark_of_list(kept.exchange, asked.sheet)
    reading = LetterReading(asked.sheet, went_out, table, grid, answers=answers, langs=kept.langs, mark=mark)
    if not reading.ids:
        return ListOfLetter(grid=grid, notes=(Reason(_NOT_THIS), *notes))
    if version.version < kept.last.version:
        notes.insert(0, Reason(_OLDER, version=version.version, newest=kept.last.version))
    returned = reading.returned()
    notes += [*reading.columns_gone(), *reading.typography()]
    return ListOfLetter(grid=reading.grid, returned=returned, has_heads=reading.has_heads, notes=tuple(notes))


def table_meant(asked: AskedSheet, table: TableFile) -> str:
    """Which of the tables of a letter of ours is the list of this sheet, where it is not the one that was read; else
    ''."""
    kept = correspondence.letter(table.letter, institution=asked.me.institution) if table.letter else None
    version = version_answered(kept, table.version) if kept else None
    if version is None or len(table.sheets) < 2:
        return ""
    lists = tuple(sent_tables(LetterPages.model_validate(version.pages)))
    meant = max(lists, key=partial(_count_in, asked.sheet), default=None)
    if meant is None or not _count_in(asked.sheet, meant):
        return ""
    marks = meant.marks.keys()
    count, name = max((len(there & marks), name) for there, name in zip(table.marked, table.sheets, strict=True))
    return name if count and name != table.sheet else ""


def version_answered(kept: OwnLetter, said: int) -> LetterInWriting | None:
    """The version of a letter that a file answers: the one that it says, else the one that was sent last.

    Of a letter of which nobody has said that it was sent, the version that was approved last.
    """
    printed = [each for each in kept.versions if each.pages and each.approved_at]
    named = next((each for each in printed if each.version == said), None)
    return named or next((each for each in reversed(printed) if each.sent_at), printed[-1] if printed else None)


def _sent(sheet: DraftSheet, version: LetterInWriting, table: TableFile) -> SentLetterTable | None:
    """The list of a letter that has most of the marks in the file; where it has none, the one of this sheet."""
    came = {mark for row in table.marks for cell in row for mark in cell}
    lists = tuple(sent_tables(LetterPages.model_validate(version.pages)))
    return max(lists, key=lambda each: (len(came & each.marks.keys()), _count_in(sheet, each)), default=None)


def _count_in(sheet: DraftSheet, sent: SentLetterTable) -> int:
    """How many rows of a list of a letter are rows of this sheet."""
    rows = {row.id for row in sheet.rows}
    return sum(_row_of(sheet, path) in rows for path in _paths(sent))


def _paths(sent: SentLetterTable) -> Iterator[str]:
    return (row.id for row in sent.table.rows)


def _row_of(sheet: DraftSheet, path: str) -> str:
    """The row of the sheet that an item is; '' where it belongs to another list."""
    named = _ITEM.fullmatch(path)
    if named is None:
        return ""
    if sheet.rows_are.rows_are_drafts:
        return sheet.row_of_record(named["record"])
    return named["item"] or "" if named["record"] == sheet.list_of else ""


def _place(letters: str) -> int:
    """In which column of the file a column of the grid stands; those that are empty are not in the grid."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


class LetterReading:
    """One list of a letter while what came is compared with what was sent."""

    def __init__(
        self,
        sheet: DraftSheet,
        sent: SentLetterTable,
        table: TableFile,
        grid: PastedGrid,
        *,
        answers: Mapping[str, str],
        langs: Sequence[str],
        mark: str,
    ) -> None:
        self.sheet, self.sent, self.table, self.answers, self.mark = sheet, sent, table, answers, mark
        self.by_row = {row.id: row for row in sheet.rows}
        self.ids = {path: row for path in _paths(sent) if (row := _row_of(sheet, path)) in self.by_row}
        self.merged = {
            (each.row, column) for each in table.spanned for column in range(each.column, each.column + each.columns)
        }
        self.places = [_place(letters) for letters in grid.letters]
        came = [self._cells(number, row) for number, row in zip(grid.numbers, grid.rows, strict=True)]
        heads = [at for at, row in enumerate(came) if is_heading(sent.table, row)]
        # A head that was sorted in among the rows stands above them all again; a second one is none of them.
        order = [*heads[:1], *(at for at in range(len(came)) if at not in heads)]
        self.has_heads = bool(heads)
        self.grid = replace(
            grid, rows=tuple(grid.rows[at] for at in order), places=tuple(grid.numbers[at] for at in order)
        )
        self.result = placed(sent.table, [came[at] for at in order])
        self.spoken = [self._rows_in(tag) for tag in langs]
        self.values = {row.id: row.values for row in sent.table.rows}
        self.keys = self._keys()

    def _cells(self, number: int, row: Sequence[str]) -> list[CameCell]:
        return [
            # What was merged belongs to no column: it is shown, and not placed.
            CameCell(text, rows=2) if (number, at) in self.merged else CameCell(text, tuple(self._known(number, at)))
            for at, text in zip(self.places, row, strict=False)
        ]

    def _known(self, number: int, column: int) -> Iterator[Mark]:
        row = self.table.marks[number - 1] if number <= len(self.table.marks) else ()
        cell = row[column] if column < len(row) else ()
        return (self.sent.marks[mark] for mark in cell if mark in self.sent.marks)

    def _keys(self) -> dict[str, str]:
        """The column of the sheet that each column of the letter was printed from, as its head and its cells say."""
        columns = self.sent.table.columns
        heads = [min(column.labels, default="") for column in columns]
        rows = [[values.get(column.key, "") for column in columns] for values in self.values.values()]
        grid = grid_of([heads, *rows], range(1, len(rows) + 2))
        printed = table_in(grid, self.sheet.rows_are, self.sheet.columns, heads_at=1)
        places = map(_place, grid.letters)
        return {columns[at].key: choice.key for at, choice in zip(places, printed.choices, strict=True)}

    def returned(self) -> ReturnedList:
        """What the rows of the grid are."""
        known: dict[int, ReturnedRow] = {}
        questions: dict[int, AskedRow] = {}
        elsewhere: set[int] = set()
        taken = {line.id for line in self.result.rows if line.id}
        for line in self.result.rows:
            number = self.grid.numbers[line.place]
            if line.id in self.ids:
                known[number] = self._row(line, line.id)
            elif line.id and (item := _row_of(self.sheet, line.id)):
                # It was removed here since.
                known[number] = ReturnedRow(item, {})
            elif line.id:
                elsewhere.add(number)
            elif line.finding is RowFinding.ASKED:
                maybe = [each for each in line.candidates if each in self.ids]
                questions[number] = question = self._question(maybe, self.answers.get(str(number), ""), taken)
                if path := next((each for each in maybe if self.ids[each] == question.answer), ""):
                    taken.add(path)
                    known[number] = self._row(line, path)
        return ReturnedList(
            mark=self.mark,
            tags=tuple(self.sheet.tags),
            ids=frozenset(self.ids.values()),
            known=known,
            asked=questions,
            elsewhere=frozenset(elsewhere),
            keys=tuple(self.keys.get(self.result.columns.get(at, ""), "") for at in range(self.grid.width)),
        )

    def _question(self, maybe: Sequence[str], answer: str, taken: set[str]) -> AskedRow:
        """Which rows it may be: none that another row of the file is already."""
        free = tuple(self.ids[path] for path in maybe if path not in taken)
        return AskedRow(free, answer if answer in (*free, NEW, LEFT_OUT) else "")

    def columns_gone(self) -> list[Reason]:
        """The columns that were printed and are not in the file."""
        heads = {column.key: min(column.labels, default="") for column in self.sent.table.columns}
        gone = [heads[key] for key in self.result.missing if self.keys.get(key)]
        return [Reason(_COLUMNS_GONE, columns=", ".join(gone))] if gone else []

    def typography(self) -> list[Reason]:
        """How many cells came back with other spaces, widths and quotation marks alone."""
        count = sum(
            differs_in_typography_only(text, self.values[line.id].get(at, ""))
            for line in self.result.rows
            if line.id in self.ids
            for at, text in line.values.items()
        )
        return [Reason(_TYPOGRAPHY, count=count)] if count else []

    def _row(self, line: PlacedRow, path: str) -> ReturnedRow:
        row = self.by_row[self.ids[path]]
        # Of two columns for one field the first is it; what was not printed is not compared, and never touched.
        places = {key: at for at, key in reversed(self.keys.items()) if key}
        columns = {column.key: column for column in self.sheet.columns if column.is_typed}
        printed = {
            key: mark_of(self._printed(columns[key], row, line.values[at], self.values[path].get(at, "")))
            for key, at in places.items()
            if key in columns and at in line.values
        }
        return ReturnedRow(row.id, printed)

    def _printed(self, column: ShownColumn, row: TypedRow, came: str, was: str) -> str:
        """What is to count as printed in a cell: what came, where it is as it was sent; else what is here, so that the
        file alone has changed it; where what is here is not as it was sent either, something that neither is."""
        if came == was or differs_in_typography_only(came, was):
            return came
        now = printed_text(column, row.cells[column.key], self.sheet.reader)
        # Words that are chosen were printed in the language of the letter.
        said = (now, *(words[row.id][column.key] for words in self.spoken))
        return now if any(folded(words) in folded(was) for words in said) else _NEITHER

    def _rows_in(self, tag: str) -> dict[str, dict[str, str]]:
        """What is here now, by row and column, in the words of a language."""
        sheet = self.sheet
        reader = replace(sheet.reader, slug=slug_of(tag))
        columns = [column for column in sheet.columns if column.is_typed]
        rows = rows_of(sheet.rows_are, sheet.content, columns, reader)
        return {
            row.id: {column.key: printed_text(column, row.cells[column.key], reader) for column in columns}
            for row in rows
        }
