"""What was said of working days before, so that people are told what moved; and who is reminded once a week."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("koryu", "0030_translations_and_customs")]

    operations = [
        migrations.CreateModel(
            name="DaysBeforeRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=10)),
                ("of", models.CharField(blank=True, max_length=500)),
                ("kept_by", models.CharField(blank=True, max_length=500)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("content", models.JSONField()),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "planning_days_before",
                "indexes": [
                    models.Index(fields=["of", "kept_by"], name="planning_days_before_of"),
                    models.Index(fields=["until"], name="planning_days_before_until"),
                ],
            },
        ),
        migrations.AddField("Account", "weekly", models.BooleanField(default=False)),
    ]
