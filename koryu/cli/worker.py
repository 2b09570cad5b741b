"""`koryu tend`: the background tasks; may be stopped and started at any time."""

import json
import os
import signal
import threading
import time

import click

from koryu.cli.terminal import say
from koryu.desk import clock


@click.command()
@click.option("--once", is_flag=True, help="One round, and no more.")
@click.option(
    "--every", default=60, show_default=True, type=click.IntRange(1, 86_400), help="Seconds between two rounds."
)
@click.option("--while-open", is_flag=True, hidden=True, help="Stop when the standard input is closed.")
def tend(once: bool, every: int, while_open: bool) -> None:
    """Run the background tasks: send notices, update the search index, delete what has expired.

    A round that has begun is finished before it stops; killed, it leaves nothing half done.
    """
    stopped = stop_when_told(while_open=while_open)
    while True:
        well = one_round_told(stopped)
        if once and not well:
            raise SystemExit(1)
        if once or stopped.wait(every):
            return


def one_round_told(stopped: threading.Event) -> bool:
    """Do one round and print what was done; False when the database failed, which the next round may find working."""
    from django.conf import settings
    from django.db import Error, close_old_connections

    close_old_connections()
    began, did, problem = time.monotonic(), [], ""
    try:
        did = one_round(stopped)
    except Error as error:
        problem = f"This round was not finished: {' '.join(str(error).split())}"
    if settings.LOG:
        noted = {"at": clock.now(), "round": did, "ms": round((time.monotonic() - began) * 1000), "well": not problem}
        say(json.dumps(noted, ensure_ascii=False), err=True)
    else:
        for line in did:
            say(line)
    if problem:
        say(problem, err=True)
    return not problem


def stop_when_told(*, while_open: bool) -> threading.Event:
    """An event that is set by Ctrl-C, by SIGTERM and, if so wished, at the end of the standard input."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    if while_open:
        threading.Thread(target=wait_for_the_end, args=(stopped,), daemon=True).start()
    return stopped


def wait_for_the_end(stopped: threading.Event) -> None:
    # Not through sys.stdin: its lock would be held by this thread in every process forked meanwhile.
    while os.read(0, 1024):
        pass
    stopped.set()


def one_round(stopped: threading.Event) -> list[str]:
    """Take each step in its turn, unless told to stop, and return what was done, in words."""
    from koryu.delivery.steps import steps
    from koryu.notices import actions as notices

    did: list[str] = []
    for step in steps():
        if stopped.is_set():
            break
        did += step(at=clock.now(), today=clock.today())
    notices.note_round(at=clock.now(), did=did)
    return did
