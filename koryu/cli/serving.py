"""`koryu serve`: the pages, at an address of this machine."""

import os
import socket
import subprocess
import sys
import threading
import time

# Not where it is used: a process that forks while one of its threads imports leaves a child that never can.
from http.client import HTTPConnection, HTTPException

import click

from koryu.cli.bad_input import BadInput


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the pages until Ctrl-C. Creates or updates the tables and collects the static files first."""
    make_ready(host, port)
    answer_at(host, port)


@click.command()
def prepare() -> None:
    """Create or update the tables and collect the static files, as serving does before it begins."""
    collect_static()


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


def answer_at(host: str, port: int) -> None:
    """Serve until stopped; says where as soon as the first answer came, not before."""
    # Imported here, as below: what only prepares has no use for a server.
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    threading.Thread(target=announce, args=(host, port), daemon=True).start()
    # What was put on record while nothing was served is found without the first who asks having to wait for it.
    threading.Thread(target=in_a_process_of_its_own, args=("index",), daemon=True).start()
    Server(
        "koryu.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()


def refuse_unless_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"Cannot serve at {address(host, port)}: {(error.strerror or str(error)).lower()}. "
                "Choose another with --port."
            ) from error


def collect_static() -> None:
    from django.conf import settings
    from django.core.management import call_command

    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)


def announce(host: str, port: int) -> None:
    """Print the address once the server answers there; for two minutes at most."""
    for _ in range(1200):
        if answers(host, port):
            click.echo(f"Koryu: {address(host, port)}/ (stop with Ctrl-C)")
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
