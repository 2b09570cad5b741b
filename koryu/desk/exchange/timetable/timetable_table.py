"""A timetable as it stands, drawn as the sheet is; and as plain text, to be copied into a mail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from koryu.desk.exchange.timetable.timetable_work import TimetableWork
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import plain
from koryu.markup.table_html import DrawnTable, ToldColumn, row_table
from koryu.sheets.rows.private_rows import OURS, PRIVATE_KINDS, interleaved
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
from koryu.values.reason import N_
from koryu.values.text import Text
from koryu.values.uris import last_part

# What a column of nothing but empty cells is not drawn for.
_ALWAYS = ("day", "hours", "type", "title")
_IN_MAIL = ("hours", "title", "venue", "who", "papers")


_SENT: Final = N_("Sent to the partner")
_NOT_SENT: Final = N_("private, not sent")


@dataclass(frozen=True, kw_only=True)
class ReadTable:
    """A timetable for reading: as a table, and as plain text. `private` where rows are in it that are in no record."""

    html: str
    mail: "MailText"
    private: bool


@dataclass(frozen=True, kw_only=True)
class MailText:
    """A timetable as plain text, to be copied into a mail; `short` leaves meals, transfers and free time out, and is
    empty where there are none."""

    whole: str = ""
    short: str = ""


NO_MAIL: Final = MailText()


def read_table(
    writer: DeskWriter,
    there: TimetableWork,
    record: Mapping[str, Any],
    *,
    said_by: str,
    marked: bool = False,
    more: tuple[ToldColumn, ...] = (),
) -> ReadTable:
    """What a record says, with the private rows that whoever looks may see of whoever sends, sent or recorded it;
    without columns that are empty. Where `marked`, a column says of each private row that it is not sent; `more` are
    columns of the page."""
    private = {row.place: row.cells for row in there.own.rows if row.institution == said_by}
    content, reader = interleaved(record, private), there.reader()
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
    unsent = dict.fromkeys(private, plain(_NOT_SENT, writer.slug))
    sent = (ToldColumn(called=_SENT, cells=unsent),) if marked else ()
    drawn = DrawnTable(
        at=f"s{last_part(there.work.uri)}-",
        sheet=TIMETABLE,
        columns=shown,
        rows=titled,
        more=(*more, *sent),
        grey=frozenset(private),
        fixed=True,
    )
    return ReadTable(html=row_table(writer, drawn), mail=mail_text(shown, titled, writer.slug), private=bool(private))


def mail_text(columns: Sequence[ShownColumn], rows: Iterable[TypedRow], slug: str) -> MailText:
    """Each day, under it its sessions, meals and the like; never what only its own institution sees."""
    seen = [row for row in rows if row.cells["type"] != OURS]
    sessions = [row for row in seen if row.cells["type"] not in PRIVATE_KINDS]
    short = _in_lines(columns, sessions, slug) if len(sessions) < len(seen) else ""
    return MailText(whole=_in_lines(columns, seen, slug), short=short)


def _in_lines(columns: Sequence[ShownColumn], rows: Iterable[TypedRow], slug: str) -> str:
    kind = CellReader(slug=slug).word
    lines: list[str] = []
    above = ""
    for row in rows:
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
