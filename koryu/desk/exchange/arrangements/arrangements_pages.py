"""The page of the arrangements of an exchange: each sheet with who sees it and until when it is kept; and the page of
the terms of its programmes."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse

from koryu.desk import clock
from koryu.desk.exchange.arrangements.arranged_sheet import ArrangedSheet
from koryu.desk.exchange.arrangements.arrangements_work import ArrangedWork
from koryu.desk.exchange.sheet.sheet_page import SheetPage
from koryu.desk.exchange.sheet.sheet_table import table_of
from koryu.desk.exchange.work_frame import frame_of
from koryu.markup.table_html import DrawnCells
from koryu.planning.rules.arrangements import KEPT_FOR, TOLD_BEFORE
from koryu.sheets.rows.arrangement_cells import people_offered


@dataclass(frozen=True, kw_only=True)
class ArrangedPart:
    """One sheet as it is drawn; `called` where an office has named it, `go_soon` where its rows are deleted soon."""

    sheet: ArrangedSheet
    table: str
    panel: str
    saved: str
    called: str
    shared: bool
    go_soon: bool
    with_passed: bool


def arrangements_page(page: SheetPage[ArrangedWork]) -> HttpResponse:
    """Who arrives when and sleeps where, what they do not eat, whom to call, and a sheet of our own; or the terms of
    the programmes, in every language."""
    there = page.there
    sheets = [page.drawn(sheet) for sheet in there.sheets(page.me, page.asked)]
    return page.answer(
        frame_of(there.work, page.name),
        sheets=sheets,
        parts=[_part(page, sheet) for sheet in sheets],
        together=there.together,
        days=there.days,
    )


def _part(page: SheetPage[ArrangedWork], sheet: ArrangedSheet) -> ArrangedPart:
    unsaved, today = page.not_saved_in(sheet), clock.today()
    kept_for = KEPT_FOR.get(sheet.sheet)
    offered = {"person": people_offered(sheet.reader)}
    return ArrangedPart(
        sheet=sheet,
        table=table_of(page.writer, page.part, page.name, sheet, unsaved, cells=DrawnCells(offered=offered)),
        panel=unsaved.panel,
        saved=sheet.saved_words(page.me),
        called=sheet.own_said.called,
        shared=kept_for is not None and kept_for.shared,
        go_soon=bool(sheet.seen) and sheet.kept_until <= today + TOLD_BEFORE,
        with_passed=_has_passed(sheet, today),
    )


def _has_passed(sheet: ArrangedSheet, today: date) -> bool:
    """Whether the day on which rows of the sheet are deleted has come already: what is typed now goes soon."""
    return sheet.last is not None and sheet.kept_until <= today
