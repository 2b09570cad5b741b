"""Candidate dates of partners that wait for our answer, and agreed dates on which somebody no longer works: for those
who may plan. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from koryu.archive.queries import CurrentLine, Line
from koryu.consent.queries import Drafted
from koryu.desk.calendar.said_of_days import span
from koryu.desk.todo.step_tasks import exchange_subject
from koryu.desk.todo.tasks import Section, Task, named_in
from koryu.planning.queries.schedules import WorkAtExchange, WorkKept
from koryu.planning.rules.candidates import asked_of
from koryu.planning.rules.changed_days import no_longer_worked
from koryu.planning.rules.plan_dates import dates_written
from koryu.records.exchange import EventState
from koryu.values.reason import N_, Reason

_SAY: Final = N_("Say which dates are possible")
_OF: Final = N_("Candidate dates of %(who)s.")
_LOOK: Final = N_("Look at the agreed dates again")
_AGREED: Final = frozenset({"agreed", "agreed by letter"})


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
                about=replace(
                    exchange_subject(exchange, known.get(exchange), draft.content), page="exchange-candidates"
                ),
                does=_SAY,
                says=_OF,
                who=tuple(sorted({each.institution for each in dates})),
                since=min(each.at for each in dates),
            )


def agreed_to_come(lines: Iterable[Line], institution: str, today: date) -> tuple[str, ...]:
    """The exchanges of an institution whose dates are agreed to the day and still to come."""
    return tuple(sorted(line.uri for line in lines if _is_agreed(line, institution) and _last(line) >= today))


def changed_days_tasks(
    kept: WorkKept, agreed: Iterable[CurrentLine], *, institution: str, today: date
) -> Iterator[Task]:
    """A task for each of these exchanges on whose days somebody who takes part no longer works, by what was said of its
    calendar since they were agreed."""
    for current in agreed:
        line = current.line
        assert line.date
        says = []
        for uri in line.summary.institutions:
            known = kept.calendars.get(uri)
            days = (
                no_longer_worked(
                    known.days, first=line.date.earliest, last=line.date.latest, since=current.at, today=today
                )
                if known
                else ()
            )
            says += [
                Reason("%(who)s no longer works on %(when)s.", who=(uri,), when=span(begins, ends))
                for begins, ends in days
            ]
        if says:
            yield Task(
                section=Section.MINE,
                about=replace(exchange_subject(line.uri, line, {}), page="exchange-plan"),
                does=_LOOK,
                besides=tuple(says),
                due=str(line.date),
            )


def _is_agreed(line: Line, institution: str) -> bool:
    if line.kind != "exchange" or line.basis not in _AGREED or institution not in line.summary.institutions:
        return False
    when = line.date
    is_known = when is not None and when.precision == "day" and "X" not in when and when.start and when.end
    return bool(is_known) and line.summary.state == EventState.PLANNED


def _last(line: Line) -> date:
    return line.latest or date.min
