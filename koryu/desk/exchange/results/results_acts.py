"""What is done with the results of an exchange: a text begun, something promised, done, given up, made an outcome."""

from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.consent import actions
from koryu.consent.queries import Drafted
from koryu.desk import clock
from koryu.desk.access import CurrentUser, draft_for, staff
from koryu.desk.drafts.begin_draft import begin_draft, name_of_new
from koryu.desk.drafts.new_draft import begin_from_record
from koryu.desk.exchange.begin_part import begin_part, is_recorded, name_in, part_content
from koryu.desk.exchange.results.results_pages import MADE, page_of
from koryu.desk.exchange.results.results_work import FOLLOW_UP, REPORT, SUMMARY, ResultsWork, ShownPromise, results_work
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.institutions import rules as roles
from koryu.sheets import clean
from koryu.sheets.parse import is_date, understood
from koryu.values.reason import N_, Reason, Refused, or_refuse
from koryu.values.uris import mint
from koryu.wording.languages import active_reader

_NO_SUCH: Final = Reason("This follow-up is no longer there.")
_LONGEST: Final = 500


@staff
def act_on_results(request: HttpRequest, me: CurrentUser, /, slug: str, what: str) -> HttpResponse:
    """Do one thing with what comes of an exchange."""
    if what not in _DO:
        raise Http404
    there = results_work(me, slug)
    page = reverse("desk:exchange-results", kwargs={"slug": slug})
    if request.method != "POST":
        late = typed_too_late(request)
        if late is None:
            return HttpResponseRedirect(page)
        return page_of(request, me, there, slug, typed=_typed(late), problem=SIGNED_OUT)
    try:
        with transaction.atomic():
            go_on = _DO[what](request, me, there)
    except Refused as refused:
        now = results_work(me, slug)
        return page_of(request, me, now, slug, typed=_typed(request.POST), problem=refused.reason, status=409)
    if what in _DONE:
        messages.success(request, _(_DONE[what]))
    return HttpResponseRedirect(go_on or page)


def _typed(posted: QueryDict) -> dict[str, str]:
    return {name: posted.get(name, "") for name in ("what", "due")}


def _begin(request: HttpRequest, me: CurrentUser, there: ResultsWork) -> str:
    """The summary or a report, laid out with what is known."""
    kind = request.POST.get("kind", "")
    if kind not in (SUMMARY, REPORT):
        raise Refused(Reason("Choose the kind of record."))
    return _form(begin_part(request, me, there.work, kind=kind))


def _promise(request: HttpRequest, me: CurrentUser, there: ResultsWork) -> str:
    """Something that our institution will do, as a draft."""
    or_refuse(roles.may_draft(role=me.role, kind=FOLLOW_UP))
    work = there.work
    if me.institution not in work.institutions:
        raise Refused(Reason("Choose the kind of record."))
    what, due = clean.line(request.POST.get("what", "")), _typed_date(request.POST.get("due", ""))
    or_refuse(None if 0 < len(what) <= _LONGEST else Reason("Say in one line what will be done."))
    for_whom = [uri for uri in request.POST.getlist("for") if uri in work.institutions]
    record, _hash, item = request.POST.get("from", "").partition("#")
    origin = [{"id": "q", "record": record, **({"item": item} if item else {})}] if _is_question(there, record) else []
    recorded = is_recorded(work)
    content = {
        **part_content(work, kind=FOLLOW_UP, institution=me.institution),
        "title": {active_reader().tag: what},
        **({"for_whom": for_whom} if for_whom else {}),
        **({"due": due} if due else {}),
        **({"grew_out_of": origin} if origin else {}),
    }
    name = f"{name_in(work, me.institution)}-{token_hex(2)}"
    begin_draft(request, me, record=mint(me.institution, FOLLOW_UP, name), content=content)
    if recorded:
        messages.info(request, _("This is stated by your institution today, not recorded from a source."))
    return ""


def _is_question(there: ResultsWork, record: str) -> bool:
    return any(text.record == record and text.kind == "questions" and text.current for text in there.every)


def _done(request: HttpRequest, me: CurrentUser, there: ResultsWork) -> str:
    """Ours was done on a day: the draft of its next version says so."""
    done = _typed_date(request.POST.get("done", "")) or clock.today().isoformat()
    _next_version(request, me, _ours(request, me, there), {"done": done, "ended": None})
    return ""


