"""What every page of the desk shares: the frame, the reader's language, and the names of what it shows."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.desk import sent, waiting
from koryu.desk.access import CurrentUser
from koryu.desk.kept_text import BROUGHT
from koryu.markup import content_html, sheet_html
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.named_lines import with_names
from koryu.wording.languages import LANGUAGES, active_reader
from koryu.wording.told_moments import active_zone_in_words

_ME: Final = "koryu_me"
_NUMBERS: Final = "koryu_numbers"


def render_page(
    request: HttpRequest,
    me: CurrentUser,
    template: str,
    *,
    naming: Iterable[str] = (),
    known: Mapping[str, Line] = MappingProxyType({}),
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    """A template in the frame of the desk, in the language of whoever reads it.

    `naming` are the URIs of the records it names; their lines are asked for once, with those of my institutions, unless
    all of them are `known` already.
    """
    reader = active_reader()
    asking = me.institution or archive.EVERYBODY
    wanted = {*naming, *(membership.institution for membership in me.memberships)}
    named = dict(known) if wanted <= known.keys() else archive.lines_named(wanted, asking=asking, besides=known)
    lines = with_names(named, tag=reader.tag, asking=asking)
    writer = DeskWriter(reader.slug, lines, names=me.names)
    # For the frame: what Django's processors say has the last word in a template.
    setattr(request, _ME, me)
    setattr(request, _NUMBERS, waiting.numbers(me.institution, role=me.role) if me.role else {})
    html = render_to_string(
        template,
        {
            "lines": lines,
            **writer.template_functions(),
            **content_html.content_functions(writer),
            **sheet_html.sheet_functions(writer),
            **shown,
        },
        request,
    )
    return HttpResponse(html, status=status)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Django context processor: what the frame needs on every page of the desk, allauth's too."""
    return {
        "reader": active_reader(),
        "zone": active_zone_in_words(active_reader().slug),
        "languages": [(slug, tag, name) for slug, (tag, name) in LANGUAGES.items()],
        "here": request.path,
        "practice": settings.PRACTICE,
        "language_names": {slug: name for slug, (_tag, name) in LANGUAGES.items()},
        "mail": settings.MAIL,
        "providers": _providers(),
        "me": getattr(request, _ME, None),
        "numbers": getattr(request, _NUMBERS, {}),
        "whose": _whose(request),
        "told": _told(request),
        "brought": getattr(request, BROUGHT, "") or request.POST.get(BROUGHT, ""),
        # Once a page, however many forms there are on it: each time a token is written anew, and that costs.
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),
    }


def _whose(request: HttpRequest) -> str:
    """For whom the page is, as its script says it when it sends a form."""
    if me := getattr(request, _ME, None):
        return sent.whose(username=me.username, institution=me.institution)
    # On the pages about signing in, nobody speaks for an institution.
    user = getattr(request, "user", None)
    return sent.whose(username=user.get_username(), institution="") if user and user.is_authenticated else ""


def _providers() -> list[tuple[str, str]]:
    """Where somebody may sign in instead: the name of each provider, and the address that leads there."""
    return [
        (provider["name"], reverse("openid_connect_login", kwargs={"provider_id": provider["provider_id"]}))
        for provider in settings.SIGN_IN_PROVIDERS
    ]


def _told(request: HttpRequest) -> list[str]:
    """The messages about the last form, each shown once."""
    from django.contrib.messages import get_messages

    return [str(message) for message in get_messages(request)]
