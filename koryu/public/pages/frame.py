"""What every public page shares: rendering a template, the reader's language, and links to the other languages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from koryu.archive.queries import EVERYBODY
from koryu.markup.named_lines import with_names
from koryu.markup.page_writer import PageWriter
from koryu.public import rows
from koryu.public.access import preferred
from koryu.records.kinds import KINDS
from koryu.wording.languages import LANGUAGES, Reader


def page(template: str, request: HttpRequest, reader: Reader, *, status: int = 200, **shown: Any) -> HttpResponse:
    """The response that renders a template in the reader's language; `shown` are the variables of the template."""
    lines = with_names(shown.get("lines", {}), tag=reader.tag, asking=EVERYBODY)
    writer = PageWriter(reader.slug, lines)
    with translation.override(reader.slug):
        html = render_to_string(
            template,
            {
                "reader": reader,
                "kinds": tuple(KINDS),
                "here": request.path,
                "status": status,
                "everywhere": in_no_language(request.path if status == 200 else "/"),
                "elsewhere": _in_each_language(request.path if status == 200 else "/"),
                **writer.template_functions(),
                **rows.row_functions(writer),
                **shown,
                "lines": lines,
            },
        )
    return HttpResponse(html, status=status)


def negotiated(name: str, request: HttpRequest, **places: str) -> HttpResponseRedirect:
    """A redirect to the page of this name in the language that the reader's browser asks for."""
    address = reverse(name, kwargs={"lang": preferred(request).slug, **places})
    return HttpResponseRedirect(address, headers={"Vary": "Accept-Language"})


def _in_each_language(path: str) -> tuple[tuple[str, str, str, str], ...]:
    """(slug, tag, own name, path) of this page in each language; of the home page where this path has no language."""
    first, _, rest = path.lstrip("/").partition("/")
    rest = rest if first in LANGUAGES else ""
    return tuple((slug, tag, name, f"/{slug}/{rest}") for slug, (tag, name) in LANGUAGES.items())


def in_no_language(path: str) -> str:
    """The address that leads every reader to this page in their own language: that of the record, else the first."""
    kind, _, slug = path.lstrip("/").partition("/")[2].rstrip("/").partition("/")
    if kind not in KINDS or not slug or "/" in slug:
        return "/"
    return reverse("public:permanent", kwargs={"kind": kind, "slug": slug})
