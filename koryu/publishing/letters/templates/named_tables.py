"""The tables of a letter with the names of fields for values: one row stands for all items of a list. Pure."""

from collections.abc import Iterable, Iterator

from koryu.publishing.letters.blocks import (
    FilledPart,
    FilledRow,
    HeadingBlock,
    LetterBlock,
    LetterTableRow,
    LineBlock,
    Runs,
    TableBlock,
)
from koryu.publishing.letters.letter_runs import RunMaker
from koryu.publishing.letters.letter_source import LetterSource
from koryu.publishing.letters.templates.template_fields import LIST_OF


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
                cells = tuple(first.plain(source.named(code)) for code in listed.codes(maker.sign for maker in makers))
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
    listed, parts = LIST_OF[kind], []
    heading: Runs = ()
    codes = listed.codes(maker.sign for maker in makers)
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
