"""Who is told what. Plain values in; nobody is told what they did themselves."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from koryu.consent.queries import Comment, Drafted, Submitted
from koryu.consent.rules.approval_steps import ApprovalStep, is_last, may_act_at
from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Statement
from koryu.institutions import rules as roles
from koryu.institutions.queries import Membership
from koryu.records.running import BY_MAIL, Running, TermState
from koryu.values.moments import day_here


class NoticeKind(StrEnum):
    """What a notice tells of."""

    LAID = "laid"
    LAID_TOGETHER = "laid together"
    AT_STEP = "at a step"
    AT_STEP_TOGETHER = "at a step together"
    RETURNED = "returned"
    RETURNED_TOGETHER = "returned together"
    APPROVED = "approved"
    APPROVED_TOGETHER = "approved together"
    SHARED = "shared"
    COMMENTED = "commented"
    PROPOSED = "proposed"
    PROPOSED_TOGETHER = "proposed together"
    ACCEPTED = "accepted"
    LETTER = "accepted by letter"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    AGREED = "agreed"
    RUNS_OUT = "runs out"
    RENEWS = "renews"
    CHANGED = "changed"
    STEPS = "steps"


# These ask somebody for something, and are true only as long as it is wanted; the others tell of what has happened.
ASKING: Final = (
    *(NoticeKind.LAID, NoticeKind.RETURNED, NoticeKind.SHARED, NoticeKind.PROPOSED),
    *(NoticeKind.AT_STEP, NoticeKind.AT_STEP_TOGETHER),
    *(NoticeKind.LAID_TOGETHER, NoticeKind.RETURNED_TOGETHER, NoticeKind.PROPOSED_TOGETHER),
    *(NoticeKind.RUNS_OUT, NoticeKind.RENEWS),
)
# As what several are told that were submitted, or sent, in one act.
TOGETHER: Final = {
    NoticeKind.LAID: NoticeKind.LAID_TOGETHER,
    NoticeKind.AT_STEP: NoticeKind.AT_STEP_TOGETHER,
    NoticeKind.RETURNED: NoticeKind.RETURNED_TOGETHER,
    NoticeKind.APPROVED: NoticeKind.APPROVED_TOGETHER,
    NoticeKind.PROPOSED: NoticeKind.PROPOSED_TOGETHER,
}
_TOLD: Final = {
    "accepted": NoticeKind.ACCEPTED,
    "accepted by letter": NoticeKind.LETTER,
    "declined": NoticeKind.DECLINED,
    "withdrawn": NoticeKind.WITHDRAWN,
    "concluded": NoticeKind.AGREED,
}


def told_of_statement(
    said: Statement,
    *,
    history: History,
    memberships: Iterable[Membership],
    drafters: frozenset[tuple[str, str]],
    by: str,
) -> Iterator[tuple[NoticeKind, Membership]]:
    """Who is told of a statement, and as what.

    Of a proposal, those who may speak for the others who must agree, and whoever drafted it; of what becomes of it,
    those of all institutions taking part who drafted it or may speak. What has passed since is not told: a proposal
    that was answered, an acceptance that made an agreement. `drafters` are (institution, username); `by` is who did it.
    """
    if said.version not in history.headers:
        return
    kind, concerned = history.headers[said.version].kind, history.must_agree(said.version)
    if said.said in ("accepted", "accepted by letter") and history.was("concluded", said.version):
        return
    waits_for = concerned - history.agreements(said.version).keys() if history.is_open(said.version) else frozenset()
    for membership in memberships:
        if membership.institution not in concerned or membership.username == by:
            continue
        drafted = (membership.institution, membership.username) in drafters
        own = membership.institution == said.institution
        if said.said == "proposed" and own and drafted:
            yield NoticeKind.APPROVED, membership
        elif said.said == "proposed" and membership.institution in waits_for and speaks(membership, kind):
            yield NoticeKind.PROPOSED, membership
        elif said.said in _TOLD and (drafted or (speaks(membership, kind) and len(concerned) > 1)):
            yield _TOLD[said.said], membership


def told_of_draft(
    draft: Drafted, memberships: Iterable[Membership], *, circle: frozenset[str], steps: Iterable[ApprovalStep], at: str
) -> Iterator[tuple[NoticeKind, Membership]]:
    """Who is told of a draft as it is: whoever is to approve it, whoever it came back to, those it is shown to.

    `circle` are the institutions it is for, once it is shown to partners; `steps` the approval steps of its own.
    """
    by_number = {step.id: step for step in steps}
    for membership in memberships:
        own = membership.institution == draft.institution
        if own and draft.waiting and draft.waiting.turn:
            if _acts_at(draft.waiting, by_number, membership, at=at):
                yield NoticeKind.LAID if is_last(draft.waiting.steps) else NoticeKind.AT_STEP, membership
        elif own and draft.waiting and speaks(membership, draft.kind) and membership.username != draft.waiting.by:
            yield NoticeKind.LAID, membership
        elif own and came_back(draft) and draft.returned and membership.username == draft.returned.by:
            yield NoticeKind.RETURNED, membership
        elif (
            not own
            and draft.shared_at
            and membership.institution in circle
            and not roles.may_share(role=membership.role)
        ):
            yield NoticeKind.SHARED, membership


def told_of_change(
    said: Statement, memberships: Iterable[Membership], *, circle: frozenset[str]
) -> Iterator[tuple[NoticeKind, Membership]]:
    """Who is told that a fixed timetable was changed: those who work for the other institutions of the exchange."""
    for membership in memberships:
        others = membership.institution in circle and membership.institution != said.institution
        if others and not roles.may_share(role=membership.role):
            yield NoticeKind.CHANGED, membership


def told_of_comment(
    said: Comment, draft: Drafted, memberships: Iterable[Membership]
) -> Iterator[tuple[NoticeKind, Membership]]:
    """Who is told of a comment on a draft: whoever began the draft or changed it last, for it is theirs to mend."""
    for membership in memberships:
        drafts = membership.institution == draft.institution and membership.username in (
            draft.begun_by,
            draft.changed_by,
        )
        if drafts and (membership.institution, membership.username) != (said.institution, said.by):
            yield NoticeKind.COMMENTED, membership


def came_back(draft: Drafted) -> bool:
    """Whether a draft was returned by somebody else, and not merely taken back because it was changed."""
    back = draft.returned
    if back is None or back.decided_by == back.by:
        return False
    return bool(back.remark) or (back.decided_by, back.decided_at) != (draft.changed_by, draft.changed_at)


def _acts_at(waiting: Submitted, steps: Mapping[int, ApprovalStep], membership: Membership, *, at: str) -> bool:
    """Whether somebody is to act at the step where a draft is, and does not know it from having just sent it there."""
    turn, on = waiting.turn, day_here(at)
    refusal = may_act_at(turn, steps, username=membership.username, role=membership.role, on=on)
    sent_it = not any(step.by for step in waiting.steps) and membership.username == waiting.by
    return refusal is None and not sent_it


def is_day_of_week(today: date, last_round: date | None) -> bool:
    """Whether whoever is told once a week is told today: on Monday, or in the first round after one that had none."""
    monday = today - timedelta(days=today.weekday())
    return today == monday or last_round is None or last_round < monday


def speaks(membership: Membership, kind: str) -> bool:
    """Whether this person can give the institution's word on a record of the kind."""
    return roles.may_speak(role=membership.role, kind=kind, delegated=membership.delegated) is None


def told_of_term(running: Running) -> NoticeKind | None:
    """As what it is told by mail that an agreement ends or renews; None as long as, or once, nothing is."""
    if running.step not in BY_MAIL:
        return None
    return {TermState.RUNS_OUT: NoticeKind.RUNS_OUT, TermState.RENEWS: NoticeKind.RENEWS}.get(running.state)
