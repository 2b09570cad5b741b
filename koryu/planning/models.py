"""What an institution plans for itself: the steps of its work on an exchange, private rows of its sheets, its calendar
and those of its partners.

Never in the ledger; seen by no other but what of a calendar it shows.
"""

from typing import ClassVar

from django.db import models

from koryu.values.moments import MomentField


class StepRow(models.Model):
    """Something to be done for an exchange: `what`, by `who` in words, by when (`due`, a date as records write it).

    `done_at` and `done_by` once it is done, `taken_by` the person here who does it.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    what = models.TextField()
    who = models.CharField(max_length=200, blank=True)
    due = models.CharField(max_length=40, blank=True)
    done_at = MomentField(null=True)
    done_by = models.CharField(max_length=40, blank=True)
    taken_by = models.CharField(max_length=40, blank=True)
    changed_by = models.CharField(max_length=40)
    changed_at = MomentField()

    class Meta:
        db_table = "planning_step"
        indexes: ClassVar = [models.Index(fields=["institution", "exchange"], name="planning_step_of")]


class ClosingRow(models.Model):
    """That an institution has nothing more to do for an exchange. Opened again, the row goes."""

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "planning_closing"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "exchange"], name="planning_closing_once")
        ]


class PrivateRow(models.Model):
    """A row of a sheet of an exchange that is in no record: a meal of the timetable, a transfer.

    `place` is its id in the sheet, `cells` what stands in it, `rank` its place in the order of a sheet that has one.
    Where `shown`, the institutions that are shown the sheet see it too; where these may change it as well,
    `changed_for` says for which of them that was done last. It is deleted after its day, `delete_on`.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    sheet = models.CharField(max_length=20)
    place = models.CharField(max_length=64)
    cells = models.JSONField()
    shown = models.BooleanField()
    rank = models.PositiveIntegerField(default=0)
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=40)
    changed_for = models.CharField(max_length=500, blank=True)
    changed_at = MomentField()
    delete_on = models.DateField()

    class Meta:
        db_table = "planning_row"
        indexes: ClassVar = [
            models.Index(fields=["exchange", "sheet"], name="planning_row_of"),
            models.Index(fields=["delete_on"], name="planning_row_until"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "exchange", "sheet", "place"], name="planning_row_once")
        ]


class SheetRow(models.Model):
    """What an institution says of a whole sheet of private rows: what it calls it, and until when its rows are kept.

    `kept_until` puts off the day on which they would be deleted, and `why` says on what account. It goes with them.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    sheet = models.CharField(max_length=20)
    called = models.CharField(max_length=100, blank=True)
    kept_until = models.DateField(null=True)
    why = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=40)
    at = MomentField()
    delete_on = models.DateField()

    class Meta:
        db_table = "planning_sheet"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "exchange", "sheet"], name="planning_sheet_once")
        ]
        indexes: ClassVar = [models.Index(fields=["exchange"], name="planning_sheet_of")]


class CalendarRow(models.Model):
    """In which country an institution, `of`, works, as `kept_by` knows it; `country` and `subdivision` as ISO 3166 has
    them, `year_month` the month in which its budget year begins."""

    of = models.CharField(max_length=500)
    kept_by = models.CharField(max_length=500)
    country = models.CharField(max_length=2, blank=True)
    subdivision = models.CharField(max_length=10, blank=True)
    year_month = models.PositiveSmallIntegerField(null=True)
    uses_holidays = models.BooleanField(default=True)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "planning_calendar"
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "kept_by"], name="planning_calendar_once")]


class PeriodRow(models.Model):
    """Days of an institution, `of`, as `kept_by` has them: see `rules.periods.Period`.

    `file` is the digest of the file it came from, `uid` what it is called there or among the periods that are shipped.
    """

    of = models.CharField(max_length=500)
    kept_by = models.CharField(max_length=500)
    first = models.DateField()
    last = models.DateField()
    repeat = models.CharField(max_length=10, blank=True)
    effect = models.CharField(max_length=20)
    label = models.JSONField(default=dict)
    shown = models.CharField(max_length=20)
    sure = models.CharField(max_length=20)
    source = models.CharField(max_length=500, blank=True)
    told_by = models.CharField(max_length=500, blank=True)
    file = models.CharField(max_length=80, blank=True)
    uid = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "planning_period"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(first__lte=models.F("last")), name="planning_period_order")
        ]
        indexes: ClassVar = [models.Index(fields=["of", "kept_by"], name="planning_period_of")]


class OverrideRow(models.Model):
    """One day on which an institution, `of`, works or does not, whatever its calendar says."""

    of = models.CharField(max_length=500)
    kept_by = models.CharField(max_length=500)
    day = models.DateField()
    works = models.BooleanField()
    why = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "planning_override"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "kept_by", "day"], name="planning_override_once")
        ]


class CandidateRow(models.Model):
    """Dates that an institution puts forward for an exchange. Withdrawn, the row stays with what was said of it."""

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    first = models.DateField()
    last = models.DateField()
    by = models.CharField(max_length=40)
    at = MomentField()
    withdrawn_at = MomentField(null=True)
    withdrawn_by = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "planning_candidate"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(first__lte=models.F("last")), name="planning_candidate_order"),
            models.UniqueConstraint(
                fields=["institution", "exchange", "first", "last"], name="planning_candidate_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["exchange"], name="planning_candidate_of")]


class PlaceRow(models.Model):
    """What an institution, `of`, says of a candidate, as `kept_by` wrote it down: see `rules.candidates.DateAnswer`.

    Said otherwise later, a row is added with the next `edition`: who said what, and when, stays.
    """

    candidate = models.ForeignKey(CandidateRow, on_delete=models.CASCADE, related_name="places", db_index=False)
    of = models.CharField(max_length=500)
    kept_by = models.CharField(max_length=500)
    says = models.CharField(max_length=20)
    remark = models.CharField(max_length=500, blank=True)
    means = models.CharField(max_length=20, blank=True)
    told_on = models.CharField(max_length=40, blank=True)
    file = models.CharField(max_length=80, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    edition = models.PositiveIntegerField()
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "planning_place"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "of", "kept_by", "edition"], name="planning_place_once")
        ]


class TemplateRow(models.Model):
    """One edition of the steps by which an institution plans exchanges of a form, under a programme or ('') any.

    `steps` is JSON as `rules.schedule.schedule_steps` reads it. An edition stays as it is: a change is another one.
    """

    institution = models.CharField(max_length=500)
    programme = models.CharField(max_length=500, blank=True)
    form = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    steps = models.TextField()
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "planning_template"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "programme", "form", "edition"], name="planning_template_once"
            )
        ]


class ScheduleRow(models.Model):
    """That an institution plans an exchange by an edition of a template, since `at`.

    `counted_for` are the dates of the exchange when somebody last looked at the days counted from them.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    template = models.ForeignKey(TemplateRow, on_delete=models.PROTECT, related_name="+")
    counted_for = models.CharField(max_length=40, blank=True)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "planning_schedule"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "exchange"], name="planning_schedule_once")
        ]


