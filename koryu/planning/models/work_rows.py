"""The work on an exchange: steps typed by hand, templates of steps, schedules, and what was done with their steps."""

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
