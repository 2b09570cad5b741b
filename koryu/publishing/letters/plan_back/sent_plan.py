"""The table of a plan as it was printed: row by row, line by line, with the pieces of each line that are values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from koryu.publishing.letters.blocks import LetterPages, Runs, TableBlock
from koryu.publishing.letters.sent_tables import marked_tables
from koryu.sheets import clean
from koryu.sheets.placing import Mark, SentColumn, SentRow, SentTable

_ITEM: Final = re.compile(r"\w+\[[^\[\]]*\]")


class PlanPiece(NamedTuple):
    """A stretch of a printed line: a value, at its `path` in the content, or '' for the letter's own words."""

    text: str
    path: str
    lang: str


@dataclass(frozen=True)
class PlanLine:
    """One line of a cell."""

    pieces: tuple[PlanPiece, ...]

    @property
    def text(self) -> str:
        return printed("".join(piece.text for piece in self.pieces))

    @property
    def values(self) -> tuple[PlanPiece, ...]:
        """The pieces that are values."""
        return tuple(piece for piece in self.pieces if piece.path)

    @property
    def item(self) -> str:
        """The item of a list that the line is (`themes[t]`); '' where it is none."""
        match = _ITEM.match(self.values[0].path) if self.values else None
        return match[0] if match else ""


@dataclass(frozen=True, kw_only=True)
class SentPlanRow:
    """A row: what it is called in the making of letters (`main themes`), its printed label, its cells by language."""

    key: str
    label: str
    cells: tuple[tuple[PlanLine, ...], ...]


@dataclass(frozen=True, kw_only=True)
class SentPlan:
    """The table of a plan in the languages of its columns, under these heads; `marks` says around which row and column
    each bookmark was set."""

    langs: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[SentPlanRow, ...]
    marks: Mapping[str, Mark]

    @cached_property
    def by_key(self) -> Mapping[str, SentPlanRow]:
        return {row.key: row for row in self.rows}

    @cached_property
    def texts(self) -> Mapping[tuple[str, int], str]:
        """What is printed of each value, by its path and the number of its column from 0."""
        return {
            (value.path, column): value.text
            for row in self.rows
            for column, lines in enumerate(row.cells)
            for line in lines
            for value in line.values
        }

    @cached_property
    def items(self) -> frozenset[str]:
        """The items of lists that are printed."""
        return frozenset(line.item for row in self.rows for lines in row.cells for line in lines if line.item)

    def cell(self, key: str, column: int) -> str:
        """The whole text of a cell; '' where the row is not printed."""
        row = self.by_key.get(key)
        return cell_text(row.cells[column]) if row and column < len(row.cells) else ""

    @property
    def table(self) -> SentTable:
        """The same as a table to be found again: the first column has the labels."""
        columns = tuple(SentColumn(str(at), frozenset()) for at in range(len(self.langs) + 1))
        rows = tuple(
            SentRow(row.key, {"0": row.label, **{str(at): cell_text(lines) for at, lines in enumerate(row.cells, 1)}})
            for row in self.rows
        )
        return SentTable(columns, rows)


def sent_plan(pages: LetterPages) -> SentPlan | None:
    """The plan that a letter prints; None where it prints none."""
    for block, marks in marked_tables(pages):
        if block.labels and any(row.path for row in block.rows):
            keyed = {mark: Mark(_key(where.row), where.column) for mark, where in marks.items()}
            heads = tuple(printed("".join(run.text for run in head)) for head in block.heads)
            return SentPlan(langs=pages.langs, heads=heads, rows=tuple(_rows(block)), marks=keyed)
    return None


def printed(text: str) -> str:
    """A text as it is read again: without blanks around it and at the ends of its lines."""
    return clean.prose(text).strip()


def cell_text(lines: Sequence[PlanLine]) -> str:
    """The text of a cell."""
    return "\n".join(line.text for line in lines)


def _rows(block: TableBlock) -> Iterator[SentPlanRow]:
    for row in block.rows:
        if row.path:
            label, *cells = row.cells
            words = printed("".join(run.text for run in label))
            yield SentPlanRow(key=_key(row.path), label=words, cells=tuple(tuple(_lines(cell)) for cell in cells))


def _key(path: str) -> str:
    return path.partition(" ")[2]


def _lines(cell: Runs) -> Iterator[PlanLine]:
    pieces: list[PlanPiece] = []
    for run in cell:
        if run.text == "\n":
            yield PlanLine(tuple(pieces))
            pieces = []
        else:
            pieces.append(PlanPiece(run.text, _key(run.path), run.lang))
    if pieces:
        yield PlanLine(tuple(pieces))
