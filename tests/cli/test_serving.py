"""`koryu serve`, as a process of its own on a port of its own."""

import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.site import free_port


@pytest.fixture
def port() -> int:
    return free_port()


def serving(port: int, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-u", "-c", "from koryu.cli import main; main()", "serve", "--port", str(port)],
        env={**os.environ, "KORYU_HOME": str(home), "KORYU_DATABASE": "", "KORYU_DEBUG": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_says_where_once_it_answers_and_stops_when_told(port: int, tmp_path: Path) -> None:
    with serving(port, tmp_path) as server:
        assert server.stdout is not None
        try:
            assert server.stdout.readline() == f"Koryu: http://127.0.0.1:{port}/ (stop with Ctrl-C)\n"
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/no-such-page")
            answer = connection.getresponse()
            assert answer.status == 404
            assert "default-src 'none'" in (answer.getheader("Content-Security-Policy") or "").split("; ")
            connection.close()
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(timeout=10) == 0


def test_a_port_that_is_taken_ends_with_2_and_one_sentence_before_anything_is_made(port: int, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with socket.create_server(("127.0.0.1", port)), serving(port, home) as server:
        said, complained = server.communicate(timeout=20)
    assert (server.returncode, said) == (2, "")
    assert complained == (
        f"Cannot serve at http://127.0.0.1:{port}: address already in use. Choose another with --port.\n"
    )
    assert not home.exists()
