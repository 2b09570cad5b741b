"""The tables of a letter with the names of fields for values: one row stands for all items of a list. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from koryu.publishing.letters.blocks import (
    FilledPart,
    FilledRow,
    HeadingBlock,
    LetterBlock,
    LetterTableRow,
    LineBlock,
    TableBlock,
)
from koryu.publishing.letters.letter_runs import RunMaker
from koryu.publishing.letters.letter_source import LetterSource


@dataclass(frozen=True, kw_only=True)
class TemplateList:
    """A list of a letter: its name, the column it has once, those it has for each language, what heads its parts."""

    name: str
    once: str = ""
    columns: tuple[str, ...]
    heading: str

    def codes(self, makers: Iterable[RunMaker]) -> tuple[str, ...]:
        """The codes of the fields of a row, from the left."""
        each = (f"{self.name}.{column}{maker.sign}" for maker in makers for column in self.columns)
        return (*((f"{self.name}.{self.once}",) if self.once else ()), *each)

    @property
    def heading_code(self) -> str:
        """The code of the field that stands over each part."""
        return f"{self.name}.{self.heading}"


# The list that a kind of letter prints as a table.
LIST_OF: Final[Mapping[str, TemplateList]] = {
    "programme": TemplateList(name="session", once="time", columns=("what", "where"), heading="day"),
    "participants": TemplateList(name="member", once="no", columns=("name", "post", "role"), heading="institution"),
    "papers": TemplateList(name="paper", once="no", columns=("title", "speaker", "kind"), heading="institution"),
    "approval": TemplateList(name="change", columns=("item", "now", "new"), heading="title"),
    "invitation": TemplateList(name="half-day", columns=("day", "morning", "afternoon", "city"), heading="title"),
}


def named_tables(
    kind: str, tables: Iterable[LetterBlock], source: LetterSource, makers: tuple[RunMaker, ...]
) -> Iterator[LetterBlock]:
    """These tables with names for values: of a list the first part, with one row; of the plan every row."""
    listed, first, is_done = LIST_OF.get(kind), makers[0], False
    heading: HeadingBlock | None = None
    for block in tables:
        match block:
            case HeadingBlock():
                heading = block
            case TableBlock() if is_plan(block):
                yield _named_plan(block, source, makers)
            case TableBlock() if listed and not is_done:
                is_done = True
                if heading:
                    yield heading.model_copy(update={"runs": first.plain(source.named(listed.heading_code))})
                cells = tuple(first.plain(source.named(code)) for code in listed.codes(makers))
                yield block.model_copy(
                    update={"rows": (block.rows[0].model_copy(update={"cells": cells, "path": ""}),)}
                )
            case LineBlock():
                yield block.model_copy(update={"runs": first.plain(source.named("zone"))})


def _named_plan(block: TableBlock, source: LetterSource, makers: tuple[RunMaker, ...]) -> TableBlock:
    """The rows of a plan: of each the label, and the name of its value for each language."""
    rows = (
        LetterTableRow(
            cells=(
                row.cells[0],
                *(maker.plain(source.named(f"{row.path.partition(' ')[2]}{maker.sign}")) for maker in makers),
            )
        )
        for row in block.rows
    )
    return block.model_copy(update={"rows": tuple(rows)})


def filled_list(kind: str, tables: Iterable[LetterBlock], makers: tuple[RunMaker, ...]) -> tuple[FilledPart, ...]:
    """The parts of the list of a letter, out of its tables."""
    listed, parts, heading = LIST_OF[kind], [], ()
    codes = listed.codes(makers)
    for block in tables:
        match block:
            case HeadingBlock():
                heading = block.runs
            case TableBlock() if not is_plan(block):
                rows = (FilledRow(path=row.path, cells=dict(zip(codes, row.cells, strict=True))) for row in block.rows)
                parts.append(FilledPart(heading=heading, rows=tuple(rows)))
    return tuple(parts)


def is_plan(block: TableBlock) -> bool:
    """Whether a table is that of the plan: each of its rows is a value of the record."""
    return block.labels and any(row.path for row in block.rows)