class CountedStepRow(models.Model):
    """What the people of an institution did with a counted step of its schedule: nothing counted is kept.

    `acting` is '' for a step of its own, else the partner that acts; `words` are its own over those of the template;
    letters sent before `anew_at` do it no more. See `rules.schedule.schedule_lines.KeptStep`.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    code = models.CharField(max_length=40)
    acting = models.CharField(max_length=500, blank=True)
    day = models.DateField(null=True)
    done_at = MomentField(null=True)
    done_by = models.CharField(max_length=40, blank=True)
    done_for = models.CharField(max_length=40, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    aside_at = MomentField(null=True)
    aside_by = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=500, blank=True)
    together = models.CharField(max_length=40, blank=True)
    taken_by = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=500, blank=True)
    anew_at = MomentField(null=True)
    changed_by = models.CharField(max_length=40)
    changed_at = MomentField()

    class Meta:
        db_table = "planning_counted_step"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "exchange", "code", "acting"], name="planning_counted_step_once"
            )
        ]


class AnnouncedRow(models.Model):
    """The public holidays of a country in one year, as an institution has loaded them from a file (its digest).

    `days` holds what is free, each day with what it is called, and what is worked in lieu.
    """

    kept_by = models.CharField(max_length=500)
    country = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    days = models.JSONField()
    lang = models.CharField(max_length=35)
    name = models.CharField(max_length=300, blank=True)
    file = models.CharField(max_length=80)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "planning_announced"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept_by", "country", "year"], name="planning_announced_once")
        ]


class EventRow(models.Model):
    """What calendars were told of an event last: the digest of it, how often it has changed, and when it did last."""

    uid = models.CharField(max_length=600, primary_key=True)
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    at = MomentField()

    class Meta:
        db_table = "planning_event"
        indexes: ClassVar = [models.Index(fields=["at"], name="planning_event_at")]


class TranslationRow(models.Model):
    """What an institution keeps of one text of an exchange in one language: see `rules.translations.KeptTranslation`.

    `path` is where the text stands in its record. It is deleted on its day, `delete_on`.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    record = models.CharField(max_length=500)
    path = models.CharField(max_length=300)
    language = models.CharField(max_length=35)
    made_of = models.CharField(max_length=16, blank=True)
    made_by = models.CharField(max_length=40, blank=True)
    made_at = MomentField(null=True)
    person = models.CharField(max_length=40, blank=True)
    who = models.CharField(max_length=500, blank=True)
    due = models.CharField(max_length=40, blank=True)
    needed = models.BooleanField(default=True)
    asked_by = models.CharField(max_length=40, blank=True)
    asked_at = MomentField(null=True)
    delete_on = models.DateField()

    class Meta:
        db_table = "planning_translation"
        indexes: ClassVar = [
            models.Index(fields=["institution", "exchange"], name="planning_translation_of"),
            models.Index(fields=["delete_on"], name="planning_translation_until"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "record", "path", "language"], name="planning_translation_once"
            )
        ]


class CustomRow(models.Model):
    """Something that an institution has learned of working with a partner or under a programme, the `relation`, and
    wants whoever comes after to know."""

    institution = models.CharField(max_length=500)
    relation = models.CharField(max_length=500)
    text = models.TextField()
    edition = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "planning_custom"
        indexes: ClassVar = [models.Index(fields=["institution", "relation"], name="planning_custom_of")]
