"""Files that somebody looks at, to take rows or a letter from them; and which were taken in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("koryu", "0025_letters")]

    operations = [
        migrations.CreateModel(
            name="ArrivedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("place", models.CharField(max_length=700)),
                ("known_by", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("body", models.BinaryField()),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "files_arrived",
                "indexes": [models.Index(fields=["at"], name="files_arrived_at")],
                "constraints": [
                    models.UniqueConstraint(fields=("institution", "place", "known_by"), name="files_arrived_once")
                ],
            },
        ),
    ]
