"""The tables of the ledger: its lock, its entries, and the contents that entries name by digest."""

import json
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

if TYPE_CHECKING:
    _Column = models.JSONField
else:
    _Column = models.TextField


class WrittenJSON(_Column):
    """JSON that is kept as it was written, whichever the database, and so read with its keys in that order.

    A JSONField is jsonb on PostgreSQL, which orders keys by their length and takes no U+0000.
    """

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return value


class LedgerLock(models.Model):
    """One row; only who holds its lock appends entries, so that numbers follow the order of commits.

    `wiped` is the number of the last entry after which the bytes of what was erased were overwritten.
    `to_wipe` where something besides entries was deleted, of which no byte is to stay.
    """

    last_number = models.PositiveBigIntegerField()
    wiped = models.PositiveBigIntegerField(default=0)
    to_wipe = models.BooleanField(default=False)

    class Meta:
        db_table = "ledger_turn"


class EntryRow(models.Model):
    """One thing said by one institution. `sealed` is its canonical JSON with the proof; the columns are for finding.

    Rows are never changed nor deleted: the database refuses both (see the first migration).
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    digest = models.CharField(max_length=71, unique=True)
    said = models.CharField(max_length=20)
    institution = models.CharField(max_length=500)
    record = models.CharField(max_length=500, blank=True)
    version = models.CharField(max_length=71, blank=True)
    sealed = models.TextField()

    class Meta:
        db_table = "ledger_entry"
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["record", "number"], name="ledger_entry_record"),
            models.Index(fields=["version", "said"], name="ledger_entry_version"),
            models.Index(fields=["said", "number"], name="ledger_entry_said"),
        ]


class ContentRow(models.Model):
    """A content with its salt, by the digest of both. Erasing deletes the row; the digest lives on in the entries.

    The content of a version, or the text of a reason or a remark: `{"text": {...}}`.
    """

    digest = models.CharField(max_length=71, primary_key=True)
    salt = models.CharField(max_length=22)
    content = models.TextField()

    class Meta:
        db_table = "ledger_content"
