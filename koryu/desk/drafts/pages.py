"""The pages of drafts: the list, one draft as the record will read, and what is done with it until it is sent."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from pydantic import ValidationError

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.queries import Drafted
from koryu.consent.rules.permissions import DraftAct, may_with_draft
from koryu.desk import clock
from koryu.desk.access import CurrentUser, draft_for, own_draft_for, place_of, staff
from koryu.desk.approval_view import approval_view
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.desk.todo.tasks import may_speak, named_in
from koryu.desk.visible_record import takes_part
from koryu.institutions import rules as roles
from koryu.markup.content_view import compared, read
from koryu.sheets.errors import wrong_in
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.titles import title_of

Posted = Mapping[str, Any]
UNFINISHED: Final = Reason("The draft is not finished: what is missing is listed below.")
_DONE: Final[Mapping[str, str]] = {
    "submit": N_("The draft was submitted for approval."),
    "pass-on": N_("The draft was passed on to the next step."),
    "send": N_("The draft was sent."),
    "approve": N_("The draft was approved and sent."),
    "return": N_("The draft was returned with your remark."),
    "share": N_("The draft is now shared with the partners named in it. It is not binding."),
    "unshare": N_("The draft is no longer shared with partners."),
    "comment": N_("Your comment was added to the draft."),
    "note": N_("The note was saved; only your institution sees it."),
    "take-up": N_("The draft is now based on the current version."),
}


@staff
@require_safe
def drafts(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """Our drafts, and those that partners show us, the one changed last coming first."""
    unsent = consent.drafts_for(me.institution)
    shared = [draft for draft in unsent if draft.institution != me.institution]
    return render_page(
        request,
        me,
        "desk/drafts.html",
        naming={uri for draft in unsent for uri in (draft.institution, *named_in(draft.content))},
        ours=[(draft, title_of(draft.content)) for draft in unsent if draft.institution == me.institution],
        shared=[(draft, title_of(draft.content)) for draft in shared],
        partners={draft.id: named_in(draft.content) - {me.institution} for draft in unsent},
        may_begin=_may_begin(me),
    )


@staff
@require_safe
def draft(request: HttpRequest, me: CurrentUser, /, number: int) -> HttpResponse:
    """A draft as the record will read, with what it replaces beside it, and what can be done with it."""
    return _page(request, me, draft_for(me, number))


@staff
def act(request: HttpRequest, me: CurrentUser, /, number: int, act: str) -> HttpResponse:
    """Do one thing with a draft. What is approved or sent is exactly what was shown."""
    if act not in _ACTS:
        raise Http404
    # A partner who is shown a draft says something of it, and no more.
    draft = draft_for(me, number) if act in ("comment", "note") else own_draft_for(me, number)
    if request.method != "POST":
        # Sent here after signing in, or by a page that was loaded anew.
        kept = typed_too_late(request)
        if kept is None:
            return HttpResponseRedirect(reverse("desk:draft", kwargs={"number": number}))
        return _page(request, me, draft, problem=SIGNED_OUT, typed={act: kept})
    try:
        _ACTS[act](me, draft, request.POST)
    except Refused as refused:
        return _page(request, me, draft_for(me, number), problem=refused.reason, typed={act: request.POST}, status=409)
    except ValidationError:
        return _page(request, me, draft_for(me, number), problem=UNFINISHED, typed={act: request.POST}, status=409)
    messages.success(request, _(_DONE[act]))
    return HttpResponseRedirect(reverse("desk:draft", kwargs={"number": number}))


@staff
def discard(request: HttpRequest, me: CurrentUser, /, number: int) -> HttpResponse:
    """Throw a draft away, after it was asked once whether that is meant."""
    draft = own_draft_for(me, number)
    if request.method != "POST":
        refusal = may_with_draft(DraftAct.DISCARD, me.speaker(), place_of(me, draft))
        return render_page(
            request, me, "desk/discard.html", draft=draft, title=title_of(draft.content), refusal=refusal
        )
    try:
        actions.discard(draft=number, by=me.username, at=clock.now())
    except Refused as refused:
        return _page(request, me, draft, problem=refused.reason, status=409)
    messages.success(request, _("The draft was deleted."))
    return HttpResponseRedirect(reverse("desk:drafts"))


def _page(
    request: HttpRequest,
    me: CurrentUser,
    draft: Drafted,
    *,
    problem: Reason | None = None,
    typed: Mapping[str, Posted] | None = None,
    status: int = 200,
) -> HttpResponse:
    stands, replaced, in_force = _stands(me, draft)
    reading = read(draft.content)
    against = compared(stands, draft.content) if stands is not None else None
    overtaken = in_force != draft.replaces and not draft.sent and draft.institution == me.institution
    meanwhile = compared(replaced, stands) if overtaken and stands is not None and replaced is not None else None
    speaker, place = me.speaker(), place_of(me, draft)
    may = {str(action.name): may_with_draft(action, speaker, place) for action in DraftAct}
    beside = [view for view in (reading, against, meanwhile) if view]
    said = consent.said_beside(draft, institution=me.institution)
    ours, waiting = draft.institution == me.institution, draft.waiting
    return render_page(
        request,
        me,
        "desk/draft.html",
        naming={
            draft.institution,
            *(remark.institution for remark in said),
            *(uri for view in beside for uri in view.named),
        },
        status=status,
        draft=draft,
        title=title_of(draft.content),
        ours=ours,
        approval=approval_view(me, waiting.steps, since=waiting.since) if ours and waiting else None,
        steps=consent.approval_steps(me.institution) if ours and not waiting and not draft.sent else (),
        reading=reading,
        against=against,
        overtaken=overtaken,
        meanwhile=meanwhile,
        may=may,
        may_note=roles.may_note(role=me.role),
        speaks=may_speak(speaker, draft.kind),
        wrong=wrong_in(draft.kind, draft.content),
        said=said,
        problem=problem,
        typed={"remark": "", "comment": "", "note": "", **_typed(typed or {})},
    )


def _stands(me: CurrentUser, draft: Drafted) -> tuple[dict[str, Any] | None, dict[str, Any] | None, str]:
    """What stands on the record, what the draft was made from, and the version that stands; in two queries."""
    history = consent.history(draft.record)
    in_force = history.in_force or ""
    # A partner who is shown a draft is not by that shown what it replaces.
    if draft.institution != me.institution and not takes_part(me.institution, history):
        return None, None, draft.replaces
    headers = {
        version: history.headers[version] for version in {in_force, draft.replaces} if version in history.headers
    }
    contents = consent.contents_of(headers) if headers else {}
    return contents.get(in_force), contents.get(draft.replaces), in_force


def _typed(posted: Mapping[str, Posted]) -> dict[str, str]:
    """What was typed into each box, by the act it was typed for: a note never comes to stand where a comment does."""
    boxes = {"return": ("remark", "remark"), "comment": ("comment", "text"), "note": ("note", "text")}
    return {boxes[act][0]: str(form.get(boxes[act][1], "")) for act, form in posted.items() if act in boxes}


def _may_begin(me: CurrentUser) -> Reason | None:
    """Whether somebody begins drafts of any kind: a contributor does, of papers."""
    return roles.may_draft(role=me.role, kind="paper")


def _submit(me: CurrentUser, draft: Drafted, posted: Posted) -> None:
    actions.submit(draft=draft.id, shown=_shown(draft, posted), by=me.username, at=clock.now())


def _send(me: CurrentUser, draft: Drafted, posted: Posted) -> None:
    actions.send(draft=draft.id, shown=_shown(draft, posted), by=me.username, at=clock.now())


def _pass_on(me: CurrentUser, draft: Drafted, posted: Posted) -> None:
    actions.pass_on(draft=draft.id, shown=_shown(draft, posted), by=me.username, at=clock.now())


def _approve(me: CurrentUser, draft: Drafted, posted: Posted) -> None:
    actions.approve(
        draft=draft.id,
        shown=_shown(draft, posted),
        by=me.username,
        at=clock.now(),
        taking_over=posted.get("over") == "1",
    )


def _return(me: CurrentUser, draft: Drafted, posted: Posted) -> None:
    actions.return_(
        draft=draft.id,
        shown=_shown(draft, posted),
        remark=str(posted.get("remark", "")).strip(),
        by=me.username,
        at=clock.now(),
        taking_over=posted.get("over") == "1",
    )


def _share(me: CurrentUser, draft: Drafted, posted: Posted) -> None:
    actions.share(draft=draft.id, by=me.username, at=clock.now())


def _unshare(me: CurrentUser, draft: Drafted, posted: Posted) -> None:
    actions.unshare(draft=draft.id, by=me.username, at=clock.now())


def _comment(me: CurrentUser, draft: Drafted, posted: Posted) -> None:
    text = str(posted.get("text", ""))
    actions.comment(draft=draft.id, institution=me.institution, text=text, by=me.username, at=clock.now())


def _note(me: CurrentUser, draft: Drafted, posted: Posted) -> None:
    means = "telephone" if posted.get("means") == "telephone" else "note"
    text = str(posted.get("text", ""))
    actions.note(
        institution=me.institution, record=draft.record, means=means, text=text, by=me.username, at=clock.now()
    )


def _take_up(me: CurrentUser, draft: Drafted, posted: Posted) -> None:
    actions.take_up(draft=draft.id, by=me.username, at=clock.now())


def _shown(draft: Drafted, posted: Posted) -> str:
    """The digest the page displayed; of a draft that is incomplete, what is missing is said first."""
    if wrong_in(draft.kind, draft.content):
        raise Refused(UNFINISHED)
    return str(posted.get("shown", ""))


_ACTS: Final[Mapping[str, Callable[[CurrentUser, Drafted, Posted], None]]] = {
    "submit": _submit,
    "send": _send,
    "pass-on": _pass_on,
    "approve": _approve,
    "return": _return,
    "share": _share,
    "unshare": _unshare,
    "comment": _comment,
    "note": _note,
    "take-up": _take_up,
}
