"""The archive's tables; every row is derived from the ledger."""

from typing import ClassVar

from django.db import models


class Record(models.Model):
    """One record and the version of it that stands. `awaited` is what it says is still to come."""

    uri = models.CharField(max_length=500, unique=True)
    kind = models.CharField(max_length=40)
    address = models.CharField(max_length=200)
    visibility = models.CharField(max_length=20)
    stands = models.ForeignKey("Version", null=True, on_delete=models.RESTRICT, related_name="+")
    line = models.JSONField(default=dict)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    awaited = models.BooleanField(default=False)
    erased = models.BooleanField(default=False)

    class Meta:
        db_table = "archive_record"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "address"], name="archive_record_address")]
        indexes: ClassVar = [
            models.Index(fields=["kind", "earliest"], name="archive_record_date"),
            models.Index(fields=["awaited"], name="archive_record_awaited"),
        ]


class Edition(models.Model):
    """One row: the number of the last entry that changed what stands. Pages made since are still true."""

    number = models.PositiveBigIntegerField()

    class Meta:
        db_table = "archive_edition"


class Version(models.Model):
    """A version that stands or stood. `basis` says how: agreed, agreed by letter, recorded."""

    digest = models.CharField(max_length=71, unique=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    basis = models.CharField(max_length=20)
    said_by = models.CharField(max_length=500)
    by_letter = models.JSONField(default=list)
    content_digest = models.CharField(max_length=71)
    at = models.CharField(max_length=40)
    entry = models.PositiveBigIntegerField()

    class Meta:
        db_table = "archive_version"
        indexes: ClassVar = [models.Index(fields=["record", "entry"], name="archive_version_order")]


class Link(models.Model):
    """A typed link from the version that stands of one record to another record, named by its URI."""

    source = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links")
    rel = models.CharField(max_length=60)
    item = models.CharField(max_length=100, blank=True)
    target = models.CharField(max_length=500)

    class Meta:
        db_table = "archive_link"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "rel", "item", "target"], name="archive_link_once")
        ]
        indexes: ClassVar = [models.Index(fields=["target", "rel"], name="archive_link_back")]


class Number(models.Model):
    """A number in a number series, borne by one record: a number is unique within its series."""

    series = models.CharField(max_length=500)
    number = models.CharField(max_length=100)
    programme = models.CharField(max_length=500)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="numbers")

    class Meta:
        db_table = "archive_number"
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "number"], name="archive_number_once")]


class Remark(models.Model):
    """What an institution last remarked on one version: checked, or its account differs.

    `note` is the digest of what it says, which the ledger keeps: '' where it says no more.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="remarks")
    institution = models.CharField(max_length=500)
    said = models.CharField(max_length=20)
    note = models.CharField(max_length=71, blank=True)
    at = models.CharField(max_length=40)
    entry = models.PositiveBigIntegerField()

    class Meta:
        db_table = "archive_remark"
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "institution"], name="archive_remark_last")]
