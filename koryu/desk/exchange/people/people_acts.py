"""What is done with a list of people besides typing: facts of it saved, and filled from that of last time."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from koryu.desk.exchange.people.people_before import last_people, taken_along
from koryu.desk.exchange.people.people_pages import people_page
from koryu.desk.exchange.people.people_saving import FACTS
from koryu.desk.exchange.people.people_work import people_work
from koryu.desk.exchange.sheet.sheet_acts import SHEET_ACTS
from koryu.desk.exchange.sheet.sheet_facts import save_facts
from koryu.desk.exchange.sheet.sheet_request import AskedSheet, SheetPart
from koryu.desk.exchange.sheet.sheet_saving import save_changes
from koryu.desk.exchange.work_frame import title_for
from koryu.desk.render import render_page


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


PEOPLE_PART: Final = SheetPart(
    name="people",
    begins="participation",
    work=people_work,
    draw=people_page,
    acts={**SHEET_ACTS, "facts": _save_facts, "last": _from_last},
    safe=frozenset({"last"}),
)
