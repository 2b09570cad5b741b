"""The tables of files: the bytes, once; and who brought them, as what, for which draft or record."""

from typing import ClassVar

from django.db import models

from koryu.values.moments import MomentField


class FileRow(models.Model):
    """The bytes of a letter, a scan, the wording of an agreement, by their digest. What they are called is not here."""

    digest = models.CharField(max_length=71, primary_key=True)
    size = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        db_table = "ledger_file"


class Bringing(models.Model):
    """That an institution brought these bytes, under a name of its own, for a draft or for a record (a letter).

    `draft` is the id of a draft, 0 where it was brought for none: drafts live in a higher room. Two institutions that
    bring the same bytes have a row each, and neither sees the other's.
    """

    digest = models.CharField(max_length=71)
    institution = models.CharField(max_length=500)
    record = models.CharField(max_length=500, db_index=True)
    draft = models.PositiveBigIntegerField(default=0)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "files_bringing"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "institution", "record", "draft"], name="files_bringing_once")
        ]
        indexes: ClassVar = [models.Index(fields=["draft"], name="files_bringing_draft")]
