"""What counting turns needs is read from the archive: it is told anew from the ledger, with these."""

from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    """Empty the archive: `koryu migrate` tells it anew."""
    apps.get_model("koryu", "RecordRow").objects.update(current=None)
    for name in ("RemarkRow", "NumberRow", "LinkRow", "ReaderRow", "VersionRow", "RecordRow", "EditionRow"):
        apps.get_model("koryu", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0013_summaries"),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop, elidable=True),
    ]
