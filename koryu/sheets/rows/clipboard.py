"""What was pasted, as a grid of plain texts: a table of Excel, WPS, Word or a mail, else lines with tabs.

Nothing of the HTML is kept but its words, and formulas are words. What cannot be taken is refused with its size.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from koryu.sheets import clean
from koryu.sheets.rows.merge import too_many_rows
from koryu.sheets.rows.row_sheet import MOST_ROWS
from koryu.sheets.whole_tags import with_whole_tags
from koryu.values.reason import Reason, Refused

MOST_BYTES: Final = 1_000_000
MOST_COLUMNS: Final = 50
# Heads, and titles above them, come besides the rows.
_MOST_ABOVE: Final = 20
_MOST_READ: Final = MOST_ROWS + _MOST_ABOVE
# What is wider is refused: nothing beyond is looked at.
_WIDEST: Final = 4 * MOST_COLUMNS
_QUOTED: Final = re.compile(r'"((?:[^"\t]|"")*)"(?=\t|\n|$)')
_BLANK: Final = re.compile(r"(?:[ \t]*\n)*")
# A number of a character that no character has; the parser would count all its digits.
_NO_CHARACTER: Final = re.compile(r"&#x?[0-9a-f]{8,};?", re.IGNORECASE)
_UNREAD: Final = frozenset({"script", "style", "template", "head", "title"})
_BREAKS: Final = frozenset({"br", "p", "div", "li"})
# GB 18030, Shift_JIS or EUC-KR read as Latin 1 or Windows 1252: letters with accents one after the other, or lost ones.
_GARBLED: Final = re.compile("[\u00a1-\u00ff]{4,}|\ufffd|[\u00c0-\u00ff][\u0080-\u00bf]{1,2}|锟斤拷|\u00c3.\u00c2")


@dataclass(frozen=True)
class PastedGrid:
    """Rows of plain texts, each as long as the longest; what is merged in pasted HTML stands in each of its rows."""

    rows: tuple[tuple[str, ...], ...]
    # Where a file says so: the number of each row in it, and what each column is called there (A, B …).
    places: tuple[int, ...] = ()
    letters: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number of each row, as its source counts them."""
        return self.places or tuple(range(1, len(self.rows) + 1))

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @property
    def is_one_cell(self) -> bool:
        """Whether this is pasted into the cell itself, without asking."""
        return len(self.rows) * self.width <= 1


def pasted_grid(text: str, html: str = "") -> PastedGrid:
    """The grid of what was pasted, without empty rows: the table in the HTML where it has one, else the text.

    Raises Refused where it is larger than a sheet takes.
    """
    # A program may put a large HTML beside a short text: what is not read is not measured.
    if html and len(html) <= MOST_BYTES:
        rows = _table_in(html)
        if rows:
            return _squared(rows)
    largest = max(len(text), 0 if text else len(html))
    if largest > MOST_BYTES:
        size = f"{largest / 1_000_000:.1f}"
        raise Refused(Reason("This is %(size)s MB; at most %(most)s MB can be pasted at once.", size=size, most=1))
    return _squared(_lines_in(text))


def grid_of(rows: Iterable[Iterable[str]], numbers: Iterable[int]) -> PastedGrid:
    """The grid of a table that was read from a file, its rows numbered as there. Raises Refused as for a paste."""
    return _squared(rows, tuple(numbers))


