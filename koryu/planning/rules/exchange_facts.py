"""What is known of an exchange to one of its institutions, gathered from what stands, is open, drafted and planned."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from koryu.archive.queries import CurrentLine
from koryu.consent.queries import Consultation, Drafted
from koryu.planning.queries import OwnRows
from koryu.planning.rules.candidates import asked_of
from koryu.planning.rules.plan_dates import dates_written
from koryu.planning.rules.replies import PartnersReply
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine
from koryu.planning.rules.status import ExchangeFacts, OpenText
from koryu.values.edtf import Edtf

_BY_LETTER = "agreed by letter"
_RECORDED = "recorded"


def facts_of(
    me: str,
    *,
    plan: CurrentLine | None,
    open_texts: Iterable[Consultation],
    drafts: Iterable[Drafted],
    shown: Iterable[Drafted],
    own: OwnRows,
    today: date,
) -> ExchangeFacts:
    """The facts of one exchange, of `plan` as it stands, of the drafts and open texts of it and of all its parts."""
    drafts, step = tuple(drafts), own.steps[0] if own.steps else None
    laid = min((draft.waiting for draft in drafts if draft.waiting), key=lambda waiting: waiting.at, default=None)
    ours = next((draft for draft in drafts if draft.kind == "exchange" and draft.shared_at), None)
    theirs = next((draft for draft in shown if draft.kind == "exchange"), None)
    planned = next((draft for draft in drafts if draft.kind == "exchange"), None)
    shown_to = tuple(uri for uri in _partners(ours) if uri != me) if ours else ()
    summary = plan.line.summary if plan else None
    return ExchangeFacts(
        me=me,
        state=summary.state if summary else "",
        when=plan.line.date if plan else None,
        postponed_to=Edtf(summary.postponed_to) if summary and summary.postponed_to else None,
        agreed_at=plan.at if plan else "",
        by_letter=plan is not None and plan.line.basis == _BY_LETTER,
        recorded=plan is not None and plan.line.basis == _RECORDED,
        public=plan is not None and plan.public,
        open=tuple(_open(text, own.replies) for text in open_texts),
        waits_since=laid.since if laid else "",
        waits_at=laid.turn.name if laid and laid.turn else None,
        shown_since=ours.shared_at if ours else theirs.shared_at if theirs else "",
        shown_to=shown_to,
        shown_by=theirs.institution if theirs and not ours else "",
        closed_at=own.closed_at,
        candidates=() if _is_taken(planned, own) else tuple(_open_candidates(own, shown_to)),
        dates_to_answer=tuple(_to_answer(me, own, ours or theirs, today)),
        next_step=step.what if step else "",
        step_who=step.who if step else "",
        step_due=step.date if step else None,
        steps_open=len(own.steps),
    )


def with_next_step(facts: ExchangeFacts, ahead: Sequence[ScheduleLine], tag: str) -> ExchangeFacts:
    """The facts with the first of the steps `ahead` as what is next, called as whoever reads the language `tag` reads
    it."""
    if not ahead:
        return facts
    first = ahead[0]
    words = first.words if isinstance(first.words, str) else first.words.shown(tag).text
    return replace(facts, next_step=words, step_due=first.due, step_who=first.who)


def _open(text: Consultation, replies: Mapping[str, PartnersReply]) -> OpenText:
    declined, reply = text.declined, replies.get(text.version)
    return OpenText(
        by=text.proposed.institution,
        at=text.proposed.at,
        awaited=text.waits_for,
        declined_by=declined.institution if declined else "",
        declined_at=declined.at if declined else "",
        wished_by=reply.by if reply else "",
        wished_at=reply.at if reply else "",
    )


def _open_candidates(own: OwnRows, shown_to: Iterable[str]) -> Iterator[tuple[date, frozenset[str]]]:
    """The first day of each of our candidate dates, and who knows of them and has not answered."""
    for candidate in own.candidates:
        yield candidate.first, (candidate.asked | frozenset(shown_to)) - candidate.answered


def _to_answer(me: str, own: OwnRows, shown: Drafted | None, today: date) -> Iterator[tuple[date, str]]:
    """The candidate dates of others for us to answer, by first day: those of whom our draft, or theirs, is shown to."""
    if shown is None:
        return
    among, planned = (*_partners(shown), shown.institution), dates_written(shown.content)
    for candidate in asked_of(me, own.known, among=among, planned=planned, today=today):
        yield candidate.first, candidate.institution


def _is_taken(draft: Drafted | None, own: OwnRows) -> bool:
    """Whether our draft has one of our candidates for its dates."""
    written = dates_written(draft.content) if draft else ()
    return any(candidate.written in written for candidate in own.candidates)


def _partners(draft: Drafted) -> tuple[str, ...]:
    listed = draft.content.get("institutions") or ()
    return tuple(uri for uri in listed if isinstance(uri, str)) if isinstance(listed, list | tuple) else ()
