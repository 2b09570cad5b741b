"""`/healthz`: whether this server can answer, for monitoring."""

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

from koryu import __version__
from koryu.archive import queries as archive
from koryu.gateway.lost_database import LOST, begin_anew

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
PATH: Final = "/healthz"


class WithHealth:
    """A WSGI application before another one: answers at one address, whatever the host is called.

    200 when the database answers and has its tables, else 503; what is wrong is said in JSON, for programs.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return self._application(environ, start_response)
        well = _database_answers()
        said = {"ok": well, "database": "answers" if well else "does not answer", "version": __version__}
        body = f"{json.dumps(said)}\n".encode()
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
        ]
        start_response("200 OK" if well else "503 Service Unavailable", headers)
        return (body,)


def _database_answers() -> bool:
    try:
        archive.edition_however_long()
    except LOST:
        begin_anew()
        return False
    return True
