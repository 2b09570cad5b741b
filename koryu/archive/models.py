"""The tables of the archive; every row is derived from the ledger and can be rebuilt from it."""

from typing import ClassVar

from django.db import models

from koryu.ledger.models import WrittenJSON


class RecordRow(models.Model):
    """One record and its current version.

    `visibility` is what that version says of its readers; `public` whether everybody may read it, which asks its
    exchange as well; `was_public` whether they ever could. `owners` are whose it is, `recorders` who recorded it,
    `exchange` the one it belongs to. `awaited` is whether it says that it is still to come, `changed`
    the last entry that changed how it is found, or by whom.
    """

    # A column keeps the name of the first release, so that no migration has to rename it.
    uri = models.CharField(max_length=500, unique=True)
    kind = models.CharField(max_length=40)
    slug = models.CharField(max_length=200, db_column="address")
    visibility = models.CharField(max_length=20)
    public = models.BooleanField(default=False)
    was_public = models.BooleanField(default=False)
    owners = models.JSONField(default=list)
    recorders = models.JSONField(default=list)
    exchange = models.CharField(max_length=500, blank=True, default="")
    current = models.ForeignKey(
        "VersionRow", null=True, on_delete=models.RESTRICT, related_name="+", db_column="stands_id"
    )
    line = WrittenJSON(default=dict)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    awaited = models.BooleanField(default=False)
    erased = models.BooleanField(default=False)
    changed = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "archive_record"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "slug"], name="archive_record_address")]
        indexes: ClassVar = [
            models.Index(fields=["kind", "earliest"], name="archive_record_date"),
            models.Index(fields=["awaited"], name="archive_record_awaited"),
            models.Index(fields=["exchange"], name="archive_record_exchange"),
            models.Index(fields=["changed"], name="archive_record_changed"),
        ]


class ReaderRow(models.Model):
    """An institution that may read what stands of a record, whether or not it is public."""

    record = models.ForeignKey(RecordRow, on_delete=models.CASCADE, related_name="readers")
    institution = models.CharField(max_length=500)

    class Meta:
        db_table = "archive_reader"
        constraints: ClassVar = [models.UniqueConstraint(fields=["institution", "record"], name="archive_reader_once")]


class EditionRow(models.Model):
    """One row: the last entry that changed what stands, and the last that changed what everybody sees of it.

    Public pages made since the second are still true.
    """

    number = models.PositiveBigIntegerField()
    public = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "archive_edition"


class VersionRow(models.Model):
    """A version that stands or stood. `basis` says how: agreed, agreed by letter, recorded.

    `visibility` is what it says of its readers; empty where it was erased. `schema` is what its header names: by which
    model its content is read, for ever.
    """

    digest = models.CharField(max_length=71, unique=True)
    record = models.ForeignKey(RecordRow, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    basis = models.CharField(max_length=20)
    said_by = models.CharField(max_length=500)
    by_letter = models.JSONField(default=list)
    content_digest = models.CharField(max_length=71)
    schema = models.CharField(max_length=80)
    visibility = models.CharField(max_length=20, default="")
    at = models.CharField(max_length=40)
    entry = models.PositiveBigIntegerField()

    class Meta:
        db_table = "archive_version"
        indexes: ClassVar = [models.Index(fields=["record", "entry"], name="archive_version_order")]


class LinkRow(models.Model):
    """A typed link from the version that stands of one record to another record, named by its URI.

    `claim` where it says of the other what only that one's institutions can agree to say; `apart` where neither it nor
    the other's institutions say so, or one of those says that its account differs: then it is shown apart (rule 9).
    """

    source = models.ForeignKey(RecordRow, on_delete=models.CASCADE, related_name="links")
    rel = models.CharField(max_length=60)
    item = models.CharField(max_length=100, blank=True)
    target = models.CharField(max_length=500)
    claim = models.BooleanField(default=False)
    apart = models.BooleanField(default=False)

    class Meta:
        db_table = "archive_link"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "rel", "item", "target"], name="archive_link_once")
        ]
        indexes: ClassVar = [models.Index(fields=["target", "rel"], name="archive_link_back")]


class NumberRow(models.Model):
    """A number in a number series. One that several records bear is pointed out, and refused to none of them."""

    series = models.CharField(max_length=500)
    number = models.CharField(max_length=100)
    programme = models.CharField(max_length=500)
    record = models.ForeignKey(RecordRow, on_delete=models.CASCADE, related_name="numbers")

    class Meta:
        db_table = "archive_number"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "number", "record", "programme"], name="archive_number_once")
        ]


class RemarkRow(models.Model):
    """What an institution last remarked on one version: checked, or its account differs.

    `note` is the digest of what it says, which the ledger keeps: '' where it says no more.
    """

    version = models.ForeignKey(VersionRow, on_delete=models.CASCADE, related_name="remarks")
    institution = models.CharField(max_length=500)
    said = models.CharField(max_length=20)
    note = models.CharField(max_length=71, blank=True)
    at = models.CharField(max_length=40)
    entry = models.PositiveBigIntegerField()

    class Meta:
        db_table = "archive_remark"
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "institution"], name="archive_remark_last")]
