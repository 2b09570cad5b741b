"""Typing: the page on which a draft is changed, and what its script asks while somebody types."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from koryu.consent import actions
from koryu.consent.queries import Drafted
from koryu.desk import clock
from koryu.desk.access import CurrentUser, draft_for, own_draft_for, staff
from koryu.desk.drafts.saved_at import saved_at
from koryu.desk.drafts.touched_words import note_touched
from koryu.desk.drafts.typed_draft import TypedDraft, may_type, says_why, sheet_for, with_files, words_only
from koryu.desk.drafts.while_typing import own_drafts, records_found
from koryu.desk.kept_text import forget_what_was_typed, typed_meanwhile
from koryu.desk.render import render_page
from koryu.desk.text_input import TAGS, number_typed
from koryu.markup.content_view import compared
from koryu.sheets import layout, operations
from koryu.sheets.errors import Wrong
from koryu.values.reason import Reason, Refused
from koryu.wording.titles import title_of

_JSON: Final = "application/json"
# Looking for a record costs a search; of many that are looked for at once, the rest wait for the next time.
_MOST_SOUGHT: Final = 6
# What an exchange is called in addresses.
_NAME: Final = re.compile(r"[\w.-]{1,200}")


@staff
def edit(request: HttpRequest, me: CurrentUser, /, number: int) -> HttpResponse:
    """Change a draft: what is typed is saved as it is, finished or not."""
    draft = own_draft_for(me, number)
    if not may_type(me, draft):
        raise Http404
    if request.method == "POST":
        return _posted(request, me, draft)
    kept = typed_meanwhile(request)
    if kept is None:
        return _page(request, me, draft, draft.content, draft.reason or {}, seen=draft.edition)
    typed = TypedDraft.of(draft, kept)
    return _page(request, me, draft, typed.content, typed.because, seen=typed.seen or draft.edition, unsaved=True)


def _posted(request: HttpRequest, me: CurrentUser, draft: Drafted) -> HttpResponse:
    typed = TypedDraft.of(draft, request.POST)
    if typed.act == "forget":
        forget_what_was_typed(request)
        return HttpResponseRedirect(reverse("desk:edit", kwargs={"number": draft.id}))
    content, refused_files = with_files(request, me, draft, typed.content)
    seen = number_typed(typed.path) if typed.act == "over" else typed.seen
    because = typed.because if says_why(me, draft) else None
    try:
        edition = actions.save(
            draft=draft.id, content=content, seen=seen, by=me.username, at=clock.now(), reason=because
        )
    except Refused as refused:
        # The same form sent twice, or sent again from the page before, says nothing new.
        if draft.content != content or draft.sent or because not in (None, draft.reason or {}):
            return _not_saved(request, me, draft, replace(typed, content=content), refused.reason)
        edition = draft.edition
    else:
        note_touched(me, draft, content)
    forget_what_was_typed(request)
    if refused_files:
        now = draft_for(me, draft.id)
        return _page(request, me, now, content, typed.because, seen=edition, files=refused_files, status=409)
    return _saved(request, me, draft_for(me, draft.id), typed)


def _saved(request: HttpRequest, me: CurrentUser, draft: Drafted, typed: TypedDraft) -> HttpResponse:
    if _wants_json(request):
        form = sheet_for(me, draft, draft.content)
        wrong = {box.path: [_in_words(reason) for reason in box.wrong] for box in form.every() if box.wrong}
        return JsonResponse({"edition": draft.edition, "saved": saved_at(me, draft), "wrong": wrong})
    if typed.act == "done":
        return HttpResponseRedirect(reverse("desk:draft", kwargs={"number": draft.id}))
    if typed.act not in operations.ACTS:
        messages.success(request, _("The draft was saved."))
    place = f"#f-{typed.path}" if typed.act in operations.ACTS else ""
    return HttpResponseRedirect(_typed_at(request, draft) + place)


def _typed_at(request: HttpRequest, draft: Drafted) -> str:
    """The page on which the form stands: that of the plan of an exchange, or its own."""
    exchange = request.POST.get("on", "")
    if draft.kind == "exchange" and _NAME.fullmatch(exchange):
        return reverse("desk:exchange-plan", kwargs={"slug": exchange})
    return reverse("desk:edit", kwargs={"number": draft.id})


def _not_saved(
    request: HttpRequest, me: CurrentUser, draft: Drafted, typed: TypedDraft, reason: Reason
) -> HttpResponse:
    """What was typed stays in the form; where somebody else was faster, with theirs and mine beside each other."""
    if _wants_json(request):
        return JsonResponse({"problem": _in_words(reason)}, status=409)
    now = draft_for(me, draft.id)
    return _page(
        request, me, now, typed.content, typed.because, seen=typed.seen, problem=reason, theirs=now, status=409
    )


def _page(
    request: HttpRequest,
    me: CurrentUser,
    draft: Drafted,
    content: Mapping[str, Any],
    because: Mapping[str, str],
    *,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    form = form_shown(me, draft, content, because, **shown)
    return render_page(request, me, "desk/edit.html", naming=form.naming, status=status, **form.variables)


@dataclass(frozen=True, kw_only=True)
class FormShown:
    """The form of a draft as a page shows it: the variables of `desk/parts/making.html`, and the records it names."""

    naming: frozenset[str]
    variables: Mapping[str, Any]


def form_shown(
    me: CurrentUser,
    draft: Drafted,
    content: Mapping[str, Any],
    because: Mapping[str, str],
    *,
    seen: int,
    files: Wrong | None = None,
    theirs: Drafted | None = None,
    problem: Reason | None = None,
    unsaved: bool = False,
    known: Container[str] = (),
) -> FormShown:
    """The form of this content of a draft, typed over its edition `seen`; where somebody else was faster, with `theirs`
    beside it. In one statement, and a search for each record that is looked for; in none where all that it names is
    `known` to be on record, and nothing is looked for."""
    form = sheet_for(me, draft, content, files=files or {})
    own = own_drafts(me) if form.sought or any(uri not in known for uri in form.named) else {}
    offered = {box.path: records_found(box.typed, box.field.kinds, own, me=me) for box in form.sought[:_MOST_SOUGHT]}
    overtaken = theirs is not None and theirs.edition != seen and not theirs.sent
    beside = compared(theirs.content, content) if theirs and overtaken else None
    return FormShown(
        naming=frozenset(
            (*form.named, *(uri for uris in offered.values() for uri in uris), *(beside.named if beside else ()))
        ),
        variables={
            "draft": draft,
            "title": title_of(content),
            "form": form,
            "because": {tag: because.get(tag, "") for tag in TAGS} if says_why(me, draft) else None,
            "offered": offered,
            "own_drafts": {uri: draft.title for uri, draft in own.items()},
            "beside": beside,
            "edition": seen,
            "words_only": words_only(me, draft),
            "saved_at": saved_at(me, draft),
            "problem": problem,
            "unsaved": unsaved,
            "offered_languages": layout.OFFERED,
            "file_size": str(settings.FILE_SIZE // 1024 // 1024),
        },
    )


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == _JSON


def _in_words(reason: Reason) -> str:
    return reason.in_words(translation.gettext)
