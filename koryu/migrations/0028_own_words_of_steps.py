"""Own words of a counted step, and since when one that a letter had done is to be done anew."""

from django.db import migrations, models

import koryu.values.moments


class Migration(migrations.Migration):
    dependencies = [("koryu", "0027_templates_and_way_of_letters")]

    operations = [
        migrations.AddField(
            model_name="countedsteprow",
            name="words",
            field=models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="countedsteprow", name="anew_at", field=koryu.values.moments.MomentField(null=True)
        ),
    ]
