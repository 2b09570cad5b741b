"""The page of a record at the desk, its texts compared, its history, and its digital check."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.consent.rules.permissions import Act, RecordContext, may
from koryu.consent.rules.statement import Statement
from koryu.consent.rules.verification import Verified, verify
from koryu.desk.access import CurrentUser, draft_for, staff
from koryu.desk.records import record_actions
from koryu.desk.records import record_status as at_desk
from koryu.desk.records.record_actions import ADDRESSES, RECORD_ACTIONS
from koryu.desk.records.record_status import Named, Offered, Word
from koryu.desk.render import render_page
from koryu.desk.visible_record import VisibleRecord, record_for
from koryu.institutions import queries as institutions
from koryu.markup.content_view import ContentView, compared, read
from koryu.publishing.export import bundle
from koryu.records.kinds import NEVER_PUBLIC
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text
from koryu.wording.titles import title_of

# The kinds that a follow-up leads to, and those that questions are asked of.
_NAMED_AMONG: Final = frozenset({"outcome", "service", "agreement", "paper", "timetable"})


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A version that is open, or was not taken up and not followed yet: `reading` alone, and `changes` to what stands.

    `may_submit` where whoever looks may not accept it, and asks the head to.
    """

    named: Named
    reading: ContentView
    changes: ContentView | None
    may_submit: bool
    hosts: tuple[str, ...]
    words: tuple[Word, ...]
    answers: Statement | None
    offered: tuple[Offered, ...]


@staff
def record(request: HttpRequest, me: CurrentUser, uri: str) -> HttpResponse:
    """One record: what stands, what is open and whose word is awaited, and what can be done about it."""
    return page_of(request, me, record_for(me, uri))


