"""Candidate dates of exchanges, and what each institution says of them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0021_feeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="CandidateRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("exchange", models.CharField(max_length=500)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "db_table": "planning_candidate",
                "indexes": [models.Index(fields=["exchange"], name="planning_candidate_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__lte", models.F("last"))), name="planning_candidate_order"
                    ),
                    models.UniqueConstraint(
                        fields=("institution", "exchange", "first", "last"), name="planning_candidate_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", models.CharField(max_length=500)),
                ("kept_by", models.CharField(max_length=500)),
                ("says", models.CharField(max_length=20)),
                ("remark", models.CharField(blank=True, max_length=500)),
                ("means", models.CharField(blank=True, max_length=20)),
                ("told_on", models.CharField(blank=True, max_length=40)),
                ("file", models.CharField(blank=True, max_length=80)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("edition", models.PositiveIntegerField()),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "candidate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="koryu.candidaterow",
                    ),
                ),
            ],
            options={
                "db_table": "planning_place",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("candidate", "of", "kept_by", "edition"), name="planning_place_once"
                    )
                ],
            },
        ),
    ]
