"""The page of the timetable of an exchange: typed as a sheet by whoever arranges it, read and commented on by the
others; what was changed since it was fixed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.http import HttpResponse

from koryu.consent.queries import Comment, ExchangeWork
from koryu.consent.rules.permissions import DraftAct, may_with_draft
from koryu.desk.access import place_of
from koryu.desk.drafts.saved_at import saved_at
from koryu.desk.exchange.begin_part import parts_to_begin
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.sheet.asked_beside import asked_column
from koryu.desk.exchange.sheet.sheet_page import SheetPage
from koryu.desk.exchange.sheet.sheet_table import NotSaved, all_fields, table_of
from koryu.desk.exchange.timetable.timetable_sheet import KIND, TimetableSheet
from koryu.desk.exchange.timetable.timetable_table import NO_MAIL, MailText, mail_text, read_table
from koryu.desk.exchange.timetable.timetable_versions import TimetableVersion, versions_of
from koryu.desk.exchange.timetable.timetable_work import TimetableWork
from koryu.desk.exchange.work_frame import frame_of
from koryu.institutions import rules as roles
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.table_html import ToldColumn
from koryu.records.timetable import Timetable
from koryu.sheets.rows.row_sheet import items_of
from koryu.sheets.rows.timetable_checks import session_called
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.values.reason import Reason
from koryu.wording.languages import active_reader

# By how many minutes the rest of a day can be moved.
MOVES: Final = (-60, -30, -15, 15, 30, 60)


@dataclass(frozen=True, kw_only=True)
class TimetableHalf:
    """One timetable: what stands of it as a table, and the draft of it with its own, what was said of that.

    `rows` are (id, what it is called) of the rows of the draft. `versions` are those that stood, the last first.
    """

    text: ExchangeText
    is_ours: bool
    current: Timetable | None
    standing: str = ""
    sheet: TimetableSheet | None = None
    table: str = ""
    panel: str = ""
    saved: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    comments: tuple[Comment, ...] = ()
    may_comment: Reason | None = None
    versions: tuple[TimetableVersion, ...] = ()
    mail: MailText = NO_MAIL

    def row_called(self, place: str) -> str:
        """What the row of which something was said is called now; '' where it is gone."""
        return dict(self.rows).get(place, "")


def timetable_page(page: SheetPage[TimetableWork]) -> HttpResponse:
    """The timetable of one exchange."""
    me, there = page.me, page.there
    halves = [_half(page, text) for text in there.texts]
    may_begin = any(beginning.kind == KIND for beginning in parts_to_begin(me, there.work, there.texts))
    return page.answer(
        frame_of(there.work, page.name, there.own),
        sheets=[half.sheet for half in halves if half.sheet],
        halves=halves,
        moves=MOVES,
        page_language=active_reader().slug,
        may_begin=may_begin,
        may_change=roles.may_draft(role=me.role, kind=KIND) is None,
    )


def _half(page: SheetPage[TimetableWork], text: ExchangeText) -> TimetableHalf:
    there = page.there
    document = there.documents.get(text.record)
    current = document if isinstance(document, Timetable) else None
    me, writer = page.me, page.writer
    standing = (
        read_table(
            writer,
            there,
            current.content(),
            said_by=text.current.said_by,
            more=_asked(page, text.record, current),
        )
        if current and text.current
        else None
    )
    half = TimetableHalf(
        text=text,
        is_ours=text.institution == me.institution,
        current=current,
        standing=standing.html if standing else "",
        versions=tuple(reversed(versions_of(text.record, there.work.last))) if current else (),
        mail=standing.mail if standing else NO_MAIL,
    )
    return half if text.draft is None else _with_draft(page, half)


def _with_draft(page: SheetPage[TimetableWork], half: TimetableHalf) -> TimetableHalf:
    there, draft = page.there, half.text.draft
    assert draft
    me, writer = page.me, page.writer
    sheet = page.drawn(there.sheet_of(me, half.text, page.asked))
    unsaved = page.not_saved_in(sheet)
    return replace(
        half,
        sheet=sheet,
        table=_table(writer, there.work, page.name, sheet, unsaved),
        panel=unsaved.panel,
        saved="" if sheet.fixed else saved_at(me, draft),
        rows=tuple(_rows_called(sheet)),
        comments=there.comments.get(draft.id, ()),
        may_comment=may_with_draft(DraftAct.COMMENT, me.speaker(), place_of(me, draft)),
        mail=mail_text(sheet.columns, sheet.rows, writer.slug),
    )


def _asked(page: SheetPage[TimetableWork], record: str, current: Timetable) -> tuple[ToldColumn, ...]:
    keys = {session.id: f"{record}#{session.id}" for session in current.sessions}
    return asked_column(page.there.work, page.name, keys)


def _table(writer: DeskWriter, work: ExchangeWork, name: str, sheet: TimetableSheet, unsaved: NotSaved) -> str:
    """The table of a draft; rows that are in no record have no form."""
    keys = {row.id: f"{sheet.draft.record}#{row.id}" for row in sheet.rows}
    forms = () if sheet.fixed else (all_fields(writer, sheet, but=sheet.private),)
    more = (*asked_column(work, name, keys), *forms)
    return table_of(writer, "timetable", name, sheet, unsaved, more=more, grey=sheet.private)


def _rows_called(sheet: TimetableSheet) -> Iterator[tuple[str, str]]:
    """The rows in a list to choose from: the day of each, its time, what it is."""
    for row, item in zip(sheet.rows, items_of(TIMETABLE, sheet.content), strict=True):
        day, hours = row.cells["day"], row.cells["hours"]
        yield row.id, " ".join(filter(None, (day, hours, session_called(item, sheet.reader))))