def _give_up(request: HttpRequest, me: CurrentUser, there: ResultsWork) -> str:
    """Ours is given up, and why: the draft of its next version says so."""
    why = clean.line(request.POST.get("why", ""))
    or_refuse(None if why else Reason("Say why it is given up."))
    _next_version(request, me, _ours(request, me, there), {"ended": {active_reader().tag: why}, "done": None})
    return ""


def _make(request: HttpRequest, me: CurrentUser, there: ResultsWork) -> str:
    """An outcome or a service begun from ours, which names it in its next version; never the other way."""
    kind, promise = request.POST.get("kind", ""), _ours(request, me, there)
    if kind not in MADE:
        raise Refused(Reason("Choose the kind of record."))
    or_refuse(roles.may_draft(role=me.role, kind=kind))
    record = name_of_new(me, kind, f"{name_in(there.work, me.institution)}-{token_hex(2)}")
    number = begin_draft(request, me, record=record, content=_made(kind, me, there, promise))
    draft = _next_draft(request, me, promise)
    named = [each for each in draft.content.get("led_to") or () if isinstance(each, dict)]
    place = next(f"r{n}" for n in range(1, len(named) + 2) if f"r{n}" not in {each.get("id") for each in named})
    _save(me, draft, {"led_to": [*named, {"id": place, "record": record}]})
    return _form(number)


def _made(kind: str, me: CurrentUser, there: ResultsWork, promise: ShownPromise) -> dict[str, Any]:
    """What the outcome or service says first: of what is private nothing but its words."""
    title = {"title": promise.title.as_json()} if promise.title else {}
    others = [uri for uri in promise.for_whom if uri != me.institution]
    done = {"date" if kind == "outcome" else "since": str(promise.done)} if promise.done else {}
    if kind == "service":
        receivers = {"receivers": others} if others else {}
        return {"kind": kind, **title, "providers": [me.institution], **receivers, **done}
    plan = there.work.plan
    # An outcome is public: it names the exchange only where readers may read that.
    grew = {"grew_out_of": [{"id": "e", "record": there.work.uri}]} if plan and plan.public else {}
    whose = {"kept_by": me.institution, "stated_by": me.institution, "concerns": [me.institution, *others]}
    return {"kind": kind, **title, **whose, **grew, **done}


def _ours(request: HttpRequest, me: CurrentUser, there: ResultsWork) -> ShownPromise:
    promise = there.promise(request.POST.get("record", ""))
    if promise is None or promise.text.institution != me.institution:
        raise Refused(_NO_SUCH)
    or_refuse(roles.may_draft(role=me.role, kind=FOLLOW_UP))
    return promise


def _next_version(request: HttpRequest, me: CurrentUser, promise: ShownPromise, says: Mapping[str, Any]) -> None:
    _save(me, _next_draft(request, me, promise), says)


def _next_draft(request: HttpRequest, me: CurrentUser, promise: ShownPromise) -> Drafted:
    """Our draft of a follow-up: the one that is there, else one of its next version."""
    if promise.text.draft and promise.text.draft.institution == me.institution:
        return promise.text.draft
    return draft_for(me, begin_from_record(request, me, promise.text.record))


def _save(me: CurrentUser, draft: Drafted, says: Mapping[str, Any]) -> None:
    content = {**draft.content, **says}
    kept = {name: value for name, value in content.items() if value is not None}
    actions.save(draft=draft.id, content=kept, seen=draft.edition, by=me.username, at=clock.now())


def _typed_date(typed: str) -> str:
    written = understood(clean.line(typed)) if clean.line(typed) else ""
    or_refuse(
        Reason("“%(typed)s” is not understood as a date.", typed=written) if written and not is_date(written) else None
    )
    return written


def _form(number: int) -> str:
    return reverse("desk:edit", kwargs={"number": number})


_DO: Final[Mapping[str, Callable[[HttpRequest, CurrentUser, ResultsWork], str]]] = {
    "begin": _begin,
    "promise": _promise,
    "done": _done,
    "give-up": _give_up,
    "make": _make,
}
_DONE: Final[Mapping[str, str]] = {
    "promise": N_("The follow-up was drafted; nobody else sees it until it is sent."),
    "done": N_("The draft of the next version says that it is done; send it."),
    "give-up": N_("The draft of the next version says that it is given up; send it."),
    "make": N_("Send both together. The outcome is shown with the follow-up."),
}
