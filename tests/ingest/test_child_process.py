"""What reads a file in a process of its own: what it makes comes back, and whatever goes wrong is one sentence."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from koryu.ingest.child_process import TOO_LONG, TOO_MUCH, UNREADABLE, in_child
from koryu.values.reason import Reason, Refused
from tests.ingest import misbehaving


def test_what_the_function_makes_comes_back() -> None:
    assert in_child(misbehaving.backwards, "館書図".encode()[::-1]) == {"text": "館書図", "size": 9}


def test_a_refusal_comes_back_with_its_values() -> None:
    with pytest.raises(Refused) as refused:
        in_child(misbehaving.refuses, "30 二月".encode())
    assert refused.value.reason == Reason(
        "Line %(line)s: %(why)s", line=3, why=Reason("“%(text)s” is no day", text="30 二月")
    )
    assert str(refused.value.reason) == "Line 3: “30 二月” is no day"


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (misbehaving.never_ends, TOO_LONG),
        (misbehaving.sleeps, TOO_LONG),
        (misbehaving.eats_memory, TOO_MUCH),
        (misbehaving.makes_many_values, TOO_MUCH),
        (misbehaving.says_too_much, TOO_MUCH),
        (misbehaving.breaks, UNREADABLE),
        (misbehaving.digs, UNREADABLE),
        (misbehaving.goes, UNREADABLE),
        (misbehaving.crashes, UNREADABLE),
        (misbehaving.prints_something_else, UNREADABLE),
    ],
)
def test_whatever_goes_wrong_is_one_sentence(function: Callable[[bytes], Any], reason: Reason) -> None:
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        in_child(function, b"anything", seconds=1)
    assert refused.value.reason == reason
    assert time.monotonic() - began < 5


def test_what_breaks_is_logged_without_what_was_in_the_file(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(Refused):
        in_child(misbehaving.breaks, b"private words")
    assert caplog.messages == ["breaks failed on a file: KeyError"]


def test_it_knows_no_secret_of_the_server() -> None:
    assert set(in_child(misbehaving.says_what_it_knows, b"")) <= {"PATH", "PYTHONPATH", "PYTHONUTF8", "LC_CTYPE"}


def test_it_is_killed_with_all_that_it_started(tmp_path: Path) -> None:
    noted = tmp_path / "number"
    with pytest.raises(Refused):
        in_child(misbehaving.starts_another, str(noted).encode(), seconds=2)
    # Where nobody waits for it, what was killed is still in the list of processes.
    for _ in range(100):
        state = Path(f"/proc/{noted.read_text()}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.02)
    pytest.fail("what it started goes on")
