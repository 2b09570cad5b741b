"""What an institution plans for itself: the steps of its work on an exchange. Never in the ledger, seen by no other."""

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
