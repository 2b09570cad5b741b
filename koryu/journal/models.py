"""The one table of the journal. Its rows are never changed nor deleted: the database refuses both."""

from typing import ClassVar

from django.db import models

from koryu.values.moments import MomentField


class JournalRow(models.Model):
    """One change: `by` is a username, `institution` empty where it is the server's own, `about` the URI of a record."""

    at = MomentField(null=True)
    by = models.CharField(max_length=40)
    institution = models.CharField(max_length=500, blank=True)
    what = models.CharField(max_length=40)
    about = models.CharField(max_length=500, blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        db_table = "journal_line"
        indexes: ClassVar = [models.Index(fields=["institution", "id"], name="journal_line_institution")]
