"""The folder an index lives in: one generation at a time, one writer at a time, any number of readers."""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from koryu.values.reason import Reason, Refused

_WAIT = 0.02
BUSY = Reason("The search index is being written by another process. Try again.")


class Busy(Refused):
    """Another process is writing the index and did not finish in time."""


class Store:
    """A folder with a file `current` that names the generation in use, and a file `lock` that one writer holds.

    The lock is the system's own (flock): it is let go when its process ends, however it ends.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def generation(self) -> Path | None:
        """The folder of the generation in use; None when there is none yet."""
        try:
            name = (self.path / "current").read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = self.path / name
        return folder if name.startswith("generation-") and folder.is_dir() else None

    def stamp(self) -> tuple[int, ...]:
        """Changes when another generation is in use or something was committed to this one."""
        try:
            current = (self.path / "current").stat()
        except OSError:
            return ()
        return (current.st_ino, current.st_mtime_ns)

    def new_generation(self) -> Path:
        folder = self.path / f"generation-{secrets.token_hex(6)}"
        folder.mkdir(parents=True)
        return folder

    def use(self, folder: Path) -> None:
        """Makes a generation the one in use, in one step, and clears the others away."""
        fresh = self.path / f"current-{folder.name}"
        with fresh.open("w", encoding="ascii") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        # A rename is one step: whoever reads `current` finds the old name or the new one, never half of it.
        fresh.replace(self.path / "current")
        for other in self.path.glob("generation-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def writing(self, *, wait: float) -> Iterator[None]:
        """Holds the lock. Raises Busy when another has not let go of it within `wait` seconds."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("w") as lock:
            _take(lock.fileno(), wait)
            yield


def _take(descriptor: int, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Busy(BUSY) from None
            time.sleep(_WAIT)
        else:
            return
