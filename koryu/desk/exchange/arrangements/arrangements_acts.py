"""What is done with arrangements besides typing: a sheet named, its day of deletion put off with a reason."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from koryu.desk import clock
from koryu.desk.exchange.arrangements.arranged_sheet import ArrangedSheet
from koryu.desk.exchange.arrangements.arrangements_pages import arrangements_page
from koryu.desk.exchange.arrangements.arrangements_work import arrangements_work, terms_work
from koryu.desk.exchange.sheet.sheet_acts import SHEET_ACTS
from koryu.desk.exchange.sheet.sheet_request import AskedSheet, SheetPart
from koryu.desk.text_input import number_typed
from koryu.planning import actions as planning
from koryu.sheets import clean
from koryu.sheets.rows.days import day_typed
from koryu.values.reason import Reason, Refused


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
    work=arrangements_work,
    draw=arrangements_page,
    acts={**SHEET_ACTS, "name": _name, "put-off": _put_off},
)
TERMS_PART: Final = SheetPart(name="terms", work=terms_work, draw=arrangements_page, acts=SHEET_ACTS)
