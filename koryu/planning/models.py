"""What an institution plans: the steps of its work on an exchange, private rows of its sheets. Never in the ledger."""

from typing import ClassVar

from django.db import models

from koryu.values.moments import MomentField


class StepRow(models.Model):
    """Something to be done for an exchange: `what`, by `who` in words, by when (`due`, a date as records write it).

    `done_at` and `done_by` once it is done.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    what = models.TextField()
    who = models.CharField(max_length=200, blank=True)
    due = models.CharField(max_length=40, blank=True)
    done_at = MomentField(null=True)
    done_by = models.CharField(max_length=40, blank=True)
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

    `place` is its id in the sheet, `cells` what stands in it. Where `shown`, the institutions that are shown the sheet
    see it too. It is deleted on its day, `delete_on`.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    sheet = models.CharField(max_length=20)
    place = models.CharField(max_length=64)
    cells = models.JSONField()
    shown = models.BooleanField()
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=40)
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
