"""The edition of the archive: a number that grows with every public change, by which cached pages are judged."""

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.db import InterfaceError, OperationalError, connection

_ASKED: Final = "SELECT public FROM archive_edition"
_own = threading.local()


def edition() -> int:
    """The number of the last entry that changed what everybody sees; pages made since then are still up to date."""
    # Asked at every request for a public page: plain SQL costs a fifth of what building the same query does.
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def edition_however_long() -> int:
    """As `edition`, over a new connection if the old one was lost. Raises OperationalError when there is none."""
    try:
        return edition()
    except (OperationalError, InterfaceError):
        # Outside of a request Django would keep the lost connection for as long as the thread lives.
        connection.close()
        return edition()


def edition_at_once() -> int | None:
    """As `edition`, for the thread of an event loop, which must not wait; None where it would have to.

    A file can be read without waiting for whoever writes to it (SQLite's WAL); a server somewhere else can not.
    """
    if connection.vendor != "sqlite":
        return None
    try:
        if not hasattr(_own, "reading"):
            _own.reading = _reading(Path(connection.settings_dict["NAME"]))
        row = _own.reading.execute(_ASKED).fetchone()
    except sqlite3.Error:
        with suppress(AttributeError):
            _own.reading.close()
            del _own.reading
        return None
    return int(row[0]) if row else 0


def _reading(file: Path) -> sqlite3.Connection:
    # Apart from Django's, which refuses to be used by a thread with an event loop.
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=0, isolation_level=None)
