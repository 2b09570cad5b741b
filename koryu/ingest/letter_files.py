"""A letter of ours as it came back in a Word file: which letter it is, its tables cell by cell, what was tracked in it.

`read_letter` is called in a process of its own (`koryu.ingest.child_process`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from koryu.ingest.child_process import in_child
from koryu.ingest.table_files import FileComment, TrackedText, may_read
from koryu.ingest.word import read_word
from koryu.ingest.word_tables import WordRow, comments_in, letter_named_in, marks_in, rows_of, tracked_in, tracked_lines
from koryu.values.reason import Reason, Refused, or_refuse

# How the names of files end that are read so.
WORD_ENDINGS: Final = (".docx", ".odt")
_MOST_ROWS: Final = 5_000
_MOST_LINES: Final = 2_000
_MOST_TOLD: Final = 300
_TOO_MANY: Final = Reason("This file has too many rows for a letter. Nothing was taken from it.")


@dataclass(frozen=True)
class LetterCell:
    """A cell: its text, the marks in it, over how many columns and rows it goes."""

    text: str
    marks: tuple[str, ...]
    columns: int
    rows: int


LetterTable = tuple[tuple[LetterCell, ...], ...]


@dataclass(frozen=True, kw_only=True)
class LetterFile:
    """A file as it came: the letter that it says it is ('' for none), of which version (0 where it does not say) and
    sent by which host; its tables and the lines outside them; what was tracked and remarked, their rows counted through
    all tables."""

    letter: str
    version: int
    host: str
    tables: tuple[LetterTable, ...]
    lines: tuple[str, ...]
    tracked: tuple[TrackedText, ...]
    comments: tuple[FileComment, ...]


def letter_file(*, name: str, body: bytes, rejected: bool = False) -> LetterFile:
    """The letter in a file, as if its tracked changes were accepted, or all `rejected`; read in a process of its own.

    Raises Refused with a sentence.
    """
    or_refuse(may_read(name=name, size=len(body)))
    read = in_child(read_letter, json.dumps({"name": name, "rejected": rejected}).encode() + b"\n" + body)
    return LetterFile(
        letter=read["letter"],
        version=read["version"],
        host=read["host"],
        tables=tuple(
            tuple(tuple(LetterCell(text, tuple(marks), *size) for text, marks, *size in row) for row in table)
            for table in read["tables"]
        ),
        lines=tuple(read["lines"]),
        tracked=tuple(TrackedText(*each) for each in read["tracked"]),
        comments=tuple(FileComment(*each) for each in read["comments"]),
    )


def read_letter(payload: bytes) -> dict[str, Any]:
    """A letter: a line of JSON says what the file is called and how it is read, the bytes follow. Raises Refused."""
    head, _, body = payload.partition(b"\n")
    asked = json.loads(head)
    came = read_word(body, name=asked["name"])
    letter = letter_named_in(came)
    tables = [rows_of(table) for table in came.tables]
    if sum(map(len, tables)) > _MOST_ROWS:
        raise Refused(_TOO_MANY)
    return {
        "letter": letter.number,
        "version": letter.version,
        "host": letter.host,
        "tables": [list(_read(rows, rejected=asked["rejected"])) for rows in tables],
        "lines": [line[:_MOST_LINES] for line in came.lines[:_MOST_LINES]],
        "tracked": [*tracked_in([row for rows in tables for row in rows]), *tracked_lines(came)][:_MOST_TOLD],
        "comments": list(comments_in(came, [row for rows in tables for row in rows]))[:_MOST_TOLD],
    }


def _read(rows: tuple[WordRow, ...], *, rejected: bool) -> Iterator[list[list[Any]]]:
    for row in rows:
        if not (row.new if rejected else row.out):
            yield [
                [cell.before if rejected else cell.text, marks_in(cell), cell.columns, cell.rows] for cell in row.cells
            ]
