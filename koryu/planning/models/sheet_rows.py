"""Private rows of sheets, texts asked to be translated, and customs of a relation."""

from typing import ClassVar

from django.db import models

from koryu.values.moments import MomentField


class PrivateRow(models.Model):
    """A row of a sheet of an exchange that is in no record: a meal of the timetable, a transfer.

    `place` is its id in the sheet, `cells` what stands in it, `rank` its place in the order of a sheet that has one.
    Where `shown`, the institutions that are shown the sheet see it too; where these may change it as well,
    `changed_for` says for which of them that was done last. It is deleted after its day, `delete_on`.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    sheet = models.CharField(max_length=20)
    place = models.CharField(max_length=64)
    cells = models.JSONField()
    shown = models.BooleanField()
    rank = models.PositiveIntegerField(default=0)
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=40)
    changed_for = models.CharField(max_length=500, blank=True)
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


class SheetRow(models.Model):
    """What an institution says of a whole sheet of private rows: what it calls it, and until when its rows are kept.

    `kept_until` puts off the day on which they would be deleted, and `why` says on what account. It goes with them.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    sheet = models.CharField(max_length=20)
    called = models.CharField(max_length=100, blank=True)
    kept_until = models.DateField(null=True)
    why = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=40)
    at = MomentField()
    delete_on = models.DateField()

    class Meta:
        db_table = "planning_sheet"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "exchange", "sheet"], name="planning_sheet_once")
        ]
        indexes: ClassVar = [models.Index(fields=["exchange"], name="planning_sheet_of")]


class TranslationRow(models.Model):
    """What an institution keeps of one text of an exchange in one language: see `rules.translations.KeptTranslation`.

    `path` is where the text stands in its record. It is deleted on its day, `delete_on`.
    """

    institution = models.CharField(max_length=500)
    exchange = models.CharField(max_length=500)
    record = models.CharField(max_length=500)
    path = models.CharField(max_length=300)
    language = models.CharField(max_length=35)
    made_of = models.CharField(max_length=16, blank=True)
    made_by = models.CharField(max_length=40, blank=True)
    made_at = MomentField(null=True)
    person = models.CharField(max_length=40, blank=True)
    who = models.CharField(max_length=500, blank=True)
    due = models.CharField(max_length=40, blank=True)
    needed = models.BooleanField(default=True)
    asked_by = models.CharField(max_length=40, blank=True)
    asked_at = MomentField(null=True)
    delete_on = models.DateField()

    class Meta:
        db_table = "planning_translation"
        indexes: ClassVar = [
            models.Index(fields=["institution", "exchange"], name="planning_translation_of"),
            models.Index(fields=["delete_on"], name="planning_translation_until"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "record", "path", "language"], name="planning_translation_once"
            )
        ]


class CustomRow(models.Model):
    """Something that an institution has learned of working with a partner or under a programme, the `relation`, and
    wants whoever comes after to know."""

    institution = models.CharField(max_length=500)
    relation = models.CharField(max_length=500)
    text = models.TextField()
    edition = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "planning_custom"
        indexes: ClassVar = [models.Index(fields=["institution", "relation"], name="planning_custom_of")]
