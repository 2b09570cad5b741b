"""The tables of files: the bytes, once; who brought them, for which draft or record; those that are looked at."""

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


class ArrivedFile(models.Model):
    """A file that an institution looks at, to take rows or a letter from it: private, its bytes kept until then.

    `place` says in words of a higher room where it was put in: the same file is looked at once for each. `known_by` is
    what tells that the same comes again: the digest of a table, what names a mail. `body` is empty once it was taken
    in, or put aside; `taken_at` and `rows` then say when, and how much.
    """

    institution = models.CharField(max_length=500)
    place = models.CharField(max_length=700)
    known_by = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    body = models.BinaryField()
    by = models.CharField(max_length=40)
    at = MomentField()
    taken_at = MomentField(null=True)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "files_arrived"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "place", "known_by"], name="files_arrived_once")
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="files_arrived_at")]
