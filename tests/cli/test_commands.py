"""The group of commands and its exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from koryu import __version__
from koryu.cli import COMMANDS
from tests.commands import koryu
from tests.site import free_port


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own, as a person runs it."""
    return subprocess.run(
        [sys.executable, "-c", "from koryu.cli import main; main()", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_version_is_the_package_s_own() -> None:
    assert run("--version").stdout == f"koryu, version {__version__}\n"


def test_listing_the_commands_loads_none_of_them_and_touches_no_home(tmp_path: Path) -> None:
    listed = run("--help", KORYU_HOME=str(tmp_path / "home"))
    assert (listed.returncode, listed.stderr) == (0, "")
    assert [name for name in COMMANDS if f"\n  {name} " not in listed.stdout] == []
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_listed_is_there_and_explains_itself(name: str, tmp_path: Path) -> None:
    explained = koryu(name, "--help", home=tmp_path)
    assert (explained.returncode, explained.stderr) == (0, "")
    assert explained.stdout.startswith(f"Usage: koryu {name}")


def test_a_command_that_does_not_exist_ends_with_2() -> None:
    assert run("erect").returncode == 2


def test_a_setting_that_cannot_be_used_ends_with_2_and_one_sentence() -> None:
    refused = run("serve", "--port", str(free_port()), KORYU_DATABASE="mysql://db/koryu")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "KORYU_DATABASE: expected an address like postgresql://…, or nothing for SQLite.\n"


def test_a_database_that_cannot_be_opened_ends_with_2_and_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "koryu.sqlite3").mkdir()
    refused = run("serve", "--port", str(free_port()), KORYU_DATABASE="", KORYU_HOME=str(tmp_path))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "The database cannot be opened (see KORYU_DATABASE and KORYU_HOME): unable to open database file\n"
    )
