"""What was read out of a file that came back. Plain values, which a child process can hand over."""

from dataclasses import dataclass, replace


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


ReadRow = tuple[ReadCell, ...]


@dataclass(frozen=True)
class TrackedRow:
    """A whole row that was put in or taken out while changes were tracked: by whom, and before which of the rows that
    are there as if all was accepted (of one that was put in, which of them it is)."""

    place: int
    author: str
    cells: ReadRow


@dataclass(frozen=True)
class CameTable:
    """The rows of a table that is not inside another one, each a row of cells, as if all tracked changes were accepted;
    with the rows that were put in and those that were taken out."""

    rows: tuple[ReadRow, ...]
    put_in: tuple[TrackedRow, ...] = ()
    taken_out: tuple[TrackedRow, ...] = ()

    @property
    def rejected(self) -> "CameTable":
        """The same table as if all tracked changes were rejected."""
        new = {row.place for row in self.put_in}
        rows: list[ReadRow] = []
        for place in range(len(self.rows) + 1):
            rows += [row.cells for row in self.taken_out if row.place == place]
            rows += [self.rows[place]] if place < len(self.rows) and place not in new else []
        return CameTable(tuple(tuple(replace(cell, text=cell.before) for cell in row) for row in rows))


@dataclass(frozen=True)
class CameFile:
    """A file as it came: what it says it is, its tables, and the lines outside them, head and foot among them.

    `tracked` are those of the lines that were changed while changes were tracked, each as one cell.
    """

    identifier: str
    tables: tuple[CameTable, ...]
    lines: tuple[str, ...]
    comments: tuple[ReadComment, ...] = ()
    tracked: tuple[ReadCell, ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        """The names of all bookmarks in its tables."""
        return frozenset(mark for table in self.tables for row in table.rows for cell in row for mark in cell.marks)
