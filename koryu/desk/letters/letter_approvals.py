"""The approval steps of a letter as its page shows them: the same as those of a draft."""

from collections.abc import Iterable, Mapping

from koryu.consent import queries as consent
from koryu.consent.rules.approval_steps import turn_of, way_now
from koryu.correspondence.queries import LetterInWriting, OwnLetter
from koryu.correspondence.rules.letter_life import LetterState
from koryu.desk.access import CurrentUser
from koryu.desk.approval_view import ApprovalView, approval_view
from koryu.values.text import Text


def approval_of_letter(me: CurrentUser, version: LetterInWriting) -> ApprovalView | None:
    """How a letter that waits is on its way through the steps there are now; None where the head alone approves."""
    steps = consent.approval_steps(me.institution)
    return approval_view(me, way_now(version.steps, steps), since=version.at_step_since, named_steps=steps)


def steps_that_have(me: CurrentUser, letters: Iterable[OwnLetter]) -> Mapping[str, Text]:
    """What the step is called that has each letter that waits, by its number; asked for only where any does."""
    waiting = [letter for letter in letters if letter.last.state == LetterState.SUBMITTED]
    steps = consent.approval_steps(me.institution) if waiting else ()
    turns = ((letter.number, turn_of(way_now(letter.last.steps, steps))) for letter in waiting)
    return {number: turn.name for number, turn in turns if turn}
