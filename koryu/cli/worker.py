"""`koryu tend`: whatever is left undone, done; may be stopped and started at any time."""

import json
import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta

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
    """Gather notices, send those that are to be sent, let the search catch up, forget what has had its day.

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
    """Do each thing in its turn, unless told to stop, and return what was done, in words."""
    from koryu.notices import actions as notices

    did: list[str] = []
    for step in (gather, send, catch_up, wipe, forget):
        if stopped.is_set():
            break
        did += step()
    notices.note_round(at=clock.now(), did=did)
    return did


def gather() -> list[str]:
    from koryu.notices import actions as notices

    gathered = notices.gather(at=clock.now(), today=clock.today())
    counts = {
        "notices written.": gathered.written,
        "notices put aside: what they ask for has passed.": gathered.passed,
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def send() -> list[str]:
    from django.conf import settings

    from koryu.notices import actions as notices

    if not settings.MAIL_AUTO:
        return []
    done = notices.send_waiting(at=clock.now())
    said = [f"{done.sent} notices sent."] if done.sent else []
    said += [f"{done.failed} notices were not taken by the mail server."] if done.failed else []
    return [*said, f"Sending stopped: {done.stopped_by}"] if done.stopped_by else said


def catch_up() -> list[str]:
    from koryu.archive import actions as search
    from koryu.search.store import Busy

    try:
        search.catch_up()
    except Busy as busy:
        return [f"The search did not catch up: {busy.reason}"]
    return []


def wipe() -> list[str]:
    """Overwrite the bytes of what was erased while somebody read the database, or by a process that was killed."""
    from koryu.ledger import actions as ledger
    from koryu.ledger import queries as entries

    if not entries.is_to_be_wiped():
        return []
    if ledger.wipe():
        return ["What was erased was overwritten in the files of the database."]
    return ["What was erased is not overwritten yet: another process reads the database. The next round tries again."]


def forget() -> list[str]:
    """Delete sessions that ended, with what was typed in them, and wrong passwords that no longer count."""
    from axes.models import AccessAttempt
    from django.conf import settings
    from django.contrib.sessions.models import Session

    now = datetime.now(UTC)
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    day = max(settings.AXES_COOLOFF_TIME, timedelta(days=1))
    attempts, _ = AccessAttempt.objects.filter(attempt_time__lt=now - day).delete()
    said = [f"{sessions} sessions that had ended were forgotten."] if sessions else []
    return [*said, f"{attempts} failed tries to sign in were forgotten."] if attempts else said
