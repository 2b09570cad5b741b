"""Koryu's commands, each in a process of its own, as a person runs them.

A new interpreter takes longer to read Django and what else every command needs than most commands take to do what
they do. Here that is read once, in a process beside the tests, and each command is a fork of it: with arguments, an
environment, a folder and streams of its own, and nothing of Koryu's settings or tables read yet.

Run as a program, it is that process: it is asked at the socket whose number it is given, and ends when its standard
input is closed, as it is when whoever started it is gone.
"""

import atexit
import importlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[1]
# What can be read before there are settings.
READ_BEFOREHAND = """
django.contrib.auth.hashers django.core.management django.core.serializers.json django.db.migrations.executor
django.db.models django.forms django.http django.template django.urls django.views.generic allauth click jinja2
pydantic yaml cryptography.hazmat.primitives.asymmetric.ed25519 koryu.cli koryu.ingest.dataset koryu.records.kinds
koryu.seals.proofs koryu.search.index koryu.values.text
""".split()


def koryu(
    *arguments: str, home: Path, typed: str = "", folder: Path | None = None, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What a command says, and what it ends with. `home` is Koryu's own folder, `folder` where it is typed."""
    own = {"KORYU_HOME": str(home), "KORYU_DATABASE": "", "KORYU_DEBUG": "", **(settings or {})}
    return run(arguments, environment={**os.environ, **own}, folder=folder or Path.cwd(), typed=typed)


def run(
    arguments: tuple[str, ...], *, environment: Mapping[str, str], folder: Path, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """The same with an environment that is whole."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as said,
        tempfile.TemporaryFile() as complained,
        socket.socket(socket.AF_UNIX) as asking,
    ):
        given.write(typed.encode())
        given.seek(0)
        asking.connect(_beside())
        asked = {"arguments": arguments, "environment": dict(environment), "folder": str(folder)}
        socket.send_fds(asking, [b"?"], [one.fileno() for one in (given, said, complained)])
        asking.sendall(json.dumps(asked).encode())
        asking.shutdown(socket.SHUT_WR)
        ended = int(asking.makefile().read())
        texts = []
        for written in (said, complained):
            written.seek(0)
            texts.append(written.read().decode())
    return subprocess.CompletedProcess(arguments, ended, *texts)


@cache
def _beside() -> str:
    """The address of the process that has read everything; it ends with this one."""
    folder = Path(tempfile.mkdtemp(prefix="koryu-commands-"))
    address = str(folder / "asked")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.commands", str(listening.fileno())],
        cwd=ROOT,
        pass_fds=[listening.fileno()],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    listening.close()

    def stop() -> None:
        process.communicate()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return address


def main(number: str) -> None:
    for module in READ_BEFOREHAND:
        importlib.import_module(module)
    listening = socket.socket(fileno=int(number))
    while True:
        ready, _, _ = select.select([listening, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        asking, _ = listening.accept()
        # Its parent is not waited for: whoever waits for the command is a child of its own.
        if os.fork() == 0:
            listening.close()
            if os.fork() == 0:
                _answer(asking)
            os._exit(0)
        asking.close()
        os.wait()


def _answer(asking: socket.socket) -> NoReturn:
    """Run the command in one more child, and tell what it ended with."""
    _, streams, _, _ = socket.recv_fds(asking, 1, 3)
    asked = json.loads(asking.makefile().read())
    child = os.fork()
    if child == 0:
        _become(asked, streams)
    _, status = os.waitpid(child, 0)
    asking.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(asked: dict[str, Any], streams: list[int]) -> NoReturn:
    """Be the command from here on, to the end of the interpreter: what `koryu` in a shell is."""
    for place, stream in enumerate(streams):
        os.dup2(stream, place)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["koryu", *asked["arguments"]]
    importlib.import_module("koryu.cli").main()
    sys.exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
