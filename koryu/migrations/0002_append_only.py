"""The ledger is append-only, and the database itself says so: a row of it is never changed nor deleted."""

from typing import ClassVar

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER ledger_entry_no_{verb} BEFORE {verb} ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
    """,
]
POSTGRESQL = [
    """
    CREATE OR REPLACE FUNCTION ledger_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
    """,
    """
    CREATE TRIGGER ledger_entry_no_{verb} BEFORE {verb} ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_is_append_only()
    """,
]


def forbid_changes(apps: object, schema_editor: object) -> None:
    vendor = schema_editor.connection.vendor  # type: ignore[attr-defined] -- Django passes the schema editor untyped
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(statement.format(verb=verb))  # type: ignore[attr-defined] -- as above


def allow_changes(apps: object, schema_editor: object) -> None:
    vendor = schema_editor.connection.vendor  # type: ignore[attr-defined] -- as above
    where = " ON ledger_entry" if vendor == "postgresql" else ""
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER ledger_entry_no_{verb}{where}")  # type: ignore[attr-defined] -- as above


def first_turn(apps: object, schema_editor: object) -> None:
    apps.get_model("koryu", "LedgerLock").objects.create(pk=1, last_number=0)  # type: ignore[attr-defined] -- as above


class Migration(migrations.Migration):
    dependencies: ClassVar = [("koryu", "0001_first")]
    operations: ClassVar = [
        migrations.RunPython(forbid_changes, allow_changes),
        migrations.RunPython(first_turn, migrations.RunPython.noop),
    ]
