"""Private rows that several institutions change, what is said of a whole sheet of them, and private links."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("koryu", "0028_own_words_of_steps")]

    operations = [
        migrations.AddField("ledgerlock", "to_wipe", models.BooleanField(default=False)),
        migrations.AddField("privaterow", "rank", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "privaterow",
            "changed_for",
            models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            "tokenrow", "made_by", models.CharField(blank=True, default="", max_length=40), preserve_default=False
        ),
        migrations.AddField("tokenrow", "ends", models.DateField(null=True)),
        migrations.AddField(
            "tokenrow", "part", models.CharField(blank=True, default="", max_length=500), preserve_default=False
        ),
        migrations.AddField(
            "tokenrow", "member", models.CharField(blank=True, default="", max_length=64), preserve_default=False
        ),
        migrations.AddField(
            "tokenrow", "email", models.EmailField(blank=True, default="", max_length=254), preserve_default=False
        ),
        migrations.AddField("tokenrow", "opened", models.PositiveIntegerField(default=0)),
        migrations.CreateModel(
            name="SheetRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("exchange", models.CharField(max_length=500)),
                ("sheet", models.CharField(max_length=20)),
                ("called", models.CharField(blank=True, max_length=100)),
                ("kept_until", models.DateField(null=True)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("delete_on", models.DateField()),
            ],
            options={
                "db_table": "planning_sheet",
                "indexes": [models.Index(fields=["exchange"], name="planning_sheet_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("institution", "exchange", "sheet"), name="planning_sheet_once")
                ],
            },
        ),
    ]
