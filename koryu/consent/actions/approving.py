"""What the approval steps of an institution ask of whoever passes a text on, approves it or returns it.

Must be called while the ledger is locked: of two who act at once, the second then sees what the first has done.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from koryu.consent import queries
from koryu.consent.rules import approval_steps as rules
from koryu.consent.rules.approval_steps import StepTaken
from koryu.institutions import queries as institutions
from koryu.values.moments import day_here
from koryu.values.reason import Refused, or_refuse
from koryu.values.text import Text

Written = Mapping[str, Any]


def at_first_step(institution: str) -> list[Written]:
    """The way of a text that is submitted now, as it is kept; empty where the head alone approves."""
    return written_steps(StepTaken(step=step.id, name=step.name) for step in queries.approval_steps(institution))


def passed(steps: Sequence[Written], *, institution: str, by: str, at: str) -> list[Written]:
    """The same way with the step passed at which it was. Raises Refused for whoever may not pass it on now."""
    taken = steps_read(steps)
    or_refuse(rules.may_pass_on(taken))
    turn, for_whom = _at_turn(taken, institution=institution, by=by, at=at)
    return written_steps(
        StepTaken(step=step.step, name=step.name, by=by, for_whom=for_whom, at=at) if step is turn else step
        for step in taken
    )


def act_at_step(
    steps: Sequence[Written], *, institution: str, by: str, at: str, approving: bool, taking_over: bool
) -> int:
    """Which step, counted from 1, somebody acts at who approves a text or returns it. Raises Refused."""
    taken = steps_read(steps)
    if taking_over:
        role = institutions.role_of(person=by, institution=institution)
        or_refuse(rules.may_take_over(taken, role=role))
        turn = rules.turn_of(taken)
    else:
        turn, _for_whom = _at_turn(taken, institution=institution, by=by, at=at)
        if approving:
            or_refuse(rules.may_approve_at(taken))
    return taken.index(turn) + 1 if turn in taken else 0


def refuse_at_once(institution: str) -> None:
    """Refuse to submit and send in one where texts go through steps."""
    if queries.approval_steps(institution):
        raise Refused(rules.NOT_AT_ONCE)


def steps_read(steps: Sequence[Written]) -> tuple[StepTaken, ...]:
    """The way of a text, of what is kept of it."""
    return tuple(StepTaken(**{**step, "name": Text.kept(step["name"])}) for step in steps)


def written_steps(taken: Any) -> list[Written]:
    """The way of a text as it is kept."""
    return [
        {"step": step.step, "name": step.name.as_json(), "by": step.by, "for_whom": step.for_whom, "at": step.at}
        for step in taken
    ]


def _at_turn(taken: tuple[StepTaken, ...], *, institution: str, by: str, at: str) -> tuple[StepTaken | None, str]:
    """The step whose turn it is, and for whom `by` acts there. Raises Refused for whoever does not."""
    turn, on = rules.turn_of(taken), day_here(at)
    steps = {step.id: step for step in queries.approval_steps(institution)}
    role = institutions.role_of(person=by, institution=institution)
    or_refuse(rules.may_act_at(turn, steps, username=by, role=role, on=on))
    assert turn is not None
    return turn, steps[turn.step].acted_for(by, on=on) or ""
