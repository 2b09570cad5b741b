"""A table that went out is found again in one that came back: by its marks, by its headings, by what it says. Pure.

A mark is what was set around a value when it was printed; Word and LibreOffice keep most of them. Where none is left,
columns are known by their headings and rows by how alike they are. What is not certain is asked: a question costs a
click, a wrong row costs trust.
"""

from koryu.sheets.placing.came_tables import (
    CameCell,
    CameTable,
    Mark,
    Placed,
    PlacedRow,
    RowFinding,
    SentColumn,
    SentRow,
    SentTable,
)
from koryu.sheets.placing.known_columns import is_heading, known_columns
from koryu.sheets.placing.placed_rows import CameLine, PlacingRows

__all__ = [
    "CameCell",
    "CameTable",
    "Mark",
    "Placed",
    "PlacedRow",
    "RowFinding",
    "SentColumn",
    "SentRow",
    "SentTable",
    "is_heading",
    "placed",
]


def placed(sent: SentTable, came: CameTable) -> Placed:
    """Where everything that came back belongs."""
    columns = known_columns(sent, came)
    lines = [CameLine.of(place, row, columns) for place, row in enumerate(came) if not is_heading(sent, row)]
    lines = [line for line in lines if line.values or line.marks]
    rows = PlacingRows(sent, lines, tuple(columns.values())).placed()
    maybe = {candidate for row in rows for candidate in row.candidates}
    there = {row.id for row in rows}
    return Placed(
        columns=columns,
        missing=tuple(column.key for column in sent.columns if column.key not in columns.values()),
        rows=tuple(rows),
        removed=tuple(row.id for row in sent.rows if row.id not in there | maybe),
        merged=tuple((line.place, at) for line in lines for at in line.merged),
    )
