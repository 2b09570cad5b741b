"""Who translates which text by when, and of which original a translation was made; customs of a relation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("koryu", "0029_arrangements_and_links")]

    operations = [
        migrations.CreateModel(
            name="TranslationRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("exchange", models.CharField(max_length=500)),
                ("record", models.CharField(max_length=500)),
                ("path", models.CharField(max_length=300)),
                ("language", models.CharField(max_length=35)),
                ("made_of", models.CharField(blank=True, max_length=16)),
                ("made_by", models.CharField(blank=True, max_length=40)),
                ("made_at", models.DateTimeField(null=True)),
                ("person", models.CharField(blank=True, max_length=40)),
                ("who", models.CharField(blank=True, max_length=500)),
                ("due", models.CharField(blank=True, max_length=40)),
                ("needed", models.BooleanField(default=True)),
                ("asked_by", models.CharField(blank=True, max_length=40)),
                ("asked_at", models.DateTimeField(null=True)),
                ("delete_on", models.DateField()),
            ],
            options={
                "db_table": "planning_translation",
                "indexes": [
                    models.Index(fields=["institution", "exchange"], name="planning_translation_of"),
                    models.Index(fields=["delete_on"], name="planning_translation_until"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("institution", "record", "path", "language"), name="planning_translation_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("relation", models.CharField(max_length=500)),
                ("text", models.TextField()),
                ("edition", models.PositiveIntegerField(default=1)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "planning_custom",
                "indexes": [models.Index(fields=["institution", "relation"], name="planning_custom_of")],
            },
        ),
    ]
