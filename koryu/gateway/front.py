"""Granian's requests (RSGI) made into WSGI's: read whole on an event loop, and only then handed to a thread."""

import asyncio
import io
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from django.conf import settings

from koryu.gateway import bodies, proxies, request_log
from koryu.gateway.refusals import refused
from koryu.public.page_cache import Answer

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

THREADS: Final = 4
_GLANCED: Final = (
    ("HTTP_ACCEPT_ENCODING", "accept-encoding"),
    ("HTTP_IF_NONE_MATCH", "if-none-match"),
    (proxies.FOR, "x-forwarded-for"),
    (proxies.SCHEME, "x-forwarded-proto"),
)


class Front:
    """An RSGI application before a WSGI application.

    A request takes one of a few threads only when it has arrived completely; a page from the cache takes none, if the
    database can be asked without waiting.
    """

    def __init__(self, application: Application, *, at_once: Callable[[Environ], Answer | None] | None = None) -> None:
        self._application = application
        self._at_once = at_once or (lambda _environ: None)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._arriving = bodies.Arriving()
        self._log = request_log.Log() if settings.LOG else None

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        began = time.monotonic()
        environ = proxies.as_the_proxy_says(glance_of(scope), settings.PROXIES)
        answer = self._at_once(environ)
        if answer is None:
            environ = proxies.as_the_proxy_says(environ_of(scope), settings.PROXIES)
            answer = await self._answered(environ, protocol)
        protocol.response_bytes(answer.status, answer.headers, answer.body)
        if self._log:
            size, ended = len(answer.body), time.monotonic()
            self._log.note(request_log.line(environ, status=answer.status, size=size, began=began, ended=ended))

    def __rsgi_del__(self, loop: Any) -> None:
        if self._log:
            self._log.close()

    async def _answered(self, environ: Environ, protocol: Any) -> Answer:
        try:
            length = bodies.announced(environ)
            if length:
                with self._arriving.one_more(environ["REMOTE_ADDR"]):
                    environ["wsgi.input"] = await bodies.whole(aiter(protocol), length=length)
        except bodies.Unread as unread:
            return refused(environ, unread.status)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, environ)

    def _ask(self, environ: Environ) -> Answer:
        started: list[Any] = []
        parts = self._application(environ, lambda *given: started.extend(given[:2]))
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
            environ["wsgi.input"].close()
        status, headers = int(started[0][:3]), started[1]
        # For HEAD too, where no body is sent from which the client could tell.
        if status not in (204, 304) and not any(name.lower() == "content-length" for name, _ in headers):
            headers = [*headers, ("Content-Length", str(len(body)))]
        return Answer(status, headers, body)


def glance_of(scope: Any) -> Environ:
    """The part of a request that the page cache needs: converting all of it costs more than the answer itself."""
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
    }
    if scope.method in ("GET", "HEAD"):
        environ |= {key: value for key, name in _GLANCED if (value := ",".join(scope.headers.get_all(name)))}
    return environ


def environ_of(scope: Any) -> Environ:
    """A request as WSGI has it (PEP 3333), with nothing sent in it yet."""
    host, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        # A name with an underscore would pass for the same name with a hyphen, which a proxy has checked.
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ and key != "HTTP_HOST" else value
    return environ
