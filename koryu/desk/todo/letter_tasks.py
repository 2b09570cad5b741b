"""The letters that wait for approval: seen by our institution alone. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from koryu.archive.queries import Line
from koryu.correspondence.queries import WaitingLetter
from koryu.correspondence.rules.letter_life import may_approve_letter
from koryu.desk.todo.step_tasks import exchange_subject
from koryu.desk.todo.tasks import Section, Task
from koryu.values.reason import N_, Reason
from koryu.wording.letters.letter_kinds import LETTER_KINDS

_APPROVE: Final = N_("Approve a letter, or return it")
_WITH_HEAD: Final = N_("A letter waits for approval")


def letter_tasks(
    waiting: Iterable[WaitingLetter], *, role: str | None, by_officers: frozenset[str], lines: Iterable[Line]
) -> Iterator[Task]:
    """A task for each letter that was submitted: mine where I may approve it, else my head's."""
    known = {line.uri: line for line in lines if line.kind == "exchange"}
    for letter in waiting:
        fails = may_approve_letter(role=role, kind=letter.kind, by_officers=by_officers)
        yield Task(
            section=Section.HEAD if fails else Section.MINE,
            about=exchange_subject(letter.exchange, known.get(letter.exchange), {}, letter=letter.number),
            does=_WITH_HEAD if fails else _APPROVE,
            besides=(Reason(LETTER_KINDS[letter.kind].name),) if letter.kind in LETTER_KINDS else (),
            since=letter.since,
        )
