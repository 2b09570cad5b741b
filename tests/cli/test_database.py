"""`koryu migrate` changes tables and says so; no other command does."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.test_bad_input import in_home
from tests.site import free_port

EARLIER = (
    "The tables are of an earlier release. Make a backup (koryu backup FILE), then bring them up to date with koryu "
    "migrate.\n"
)
LATER = (
    "The tables are of a later release of Koryu than this program. Install that release, or restore a backup into an "
    "empty database.\n"
)
COMMANDS = [
    ("serve",), ("load", "good.yaml"), ("export",), ("find", "library"), ("tend", "--once"), ("rebuild",), ("prepare",),
    ("history", "exchange/one"), ("show", "exchange/one"), ("index",), ("role", "list"), ("institution", "list"),
]  # fmt: skip


def change(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "koryu.sqlite3", isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


def schema(home: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(home / "koryu.sqlite3")) as database:
        applied = database.execute("SELECT name FROM django_migrations ORDER BY id").fetchall()
        return [*database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall(), *applied]


def run(home: Path, command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    more = ("--port", str(free_port())) if command == ("serve",) else ()
    return in_home(home)(*command, *more)


def an_earlier_release(home: Path) -> None:
    """The tables lack the last change."""
    last = "SELECT max(name) FROM django_migrations WHERE app = 'koryu'"
    change(home, f"DELETE FROM django_migrations WHERE app = 'koryu' AND name = ({last})")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_changes_tables_of_an_earlier_release(home: Path, command: tuple[str, ...]) -> None:
    an_earlier_release(home)
    before = schema(home)
    done = run(home, command)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", EARLIER)
    assert schema(home) == before


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_touches_tables_of_a_later_release(home: Path, command: tuple[str, ...]) -> None:
    change(home, "INSERT INTO django_migrations (app, name, applied) VALUES ('koryu', '9999_later', '2030-01-01')")
    before = schema(home)
    done = run(home, command)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", LATER)
    assert schema(home) == before


def test_migrating_says_what_it_does_and_then_that_there_is_nothing_to_do(tmp_path: Path) -> None:
    run = in_home(tmp_path)
    said = run("migrate").stdout.splitlines()
    assert "  koryu.0001_first" in said
    assert said[-1] == f"{len(said) - 1} changes made; the tables are up to date."
    assert run("migrate").stdout == "The tables are up to date.\n"


def test_two_who_migrate_at_once_wait_for_each_other(tmp_path: Path) -> None:
    from tests.threads import at_once

    done = at_once(*[lambda: in_home(tmp_path)("migrate").returncode] * 3)
    assert list(done) == [0, 0, 0]


def test_a_database_without_tables_is_given_them_by_whichever_command_comes_first(tmp_path: Path) -> None:
    assert in_home(tmp_path)("institution", "list").returncode == 0


def test_migrating_does_not_touch_tables_of_a_later_release(home: Path) -> None:
    change(home, "INSERT INTO django_migrations (app, name, applied) VALUES ('koryu', '9999_later', '2030-01-01')")
    done = in_home(home)("migrate")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("than this program: koryu.9999_later.\n")
