"""The blocks a letter is made of: written by every writer in the same order, kept as JSON with the letter's bytes.

A value that came out of a record has a `path`: the URI of the record, a blank, and where it stands there
(`members[m1].printed.ja`). The writers number such values through the letter, so that what comes back can be read.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import Field, field_validator

from koryu.values.frozen import Frozen
from koryu.wording.letters.letter_dates import letter_date

Align = Literal["left", "right", "center"]
# XML 1.0, section 2.2: what is no character there, and the control characters that are, but for the end of a line.
_UNWRITABLE: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What stands between the parts of a name.
_APART: Final = re.compile("([ \u3000])")
# What may be typed when the letter is sent, after its approval.
NUMBER: Final = "number"
DATE: Final = "date"


def writable(text: str) -> str:
    """The text without what no file can hold (a draft may hold anything): control characters, halves of pairs."""
    return _UNWRITABLE.sub("", text)


class LetterRun(Frozen):
    """A stretch of text in one language, exactly as it is on record or was typed.

    `slot` names what may be typed at sending; `strong` is set bold, `small` a size smaller. `ruby` is how it is read,
    to be set over it.
    """

    text: str
    lang: str
    path: str = ""
    slot: str = ""
    strong: bool = False
    small: bool = False
    ruby: str = ""

    @field_validator("text", "ruby")
    @classmethod
    def _can_be_written(cls, text: str) -> str:
        return writable(text)


Runs = tuple[LetterRun, ...]


class HeadingBlock(Frozen):
    """The title of the letter (level 1) or of a part of it; `new_page` where that begins on a page of its own."""

    block: Literal["heading"] = "heading"
    level: int = 2
    runs: Runs
    align: Align = "left"
    new_page: bool = False


class LineBlock(Frozen):
    """A line of the letter's head or foot."""

    block: Literal["line"] = "line"
    runs: Runs
    align: Align = "left"


class PairBlock(Frozen):
    """A label and its value on one line; the value begins `width` (in em) behind the left edge."""

    block: Literal["pair"] = "pair"
    label: Runs
    value: Runs
    width: float = 8


class ParagraphBlock(Frozen):
    """Running text; `indent` where the language begins a paragraph with a blank of two characters."""

    block: Literal["paragraph"] = "paragraph"
    runs: Runs
    indent: float = 0


class LetterTableRow(Frozen):
    """A row: of which item of which record it is, as a path, and its cells."""

    path: str = ""
    cells: tuple[Runs, ...]


class TableBlock(Frozen):
    """A table: the relative `widths` of its columns, their heads (none for a table of labels and values), its rows.

    `labels` where the first column says what each row is.
    """

    block: Literal["table"] = "table"
    widths: tuple[float, ...]
    heads: tuple[Runs, ...] = ()
    rows: tuple[LetterTableRow, ...]
    labels: bool = False


class SignBlock(Frozen):
    """Who signs, line by line, with the place that is left free for a seal or a signature (`free`, in mm)."""

    block: Literal["sign"] = "sign"
    lines: tuple[Runs, ...]
    align: Align = "right"
    free: int = 0


class ReferenceBlock(Frozen):
    """Which versions were printed, small, at the end."""

    block: Literal["reference"] = "reference"
    runs: Runs


class SpaceBlock(Frozen):
    """A free space, `lines` high."""

    block: Literal["space"] = "space"
    lines: float = 1


LetterBlock = Annotated[
    HeadingBlock | LineBlock | PairBlock | ParagraphBlock | TableBlock | SignBlock | ReferenceBlock | SpaceBlock,
    Field(discriminator="block"),
]


class FilledPart(Frozen):
    """A part of a list: what stands over it, and its rows, each with the path of its item and its values by field."""

    heading: Runs = ()
    rows: tuple["FilledRow", ...]


class FilledRow(Frozen):
    """An item of a list: its path, and its values by the code of the field."""

    path: str = ""
    cells: dict[str, Runs]


class LetterFilling(Frozen):
    """What an office's own template is filled with: values by the code of the field, and lists by name."""

    fields: dict[str, Runs]
    lists: dict[str, tuple[FilledPart, ...]] = {}


