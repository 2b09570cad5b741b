"""Private rows of the sheets of an exchange, and comments that are of one row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0016_steps_of_an_exchange"),
    ]

    operations = [
        migrations.AddField(
            model_name="commentrow",
            name="place",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.CreateModel(
            name="PrivateRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=500)),
                ("exchange", models.CharField(max_length=500)),
                ("sheet", models.CharField(max_length=20)),
                ("place", models.CharField(max_length=64)),
                ("cells", models.JSONField()),
                ("shown", models.BooleanField()),
                ("edition", models.PositiveIntegerField(default=1)),
                ("changed_by", models.CharField(max_length=40)),
                ("changed_at", models.DateTimeField()),
                ("delete_on", models.DateField()),
            ],
            options={
                "db_table": "planning_row",
                "indexes": [
                    models.Index(fields=["exchange", "sheet"], name="planning_row_of"),
                    models.Index(fields=["delete_on"], name="planning_row_until"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("institution", "exchange", "sheet", "place"), name="planning_row_once"
                    )
                ],
            },
        ),
    ]
