"""The search: its page, and its API, which the search box and other programs use."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.markup.named_lines import with_names
from koryu.public.pages.endpoints import lasting
from koryu.public.pages.frame import page
from koryu.public.search_query import RECORDS, Asked
from koryu.publishing.search_json import as_json, pages, suggestions_as_json
from koryu.search.entries import SearchResult
from koryu.values.reason import Reason, Refused
from koryu.wording.languages import LANGUAGES, Reader, slug_of


def find(request: HttpRequest, lang: str) -> HttpResponse:
    """The results, the facets that narrow them down, and what comes near where there are none."""
    reader = Reader(lang)
    asked = Asked.of(request.GET)
    result, note = _answer(asked, reader)
    lines = _lines(result)
    return page(
        "public/find.html",
        request,
        reader,
        asked=asked,
        result=result,
        note=note,
        pages=pages(result),
        facets=asked.facets(result, lines),
        lines=lines,
        by_address={(line.kind, line.slug): line for line in lines.values()},
        elsewhere=asked.in_each_language(),
    )


def api(request: HttpRequest) -> HttpResponse:
    """The answer as JSON; with `suggest=1`, names and titles that begin with what was typed so far."""
    tag = request.GET.get("lang", "en")
    slug = slug_of(tag)
    if not slug:
        tags = ", ".join(known for known, _name in LANGUAGES.values())
        return _refused(Reason("lang: expected one of %(tags)s", tags=tags))
    reader = Reader(slug)
    asked = Asked.of(request.GET)
    try:
        if request.GET.get("suggest") == "1":
            suggested = archive.suggested(asked.query, reader=reader.tag, asking=archive.EVERYBODY)
            lines = archive.lines_named((suggestion.uri for suggestion in suggested), asking=archive.EVERYBODY)
            return _json(suggestions_as_json(suggested, lines=lines, address=lasting))
        result = asked.found(reader=reader.tag)
    except Refused as refused:
        return _refused(refused.reason, status=503)
    hits = archive.lines_named((hit.uri for hit in (*result.hits, *result.near)), asking=archive.EVERYBODY)
    named = with_names(hits, tag=reader.tag, asking=archive.EVERYBODY)
    with translation.override(reader.slug):
        return _json(as_json(result, lines=named, address=lasting, reader=reader.tag, translate=translation.gettext))


def _answer(asked: Asked, reader: Reader) -> tuple[SearchResult, Reason | None]:
    """The results, and a sentence about them that must be shown, if there is one."""
    if not asked.query:
        return SearchResult(query=""), None
    try:
        result = asked.found(reader=reader.tag)
    except Refused as refused:
        return SearchResult(query=asked.query), refused.reason
    return result, result.note


def _lines(result: SearchResult) -> dict[str, Line]:
    """The lines of the results, of the records in the facets, and of what all these name."""
    facets = (uri for facet in RECORDS for uri in result.counts.get(facet, ()))
    lines = archive.lines_named((*(hit.uri for hit in (*result.hits, *result.near)), *facets), asking=archive.EVERYBODY)
    return lines | archive.lines_named(
        (uri for line in lines.values() for uri in _named_in(line)), asking=archive.EVERYBODY
    )


def _named_in(line: Line) -> Iterable[str]:
    summary = line.summary
    return (*summary.institutions, *summary.hosts, *filter(None, [summary.institution]))


def _refused(reason: Reason, *, status: int = 400) -> JsonResponse:
    return _json({"error": str(reason)}, status=status)


def _json(value: object, *, status: int = 200) -> JsonResponse:
    """A JSON response that any web page may read (CORS): everything in it is public."""
    options = {"ensure_ascii": False, "separators": (",", ":")}
    return JsonResponse(
        value, safe=False, status=status, json_dumps_params=options, headers={"Access-Control-Allow-Origin": "*"}
    )
