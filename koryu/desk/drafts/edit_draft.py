"""Typing: the page on which a draft is changed, and what its script asks while somebody types."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.queries import Drafted
from koryu.consent.rules.permissions import DraftAct, may_with_draft
from koryu.desk import clock
from koryu.desk.access import CurrentUser, draft_for, own_draft_for, place_of, staff
from koryu.desk.kept_text import forget_what_was_typed, typed_meanwhile
from koryu.desk.render import render_page
from koryu.desk.text_input import TAGS, text_so_far
from koryu.files.actions import bring_upload
from koryu.institutions.rules import called
from koryu.markup.content_view import compared
from koryu.records.schema import FieldType
from koryu.search.entries import Filters
from koryu.sheets import layout, operations
from koryu.sheets.boxes import Sheet, sheet_of
from koryu.sheets.errors import Wrong, wrong_in
from koryu.sheets.parse import content_of, is_date, understood
from koryu.values.edtf import Edtf
from koryu.values.moments import local
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words
from koryu.wording.titles import title_of

_JSON: Final = "application/json"
# Looking for a record costs a search; of many that are looked for at once, the rest wait for the next time.
_MOST_SOUGHT: Final = 6
_MOST_OFFERED: Final = 8


@dataclass(frozen=True, kw_only=True)
class _Typed:
    """What somebody typed into the form of a draft: from which edition, and what the button was.

    `because` is why what a counter-proposal answers is not taken up.
    """

    content: dict[str, Any]
    because: dict[str, str]
    seen: int
    act: str
    path: str

    @classmethod
    def of(cls, draft: Drafted, posted: QueryDict) -> "_Typed":
        act, colon, path = posted.get("do", "").partition(":")
        content, seen = content_of(draft.kind, dict(posted.lists())), _number(posted.get("edition", ""))
        if act in operations.ACTS and colon:
            content = operations.changed(content, act, path, seed=f"{draft.id}:{seen}", tag=_tag())
        because = text_so_far(posted, before=draft.reason or {}, mine=_tag())
        return cls(content=content, because=because, seen=seen, act=act, path=path)


@staff
def edit(request: HttpRequest, me: CurrentUser, /, number: int) -> HttpResponse:
    """Change a draft: what is typed is saved as it is, finished or not."""
    draft = own_draft_for(me, number)
    if not _may_type(me, draft):
        raise Http404
    if request.method == "POST":
        return _posted(request, me, draft)
    kept = typed_meanwhile(request)
    if kept is None:
        return _page(request, me, draft, draft.content, draft.reason or {}, seen=draft.edition)
    typed = _Typed.of(draft, kept)
    return _page(request, me, draft, typed.content, typed.because, seen=typed.seen or draft.edition, unsaved=True)


@staff
@require_safe
def suggest(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """Records of some kinds whose names go on from what was typed, in any script."""
    typed, kinds = request.GET.get("q", ""), tuple(request.GET.get("kinds", "").split())
    try:
        found = [
            one.uri
            for one in archive.suggested(typed, reader=_tag(), asking=me.institution)
            if not kinds or one.kind in kinds
        ]
    except Refused:
        found = []
    own = _own_drafts(me)
    uris = tuple(dict.fromkeys((*found, *_found(typed, kinds, own, me=me))))[:_MOST_OFFERED]
    titles = {**{uri: own[uri].title for uri in uris if uri in own}, **_titles(uris, me)}
    named = [(uri, titles[uri].shown(_tag())) for uri in uris if uri in titles]
    return JsonResponse(
        {"suggestions": [{"record": uri, "text": title.text, "lang": title.lang} for uri, title in named]}
    )


@staff
@require_safe
def echo(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """How a date that was typed is understood, or why it is not."""
    typed = request.GET.get("q", "").strip()
    value = understood(typed)
    if is_date(value):
        return JsonResponse({"date": value, "words": date_in_words(Edtf(value), _slug())})
    why = wrong_in("institution", {"kind": "institution", "founded": value}).get("founded", ()) if value else ()
    return JsonResponse({"wrong": " ".join(one.in_words(translation.gettext) for one in why)})


def _posted(request: HttpRequest, me: CurrentUser, draft: Drafted) -> HttpResponse:
    typed = _Typed.of(draft, request.POST)
    if typed.act == "forget":
        forget_what_was_typed(request)
        return HttpResponseRedirect(reverse("desk:edit", kwargs={"number": draft.id}))
    content, refused_files = _with_files(request, me, draft, typed.content)
    seen = _number(typed.path) if typed.act == "over" else typed.seen
    because = typed.because if _says_why(me, draft) else None
    try:
        edition = actions.save(
            draft=draft.id, content=content, seen=seen, by=me.username, at=clock.now(), reason=because
        )
    except Refused as refused:
        # The same form sent twice, or sent again from the page before, says nothing new.
        if draft.content != content or draft.sent or because not in (None, draft.reason or {}):
            return _not_saved(request, me, draft, replace(typed, content=content), refused.reason)
        edition = draft.edition
    forget_what_was_typed(request)
    if refused_files:
        now = draft_for(me, draft.id)
        return _page(request, me, now, content, typed.because, seen=edition, files=refused_files, status=409)
    return _saved(request, me, draft_for(me, draft.id), typed)


def _saved(request: HttpRequest, me: CurrentUser, draft: Drafted, typed: _Typed) -> HttpResponse:
    if _wants_json(request):
        form = _form(me, draft, draft.content)
        wrong = {box.path: [_in_words(one) for one in box.wrong] for box in form.every() if box.wrong}
        return JsonResponse({"edition": draft.edition, "saved": _saved_at(me, draft), "wrong": wrong})
    if typed.act == "done":
        return HttpResponseRedirect(reverse("desk:draft", kwargs={"number": draft.id}))
    if typed.act not in operations.ACTS:
        messages.success(request, _("The draft was saved."))
    place = f"#f-{typed.path}" if typed.act in operations.ACTS else ""
    return HttpResponseRedirect(reverse("desk:edit", kwargs={"number": draft.id}) + place)


def _not_saved(request: HttpRequest, me: CurrentUser, draft: Drafted, typed: _Typed, reason: Reason) -> HttpResponse:
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
    seen: int,
    files: Wrong | None = None,
    theirs: Drafted | None = None,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    form = _form(me, draft, content, files=files or {})
    own = _own_drafts(me)
    offered = {box.path: _found(box.typed, box.field.kinds, own, me=me) for box in form.sought[:_MOST_SOUGHT]}
    overtaken = theirs is not None and theirs.edition != seen and not theirs.sent
    beside = compared(theirs.content, content) if theirs and overtaken else None
    naming = {*form.named, *(uri for uris in offered.values() for uri in uris), *(beside.named if beside else ())}
    return render_page(
        request,
        me,
        "desk/edit.html",
        naming=naming,
        status=status,
        draft=draft,
        title=title_of(content),
        form=form,
        because={tag: because.get(tag, "") for tag in TAGS} if _says_why(me, draft) else None,
        offered=offered,
        own_drafts={uri: one.title for uri, one in own.items()},
        beside=beside,
        seen=seen,
        words_only=_words_only(me, draft),
        saved_at=_saved_at(me, draft),
        problem=shown.get("problem"),
        unsaved=shown.get("unsaved", False),
        offered_languages=layout.OFFERED,
        file_size=str(settings.FILE_SIZE // 1024 // 1024),
    )


def _form(me: CurrentUser, draft: Drafted, content: Mapping[str, Any], *, files: Wrong | None = None) -> Sheet:
    wrong = {**wrong_in(draft.kind, content), **(files or {})}
    if draft.edition == 1 and content == draft.content:
        # Nobody has typed anything yet: what is still empty is nobody's mistake.
        wrong = {path: why for path, why in wrong.items() if operations.value_at(content, path) not in _NOTHING}
    slug = _slug()
    return sheet_of(
        draft.kind,
        content,
        wrong=wrong,
        tag=_tag(),
        in_words=lambda date: date_in_words(date, slug),
        words_only=_words_only(me, draft),
    )


def _with_files(
    request: HttpRequest, me: CurrentUser, draft: Drafted, content: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, tuple[Reason, ...]]]:
    """The content with the files that came with the form in their places, and those that are not taken, with why."""
    wrong: dict[str, tuple[Reason, ...]] = {}
    if _words_only(me, draft) or not request.FILES:
        return content, wrong
    places = {box.path for box in _form(me, draft, content).every() if box.looks == FieldType.FILE}
    for path in places:
        uploaded = next(iter(request.FILES.getlist(f"{path}:file")), None)
        if uploaded is None:
            continue
        try:
            kept = _kept(uploaded, me, draft, before=operations.value_at(content, path))
            content = operations.with_value(content, path, kept)
        except Refused as refused:
            wrong[path] = (refused.reason,)
    return content, wrong


def _kept(uploaded: "UploadedFile[Any]", me: CurrentUser, draft: Drafted, *, before: Any) -> dict[str, Any]:
    most = settings.FILE_SIZE
    # What is too large is not read at all: one byte too many says so.
    body = uploaded.read(most + 1)
    kept = bring_upload(
        name=str(uploaded.name),
        body=body,
        most=most,
        institution=draft.institution,
        record=draft.record,
        draft=draft.id,
        by=me.username,
        at=clock.now(),
    )
    file = {"name": kept.name, "digest": kept.digest, "media_type": kept.media_type, "size": kept.size}
    return {"id": before["id"] if isinstance(before, Mapping) else f"f{kept.digest[7:13]}", **file}


# What a control holds into which nothing was typed.
_NOTHING: Final[tuple[Any, ...]] = (None, "", [], {})


@dataclass(frozen=True)
class _Own:
    """A record that is drafted here and stands nowhere yet: others that are drafted with it name it."""

    kind: str
    title: Text


def _own_drafts(me: CurrentUser) -> dict[str, _Own]:
    begun = ((one, title_of({"title": one.title})) for one in consent.begun_by(me.institution))
    return {one.record: _Own(one.kind, title) for one, title in begun if title}


def _titles(uris: Iterable[str], me: CurrentUser) -> dict[str, Text]:
    return {uri: line.title for uri, line in archive.lines_named(uris, asking=me.institution).items()}


def _drafted(typed: str, kinds: tuple[str, ...], own: Mapping[str, _Own]) -> Iterator[str]:
    for uri, draft in own.items():
        if (not kinds or draft.kind in kinds) and any(
            typed.casefold() in form.casefold() for form in draft.title.forms.values()
        ):
            yield uri


def _found(typed: str, kinds: tuple[str, ...], own: Mapping[str, _Own], *, me: CurrentUser) -> tuple[str, ...]:
    """What is found for what was typed: our own drafts first, then what stands."""
    typed = typed.strip()
    if not typed:
        return ()
    try:
        found = archive.found(typed, reader=_tag(), asking=me.institution, filters=Filters(kind=kinds))
    except Refused:
        return tuple(_drafted(typed, kinds, own))
    stands = (hit.uri for hit in found.hits or found.near)
    return tuple(dict.fromkeys((*_drafted(typed, kinds, own), *stands)))[:_MOST_OFFERED]


def _may_type(me: CurrentUser, draft: Drafted) -> bool:
    speaker, place = me.speaker(), place_of(me, draft)
    return any(may_with_draft(act, speaker, place) is None for act in (DraftAct.CHANGE, DraftAct.TRANSLATE))


def _words_only(me: CurrentUser, draft: Drafted) -> bool:
    return may_with_draft(DraftAct.CHANGE, me.speaker(), place_of(me, draft)) is not None


def _says_why(me: CurrentUser, draft: Drafted) -> bool:
    """Whether somebody says why something else is not taken up: whoever drafts what is to stand in its place."""
    return bool(draft.answers) and not _words_only(me, draft)


def _saved_at(me: CurrentUser, draft: Drafted) -> str:
    there = local(draft.changed_at, _tag())
    return _("Saved on %(day)s at %(hour)s (%(zone)s) by %(by)s.") % {
        "day": date_in_words(Edtf(there.day), _slug()),
        "hour": there.hour,
        "zone": _(there.zone),
        "by": called(draft.changed_by, me.names, translate=_),
    }


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == _JSON


def _in_words(reason: Reason) -> str:
    return reason.in_words(translation.gettext)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def _slug() -> str:
    return translation.get_language() or "en"


def _tag() -> str:
    return LANGUAGES[_slug()][0]
