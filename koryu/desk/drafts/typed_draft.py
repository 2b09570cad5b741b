"""What somebody typed into the form of a draft, as a content; the form of a content; and who may type what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from koryu.consent.queries import Drafted
from koryu.consent.rules.permissions import DraftAct, may_with_draft
from koryu.desk import clock
from koryu.desk.access import CurrentUser, place_of
from koryu.desk.text_input import number_typed, text_so_far
from koryu.files.actions import bring_upload
from koryu.records.schema import FieldType
from koryu.sheets import operations
from koryu.sheets.boxes import Sheet, sheet_of
from koryu.sheets.errors import Wrong, wrong_in
from koryu.sheets.parse import content_of
from koryu.values.reason import Reason, Refused
from koryu.wording.languages import active_reader
from koryu.wording.messages import date_in_words

# What a control holds into which nothing was typed.
_NOTHING: Final[tuple[Any, ...]] = (None, "", [], {})


@dataclass(frozen=True, kw_only=True)
class TypedDraft:
    """What somebody typed into the form of a draft: from which edition, and what the button was.

    `because` is why what a counter-proposal answers is not taken up.
    """

    content: dict[str, Any]
    because: dict[str, str]
    seen: int
    act: str
    path: str

    @classmethod
    def of(cls, draft: Drafted, posted: QueryDict) -> "TypedDraft":
        act, colon, path = posted.get("do", "").partition(":")
        content, seen = content_of(draft.kind, dict(posted.lists())), number_typed(posted.get("edition", ""))
        if act in operations.ACTS and colon:
            content = operations.changed(content, act, path, seed=f"{draft.id}:{seen}", tag=active_reader().tag)
        because = text_so_far(posted, before=draft.reason or {}, mine=active_reader().tag)
        return cls(content=content, because=because, seen=seen, act=act, path=path)


def sheet_for(me: CurrentUser, draft: Drafted, content: Mapping[str, Any], *, files: Wrong | None = None) -> Sheet:
    wrong = {**wrong_in(draft.kind, content), **(files or {})}
    if draft.edition == 1 and content == draft.content:
        # Nobody has typed anything yet: what is still empty is nobody's mistake.
        wrong = {path: why for path, why in wrong.items() if operations.value_at(content, path) not in _NOTHING}
    slug = active_reader().slug
    return sheet_of(
        draft.kind,
        content,
        wrong=wrong,
        tag=active_reader().tag,
        in_words=lambda date: date_in_words(date, slug),
        words_only=words_only(me, draft),
    )


def with_files(
    request: HttpRequest, me: CurrentUser, draft: Drafted, content: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, tuple[Reason, ...]]]:
    """The content with the files that came with the form in their places, and those that are not taken, with why."""
    wrong: dict[str, tuple[Reason, ...]] = {}
    if words_only(me, draft) or not request.FILES:
        return content, wrong
    places = {box.path for box in sheet_for(me, draft, content).every() if box.looks == FieldType.FILE}
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


def may_type(me: CurrentUser, draft: Drafted) -> bool:
    speaker, place = me.speaker(), place_of(me, draft)
    return any(may_with_draft(act, speaker, place) is None for act in (DraftAct.CHANGE, DraftAct.TRANSLATE))


def words_only(me: CurrentUser, draft: Drafted) -> bool:
    return may_with_draft(DraftAct.CHANGE, me.speaker(), place_of(me, draft)) is not None


def says_why(me: CurrentUser, draft: Drafted) -> bool:
    """Whether somebody says why something else is not taken up: whoever drafts what is to stand in its place."""
    return bool(draft.answers) and not words_only(me, draft)
