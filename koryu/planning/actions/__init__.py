"""Keeping what an institution plans: steps, private rows, calendars; typed by its people, binding nobody.

Every verb takes `institution`, `by` (the username) and `at`, and raises Refused with the reason where a rule says no.
"""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction

from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.journal import actions as journal
from koryu.journal.rules import Change
from koryu.planning import models
from koryu.planning.actions.candidate_answers import answer_candidates as answer_candidates
from koryu.planning.actions.candidate_answers import delete_old_candidates as delete_old_candidates
from koryu.planning.actions.candidate_answers import note_asked as note_asked
from koryu.planning.actions.candidate_answers import put_forward as put_forward
from koryu.planning.actions.candidate_answers import withdraw_candidate as withdraw_candidate
from koryu.planning.actions.keep_arrangements import CHANGED_MEANWHILE as CHANGED_MEANWHILE
from koryu.planning.actions.keep_arrangements import count_days_anew as count_days_anew
from koryu.planning.actions.keep_arrangements import delete_old_rows as delete_old_rows
from koryu.planning.actions.keep_arrangements import delete_sheets as delete_sheets
from koryu.planning.actions.keep_arrangements import keep_arranged as keep_arranged
from koryu.planning.actions.keep_arrangements import say_of_sheet as say_of_sheet
from koryu.planning.actions.keep_customs import add_custom as add_custom
from koryu.planning.actions.keep_customs import change_custom as change_custom
from koryu.planning.actions.keep_customs import remove_custom as remove_custom
from koryu.planning.actions.keep_days import forget_days_before as forget_days_before
from koryu.planning.actions.keep_days import is_institution
from koryu.planning.actions.keep_days import keep_override as keep_override
from koryu.planning.actions.keep_days import keep_settings as keep_settings
from koryu.planning.actions.keep_days import load_announced as load_announced
from koryu.planning.actions.keep_days import note_table as note_table
from koryu.planning.actions.keep_days import remove_announced as remove_announced
from koryu.planning.actions.keep_days import remove_override as remove_override
from koryu.planning.actions.keep_translations import ask_translations as ask_translations
from koryu.planning.actions.keep_translations import note_translations as note_translations
from koryu.planning.actions.keep_translations import still_right as still_right
from koryu.planning.actions.told_events import note_events as note_events
from koryu.planning.rules.periods import Period, period_fails
from koryu.planning.rules.private_rows_typed import row_fails
from koryu.planning.rules.replies import REPLIES, place_of_version
from koryu.planning.rules.steps_typed import step_fails
from koryu.planning.rules.suggested import suggested
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import check_characters

_GONE: Final = Reason("This step is no longer there.")
PERIOD_GONE: Final = Reason("This period is no longer there.")
# What one institution keeps of another: each page that names dates reads all of them.
MOST_PERIODS: Final = 300
# What is said of a period, beside whose it is and what it is called.
_SAID: Final = ("first", "last", "repeat", "effect", "label", "shown", "sure", "source", "told_by")


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
            raise Refused(CHANGED_MEANWHILE)
        for place in there.keys() - rows.keys():
            there[place].delete()
        for place, cells in rows.items():
            row = there.get(place) or models.PrivateRow(**of_sheet, place=place, edition=0)
            if row.cells != cells or row.shown != (place in shown):
                row.cells, row.shown, row.edition = dict(cells), place in shown, row.edition + 1
                row.changed_by, row.changed_at = by, at
            row.delete_on = delete_on
            row.save()


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


def keep_period(*, institution: str, period: Period, by: str, at: str) -> int:
    """Keep a period of our own, or one of a partner as we were told of it, and return its number.

    The same sent twice is kept once; one that has a number is changed.
    """
    _may_plan(institution, by)
    is_institution(period.of)
    or_refuse(period_fails(period))
    for typed in filter(None, (period.source, period.told_by, *_forms(period))):
        check_characters(typed)
    said = {"of": period.of, **_said(period), "uid": period.uid}
    with transaction.atomic():
        kept = models.PeriodRow.objects.filter(kept_by=institution)
        if period.id:
            if not kept.filter(pk=period.id).update(**said, by=by, at=at):
                raise Refused(PERIOD_GONE)
            return period.id
        if same := kept.filter(**said).first():
            return same.pk
        if kept.filter(of=period.of).count() >= MOST_PERIODS:
            raise Refused(_too_many())
        return models.PeriodRow.objects.create(kept_by=institution, **said, by=by, at=at).pk


def load_periods(
    *, institution: str, of: str, periods: Sequence[Period], gone: Iterable[int] = (), file: str, by: str, at: str
) -> None:
    """Keep the days of a calendar file, whose digest is `file`, as periods: new ones, and those it has changed.

    `gone` are the numbers of those from files before that it no longer has. All of it or nothing.
    """
    _may_plan(institution, by)
    is_institution(of)
    for period in periods:
        or_refuse(period_fails(period))
        for typed in filter(None, (period.source, period.told_by, *_forms(period))):
            check_characters(typed)
    with transaction.atomic():
        kept = models.PeriodRow.objects.filter(of=of, kept_by=institution)
        kept.filter(pk__in=list(gone)).exclude(file="").delete()
        rows = {row.uid: row for row in kept.exclude(file="")}
        for period in periods:
            row = rows.get(period.uid) or models.PeriodRow(of=of, kept_by=institution, uid=period.uid)
            for name, value in _said(period).items():
                setattr(row, name, value)
            row.file, row.by, row.at = file, by, at
            rows[period.uid] = row
        if kept.filter(file="").count() + len(rows) > MOST_PERIODS:
            raise Refused(_too_many())
        new = [row for row in rows.values() if row._state.adding]
        there = [row for row in rows.values() if not row._state.adding]
        models.PeriodRow.objects.bulk_update(there, [*_SAID, "file", "by", "at"])
        models.PeriodRow.objects.bulk_create(new)
        journal.write(Change.CALENDAR_LOADED, by=by, at=at, institution=institution, about=of)


def remove_period(*, institution: str, period: int, by: str) -> None:
    """Delete a period that we keep."""
    _may_plan(institution, by)
    models.PeriodRow.objects.filter(pk=period, kept_by=institution).delete()


def take_suggested(*, institution: str, codes: Iterable[str], country: str, today: date, by: str, at: str) -> None:
    """Have of the periods suggested for our country exactly these in our calendar: those ticked anew are copied there
    as they are suggested; those no longer ticked go."""
    _may_plan(institution, by)
    offered = {each.code: each for each in suggested(country, today=today)}
    wanted = offered.keys() & set(codes)
    with transaction.atomic():
        own = models.PeriodRow.objects.filter(of=institution, kept_by=institution, uid__in=offered)
        there = set(own.values_list("uid", flat=True))
        own.exclude(uid__in=wanted).delete()
        for code in sorted(wanted - there):
            keep_period(institution=institution, period=offered[code].taken_by(institution), by=by, at=at)


def _too_many() -> Reason:
    return Reason("At most %(most)s periods of one institution can be kept.", most=MOST_PERIODS)


def _said(period: Period) -> dict[str, Any]:
    return {name: getattr(period, name) for name in _SAID} | {"label": period.label.as_json() if period.label else {}}


def _forms(period: Period) -> Iterable[str]:
    return period.label.forms.values() if period.label else ()


def _may_plan(institution: str, by: str) -> None:
    or_refuse(roles.may_plan(role=institutions.role_of(person=by, institution=institution)))
