"""Drafts say at which exchange they are worked on, so that one statement reads all of an exchange."""

import json
from typing import Any, Final

from django.db import migrations, models

# The kinds that belonged to an exchange when this was written.
_PARTS: Final = ("participation", "paper", "timetable", "report")
_LONGEST: Final = 500


def fill(apps: Any, schema_editor: Any) -> None:
    """Read it from the drafts there are."""
    drafts = apps.get_model("koryu", "DraftRow").objects
    drafts.filter(kind="exchange").update(exchange=models.F("record"))
    for draft in drafts.filter(kind__in=_PARTS).only("pk", "content").iterator():
        content = json.loads(draft.content) if isinstance(draft.content, str) else draft.content
        exchange = content.get("exchange")
        if isinstance(exchange, str) and len(exchange) <= _LONGEST and "\x00" not in exchange:
            drafts.filter(pk=draft.pk).update(exchange=exchange)


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0014_turns"),
    ]

    operations = [
        migrations.AddField(
            model_name="draftrow",
            name="exchange",
            field=models.CharField(blank=True, db_index=True, default="", max_length=500),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
