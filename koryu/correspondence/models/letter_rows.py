"""Letters and their versions: what was typed, what was approved, how it was sent."""

from typing import ClassVar

from django.db import models

from koryu.ledger.models import WrittenJSON
from koryu.values.moments import MomentField


class LetterRow(models.Model):
    """A letter of an institution about an exchange; `number` is its own, with the check character, for good."""

    number = models.CharField(max_length=7, unique=True)
    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    kind = models.CharField(max_length=20)
    langs = models.JSONField()
    begun_by = models.CharField(max_length=40)
    begun_at = MomentField()

    class Meta:
        db_table = "correspondence_letter"
        indexes: ClassVar = [models.Index(fields=["institution", "exchange"], name="correspondence_letter_of")]


class LetterVersionRow(models.Model):
    """One version of a letter. How far it is, is what it says: no column holds a state.

    `typed` are the boxes by name. Once it was submitted, `pages` are its blocks as they will be printed, and
    `pages_digest` names them; once approved, `word` and `pdf` are the digests of its files ('' for none), and `sheet`
    says which value stands at which bookmark. `steps` are the approval steps on its way, as a submission of a draft has
    them; `returned_by` who gave it back for changes, until it is submitted again. `template` is the number of the
    institution's own template that it was submitted with, 0 for the layout that Koryu ships. `sent_word` and `sent_pdf`
    are the files with what was typed at sending.
    `delete_on` where it holds private data: on that day its files, pages and what was typed go.
    """

    letter = models.ForeignKey(LetterRow, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    edition = models.PositiveIntegerField(default=1)
    typed = models.JSONField(default=dict)
    changed_by = models.CharField(max_length=40)
    changed_at = MomentField()
    remark = models.TextField(blank=True)
    pages = models.JSONField(null=True)
    pages_digest = models.CharField(max_length=71, blank=True)
    submitted_by = models.CharField(max_length=40, blank=True)
    submitted_at = MomentField(null=True)
    steps = WrittenJSON(default=list)
    returned_by = models.CharField(max_length=40, blank=True)
    returned_at = MomentField(null=True)
    template = models.PositiveSmallIntegerField(default=0)
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = MomentField(null=True)
    sheet = models.JSONField(null=True)
    word = models.CharField(max_length=71, blank=True)
    pdf = models.CharField(max_length=71, blank=True)
    sent_by = models.CharField(max_length=40, blank=True)
    sent_at = MomentField(null=True)
    sent_how = models.CharField(max_length=10, blank=True)
    sent_on = models.CharField(max_length=10, blank=True)
    sent_to = models.CharField(max_length=500, blank=True)
    document_number = models.CharField(max_length=100, blank=True)
    document_date = models.CharField(max_length=10, blank=True)
    sent_word = models.CharField(max_length=71, blank=True)
    sent_pdf = models.CharField(max_length=71, blank=True)
    ended_as = models.CharField(max_length=10, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = MomentField(null=True)
    delete_on = models.DateField(null=True)
    deleted = models.BooleanField(default=False)

    class Meta:
        db_table = "correspondence_letter_version"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "version"], name="correspondence_version_once"),
            models.CheckConstraint(
                condition=models.Q(approved_at=None) | models.Q(submitted_at__isnull=False),
                name="correspondence_approved_after",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(approved_at__isnull=False),
                name="correspondence_sent_after",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["delete_on"], name="correspondence_version_until")]


class LetterRightRow(models.Model):
    """A kind of letter that the officers of an institution may approve, where otherwise only its head does."""

    institution = models.CharField(max_length=500)
    kind = models.CharField(max_length=20)

    class Meta:
        db_table = "correspondence_letter_right"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "kind"], name="correspondence_right_once")
        ]
