"""What is answered while the database is away; once it is back, everything is as before."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from koryu.gateway.refusals import BUSY, NO_DATABASE, refused
from koryu.public.kept import Answer

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
LOST = (OperationalError, InterfaceError)


class WithDatabase:
    """A WSGI application before another one: says in one sentence that the database is away, where it is."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return self._application(environ, start_response)
        except LOST:
            # So that this thread begins anew with the next request.
            connection.close()
            answer = refused(environ, BUSY, NO_DATABASE)
            start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", answer.headers)
            return (answer.body,)


class SaysWhenAway:
    """Django middleware: the same for what a page asks of the database."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, LOST):
            return None
        connection.close()
        return response(refused(request.META, BUSY, NO_DATABASE))


def response(answer: Answer) -> HttpResponse:
    """An answer as Django has it."""
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
