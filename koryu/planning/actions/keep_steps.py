"""Steps of an exchange that are typed by hand, what a partner has replied, and that nothing more is to be done."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction

from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.planning import models
from koryu.planning.rules.replies import REPLIES, place_of_version
from koryu.planning.rules.steps_typed import step_fails
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import check_characters

_GONE: Final = Reason("This step is no longer there.")


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


def note_reply(*, institution: str, exchange: str, version: str, partner: str, today: date, by: str, at: str) -> None:
    """Keep that a partner has written of a text that it wants something changed; said again, nothing changes.

    Nothing is on record by that. It is deleted after a year, long after the text is settled.
    """
    _may_keep(institution, by)
    models.PrivateRow.objects.get_or_create(
        institution=institution,
        exchange=exchange,
        sheet=REPLIES,
        place=place_of_version(version),
        defaults={
            "cells": {"by": partner},
            "shown": False,
            "changed_by": by,
            "changed_at": at,
            "delete_on": today + timedelta(days=366),
        },
    )


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
