"""What an institution keeps to itself of an exchange: the steps of its work, and that it is closed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0015_exchange_of_a_draft"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosingRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("exchange", models.CharField(max_length=500)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "planning_closing",
                "constraints": [
                    models.UniqueConstraint(fields=("institution", "exchange"), name="planning_closing_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StepRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("exchange", models.CharField(max_length=500)),
                ("what", models.TextField()),
                ("who", models.CharField(blank=True, max_length=200)),
                ("due", models.CharField(blank=True, max_length=40)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, max_length=40)),
                ("changed_by", models.CharField(max_length=40)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "planning_step",
                "indexes": [models.Index(fields=["institution", "exchange"], name="planning_step_of")],
            },
        ),
    ]
