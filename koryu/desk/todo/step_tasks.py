"""The steps of our own work on exchanges that are due: seen by our institution alone. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from koryu.archive.queries import Line
from koryu.consent.queries import Consultation, Drafted
from koryu.desk.todo.tasks import Section, Task, TaskSubject, named_in
from koryu.planning.queries import OwnRows, WorkStep
from koryu.values.reason import Reason
from koryu.values.uris import last_part
from koryu.wording.titles import title_of

# How long before its day a step is among what is to be done.
_NEAR: Final = timedelta(days=14)


def step_tasks(
    own: Mapping[str, OwnRows],
    *,
    lines: Iterable[Line],
    drafts: Iterable[Drafted],
    proposed: Iterable[Consultation],
    today: date,
) -> Iterator[Task]:
    """A task for each step that is due within two weeks, or whose day has passed, of an exchange that is not closed.

    `lines`, `drafts` and what is `proposed` tell what the exchanges are called.
    """
    known = {line.uri: line for line in lines if line.kind == "exchange"}
    texts = {draft.record: draft.content for draft in drafts if draft.kind == "exchange"}
    texts |= {text.record: text.content or {} for text in proposed if text.header.kind == "exchange"}
    for exchange, rows in own.items():
        if rows.closed_at:
            continue
        about = exchange_subject(exchange, known.get(exchange), texts.get(exchange, {}))
        for step in rows.steps:
            if section := _section(step, today):
                who = (Reason("Responsible: %(who)s.", who=step.who),) if step.who else ()
                yield Task(section=section, about=about, does="", what=step.what, besides=who, due=step.due)


def near(own: Mapping[str, OwnRows], *, today: date) -> frozenset[str]:
    """The exchanges that have a step which is due."""
    return frozenset(
        exchange
        for exchange, rows in own.items()
        if not rows.closed_at and any(_section(step, today) for step in rows.steps)
    )


def _section(step: WorkStep, today: date) -> Section | None:
    if step.date is None or step.date.earliest > today + _NEAR:
        return None
    return Section.LAPSED if step.date.latest < today else Section.COMING


def exchange_subject(exchange: str, line: Line | None, content: Mapping[str, Any], *, letter: str = "") -> TaskSubject:
    """An exchange, or a `letter` about it, as what there is something to be done about."""
    return TaskSubject(
        title=line.title if line else title_of(content),
        kind="exchange",
        record=exchange,
        institutions=frozenset(line.summary.institutions if line else named_in(content)),
        exchange=line.slug if line else last_part(exchange),
        letter=letter,
    )
