"""Secret addresses that were given out, what feeds were told of events, and holidays of a year from a file."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0020_schedules"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("uid", models.CharField(max_length=600, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "planning_event",
                "indexes": [models.Index(fields=["at"], name="planning_event_at")],
            },
        ),
        migrations.CreateModel(
            name="AnnouncedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kept_by", models.CharField(max_length=500)),
                ("country", models.CharField(max_length=2)),
                ("year", models.PositiveSmallIntegerField()),
                ("days", models.JSONField()),
                ("lang", models.CharField(max_length=35)),
                ("name", models.CharField(blank=True, max_length=300)),
                ("file", models.CharField(max_length=80)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "planning_announced",
                "constraints": [
                    models.UniqueConstraint(fields=("kept_by", "country", "year"), name="planning_announced_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TokenRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("purpose", models.CharField(max_length=20)),
                ("institution", models.CharField(max_length=500)),
                ("scope", models.CharField(max_length=20)),
                ("about", models.CharField(blank=True, max_length=500)),
                ("language", models.CharField(max_length=10)),
                ("name", models.CharField(blank=True, max_length=100)),
                ("made_at", models.DateTimeField()),
                ("last_read", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.CharField(blank=True, max_length=40)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "institutions_token",
                "indexes": [models.Index(fields=["institution", "purpose"], name="institutions_token_of")],
            },
        ),
    ]