class LetterPages(Frozen):
    """A letter as it will be printed, whoever writes it: its kind, languages (the first is the page's), its blocks.

    `number` is the letter's own, with its check character; `reference` what the foot of each page says. `records` are
    the versions printed, by URI: a digest, or '' for a draft. Where it is made with an office's own template,
    `template` is the digest of that file and `filling` what it is filled with: together they make the same bytes again.
    """

    kind: str
    langs: tuple[str, ...]
    title: str
    number: str
    version: int = 1
    reference: str
    landscape: bool = False
    records: dict[str, str] = {}
    blocks: tuple[LetterBlock, ...]
    template: str = ""
    filling: LetterFilling | None = None

    @field_validator("blocks")
    @classmethod
    def _heads_say_something(cls, blocks: tuple[LetterBlock, ...]) -> tuple[LetterBlock, ...]:
        """Without headings that have no visible character: no reader of a tagged PDF could tell what they head."""
        return tuple(block for block in blocks if not _says_nothing(block))

    @property
    def lang(self) -> str:
        """The language of the page."""
        return self.langs[0]


class MarkedValue(NamedTuple):
    """A value of a letter that came out of a record, under the number it bears in the file."""

    mark: str
    path: str
    lang: str
    text: str


def runs_of(block: LetterBlock) -> Iterator[LetterRun]:
    """The runs of a block in the order in which they are read."""
    match block:
        case PairBlock():
            yield from (*block.label, *block.value)
        case TableBlock():
            yield from (run for cell in block.heads for run in cell)
            yield from (run for row in block.rows for cell in row.cells for run in cell)
        case SignBlock():
            yield from (run for line in block.lines for run in line)
        case SpaceBlock():
            return
        case _:
            yield from block.runs


def _says_nothing(block: LetterBlock) -> bool:
    return isinstance(block, HeadingBlock) and not "".join(run.text for run in block.runs).strip()


def ruby_parts(run: LetterRun) -> tuple[tuple[str, str], ...]:
    """The parts of a run with the reading of each, '' for none: name by name where both are written apart alike."""
    if not run.ruby:
        return ((run.text, ""),)
    texts, readings = _APART.split(run.text), run.ruby.split()
    if len(texts[::2]) != len(readings) or not all(texts[::2]):
        return ((run.text, run.ruby),)
    apart = ((between, "") for between in texts[1::2])
    read = zip(texts[::2], readings, strict=True)
    # A name, the blank behind it, the next name.
    return tuple(part for pair in zip_longest(read, apart) for part in pair if part)


def mark_of(pages: LetterPages, place: int) -> str:
    """The bookmark of the value at this place (from 1) of a letter."""
    return f"k{pages.number}_{place}"


def marked_values(pages: LetterPages) -> tuple[MarkedValue, ...]:
    """The values that came out of records, in order, as the Word file marks them."""
    valued = (run for block in pages.blocks for run in runs_of(block) if run.path)
    return tuple(
        MarkedValue(mark_of(pages, place), run.path, run.lang, run.text) for place, run in enumerate(valued, start=1)
    )


def sheet_of_letter(pages: LetterPages) -> dict[str, Any]:
    """What is kept with the bytes, so that a file that comes back can be read: versions, and values by bookmark."""
    return {
        "kind": pages.kind,
        "langs": list(pages.langs),
        "records": dict(pages.records),
        "values": [value._asdict() for value in marked_values(pages)],
    }


def at_sending(pages: LetterPages, *, number: str = "", day: date | None = None, era: bool = False) -> LetterPages:
    """The same letter with the number and the date that are typed at sending in their places; nothing else differs."""
    content = pages.model_dump(mode="json")
    for run in _slots([content["blocks"], content["filling"]]):
        if run["slot"] == NUMBER and number:
            run["text"] = number
        if run["slot"] == DATE and day:
            run["text"] = letter_date(day, run["lang"], era=era)
    return LetterPages.model_validate(content)


def has_slot(pages: LetterPages, slot: str) -> bool:
    """Whether something of this name may be typed at sending."""
    return any(run.slot == slot for block in pages.blocks for run in runs_of(block))


def _slots(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, list):
        for each in part:
            yield from _slots(each)
    elif isinstance(part, dict):
        if part.get("slot"):
            yield part
        for each in part.values():
            yield from _slots(each)
