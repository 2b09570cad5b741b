"""The lists of a letter as they were printed, by which they are found again in a file that comes back. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from koryu.publishing.letters.blocks import LetterPages, Runs, TableBlock, mark_of, runs_of
from koryu.sheets import clean
from koryu.sheets.placing import Mark, SentColumn, SentRow, SentTable


@dataclass(frozen=True, kw_only=True)
class SentLetterTable:
    """One list of a letter; its columns are called by their place, its rows by their path.

    `marks` says around which row and column each bookmark of it was set.
    """

    table: SentTable
    marks: Mapping[str, Mark]


def sent_tables(pages: LetterPages) -> Iterator[SentLetterTable]:
    """The lists of a letter, in order: tables with heads whose rows are items of records."""
    for block, marks in marked_tables(pages):
        if block.heads and not block.labels and any(row.path for row in block.rows):
            yield SentLetterTable(table=_table(block), marks=marks)


def marked_tables(pages: LetterPages) -> Iterator[tuple[TableBlock, Mapping[str, Mark]]]:
    """The tables of a letter, each with the row and column around which each bookmark of it was set."""
    numbers = count(1)
    for block in pages.blocks:
        if isinstance(block, TableBlock):
            yield block, dict(_marks(pages, block, numbers))
            continue
        for run in runs_of(block):
            if run.path:
                next(numbers)


def _marks(pages: LetterPages, block: TableBlock, numbers: "count[int]") -> Iterator[tuple[str, Mark]]:
    """The bookmarks of a table, counted as the writer of the file counts them: heads first, then row by row."""
    for cell in block.heads:
        for run in cell:
            if run.path:
                next(numbers)
    for row in block.rows:
        for place, cell in enumerate(row.cells):
            for run in cell:
                if run.path:
                    yield mark_of(pages, next(numbers)), Mark(row.path, str(place))


def _table(block: TableBlock) -> SentTable:
    columns = tuple(SentColumn(str(place), frozenset({_text(head)})) for place, head in enumerate(block.heads))
    rows = tuple(
        SentRow(row.path, {str(place): _text(cell) for place, cell in enumerate(row.cells)})
        for row in block.rows
        if row.path
    )
    return SentTable(columns, rows)


def _text(runs: Runs) -> str:
    return clean.line("".join(run.text for run in runs))
