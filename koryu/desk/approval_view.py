"""The approval steps of a text as its page shows them: where it is, since when, and what whoever looks may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from koryu.consent import queries as consent
from koryu.consent.queries import Drafted
from koryu.consent.rules import approval_steps as rules
from koryu.consent.rules.approval_steps import ApprovalStep, StepTaken
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.values.moments import day_here
from koryu.values.reason import Reason


@dataclass(frozen=True, kw_only=True)
class ApprovalView:
    """A text on its way through the steps.

    `may_not` is why whoever looks may not act at the step where it is; `may_not_take_over` why not as head, whoever has
    it. `holders` are the usernames of those who hold the steps now, by the number of the step; `deputy_for` is for whom
    whoever looks acts there.
    """

    steps: tuple[StepTaken, ...]
    turn: StepTaken | None
    since: str
    is_last: bool
    may_not: Reason | None
    may_not_take_over: Reason | None
    holders: Mapping[int, str]
    deputy_for: str


def approval_view(
    me: CurrentUser,
    taken: tuple[StepTaken, ...],
    *,
    since: str,
    named_steps: Iterable[ApprovalStep] | None = None,
) -> ApprovalView | None:
    """How a text of our institution is on its way; None where the head alone approves.

    `named_steps` are the approval steps there are, where whoever asks has read them already.
    """
    if not taken:
        return None
    now = consent.approval_steps(me.institution) if named_steps is None else named_steps
    steps, on = {step.id: step for step in now}, today_here()
    turn = rules.turn_of(taken)
    named = steps.get(turn.step) if turn else None
    return ApprovalView(
        steps=taken,
        turn=turn,
        since=since,
        is_last=rules.is_last(taken),
        may_not=rules.may_act_at(turn, steps, username=me.username, role=me.role, on=on),
        may_not_take_over=rules.may_take_over(taken, role=me.role),
        holders={step.id: step.holder for step in steps.values()},
        deputy_for=(named.acted_for(me.username, on=on) if named else "") or "",
    )


def steps_asked_for(
    me: CurrentUser, drafts: Iterable[Drafted], *, letters_wait: bool = False
) -> tuple[ApprovalStep, ...]:
    """The approval steps there are; asked for only where one of these drafts is at any, or letters wait."""
    at_steps = any(draft.institution == me.institution and draft.waiting and draft.waiting.steps for draft in drafts)
    return consent.approval_steps(me.institution) if at_steps or letters_wait else ()


def steps_of_mine(me: CurrentUser, steps: Iterable[ApprovalStep]) -> frozenset[int]:
    """Those of these steps at which whoever looks acts today."""
    if rules.may_approve(me.role):
        return frozenset()
    return frozenset(step.id for step in steps if _is_mine(step, me, today_here()))


def today_here() -> date:
    """The day it is for whoever looks, as the rules count the days of deputies."""
    return day_here(clock.now())


def _is_mine(step: ApprovalStep, me: CurrentUser, on: date) -> bool:
    return step.acted_for(me.username, on=on) is not None
