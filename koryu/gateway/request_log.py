"""The log of requests: one line of JSON each, with nothing in it that identifies a person."""

import json
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any, Final, TextIO

from koryu.desk.middleware import ROUTE
from koryu.gateway.hidden_secrets import BEFORE_A_SECRET
from koryu.gateway.proxies import address_of

# How much of an address says where a request came from and not from whom.
_SHOWN_OF: Final = {4: 24, 6: 48}
_PAUSE: Final = 0.2
_MOST_WAITING: Final = 20_000


def line(environ: Mapping[str, Any], *, status: int, size: int, began: float, ended: float) -> dict[str, Any]:
    """The log line of a request: no query, no name, no cookie, and of the client's address the network only."""
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "method": environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"].isalpha() else "?",
        "page": page_of(environ, status=status),
        "status": status,
        "bytes": size,
        "ms": round((ended - began) * 1000, 1),
        "scheme": environ["wsgi.url_scheme"],
        "network": network_of(environ.get("REMOTE_ADDR", "")),
    }


def page_of(environ: Mapping[str, Any], *, status: int) -> str:
    """Which page was asked for: its address as readers see it, unless that could name a person or hold a secret."""
    path = str(environ["PATH_INFO"]).encode("latin-1", "replace").decode("utf-8", "replace")
    if route := environ.get(ROUTE):
        return f"/{route}"
    if path.startswith("/desk/") or status >= 400:
        return "?"
    secret = next((before for before in BEFORE_A_SECRET if path.startswith(before)), None)
    if secret:
        return f"{secret}…"
    before, person, _ = path.partition("/person/")
    return f"{before}{person}…" if person else path


def network_of(client: str) -> str:
    """The network of an address: enough to see that it is one of ours or that many come from one place."""
    address = address_of(client)
    if address is None:
        return "?"
    if address.is_loopback:
        return "here"
    return str(ip_network((address, _SHOWN_OF[address.version]), strict=False))


class Log:
    """Writes lines in a thread of its own, so that a slow or blocked output keeps no page waiting."""

    def __init__(self, to: TextIO | None = None) -> None:
        self._to = to or sys.stderr
        # What nobody takes is dropped, the oldest first.
        self._waiting: deque[dict[str, Any]] = deque(maxlen=_MOST_WAITING)
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def note(self, said: dict[str, Any]) -> None:
        """Queue a line to be written soon."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._write, daemon=True)
            self._thread.start()
        self._waiting.append(said)

    def close(self) -> None:
        """Write what is waiting, and no more after that."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _write(self) -> None:
        last = False
        while not last:
            last = self._closed.wait(_PAUSE)
            lines = [json.dumps(self._waiting.popleft(), ensure_ascii=False) for _ in range(len(self._waiting))]
            if lines:
                self._to.write("\n".join([*lines, ""]))
                self._to.flush()
