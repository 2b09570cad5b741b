"""In which country an institution works, its periods, and single days: its own, and what is kept of partners."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0018_sent_together"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", models.CharField(max_length=500)),
                ("kept_by", models.CharField(max_length=500)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("subdivision", models.CharField(blank=True, max_length=10)),
                ("year_month", models.PositiveSmallIntegerField(null=True)),
                ("uses_holidays", models.BooleanField(default=True)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "planning_calendar",
                "constraints": [models.UniqueConstraint(fields=("of", "kept_by"), name="planning_calendar_once")],
            },
        ),
        migrations.CreateModel(
            name="OverrideRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", models.CharField(max_length=500)),
                ("kept_by", models.CharField(max_length=500)),
                ("day", models.DateField()),
                ("works", models.BooleanField()),
                ("why", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "planning_override",
                "constraints": [
                    models.UniqueConstraint(fields=("of", "kept_by", "day"), name="planning_override_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", models.CharField(max_length=500)),
                ("kept_by", models.CharField(max_length=500)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("repeat", models.CharField(blank=True, max_length=10)),
                ("effect", models.CharField(max_length=20)),
                ("label", models.JSONField(default=dict)),
                ("shown", models.CharField(max_length=20)),
                ("sure", models.CharField(max_length=20)),
                ("source", models.CharField(blank=True, max_length=500)),
                ("told_by", models.CharField(blank=True, max_length=500)),
                ("file", models.CharField(blank=True, max_length=80)),
                ("uid", models.CharField(blank=True, max_length=300)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "planning_period",
                "indexes": [models.Index(fields=["of", "kept_by"], name="planning_period_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__lte", models.F("last"))), name="planning_period_order"
                    )
                ],
            },
        ),
    ]
