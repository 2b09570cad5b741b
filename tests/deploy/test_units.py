"""What the two systemd units start, with the settings they name, and what else of deploy/ runs without its engine."""

import configparser
import getpass
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from tests.deploy.street import COMPOSE, ROOT
from tests.site import Site, free_port

DEPLOY = ROOT / "deploy"
UNITS = ("koryu", "koryu-tend")
KORYU = str(Path(sys.executable).with_name("koryu"))


def unit(name: str) -> dict[str, str]:
    """The settings of a unit's service."""
    read = configparser.ConfigParser(interpolation=None, strict=True)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # -- systemd's names have capitals
    read.read_string((DEPLOY / f"{name}.service").read_text(encoding="utf-8"))
    return dict(read["Service"])


def settings(home: Path) -> dict[str, str]:
    """Those of the sample, with another folder in the place of the one it names."""
    lines = (DEPLOY / "koryu.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert given["KORYU_HOME"] == "/var/lib/koryu"
    return {**given, "KORYU_HOME": str(home)}


def environment(home: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("KORYU", "DJANGO"))}
    return {**ours, **settings(home)}


def started_by(name: str, port: int = 0) -> list[str]:
    """What a unit starts, at a port of this machine."""
    here = {"/opt/koryu/bin/koryu": KORYU, "8000": str(port)}
    return [here.get(word, word) for word in shlex.split(unit(name)["ExecStart"])]


@contextmanager
def running(command: list[str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(command, env=environment(home), stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def until_it_answers(port: int, home: Path) -> None:
    for _ in range(300):
        try:
            if Site(home, port).get("/healthz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError((home / "log").read_text())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir(mode=0o700)
    done = subprocess.run([KORYU, "migrate"], env=environment(tmp_path / "home"), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return tmp_path / "home"


def test_the_units_name_the_settings_the_user_and_the_folder_of_the_how_to() -> None:
    how_to = (ROOT / "docs" / "how-to" / "deploy.md").read_text(encoding="utf-8")
    for name in UNITS:
        one = unit(name)
        assert (one["EnvironmentFile"], one["User"], one["Group"]) == ("/etc/koryu/koryu.env", "koryu", "koryu")
        assert f"/var/lib/{one['StateDirectory']}" == "/var/lib/koryu"
        assert one["ExecStart"].split()[0] == "/opt/koryu/bin/koryu"
        assert f"deploy/{name}.service" in how_to
    assert "deploy/koryu.env /etc/koryu/koryu.env" in how_to
    assert "/usr/bin/python3 -m venv /opt/koryu" in how_to


def test_what_the_units_start_answers_behind_a_proxy_tends_and_ends_in_time(home: Path) -> None:
    port = free_port()
    with running(started_by("koryu", port), home) as server, running(started_by("koryu-tend"), home) as tend:
        until_it_answers(port, home)
        by_proxy = {"Host": "koryu.library.example", "X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"}
        answer = Site(home, port).get("/en/", **by_proxy)
        assert (answer.status, "strict-transport-security" in answer.headers) == (200, True)
        for _ in range(300):
            if '"round"' in (home / "log").read_text():
                break
            time.sleep(0.1)
        assert '"round"' in (home / "log").read_text()
        for name, process in (("koryu", server), ("koryu-tend", tend)):
            process.terminate()
            process.wait(timeout=float(unit(name)["TimeoutStopSec"]))
        assert tend.returncode == 0


@pytest.mark.parametrize("name", UNITS)
def test_a_setting_that_cannot_be_is_not_tried_again(name: str, home: Path) -> None:
    command = started_by(name, free_port())
    bad = {**environment(home), "KORYU_ADDRESS": "nowhere"}
    done = subprocess.run(command, env=bad, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (int(unit(name)["RestartPreventExitStatus"]), 1), done.stderr


def test_the_check_of_the_compose_file_is_right_of_a_server_that_runs_and_of_none(home: Path) -> None:
    port = free_port()
    said = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]["server"]["healthcheck"]["test"]
    kind, *command = [str(word).replace(":8000", f":{port}") for word in said]
    assert (kind, command[0]) == ("CMD", "python")
    command[0] = sys.executable
    ours = {**environment(home), "NO_PROXY": "127.0.0.1"}
    assert subprocess.run(command, env=ours, capture_output=True, check=False).returncode == 1
    with running(started_by("koryu", port), home):
        until_it_answers(port, home)
        assert subprocess.run(command, env=ours, capture_output=True, check=False).returncode == 0


def test_the_image_starts_what_the_compose_file_starts() -> None:
    file = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    server = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]["server"]["command"]
    (command,) = re.findall(r"^CMD (\[.*\])$", file, re.M)
    assert yaml.safe_load(command) == [str(word) for word in server]
    for copied in re.findall(r"-r (\S+)", file):
        assert (ROOT / copied).is_file()


# What a line of settings holds; a shell that read it would make something else of each but the first.
SETTINGS = [
    ("plain", "plain"),
    ("smtp://u:pa$HOME@mail.example:587", "smtp://u:pa$HOME@mail.example:587"),
    ("a b", "a b"),
    ("`id`", "`id`"),
    ("$(id)", "$(id)"),
    ("a;b", "a;b"),
    ("a&b", "a&b"),
    ("a#b", "a#b"),
    ("a'b", "a'b"),
    ("a=b", "a=b"),
    ("*", "*"),
    ("図書館", "図書館"),
]


@pytest.mark.parametrize(("written", "given"), SETTINGS)
def test_a_command_by_hand_has_the_settings_as_they_are_written(tmp_path: Path, written: str, given: str) -> None:
    (tmp_path / "koryu.env").write_text(f"# Settings\nKORYU_CONTACT={written}\n#KORYU_LOG=1\n", encoding="utf-8")
    printing = tmp_path / "koryu"
    printing.write_text('#!/bin/sh\nprintf "%s|%s|%s" "$KORYU_CONTACT" "$KORYU_LOG" "$*"; umask\n')
    printing.chmod(0o755)
    own = {"KORYU_SETTINGS": str(tmp_path / "koryu.env"), "KORYU_PROGRAM": str(printing)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KORYU")}
    done = subprocess.run(
        [str(DEPLOY / "koryu-as"), "show", "a b"],
        env={**kept, **own, "KORYU_USER": getpass.getuser()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{given}||show a b0077\n", "")


def test_the_how_to_says_what_did_not_run() -> None:
    how_to = (ROOT / "docs" / "how-to" / "deploy.md").read_text(encoding="utf-8")
    not_tried = how_to.partition("What did **not** run")[2]
    for thing in ("docker build", "docker compose up", "systemd itself", "Caddy", "certificate of a public authority"):
        assert thing in not_tried
