"""`koryu backup` and `koryu restore`: everything that is kept, in one file that either database can take in."""

import base64
import errno
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from koryu.cli.bad_input import BadInput
from koryu.cli.terminal import say

FORM: Final = "koryu backup 1"
# What is made anew by itself: who is signed in, wrong passwords, and Django's own lists of tables.
_LEFT_OUT: Final = frozenset(
    {"sessions.Session", "axes.AccessAttempt", "axes.AccessFailureLog", "axes.AccessLog", "contenttypes.ContentType"}
    | {"auth.Permission", "auth.Group", "admin.LogEntry"}
)
_AT_ONCE: Final = 500
_SECRETS: Final = ("keys.json", "secret")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--keys", type=click.Path(dir_okay=False, path_type=Path), help="Write the secret keys too, to this file."
)
def backup(file: Path, keys: Path | None) -> None:
    """Write everything on record and every private row and file to FILE; while Koryu is running, too.

    The secret keys, with which the institutions here seal, are written only when asked for, and to a file apart:
    whoever has them can speak for the institutions. FILE must not be there yet.
    """
    for wanted in filter(None, (file, keys)):
        if wanted.exists():
            raise BadInput(f"{wanted}: there is a file of this name already; a backup never replaces one.")
    with _made(file) as archive:
        rows = _write_tables(archive)
    size = file.stat().st_size
    say(f"{file}: {rows} rows, {size / 1_000_000:.1f} MB. The secret keys are not in it.")
    if keys:
        names = _write_keys(keys)
        say(f"{keys}: {', '.join(names)}. Keep it apart from the backup, where nobody else can read it.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--keys", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take the secret keys too.")
def restore(file: Path, keys: Path | None) -> None:
    """Put what a backup holds into an empty database, of SQLite or PostgreSQL; nothing is ever replaced.

    A backup of an earlier release is brought up to date afterwards. The search index is made anew by itself.
    """
    from django.db import connection

    _refuse_unless_empty()
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        _check_digests(archive, manifest, file)
        rows = _read_tables(archive, manifest, file)
    connection.close()
    if keys:
        say(f"{', '.join(_read_keys(keys))} restored.")
    say(f"{rows} rows restored, as they were at {manifest['at']}.")


def _write_tables(archive: zipfile.ZipFile) -> int:
    """Every row as it was at one moment, whoever writes meanwhile."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from koryu import __version__
    from koryu.desk import clock

    tables: dict[str, Any] = {}
    with _one_moment():
        applied = sorted(MigrationLoader(connection).applied_migrations or ())
        apps = _apps_at(applied)
        for model in _models(apps):
            name = f"tables/{model._meta.db_table}.jsonl"
            with archive.open(name, "w", force_zip64=True) as member:
                tables[model._meta.label] = {"member": name, **_write_rows(model, member)}
    manifest = {
        "form": FORM,
        "at": clock.now(),
        "release": __version__,
        "migrations": [list(migration) for migration in applied],
        "tables": tables,
    }
    archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    return sum(table["rows"] for table in tables.values())


@contextmanager
def _one_moment() -> Iterator[None]:
    from django.db import connection, transaction

    if connection.vendor == "sqlite":
        # Django would begin as a writer does, and so keep every writer waiting; a reader sees one moment too.
        connection.ensure_connection()
        connection.connection.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.connection.execute("ROLLBACK")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _write_rows(model: Any, member: Any) -> dict[str, Any]:
    fields = [field.attname for field in model._meta.concrete_fields]
    digest, count = hashlib.sha256(), 0
    for row in model._base_manager.order_by("pk").values_list(*fields).iterator(chunk_size=_AT_ONCE):
        line = json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n"
        digest.update(line)
        member.write(line)
        count += 1
    return {"fields": fields, "rows": count, "sha256": digest.hexdigest()}


def _plain(value: Any) -> Any:
    """A value as JSON can hold it; `_living` turns it back."""
    match value:
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode("ascii")
        case date():
            return value.isoformat()
        case _:
            return value


def _living(field: Any, value: Any) -> Any:
    from django.db.models import BinaryField, DateField

    if value is None:
        return None
    match field:
        case BinaryField():
            return base64.b64decode(value, validate=True)
        case DateField():
            return field.to_python(value)
        case _:
            return value


def _refuse_unless_empty() -> None:
    from django.db import OperationalError, connection

    try:
        tables = connection.introspection.table_names()
    except OperationalError as error:
        raise BadInput(
            f"The database cannot be opened (see KORYU_DATABASE and KORYU_HOME): {' '.join(str(error).split())}"
        ) from error
    if tables:
        raise BadInput(
            "There are tables in this database already, and a restore replaces nothing. Name an empty one "
            "(KORYU_DATABASE) or another folder (KORYU_HOME)."
        )


def _read_tables(archive: zipfile.ZipFile, manifest: dict[str, Any], file: Path) -> int:
    """Tables as they were, their rows, and then the changes made since; all of it or nothing."""
    from django.core.management.color import no_style
    from django.db import DatabaseError, connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from koryu.cli.database import one_at_a_time

    applied = [(str(app), str(name)) for app, name in manifest["migrations"]]
    with one_at_a_time():
        executor = MigrationExecutor(connection)
        unknown = [f"{app}.{name}" for app, name in applied if (app, name) not in executor.loader.graph.nodes]
        if unknown:
            raise BadInput(
                f"{file}: it was made by a later release of Koryu ({manifest['release']}); install that one first. "
                f"Not known here: {', '.join(unknown)}."
            )
        try:
            executor.migrate(_leaves(applied, executor))
            apps = _apps_at(applied)
            with transaction.atomic(), _in_any_order():
                rows = sum(_read_rows(model, archive, manifest, file) for model in _models(apps))
                with connection.cursor() as cursor:
                    for statement in connection.ops.sequence_reset_sql(no_style(), _models(apps)):
                        cursor.execute(statement)
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
        except (DatabaseError, ValueError, KeyError, TypeError) as error:
            raise BadInput(
                f"{file}: its rows do not fit the tables: {' '.join(str(error).split())} The database named by the "
                "settings is not usable now; empty it before the next try."
            ) from error
    return rows


@contextmanager
def _in_any_order() -> Iterator[None]:
    """Until the block ends, a row may refer to a row that is not there yet."""
    from django.db import connection

    # SQLite and PostgreSQL both: Django makes references to be checked when a transaction ends.
    yield
    connection.check_constraints()


def _read_rows(model: Any, archive: zipfile.ZipFile, manifest: dict[str, Any], file: Path) -> int:
    table = manifest["tables"].get(model._meta.label)
    if table is None:
        raise BadInput(f"{file}: the table {model._meta.db_table} is missing from it.")
    # What a new database is given to begin with is in the backup too.
    model._base_manager.all()._raw_delete(using="default")
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in table["fields"]]
    batch: list[Any] = []
    count = 0
    with archive.open(table["member"]) as member:
        for line in io.TextIOWrapper(member, encoding="utf-8"):
            written = zip(fields, json.loads(line), strict=True)
            batch.append(model(**{field.attname: _living(field, value) for field, value in written}))
            count += 1
            if len(batch) == _AT_ONCE:
                model._base_manager.bulk_create(batch)
                batch = []
    model._base_manager.bulk_create(batch)
    return count


def _leaves(applied: list[tuple[str, str]], executor: Any) -> list[tuple[str, str]]:
    """The last of these migrations in each app: those on which no other of them depends."""
    within = set(applied)
    return [
        node
        for node in applied
        if not any(
            child.key in within for child in executor.loader.graph.node_map[node].children if child.key[0] == node[0]
        )
    ]


def _apps_at(applied: list[tuple[str, str]]) -> Any:
    """The models as they were after these migrations."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    known = [node for node in applied if node in executor.loader.graph.nodes]
    return executor.loader.project_state(_leaves(known, executor), at_end=True).apps


def _models(apps: Any) -> list[Any]:
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and model._meta.label not in _LEFT_OUT]


