"""What is drafted, and the lines of the archive, keep their keys in the order in which they were written."""

from django.db import migrations

from koryu.ledger.models import WrittenJSON


class Migration(migrations.Migration):
    dependencies = [
        ("koryu", "0011_times_as_times"),
    ]

    operations = [
        migrations.AlterField(model_name="draftrow", name="content", field=WrittenJSON()),
        migrations.AlterField(model_name="draftrow", name="reason", field=WrittenJSON(null=True)),
        migrations.AlterField(model_name="recordrow", name="line", field=WrittenJSON(default=dict)),
    ]
