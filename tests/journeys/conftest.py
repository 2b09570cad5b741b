"""A server of its own for the journeys of a file, and people who sit down before it."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.commands import koryu
from tests.eyes import Eyes
from tests.journeys.founding import SESSIONS, found
from tests.journeys.people import Person
from tests.site import MadeOnce, Site, answering

WIDE = ViewportSize(width=1280, height=900)
SitsDown = Callable[..., Person]


@pytest.fixture(scope="session")
def founded_home(made_once: MadeOnce) -> Path:
    """A folder in which the libraries are set up, to be copied."""
    return made_once("founded", found)


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`koryu serve` on a folder of its own, in which the libraries are set up and nothing is on record yet."""
    with answering(Path(shutil.copytree(founded_home, tmp_path_factory.mktemp("desk") / "home"))) as site:
        yield site


@contextmanager
def on_record(founded_home: Path, folder: Path, dataset: str) -> Iterator[Site]:
    """`koryu serve` on a folder of its own, in which the libraries are set up and this data set is on record."""
    home = Path(shutil.copytree(founded_home, folder / "home"))
    (home / "dataset.yaml").write_text(dataset, "utf-8")
    loaded = koryu("load", str(home / "dataset.yaml"), home=home)
    assert loaded.returncode == 0, loaded.stderr
    with answering(home) as site:
        yield site


@pytest.fixture
def sits_down(desk: Site, browser: Browser, eyes: Eyes) -> Iterator[SitsDown]:
    """Somebody sits down at a browser of their own, with a username at the desk; script can be off.

    Whoever has no script signs in, and who came after the founding; else the browser has a session already.
    """
    contexts = []
    sessions = json.loads((desk.home / SESSIONS).read_text("utf-8"))

    def sit_down(username: str = "", *, second: str = "ja", script: bool = True) -> Person:
        context = browser.new_context(java_script_enabled=script, locale="en-GB", viewport=WIDE)
        context.set_default_timeout(20_000)
        contexts.append(context)
        person = Person(desk, context.new_page(), eyes, second, script)
        if script and username in sessions:
            at = f"{desk.address}/desk/"
            context.add_cookies([{"name": "koryu-session", "value": sessions[username], "url": at}])
            person.goes("")
        elif username:
            person.signs_in(username)
        return person

    yield sit_down
    for context in contexts:
        context.close()
