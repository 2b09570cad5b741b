"""Workbooks of spreadsheets (.xlsx, .xls, .ods) as rows of texts: what is shown in each cell, and what is doubtful."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from koryu.ingest.file_kinds import CUT_OFF, LOCKED, ZIP_ERRORS
from koryu.values.reason import Reason, Refused

# How many cells without a value are named one by one.
_NAMED: Final = 20
_CELL: Final = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*?(?<!/)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f\b")
_VALUE: Final = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>[^<]|<(?:\w+:)?is\b")


@dataclass(frozen=True, kw_only=True)
class ReadSheet:
    """One sheet: the names of all, which this is, its rows by number, merged ranges, formulas without a value."""

    names: tuple[str, ...]
    name: str
    rows: tuple[tuple[int, list[str]], ...]
    merged: tuple[str, ...]
    valueless: tuple[str, ...]


def read_workbook(body: bytes, kind: str, *, sheet: str, fill: bool, most: int) -> ReadSheet:
    """The sheet of this name, else the first that is seen and has something in it. Raises Refused.

    Where `fill`, what is merged downwards stands in each of its rows. No more than `most` rows and one are returned.
    """
    # Imported where it is used: no other page of the server needs it.
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_object(BytesIO(body)) as book:
            names = tuple(
                each.name
                for each in book.sheets_metadata
                if each.typ == python_calamine.SheetTypeEnum.WorkSheet
                and each.visible == python_calamine.SheetVisibleEnum.Visible
            )
            return _read(book, names, body if kind == "xlsx" else b"", sheet=sheet, fill=fill, most=most)
    except python_calamine.PasswordError as error:
        raise Refused(LOCKED) from error
    except (python_calamine.CalamineError, OSError, ValueError, KeyError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(CUT_OFF) from error


def _read(book: Any, names: tuple[str, ...], xlsx: bytes, *, sheet: str, fill: bool, most: int) -> ReadSheet:
    if not names:
        raise Refused(Reason("There is no table in this file."))
    name = sheet if sheet in names else next((each for each in names if book.get_sheet_by_name(each).height), names[0])
    chosen = book.get_sheet_by_name(name)
    cells = chosen.to_python(skip_empty_area=True)
    above, left = chosen.start or (0, 0)
    merged = _merged(chosen.merged_cell_ranges or (), above, left, cells)
    if fill:
        for (top, column), (bottom, _right) in merged:
            for place in range(top + 1, bottom + 1):
                cells[place - above][column - left] = cells[top - above][column - left]
    return ReadSheet(
        names=names,
        name=name,
        rows=tuple(_texts(cells, above, left, most)),
        merged=tuple(f"{address(top, column)}:{address(bottom, column)}" for (top, column), (bottom, _right) in merged),
        valueless=tuple(_valueless(xlsx, name)) if xlsx else (),
    )


def _texts(cells: Sequence[Sequence[Any]], above: int, left: int, most: int) -> Iterator[tuple[int, list[str]]]:
    """(the number of the row, its cells from column A on), of rows that are not empty."""
    read = 0
    for place, row in enumerate(cells, above + 1):
        if not any(cell not in ("", None) for cell in row):
            continue
        read += 1
        # What is too much is only counted.
        yield place, [""] * left + [as_text(cell) for cell in row] if read <= most else []


def _merged(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]], above: int, left: int, cells: Sequence[Sequence[Any]]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Those that go down and hold something; of those across alone only the first cell is read."""
    height, width = len(cells), len(cells[0]) if cells else 0
    return [
        ((top, column), (min(bottom, above + height - 1), right))
        for (top, column), (bottom, right) in ranges
        if bottom > top and above <= top < above + height and left <= column < left + width
        if as_text(cells[top - above][column - left])
    ]


def as_text(value: object) -> str:
    """What a cell holds, as text: a whole number without its point, a day and a time as they are written everywhere."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e17 else repr(value)
        case datetime():
            if value.time() == time():
                return value.date().isoformat()
            return f"{value.date().isoformat()} {_clock(value.time())}"
        case date():
            return value.isoformat()
        case time():
            return _clock(value)
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value)


def _clock(value: time) -> str:
    # A spreadsheet keeps a time as a part of a day: 9:30 may come as 9:29:59.999.
    seconds = value.hour * 3600 + value.minute * 60 + value.second + round(value.microsecond / 1_000_000)
    hours, rest = divmod(min(seconds, 86_399), 3600)
    return f"{hours:02d}:{rest // 60:02d}" + (f":{rest % 60:02d}" if rest % 60 else "")


def address(row: int, column: int) -> str:
    """What a cell is called: (6, 2) is C7."""
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """What a column is called: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _valueless(xlsx: bytes, name: str) -> list[str]:
    """The cells of a sheet that hold a formula and not what it comes to: the library reads them as empty."""
    try:
        with zipfile.ZipFile(BytesIO(xlsx)) as package:
            part = _part_of(package, name)
            written = package.read(part) if part else b""
    except ZIP_ERRORS:
        # What the library read all the same has parts that are written otherwise.
        return []
    if not _FORMULA.search(written):
        return []
    cells = ((match[1].decode(), match[2]) for match in _CELL.finditer(written))
    return [cell for cell, inside in cells if _FORMULA.search(inside) and not _VALUE.search(inside)][:_NAMED]


def _part_of(package: zipfile.ZipFile, name: str) -> str:
    """The part of the package in which a sheet is: the workbook names its relation, that one the part."""
    from xml.etree import ElementTree

    parts = {part.lower(): part for part in package.namelist()}
    relations = parts.get("xl/_rels/workbook.xml.rels")
    try:
        book = ElementTree.fromstring(package.read(parts["xl/workbook.xml"]))  # noqa: S314 -- see above
        named = ElementTree.fromstring(package.read(relations)) if relations else ()  # noqa: S314 -- see above
    except ElementTree.ParseError:
        return ""
    wanted = next(
        (
            value
            for sheet in book.iter()
            if sheet.tag.endswith("}sheet") and sheet.get("name") == name
            for key, value in sheet.attrib.items()
            if key.endswith("}id")
        ),
        "",
    )
    target = next((relation.get("Target", "") for relation in named if relation.get("Id") == wanted), "")
    full = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts.get(full.lower(), "") if target else ""
