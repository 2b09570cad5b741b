"""`koryu serve`: the pages, at an address of this machine."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Not where it is used: a process that forks while one of its threads imports leaves a child that never can.
from http.client import HTTPConnection, HTTPException

import click

from koryu.cli.bad_input import BadInput
from koryu.cli.terminal import say


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the pages until Ctrl-C. Collects the static files first, and makes the tables of an empty database."""
    make_ready(host, port)
    answer_at(host, port)


@click.command()
def prepare() -> None:
    """Collect the static files, as serving does before it begins."""
    collect_static()
    name_reserved_handles()


def name_reserved_handles() -> None:
    """Say whose account was closed because its username is the server's own; they are entered anew under another."""
    from koryu.institutions.queries import people_with_reserved_handles

    for username in people_with_reserved_handles():
        say(
            f"{username}: this user name is reserved for the server now, and nobody can sign in with it. "
            "Add the person under another: koryu role give USERNAME ROLE INSTITUTION",
            err=True,
        )


def make_ready(host: str, port: int) -> None:
    """Tables and static files, ready to be served at `host` and `port`.

    Raises BadInput, before anything else is touched, when nothing can listen there.
    """
    refuse_unless_free(host, port)
    os.environ.setdefault("KORYU_ADDRESS", address(host, port))
    in_a_process_of_its_own("prepare")


def in_a_process_of_its_own(*arguments: str) -> None:
    """Run one of Koryu's commands, so that what it needed is not held by the process that goes on serving.

    Where it fails, it has said why, and this process ends as it did.
    """
    command = [sys.executable, "-c", "from koryu.cli import main; main()", *arguments]
    done = subprocess.run(command, check=False)  # noqa: S603 -- every word of it is our own
    if done.returncode:
        sys.exit(done.returncode)


@contextmanager
def beside(*arguments: str) -> Iterator[None]:
    """Have one of Koryu's commands run beside this process, until the block ends or this process does.

    The command is one that stops when its standard input is closed; it is waited for.
    """
    command = [sys.executable, "-c", "from koryu.cli import main; main()", *arguments, "--while-open"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as running:  # noqa: S603 -- every word of it is our own
        try:
            yield
        finally:
            assert running.stdin
            running.stdin.close()
            try:
                running.wait(timeout=20)
            except subprocess.TimeoutExpired:
                running.terminate()


def stop_with_the_standard_input() -> None:
    """Let this process stop, as by Ctrl-C, when its standard input is closed."""

    given = sys.stdin.fileno()

    def wait() -> None:
        # Not sys.stdin.read(): it would hold a lock, and a process forked meanwhile waits for it for ever.
        while os.read(given, 4096):
            pass
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=wait, daemon=True).start()


def answer_at(host: str, port: int, *, saying: str = "", index: bool = True) -> None:
    """Serve until stopped; says where, or what is given to say, as soon as the first answer came and not before.

    `index` lets the search catch up, where nothing that runs beside this does.
    """
    # Imported here, as below: what only prepares has no use for a server.
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    host.encode("idna")  # loads what connecting to a name needs, before there is a thread that would
    threading.Thread(target=once_it_answers, args=(host, port, saying, index), daemon=True).start()
    Server(
        "koryu.wsgi:front",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        websockets=False,
        log_level=LogLevels.warning,
        # Ctrl-C reaches the process that answers as well as this one, and now and then it then waits for nothing.
        workers_kill_timeout=5,
    ).serve()


def refuse_unless_free(host: str, port: int, *, option: str = "--port") -> None:
    """Raises BadInput where nothing can listen, naming the option with which to choose another port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"Cannot serve at {address(host, port)}: {(error.strerror or str(error)).lower()}. "
                f"Choose another with {option}."
            ) from error


def collect_static() -> None:
    from django.conf import settings
    from django.core.management import call_command

    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)


def once_it_answers(host: str, port: int, saying: str, index: bool) -> None:
    """Say that it does; then let the search catch up, so that the first who reads need not wait for either."""
    announce(host, port, saying)
    if index:
        # What was put on record while nothing was served is found without the first who asks having to wait for it.
        in_a_process_of_its_own("index")


def announce(host: str, port: int, saying: str = "") -> None:
    """Print the address, or what is given to say, once the server answers there; for two minutes at most."""
    for _ in range(1200):
        if answers(host, port):
            here = address(host, port)
            say(saying or f"Koryu: {here}/ (stop with Ctrl-C)\nStaff pages: {here}/desk/")
            return
        time.sleep(0.1)


def answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=10)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def address(host: str, port: int) -> str:
    """The address to print and to put into links, without a closing slash."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
