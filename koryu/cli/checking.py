"""`koryu check`: whether what this installation stands on is sound, one line each."""

import os
import shutil
import smtplib
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from koryu.cli.terminal import say

_ROOM: Final = 500_000_000
# A code of a second factor is good for thirty seconds before and after.
_OFF: Final = 20


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `well` is None where it is worth knowing and nothing is wrong."""

    about: str
    says: str
    well: bool | None = True


@click.command()
@click.option("--mail/--no-mail", default=True, help="Whether to call the mail server.")
def check(mail: bool) -> None:
    """Look at settings, database, the mode of the secret keys, room on the disk, mail and the clock.

    Changes nothing. Ends with 1 where something has to be mended; each line says what and how.
    """
    looks: list[Callable[[], Iterator[Finding]]] = [address, proxies, database, secrets, room, clock]
    looks += [mail_server] if mail else []
    wrong = 0
    for look in looks:
        for finding in look():
            wrong += finding.well is False
            mark = {True: "well ", False: "WRONG", None: "note "}[finding.well]
            say(f"{mark}  {finding.about}: {finding.says}")
    if wrong:
        raise SystemExit(1)


def address() -> Iterator[Finding]:
    from django.conf import settings

    here = settings.ADDRESS.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
    if settings.ENCRYPTED:
        yield Finding("address", f"{settings.ADDRESS}, encrypted")
    elif here:
        yield Finding(
            "address", f"{settings.ADDRESS}: for this machine alone (set KORYU_ADDRESS for others)", well=None
        )
    else:
        yield Finding(
            "address", f"{settings.ADDRESS} is not encrypted: passwords can be read on their way.", well=False
        )
    if settings.DEBUG:
        yield Finding("address", "KORYU_DEBUG is on: pages of errors show what is inside.", well=False)


def proxies() -> Iterator[Finding]:
    from django.conf import settings

    if settings.PROXIES:
        yield Finding("proxy", f"{', '.join(map(str, settings.PROXIES))} is believed")
    elif settings.ENCRYPTED:
        yield Finding(
            "proxy",
            "KORYU_ADDRESS is encrypted and KORYU_PROXY names nobody: every reader seems to come from the proxy, and "
            "five wrong passwords of one close the door for all who try that name.",
            well=False,
        )


def database() -> Iterator[Finding]:
    from django.db import DatabaseError, connection

    from koryu.cli.database import behind

    try:
        missing = behind()
    except click.ClickException as error:
        yield Finding("database", error.message, well=False)
        return
    if missing:
        yield Finding("database", f"{missing} changes of the tables are missing: run koryu migrate.", well=False)
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)" if connection.vendor == "sqlite" else "SELECT 'ok'")
            said = str(cursor.fetchone()[0])
    except DatabaseError as error:
        said = " ".join(str(error).split())
    yield Finding("database", "it answers, and its tables are up to date" if said == "ok" else said, well=said == "ok")


def secrets() -> Iterator[Finding]:
    from django.conf import settings

    from koryu.institutions import queries
    from koryu.values.reason import Refused

    home = Path(settings.HOME)
    oidc = os.environ.get("KORYU_OIDC")
    for file in filter(Path.exists, (home, home / "secret", queries.key_file(), *([Path(oidc)] if oidc else []))):
        mode = stat.S_IMODE(file.stat().st_mode)
        said = f"{file}: others can read it; chmod {'700' if file.is_dir() else '600'} {file}"
        if mode & 0o077:
            yield Finding("secrets", said, well=False)
        elif file.stat().st_uid != os.getuid():
            yield Finding("secrets", f"{file}: it belongs to another user than the one who runs Koryu.", well=False)
        else:
            yield Finding("secrets", f"{file}, mode {mode:o}")
    try:
        queries.kept_secrets()
    except Refused as refused:
        yield Finding("secrets", str(refused.reason), well=False)


def room() -> Iterator[Finding]:
    from django.conf import settings

    free = shutil.disk_usage(settings.HOME).free
    said = f"{free / 1_000_000_000:.1f} GB free in {settings.HOME}"
    yield Finding("disk", said if free >= _ROOM else f"{said}: too little; half a GB is needed.", well=free >= _ROOM)
    if not os.access(settings.HOME, os.W_OK):
        yield Finding("disk", f"nothing can be written in {settings.HOME}.", well=False)


def clock() -> Iterator[Finding]:
    from django.db import DatabaseError, connection

    if time.gmtime().tm_year < 2026:
        yield Finding(
            "clock", f"it says {time.strftime('%Y-%m-%d')}: set the clock (chrony or systemd-timesyncd).", well=False
        )
        return
    off = 0.0
    if connection.vendor == "postgresql":
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
                off = abs(float(cursor.fetchone()[0]) - time.time())
        except DatabaseError:
            return
    said = f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())}"
    if off > _OFF:
        yield Finding("clock", f"{said}: {off:.0f} seconds from the database's; second factors will fail.", well=False)
    else:
        yield Finding("clock", said)


def mail_server() -> Iterator[Finding]:
    from django.conf import settings
    from django.core.mail import get_connection

    if not settings.MAIL:
        yield Finding("mail", "no mail server (KORYU_MAIL): notices are sent by hand", well=None)
        return
    there = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = get_connection(timeout=10)
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        yield Finding("mail", f"{there}: {' '.join(str(error).split()) or type(error).__name__}", well=False)
        return
    yield Finding("mail", f"{there} answers; notices come from {settings.DEFAULT_FROM_EMAIL}")
