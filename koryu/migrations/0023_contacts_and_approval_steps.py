"""Whom an institution writes to; and the approval steps that its texts go through, with deputies."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from koryu.ledger.models import WrittenJSON


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0022_candidates"),
    ]

    operations = [
        migrations.CreateModel(
            name="ErasuresFollowed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("wipe_due", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "correspondence_erasures_followed",
            },
        ),
        migrations.AddField(
            model_name="submission",
            name="steps",
            field=WrittenJSON(default=list),
        ),
        migrations.CreateModel(
            name="ApprovalStepRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("place", models.PositiveSmallIntegerField()),
                ("name", WrittenJSON()),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "consent_approval_step",
            },
        ),
        migrations.CreateModel(
            name="ContactRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kept_by", models.CharField(max_length=500)),
                ("of", models.CharField(max_length=500)),
                ("unit", WrittenJSON(default=dict)),
                ("post", WrittenJSON(default=dict)),
                ("names", WrittenJSON(default=list)),
                ("honorifics", WrittenJSON(default=dict)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=100)),
                ("address", models.TextField(blank=True)),
                ("languages", WrittenJSON(default=list)),
                ("since", models.CharField(blank=True, max_length=40)),
                ("until", models.CharField(blank=True, max_length=40)),
                ("remark", models.TextField(blank=True)),
                ("person", models.CharField(blank=True, db_index=True, max_length=500)),
                ("edition", models.PositiveIntegerField(default=1)),
                ("changed_by", models.CharField(max_length=40)),
                ("changed_at", models.DateTimeField()),
                (
                    "assistant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="koryu.contactrow"
                    ),
                ),
            ],
            options={
                "db_table": "correspondence_contact",
            },
        ),
        migrations.CreateModel(
            name="AddresseeRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kept_by", models.CharField(max_length=500)),
                ("of", models.CharField(max_length=500)),
                ("letter_kind", models.CharField(blank=True, max_length=40)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="koryu.contactrow"
                    ),
                ),
            ],
            options={
                "db_table": "correspondence_addressee",
            },
        ),
        migrations.CreateModel(
            name="DeputyRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deputies", to="koryu.approvalsteprow"
                    ),
                ),
            ],
            options={
                "db_table": "consent_deputy",
            },
        ),
        migrations.AddIndex(
            model_name="approvalsteprow",
            index=models.Index(fields=["institution", "place"], name="consent_approval_step_of"),
        ),
        migrations.AddIndex(
            model_name="contactrow",
            index=models.Index(fields=["kept_by", "of"], name="correspondence_contact_of"),
        ),
        migrations.AddConstraint(
            model_name="addresseerow",
            constraint=models.UniqueConstraint(
                fields=("kept_by", "of", "letter_kind"), name="correspondence_addressee_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="deputyrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lte", models.F("last"))), name="consent_deputy_order"
            ),
        ),
    ]
