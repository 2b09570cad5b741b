"""Schedules and steps of exchanges that are long over: deleted in a round of tending."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.planning import models
from koryu.planning.rules.schedule.kept_until import is_over
from koryu.records.exchange import EventState
from koryu.values.moments import written

# What was begun later than this cannot be over: it is not looked at.
_NOT_BEFORE: Final = timedelta(days=730)


def delete_old_schedules(*, today: date) -> tuple[int, int]:
    """Delete schedules, and steps typed by hand, of exchanges that ended two years ago or earlier, with what was done
    with their steps. Returns how many schedules and how many typed steps they were.

    That an exchange is closed stays, for it would come back to the list of what is to be done.
    """
    with transaction.atomic():
        since = f"{today - _NOT_BEFORE}T00:00:00Z"
        schedules = models.ScheduleRow.objects.filter(at__lt=since)
        steps = models.StepRow.objects.filter(changed_at__lt=since)
        by_institution: dict[str, dict[str, tuple[str, list[str]]]] = {}
        for institution, exchange, begun, day in (*_of_schedules(schedules), *_of_steps(steps)):
            first, days = by_institution.setdefault(institution, {}).get(exchange, (begun, []))
            by_institution[institution][exchange] = (max(first, begun), [*days, day])
        deleted = [
            _delete(institution, exchange)
            for institution, known in by_institution.items()
            for exchange in _over(institution, known, today)
        ]
    return sum(schedules for schedules, _steps in deleted), sum(steps for _schedules, steps in deleted)


def _of_schedules(rows: Iterable[models.ScheduleRow]) -> Iterator[tuple[str, str, str, str]]:
    yield from ((row.institution, row.exchange, written(row.at), row.counted_for) for row in rows)


def _of_steps(rows: Iterable[models.StepRow]) -> Iterator[tuple[str, str, str, str]]:
    yield from ((row.institution, row.exchange, written(row.changed_at), row.due) for row in rows)


def _over(institution: str, known: dict[str, tuple[str, list[str]]], today: date) -> Iterator[str]:
    """Of these exchanges, those that are over; asked for in two statements."""
    lines = archive.lines_named(sorted(known), asking=institution)
    drafted = {draft.record for draft in consent.drafts_of_records(institution, sorted(known))}
    for exchange, (begun, days) in known.items():
        line = lines.get(exchange)
        state = line.summary.state if line else ""
        dated = [str(line.date or ""), line.summary.postponed_to] if line else []
        # What was put off is not over by the days it once had.
        when = dated[1:] if state == EventState.POSTPONED else [*dated, *days]
        if is_over(today, days=when, begun=begun, state=state, is_drafted=exchange in drafted):
            yield exchange


def _delete(institution: str, exchange: str) -> tuple[int, int]:
    of = {"institution": institution, "exchange": exchange}
    models.CountedStepRow.objects.filter(**of).delete()
    schedules, _by_kind = models.ScheduleRow.objects.filter(**of).delete()
    steps, _by_kind = models.StepRow.objects.filter(**of).delete()
    return schedules, steps
