"""What somebody typed when their session had ended: kept for them, and shown again once they have signed in."""

from typing import Final

from allauth.account.forms import LoginForm
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from koryu.values.reason import Reason

SIGNED_OUT: Final = Reason("You were signed out meanwhile, and nothing was done. What you typed is still here.")
UNSAVED: Final = "unsaved"
# Under which name the page to sign in on holds what was typed before.
BROUGHT: Final = "koryu_brought"
_MOST_UNSAVED: Final = 1024 * 1024
# Of how many pages a session keeps what was typed, the one typed into last among them.
_MOST_PAGES: Final = 5
# The scheme is no browser's own, so that none asks for a password by itself (RFC 9110, section 15.5.2).
SIGN_IN_BY_FORM: Final = {"WWW-Authenticate": "Form"}


def typed_meanwhile(request: HttpRequest) -> QueryDict | None:
    """What was typed into the form of this page when the session had ended, and is not saved yet."""
    typed = _pages_typed(request).get(request.path)
    return None if typed is None else QueryDict(typed)


def forget_what_was_typed(request: HttpRequest) -> None:
    """It was saved, or is not wanted any more."""
    pages = _pages_typed(request)
    if pages.pop(request.path, None) is not None:
        request.session[UNSAVED] = pages


def typed_too_late(request: HttpRequest) -> QueryDict | None:
    """The same, told once: for a page that shows it, and has a button to do it now."""
    kept = typed_meanwhile(request)
    forget_what_was_typed(request)
    return kept


def take_in(request: HttpRequest) -> None:
    """Keep what somebody brought with them to the door, now that they have signed in."""
    if brought := _brought(request):
        keep_text(request, brought["path"], brought["typed"])


def page_brought(request: HttpRequest) -> str:
    """The path of the page into which was typed what somebody brings; '' where nothing is that was written here."""
    return _brought(request).get("path", "")


def _brought(request: HttpRequest) -> dict[str, str]:
    try:
        return dict(signing.loads(request.POST.get(BROUGHT, ""), salt=BROUGHT, max_age=settings.SESSION_COOKIE_AGE))
    except signing.BadSignature:
        return {}


def what_was_typed(request: HttpRequest) -> str:
    """So that a session that ended while somebody was typing costs them nothing: the page shows it again.

    Signed, and held by the browser: in a session, everybody could fill the database without having signed in. Of a
    form about signing in, what it brought, and nothing that was typed into it: that may be a password.
    """
    if request.path.startswith(reverse("account")):
        return request.POST.get(BROUGHT, "")
    typed = form_typed(request)
    return signing.dumps({"path": request.path, "typed": typed}, salt=BROUGHT, compress=True) if typed else ""


def form_typed(request: HttpRequest) -> str:
    """What was typed into the form that was sent; nothing where it is too much to be kept."""
    if request.method != "POST":
        return ""
    # Of a form with a file, what was typed; the body may be larger than can be read at once.
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    written = typed.urlencode()
    return written if len(written) <= _MOST_UNSAVED else ""


def _pages_typed(request: HttpRequest) -> dict[str, str]:
    """What was typed when a session had ended, by the path of its page. (An earlier release kept that of one page.)"""
    kept = request.session.get(UNSAVED) or {}
    return {kept["path"]: kept["typed"]} if set(kept) == {"path", "typed"} else dict(kept)


def keep_text(request: HttpRequest, path: str, typed: str) -> None:
    """Keep what was typed on the page with this path, and what was typed last on a few others."""
    pages = _pages_typed(request)
    pages.pop(path, None)
    request.session[UNSAVED] = dict([*pages.items(), (path, typed)][-_MOST_PAGES:])


def door_with(request: HttpRequest, brought: str, *, path: str = "") -> HttpResponse:
    """The page to sign in on, holding what was typed until then, on the page with this path or on this one."""
    setattr(request, BROUGHT, brought)
    back = path or request.path
    door = {"form": LoginForm(request=request), "redirect_field_name": "next", "redirect_field_value": back}
    answer = render(request, "account/login.html", door, status=401)
    answer.headers["WWW-Authenticate"] = SIGN_IN_BY_FORM["WWW-Authenticate"]
    return answer
