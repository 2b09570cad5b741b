"""Approval in several steps: section chief, director of the division, director. Whose turn is it, and who may act then?

An institution that has named no steps approves as ever. Pure; days and roles are told.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from koryu.institutions.rules import Role
from koryu.values.reason import Reason
from koryu.values.text import Text

MOST_STEPS: Final = 5
MOST_DEPUTIES: Final = 20
_LONGEST_NAME: Final = 100
# Who can be one of those through whom a text goes: whoever drafts for the institution as a whole.
_APPROVE: Final = frozenset({Role.HEAD, Role.OFFICER})

STEPS_CHANGED: Final = Reason("Somebody else has changed these steps meanwhile. Look at them, and save again.")
NOT_AT_ONCE: Final = Reason(
    "Your institution approves texts in several steps: submit it. A head can take over on the page of the text."
)


@dataclass(frozen=True, kw_only=True)
class Deputy:
    """Who acts for the one who holds a step, from the `first` to the `last` day, both included."""

    id: int
    username: str
    first: date
    last: date

    def acts_on(self, day: date) -> bool:
        """Whether the deputy acts on this day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, kw_only=True)
class ApprovalStep:
    """One step that texts go through: what it is called, and who holds it; '' where nobody does."""

    id: int
    name: Text
    holder: str
    deputies: tuple[Deputy, ...] = ()

    def acted_for(self, username: str, *, on: date) -> str | None:
        """For whom somebody acts at this step on this day: '' for themselves; None for somebody who does not act."""
        if username == self.holder:
            return ""
        is_deputy = any(deputy.username == username and deputy.acts_on(on) for deputy in self.deputies)
        return self.holder if is_deputy else None


@dataclass(frozen=True, kw_only=True)
class StepTaken:
    """A step of one text on its way: what it is called, who passed the text on and when; '' while nobody has.

    `for_whom` is the holder where a deputy acted.
    """

    step: int
    name: Text
    by: str = ""
    for_whom: str = ""
    at: str = ""


def turn_of(taken: Sequence[StepTaken]) -> StepTaken | None:
    """The step at which a text is: the first that has not passed it on; None where there are no steps."""
    return next((step for step in taken if not step.by), None)


def is_last(taken: Sequence[StepTaken]) -> bool:
    """Whether a text is at its last step, whose approval sends it."""
    turn = turn_of(taken)
    return turn is not None and turn is taken[-1]


def way_now(taken: Sequence[StepTaken], steps: Sequence[ApprovalStep]) -> tuple[StepTaken, ...]:
    """The way of a text that waits through the steps there are now.

    Where the steps or their order are others than it was submitted for, it begins again at the first; where only names
    or persons are, what was passed on stays so.
    """
    if [step.step for step in taken] != [step.id for step in steps]:
        return tuple(StepTaken(step=step.id, name=step.name) for step in steps)
    names = {step.id: step.name for step in steps}
    return tuple(replace(step, name=names[step.step]) for step in taken)


def may_approve(role: str | None) -> Reason | None:
    """Whether somebody with this role can be one of those through whom a text goes."""
    return None if role in _APPROVE else Reason("Only the head and officers can pass on a text or return it.")


def may_act_at(
    turn: StepTaken | None, steps: Mapping[int, ApprovalStep], *, username: str, role: str | None, on: date
) -> Reason | None:
    """Whether somebody may pass on, approve or return a text that is at this step, on this day.

    Whoever holds the step may, or a deputy on one of the deputy's days; each only as long as they are an officer or
    head of the institution.
    """
    if turn is None:
        return Reason("This text is at no step: it was approved or returned.")
    if refusal := may_approve(role):
        return refusal
    step = steps.get(turn.step)
    if step is not None and step.acted_for(username, on=on) is not None:
        return None
    own = [deputy for deputy in step.deputies if deputy.username == username] if step else []
    if own:
        nearest = next((deputy for deputy in own if deputy.first > on), own[-1])
        return Reason(
            "You are deputy at the step “%(step)s” from %(first)s to %(last)s only.",
            step=turn.name,
            first=nearest.first,
            last=nearest.last,
        )
    return Reason("It is the turn of another step now: %(step)s.", step=turn.name)


def may_pass_on(taken: Sequence[StepTaken]) -> Reason | None:
    """Whether a text can be passed on to another step; whoever has the last one approves it."""
    if not taken:
        return Reason("Your institution has no approval steps: the head approves this text.")
    if is_last(taken):
        return Reason("This is the last step: approve the text, or return it.")
    return None


def may_approve_at(taken: Sequence[StepTaken]) -> Reason | None:
    """Whether a text has come to the step that approves it."""
    turn = turn_of(taken)
    if turn is None or is_last(taken):
        return None
    return Reason("This text is still at an earlier step: %(step)s.", step=turn.name)


def may_take_over(taken: Sequence[StepTaken], *, role: str | None) -> Reason | None:
    """Whether somebody may approve or return a text whoever has it: the head may, and the journal says so."""
    if not taken:
        return Reason("Your institution has no approval steps: the head approves this text.")
    return None if role == Role.HEAD else Reason("Only the head can take over a text that is at another step.")


def may_name_steps(role: str | None) -> Reason | None:
    """Whether someone with this role says through which steps texts go, who holds them, and who are deputies."""
    return None if role == Role.HEAD else Reason("Only the head can change the approval steps.")


def may_name_deputy(step: ApprovalStep | None, *, username: str, role: str | None) -> Reason | None:
    """Whether somebody names the deputies of a step: the head does, and whoever holds it."""
    if role == Role.HEAD or (role in _APPROVE and step is not None and step.holder == username):
        return None
    return Reason("Only the head, or the person who holds a step, can name its deputies.")


def steps_fail(steps: Sequence[tuple[Text, str]], *, roles: Mapping[str, str]) -> Reason | None:
    """Why steps cannot be as they were typed, each a name and the username of who holds it; None where they can.

    `roles` are those of the institution's people by username.
    """
    if len(steps) > MOST_STEPS:
        return Reason("There are at most %(most)s steps.", most=MOST_STEPS)
    for name, holder in steps:
        if any(len(form) > _LONGEST_NAME or "\n" in form for form in name.forms.values()):
            return Reason("The name of a step is one line of at most %(most)s characters.", most=_LONGEST_NAME)
        if roles.get(holder) not in _APPROVE:
            return Reason("Choose an officer or a head of your institution for each step.")
    holders = [holder for _name, holder in steps]
    if len(set(holders)) < len(holders):
        return Reason("Choose a different person for each step.")
    return None


def deputy_fails(
    step: ApprovalStep | None, *, username: str, first: date, last: date, roles: Mapping[str, str]
) -> Reason | None:
    """Why somebody cannot be deputy at a step on these days; None where they can."""
    if step is None:
        return Reason("This step is no longer there.")
    if roles.get(username) not in _APPROVE:
        return Reason("Choose an officer or a head of your institution as deputy.")
    if username == step.holder:
        return Reason("Nobody is their own deputy.")
    if last < first:
        return Reason("The last day comes before the first.")
    if len(step.deputies) >= MOST_DEPUTIES:
        return Reason(
            "There are at most %(most)s deputies of a step. Remove one whose days have passed.", most=MOST_DEPUTIES
        )
    return None


def who_approves(roles: Mapping[str, str]) -> Collection[str]:
    """Of people by username with their roles, those who can hold a step."""
    return tuple(username for username, role in roles.items() if role in _APPROVE)
