"""Names the schema by which each version and each draft was written."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat


def name_the_schema(apps: Any, schema_editor: Any) -> None:
    """Give each version on record the first schema of its kind; there was no other before."""
    record, version = apps.get_model("koryu", "RecordRow"), apps.get_model("koryu", "VersionRow")
    kind = Subquery(record.objects.filter(pk=OuterRef("record_id")).values("kind")[:1])
    version.objects.update(schema=Concat(Value("koryu/"), kind, Value("/1")))
    apps.get_model("koryu", "DraftRow").objects.update(schema=Concat(Value("koryu/"), F("kind"), Value("/1")))


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0005_awaited"),
    ]

    operations = [
        migrations.AddField(
            model_name="versionrow",
            name="schema",
            field=models.CharField(default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="draftrow",
            name="schema",
            field=models.CharField(default="", max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(name_the_schema, migrations.RunPython.noop, elidable=True),
    ]
