"""Pages for browsing: the timeline, the network, exchanges by year, host, place, form and theme, and what is new."""

import re
from collections.abc import Sequence
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.markup.page_writer import PageWriter
from koryu.public import facets, svg, timelines
from koryu.public.access import record_for
from koryu.public.pages.frame import page
from koryu.public.pages.record_pages import named_in
from koryu.public.paging import part
from koryu.statistics import network as ties
from koryu.statistics import timeline as times
from koryu.wording import order
from koryu.wording.languages import LANGUAGES, Reader

NEWS = 100
SPAN = re.compile(r"(\d{4})(?:-(\d{4}))?")


def timeline(request: HttpRequest, lang: str, span: str = "") -> HttpResponse:
    """The timeline of all exchanges, of some years, or of one."""
    reader = Reader(lang)
    programmes, exchanges, lines = timelines.recorded()
    reach = times.years(exchanges, programmes)
    first, last = _years(span, reach) if reach else (0, 0)
    return page(
        "public/timeline.html",
        request,
        reader,
        lines=lines,
        timeline=timelines.timeline_of(programmes, exchanges, lines, reader=reader, first=first, last=last),
        span=span,
        whole=reach,
        decades=_decades(*reach) if reach else [],
    )


def network(request: HttpRequest, lang: str) -> HttpResponse:
    """Which institution has programmes with which."""
    reader = Reader(lang)
    programmes = archive.lines("programme", asking=archive.EVERYBODY)
    lines = archive.lines_named(
        (uri for line in programmes for uri in line.summary.institutions), asking=archive.EVERYBODY
    )
    inside = ties.network(programmes, order=[line.uri for line in order.by_name(lines.values(), reader=reader.tag)])
    picture = svg.tied(inside, PageWriter(reader.slug, lines))
    return page("public/network.html", request, reader, programmes=programmes, lines=lines, picture=picture)


def browse(request: HttpRequest, lang: str) -> HttpResponse:
    """Every value by which exchanges can be browsed."""
    reader = Reader(lang)
    exchanges, lines = _browsed()
    values = {facet: facets.values(facet, exchanges, named=lines, reader=reader.tag) for facet in facets.FACETS}
    return page("public/browse.html", request, reader, facets=facets.FACETS, values=values, lines=lines)


def browsed(request: HttpRequest, lang: str, facet: str, value: str, number: int = 1) -> HttpResponse:
    """The exchanges of one year, host, place, form or theme."""
    reader = Reader(lang)
    exchanges, lines = _browsed()
    every = facets.values(facet, exchanges, named=lines, reader=reader.tag)
    chosen = next((facet_value for facet_value in every if facet_value.slug == value), None)
    if chosen is None:
        raise Http404
    return page(
        "public/browsed.html",
        request,
        reader,
        facet=facets.FACETS[facet],
        facet_name=facet,
        chosen=chosen,
        part=part(chosen.lines, number=number),
        base=reverse("public:browsed", kwargs={"lang": lang, "facet": facet, "value": value}),
        lines=lines,
    )


def new(request: HttpRequest, lang: str) -> HttpResponse:
    """The versions that came to stand last, day by day; the feed has the same."""
    news = archive.news(most=NEWS, asking=archive.EVERYBODY)
    days = [(day, list(group)) for day, group in groupby(news, key=lambda item: item.at[:10])]
    lines = archive.lines_named((uri for item in news for uri in named_in(item.line)), asking=archive.EVERYBODY)
    return page("public/new.html", request, Reader(lang), days=days, lines=lines)


def beside(request: HttpRequest, lang: str, kind: str, slug: str, other: str) -> HttpResponse:
    """Every text of a record in two languages side by side; asked for one language twice, redirects to another pair."""
    record = record_for(kind=kind, slug=slug)
    if other == lang:
        another = next(slug for slug in LANGUAGES if slug != lang)
        return redirect("public:beside", lang=lang, kind=kind, slug=slug, other=another)
    return page(
        "public/beside.html",
        request,
        Reader(lang),
        record=record,
        doc=record.document,
        pair=(Reader(lang).tag, Reader(other).tag),
        other=other,
        lines={record.line.uri: record.line},
    )


def _browsed() -> tuple[Sequence[Line], dict[str, Line]]:
    every = archive.lines("exchange", "institution", "theme", "programme", asking=archive.EVERYBODY)
    return [line for line in every if line.kind == "exchange"], {line.uri: line for line in every}


def _years(span: str, reach: tuple[int, int]) -> tuple[int, int]:
    """The years an address names; the whole reach where it names none. Raises Http404 where nothing can be there."""
    if not span:
        return reach
    match = SPAN.fullmatch(span)
    if not match:
        raise Http404
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first or last < reach[0] or first > reach[1]:
        raise Http404
    return first, last


def _decades(first: int, last: int) -> list[tuple[int, int]]:
    return [(year, year + 9) for year in range(first - first % 10, last + 1, 10)]
