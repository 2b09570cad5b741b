"""What is done with a list of people besides typing: facts of it saved, and filled from that of last time."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.people.people_before import last_people, taken_along
from koryu.desk.exchange.people.people_pages import page_of
from koryu.desk.exchange.people.people_saving import FACTS
from koryu.desk.exchange.people.people_work import people_work
from koryu.desk.exchange.sheet.list_files import list_file
from koryu.desk.exchange.sheet.sheet_acts import act_on_sheet, begin_sheet
from koryu.desk.exchange.sheet.sheet_facts import save_facts
from koryu.desk.exchange.sheet.sheet_request import AskedSheet, SheetPart
from koryu.desk.exchange.sheet.sheet_saving import save_changes
from koryu.desk.exchange.work_frame import title_for
from koryu.desk.render import render_page


@staff
def begin_people(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Begin the draft of our list, from nothing or from what stands, and come back to the page."""
    return begin_sheet(request, me, PEOPLE_PART, slug)


@staff
def act_on_people(request: HttpRequest, me: CurrentUser, /, slug: str, number: int, act: str) -> HttpResponse:
    """Do one thing with one of our lists."""
    return act_on_sheet(request, me, PEOPLE_PART, slug, number, act)


def _save_facts(asked: AskedSheet) -> HttpResponse:
    save_facts(asked.me, asked.sheet, FACTS, asked.request.POST)
    messages.success(asked.request, _("The draft was saved."))
    return HttpResponseRedirect(asked.page)


def _from_last(asked: AskedSheet) -> HttpResponse:
    """Our own people of the last exchange, to be ticked."""
    last = last_people(asked.there.work, str(asked.sheet.content.get("institution", "")))
    if asked.request.method == "POST" and last:
        changes = taken_along(last, asked.request.POST.getlist("member"), asked.sheet)
        merged, _sheet = save_changes(asked.me, asked.sheet, changes)
        messages.success(asked.request, _("Rows put in or changed: %(n)s.") % {"n": len(merged.changed)})
        return HttpResponseRedirect(asked.page)
    members = last.document.members if last else ()
    naming = {str(member.person) for member in members if member.person}
    naming |= {str(post.institution) for member in members for post in member.posts if post.institution}
    return render_page(
        asked.request,
        asked.me,
        "desk/exchange/people_before.html",
        naming={*naming, *([last.exchange.uri, last.line.uri] if last else [])},
        known=asked.there.lines,
        name=asked.name,
        work=asked.there.work,
        title=title_for(asked.there.work),
        last=last,
        number=asked.sheet.draft.id,
        asked=asked.languages,
        page=asked.page,
    )


@staff
@require_safe
def people_file(request: HttpRequest, me: CurrentUser, /, slug: str, key: str, form: str) -> HttpResponse:
    """One list of the page as a file to keep."""
    return list_file(request, me, PEOPLE_PART, slug, key, form)


PEOPLE_PART: Final = SheetPart(
    name="people",
    kind="participation",
    work=people_work,
    page=page_of,
    acts={"facts": _save_facts, "last": _from_last},
    safe=frozenset({"last"}),
)
