"""`koryu check`: one line for each thing, and 1 where something has to be mended."""

import shutil
from pathlib import Path

import pytest

from tests.commands import koryu
from tests.notices.postbox import postbox


def check(home: Path, *options: str, **settings: str) -> tuple[int, list[str]]:
    done = koryu("check", *options, home=home, settings={"KORYU_SECRET_KEY": "", **settings})
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def home(empty_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty_home, tmp_path / "home"))


def test_where_all_is_sound_nothing_is_wrong(home: Path) -> None:
    with postbox() as box:
        ended, lines = check(
            home, KORYU_ADDRESS="https://koryu.example", KORYU_PROXY="::1", KORYU_MAIL=f"smtp://127.0.0.1:{box.port}"
        )
    assert (ended, [line for line in lines if not line.startswith("well ")]) == (0, [])
    assert box.letters == []


WRONG = [
    ({"KORYU_ADDRESS": "http://koryu.example"}, "is not encrypted"),
    ({"KORYU_ADDRESS": "https://koryu.example"}, "KORYU_PROXY names nobody"),
    ({"KORYU_DEBUG": "1"}, "KORYU_DEBUG is on"),
    ({"KORYU_MAIL": "smtp://127.0.0.1:1"}, "mail: 127.0.0.1:1: "),
    ({"KORYU_DATABASE": "postgresql://nobody@127.0.0.1:1/none"}, "database: The database cannot be opened"),
]


@pytest.mark.parametrize(("settings", "says"), WRONG)
def test_a_setting_that_does_harm_is_named(home: Path, settings: dict[str, str], says: str) -> None:
    ended, lines = check(home, **settings)
    assert ended == 1
    assert [line for line in lines if line.startswith("WRONG") and says in line] != []


def _kept_to_itself(file: Path, written: str) -> None:
    file.write_text(written)
    file.chmod(0o600)


FILES = [
    (lambda home: home.chmod(0o755), "chmod 700"),
    (lambda home: (home / "secret").chmod(0o644), "chmod 600"),
    (lambda home: _kept_to_itself(home / "keys.json", "[]"), "is damaged: the operator must restore it"),
    (lambda home: (home / "keys.json").write_text("{}"), "chmod 600"),
]


@pytest.mark.parametrize(("change", "says"), FILES)
def test_a_secret_that_others_read_or_nobody_can_is_named(home: Path, change: object, says: str) -> None:
    assert callable(change)
    change(home)
    ended, lines = check(home, "--no-mail")
    assert (ended, [line for line in lines if line.startswith("WRONG") and says in line] != []) == (1, True)
