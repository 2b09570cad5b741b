"""A file that somebody was sent, as a plain table of texts: the same for spreadsheets, CSV, Word and web pages.

Nothing here knows what the columns mean: the table goes the way of what is pasted (`koryu.sheets.rows`).
`read_table` is called in a process of its own (`koryu.ingest.child_process`).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from koryu.ingest import text_tables
from koryu.ingest.child_process import in_child
from koryu.ingest.file_kinds import kind_of
from koryu.ingest.word_tables import read_word_tables
from koryu.ingest.workbooks import read_workbook
from koryu.values.reason import Reason, Refused, or_refuse

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 1_000
# How the names of files end that can be chosen.
ENDINGS: Final = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt", ".docx", ".odt")
_EMPTY: Final = Reason("There is no table in this file.")
_CALLED: Final = {"hwpx": "HWPX", "hwp": "HWP", "zip": "ZIP", "ole": "OLE"}


@dataclass(frozen=True, kw_only=True)
class TableOptions:
    """How a file is to be read, as far as somebody chose it: which sheet, which encoding, merged cells filled down; of
    a Word file, whether as if its tracked changes were rejected."""

    sheet: str = ""
    encoding: str = ""
    fill: bool = False
    rejected: bool = False


@dataclass(frozen=True)
class TrackedText:
    """What was changed while changes were tracked: in which row of the file (0 for outside the table) and which column
    from 0 (-1 for the whole row), by whom, what was there and what is there now."""

    row: int
    column: int
    author: str
    was: str
    now: str


@dataclass(frozen=True)
class SpannedCell:
    """A cell of a Word file that was merged with others: its row, its first column from 0, how many columns it has."""

    row: int
    column: int
    columns: int
    text: str


@dataclass(frozen=True)
class FileComment:
    """What somebody wrote beside a row of the file (0 for outside the table) and a column from 0."""

    row: int
    column: int
    author: str
    text: str


@dataclass(frozen=True, kw_only=True)
class TableFile:
    """A table as it stands in a file.

    `rows` are those that are not empty, with their `numbers` in the file. `sheets` are the names of all sheets, `sheet`
    the one that was read; of a text, `encoding` is that in which it was read and `encodings` all that are offered.
    `merged` are ranges that go down over several rows, `valueless` the cells with a formula that has no value. Of a
    Word file, `letter` is the number of the letter that it says it is, of that `version` (0 where it does not say) and
    sent by that `host`; `marks` is what was set around values, by row and cell, and `marked` the
    same of each of its sheets. `spanned` are the cells that go over
    several others; `tracked` and `comments` what is shown of it and never taken.
    """

    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""
    encodings: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    valueless: tuple[str, ...] = ()
    letter: str = ""
    version: int = 0
    host: str = ""
    marked: tuple[frozenset[str], ...] = ()
    spanned: tuple[SpannedCell, ...] = ()
    tracked: tuple[TrackedText, ...] = ()
    comments: tuple[FileComment, ...] = ()
    marks: tuple[tuple[tuple[str, ...], ...], ...] = ()
    options: TableOptions = field(default_factory=TableOptions)


def may_read(*, name: str, size: int) -> Reason | None:
    """Whether a file of so many bytes is read at all."""
    if size > MOST_BYTES:
        most = MOST_BYTES // 1024**2
        return Reason("“%(name)s” is too large: a file has at most %(most)s MB.", name=name, most=most)
    return None if size else Reason("“%(name)s” is empty.", name=name)


def table_file(*, name: str, body: bytes, words: Iterable[str], options: TableOptions) -> TableFile:
    """The table in a file, read in a process of its own. Raises Refused with a sentence for what holds none.

    `words` are the heads of columns that are known, by which the encoding of a text is told.
    """
    or_refuse(may_read(name=name, size=len(body)))
    asked = {
        "name": name,
        "words": sorted(set(words)),
        "sheet": options.sheet,
        "encoding": options.encoding,
        "fill": options.fill,
        "rejected": options.rejected,
    }
    read = in_child(read_table, json.dumps(asked).encode() + b"\n" + body)
    return TableFile(
        rows=tuple(tuple(row) for _number, row in read["rows"]),
        numbers=tuple(number for number, _row in read["rows"]),
        options=options,
        sheet=read.get("sheet", ""),
        encoding=read.get("encoding", ""),
        letter=read.get("letter", ""),
        version=read.get("version", 0),
        host=read.get("host", ""),
        marked=tuple(map(frozenset, read.get("marked", ()))),
        spanned=tuple(SpannedCell(*each) for each in read.get("spanned", ())),
        tracked=tuple(TrackedText(*each) for each in read.get("tracked", ())),
        comments=tuple(FileComment(*each) for each in read.get("comments", ())),
        marks=tuple(tuple(tuple(cell) for cell in row) for row in read.get("marks", ())),
        **{key: tuple(read.get(key, ())) for key in ("sheets", "encodings", "merged", "valueless")},
    )


def read_table(payload: bytes) -> dict[str, Any]:
    """The table in a file: a line of JSON says how it is to be read, the bytes follow. Raises Refused."""
    head, _, body = payload.partition(b"\n")
    asked = json.loads(head)
    kind = kind_of(body)
    match kind:
        case "xlsx" | "xls" | "ods":
            read = _of_workbook(body, kind, asked)
        case "text" | "html":
            read = _of_text(body, kind, asked)
        case "docx" | "odt":
            read = read_word_tables(body, name=asked["name"], sheet=asked["sheet"], rejected=asked["rejected"])
        case "program":
            raise Refused(Reason("This file holds a program. It is not read; ask for it as %(kind)s.", kind=".xlsx"))
        case _:
            raise Refused(_no_spreadsheet(asked["name"], kind))
    rows = read["rows"]
    if len(rows) > MOST_ROWS:
        raise Refused(
            Reason("%(most)s rows at most; this has %(count)s.", most=f"{MOST_ROWS:,}", count=f"{len(rows):,}")
        )
    if not rows:
        raise Refused(_EMPTY)
    width = max(len(row) for _number, row in rows)
    if width > MOST_COLUMNS:
        raise Refused(Reason("This is %(count)s columns; a sheet takes %(most)s.", count=width, most=50))
    return read


def _no_spreadsheet(name: str, kind: str) -> Reason:
    if kind in ("?", "xlsb"):
        return Reason("“%(name)s” is not a spreadsheet that can be read here. Ask for it as .xlsx or CSV.", name=name)
    called = _CALLED.get(kind, kind)
    return Reason("“%(name)s” is not a spreadsheet; it is a file of the type %(kind)s.", name=name, kind=called)


def _of_workbook(body: bytes, kind: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    sheet = read_workbook(body, kind, sheet=asked["sheet"], fill=asked["fill"], most=MOST_ROWS)
    return {
        "rows": [[number, row] for number, row in sheet.rows],
        "sheets": sheet.names,
        "sheet": sheet.name,
        "merged": sheet.merged,
        "valueless": sheet.valueless,
    }


def _of_text(body: bytes, kind: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    text, encoding = text_tables.decoded(body, words=asked["words"], wanted=asked["encoding"])
    read = {"encoding": encoding, "encodings": text_tables.OFFERED}
    if kind == "html":
        # Many programs save a table of a web page under the name of a spreadsheet; it is read as what is pasted.
        from koryu.sheets.rows.clipboard import pasted_grid

        rows = pasted_grid("", text).rows
        return {**read, "rows": [[number, list(row)] for number, row in enumerate(rows, 1)]}
    lines = list(text_tables.cells_in(text, most=10 * MOST_ROWS))
    return {**read, "rows": [[number, row if place < MOST_ROWS else []] for place, (number, row) in enumerate(lines)]}
