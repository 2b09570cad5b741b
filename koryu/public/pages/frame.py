"""What every public page shares: the frame, the reader's language, and the same page in the other languages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from koryu.public.access import LANGUAGES, Reader, preferred
from koryu.records.kinds import KINDS


def page(template: str, request: HttpRequest, reader: Reader, *, status: int = 200, **shown: Any) -> HttpResponse:
    """A template in the frame, in the reader's language; `shown` is what it shows."""
    with translation.override(reader.slug):
        html = render_to_string(
            template,
            {
                "reader": reader,
                "kinds": tuple(KINDS),
                "here": request.path,
                "status": status,
                "elsewhere": _in_each_language(request.path if status == 200 else "/"),
                **shown,
            },
        )
    return HttpResponse(html, status=status)


def negotiated(name: str, request: HttpRequest, **places: str) -> HttpResponseRedirect:
    """To the page of this name in the language that the reader's browser asks for."""
    address = reverse(name, kwargs={"lang": preferred(request).slug, **places})
    return HttpResponseRedirect(address, headers={"Vary": "Accept-Language"})


def _in_each_language(path: str) -> tuple[tuple[str, str, str, str], ...]:
    """(slug, tag, own name, path) of this page in each language; of the home page where this path has no language."""
    first, _, rest = path.lstrip("/").partition("/")
    rest = rest if first in LANGUAGES else ""
    return tuple((slug, tag, name, f"/{slug}/{rest}") for slug, (tag, name) in LANGUAGES.items())
