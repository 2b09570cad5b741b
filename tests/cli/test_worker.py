"""`koryu tend`: done, told, stopped and started again at any time."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from koryu.cli import worker
from koryu.consent import actions as consent
from koryu.notices import models, queries
from tests.notices.people import a_notice, settle_in
from tests.notices.postbox import Postbox, postbox
from tests.world import AT, COMPILER, EXCHANGE, NDL, NLC, WORK, exchange

pytestmark = pytest.mark.django_db


def round_done() -> list[str]:
    return worker.one_round(threading.Event())


def test_a_round_says_what_it_did_and_the_next_has_nothing_to_do() -> None:
    settle_in()
    Session.objects.create(session_key="old", session_data="", expire_date=datetime.now(UTC) - timedelta(days=1))
    Client().post("/desk/account/login/", {"login": "sato", "password": "wrong"})
    from axes.models import AccessAttempt

    AccessAttempt.objects.update(attempt_time=datetime.now(UTC) - timedelta(days=2))
    done = ["1 sessions that had ended were forgotten.", "1 failed tries to sign in were forgotten."]
    assert round_done() == done
    assert queries.state().did == tuple(done)
    assert round_done() == []


def test_what_counts_still_is_not_forgotten() -> None:
    from axes.models import AccessAttempt

    Client().post("/desk/account/login/", {"login": "sato", "password": "wrong"})
    Session.objects.create(session_key="new", session_data="", expire_date=datetime.now(UTC) + timedelta(hours=1))
    round_done()
    assert (AccessAttempt.objects.count(), Session.objects.count()) == (1, 1)


def test_notices_are_sent_by_themselves_only_where_that_is_set(settings: Any) -> None:
    settle_in()
    settings.MAIL = True
    a_notice()
    assert round_done() == []
    settings.MAIL_AUTO = True
    assert round_done() == ["1 notices sent."]


def test_told_to_stop_it_begins_nothing_new() -> None:
    stopped = threading.Event()
    stopped.set()
    settle_in()
    a_notice()
    assert worker.one_round(stopped) == []


def test_everything_that_is_left_undone_is_done_in_one_order(settings: Any) -> None:
    """Within a transaction nothing can be overwritten, and so what was erased is left to the next round."""
    settle_in()
    settings.MAIL = settings.MAIL_AUTO = True
    a_notice()
    consent.erase(institution=COMPILER, record=WORK, by="head", at=AT)
    content = exchange(NDL, NLC).content()
    draft = consent.draft(institution=NDL, record=EXCHANGE, content=content, replaces=None, by="mori", at=AT)
    consent.share(draft=draft, by="mori", at=AT)
    Session.objects.create(session_key="old", session_data="", expire_date=datetime.now(UTC) - timedelta(days=1))
    assert round_done() == [
        "2 notices written.",
        "3 notices sent.",
        "1 sessions that had ended were forgotten.",
        "What was erased is not overwritten yet: another process reads the database. The next round tries again.",
    ]


@pytest.fixture
def home(tmp_path: Path, transactional_db: None) -> Path:
    """A folder with a database of its own, in which one notice waits."""
    if connection.vendor != "sqlite":
        pytest.skip("the database is copied as a file")
    settle_in()
    a_notice()
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours,
        closing(sqlite3.connect(tmp_path / "koryu.sqlite3")) as theirs,
    ):
        ours.backup(theirs)
    return tmp_path


def tend(home: Path, box: Postbox | None, *arguments: str) -> subprocess.Popen[str]:
    mail = {"KORYU_MAIL": f"smtp://127.0.0.1:{box.port}", "KORYU_MAIL_AUTO": "1"} if box else {}
    return subprocess.Popen(
        [sys.executable, "-u", "-c", "from koryu.cli import main; main()", "tend", *arguments],
        env={**os.environ, "KORYU_HOME": str(home), "KORYU_DATABASE": "", **mail},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def waiting(home: Path) -> list[tuple[int, int]]:
    """(taken, sent), each 1 or 0, of the notices there."""
    with closing(sqlite3.connect(home / "koryu.sqlite3")) as database:
        return list(database.execute("SELECT taken_at IS NOT NULL, sent_at IS NOT NULL FROM notices_notice"))


def test_killed_between_sending_and_noting_it_sends_nothing_twice(home: Path) -> None:
    with postbox() as box:
        running = tend(home, box, "--once")
        # The letter has come, the answer has not: nobody but the server knows.
        box.before_the_answer = lambda: running.send_signal(signal.SIGKILL)
        running.communicate(timeout=60)
        assert (running.returncode, len(box.letters), waiting(home)) == (-signal.SIGKILL, 1, [(1, 0)])
        box.before_the_answer = None
        again = tend(home, box, "--once")
        said, _ = again.communicate(timeout=60)
    assert (again.returncode, said, len(box.letters), waiting(home)) == (0, "", 1, [(1, 0)])


def test_sigterm_and_a_closed_input_end_it_after_its_round(home: Path) -> None:
    with postbox() as box:
        running = tend(home, box, "--every", "600")
        assert running.stdout is not None
        assert running.stdout.readline() == "1 notices sent.\n"
        running.terminate()
        said, _ = running.communicate(timeout=30)
        assert (running.returncode, said, waiting(home)) == (0, "", [(1, 1)])
    left_alone = tend(home, None, "--every", "600", "--while-open")
    left_alone.communicate(timeout=60)
    assert left_alone.returncode == 0


def test_a_round_that_fails_says_so_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "koryu.sqlite3").mkdir()
    said, _ = tend(tmp_path, None, "--once").communicate(timeout=60)
    assert re.fullmatch(r"The database cannot be opened .*\n", said)


def test_a_notice_of_long_ago_is_kept(transactional_db: None) -> None:
    settle_in()
    a_notice(sent_at=AT)
    round_done()
    assert models.NoticeRow.objects.count() == 1
