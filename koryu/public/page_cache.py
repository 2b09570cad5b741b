"""The cache of public pages: answers without Django as long as nothing public has changed."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, NamedTuple

import brotli

from koryu.archive import queries as archive
from koryu.wording.languages import LANGUAGES

Environ = dict[str, Any]
Answering = Callable[..., Any]
Application = Callable[[Environ, Answering], Iterable[bytes]]

# A page of this record is some 15 KB, and 5 KB more compressed twice; a few thousand of them are kept.
ROOM: Final = 48 * 1024 * 1024
# What has a language in its address, and the sitemaps: what depends on the browser's language is not kept.
_SAME_FOR_ALL: Final = (*(f"/{language}/" for language in LANGUAGES), "/sitemap")
# A smaller page fits into one network packet with or without compression.
_WORTH_IT: Final = 1024
_TEXT: Final = ("text/", "application/json", "application/atom+xml", "application/xml", "image/svg+xml")
# In the order in which they are preferred. Made once a page: brotli at 5 is as quick as gzip at 6, and smaller.
_CODINGS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


class Answer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True)
class CachedForm:
    """One form in which a page is sent: as it is, or compressed."""

    etag: str
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True)
class Page:
    """An answer as it was made in one edition of the archive, in each of its forms; '' is the page as it is."""

    edition: int
    forms: Mapping[str, CachedForm]

    @property
    def size(self) -> int:
        return sum(len(form.body) for form in self.forms.values())


class PageCache:
    """A WSGI application before another one: answers again what that one has answered, as long as it is up to date.

    Whether it still is, the database is asked at every request, so that no page is older than the last change,
    whichever process made it.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        # By scheme too: over an encrypted connection a browser is told to come back by one.
        self._pages: OrderedDict[tuple[str, str], Page] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Answering) -> Iterable[bytes]:
        if not _may_be_kept(environ):
            return self.application(environ, start_response)
        edition = archive.edition_however_long()
        page = self._pages.get(_place(environ))
        if page is None or page.edition != edition:
            return self._ask(edition, environ, start_response)
        answer = _answer(page, environ)
        start_response(_STATUS[answer.status], answer.headers)
        return (answer.body,)

    def at_once(self, environ: Environ) -> Answer | None:
        """The answer, where it is kept and known to be true without waiting; for a thread that must not wait."""
        page = self._pages.get(_place(environ)) if _may_be_kept(environ) else None
        return _answer(page, environ) if page is not None and page.edition == archive.edition_at_once() else None

    def _ask(self, edition: int, environ: Environ, start_response: Answering) -> Iterable[bytes]:
        answered: list[Any] = []
        # A page is made as for GET, so that it is the same whoever asked first (RFC 9110, section 9.3.2).
        # The edition was read before the page is made: a page can be newer than its edition says, never older.
        parts = self.application({**environ, "REQUEST_METHOD": "GET"}, lambda *given: answered.extend(given))
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        status, headers = answered[0], answered[1]
        if not status.startswith("200 "):
            start_response(status, headers)
            return (body,)
        page = _page(edition, headers, body)
        self._keep(_place(environ), page)
        answer = _answer(page, environ)
        start_response(_STATUS[answer.status], answer.headers)
        return (answer.body,)

    def _keep(self, place: tuple[str, str], page: Page) -> None:
        with self._lock:
            before = self._pages.pop(place, None)
            self._pages[place] = page
            self._size += page.size - (before.size if before else 0)
            while self._size > ROOM:
                _, oldest = self._pages.popitem(last=False)
                self._size -= oldest.size


_STATUS: Final = {200: "200 OK", 304: "304 Not Modified"}


def _may_be_kept(environ: Environ) -> bool:
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ["QUERY_STRING"]
        and str(environ["PATH_INFO"]).startswith(_SAME_FOR_ALL)
    )


def _place(environ: Environ) -> tuple[str, str]:
    return environ["wsgi.url_scheme"], environ["PATH_INFO"]


def _page(edition: int, headers: list[tuple[str, str]], body: bytes) -> Page:
    whole = {name.lower(): value for name, value in headers}
    forms = {"": body}
    if len(body) >= _WORTH_IT and whole.get("content-type", "").startswith(_TEXT):
        forms |= {coding: compress(body) for coding, compress in _CODINGS.items()}
    digest = hashlib.sha256(body).hexdigest()[:32]
    return Page(edition, {coding: _sent(coding, digest, headers, sent, len(forms)) for coding, sent in forms.items()})


def _sent(coding: str, digest: str, headers: list[tuple[str, str]], body: bytes, forms: int) -> CachedForm:
    # What differs by a byte has another strong tag (RFC 9110, section 8.8.3.3).
    etag = f'"{digest}{f"-{coding}" if coding else ""}"'
    made_here = ("etag", "cache-control", "content-length", "vary")
    vary = [value for name, value in headers if name.lower() == "vary"] + (["Accept-Encoding"] if forms > 1 else [])
    # no-cache: it may be stored, and must be asked for again each time (RFC 9111, section 5.2.2.4).
    more = [("ETag", etag), ("Cache-Control", "no-cache"), ("Content-Length", str(len(body)))]
    more += [("Vary", ", ".join(vary))] if vary else []
    more += [("Content-Encoding", coding)] if coding else []
    return CachedForm(etag, [header for header in headers if header[0].lower() not in made_here] + more, body)


def _answer(page: Page, environ: Environ) -> Answer:
    form = page.forms[_coding(environ.get("HTTP_ACCEPT_ENCODING", ""), page.forms)]
    if asked := environ.get("HTTP_IF_NONE_MATCH"):
        known = {cached.etag for cached in page.forms.values()}
        if asked.strip() == "*" or not known.isdisjoint(_tags(asked)):
            return Answer(304, [header for header in form.headers if header[0] != "Content-Length"], b"")
    return Answer(200, form.headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else form.body)


def _tags(listed: str) -> list[str]:
    """Entity tags as If-None-Match lists them; weak ones count as strong there (RFC 9110, section 13.1.2)."""
    return [tag.strip().removeprefix("W/") for tag in listed.split(",")]


def _coding(accepted: str, forms: Mapping[str, Any]) -> str:
    """The first form that the client takes (RFC 9110, section 12.5.3); '' for the page as it is."""
    if len(forms) == 1 or not accepted:
        return ""
    taken = _weights(accepted)
    everything_else = taken.get("*", 0.0)
    weights = {coding: taken.get(coding, everything_else) for coding in forms if coding}
    best = max(weights, key=lambda coding: weights[coding])
    # Where both weigh the same, max() has taken the first, which is the smaller.
    return best if weights[best] > 0 and weights[best] >= taken.get("identity", 0.0) else ""


def _weights(accepted: str) -> dict[str, float]:
    weights = {}
    for entry in accepted.lower().split(","):
        coding, _, weight = entry.partition(";")
        try:
            weights[coding.strip()] = float(weight.partition("=")[2] or 1)
        except ValueError:
            continue
    return weights
