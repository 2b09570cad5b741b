"""The candidate dates of partners that wait for our answer: for those who may plan. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from koryu.archive.queries import Line
from koryu.consent.queries import Drafted
from koryu.desk.todo.step_tasks import exchange_subject
from koryu.desk.todo.tasks import Section, Task, named_in
from koryu.planning.queries.schedules import WorkAtExchange, WorkKept
from koryu.planning.rules.candidates import asked_of
from koryu.planning.rules.plan_dates import dates_written
from koryu.values.reason import N_

_SAY: Final = N_("Say which dates are possible")
_OF: Final = N_("Candidate dates of %(who)s.")


def date_tasks(
    kept: WorkKept, *, institution: str, drafts: Iterable[Drafted], lines: Iterable[Line], today: date
) -> Iterator[Task]:
    """A task for each exchange of whose candidate dates an institution has not said yet whether they are possible;
    `drafts` are its own, and those that partners show to it."""
    known = {line.uri: line for line in lines if line.kind == "exchange"}
    shown = [draft for draft in drafts if draft.kind == "exchange" and draft.shared_at]
    # Where ours is shown, that is the one which is worked on together.
    by_exchange = {draft.record: draft for draft in sorted(shown, key=lambda each: each.institution == institution)}
    for exchange, draft in by_exchange.items():
        at = kept.at.get(exchange, WorkAtExchange())
        among, planned = {*named_in(draft.content), draft.institution}, dates_written(draft.content)
        dates = asked_of(institution, at.candidates, among=among, planned=planned, today=today)
        if dates and not at.own.closed_at:
            yield Task(
                section=Section.MINE,
                about=replace(exchange_subject(exchange, known.get(exchange), draft.content), dates=True),
                does=_SAY,
                says=_OF,
                who=tuple(sorted({each.institution for each in dates})),
                since=min(each.at for each in dates),
            )