# The file itself.


@contextmanager
def _made(file: Path) -> Iterator[zipfile.ZipFile]:
    """A new file of mode 0600, there in one step once it is whole. Raises BadInput where none can be written."""
    half = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(half, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as opened:
            with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                yield archive
            opened.flush()
            os.fsync(opened.fileno())
        try:
            os.link(half, file)
        except OSError as error:
            # Some file systems know no second name; there, who writes the same file at the same moment comes last.
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP):
                raise
            half.rename(file)
    except FileExistsError as error:
        raise BadInput(f"{file}: there is a file of this name already; a backup never replaces one.") from error
    except OSError as error:
        raise BadInput(f"{file}: it cannot be written: {(error.strerror or str(error)).lower()}.") from error
    finally:
        with suppress(OSError):
            half.unlink()


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, OSError, EOFError, zipfile.zlib.error, NotImplementedError) as error:  # type: ignore[attr-defined]  # -- zlib, which zipfile uses
        raise BadInput(f"{file}: this is not a whole backup of Koryu; it may be cut short.") from error


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read("manifest.json"))
        fits = manifest["form"] == FORM and all(
            {"member", "fields", "rows", "sha256"} <= set(t) for t in manifest["tables"].values()
        )
        fits = (
            fits
            and isinstance(manifest["at"], str)
            and all(len(migration) == 2 for migration in manifest["migrations"])
        )
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput(f"{file}: this is not a backup of Koryu.") from error
    if not fits:
        raise BadInput(f"{file}: this is not a backup of a form that this release reads ({FORM}).")
    return dict(manifest)


def _check_digests(archive: zipfile.ZipFile, manifest: dict[str, Any], file: Path) -> None:
    for table in manifest["tables"].values():
        digest = hashlib.sha256()
        try:
            with archive.open(table["member"]) as member:
                for chunk in iter(lambda: member.read(1 << 20), b""):
                    digest.update(chunk)
        except KeyError as error:
            raise BadInput(f"{file}: {table['member']} is missing from it.") from error
        if digest.hexdigest() != table["sha256"]:
            raise BadInput(f"{file}: {table['member']} was changed since the backup was made.")


def _write_keys(file: Path) -> list[str]:
    from django.conf import settings

    kept = [Path(settings.HOME) / name for name in _SECRETS if (Path(settings.HOME) / name).exists()]
    with _made(file) as archive:
        for secret in kept:
            archive.writestr(secret.name, secret.read_bytes())
    return [secret.name for secret in kept]


def _read_keys(file: Path) -> list[str]:
    from django.conf import settings

    home = Path(settings.HOME)
    with _opened(file) as archive:
        names = [name for name in archive.namelist() if name in _SECRETS]
        if not names:
            raise BadInput(f"{file}: there are no secret keys of Koryu in it.")
        for name in names:
            half = home / f".{name}.{os.getpid()}"
            with open(half, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as opened:
                opened.write(archive.read(name))
            half.replace(home / name)
    return names
