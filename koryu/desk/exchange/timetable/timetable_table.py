"""A timetable as it stands, drawn as the sheet is; and as plain text, to be copied into a mail."""

from collections.abc import Mapping, Sequence
from typing import Any

from koryu.desk.exchange.timetable.timetable_work import TimetableWork
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.table_html import DrawnTable, row_table
from koryu.records.timetable import Timetable
from koryu.sheets.rows.private_rows import OURS, interleaved
from koryu.sheets.rows.row_sheet import RowItem, ShownColumn, items_of, kept_text, rows_of
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.values.text import Text
from koryu.values.uris import last_part

# What a column of nothing but empty cells is not drawn for.
_ALWAYS = ("day", "hours", "type", "title")
_IN_MAIL = ("hours", "title", "venue", "who", "papers")


def standing_table(writer: DeskWriter, there: TimetableWork, document: Timetable) -> str:
    """What stands, for reading: with the private rows that whoever looks may see, without columns that are empty."""
    private = {row.place: row.cells for row in there.own.rows if row.institution == document.arranged_by}
    content, reader = interleaved(document.content(), private), there.reader()
    columns = [column for column in TIMETABLE.shown_columns((reader.tag,)) if column.column.key != "title"]
    title = next(column for column in TIMETABLE.shown_columns(("",)) if column.column.key == "title")
    rows = rows_of(TIMETABLE, content, columns, reader)
    filled = [
        column for column in columns if column.column.key in _ALWAYS or any(row.cells[column.key] for row in rows)
    ]
    shown = [*filled[:3], title, *filled[3:]]
    drawn = DrawnTable(
        at=f"s{last_part(there.work.uri)}-",
        sheet=TIMETABLE,
        columns=shown,
        rows=[
            row.__class__(row.id, {**row.cells, title.key: _title(item, reader.tag)})
            for row, item in zip(rows, items_of(TIMETABLE, content), strict=True)
        ],
        grey=frozenset(private),
        fixed=True,
    )
    return row_table(writer, drawn)


def mail_text(there: TimetableWork, content: Mapping[str, Any], tags: Sequence[str]) -> str:
    """A timetable as plain text: each day, under it its sessions, without what only its own institution sees."""
    reader = there.reader()
    columns = TIMETABLE.shown_columns(tags or (reader.tag,))
    by_key: dict[str, list[ShownColumn]] = {}
    for column in columns:
        by_key.setdefault(column.column.key, []).append(column)
    lines: list[str] = []
    above = None
    for item in items_of(TIMETABLE, content):
        if item.get("type") == OURS:
            continue
        if item.get("date") != above:
            above = item.get("date")
            lines += ["", by_key["day"][0].shown(item, reader)]
        cells = [[shown for column in by_key[key] if (shown := column.shown(item, reader))] for key in _IN_MAIL]
        if not cells[1]:
            cells[1] = [reader.word(str(item.get("type") or ""))]
        lines.append("  ".join(" / ".join(cell) for cell in cells if cell))
    return "\n".join(lines).strip()


def _title(item: RowItem, tag: str) -> str:
    title = kept_text(item.get("title"))
    return str(Text.kept(title).shown(tag).text) if title else ""
