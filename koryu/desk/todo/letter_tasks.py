"""The letters that wait for approval, and those that came back: seen by our institution alone. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from koryu.archive.queries import Line
from koryu.consent.rules.approval_steps import ApprovalStep, is_last, turn_of, way_now
from koryu.correspondence.queries import WaitingLetter
from koryu.correspondence.rules.letter_life import may_approve_letter
from koryu.desk.todo.step_tasks import exchange_subject
from koryu.desk.todo.tasks import AT_STEP, CHANGE, LAID, RETURNED, Section, Task, TaskSubject
from koryu.values.reason import N_, Reason
from koryu.wording.letters.letter_kinds import LETTER_KINDS

_APPROVE: Final = N_("Approve a letter, or return it")
_WITH_HEAD: Final = N_("A letter waits for approval")
_PASS_ON: Final = N_("Pass on a letter, or return it")


def letter_tasks(
    waiting: Iterable[WaitingLetter],
    *,
    role: str | None,
    by_officers: frozenset[str],
    lines: Iterable[Line],
    steps: Sequence[ApprovalStep] = (),
    my_steps: frozenset[int] = frozenset(),
) -> Iterator[Task]:
    """A task for each letter that was submitted: at the approval step that has it; without steps mine or my head's."""
    known = _exchanges(lines)
    for letter in waiting:
        about, said = _subject(letter, known), _said(letter)
        way = way_now(letter.steps, steps)
        turn = turn_of(way)
        if turn is not None:
            mine = turn.step in my_steps
            yield Task(
                section=Section.MINE if mine else Section.STEPS,
                about=about,
                does=(_APPROVE if is_last(way) else _PASS_ON) if mine else AT_STEP,
                says=LAID,
                by=letter.by,
                since=next((step.at for step in reversed(way) if step.at), letter.since),
                step=turn.name,
                **said,
            )
            continue
        fails = may_approve_letter(role=role, kind=letter.kind, by_officers=by_officers)
        yield Task(
            section=Section.HEAD if fails else Section.MINE,
            about=about,
            does=_WITH_HEAD if fails else _APPROVE,
            since=letter.since,
            **said,
        )


def returned_letter_tasks(
    returned: Iterable[WaitingLetter], *, lines: Iterable[Line], may_change: bool
) -> Iterator[Task]:
    """A task for each letter that came back for changes: mine where I may change it."""
    known = _exchanges(lines)
    for letter in returned:
        yield Task(
            section=Section.MINE if may_change else Section.STEPS,
            about=_subject(letter, known),
            does=CHANGE,
            says=RETURNED,
            by=letter.by,
            since=letter.since,
            remark=letter.remark,
            **_said(letter),
        )


def _exchanges(lines: Iterable[Line]) -> dict[str, Line]:
    return {line.uri: line for line in lines if line.kind == "exchange"}


def _subject(letter: WaitingLetter, known: dict[str, Line]) -> TaskSubject:
    return exchange_subject(letter.exchange, known.get(letter.exchange), {}, letter=letter.number)


def _said(letter: WaitingLetter) -> dict[str, Any]:
    return {"besides": (Reason(LETTER_KINDS[letter.kind].name),) if letter.kind in LETTER_KINDS else ()}