def as_text(grid: PastedGrid) -> str:
    """The grid as lines with tabs, which are read as the same grid: small, and nothing of the HTML is in it."""
    return "\n".join("\t".join(map(_quoted, row)) for row in grid.rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if cell.startswith('"') else cell


def is_garbled(text: str) -> bool:
    """Whether the letters of a text seem to have been read in the wrong encoding."""
    return bool(_GARBLED.search(text))


def _lines_in(text: str) -> list[list[str]]:
    """Lines with tabs, as spreadsheets write them: a cell with a line end in it stands in quotation marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = []
    at = _past_blank_lines(text, 0)
    while at < len(text):
        if len(rows) > _MOST_READ:
            raise too_many_rows(len(rows) + sum(bool(line.strip()) for line in text[at:].split("\n")))
        row, at = _line_at(text, at)
        rows.append(row)
        at = _past_blank_lines(text, at)
    return rows


def _line_at(text: str, at: int) -> tuple[list[str], int]:
    """(the cells of the line that begins here, where the next begins)."""
    end = _before(text, "\n", at, len(text))
    if '"' not in text[at:end]:
        return text[at:end].split("\t", _WIDEST)[:_WIDEST], end + 1
    row: list[str] = []
    while True:
        # A lone quotation mark is the sign for "as above": quoted is only what has to be.
        match = _QUOTED.match(text, at) if text.startswith('"', at) else None
        if match and ("\n" in match[1] or '""' in match[1]):
            row.append(match[1].replace('""', '"'))
            at = match.end()
            end = max(end, _before(text, "\n", at, len(text)))
        else:
            cut = _before(text, "\t", at, end)
            row.append(text[at:cut])
            at = cut
        if at >= end or len(row) == _WIDEST:
            return row, end + 1
        at += 1


def _before(text: str, sign: str, at: int, end: int) -> int:
    """Where the next such sign stands, else the end."""
    place = text.find(sign, at, end)
    return end if place < 0 else place


def _past_blank_lines(text: str, at: int) -> int:
    """A million empty lines are no rows."""
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _table_in(html: str) -> list[list[str]]:
    reading = _Tables()
    reading.feed(with_whole_tags(_NO_CHARACTER.sub("\ufffd", html)))
    reading.close()
    return max(reading.tables, key=lambda rows: sum(map(len, rows)), default=[])


@dataclass
class _OpenTable:
    rows: list[list[str]] = field(default_factory=list)
    # Cells merged downwards: by column, how many rows are left and what stands in them.
    below: dict[int, tuple[int, str]] = field(default_factory=dict)
    row: list[str] | None = None


class _Tables(HTMLParser):
    """The tables of an HTML as rows of texts; a table inside a cell is words of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.open: _OpenTable | None = None
        self.depth = 0
        self.unread = 0
        self.words: list[str] | None = None
        self.spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self.unread += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.open = _OpenTable()
        elif tag in _BREAKS and self.words is not None:
            self.words.append("\n")
        elif self.depth == 1 and tag == "tr":
            self.end_row()
            if self.open:
                self.open.row = []
        elif self.depth == 1 and tag in ("td", "th"):
            self.end_cell()
            spans = dict(attrs)
            self.spans = (_count(spans.get("colspan")), _count(spans.get("rowspan")))
            self.words = []

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self.unread = max(0, self.unread - 1)
        elif tag == "table" and self.depth:
            if self.depth == 1:
                self.end_table()
            self.depth -= 1
        elif self.depth == 1 and tag in ("td", "th"):
            self.end_cell()
        elif self.depth == 1 and tag == "tr":
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self.words is not None and not self.unread:
            self.words.append(data)

    def end_cell(self) -> None:
        if self.open is None or self.words is None:
            return
        text, self.words = "".join(self.words), None
        row = self.open.row = self.open.row or []
        if len(self.open.rows) >= _MOST_READ:
            # There are too many already: what more there is is only counted.
            row.append(text)
            return
        self.fill(row)
        across, down = self.spans
        cells = [text, *[""] * (across - 1)][: _WIDEST - len(row)]
        if down > 1:
            self.open.below.update({len(row) + place: (down, cell) for place, cell in enumerate(cells)})
        row += cells

    def fill(self, row: list[str]) -> None:
        """Into the row goes what is merged with it from above, up to the next cell of its own."""
        assert self.open is not None
        while len(row) in self.open.below:
            row.append(self.open.below[len(row)][1])

    def end_row(self) -> None:
        self.end_cell()
        if self.open is None or self.open.row is None:
            return
        row, self.open.row = self.open.row, None
        if len(self.open.rows) < _MOST_READ:
            self.fill(row)
        self.open.below = {column: (left - 1, text) for column, (left, text) in self.open.below.items() if left > 1}
        if any(cell.strip() for cell in row):
            self.open.rows.append(row)

    def end_table(self) -> None:
        self.end_row()
        if self.open:
            self.tables.append(self.open.rows)
        self.open = None

    def close(self) -> None:
        super().close()
        # A table that is cut off is read as far as it goes.
        if self.open:
            self.end_table()


def _count(span: str | None) -> int:
    """How many cells are merged: no more than there can be."""
    return (
        min(int(span), MOST_ROWS) if span and span.isascii() and span.isdigit() and len(span) < 6 and int(span) else 1
    )


def _squared(rows: Iterable[Iterable[str]], numbers: tuple[int, ...] = ()) -> PastedGrid:
    cleaned = [[clean.line(cell) for cell in row] for row in rows]
    kept = [place for place, row in enumerate(cleaned) if any(row)]
    if len(kept) > _MOST_READ:
        raise too_many_rows(len(kept))
    used = sorted({column for place in kept for column, cell in enumerate(cleaned[place]) if cell})
    if len(used) > MOST_COLUMNS:
        raise Refused(Reason("This is %(count)s columns; a sheet takes %(most)s.", count=len(used), most=MOST_COLUMNS))
    return PastedGrid(
        tuple(
            tuple(row[column] if column < len(row) else "" for column in used) for row in map(cleaned.__getitem__, kept)
        ),
        tuple(numbers[place] for place in kept) if numbers else (),
        tuple(map(_letters, used)) if numbers else (),
    )


def _letters(column: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 27 is AB."""
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
