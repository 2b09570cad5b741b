"""Keeping the schedule of an exchange: what people do with its steps. Nothing that is counted is kept.

Every verb takes `institution`, `by` (the username) and `at`, and raises Refused with the reason where a rule says no.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.planning import models
from koryu.planning.actions.keep_templates import keep_template
from koryu.planning.queries.schedules import template
from koryu.planning.rules.schedule.schedule_steps import steps_kept
from koryu.planning.rules.schedule.starter_steps import form_of_template, starter
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import check_characters

_NOT_BEGUN: Final = Reason("There is no schedule for this exchange yet.")
_GONE: Final = Reason("This step is no longer there.")
LONGEST_WORDS: Final = 500
_FIRST_DAY: Final = date(1970, 1, 1)
_LAST_DAY: Final = date(2100, 12, 31)


@dataclass(frozen=True, kw_only=True)
class StepAt:
    """Which step of which exchange: its code, and '' or the partner that acts."""

    exchange: str
    code: str
    acting: str = ""


def begin_schedule(
    *, institution: str, exchange: str, programme: str, form: str, counted_for: str, by: str, at: str
) -> None:
    """Plan an exchange by the template of its programme and form; where there is none yet, the starter is copied.

    Begun twice, it stays as it was begun first.
    """
    _may_plan(institution, by)
    form = form_of_template(form)
    with transaction.atomic():
        if models.ScheduleRow.objects.filter(institution=institution, exchange=exchange).exists():
            return
        edition = template(institution, programme=programme, form=form)
        number = edition.id if edition else 0
        if not edition:
            of = {"institution": institution, "programme": programme, "form": form}
            number = keep_template(**of, steps=starter(form), edition=0, by=by, at=at)
        models.ScheduleRow.objects.create(
            institution=institution, exchange=exchange, template_id=number, counted_for=counted_for, by=by, at=at
        )


def end_schedule(*, institution: str, exchange: str, by: str) -> None:
    """Delete a schedule with everything that was said of its steps."""
    _may_plan(institution, by)
    of = {"institution": institution, "exchange": exchange}
    with transaction.atomic():
        models.CountedStepRow.objects.filter(**of).delete()
        models.ScheduleRow.objects.filter(**of).delete()


def renew_schedule(*, institution: str, exchange: str, edition: int, by: str) -> None:
    """Follow the newest edition of the template, which whoever asks has seen as `edition`.

    What was done, moved or set aside stays with its step.
    """
    _may_plan(institution, by)
    with transaction.atomic():
        row = _schedule(institution, exchange)
        followed = row.template
        newest = (
            models.TemplateRow.objects.filter(institution=institution, programme=followed.programme, form=followed.form)
            .order_by("-edition")
            .first()
        )
        if newest is None or newest.edition != edition:
            raise Refused(Reason("Somebody else changed this meanwhile. Look at it, and save again."))
        row.template = newest
        row.save()


def note_dates(*, institution: str, exchange: str, counted_for: str, by: str) -> None:
    """Say that the days counted from these dates of the exchange were looked at."""
    _may_plan(institution, by)
    with transaction.atomic():
        row = _schedule(institution, exchange)
        row.counted_for = counted_for
        row.save()


def set_day(*, institution: str, step: StepAt, day: date | None, by: str, at: str) -> None:
    """Set the day of a step by hand; it stays when the dates of the exchange move. None lets it be counted again."""
    if day and not _FIRST_DAY <= day <= _LAST_DAY:
        raise Refused(Reason("Enter days between 1970 and 2100."))

    def change(row: models.CountedStepRow) -> None:
        row.day = day

    _change(institution, step, change, by=by, at=at)


def finish(*, institution: str, step: StepAt, evidence: str = "", done_for: str = "", by: str, at: str) -> None:
    """Say that a step is done, for the dates the exchange has. Said twice, it stays as it was said first."""
    _check(evidence)

    def change(row: models.CountedStepRow) -> None:
        if not row.done_by:
            row.done_at, row.done_by, row.done_for, row.evidence = at, by, done_for, evidence

    _change(institution, step, change, by=by, at=at)


def finish_several(*, institution: str, exchange: str, codes: Collection[str], done_for: str, by: str, at: str) -> None:
    """Say that several steps of ours are done, in one act."""
    with transaction.atomic():
        for code in sorted(codes):
            finish(institution=institution, step=StepAt(exchange=exchange, code=code), done_for=done_for, by=by, at=at)


def reopen(*, institution: str, step: StepAt, by: str, at: str) -> None:
    """Say that a step is not done after all, or is to be done again."""

    def change(row: models.CountedStepRow) -> None:
        row.done_at, row.done_by, row.done_for, row.evidence = None, "", "", ""

    _change(institution, step, change, by=by, at=at)


def do_anew(*, institution: str, step: StepAt, by: str, at: str) -> None:
    """Say that what was done for other dates is to be done anew: letters sent before this no longer do it."""

    def change(row: models.CountedStepRow) -> None:
        row.done_at, row.done_by, row.done_for, row.evidence, row.anew_at = None, "", "", "", at

    _change(institution, step, change, by=by, at=at)


def say_in_own_words(*, institution: str, step: StepAt, words: str, by: str, at: str) -> None:
    """Say in our own words what a step of ours is; '' for those of the template. No partner sees them."""
    _check(words)

    def change(row: models.CountedStepRow) -> None:
        row.words = words

    _change(institution, step, change, by=by, at=at)


def note_sent_for(*, institution: str, exchange: str, letter_kind: str, done_for: str, by: str, at: str) -> None:
    """Keep for which dates a letter of this kind was sent, where a step of a schedule is done by it.

    Whoever may mark the letter as sent, which was asked before, may also be one who plans nothing.
    """
    with transaction.atomic():
        schedule = models.ScheduleRow.objects.filter(institution=institution, exchange=exchange).first()
        for step in steps_kept(schedule.template.steps) if schedule else ():
            if step.letter_kind == letter_kind:
                models.CountedStepRow.objects.update_or_create(
                    institution=institution,
                    exchange=exchange,
                    code=step.code,
                    acting="",
                    defaults={"done_for": done_for, "changed_by": by, "changed_at": at},
                )


def stays_done(*, institution: str, step: StepAt, done_for: str, by: str, at: str) -> None:
    """Say that what was done for other dates need not be done anew."""

    def change(row: models.CountedStepRow) -> None:
        row.done_for = done_for

    _change(institution, step, change, by=by, at=at)


def set_aside(*, institution: str, step: StepAt, why: str, by: str, at: str) -> None:
    """Say that a step is not to be done, and why."""
    _check(why)
    if not why:
        raise Refused(Reason("Say why it is not to be done."))

    def change(row: models.CountedStepRow) -> None:
        row.aside_at, row.aside_by, row.why, row.together = at, by, why, ""

    _change(institution, step, change, by=by, at=at)


def take_up_again(*, institution: str, step: StepAt, by: str, at: str) -> None:
    """Say that a step is to be done after all."""
    _change(institution, step, _not_aside, by=by, at=at)


def set_travel_aside(*, institution: str, exchange: str, codes: Iterable[str], together: str, by: str, at: str) -> None:
    """Set several steps aside in one act, since nobody travels; `together` names the act."""

    def change(row: models.CountedStepRow) -> None:
        if not row.aside_at:
            row.aside_at, row.aside_by, row.why, row.together = at, by, "", together

    with transaction.atomic():
        for code in sorted(set(codes)):
            _change(institution, StepAt(exchange=exchange, code=code), change, by=by, at=at)


def undo_together(*, institution: str, exchange: str, together: str, by: str, at: str) -> None:
    """Take up again all steps that were set aside in one act."""
    _may_plan(institution, by)
    if not together:
        return
    with transaction.atomic():
        rows = models.CountedStepRow.objects.filter(institution=institution, exchange=exchange, together=together)
        for row in rows:
            _not_aside(row)
            row.changed_by, row.changed_at = by, at
            row.save()


def take(*, institution: str, step: StepAt, by: str, at: str) -> None:
    """Say that whoever says so does this step."""

    def change(row: models.CountedStepRow) -> None:
        row.taken_by = by

    _change(institution, step, change, by=by, at=at)


def take_typed(*, institution: str, step: int, by: str) -> None:
    """The same, of a step typed by hand."""
    _may_plan(institution, by)
    if not models.StepRow.objects.filter(pk=step, institution=institution).update(taken_by=by):
        raise Refused(_GONE)


def take_over(*, institution: str, whose: str, by: str, at: str) -> int:
    """Take over, in one act, all open steps that somebody else had taken, at all exchanges. Returns how many."""
    _may_plan(institution, by)
    if not whose or whose == by:
        return 0
    with transaction.atomic():
        counted = models.CountedStepRow.objects.filter(institution=institution, taken_by=whose, done_by="")
        typed = models.StepRow.objects.filter(institution=institution, taken_by=whose, done_by="")
        return counted.update(taken_by=by, changed_by=by, changed_at=at) + typed.update(taken_by=by)


def _change(
    institution: str, step: StepAt, change: Callable[[models.CountedStepRow], None], *, by: str, at: str
) -> None:
    """Change the row of a step that the schedule has, which is made where nothing was done with it yet."""
    _may_plan(institution, by)
    with transaction.atomic():
        schedule = _schedule(institution, step.exchange)
        if step.code not in {each.code for each in steps_kept(schedule.template.steps)}:
            raise Refused(_GONE)
        of = {"institution": institution, "exchange": step.exchange, "code": step.code, "acting": step.acting}
        row, _made = models.CountedStepRow.objects.select_for_update().get_or_create(
            **of, defaults={"changed_by": by, "changed_at": at}
        )
        change(row)
        row.changed_by, row.changed_at = by, at
        row.save()


def _not_aside(row: models.CountedStepRow) -> None:
    row.aside_at, row.aside_by, row.why, row.together = None, "", "", ""


def _schedule(institution: str, exchange: str) -> models.ScheduleRow:
    row = (
        models.ScheduleRow.objects.select_related("template").filter(institution=institution, exchange=exchange).first()
    )
    if row is None:
        raise Refused(_NOT_BEGUN)
    return row


def _check(words: str) -> None:
    if len(words) > LONGEST_WORDS:
        raise Refused(Reason("At most %(most)s characters.", most=LONGEST_WORDS))
    if words:
        check_characters(words)


def _may_plan(institution: str, by: str) -> None:
    or_refuse(roles.may_plan(role=institutions.role_of(person=by, institution=institution)))
