"""A table that went out, the same as it came back, and what was found out about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class SentColumn:
    """A column that was printed: its key, and everything its heading may be, in any language."""

    key: str
    labels: frozenset[str]


@dataclass(frozen=True)
class SentRow:
    """A row that was printed: the id of its item, and the value of each column."""

    id: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class SentTable:
    """A table as it was printed."""

    columns: tuple[SentColumn, ...]
    rows: tuple[SentRow, ...]


@dataclass(frozen=True)
class Mark:
    """Which value a mark was set around."""

    row: str
    column: str


@dataclass(frozen=True)
class CameCell:
    """A cell that came back; over how many columns and rows it goes, and the marks in it."""

    text: str
    marks: tuple[Mark, ...] = ()
    columns: int = 1
    rows: int = 1


CameTable = Sequence[Sequence[CameCell]]


class RowFinding(StrEnum):
    """What a row that came back is."""

    FOUND = "found"
    ASKED = "asked"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class PlacedRow:
    """A row that came back, by its place in the table, counted from 0.

    `id` is the item that it is, where that is certain; `candidates` those that it may be, the likeliest first.
    """

    place: int
    finding: RowFinding
    values: Mapping[str, str]
    id: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A table that came back, as far as it is known which value is which.

    `missing` are the columns that are not in it, which are left as they were; `removed` the rows found nowhere;
    `merged` the cells of which it cannot be known, by row and column as they came.
    """

    columns: Mapping[int, str]
    missing: tuple[str, ...]
    rows: tuple[PlacedRow, ...]
    removed: tuple[str, ...]
    merged: tuple[tuple[int, int], ...] = ()
