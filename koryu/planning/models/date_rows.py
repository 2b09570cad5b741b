"""Dates put forward for an exchange, and what each institution says of them."""

from typing import ClassVar

from django.db import models

from koryu.values.moments import MomentField


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
