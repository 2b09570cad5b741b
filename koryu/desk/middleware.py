"""What every page of the desk passes through, allauth's among them: the reader's language, the zone, no copy kept."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from koryu.wording.languages import LANGUAGES, asked_for
from koryu.wording.told_moments import told_in

ROOM: Final = "/desk/"
COOKIE: Final = "koryu-language"
ROUTE: Final = "koryu.route"

Answer = Callable[[HttpRequest], HttpResponse]


class DeskLanguage:
    """Django middleware: a page of the desk is in the language chosen there, else in the one the browser asks for.

    The addresses of the desk bear no language, so that a colleague can be sent one.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOM):
            return self.answer(request)
        # Whoever signs in reads moments where their institution is: see `me_of`.
        with translation.override(language_of(request)), told_in(""):
            response = self.answer(request)
        if request.resolver_match is not None:
            # For what is noted of a request: which page, and not of which record or with which key.
            request.META[ROUTE] = request.resolver_match.route
        # What is private is kept by no browser's cache and no proxy.
        response.headers["Cache-Control"] = "no-store"
        return response


def language_of(request: HttpRequest) -> str:
    """The slug of the language a page of the desk is read in."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else asked_for(request.headers.get("Accept-Language", ""))
