"""Public pages kept whole: answered before Django as long as nothing that stands has changed."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.ink.languages import LANGUAGES

Environ = dict[str, Any]
Answering = Callable[..., Any]
Application = Callable[[Environ, Answering], Iterable[bytes]]

# A page of this record is some 15 KB; a few thousand of them are kept.
ROOM: Final = 48 * 1024 * 1024
# Only what has a language in its address: what depends on the browser's language is not kept.
_IN_A_LANGUAGE: Final = tuple(f"/{language}/" for language in LANGUAGES)


@dataclass(frozen=True)
class Page:
    """An answer as it was made in one edition of the archive."""

    edition: int
    etag: str
    headers: list[tuple[str, str]]
    body: bytes


class Kept:
    """A WSGI application before another one: answers again what that one has answered, as long as it is true.

    Whether it still is, the database is asked at every request, so that no page is older than the last change,
    whichever process made it.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Answering) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or environ["QUERY_STRING"] or not path.startswith(_IN_A_LANGUAGE):
            return self.application(environ, start_response)
        edition = archive.edition()
        page = self._pages.get(path)
        if page is not None and page.edition == edition:
            return _answer(page, environ, start_response)
        return self._ask(path, edition, environ, start_response)

    def _ask(self, path: str, edition: int, environ: Environ, start_response: Answering) -> Iterable[bytes]:
        answered: list[Any] = []
        # The edition was read before the page is made: a page can be newer than its edition says, never older.
        parts = self.application(environ, lambda *given: answered.extend(given))
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        status, headers = answered[0], answered[1]
        if not status.startswith("200 "):
            start_response(status, headers)
            return (body,)
        page = _page(edition, headers, body)
        self._keep(path, page)
        return _answer(page, environ, start_response)

    def _keep(self, path: str, page: Page) -> None:
        with self._lock:
            before = self._pages.pop(path, None)
            self._pages[path] = page
            self._size += len(page.body) - (len(before.body) if before else 0)
            while self._size > ROOM:
                _, oldest = self._pages.popitem(last=False)
                self._size -= len(oldest.body)


def _page(edition: int, headers: list[tuple[str, str]], body: bytes) -> Page:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    kept = [header for header in headers if header[0].lower() not in ("etag", "cache-control", "content-length")]
    # no-cache: it may be stored, and must be asked for again each time (RFC 9111, section 5.2.2.4).
    more = [("ETag", etag), ("Cache-Control", "no-cache"), ("Content-Length", str(len(body)))]
    return Page(edition, etag, [*kept, *more], body)


def _answer(page: Page, environ: Environ, start_response: Answering) -> Iterable[bytes]:
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", [header for header in page.headers if header[0] != "Content-Length"])
        return ()
    start_response("200 OK", page.headers)
    return (page.body,)
