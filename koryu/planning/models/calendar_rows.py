"""Calendars: what is known of the days of an institution, what was said of them before, what feeds told of events."""

from typing import ClassVar

from django.db import models

from koryu.values.moments import MomentField


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


class DaysBeforeRow(models.Model):
    """What was said of working days before, from `at` until `until`: it was taken back then, or said otherwise.

    `what` is settings, day, announced or table, `content` its columns. What is of an institution, `of`, was kept by
    `kept_by`; holidays are of a `country`. Of the table of holidays, kept by nobody, a row whose `until` is null is
    what it says now: so a newer one can be compared with it.
    """

    what = models.CharField(max_length=10)
    of = models.CharField(max_length=500, blank=True)
    kept_by = models.CharField(max_length=500, blank=True)
    country = models.CharField(max_length=2, blank=True)
    content = models.JSONField()
    at = MomentField()
    until = MomentField(null=True)

    class Meta:
        db_table = "planning_days_before"
        indexes: ClassVar = [
            models.Index(fields=["of", "kept_by"], name="planning_days_before_of"),
            models.Index(fields=["until"], name="planning_days_before_until"),
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
