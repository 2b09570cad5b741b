"""Keeps who brought which file, with its name and media type, apart from its bytes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0006_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bringing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=71)),
                ("institution", models.CharField(max_length=500)),
                ("record", models.CharField(db_index=True, max_length=500)),
                ("draft", models.PositiveBigIntegerField(default=0)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("by", models.CharField(max_length=40)),
                ("at", models.CharField(max_length=20)),
            ],
            options={
                "db_table": "files_bringing",
                "indexes": [models.Index(fields=["draft"], name="files_bringing_draft")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("digest", "institution", "record", "draft"), name="files_bringing_once"
                    )
                ],
            },
        ),
        migrations.RemoveField(model_name="filerow", name="media_type"),
        migrations.RemoveField(model_name="filerow", name="name"),
        migrations.AddField(
            model_name="noticerow",
            name="record",
            field=models.CharField(db_index=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(model_name="ledgerlock", name="wiped", field=models.PositiveBigIntegerField(default=0)),
        # Removed and added, not altered: what stood there was the remark itself, and is now the digest of it.
        migrations.RemoveField(model_name="remarkrow", name="note"),
        migrations.AddField(
            model_name="remarkrow",
            name="note",
            field=models.CharField(blank=True, default="", max_length=71),
            preserve_default=False,
        ),
    ]
