"""What was read out of a file that came back. Plain values, which a child process can hand over."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadComment:
    """What somebody wrote beside the text."""

    author: str
    text: str


@dataclass(frozen=True)
class ReadCell:
    """A cell: its text with all tracked changes accepted, and as it was before them.

    `marks` are the names of the bookmarks in it, `columns` and `rows` over how many it goes, `tracked_by` whoever
    changed it while changes were tracked.
    """

    text: str
    before: str
    marks: tuple[str, ...] = ()
    columns: int = 1
    rows: int = 1
    tracked_by: tuple[str, ...] = ()
    comments: tuple[ReadComment, ...] = ()


@dataclass(frozen=True)
class CameTable:
    """The rows of a table that is not inside another one, each a row of cells."""

    rows: tuple[tuple[ReadCell, ...], ...]


@dataclass(frozen=True)
class CameFile:
    """A file as it came: what it says it is, its tables, and the lines outside them, head and foot among them."""

    identifier: str
    tables: tuple[CameTable, ...]
    lines: tuple[str, ...]
    comments: tuple[ReadComment, ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        """The names of all bookmarks in its tables."""
        return frozenset(mark for table in self.tables for row in table.rows for cell in row for mark in cell.marks)
