"""One installation's settings, from its environment."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.utils import ConnectionHandler

from koryu.settings import database, secret_key, sqlite


def test_without_an_address_the_database_is_a_file_in_the_home(tmp_path: Path) -> None:
    assert database("", home=tmp_path)["NAME"] == tmp_path / "koryu.sqlite3"


def test_an_address_of_postgresql_is_taken_apart_as_libpq_does(tmp_path: Path) -> None:
    found = database("postgresql://u:p%40ss@db.example:5433/koryu?sslmode=require", home=tmp_path)
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "koryu",
        "USER": "u",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": "4",
            "sslmode": "require",
            "pool": {"min_size": 1, "max_size": 8, "timeout": 5},
        },
    }


@pytest.mark.parametrize("address", ["mysql://db/koryu", "koryu.sqlite3", "postgresql://[", "postgresql://db/k?nope=1"])
def test_another_address_is_refused_in_one_sentence(address: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^KORYU_DATABASE: [^\n]+\.$"):
        database(address, home=tmp_path)


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made = secret_key(home)
    assert secret_key(home) == made
    assert len(made) == 64
    assert (home / "secret").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in home.iterdir()] == ["secret"]


def test_a_home_in_which_nothing_can_be_kept_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match=r"^KORYU_HOME: nothing can be kept in .*: Not a directory\.$"):
        secret_key(tmp_path / "file" / "home")


@pytest.mark.django_db
def test_sqlite_lets_others_read_while_one_writes() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (1,)
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20000,)


class Careless(sqlite3.Connection):
    """SQLite as it is built where nobody asked for more: what is deleted stays in the file. Some builds differ."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.execute("PRAGMA secure_delete = OFF")


def bytes_after_deleting(home: Path, settings: dict[str, Any]) -> bytes:
    """The file of a database in which a row was deleted, over a connection with these settings."""
    settings["OPTIONS"]["factory"] = Careless
    own = ConnectionHandler({"default": settings})["default"]
    with own.cursor() as cursor:
        cursor.execute("CREATE TABLE note (text TEXT)")
        cursor.execute("INSERT INTO note VALUES ('stays'), ('Quillfeather')")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"Quillfeather" in (home / "koryu.sqlite3").read_bytes()
        cursor.execute("DELETE FROM note WHERE text = 'Quillfeather'")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    own.close()
    return b"".join(file.read_bytes() for file in home.iterdir())


@pytest.mark.django_db
def test_what_is_deleted_is_overwritten_in_the_file_at_once(tmp_path: Path) -> None:
    found = bytes_after_deleting(tmp_path, sqlite(tmp_path))
    assert (b"stays" in found, b"Quillfeather" in found) == (True, False)


@pytest.mark.django_db
def test_without_being_told_so_sqlite_leaves_it_there(tmp_path: Path) -> None:
    """So that the test above can fail."""
    settings = sqlite(tmp_path)
    settings["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL;"
    assert b"Quillfeather" in bytes_after_deleting(tmp_path, settings)


def test_without_its_driver_postgresql_is_refused_in_one_sentence_that_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("psycopg", "psycopg.conninfo", "psycopg_pool"):
        # What Python's own import takes for a module that is not there.
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImproperlyConfigured) as refused:
        database("postgresql://db.example/koryu", home=tmp_path)
    assert str(refused.value) == (
        "KORYU_DATABASE: the driver for PostgreSQL is not installed: pip install 'koryu[postgresql]'."
    )
    assert database("", home=tmp_path)["ENGINE"] == "django.db.backends.sqlite3"
