"""What the tests of the commands stand on."""

import shutil
from pathlib import Path

import pytest

from tests.cli.test_bad_input import GOOD, in_home
from tests.site import MadeOnce


def load_good(home: Path) -> None:
    """Put GOOD on record in a new folder, with what is exported of it beside it."""
    home.mkdir(mode=0o700)
    (home / "good.yaml").write_text(GOOD, encoding="utf-8")
    run = in_home(home)
    done = run("load", "good.yaml")
    assert (done.returncode, done.stdout) == (0, "5 recorded, 0 unchanged.\n"), done.stderr
    (home / "keys.list").write_text(run("export", "--keys").stdout)
    (home / "all.jsonl").write_text(run("export").stdout)
    (home / "one.json").write_text(run("show", "exchange/one", "--json").stdout)


@pytest.fixture(scope="session")
def loaded(made_once: MadeOnce) -> Path:
    """A folder in which GOOD is on record, to be copied."""
    return made_once("good", load_good)


@pytest.fixture
def home(loaded: Path, tmp_path: Path) -> Path:
    """A copy of it of the test's own."""
    return Path(shutil.copytree(loaded, tmp_path / "home"))
