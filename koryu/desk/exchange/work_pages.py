"""The page of one exchange: how it stands, what is to be done next, its parts, and our own notes."""

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from koryu.consent import actions as consent
from koryu.consent.queries import ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser, said_by, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.begin_part import begin_part, parts_to_begin
from koryu.desk.exchange.left_open import left_open
from koryu.desk.exchange.part_list import PAGE_OF_KIND, PART_NAMES, PART_OF_KIND
from koryu.desk.exchange.plan_view import in_brief, plan_view
from koryu.desk.exchange.work_frame import frame_of
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.schedule.schedule_view import schedule_view
from koryu.desk.text_input import number_typed
from koryu.institutions import rules as roles
from koryu.planning import actions as planning
from koryu.sheets import clean
from koryu.sheets.parse import understood
from koryu.values.reason import N_, Reason, Refused
from koryu.values.uris import last_part

Typed = Mapping[str, str]


@staff
@require_safe
def exchange(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """One exchange at work."""
    return page_of(request, me, exchange_for(me, slug), slug)


@staff
def act(request: HttpRequest, me: CurrentUser, /, slug: str, what: str) -> HttpResponse:
    """Do one thing of our own on an exchange: a step, a note, closing it, or beginning a text of it."""
    if what not in _DO:
        raise Http404
    work = exchange_for(me, slug)
    if request.method != "POST":
        late = typed_too_late(request)
        if late is None:
            return HttpResponseRedirect(reverse("desk:exchange", kwargs={"slug": slug}))
        return page_of(request, me, work, slug, typed={what: late}, problem=SIGNED_OUT)
    try:
        go_on = _DO[what](request, me, work)
    except Refused as refused:
        return page_of(
            request, me, exchange_for(me, slug), slug, typed={what: request.POST}, problem=refused.reason, status=409
        )
    if what in _DONE:
        messages.success(request, _(_DONE[what]))
    return HttpResponseRedirect(go_on or reverse("desk:exchange", kwargs={"slug": slug}))


def page_of(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    *,
    typed: Mapping[str, Typed] | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what was `typed` into which of its forms and the `problem` where something was not done."""
    plans, plan = roles.may_plan(role=me.role) is None, plan_view(work)
    schedule = schedule_view(me, work, today=clock.today()) if plans else None
    frame = frame_of(work, name, ahead=schedule.next if schedule and schedule.kept else ())
    return frame.page(
        request,
        me,
        "desk/exchange/work.html",
        naming=plan.named if plan else (),
        status=status,
        parts=[
            (part, listed)
            for part in dict.fromkeys(PART_OF_KIND.values())
            if (listed := [text for text in frame.texts if PART_OF_KIND.get(text.kind) == part])
        ],
        part_names=PART_NAMES,
        page_of_kind=PAGE_OF_KIND,
        plan=plan,
        in_brief=in_brief(plan) if plan else (),
        own=frame.own,
        today=clock.today(),
        may_note=roles.may_note(role=me.role),
        to_begin=parts_to_begin(me, work, frame.texts),
        left_open=tuple(left_open(work, frame.own, lines=schedule.lines if schedule and schedule.kept else ())),
        typed={"step": {}, "change-step": {}, "note": {}, **(typed or {})},
        problem=problem,
    )


def _add_step(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> str:
    planning.add_step(exchange=work.uri, **_step(request), **said_by(me))
    return ""


def _change_step(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> str:
    planning.change_step(step=number_typed(request.POST.get("step", "")), **_step(request), **said_by(me))
    return ""


def _finish_step(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> str:
    planning.finish_step(step=number_typed(request.POST.get("step", "")), **said_by(me))
    return ""


def _reopen_step(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> str:
    planning.reopen_step(step=number_typed(request.POST.get("step", "")), institution=me.institution, by=me.username)
    return ""


def _remove_step(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> str:
    planning.remove_step(step=number_typed(request.POST.get("step", "")), institution=me.institution, by=me.username)
    return ""


def _note(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> str:
    means = "telephone" if request.POST.get("means") == "telephone" else "note"
    consent.note(record=work.uri, means=means, text=request.POST.get("text", ""), **said_by(me))
    return ""


def _close(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> str:
    planning.close(exchange=work.uri, **said_by(me))
    return ""


def _open_again(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> str:
    planning.open_again(exchange=work.uri, institution=me.institution, by=me.username)
    return ""


def _begin(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> str:
    kind = request.POST.get("kind", "")
    number = begin_part(request, me, work, kind=kind)
    if kind in PAGE_OF_KIND:
        name = work.plan.line.slug if work.plan else last_part(work.uri)
        return reverse(f"desk:{PAGE_OF_KIND[kind]}", kwargs={"slug": name})
    return reverse("desk:edit", kwargs={"number": number})


def _step(request: HttpRequest) -> dict[str, str]:
    """A step as it was typed; a date as it is understood, or as it was typed."""
    due = clean.line(request.POST.get("due", ""))
    return {
        "what": clean.line(request.POST.get("what", "")),
        "who": clean.line(request.POST.get("who", "")),
        "due": understood(due) if due else "",
    }


_DO: Final[Mapping[str, Callable[[HttpRequest, CurrentUser, ExchangeWork], str]]] = {
    "step": _add_step,
    "change-step": _change_step,
    "done": _finish_step,
    "not-done": _reopen_step,
    "remove-step": _remove_step,
    "note": _note,
    "close": _close,
    "open-again": _open_again,
    "begin": _begin,
}
_DONE: Final[Mapping[str, str]] = {
    "step": N_("The step was saved; only your institution sees it."),
    "change-step": N_("The step was changed."),
    "remove-step": N_("The step was deleted."),
    "note": N_("The note was saved; only your institution sees it."),
    "close": N_("Closed. Nothing was sent to anyone."),
    "open-again": N_("Open again."),
}
