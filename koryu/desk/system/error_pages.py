"""What is said at the desk when something cannot be done: why, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from koryu.desk.account.go_on import comes_from_here
from koryu.desk.kept_text import BROUGHT, what_was_typed


def form_not_ours(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the mark that it is of a page of ours, or of one that is too old.

    What was typed on a page of ours, whoever typed it can go on with.
    """
    if comes_from_here(request):
        setattr(request, BROUGHT, what_was_typed(request))
    return render(request, "desk/form_not_ours.html", status=403)


def not_open(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An account page that is not open to this person, or not now."""
    return render(request, "403.html", status=403)


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **named: Any) -> HttpResponse:
    """Too many wrong passwords; it is said for how long signing in is closed."""
    return render(request, "desk/locked_out.html", status=429)
