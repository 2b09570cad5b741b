"""Drafts and how they were approved: private rows of one institution, binding nobody, never in the ledger."""

from typing import ClassVar

from django.db import models


class Draft(models.Model):
    """A text in the making. `replaces` is the version it was made from; `sent` the version it became."""

    institution = models.CharField(max_length=500, db_index=True)
    record = models.CharField(max_length=500)
    content = models.JSONField()
    replaces = models.CharField(max_length=71, blank=True)
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=40)
    changed_at = models.CharField(max_length=20)
    sent = models.CharField(max_length=71, blank=True)

    class Meta:
        db_table = "consent_draft"


class Submission(models.Model):
    """A draft laid before the head: of exactly this content, and what became of it."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="submissions")
    content_digest = models.CharField(max_length=71)
    by = models.CharField(max_length=40)
    at = models.CharField(max_length=20)
    decision = models.CharField(max_length=10, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.CharField(max_length=20, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        db_table = "consent_submission"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft"], condition=models.Q(decision=""), name="consent_submission_one_waiting"
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=("", "approved", "returned")), name="consent_submission_decision"
            ),
        ]