def page_of(
    request: HttpRequest,
    me: CurrentUser,
    visible: VisibleRecord,
    *,
    typed: Mapping[str, str] | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a record, with what was `typed` into it and the `problem` where something was not done."""
    uri = visible.uri
    proposals = _proposals(visible, me)
    stands = at_desk.how_it_stands(visible.history, visible.history.in_force) if visible.history.in_force else None
    reading = read(visible.standing)
    following = at_desk.what_next(visible, me=me.institution)
    remarks = at_desk.remarks_on(visible.history, stands.version) if stands else ()
    kept = consent.kept_on(uri, institution=me.institution)
    among_us = _among_institutions(visible, me)
    named = {uri, *reading.named, *_owners(visible), *(who for sentence in following for who in sentence.who)}
    named |= {said.institution for said in remarks} | {stands.said_by for _ in [stands] if stands}
    for proposal in proposals:
        named |= {*proposal.reading.named, proposal.named.by, *(word.institution for word in proposal.words)}
        named |= proposal.changes.named if proposal.changes else frozenset()
    return render_page(
        request,
        me,
        "desk/record.html",
        naming=named,
        status=status,
        record=visible,
        title=title_for(visible),
        stands=stands,
        owners=visible.history.headers[stands.version].owners if stands else (),
        reading=reading,
        proposals=proposals,
        following=following,
        remarks=remarks,
        among_us=among_us,
        kept=kept,
        offered=at_desk.offered_on_what_stands(visible.history, speaker=me.speaker()) if visible.standing else (),
        otherwise=at_desk.otherwise(visible, speaker=me.speaker()),
        next_text=_next_text(visible, me),
        actions={act: RECORD_ACTIONS[name] for act, name in ADDRESSES.items()},
        addresses=ADDRESSES,
        submit=(record_actions.SUBMIT, record_actions.SUBMIT_LEADS),
        next_text_leads=record_actions.NEXT_TEXT_LEADS,
        typed=typed or {},
        problem=problem,
    )


def _among_institutions(visible: VisibleRecord, me: CurrentUser) -> tuple[archive.Backlink, ...]:
    """What is for institutions alone and names this record, as far as mine may read it: what this grew out of, what is
    asked of it. Readers of the public page learn nothing of it."""
    if visible.kind not in _NAMED_AMONG:
        return ()
    arriving = archive.links_to(visible.uri, asking=me.institution)
    return tuple(link for link in arriving if link.source.kind in NEVER_PUBLIC)


def _next_text(visible: VisibleRecord, me: CurrentUser) -> Reason | None:
    """Why my institution may not draft a next text of this record; None where it may."""
    context = RecordContext(kind=visible.kind, history=visible.history, own_account=visible.own_account)
    return may(Act.DRAFT, me.speaker(), context)


def _proposals(visible: VisibleRecord, me: CurrentUser) -> tuple[Proposal, ...]:
    history, last = visible.history, visible.history.last_proposed
    versions = [*history.open_versions]
    if last and last not in versions and history.declined_by(last):
        versions.append(last)
    versions = [version for version in versions if visible.opens(version)]
    return tuple(
        Proposal(
            named=at_desk.named(history, version),
            reading=read(content),
            changes=compared(visible.standing, content) if visible.standing else None,
            may_submit=at_desk.may_ask_head(history, version, speaker=me.speaker()),
            hosts=tuple(content.get("hosts", ())),
            words=at_desk.words_on(history, version),
            answers=at_desk.answered(history, version),
            offered=at_desk.offered_on(history, version, speaker=me.speaker(), keyed=me.keyed)
            if history.is_open(version)
            else (),
        )
        for version in versions
        if (content := visible.contents.get(version)) is not None
    )


@staff
def compare(request: HttpRequest, me: CurrentUser, uri: str) -> HttpResponse:
    """Any two texts of a record beside each other; without a choice, the last two."""
    picked = [request.GET.get("this", ""), request.GET.get("that", "")]
    visible = record_for(me, uri, whole=True)
    history = visible.history
    versions = [version for version in history.headers if visible.opens(version) and version in visible.contents]
    drafts = [item for item in consent.kept_on(uri, institution=me.institution) if item.what == "draft"]
    if not any(picked):
        picked = _last_two(visible, versions)
    this, that = (_content(me, visible, name, versions) for name in picked)
    reading = compared(this, that)
    names = {version: at_desk.named(history, version) for version in versions}
    return render_page(
        request,
        me,
        "desk/compare.html",
        naming={uri, *reading.named, *(name.by for name in names.values())},
        record=visible,
        title=title_for(visible),
        reading=reading,
        names=names,
        drafts=drafts,
        picked=picked,
    )


def _last_two(visible: VisibleRecord, versions: list[str]) -> list[str]:
    """What an open text is to replace, or what was proposed before it, and that text; else what stood, and stands."""
    if not versions:
        raise Http404
    latest = next((version for version in reversed(versions) if visible.history.is_open(version)), versions[-1])
    before = visible.history.headers[latest].parent
    if before not in versions:
        # Nothing stood: what was proposed before it, where anything was.
        before = versions[max(versions.index(latest) - 1, 0)]
    return [before, latest]


def _content(me: CurrentUser, visible: VisibleRecord, name: str, versions: list[str]) -> Mapping[str, Any]:
    """The content of a version that may be looked at, or of a draft of ours (`draft-7`). Raises Http404."""
    if name in versions:
        return visible.contents[name]
    number = name.removeprefix("draft-")
    if name.startswith("draft-") and number.isascii() and number.isdigit() and len(number) < 16:
        draft = draft_for(me, int(number))
        if draft.record == visible.uri and draft.institution == me.institution:
            return draft.content
    raise Http404


@staff
def history(request: HttpRequest, me: CurrentUser, uri: str) -> HttpResponse:
    """What was said of a record, told in order: by whom, when, and what it led to."""
    visible = record_for(me, uri)
    statements = [said for said in visible.said if said.said not in ("keyed", "key retired")]
    names = {version: at_desk.named(visible.history, version) for version in visible.history.headers}
    return render_page(
        request,
        me,
        "desk/history.html",
        naming={
            uri,
            *(statement.institution for statement in statements),
            *(statement.on_behalf_of for statement in statements if statement.on_behalf_of),
        },
        record=visible,
        title=title_for(visible),
        story=statements,
        names=names,
        followed=_followed(visible),
    )


def _followed(visible: VisibleRecord) -> dict[str, Named]:
    """What was proposed in the place of a version that was not taken up, by that version."""
    names: dict[str, Named] = {}
    history = visible.history
    for number, said in enumerate(history.statements):
        if said.said == "declined" and said.version:
            parent = history.headers[said.version].parent
            later = (
                statement
                for statement in history.statements[number:]
                if statement.said == "proposed" and statement.header
            )
            after = next(
                (statement for statement in later if statement.header and statement.header.parent == parent), None
            )
            if after and after.version:
                names[said.version] = at_desk.named(history, after.version)
    return names


@staff
def check(request: HttpRequest, me: CurrentUser, uri: str) -> HttpResponse:
    """The digital check: what was checked, and with what result."""
    visible = record_for(me, uri)
    exported = _exported(me, visible)
    verified: Verified | None = None
    wrong: Reason | None = None
    if exported:
        try:
            verified = verify(exported, keys=institutions.keys())
        except Refused as refused:
            wrong = refused.reason
    keyed = dict(verified.keys) if verified else {}
    return render_page(
        request,
        me,
        "desk/check.html",
        naming={uri, *keyed},
        record=visible,
        title=title_for(visible),
        exported=exported,
        verified=verified,
        wrong=wrong,
        statements=sum(1 + len(entry.get("agreements", ())) for entry in exported["entries"]) if exported else 0,
    )


@staff
def proof(request: HttpRequest, me: CurrentUser, uri: str) -> HttpResponse:
    """The record as JSON with everything needed to check it elsewhere."""
    exported = _exported(me, record_for(me, uri))
    if exported is None:
        raise Http404
    return JsonResponse(
        exported,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": 'attachment; filename="record.json"', "X-Content-Type-Options": "nosniff"},
    )


def _exported(me: CurrentUser, visible: VisibleRecord) -> dict[str, Any] | None:
    """What stands and stood of what my institution may read, with its proofs; None where nothing of that ever stood."""
    try:
        return bundle(visible.uri, asking=me.institution, entries=visible.entries)
    except LookupError:
        return None


def title_for(visible: VisibleRecord) -> Text | None:
    """The title of what stands, else of what was put forward last; None where nothing is left of either."""
    contents = (visible.standing, *reversed(list(visible.contents.values())))
    return next((title for content in contents if content and (title := title_of(content))), None)


def _owners(visible: VisibleRecord) -> set[str]:
    return {owner for header in visible.history.headers.values() for owner in header.owners}
