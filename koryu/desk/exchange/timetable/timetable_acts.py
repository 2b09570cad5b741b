"""What is done with a timetable besides typing: its zone and whether it is fixed, moved by minutes, one more day,
comments on a row."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from koryu.consent import actions
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.sheet_acts import SHEET_ACTS
from koryu.desk.exchange.sheet.sheet_facts import Fact, save_facts
from koryu.desk.exchange.sheet.sheet_request import AskedSheet, SheetPart
from koryu.desk.exchange.sheet.sheet_saving import save_changed, save_changes
from koryu.desk.exchange.sheet.sheet_table import languages_asked
from koryu.desk.exchange.timetable.timetable_pages import MOVES, timetable_page
from koryu.desk.exchange.timetable.timetable_sheet import KIND
from koryu.desk.exchange.timetable.timetable_work import timetable_work
from koryu.sheets import clean
from koryu.sheets.rows.merge import CellChange, MergedContent, RowAdded, new_ids
from koryu.sheets.rows.timetable_shift import day_after_last, moved_from
from koryu.values.reason import Reason, Refused

# A box that is not ticked is not sent.
_FACTS: Final = (
    Fact(field="time_zone"),
    Fact(field="provisional", kept=lambda typed: True if typed else None, shown=lambda held: "1" if held else ""),
)


@staff
def comment_on_timetable(request: HttpRequest, me: CurrentUser, /, slug: str, number: int) -> HttpResponse:
    """Say something of one of our timetables, or of one that we are shown."""
    there = timetable_work(me, slug)
    text = next((text for text in there.texts if text.draft and text.draft.id == number), None)
    if text is None:
        raise Http404
    page = TIMETABLE_PART.address(slug, languages_asked(request))
    if request.method != "POST":
        return HttpResponseRedirect(page)
    place = request.POST.get("place", "")
    rows = {row.id for row in there.sheet_of(me, text, languages_asked(request)).rows}
    try:
        actions.comment(
            draft=number,
            institution=me.institution,
            text=clean.prose(request.POST.get("text", "")),
            by=me.username,
            at=clock.now(),
            place=place if place in rows else "",
        )
    except Refused as refused:
        return timetable_page(TIMETABLE_PART.page(request, me, slug, problem=refused.reason, status=409))
    messages.success(request, _("Your comment was added to the draft."))
    return HttpResponseRedirect(page)


def _save_facts(asked: AskedSheet) -> HttpResponse:
    """The zone, and whether it is still a draft."""
    save_facts(asked.me, asked.sheet, _FACTS, asked.request.POST)
    messages.success(asked.request, _("The draft was saved."))
    return HttpResponseRedirect(asked.page)


def _move(asked: AskedSheet) -> HttpResponse:
    """A row and what follows it on its day, some minutes later or earlier."""
    written, row = asked.request.POST.get("minutes", ""), asked.request.POST.get("row", "")
    minutes = next((each for each in MOVES if str(each) == written), None)
    if minutes is None:
        raise Http404
    chosen = minutes

    def changed(now: DraftSheet) -> MergedContent:
        return MergedContent(content=moved_from(now.content, row, chosen))

    save_changed(asked.me, asked.sheet, changed)
    messages.success(asked.request, _("The draft was saved."))
    return HttpResponseRedirect(asked.page)


def _add_day(asked: AskedSheet) -> HttpResponse:
    """A first row of the day after the last; of the first day of the exchange where there is none yet."""
    sheet = asked.sheet
    days = sheet.reader.days
    day = day_after_last(sheet.content) or (days[0].isoformat() if days else "")
    if not day:
        raise Refused(Reason("The first row has no day."))
    (row,) = new_ids(sheet.seed, [each.id for each in sheet.rows], count=1)
    save_changes(asked.me, sheet, [RowAdded(row), CellChange(row, "day", "", day)])
    messages.success(asked.request, _("The draft was saved."))
    return HttpResponseRedirect(asked.page)


TIMETABLE_PART: Final = SheetPart(
    name="timetable",
    begins=KIND,
    work=timetable_work,
    draw=timetable_page,
    acts={**SHEET_ACTS, "facts": _save_facts, "move": _move, "day": _add_day},
)
