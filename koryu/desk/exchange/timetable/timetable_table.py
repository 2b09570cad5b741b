"""A timetable as it stands, drawn as the sheet is; and as plain text, to be copied into a mail."""

from collections.abc import Iterable, Sequence

from koryu.desk.exchange.timetable.timetable_work import TimetableWork
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.table_html import DrawnTable, row_table
from koryu.records.timetable import Timetable
from koryu.sheets.rows.private_rows import OURS, interleaved
from koryu.sheets.rows.row_sheet import (
    CellReader,
    RowItem,
    ShownColumn,
    TypedRow,
    items_of,
    kept_text,
    rows_of,
)
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.values.text import Text
from koryu.values.uris import last_part

# What a column of nothing but empty cells is not drawn for.
_ALWAYS = ("day", "hours", "type", "title")
_IN_MAIL = ("hours", "title", "venue", "who", "papers")


def standing_table(writer: DeskWriter, there: TimetableWork, document: Timetable, *, said_by: str) -> tuple[str, str]:
    """What stands, for reading, as a table and as plain text; in the table with the private rows that whoever looks may
    see of whoever sent or recorded it, and without columns that are empty."""
    private = {row.place: row.cells for row in there.own.rows if row.institution == said_by}
    content, reader = interleaved(document.content(), private), there.reader()
    columns = [column for column in TIMETABLE.shown_columns((reader.tag,)) if column.column.key != "title"]
    title = next(column for column in TIMETABLE.shown_columns(("",)) if column.column.key == "title")
    rows = rows_of(TIMETABLE, content, columns, reader)
    filled = [
        column for column in columns if column.column.key in _ALWAYS or any(row.cells[column.key] for row in rows)
    ]
    shown = [*filled[:3], title, *filled[3:]]
    titled = [
        TypedRow(row.id, {**row.cells, title.key: _title(item, reader.tag)})
        for row, item in zip(rows, items_of(TIMETABLE, content), strict=True)
    ]
    drawn = DrawnTable(
        at=f"s{last_part(there.work.uri)}-",
        sheet=TIMETABLE,
        columns=shown,
        rows=titled,
        grey=frozenset(private),
        fixed=True,
    )
    said = [row for row in titled if row.id not in private]
    return row_table(writer, drawn), mail_text(shown, said, writer.slug)


def mail_text(columns: Sequence[ShownColumn], rows: Iterable[TypedRow], slug: str) -> str:
    """A timetable as plain text: each day, under it its sessions, without what only its own institution sees."""
    kind = CellReader(slug=slug).word
    lines: list[str] = []
    above = ""
    for row in rows:
        if row.cells["type"] == OURS:
            continue
        if row.cells["day"] != above:
            above = row.cells["day"]
            lines += ["", above]
        cells: dict[str, list[str]] = {key: [] for key in _IN_MAIL}
        for column in columns:
            if column.column.key in cells and row.cells[column.key]:
                cells[column.column.key].append(row.cells[column.key])
        cells["title"] = cells["title"] or [kind(row.cells["type"])]
        lines.append("  ".join(" / ".join(cell) for cell in cells.values() if any(cell)))
    return "\n".join(lines).strip()


def _title(item: RowItem, tag: str) -> str:
    title = kept_text(item.get("title"))
    return str(Text.kept(title).shown(tag).text) if title else ""
