"""Reading what somebody sent, in a process of its own with limits: a file can be made to cost whoever parses it.

What reads a file is a plain function of its bytes, at the top level of a module, that returns plain JSON values and
raises Refused for what it does not take. `in_child` calls it in a Python that knows no secret of this server, has so
much memory and so many seconds, and is killed with all that it started.
"""

import json
import logging
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import BoundedSemaphore
from typing import Any, Final

from koryu.values.reason import Reason, Refused

SECONDS: Final = 10.0
MEGABYTES: Final = 512
# Two at once: each may use the memory of a small server.
_AT_ONCE: Final = 2
_ROOM: Final = BoundedSemaphore(_AT_ONCE)
_LONGEST_ANSWER: Final = 32 * 1024 * 1024
# A value takes many times the memory here that it takes in the answer: of short ones, far fewer than would fit into it.
MOST_VALUES: Final = 1_000_000
TOO_LONG: Final = Reason("Reading this file takes too long. Nothing was taken from it.")
TOO_MUCH: Final = Reason("Reading this file needs too much memory. Nothing was taken from it.")
UNREADABLE: Final = Reason("This file cannot be read. Nothing was taken from it.")
BUSY: Final = Reason("Other files are being read just now. Send this file again in a minute.")

_log: Final = logging.getLogger(__name__)


def in_child(
    function: Callable[..., Any], data: bytes, *words: str, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> Any:
    """What `function` makes of these bytes, and of the `words` after them, as JSON has it: tuples come back as lists.

    Raises Refused with the reason of the function, or with one of those above; whatever else goes wrong in there ends
    there, and is logged by its name alone.
    """
    with _one_of_few(seconds):
        answer = _answered([*_command(function, seconds, megabytes), *words], data, seconds=seconds)
    match answer:
        case {"made": made}:
            return made
        case {"refused": refused}:
            raise Refused(_reason(refused))
        case {"failed": str(kind)}:
            _log.warning("%s failed on a file: %s", function.__qualname__, kind)
    raise Refused(UNREADABLE)


@contextmanager
def _one_of_few(seconds: float) -> Iterator[None]:
    if not _ROOM.acquire(timeout=seconds):
        raise Refused(BUSY)
    try:
        yield
    finally:
        _ROOM.release()


def _command(function: Callable[..., Any], seconds: float, megabytes: int) -> list[str]:
    # -P: a file in the folder where the server was started must not pass for a module.
    return [
        sys.executable,
        "-P",
        "-m",
        __name__,
        f"{function.__module__}:{function.__qualname__}",
        str(int(seconds) + 1),
        str(megabytes),
    ]


def _answered(command: list[str], data: bytes, *, seconds: float) -> Any:
    """What the child printed; None where that is no answer. Raises Refused where it took too long or was too much."""
    with subprocess.Popen(  # noqa: S603 -- our own Python, our own module, a function of our own
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    ) as child:
        try:
            printed, _ = child.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise Refused(TOO_LONG) from None
        finally:
            # It is the first of a group of its own: with it goes whatever it started.
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode == -signal.SIGXCPU:
        raise Refused(TOO_LONG)
    if child.returncode or len(printed) > _LONGEST_ANSWER:
        return None
    with suppress(ValueError):
        return json.loads(printed)
    return None


def _environment() -> Mapping[str, str]:
    """Where our modules are, and nothing else: settings hold secrets."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1", "PATH": os.defpath}


def _reason(written: Any) -> Reason:
    message, values = written
    return Reason(message, **{name: _reason(value) if isinstance(value, list) else value for name, value in values})


def _written(reason: Reason) -> list[Any]:
    values = reason.values.items()
    return [
        reason.message,
        [[name, _written(value) if isinstance(value, Reason) else value] for name, value in values],
    ]


def _limited(seconds: int, megabytes: int) -> None:
    for limit, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes * 1024 * 1024),
        (resource.RLIMIT_CORE, 0),
    ):
        # Not every system knows every limit; the clock of whoever waits is there in any case.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _made(name: str, data: bytes, words: Sequence[str]) -> dict[str, Any]:
    module, _, function = name.partition(":")
    try:
        return {"made": getattr(import_module(module), function)(data, *words)}
    except Refused as refused:
        return {"refused": _written(refused.reason)}
    except MemoryError:
        return {"refused": _written(TOO_MUCH)}
    except RecursionError:
        return {"refused": _written(UNREADABLE)}
    except Exception as error:
        # Not what it says: that may quote the file.
        return {"failed": type(error).__name__}


def _values_in(made: Any) -> int:
    """How many values there are in something that is to be JSON, lists and their kind counted as one each."""
    if isinstance(made, dict):
        made = made.values()
    elif not isinstance(made, list | tuple):
        return 1
    return 1 + sum(map(_values_in, made))


def _main(name: str, seconds: str, megabytes: str, *words: str) -> None:
    _limited(int(seconds), int(megabytes))
    made = _made(name, sys.stdin.buffer.read(), words)
    answer = json.dumps(made) if _values_in(made) <= MOST_VALUES else ""
    if not answer or len(answer) > _LONGEST_ANSWER:
        answer = json.dumps({"refused": _written(TOO_MUCH)})
    sys.stdout.write(answer)
    sys.stdout.flush()


if __name__ == "__main__":
    _main(*sys.argv[1:])
