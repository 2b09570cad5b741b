"""What is private to an institution: drafts, how they were approved, notes. Binding nobody, never in the ledger."""

from typing import ClassVar

from django.db import models

from koryu.institutions.models import Account
from koryu.ledger.models import WrittenJSON
from koryu.values.moments import MomentField


class DraftRow(models.Model):
    """A text in the making.

    `content` is written as `schema` has it; what was begun under an earlier number is brought up to date when read.
    `says` is what is said when it is sent: proposed, or recorded of what was. `replaces` is the version it was made
    from; `answers` the version it is to be the counter-proposal to, with the `reason` (a Text) why that one is not
    taken up; `shared_at` when partners were shown it; `sent` the version it became. `exchange` is the exchange that the
    content says it belongs to, an exchange to itself; '' where there is none.
    """

    institution = models.CharField(max_length=500, db_index=True)
    record = models.CharField(max_length=500, db_index=True)
    exchange = models.CharField(max_length=500, blank=True, default="", db_index=True)
    kind = models.CharField(max_length=40)
    content = WrittenJSON()
    schema = models.CharField(max_length=80)
    replaces = models.CharField(max_length=71, blank=True)
    answers = models.CharField(max_length=71, blank=True)
    reason = WrittenJSON(null=True)
    says = models.CharField(max_length=20, default="proposed")
    edition = models.PositiveIntegerField(default=1)
    begun_by = models.CharField(max_length=40)
    begun_at = MomentField()
    changed_by = models.CharField(max_length=40)
    changed_at = MomentField()
    shared_at = MomentField(null=True)
    sent = models.CharField(max_length=71, blank=True)

    class Meta:
        db_table = "consent_draft"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(says__in=("proposed", "recorded")), name="consent_draft_says")
        ]


class Submission(models.Model):
    """A draft laid before the head: of exactly this content, and what became of it.

    Those that are to be sent in one act share a token in `together`; '' for a draft that was submitted alone. `steps`
    are the approval steps on its way, each with who has passed it on and when: empty where the head alone approves.
    """

    draft = models.ForeignKey(DraftRow, on_delete=models.CASCADE, related_name="submissions")
    content_digest = models.CharField(max_length=71)
    by = models.CharField(max_length=40)
    at = MomentField()
    decision = models.CharField(max_length=10, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = MomentField(null=True)
    remark = models.TextField(blank=True)
    together = models.CharField(max_length=40, blank=True, default="", db_index=True)
    steps = WrittenJSON(default=list)

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


class CommentRow(models.Model):
    """What somebody of an institution that was shown a draft says of it, or of its row `place`. Binding nobody."""

    draft = models.ForeignKey(DraftRow, on_delete=models.CASCADE, related_name="comments")
    institution = models.CharField(max_length=500)
    by = models.CharField(max_length=40)
    at = MomentField()
    text = models.TextField()
    place = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "consent_comment"


class Note(models.Model):
    """An institution's own note on a record: for its own staff, seen by nobody else."""

    institution = models.CharField(max_length=500)
    record = models.CharField(max_length=500)
    means = models.CharField(max_length=10)
    by = models.CharField(max_length=40)
    at = MomentField()
    text = models.TextField()

    class Meta:
        db_table = "consent_note"
        indexes: ClassVar = [models.Index(fields=["institution", "record"], name="consent_note_record")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(means__in=("note", "telephone")), name="consent_note_means")
        ]


class ApprovalStepRow(models.Model):
    """A step that the texts of an institution go through before they are sent: `name` (a Text), and who holds it."""

    institution = models.CharField(max_length=500)
    place = models.PositiveSmallIntegerField()
    name = WrittenJSON()
    holder = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "consent_approval_step"
        indexes: ClassVar = [models.Index(fields=["institution", "place"], name="consent_approval_step_of")]


class DeputyRow(models.Model):
    """Who acts for the holder of a step, from the `first` to the `last` day."""

    step = models.ForeignKey(ApprovalStepRow, on_delete=models.CASCADE, related_name="deputies")
    person = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "consent_deputy"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(first__lte=models.F("last")), name="consent_deputy_order")
        ]
