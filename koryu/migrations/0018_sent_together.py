"""Drafts that are to be sent in one act were submitted together: their submissions share a token."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0017_private_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="together",
            field=models.CharField(blank=True, db_index=True, default="", max_length=40),
        ),
    ]
