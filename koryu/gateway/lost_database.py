"""The answer while the database cannot be reached; once it is back, everything works as before."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse

from koryu.gateway.refusals import BUSY, NO_DATABASE, refused
from koryu.public.page_cache import Answer

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
LOST = (OperationalError, InterfaceError)


class WithDatabase:
    """A WSGI application before another one: answers with one sentence while the database cannot be reached."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return self._application(environ, start_response)
        except LOST:
            begin_anew()
            answer = refused(environ, BUSY, NO_DATABASE)
            start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", answer.headers)
            return (answer.body,)


class SaysWhenAway:
    """Django middleware: the same answer where the database is lost while a page is being made."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # SQLite accepts this character and PostgreSQL does not; no name on record has it.
        asked = request.META.get("QUERY_STRING", "") if request.path_info.startswith("/desk/") else ""
        if "\0" in request.path_info or "%00" in asked:
            raise Http404
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, LOST):
            return None
        begin_anew()
        return response(refused(request.META, BUSY, NO_DATABASE))


def begin_anew() -> None:
    """Let the next request connect at once; a pool of lost connections would try less and less often."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]  # -- of PostgreSQL's alone


def response(answer: Answer) -> HttpResponse:
    """An answer as Django has it."""
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
