"""A list as a spreadsheet (.xlsx) or CSV: every cell a text, so that no program takes a date, a number or a formula for
what it is not. The same list makes the same bytes.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
# What a spreadsheet takes for the beginning of a formula (in East Asia full-width signs too), or a number of which it
# drops the zeros.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# In half of the world a spreadsheet takes a semicolon for the end of a cell, whatever the others are parted by.
_IN_QUOTES: Final = re.compile('[",;\t\r\n]')
_LEADING_ZERO: Final = re.compile(r"0\d")
# ECMA-376, part 1, section 22.4.2.4: what is written so in a cell is read as the character of that number.
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# What XML has no way to write.
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The most that a cell of a spreadsheet holds.
_LONGEST: Final = 32_767
_NO_NAME: Final = re.compile(r"[\\/*?:\[\]]")
# The same for all files: the bytes depend on what is in the list alone.
_WRITTEN: Final = datetime(2000, 1, 1)  # noqa: DTZ001 -- the library writes it down as it is
_ZIPPED: Final = (1980, 1, 1, 0, 0, 0)
_NARROWEST, _WIDEST = 8, 48


@dataclass(frozen=True, kw_only=True)
class ListFile:
    """A list as it is written to a file.

    `called` names its sheet, `guide` are the lines of a second one that is called `guide_called`. Where `ids` are
    given, the head and one for each row, they stand in a first column that is hidden.
    """

    called: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    ids: tuple[str, Sequence[str]] | None = None
    guide_called: str = ""
    guide: Sequence[Sequence[str]] = ()


def as_xlsx(listed: ListFile) -> bytes:
    """The list as an .xlsx file."""
    # Imported where it is used: no other page needs it.
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "Koryu"
    book.properties.created = _WRITTEN
    sheet = book.worksheets[0]
    sheet.title = _sheet_name(listed.called, "1")
    _write_list(sheet, listed)
    if listed.guide:
        guide = book.create_sheet(_sheet_name(listed.guide_called, "2"))
        plain, _head = _looks(guide)
        for place, line in enumerate(listed.guide, 1):
            for column, text in enumerate(line, 1):
                _write(guide, place, column, text, plain)
        guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 32, 80
    written = BytesIO()
    book.save(written)
    return _always_the_same(written.getvalue())


def as_csv(listed: ListFile) -> bytes:
    """The list as CSV in UTF-8 with its mark, without ids: nothing can be hidden in it.

    A cell that a spreadsheet would take for a formula has an apostrophe before it; it comes off when it is read here.
    """
    lines = (",".join(map(_csv_cell, row)) or '""' for row in (listed.heads, *listed.rows))
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")


def _csv_cell(text: str) -> str:
    """A cell of CSV (RFC 4180, section 2)."""
    guarded = _guarded(text)
    return '"{}"'.format(guarded.replace('"', '""')) if _IN_QUOTES.search(guarded) else guarded


def _guarded(text: str) -> str:
    # What begins with an apostrophe before such a sign would lose that when it is read.
    return "'" + text if text.lstrip("'").startswith(_FORMULA) else text


def _write_list(sheet: "Worksheet", listed: ListFile) -> None:
    from openpyxl.utils import get_column_letter

    plain, head = _looks(sheet)
    first = 2 if listed.ids else 1
    lines = [listed.heads, *listed.rows]
    ids = [listed.ids[0], *listed.ids[1]] if listed.ids else [""] * len(lines)
    for place, (line, row_id) in enumerate(zip(lines, ids, strict=True), 1):
        if listed.ids:
            _write(sheet, place, 1, row_id, plain)
        for column, text in enumerate(line, first):
            _write(sheet, place, column, text, head if place == 1 else plain)
    if listed.ids:
        sheet.column_dimensions["A"].hidden = True
    for column, width in enumerate(_widths(lines), first):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(row=2, column=first)


@dataclass(frozen=True)
class _Look:
    """How a cell looks, as the numbers by which the library knows styles: to ask it for each cell takes seconds."""

    plain: Any
    guarded: Any


def _looks(sheet: "Worksheet") -> tuple[_Look, _Look]:
    """How the cells of a list look, and those of its heads."""
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Font

    made = []
    for bold in (False, True):
        styles = []
        for guarded in (False, True):
            cell: Any = Cell(sheet)
            cell.number_format = "@"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.quotePrefix = guarded
            if bold:
                cell.font = Font(bold=True)
            styles.append(cell._style)
        made.append(_Look(*styles))
    return made[0], made[1]


def _write(sheet: "Worksheet", row: int, column: int, text: str, look: _Look) -> None:
    cell: Any = sheet.cell(row=row, column=column)
    # Set as text before its value could be taken for anything else.
    cell._value = _ESCAPE.sub("_x005F_", _NO_XML.sub("", text))[:_LONGEST]
    cell.data_type = "s"
    cell._style = look.guarded if text.startswith(_FORMULA) or _LEADING_ZERO.match(text) else look.plain


def _widths(lines: Iterable[Sequence[str]]) -> list[int]:
    """As wide as the longest cell of each column, a Chinese character for two letters."""
    widths: dict[int, int] = {}
    for line in lines:
        for place, text in enumerate(line):
            width = sum(2 if letter > "\u2e7f" else 1 for letter in text[:_WIDEST])
            widths[place] = max(widths.get(place, 0), width)
    return [min(max(widths[place] + 2, _NARROWEST), _WIDEST) for place in sorted(widths)]


def _sheet_name(called: str, otherwise: str) -> str:
    """A name for a sheet: at most 31 letters, none of those that no name has."""
    return _NO_XML.sub("", _NO_NAME.sub(" ", called)).strip(" '")[:31] or otherwise


def _always_the_same(written: bytes) -> bytes:
    """The package without the times at which it was made."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(written)) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
        for entry in package.infolist():
            body = package.read(entry)
            if entry.filename == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", body)
            same = zipfile.ZipInfo(entry.filename, date_time=_ZIPPED)
            same.compress_type = zipfile.ZIP_DEFLATED
            same.external_attr = 0o600 << 16
            again.writestr(same, body)
    return made.getvalue()


# The forms in which a list goes out, by how the name of the file ends: what writes it, and its media type.
WRITERS: Final[Mapping[str, tuple[Callable[[ListFile], bytes], str]]] = {
    "xlsx": (as_xlsx, XLSX),
    "csv": (as_csv, CSV),
}
