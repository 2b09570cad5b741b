"""The page of the arrangements of an exchange: each sheet with who sees it and until when it is kept; and the page of
the terms of its programmes."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.arrangements.arranged_sheet import ArrangedSheet
from koryu.desk.exchange.arrangements.arrangements_work import ArrangedWork, arrangements_work, terms_work
from koryu.desk.exchange.sheet.part_work import PartWork
from koryu.desk.exchange.sheet.sheet_page import SheetPage
from koryu.desk.exchange.sheet.sheet_table import NotSaved, table_of
from koryu.desk.exchange.work_frame import frame_of
from koryu.markup.table_html import DrawnCells
from koryu.planning.rules.arrangements import KEPT_FOR, TOLD_BEFORE
from koryu.sheets.rows.arrangement_cells import people_offered
from koryu.values.reason import Reason


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


@staff
@require_safe
def arrangements(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Who arrives when and sleeps where, what they do not eat, whom to call; and a sheet of our own."""
    return arrangements_page(request, me, arrangements_work(me, slug), slug)


@staff
@require_safe
def terms(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """The terms of the programmes of an exchange, in every language."""
    return terms_page(request, me, terms_work(me, slug), slug)


def _answer(
    part: str,
    request: HttpRequest,
    me: CurrentUser,
    there: PartWork,
    name: str,
    *,
    unsaved: NotSaved | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    assert isinstance(there, ArrangedWork)
    page = SheetPage(request=request, me=me, there=there, part=part, name=name, unsaved=unsaved)
    sheets = [page.drawn(sheet) for sheet in there.sheets(me, page.asked)]
    return page.answer(
        frame_of(there.work, name),
        sheets=sheets,
        problem=problem,
        status=status,
        parts=[_part(page, sheet) for sheet in sheets],
        together=there.together,
        days=there.days,
    )


def _part(page: SheetPage, sheet: ArrangedSheet) -> ArrangedPart:
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


# The pages after an act: with what of one of their sheets is not saved, and the problem where something was not done.
arrangements_page = partial(_answer, "arrangements")
terms_page = partial(_answer, "terms")
