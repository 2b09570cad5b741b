"""The page of a Word file that came back: which letter it answers, what differs, and what of it is taken."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.consent.queries import ExchangeWork
from koryu.correspondence.rules.letter_numbers import as_number
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.into_sheets import KIND_OF_LETTER, into_sheet
from koryu.desk.exchange.work_frame import frame_of
from koryu.desk.letters.back.back_files import held_back, uploaded_back
from koryu.desk.letters.back.back_shown import tracked_in_back
from koryu.desk.letters.back.back_taken import keep_with_letter, take_plan
from koryu.desk.letters.back.back_view import LetterBack, NotNamed, is_list, letter_back, letters_to_answer
from koryu.desk.letters.letter_making import submitted_pages
from koryu.desk.letters.letter_pages import letter_for
from koryu.files import actions as files
from koryu.files.queries import Arrived
from koryu.files.rules import may_keep
from koryu.ingest.letter_files import WORD_ENDINGS
from koryu.ingest.table_files import MOST_BYTES
from koryu.institutions import rules as roles
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.wording.letters.letter_kinds import LETTER_KINDS


@staff
def back(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Choose the file that came back; see what differs; take it, keep the file alone, or drop it."""
    work = exchange_for(me, slug)
    if roles.may_note(role=me.role):
        raise Http404
    if request.method != "POST" and not request.GET.get("held"):
        return _page(request, me, work, slug, chosen=as_number(request.GET.get("letter", "")))
    # Asked for without being sent, a file is only looked at.
    posted, do = (request.POST, request.POST.get("do")) if request.method == "POST" else (request.GET, "")
    chosen, arrived = as_number(posted.get("letter", "")), None
    try:
        or_refuse(roles.may_draft(role=me.role))
        if held := posted.get("held", ""):
            arrived = held_back(me, work.uri, held)
        else:
            arrived = uploaded_back(me, work.uri, request.FILES.get("file"))
        if do == "drop":
            files.put_away(arrived.id)
            return HttpResponseRedirect(reverse("desk:exchange-letters", kwargs={"slug": slug}))
        if do == "keep":
            return _kept_alone(request, me, work, slug, arrived, chosen)
        shown = letter_back(work, arrived, chosen=chosen, rejected="rejected" in posted)
        if is_list(shown.letter):
            return HttpResponseRedirect(_to_its_sheet(me, work, slug, shown))
        if do == "take":
            draft = take_plan(request, me, work, shown, taken=posted.getlist("take"), seen=posted.get("seen", ""))
            messages.success(request, _("What you ticked is in the draft of the plan. Check it, and submit it."))
            return HttpResponseRedirect(reverse("desk:edit", kwargs={"number": draft}))
    except NotNamed as refused:
        return _page(request, me, work, slug, arrived=arrived, problem=refused.reason, asks_letter=True)
    except Refused as refused:
        now = exchange_for(me, slug)
        return _page(request, me, now, slug, arrived=arrived, chosen=chosen, problem=refused.reason, status=409)
    return _page(request, me, work, slug, arrived=arrived, shown=shown)


def _kept_alone(
    request: HttpRequest, me: CurrentUser, work: ExchangeWork, slug: str, arrived: Arrived, number: str
) -> HttpResponse:
    """The file kept as evidence with its letter, and nothing taken from it."""
    if not number:
        raise Refused(Reason("Choose the letter that it answers."))
    keep_with_letter(me, letter_for(me, work, number).number, name=arrived.name, body=arrived.body)
    files.note_taken(arrived.id, rows=0, at=clock.now())
    messages.success(request, _("The file was kept with the letter."))
    return HttpResponseRedirect(reverse("desk:exchange-letter", kwargs={"slug": slug, "number": number}))


def _to_its_sheet(me: CurrentUser, work: ExchangeWork, slug: str, shown: LetterBack) -> str:
    """A list goes where lists are loaded; the file that lies here is forgotten after a day."""
    return into_sheet(
        me,
        work,
        slug,
        KIND_OF_LETTER[shown.letter.kind],
        name=shown.arrived.name,
        body=shown.arrived.body,
        records=set(submitted_pages(shown.version).records),
    )


def _page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    *,
    arrived: Arrived | None = None,
    shown: LetterBack | None = None,
    chosen: str = "",
    problem: Reason | None = None,
    asks_letter: bool = False,
    status: int = 200,
) -> HttpResponse:
    listed = letters_to_answer(me, work)
    evidence = arrived is not None and may_keep(name=arrived.name, body=arrived.body, most=MOST_BYTES) is None
    return frame_of(work, name).page(
        request,
        me,
        "desk/letters/back.html",
        status=status,
        arrived=arrived,
        back=shown,
        answered=shown.letter.number if shown else chosen,
        letters=listed,
        kinds=LETTER_KINDS,
        asks_letter=asks_letter,
        may_keep=evidence,
        endings=",".join(WORD_ENDINGS),
        tracked=tracked_in_back(work, me, shown) if shown else "",
        problem=problem,
    )
