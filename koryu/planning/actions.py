"""Keeping what an institution plans for an exchange: steps and private rows, typed by its people, binding nobody.

Every verb takes `institution`, `by` (the username) and `at`, and raises Refused with the reason where a rule says no.
"""

import json
from collections import Counter
from collections.abc import Container, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction

from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.planning import models
from koryu.planning.rules.private_rows_typed import row_fails
from koryu.planning.rules.steps_typed import step_fails
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import check_characters

_GONE: Final = Reason("This step is no longer there.")
_ROWS_CHANGED: Final = Reason("Somebody else changed this meanwhile. Look at it, and save again.")


def add_step(*, institution: str, exchange: str, what: str, who: str, due: str, by: str, at: str) -> int:
    """Keep a step, and return its number. The same step sent twice is kept once."""
    _may_keep(institution, by)
    _check(what=what, who=who, due=due)
    step = {"institution": institution, "exchange": exchange, "what": what, "who": who, "due": due}
    with transaction.atomic():
        kept = models.StepRow.objects.filter(**step, done_by="").first()
        return (kept or models.StepRow.objects.create(**step, changed_by=by, changed_at=at)).pk


def change_step(*, institution: str, step: int, what: str, who: str, due: str, by: str, at: str) -> None:
    """Say otherwise what is to be done, by whom, or by when."""
    _may_keep(institution, by)
    _check(what=what, who=who, due=due)
    with transaction.atomic():
        row = _row(institution, step)
        row.what, row.who, row.due, row.changed_by, row.changed_at = what, who, due, by, at
        row.save()


def finish_step(*, institution: str, step: int, by: str, at: str) -> None:
    """Say that it is done. What was done stays as it was said first."""
    _may_keep(institution, by)
    with transaction.atomic():
        row = _row(institution, step)
        if not row.done_by:
            row.done_at, row.done_by = at, by
            row.save()


def reopen_step(*, institution: str, step: int, by: str) -> None:
    """Say that it is not done after all."""
    _may_keep(institution, by)
    with transaction.atomic():
        row = _row(institution, step)
        row.done_at, row.done_by = None, ""
        row.save()


def remove_step(*, institution: str, step: int, by: str) -> None:
    """Delete a step for good."""
    _may_keep(institution, by)
    models.StepRow.objects.filter(pk=step, institution=institution).delete()


def close(*, institution: str, exchange: str, by: str, at: str) -> None:
    """Say that nothing more is to be done for an exchange. It is said to nobody else."""
    _may_keep(institution, by)
    with transaction.atomic():
        models.ClosingRow.objects.get_or_create(
            institution=institution, exchange=exchange, defaults={"by": by, "at": at}
        )


def open_again(*, institution: str, exchange: str, by: str) -> None:
    """Go on with an exchange that was closed."""
    _may_keep(institution, by)
    models.ClosingRow.objects.filter(institution=institution, exchange=exchange).delete()


def keep_rows(
    *,
    institution: str,
    exchange: str,
    sheet: str,
    rows: Mapping[str, Mapping[str, Any]],
    shown: Container[str],
    seen: Mapping[str, int],
    delete_on: date,
    by: str,
    at: str,
) -> None:
    """Keep these as the private rows of a sheet (a kind of record), by their places in it; those not among them go.

    `seen` are the editions of the rows that were there when they were typed. Refused where somebody else has changed,
    added or deleted one meanwhile. Those in `shown` are for the institutions that are shown the sheet.
    """
    or_refuse(roles.may_draft(role=institutions.role_of(person=by, institution=institution), kind=sheet))
    for cells in rows.values():
        or_refuse(row_fails(cells))
        check_characters(json.dumps(cells, ensure_ascii=False))
    of_sheet = {"institution": institution, "exchange": exchange, "sheet": sheet}
    with transaction.atomic():
        there = {row.place: row for row in models.PrivateRow.objects.select_for_update().filter(**of_sheet)}
        if {place: row.edition for place, row in there.items()} != dict(seen):
            raise Refused(_ROWS_CHANGED)
        for place in there.keys() - rows.keys():
            there[place].delete()
        for place, cells in rows.items():
            row = there.get(place) or models.PrivateRow(**of_sheet, place=place, edition=0)
            if row.cells != cells or row.shown != (place in shown):
                row.cells, row.shown, row.edition = dict(cells), place in shown, row.edition + 1
                row.changed_by, row.changed_at = by, at
            row.delete_on = delete_on
            row.save()


def delete_old_rows(*, today: date) -> dict[str, int]:
    """Delete the private rows of which the day has come. Returns how many of which sheet they were."""
    old = models.PrivateRow.objects.filter(delete_on__lt=today)
    counts = dict(Counter(old.values_list("sheet", flat=True)))
    if counts:
        old.delete()
    return counts


def _row(institution: str, step: int) -> models.StepRow:
    row = models.StepRow.objects.filter(pk=step, institution=institution).first()
    if row is None:
        raise Refused(_GONE)
    return row


def _may_keep(institution: str, by: str) -> None:
    or_refuse(roles.may_note(role=institutions.role_of(person=by, institution=institution)))


def _check(*, what: str, who: str, due: str) -> None:
    or_refuse(step_fails(what=what, who=who, due=due))
    for typed in filter(None, (what, who)):
        check_characters(typed)
