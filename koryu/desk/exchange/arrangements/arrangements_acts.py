"""What is done with arrangements besides typing: a sheet named, its day of deletion put off with a reason."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.arrangements.arranged_sheet import ArrangedSheet
from koryu.desk.exchange.arrangements.arrangements_pages import arrangements_page, terms_page
from koryu.desk.exchange.arrangements.arrangements_work import arrangements_work, terms_work
from koryu.desk.exchange.sheet.list_files import list_file
from koryu.desk.exchange.sheet.sheet_acts import act_on_sheet
from koryu.desk.exchange.sheet.sheet_request import AskedSheet, SheetPart
from koryu.desk.text_input import number_typed
from koryu.planning import actions as planning
from koryu.sheets import clean
from koryu.sheets.rows.days import day_typed
from koryu.values.reason import Reason, Refused


@staff
def act_on_arrangements(request: HttpRequest, me: CurrentUser, /, slug: str, number: int, act: str) -> HttpResponse:
    """Do one thing with one of the sheets."""
    return act_on_sheet(request, me, ARRANGEMENTS_PART, slug, number, act)


@staff
def act_on_terms(request: HttpRequest, me: CurrentUser, /, slug: str, number: int, act: str) -> HttpResponse:
    """The same with the terms of a programme."""
    return act_on_sheet(request, me, TERMS_PART, slug, number, act)


@staff
@require_safe
def arrangements_file(request: HttpRequest, me: CurrentUser, /, slug: str, key: str, form: str) -> HttpResponse:
    """One sheet as a file to keep."""
    return list_file(request, me, ARRANGEMENTS_PART, slug, key, form)


@staff
@require_safe
def terms_file(request: HttpRequest, me: CurrentUser, /, slug: str, key: str, form: str) -> HttpResponse:
    """The same of the terms."""
    return list_file(request, me, TERMS_PART, slug, key, form)


def _name(asked: AskedSheet) -> HttpResponse:
    """Say what our own sheet is called."""
    sheet = _arranged(asked)
    if sheet.sheet != "free":
        raise Refused(Reason("There is no such sheet."))
    planning.say_of_sheet(called=clean.line(asked.request.POST.get("called", "")), **_said_of(asked, sheet))
    return _saved(asked)


def _put_off(asked: AskedSheet) -> HttpResponse:
    """Keep the rows of a sheet longer, for a reason; without a day, no longer than is counted."""
    posted = asked.request.POST
    chosen = number_typed(posted.get("of", ""))
    sheet = _arranged(replace(asked, sheet=asked.there.sheet(asked.me, chosen, ())) if chosen else asked)
    typed = clean.line(posted.get("until", ""))
    until = _day(typed) if typed else None
    planning.say_of_sheet(kept_until=until, why=clean.line(posted.get("why", "")), **_said_of(asked, sheet))
    return _saved(asked)


def _day(typed: str) -> date:
    day = str(day_typed(typed, first=clock.today()))
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise Refused(Reason("Choose a day.")) from error


def _said_of(asked: AskedSheet, sheet: ArrangedSheet) -> dict[str, Any]:
    return {
        "institution": asked.me.institution,
        "exchange": sheet.about,
        "sheet": sheet.sheet,
        "last": sheet.last,
        "today": clock.today(),
        "by": asked.me.username,
        "at": clock.now(),
    }


def _arranged(asked: AskedSheet) -> ArrangedSheet:
    assert isinstance(asked.sheet, ArrangedSheet)
    return asked.sheet


def _saved(asked: AskedSheet) -> HttpResponse:
    messages.success(asked.request, _("Saved."))
    return HttpResponseRedirect(asked.page)


ARRANGEMENTS_PART: Final = SheetPart(
    name="arrangements",
    kind="arrangements",
    work=arrangements_work,
    page=arrangements_page,
    acts={"name": _name, "put-off": _put_off},
)
TERMS_PART: Final = SheetPart(name="terms", kind="terms", work=terms_work, page=terms_page, acts={})
