"""Makes Django and its tables ready for a command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

import click

from koryu.cli.bad_input import BadInput
from koryu.cli.terminal import say


def set_up() -> None:
    """Load Django's settings and every room's tables; may be called again without harm.

    Raises BadInput for a setting that cannot be used.
    """
    # Imported here, as below: the commands that only read a file start without Django.
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koryu.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise BadInput(str(error)) from error
    _without_a_pool()


def _without_a_pool() -> None:
    """Use one connection and no pool: a pool that cannot connect says only how long it tried, and not why it failed."""
    from django.db import connection

    connection.settings_dict["OPTIONS"].pop("pool", None)


def ready() -> None:
    """Make the tables of a database that has none; refuse one whose tables are of another release.

    Raises BadInput, and when the database cannot be opened.
    """
    missing, foreign, any_there = _compared()
    if foreign:
        raise BadInput(
            "The tables are of a later release of Koryu than this program. Install that release, or restore a backup "
            "into an empty database."
        )
    if missing and any_there:
        raise BadInput(
            "The tables are of an earlier release. Make a backup (koryu backup FILE), then bring them up to date with "
            "koryu migrate."
        )
    if missing:
        _migrate()


@click.command()
def migrate() -> None:
    """Bring the tables up to date with this release, and say what is done. No other command changes tables."""
    missing, foreign, _ = _compared()
    if foreign:
        raise BadInput(f"The tables are of a later release of Koryu than this program: {', '.join(sorted(foreign))}.")
    if not missing:
        say("The tables are up to date.")
        return
    for name in missing:
        say(f"  {name}")
    _migrate()
    _fill_what_is_derived()
    say(f"{len(missing)} changes made; the tables are up to date.")


def behind() -> int:
    """How many changes the tables lack. Raises BadInput when the database cannot be opened."""
    return len(_compared()[0])


def _compared() -> tuple[list[str], set[str], bool]:
    """Which changes the tables lack, in order; which they have that are unknown here; whether there are tables."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with _opened():
        executor = MigrationExecutor(connection)
        loader = executor.loader
        plan = executor.migration_plan(loader.graph.leaf_nodes())
        applied = set(loader.applied_migrations or ())
    known = set(loader.disk_migrations or ())
    # Only ours: what a library has dropped from its own list it has merged into another of its changes.
    foreign = {f"{app}.{name}" for app, name in applied - known if app == "koryu"}
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan], foreign, bool(applied)


def _migrate() -> None:
    from django.core.management import call_command

    with _opened(), one_at_a_time():
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Until the block ends, no other process that asks for the same changes the tables."""
    from django.conf import settings
    from django.db import connection

    with (Path(settings.HOME) / "migrate.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        # Another machine may ask for the same; the lock is let go with the connection, however it ends.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('koryu migrate'))")
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('koryu migrate'))")


@contextmanager
def _opened() -> Iterator[None]:
    from django.db import OperationalError

    try:
        yield
    except OperationalError as error:
        reason = " ".join(str(error).split())
        raise BadInput(f"The database cannot be opened (see KORYU_DATABASE and KORYU_HOME): {reason}") from error


def _fill_what_is_derived() -> None:
    """Read the ledger again where a new release has emptied what is derived from it."""
    from koryu.archive import queries as archive
    from koryu.consent import actions
    from koryu.ledger import queries as ledger

    if archive.is_empty() and ledger.last_number():
        actions.rebuild()
