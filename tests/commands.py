"""Koryu's commands, each in a process of its own, as a person runs them.

A new interpreter takes longer to read Django and what else every command needs than most commands take to do what
they do. Here that is read once, in a process beside the tests, and each command is a fork of it: with arguments, an
environment, a folder and streams of its own. It reads the settings of its own environment, and opens its own database;
what the tables are is known already. So is a server that answers until it is stopped, and a few lines of Python. What
would only show in a new interpreter is tried in one: the commands of the first hour, the units, what is installed.

Run as a program, it is that process: it is asked at the socket whose number it is given, and ends when its standard
input is closed, as it is when whoever started it is gone.
"""

import atexit
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NoReturn, TextIO

ROOT = Path(__file__).parents[1]
# What a command reads that knows nothing of the environment.
READ_BEFOREHAND = """
django.core.management django.db.backends.sqlite3.base django.db.migrations.executor django.views.generic jinja2 yaml
koryu.cli.accounts koryu.cli.backup koryu.cli.loading koryu.cli.maintenance koryu.publishing.export koryu.search.index
""".split()


def koryu(
    *arguments: str, home: Path, typed: str = "", folder: Path | None = None, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What a command says, and what it ends with. `home` is Koryu's own folder, `folder` where it is typed."""
    own = {"KORYU_HOME": str(home), "KORYU_DATABASE": "", "KORYU_DEBUG": "", **(settings or {})}
    return run(arguments, environment={**os.environ, **own}, folder=folder or Path.cwd(), typed=typed)


def run(
    arguments: Sequence[str], *, environment: Mapping[str, str], folder: Path, typed: str = "", program: str = "koryu"
) -> subprocess.CompletedProcess[str]:
    """The same with an environment that is whole; `program` is one of PROGRAMS."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        given.write(typed.encode())
        given.seek(0)
        asked = _Asked(program, list(arguments), dict(environment), str(folder))
        with _begun(asked, *(one.fileno() for one in (given, said, complained))) as answers:
            _pid, ended = answers.read().split()
        texts = []
        for written in (said, complained):
            written.seek(0)
            texts.append(written.read().decode())
    return subprocess.CompletedProcess(arguments, int(ended), *texts)


def python(code: str, *, environment: Mapping[str, str]) -> str:
    """What a few lines of Python print that have Koryu's tables at hand."""
    whole = {**environment, "DJANGO_SETTINGS_MODULE": "koryu.settings"}
    done = run([code], environment=whole, folder=ROOT, program="python")
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def answering(port: int, *, environment: Mapping[str, str]) -> Iterator[None]:
    """A server on this port until the block ends: `koryu serve` without what it does before and beside serving.

    Nothing is collected and no search made anew: the folder has its static files, and whoever searches lets the search
    catch up.
    """
    asked = _Asked("answer", [str(port)], dict(environment), str(ROOT))
    with tempfile.TemporaryFile() as nothing, tempfile.TemporaryFile() as complained:
        reading, writing = os.pipe()
        with _begun(asked, nothing.fileno(), writing, complained.fileno()) as answers, open(reading) as said:  # noqa: PTH123 -- a pipe has no path
            os.close(writing)
            pid = int(answers.readline())
            if not said.readline().startswith("Koryu: "):
                complained.seek(0)
                raise AssertionError(complained.read().decode())
            try:
                yield
            finally:
                os.kill(pid, signal.SIGTERM)
                answers.read()


@dataclass(frozen=True)
class _Asked:
    """What is to be done in a process of its own, and where."""

    program: str
    arguments: list[str]
    environment: dict[str, str]
    folder: str


@contextmanager
def _begun(asked: _Asked, *streams: int) -> Iterator[TextIO]:
    """Where it is told what was begun: the number of the process, and what it ended with once it has."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(_beside())
        socket.send_fds(asking, [b"?"], streams)
        asking.sendall(json.dumps(asdict(asked)).encode())
        asking.shutdown(socket.SHUT_WR)
        with asking.makefile() as answers:
            yield answers


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
    _read_beforehand()
    # What is there already is looked through by no fork when it ends.
    gc.freeze()
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


def _read_beforehand() -> None:
    """Django with all tables, and what else commands read; then the settings it was done with are forgotten."""
    with tempfile.TemporaryDirectory() as nowhere:
        for name in [name for name in os.environ if name.startswith("KORYU_")]:
            del os.environ[name]
        os.environ.update(KORYU_HOME=nowhere, DJANGO_SETTINGS_MODULE="koryu.settings")
        importlib.import_module("django").setup()
        for module in READ_BEFOREHAND:
            importlib.import_module(module)
    _forget_settings()


def _forget_settings() -> None:
    """Whoever asks for a setting from here on reads the environment anew, and has the defaults that apps brought."""
    conf: Any = importlib.import_module("django.conf")
    databases: Any = importlib.import_module("django.db").connections
    ours = {*dir(sys.modules.pop("koryu.settings")), *dir(conf.global_settings)}
    brought = {
        name: value for name, value in vars(conf.settings._wrapped).items() if name.isupper() and name not in ours
    }

    class ReadAnew(conf.Settings):  # type: ignore[misc]  # -- a class of a module that is imported here
        def __init__(self, module: str) -> None:
            super().__init__(module)
            self.__dict__.update(brought | self.__dict__)

    conf.Settings = ReadAnew
    conf.settings.__dict__.clear()
    conf.settings._wrapped = conf.empty
    # The handler of the database, which was chosen by the settings of before.
    databases["default"].close()
    del databases["default"]
    databases._settings = None
    databases.__dict__.pop("settings", None)


def _answer(asking: socket.socket) -> NoReturn:
    """Do it in one more child, and tell its number, and what it ended with."""
    _, streams, _, _ = socket.recv_fds(asking, 1, 3)
    asked = _Asked(**json.loads(asking.makefile().read()))
    child = os.fork()
    if child == 0:
        asking.close()
        _become(asked, streams)
    for stream in streams:
        os.close(stream)
    asking.sendall(f"{child}\n".encode())
    _, status = os.waitpid(child, 0)
    asking.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(asked: _Asked, streams: list[int]) -> NoReturn:
    """Be that program from here on, to the end of the interpreter: what `koryu` in a shell is."""
    for place, stream in enumerate(streams):
        os.dup2(stream, place)
        os.close(stream)
    os.chdir(asked.folder)
    os.environ.clear()
    os.environ.update(asked.environment)
    PROGRAMS[asked.program](*asked.arguments)
    sys.exit(0)


def _koryu(*arguments: str) -> None:
    sys.argv = ["koryu", *arguments]
    importlib.import_module("koryu.cli").main()


def _answer_at(port: str) -> None:
    serving = importlib.import_module("koryu.cli.serving")
    os.environ.setdefault("KORYU_ADDRESS", serving.address("127.0.0.1", int(port)))
    serving.answer_at("127.0.0.1", int(port), index=False)


def _python(code: str) -> None:
    importlib.import_module("django").setup()
    exec(code, {})


PROGRAMS: Final[dict[str, Callable[..., None]]] = {"koryu": _koryu, "answer": _answer_at, "python": _python}


if __name__ == "__main__":
    main(sys.argv[1])
