"""One installation's settings, from its environment."""

import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from koryu.settings import database, secret_key


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
