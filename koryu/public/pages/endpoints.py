"""Addresses for programs: records with their proof, keys, citations, the feed, the sitemap, robots.txt."""

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.institutions import queries as institutions
from koryu.markup.named_lines import with_names
from koryu.public.access import record_for
from koryu.publishing import citations, export, feed
from koryu.wording.labels import BASES
from koryu.wording.languages import LANGUAGES, Reader

CITED = {
    "json": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
NEWS = 50


def proof(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """A record as JSON with everything needed to check it without this server."""
    record = record_for(kind=kind, slug=slug)
    return answered(export.bundle(record.line.uri, asking=archive.EVERYBODY))


def keys(request: HttpRequest) -> HttpResponse:
    """The keys of each institution, as they are known here."""
    return answered(institutions.keys())


def cite(request: HttpRequest, lang: str, kind: str, slug: str, form: str) -> HttpResponse:
    """How to cite one record: CSL-JSON, BibTeX or RIS."""
    return _cited([record_for(kind=kind, slug=slug)], form=form, name=f"{kind}-{slug}", reader=Reader(lang))


def bibliography(request: HttpRequest, lang: str, form: str) -> HttpResponse:
    """All works, ready for a reference manager."""
    return _cited(
        archive.records("work", asking=archive.EVERYBODY), form=form, name="bibliography", reader=Reader(lang)
    )


def new(request: HttpRequest, lang: str) -> HttpResponse:
    """What came to stand last, as an Atom feed."""
    reader = Reader(lang)
    news = archive.news(most=NEWS, asking=archive.EVERYBODY)
    lines = with_names({item.line.uri: item.line for item in news}, tag=reader.tag, asking=archive.EVERYBODY)
    with translation.override(reader.slug):
        written = feed.atom(
            [(item, lasting(item.line)) for item in news],
            title=translation.gettext("Newest records"),
            address=settings.ADDRESS + request.path,
            page=settings.ADDRESS + reverse("public:home", kwargs={"lang": lang}),
            language=reader.tag,
            words={basis: translation.gettext(word) for basis, word in BASES.items()},
            lines=lines,
        )
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read, and where the sitemap is.

    The desk is for those who have signed in; what is found with filters leads to more filters, without end.
    """
    sitemap = f"{settings.ADDRESS}{reverse('public:sitemap')}"
    rules = (
        "User-agent: *\nAllow: /\nDisallow: /desk/\nDisallow: /calendar/\nDisallow: /v/\nDisallow: /*/find/?\n"
        f"Sitemap: {sitemap}\n"
    )
    return HttpResponse(rules, content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116), where the operator has named somebody."""
    if not settings.CONTACT:
        raise Http404
    expires = (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    languages = ", ".join(tag for tag, _ in LANGUAGES.values())
    written = f"Contact: {settings.CONTACT}\nExpires: {expires}\nPreferred-Languages: {languages}\n"
    return HttpResponse(written, content_type="text/plain; charset=utf-8")


def lasting(line: Line) -> str:
    """The address to cite a record by."""
    return permanent_address(line.kind, line.slug)


@lru_cache(maxsize=8192)
def permanent_address(kind: str, slug: str) -> str:
    """The address to cite the record of this kind with this slug by."""
    return str(settings.ADDRESS) + reverse("public:permanent", kwargs={"kind": kind, "slug": slug})


def answered(value: Any) -> JsonResponse:
    """A value as JSON that people can read too."""
    return JsonResponse(value, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _cited(records: Any, *, form: str, name: str, reader: Reader) -> HttpResponse:
    items = [citations.csl(record, address=lasting(record.line), reader=reader.tag) for record in records]
    match form:
        case "bib":
            written = citations.bibtex(items)
        case "ris":
            written = citations.ris(items)
        case _:
            written = json.dumps(items, ensure_ascii=False, indent=1)
    answer = HttpResponse(written, content_type=f"{CITED[form]}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
