"""Moments of private rows become times of the database; before, they were texts, '' where one had not come yet."""

from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace

# Of each table: the moments that are always there, and those that come or do not.
MOMENTS = {
    "DraftRow": (["begun_at", "changed_at"], ["shared_at"]),
    "Submission": (["at"], ["decided_at"]),
    "CommentRow": (["at"], []),
    "Note": (["at"], []),
    "Bringing": (["at"], []),
    "KeyDecision": (["at"], []),
    "JournalRow": ([], ["at"]),
    "NoticeRow": (["made_at"], ["taken_at", "sent_at", "aside_at"]),
    "Round": ([], ["tended_at"]),
}
JOURNAL = import_module("koryu.migrations.0009_journal")


def every_moment() -> list[tuple[str, str, bool]]:
    """Table, column, and whether it may be null."""
    return [
        (model, name, null)
        for model, (always, perhaps) in MOMENTS.items()
        for null, names in ((False, always), (True, perhaps))
        for name in names
    ]


def as_a_database_writes_them(apps: Any, schema_editor: Any) -> None:
    """Nothing where there is no moment. SQLite has no type for times: Django keeps them there as 2026-11-28 16:00:00."""
    # Drafts of before there was a desk were not noted to begin.
    apps.get_model("koryu", "DraftRow").objects.filter(begun_at="").update(begun_at=F("changed_at"))
    for model, name, null in every_moment():
        rows = apps.get_model("koryu", model).objects
        if null:
            rows.filter(**{name: ""}).update(**{name: None})
        if schema_editor.connection.vendor == "sqlite":
            rows.update(**{name: Replace(Replace(name, Value("T"), Value(" ")), Value("Z"), Value(""))})
    if schema_editor.connection.vendor == "postgresql":
        # What is still to be checked of the rows just changed would keep their tables from being changed.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


WAITING = "notices_notice_waiting"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("koryu", "0010_archive_readers")]
    operations: ClassVar = [
        # Of the journal the form is changed, and nothing that it says. What guards it would stop that, and is gone on
        # SQLite, where a table is made anew.
        migrations.RunPython(JOURNAL.allow_changes),
        migrations.RemoveIndex("NoticeRow", WAITING),
        *(
            migrations.AlterField(model, name, models.CharField(max_length=20, null=True))
            for model, name, null in every_moment()
            if null
        ),
        # There is no way back but a backup (docs/how-to/upgrade.md).
        migrations.RunPython(as_a_database_writes_them),
        *(migrations.AlterField(model, name, models.DateTimeField(null=null)) for model, name, null in every_moment()),
        migrations.AddIndex(
            "NoticeRow",
            models.Index(fields=["institution"], condition=Q(sent_at=None, aside_at=None), name=WAITING),
        ),
        migrations.RunPython(JOURNAL.forbid_changes),
    ]
