"""What differs between two versions of a letter, line by line as they are printed. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from koryu.publishing.letters.blocks import (
    LetterBlock,
    LetterPages,
    LetterRun,
    PairBlock,
    Runs,
    SignBlock,
    SpaceBlock,
    TableBlock,
)
from koryu.sheets import clean


@dataclass(frozen=True, kw_only=True)
class ChangedLines:
    """Lines that stood together in the version before, and what stands in their place; either may be none."""

    was: tuple[Runs, ...]
    now: tuple[Runs, ...]


def changed_lines(before: LetterPages, after: LetterPages) -> tuple[ChangedLines, ...]:
    """The lines that differ, in the order of the letter. How a line is set, and the foot of the pages, is not asked."""
    was, now = tuple(_lines(before)), tuple(_lines(after))
    matcher = SequenceMatcher(a=[_text(line) for line in was], b=[_text(line) for line in now], autojunk=False)
    return tuple(
        ChangedLines(was=was[a:b], now=now[c:d]) for what, a, b, c, d in matcher.get_opcodes() if what != "equal"
    )


def lines_that_came(before: LetterPages, came: Sequence[str]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """What differs between the lines of a letter outside its tables and those that came back: (what was, what is)."""
    blocks = (block for block in before.blocks if not isinstance(block, TableBlock))
    printed = (_text(line) for block in blocks for line in _lines_of(block, before.lang))
    was = [line for text in printed for part in text.split("\n") if (line := clean.line(part))]
    now = [line for text in came for part in text.split("\n") if (line := clean.line(part))]
    # The foot of each page is no line of the letter.
    now = [line for line in now if before.number not in line or line in was]
    opcodes = SequenceMatcher(a=was, b=now, autojunk=False).get_opcodes()
    return tuple((tuple(was[a:b]), tuple(now[c:d])) for what, a, b, c, d in opcodes if what != "equal")


def _lines(pages: LetterPages) -> Iterator[Runs]:
    """A letter in lines; what nobody could read is none."""
    return (line for block in pages.blocks for line in _lines_of(block, pages.lang) if _text(line).strip())


def _lines_of(block: LetterBlock, lang: str) -> Iterator[Runs]:
    match block:
        case PairBlock():
            yield _joined((block.label, block.value), " ", lang)
        case TableBlock():
            yield _joined(block.heads, " | ", lang)
            yield from (_joined(row.cells, " | ", lang) for row in block.rows)
        case SignBlock():
            yield from block.lines
        case SpaceBlock():
            return
        case _:
            yield block.runs


def _joined(parts: tuple[Runs, ...], joint: str, lang: str) -> Runs:
    """Parts of a line behind each other; a part that is empty keeps its place."""
    between = LetterRun(text=joint, lang=lang)
    return tuple(run for place, part in enumerate(parts) for run in ((between,) if place else ()) + part)


def _text(line: Runs) -> str:
    return "".join(run.text for run in line)
