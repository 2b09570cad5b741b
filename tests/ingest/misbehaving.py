"""Functions of bytes that do what a parser does when a file was made to hurt it; called in a process of their own."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from koryu.values.reason import Reason, Refused


def backwards(data: bytes) -> Any:
    return {"text": data[::-1].decode(), "size": len(data)}


def refuses(data: bytes) -> Any:
    raise Refused(Reason("Line %(line)s: %(why)s", line=3, why=Reason("“%(text)s” is no day", text=data.decode())))


def never_ends(data: bytes) -> Any:
    while True:
        pass


def sleeps(data: bytes) -> Any:
    time.sleep(60)


def eats_memory(data: bytes) -> Any:
    return len(bytearray(2_000_000_000))


def makes_many_values(data: bytes) -> Any:
    return {"rows": [["ab"] * 1000] * 1001}


def says_too_much(data: bytes) -> Any:
    return "x" * (33 * 1024 * 1024)


def breaks(data: bytes) -> Any:
    raise KeyError(data.decode())


def digs(data: bytes) -> Any:
    return digs(data)


def goes(data: bytes) -> Any:
    os._exit(0)


def crashes(data: bytes) -> Any:
    os.abort()


def says_what_it_knows(data: bytes) -> Any:
    return sorted(os.environ)


def prints_something_else(data: bytes) -> Any:
    sys.stdout.write("{")
    return "said"


def starts_another(data: bytes) -> Any:
    """Starts a process that goes on by itself, writes its number down, and waits."""
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(data.decode()).write_text(str(other.pid))
    time.sleep(60)
