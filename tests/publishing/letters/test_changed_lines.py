"""What differs between two versions of a letter."""

import pytest

from koryu.publishing.letters.blocks import (
    HeadingBlock,
    LetterBlock,
    LetterPages,
    LetterRun,
    LetterTableRow,
    LineBlock,
    PairBlock,
    ParagraphBlock,
    Runs,
    SignBlock,
    SpaceBlock,
    TableBlock,
)
from koryu.publishing.letters.changed_lines import changed_lines


def said(text: str, *, strong: bool = False) -> Runs:
    return (LetterRun(text=text, lang="ja", strong=strong),)


def pages(*blocks: LetterBlock, reference: str = "") -> LetterPages:
    return LetterPages(kind="plan", langs=("ja",), title="", number="7Q42M9A", reference=reference, blocks=blocks)


def table(*rows: tuple[str, ...]) -> TableBlock:
    cells = (LetterTableRow(cells=tuple(said(cell) for cell in row)) for row in rows)
    return TableBlock(widths=(1, 1), heads=(said("番号"), said("氏名")), rows=tuple(cells))


def in_words(before: LetterPages, after: LetterPages) -> list[tuple[list[str], list[str]]]:
    def texts(lines: tuple[Runs, ...]) -> list[str]:
        return ["".join(run.text for run in line) for line in lines]

    return [(texts(each.was), texts(each.now)) for each in changed_lines(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (pages(LineBlock(runs=said("甲"))), pages(LineBlock(runs=said("甲"))), []),
        (pages(LineBlock(runs=said("甲"))), pages(LineBlock(runs=said("乙"))), [(["甲"], ["乙"])]),
        (pages(), pages(HeadingBlock(runs=said("甲"))), [([], ["甲"])]),
        (pages(ParagraphBlock(runs=said("甲"))), pages(), [(["甲"], [])]),
        (
            pages(PairBlock(label=said("期間"), value=said("9日"))),
            pages(PairBlock(label=said("期間"), value=said("10日"))),
            [(["期間 9日"], ["期間 10日"])],
        ),
        # Of a table the rows that differ; the others and the heads are the same.
        (
            pages(table(("1", "神"), ("2", "森"))),
            pages(table(("1", "\ufa19"), ("2", "森"))),
            [(["1 | 神"], ["1 | \ufa19"])],
        ),
        (pages(table(("1", ""))), pages(table(("", "1"))), [(["1 | "], [" | 1"])]),
        (pages(SignBlock(lines=(said("甲"), said("乙")))), pages(SignBlock(lines=(said("甲"),))), [(["乙"], [])]),
        # How it is set, free space and the foot of the pages are nothing that is said.
        (
            pages(LineBlock(runs=said("甲")), SpaceBlock(lines=1), reference="案"),
            pages(ParagraphBlock(runs=said("甲", strong=True), indent=1), reference=""),
            [],
        ),
    ],
)
def test_the_lines_that_differ_are_told(
    before: LetterPages, after: LetterPages, changed: list[tuple[list[str], list[str]]]
) -> None:
    assert in_words(before, after) == changed
