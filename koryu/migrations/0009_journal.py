"""The journal, append-only: a row of it is never changed nor deleted, and the database itself says so."""

from typing import ClassVar

from django.db import migrations, models

SQLITE = [
    """
    CREATE TRIGGER journal_line_no_{verb} BEFORE {verb} ON journal_line
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
]
POSTGRESQL = [
    """
    CREATE OR REPLACE FUNCTION journal_line_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$
    """,
    """
    CREATE TRIGGER journal_line_no_{verb} BEFORE {verb} ON journal_line
    FOR EACH ROW EXECUTE FUNCTION journal_line_is_append_only()
    """,
]


def forbid_changes(apps: object, schema_editor: object) -> None:
    vendor = schema_editor.connection.vendor  # type: ignore[attr-defined] -- Django passes the schema editor untyped
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(statement.format(verb=verb))  # type: ignore[attr-defined] -- as above


def allow_changes(apps: object, schema_editor: object) -> None:
    vendor = schema_editor.connection.vendor  # type: ignore[attr-defined] -- as above
    where = " ON journal_line" if vendor == "postgresql" else ""
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER journal_line_no_{verb}{where}")  # type: ignore[attr-defined] -- as above


class Migration(migrations.Migration):
    dependencies: ClassVar = [("koryu", "0008_keys")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="JournalRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=40)),
                ("institution", models.CharField(blank=True, max_length=500)),
                ("what", models.CharField(max_length=40)),
                ("about", models.CharField(blank=True, max_length=500)),
                ("values", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "journal_line",
                "indexes": [models.Index(fields=["institution", "id"], name="journal_line_institution")],
            },
        ),
        migrations.RunPython(forbid_changes, allow_changes),
    ]
