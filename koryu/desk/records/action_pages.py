"""The acts on a record: each on a page that shows exactly what it is done on, and done on exactly that."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.rules.permissions import Act, RecordContext, may
from koryu.consent.rules.policies import CHANGED
from koryu.desk import clock
from koryu.desk.access import SIGNED_OUT, CurrentUser, VisibleRecord, record_for, staff, typed_too_late
from koryu.desk.records import record_status as at_desk
from koryu.desk.records.pages import title_for
from koryu.desk.records.record_actions import RECORD_ACTIONS, RecordAction
from koryu.desk.render import render_page
from koryu.desk.text_input import TAGS, text_typed
from koryu.files.rules import ENDINGS
from koryu.institutions import queries as institutions
from koryu.markup.content_view import compared, read
from koryu.markup.desk_writer import draft_page, record_page
from koryu.notices import actions as notices
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import Text
from koryu.wording.languages import Reader

ALREADY: Final = N_("This was said before; nothing was said a second time.")
NO_LETTER: Final = Reason("Attach the letter or mail by which it was accepted.")


@staff
def act(request: HttpRequest, me: CurrentUser, uri: str, what: str) -> HttpResponse:
    """Show exactly what an act is to be done on; and, when that is sent back, do it on exactly that."""
    deed = RECORD_ACTIONS.get(what)
    if deed is None:
        raise Http404
    kept = typed_too_late(request)
    asked = request.POST if request.method == "POST" else kept or request.GET
    version, behalf = asked.get("version", ""), asked.get("on_behalf_of", "")
    seen = record_for(me, uri, besides=[version])
    if request.method != "POST" and not version:
        # The page that said why nothing was done, asked for anew.
        return HttpResponseRedirect(record_page(seen.uri))
    if not seen.opens(version):
        raise Http404
    if request.method != "POST":
        return _page(request, me, seen, deed, version, behalf, typed=asked, late=kept is not None)
    try:
        if _said_before(request, seen, deed, me, version, behalf):
            return _back(request, seen, ALREADY)
        return _DO[deed.act](request, me, seen, deed, version, behalf)
    except Refused as refused:
        seen = record_for(me, uri, besides=[version])
        # Somebody else of the house, or the same form sent twice, may have been quicker by a moment.
        if deed.act in _ONCE and _said_before(request, seen, deed, me, version, behalf):
            return _back(request, seen, ALREADY)
        return _page(request, me, seen, deed, version, behalf, typed=asked, refused=refused.reason)


def _accept(
    request: HttpRequest, me: CurrentUser, seen: VisibleRecord, deed: RecordAction, version: str, behalf: str
) -> HttpResponse:
    actions.accept(version=version, **_said(me, seen))
    return _back(request, seen, deed.done)


def _decline(
    request: HttpRequest, me: CurrentUser, seen: VisibleRecord, deed: RecordAction, version: str, behalf: str
) -> HttpResponse:
    actions.decline(version=version, reason=text_typed(request.POST, mine=_mine()), **_said(me, seen))
    return _back(request, seen, deed.done)


def _counter(
    request: HttpRequest, me: CurrentUser, seen: VisibleRecord, deed: RecordAction, version: str, behalf: str
) -> HttpResponse:
    _or_refuse(deed, me, seen, version)
    begun = next((one.id for one in consent.drafts_on(seen.uri) if _answers(one, me, version)), None)
    if begun is None:
        begun = actions.draft(
            content=seen.contents.get(version, {}),
            replaces=seen.history.headers[version].parent,
            answers=version,
            reason=text_typed(request.POST, mine=_mine()),
            **_said(me, seen),
        )
    messages.success(request, _(deed.done))
    return HttpResponseRedirect(draft_page(begun))


def _answers(draft: consent.Drafted, me: CurrentUser, version: str) -> bool:
    return draft.institution == me.institution and draft.answers == version and not draft.sent


def _withdraw(
    request: HttpRequest, me: CurrentUser, seen: VisibleRecord, deed: RecordAction, version: str, behalf: str
) -> HttpResponse:
    actions.withdraw(version=version, **_said(me, seen))
    return _back(request, seen, deed.done)


def _letter(
    request: HttpRequest, me: CurrentUser, seen: VisibleRecord, deed: RecordAction, version: str, behalf: str
) -> HttpResponse:
    _or_refuse(deed, me, seen, version, behalf)
    letter = request.FILES.get("letter")
    if letter is None:
        raise Refused(NO_LETTER)
    actions.accept_with_letter(
        on_behalf_of=behalf,
        name=letter.name or "",
        # One byte more than is kept tells that there is too much; the rest need not be read.
        body=letter.read(settings.FILE_SIZE + 1),
        version=version,
        **_said(me, seen),
    )
    return _back(request, seen, deed.done)


def _check(
    request: HttpRequest, me: CurrentUser, seen: VisibleRecord, deed: RecordAction, version: str, behalf: str
) -> HttpResponse:
    _still_stands(seen, version)
    actions.check(version=version, note=_note(request), **_said(me, seen))
    return _back(request, seen, deed.done)


def _differ(
    request: HttpRequest, me: CurrentUser, seen: VisibleRecord, deed: RecordAction, version: str, behalf: str
) -> HttpResponse:
    _still_stands(seen, version)
    actions.account_differs(version=version, note=text_typed(request.POST, mine=_mine()), **_said(me, seen))
    return _back(request, seen, deed.done)


def _erase(
    request: HttpRequest, me: CurrentUser, seen: VisibleRecord, deed: RecordAction, version: str, behalf: str
) -> HttpResponse:
    requested = bool(request.POST.get("requested"))
    actions.erase(shown=version, at_request_of_named=requested, forgetting=[notices.forget], **_said(me, seen))
    return _back(request, seen, deed.done)


_ONCE: Final = frozenset({Act.ACCEPT, Act.DECLINE, Act.WITHDRAW, Act.LETTER, Act.ERASE})
_DO: Final[Mapping[Act, Callable[[HttpRequest, CurrentUser, VisibleRecord, RecordAction, str, str], HttpResponse]]] = {
    Act.ACCEPT: _accept,
    Act.DECLINE: _decline,
    Act.COUNTER: _counter,
    Act.WITHDRAW: _withdraw,
    Act.LETTER: _letter,
    Act.CHECK: _check,
    Act.DIFFER: _differ,
    Act.ERASE: _erase,
}


def _or_refuse(deed: RecordAction, me: CurrentUser, seen: VisibleRecord, version: str, behalf: str = "") -> None:
    """Ask before what no verb asks: before a draft is begun, and before a file is read."""
    if refusal := _refusal(deed, me, seen, version, behalf):
        raise Refused(refusal)


def _refusal(deed: RecordAction, me: CurrentUser, seen: VisibleRecord, version: str, behalf: str) -> Reason | None:
    keyed = institutions.with_key([behalf]) if behalf else frozenset()
    place = RecordContext(kind=seen.kind, history=seen.history, version=version, keyed=keyed)
    return may(deed.act, me.speaker(), place, on_behalf_of=behalf)


def _said(me: CurrentUser, seen: VisibleRecord) -> dict[str, Any]:
    return {"institution": me.institution, "record": seen.uri, "by": me.username, "at": clock.now()}


def _note(request: HttpRequest) -> Text | None:
    """What was typed, where anything was."""
    said = any(request.POST.get(f"text-{tag}", "").strip() for tag in TAGS)
    return text_typed(request.POST, mine=_mine()) if said else None


def _still_stands(seen: VisibleRecord, version: str) -> None:
    """A remark is on what stands: whoever makes one has seen it."""
    if version != seen.history.in_force:
        raise Refused(CHANGED)


def _said_before(
    request: HttpRequest, seen: VisibleRecord, deed: RecordAction, me: CurrentUser, version: str, behalf: str
) -> bool:
    """Whether my institution has said just this already: a form sent twice, or a page gone back to."""
    if deed.act is Act.ERASE:
        return seen.history.contents <= seen.history.erased
    said = [one for one in seen.history.about(version) if one.institution == me.institution]
    if deed.act in (Act.CHECK, Act.DIFFER):
        remarks = [one for one in said if one.said in ("checked", "account differs")]
        last = remarks[-1] if remarks else None
        return last is not None and (last.said, seen.texts.get(last.text or "")) == (deed.says, _note(request))
    return any(one.said == deed.says and (one.on_behalf_of or "") == behalf for one in said)


def _back(request: HttpRequest, seen: VisibleRecord, message: str) -> HttpResponse:
    messages.success(request, _(message))
    return HttpResponseRedirect(record_page(seen.uri))


def _mine() -> str:
    return Reader(translation.get_language() or "en").tag


def _page(
    request: HttpRequest,
    me: CurrentUser,
    seen: VisibleRecord,
    deed: RecordAction,
    version: str,
    behalf: str,
    *,
    typed: Mapping[str, str],
    refused: Reason | None = None,
    late: bool = False,
) -> HttpResponse:
    """The act with exactly what it is to be done on, and the reason where it may not be done."""
    history = seen.history
    content = seen.contents.get(version)
    before = seen.contents.get(history.headers[version].parent or "")
    reading = compared(before, content) if before and deed.act is Act.ACCEPT else read(content)
    now = _now(seen, version) if refused else None
    since = compared(content, seen.contents.get(now)) if now else None
    words = at_desk.words_on(history, version) if history.is_proposal(version) else ()
    return render_page(
        request,
        me,
        "desk/act.html",
        naming={
            *{seen.uri, behalf, *reading.named, *(since.named if since else ())},
            *history.headers[version].owners,
            *(word.institution for word in words),
        },
        status=409 if refused else 200,
        seen=seen,
        title=title_for(seen),
        deed=deed,
        version=version,
        named=at_desk.named(history, version),
        behalf=behalf,
        reading=reading,
        changes=before is not None and deed.act is Act.ACCEPT,
        words_on=words,
        hosts=tuple((content or {}).get("hosts", ())),
        refused=refused,
        signed_out=SIGNED_OUT if late else None,
        reason_why=_refusal(deed, me, seen, version, behalf),
        since=since,
        now=at_desk.named(history, now) if now else None,
        typed={tag: typed.get(f"text-{tag}", "") for tag in TAGS},
        endings=ENDINGS,
        most=settings.FILE_SIZE // (1024 * 1024),
    )


def _now(seen: VisibleRecord, version: str) -> str | None:
    """What is to be looked at instead of a version that is no longer open, where that is something else."""
    history = seen.history
    if history.is_open(version):
        return None
    latest = next(iter(history.open_versions), history.in_force)
    return latest if latest != version and latest in seen.contents else None
