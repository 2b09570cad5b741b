"""Marks the exchanges on record that are planned or postponed as awaited, as recording does from here on."""

from typing import Any

from django.db import migrations, models


def mark_what_is_awaited(apps: Any, schema_editor: Any) -> None:
    """Mark each exchange on record that is planned or postponed."""
    exchanges = apps.get_model("koryu", "RecordRow").objects.filter(kind="exchange")
    exchanges.filter(line__state__in=("planned", "postponed")).update(awaited=True)


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0004_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="recordrow",
            name="awaited",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="recordrow",
            index=models.Index(fields=["awaited"], name="archive_record_awaited"),
        ),
        migrations.RunPython(mark_what_is_awaited, migrations.RunPython.noop, elidable=True),
    ]
