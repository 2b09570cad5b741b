"""The schedule of an exchange: editions of its template, what people did with its steps, and of what notices remind."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0019_calendars"),
    ]

    operations = [
        migrations.AddField(
            model_name="steprow",
            name="taken_by",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.CreateModel(
            name="CountedStepRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("exchange", models.CharField(max_length=500)),
                ("code", models.CharField(max_length=40)),
                ("acting", models.CharField(blank=True, max_length=500)),
                ("day", models.DateField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, max_length=40)),
                ("done_for", models.CharField(blank=True, max_length=40)),
                ("evidence", models.CharField(blank=True, max_length=500)),
                ("aside_at", models.DateTimeField(null=True)),
                ("aside_by", models.CharField(blank=True, max_length=40)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("together", models.CharField(blank=True, max_length=40)),
                ("taken_by", models.CharField(blank=True, max_length=40)),
                ("changed_by", models.CharField(max_length=40)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "planning_counted_step",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("institution", "exchange", "code", "acting"), name="planning_counted_step_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=71, unique=True)),
                ("record", models.CharField(db_index=True, max_length=500)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="koryu.noticerow"
                    ),
                ),
            ],
            options={
                "db_table": "notices_reminder",
            },
        ),
        migrations.CreateModel(
            name="TemplateRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("programme", models.CharField(blank=True, max_length=500)),
                ("form", models.CharField(max_length=40)),
                ("edition", models.PositiveIntegerField()),
                ("steps", models.TextField()),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "planning_template",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("institution", "programme", "form", "edition"), name="planning_template_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("exchange", models.CharField(max_length=500)),
                ("counted_for", models.CharField(blank=True, max_length=40)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="koryu.templaterow"
                    ),
                ),
            ],
            options={
                "db_table": "planning_schedule",
                "constraints": [
                    models.UniqueConstraint(fields=("institution", "exchange"), name="planning_schedule_once")
                ],
            },
        ),
    ]
