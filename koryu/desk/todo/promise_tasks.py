"""What was promised at exchanges and is still open: answers in writing, follow-ups. For both sides, and for nobody
else. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from koryu.archive.queries import Line
from koryu.desk.todo.step_tasks import exchange_subject
from koryu.desk.todo.tasks import Section, Task, TaskSubject
from koryu.planning.rules.promises import Promise, open_promises
from koryu.values.reason import N_, Reason

# As long before its day somebody is told.
_SOON: Final = timedelta(days=14)
_COMING: Final = timedelta(days=90)
_ANSWER_OF: Final = N_("Written answer of %(who)s")
_DONE_BY: Final = N_("Follow-up of %(who)s")


def exchanges_with_promises(lines: Iterable[Line]) -> frozenset[str]:
    """The exchanges at which something was promised and is perhaps still open."""
    return frozenset(
        line.summary.exchange
        for line in lines
        if line.summary.owed or (line.kind == "follow-up" and not line.summary.state)
    )


def promise_tasks(
    lines: Iterable[Line],
    *,
    exchanges: Mapping[str, Line],
    closed: Collection[str],
    institution: str,
    today: date,
    tag: str,
) -> Iterator[Task]:
    """A task for each promise of ours that is due, or has no day, and for each of a partner to us.

    `lines` are those of questions and follow-ups that we may read, `exchanges` those of their exchanges; nothing of
    exchanges that are `closed`.
    """
    listed = ((line.uri, line.kind, line.summary) for line in lines)
    taking_part = {uri: tuple(line.summary.institutions) for uri, line in exchanges.items()}
    for exchange, promise in open_promises(listed, taking_part):
        if exchange in closed or exchange not in exchanges:
            continue
        page = "exchange-questions" if promise.asked_by else "exchange-results"
        about = replace(exchange_subject(exchange, exchanges[exchange], {}), page=page)
        task = _ours(promise, about, today) if promise.owner == institution else _theirs(promise, about)
        if task:
            yield replace(task, what=promise.words.shown(tag).text) if promise.owner == institution else task


def _ours(promise: Promise, about: TaskSubject, today: date) -> Task | None:
    section = _section(promise.due.latest if promise.due else None, today)
    if section is None:
        return None
    if promise.asked_by:
        besides = Reason("Answer in writing to %(who)s.", who=(promise.asked_by,))
    else:
        besides = Reason("A follow-up of your institution.")
    return Task(section=section, about=about, does="", besides=(besides,), due=str(promise.due) if promise.due else "")


def _theirs(promise: Promise, about: TaskSubject) -> Task | None:
    return Task(
        section=Section.PARTNER,
        about=about,
        does=_ANSWER_OF if promise.asked_by else _DONE_BY,
        who=(promise.owner,),
        due=str(promise.due) if promise.due else "",
    )


def _section(due: date | None, today: date) -> Section | None:
    """Where it stands by its day; None for what is far away."""
    if due is None:
        return Section.COMING
    if due < today:
        return Section.LATE
    if due <= today + _SOON:
        return Section.SOON
    return Section.COMING if due <= today + _COMING else None
