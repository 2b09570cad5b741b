"""Keys confirmed or stopped by the operator; and the usernames of the machine, which are nobody's from here on."""

from typing import Any, ClassVar

from django.db import migrations, models

LOADER = "loader"
RESERVED = ("loader", "server", "operator")


def let_compilers_speak_through_the_loader(apps: Any, schema_editor: Any) -> None:
    """Keep the institutions for which the loader speaks apart, and take its account and its roles as head away."""
    roles, compilers = apps.get_model("koryu", "RoleRow"), apps.get_model("koryu", "CompilerRow")
    for role in roles.objects.filter(person__username=LOADER):
        compilers.objects.create(institution=role.institution)
    roles.objects.filter(person__username=LOADER).delete()
    apps.get_model("koryu", "Account").objects.filter(username=LOADER, last_login=None).delete()


def close_accounts_with_these_handles(apps: Any, schema_editor: Any) -> None:
    """Close the accounts with reserved usernames; they are not renamed, for what was sealed bears these names."""
    apps.get_model("koryu", "Account").objects.filter(username__in=RESERVED).update(is_active=False)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("koryu", "0007_files")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="KeyDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(db_index=True, max_length=500)),
                ("did", models.CharField(max_length=100)),
                ("decision", models.CharField(max_length=10)),
                ("replaces", models.CharField(blank=True, max_length=100)),
                ("after", models.PositiveBigIntegerField(null=True)),
                ("by", models.CharField(max_length=40)),
                ("at", models.CharField(max_length=20)),
            ],
            options={"db_table": "institutions_key_decision"},
        ),
        migrations.AddConstraint(
            model_name="keydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("after", None), ("decision", "confirmed"))
                | models.Q(("after__gte", 0), ("decision", "stopped")),
                name="institutions_key_decision_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="keydecision",
            constraint=models.UniqueConstraint(fields=("did", "decision"), name="institutions_key_decision_once"),
        ),
        migrations.CreateModel(
            name="CompilerRow",
            fields=[("institution", models.CharField(max_length=500, primary_key=True, serialize=False))],
            options={"db_table": "institutions_compiler"},
        ),
        migrations.RunPython(let_compilers_speak_through_the_loader, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(close_accounts_with_these_handles, migrations.RunPython.noop, elidable=True),
    ]
