"""The actions on a record: each on a page that shows exactly what it is done on, and done on exactly that."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from koryu.consent.rules.permissions import Act
from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import Contact
from koryu.desk.access import CurrentUser, staff
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.records import record_status
from koryu.desk.records.do_action import AskedAction, do
from koryu.desk.records.pages import title_for
from koryu.desk.records.record_actions import RECORD_ACTIONS
from koryu.desk.render import render_page
from koryu.desk.text_input import TAGS
from koryu.desk.visible_record import VisibleRecord, record_for
from koryu.files.rules import ENDINGS
from koryu.institutions import rules as roles
from koryu.markup.content_view import compared, read
from koryu.markup.desk_writer import draft_page, record_page
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import active_reader

ALREADY: Final = N_("This was already sent. It was not sent a second time.")


@staff
def act(request: HttpRequest, me: CurrentUser, uri: str, what: str) -> HttpResponse:
    """Show exactly what an action is to be done on; and, when that is sent back, do it on exactly that."""
    action = RECORD_ACTIONS.get(what)
    if action is None:
        raise Http404
    kept = typed_too_late(request)
    typed = request.POST if request.method == "POST" else kept or request.GET
    version = typed.get("version", "")
    record = record_for(me, uri, besides=[version])
    if request.method != "POST" and not version:
        # The page that said why nothing was done, asked for anew.
        return HttpResponseRedirect(record_page(record.uri))
    if not record.opens(version):
        raise Http404
    asked = AskedAction(
        me=me,
        seen=record,
        action=action,
        version=version,
        behalf=typed.get("on_behalf_of", ""),
        typed=typed,
        language=active_reader().tag,
        letter=request.FILES.get("letter"),
    )
    if request.method != "POST":
        return _page(request, asked, late=kept is not None)
    try:
        if asked.is_done:
            return _back(request, asked, ALREADY)
        draft = do(asked)
    except Refused as refused:
        asked = replace(asked, seen=record_for(me, uri, besides=[version]))
        # Somebody else of the house, or the same form sent twice, may have been quicker by a moment.
        if not asked.may_be_repeated and asked.is_done:
            return _back(request, asked, ALREADY)
        return _page(request, asked, refused=refused.reason)
    return _back(request, asked, action.done, draft=draft)


def _back(request: HttpRequest, asked: AskedAction, message: str, *, draft: int | None = None) -> HttpResponse:
    messages.success(request, _(message))
    return HttpResponseRedirect(draft_page(draft) if draft is not None else record_page(asked.seen.uri))


def _page(
    request: HttpRequest, asked: AskedAction, *, refused: Reason | None = None, late: bool = False
) -> HttpResponse:
    """The action with exactly what it is to be done on, and the reason where it may not be done."""
    record, version = asked.seen, asked.version
    history, accepting = record.history, asked.accepts
    content = record.contents.get(version)
    before = record.contents.get(history.headers[version].parent or "")
    reading = compared(before, content) if before and accepting else read(content)
    now = _now(record, version) if refused else None
    since = compared(content, record.contents.get(now)) if now else None
    words = record_status.words_on(history, version) if history.is_proposal(version) else ()
    return render_page(
        request,
        asked.me,
        "desk/act.html",
        naming={
            *{record.uri, asked.behalf, *reading.named, *(since.named if since else ())},
            *history.headers[version].owners,
            *(word.institution for word in words),
        },
        status=409 if refused else 200,
        record=record,
        title=title_for(record),
        action=asked.action,
        version=version,
        named=record_status.named(history, version),
        behalf=asked.behalf,
        reading=reading,
        changes=before is not None and accepting,
        words_on=words,
        hosts=tuple((content or {}).get("hosts", ())),
        refused=refused,
        signed_out=SIGNED_OUT if late else None,
        reason_why=asked.refusal,
        since=since,
        now=record_status.named(history, now) if now else None,
        contacts=_contacts(asked, content or {}),
        typed={tag: asked.typed.get(f"text-{tag}", "") for tag in TAGS},
        endings=ENDINGS,
        most=settings.FILE_SIZE // (1024 * 1024),
    )


def _contacts(asked: AskedAction, content: Mapping[str, Any]) -> tuple[Contact, ...]:
    """Of a person who is to be erased, our contacts that are linked to the record or bear one of its names.

    For those who keep contacts. Those that are linked go with it; of the others somebody decides.
    """
    me = asked.me
    if asked.action.act is not Act.ERASE or content.get("kind") != "person":
        return ()
    if roles.may_keep_contacts(role=me.role):
        return ()
    names = {str(form.get("written", "")) for form in content.get("names", ())}
    return tuple(
        each
        for each in correspondence.contacts(me.institution)
        if each.person == asked.seen.uri or names & {form.written for form in each.names}
    )


def _now(record: VisibleRecord, version: str) -> str | None:
    """What is to be looked at instead of a version that is no longer open, where that is something else."""
    history = record.history
    if history.is_open(version):
        return None
    latest = next(iter(history.open_versions), history.in_force)
    return latest if latest != version and latest in record.contents else None
