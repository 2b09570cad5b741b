"""The steps of our own work on exchanges that are due: seen by our institution alone. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from koryu.archive.queries import Line
from koryu.consent.queries import Consultation, Drafted
from koryu.desk.todo.tasks import Section, Task, TaskSubject, named_in
from koryu.planning.queries.exchanges_ahead import ExchangeAhead, typed_step
from koryu.planning.queries.schedules import WorkKept
from koryu.planning.rules.planned_exchange import working_days
from koryu.planning.rules.schedule.schedule_lines import ScheduleAsked, ScheduleLine, StepState, schedule_lines
from koryu.values.reason import Reason
from koryu.values.uris import last_part
from koryu.wording.titles import title_of

_SECTIONS: Final = {
    StepState.LATE: Section.LATE,
    StepState.SOON: Section.SOON,
    StepState.COMING: Section.COMING,
}
Ahead = Mapping[str, Sequence[ScheduleLine]]


def steps_ahead(kept: WorkKept, scheduled: Iterable[ExchangeAhead], *, institution: str, today: date) -> Ahead:
    """Our steps that are late, due soon or coming, by exchange: those of schedules, and those typed by hand.

    Nothing of exchanges that are closed.
    """
    calendar = kept.calendars.get(institution)
    days = working_days(calendar.days if calendar else None, institution, today.year, today)
    lines: dict[str, Sequence[ScheduleLine]] = {}
    for exchange, at in kept.at.items():
        if at.own.steps and not at.own.closed_at:
            asked = ScheduleAsked(
                me=institution,
                steps=(),
                hosts=(),
                institutions=(),
                anchors={},
                days={institution: days},
                typed=tuple(map(typed_step, at.own.steps)),
            )
            lines[exchange] = schedule_lines(asked, today)
    lines |= {ahead.uri: ahead.lines for ahead in scheduled}
    near = {
        # What was promised is told of every exchange, whether its work is planned here or not: see `promise_tasks`.
        uri: [line for line in listed if line.state in _SECTIONS and line.is_ours and not line.promise]
        for uri, listed in lines.items()
    }
    return {uri: listed for uri, listed in near.items() if listed}


def step_tasks(
    ahead: Ahead,
    *,
    lines: Iterable[Line],
    drafts: Iterable[Drafted],
    proposed: Iterable[Consultation],
    tag: str,
    names: Mapping[str, str],
) -> Iterator[Task]:
    """A task for each of these steps.

    `lines`, `drafts` and what is `proposed` tell what the exchanges are called, `names` what people are; `tag` is the
    language that is read.
    """
    known = {line.uri: line for line in lines if line.kind == "exchange"}
    texts = {draft.record: draft.content for draft in drafts if draft.kind == "exchange"}
    texts |= {text.record: text.content or {} for text in proposed if text.header.kind == "exchange"}
    for exchange, steps in ahead.items():
        about = exchange_subject(exchange, known.get(exchange), texts.get(exchange, {}))
        for step in steps:
            yield Task(
                section=_SECTIONS[step.state],
                about=about,
                does="",
                what=step.words if isinstance(step.words, str) else step.words.shown(tag).text,
                besides=tuple(_besides(step, names)),
                due=str(step.due),
                counted=bool(step.code),
            )


def _besides(step: ScheduleLine, names: Mapping[str, str]) -> Iterator[Reason]:
    """The paper that a step makes, who does it, and what the record says is missing."""
    if step.step and step.step.makes:
        yield Reason("Document: %(paper)s.", paper=Reason(step.step.makes))
    if who := names.get(step.taken_by, step.taken_by) or step.who:
        yield Reason("Responsible: %(who)s.", who=who)
    if step.read and step.state is StepState.LATE:
        yield step.read.says


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
