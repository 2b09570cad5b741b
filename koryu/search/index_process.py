"""Writing the index, in a process of its own that ends when it is done.

The dictionary that reads Japanese and the writer's own memory take some 200 MB between them: more than everything else
that serves pages. Whoever only asks never pays for them. Run as
`python -m koryu.search.index_process FOLDER`, it reads one order and then entries, a line of JSON each, and answers
with one line.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from koryu.search.documents import PARTS
from koryu.search.entries import LedgerMark, SearchEntry, WrittenForm, WrittenReading
from koryu.search.index import Broken, Index, broken
from koryu.search.store import BUSY, Busy

WAIT = 20.0
_END = "end\n"
_DONE, _OVERTAKEN, _BUSY, _BROKEN = "done", "overtaken", "busy", "broken"


def rebuild(folder: Path, entries: Iterable[SearchEntry], *, to: LedgerMark, wait: float = WAIT) -> None:
    """Makes the index anew, after `wait` seconds at most for another that writes it. Raises Busy."""
    _ordered(folder, {"to": to, "wait": wait}, entries)


def replace(folder: Path, entries: Iterable[SearchEntry], *, seen: LedgerMark | None, to: LedgerMark) -> bool:
    """Makes anew an index that was `seen` to have got so far (None: that could not be read).

    False where another process has been here meanwhile: then nothing is changed. Raises Busy.
    """
    return _ordered(folder, {"seen": seen, "to": to}, entries) == _DONE


def change(
    folder: Path, entries: Iterable[SearchEntry], *, removed: Iterable[str] = (), since: LedgerMark, to: LedgerMark
) -> bool:
    """Puts these entries into an index that has reached `since`, takes others out, and lets it reach `to`.

    False where another process has been here meanwhile: then nothing is changed. Raises Busy, Broken.
    """
    return _ordered(folder, {"since": since, "to": to, "removed": list(removed)}, entries) == _DONE


def _ordered(folder: Path, order: dict[str, Any], entries: Iterable[SearchEntry]) -> str:
    command = [sys.executable, "-m", __name__, str(folder)]
    with subprocess.Popen(  # noqa: S603 -- our own Python, our own module, a folder of our own
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment(), encoding="ascii"
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(json.dumps(order) + "\n")
            for entry in entries:
                child.stdin.write(json.dumps(asdict(entry)) + "\n")
            child.stdin.write(_END)
            child.stdin.close()
        except BrokenPipeError:
            # The child has answered before it had read everything; the rest need not be sent.
            with suppress(BrokenPipeError):
                child.stdin.close()
        except BaseException:
            child.kill()
            raise
        answer = child.stdout.read().strip()
    if answer == _BUSY:
        raise Busy(BUSY)
    if answer not in (_DONE, _OVERTAKEN):
        raise broken()
    return answer


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def obeyed(folder: Path, lines: IO[str]) -> str:
    """Carry out the order in the first line with the entries in the other lines, and return how it went."""
    order = json.loads(lines.readline())
    index = Index(folder, wait=order.get("wait", WAIT))
    try:
        if "seen" in order:
            seen = LedgerMark(*order["seen"]) if order["seen"] else None
            return _DONE if index.replace(_entries(lines), LedgerMark(*order["to"]), seen=seen) else _OVERTAKEN
        if "since" not in order:
            index.rebuild(_entries(lines), LedgerMark(*order["to"]))
            return _DONE
        index.take_turn()
        if index.reached != LedgerMark(*order["since"]):
            index.give_up()
            return _OVERTAKEN
        for uri in order["removed"]:
            index.remove(uri)
        for entry in _entries(lines):
            index.put(entry)
        index.commit(LedgerMark(*order["to"]))
    except Busy:
        return _BUSY
    except Broken:
        return _BROKEN
    return _DONE


def _entries(lines: Iterable[str]) -> Iterator[SearchEntry]:
    for line in lines:
        if line == _END:
            return
        yield _entry(json.loads(line))
    raise EOFError("whoever gave the order has gone, and half of it must not be done")


def _entry(written: dict[str, Any]) -> SearchEntry:
    made: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in written.items()}
    for part in PARTS:
        made[part] = tuple(_form(form) for form in written[part])
    return SearchEntry(**made)


def _form(written: dict[str, Any]) -> WrittenForm:
    readings = tuple(WrittenReading(**reading) for reading in written["readings"])
    return WrittenForm(written["lang"], written["text"], readings)


if __name__ == "__main__":
    sys.stdout.write(obeyed(Path(sys.argv[1]), sys.stdin))
