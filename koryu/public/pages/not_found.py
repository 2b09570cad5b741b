"""The pages for an address without a page, a bad request, and a failure."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import is_valid_path

from koryu.public.access import Erased, preferred
from koryu.public.pages.frame import page
from koryu.public.paging import PastTheEnd
from koryu.records.kinds import Newer
from koryu.wording.languages import LANGUAGES, Reader


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address with nothing, or nothing any more, in the reader's language.

    Where only the slash at the end of an address is missing, a redirect to the page with it.
    """
    if not request.path.endswith("/") and is_valid_path(f"{request.path_info}/"):
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    erased = isinstance(exception, Erased)
    past = exception if isinstance(exception, PastTheEnd) else None
    status = 410 if erased else 404
    return page("public/not_found.html", request, _reader_of(request), status=status, erased=erased, past=past)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be understood."""
    return page("public/failed.html", request, _reader_of(request), status=400)


def failed(request: HttpRequest) -> HttpResponse:
    """The page for an error of the server, in the reader's language; it tells nothing about the error."""
    return page("public/failed.html", request, _reader_of(request), status=500)


class OfANewerKoryu:
    """Django middleware: where a page would show what a newer Koryu wrote, one sentence says what to do.

    This happens when an older release was put back over the same database.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Newer):
            return None
        return page("public/failed.html", request, _reader_of(request), status=503, newer=exception.reason)


def _reader_of(request: HttpRequest) -> Reader:
    """The reader whose language the address names, else whose browser asks for it."""
    first = request.path.lstrip("/").split("/", 1)[0]
    return Reader(first) if first in LANGUAGES else preferred(request)
