"""The pages of the record. Each is a function of the address and of what stands, and of nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.public import order
from koryu.public.access import Reader, record_for
from koryu.public.pages.frame import negotiated, page
from koryu.public.words import LINKS

# Listed by name, whatever date they bear.
UNDATED = frozenset({"institution", "theme", "person"})


def front(request: HttpRequest) -> HttpResponse:
    """To the home page in the reader's language."""
    return negotiated("public:home", request)


def permanent(request: HttpRequest, kind: str, address: str) -> HttpResponse:
    """From a record's lasting address to its page in the reader's language."""
    record_for(kind=kind, address=address)
    return negotiated("public:record", request, kind=kind, address=address)


def home(request: HttpRequest, lang: str) -> HttpResponse:
    """The programmes, and the way to everything else."""
    reader = Reader(lang)
    programmes = archive.lines("programme")
    outcomes = archive.lines("outcome")
    lines = archive.lines_named(uri for line in programmes for uri in line.facts.get("institutions", ()))
    return page(
        "public/home.html",
        request,
        reader,
        programmes=programmes,
        outcomes=outcomes,
        counts=archive.counts(),
        lines=lines,
    )


def about(request: HttpRequest, lang: str) -> HttpResponse:
    """What the words of standing mean, and how a record is checked."""
    return page("public/about.html", request, Reader(lang))


def listing(request: HttpRequest, lang: str, kind: str) -> HttpResponse:
    """All records of one kind."""
    reader = Reader(lang)
    listed = archive.lines(kind)
    named = archive.lines_named(uri for line in listed for uri in _named_in(line))
    return page("public/listing.html", request, reader, kind=kind, listed=_in_order(listed, reader), lines=named)


def record(request: HttpRequest, lang: str, kind: str, address: str) -> HttpResponse:
    """One record as it stands, with its sources, what links to it, and what came before and of it."""
    reader = Reader(lang)
    found = record_for(kind=kind, address=address)
    back = archive.links_to(found.line.uri)
    return page(
        f"public/{kind}.html",
        request,
        reader,
        record=found,
        doc=found.document,
        back=_grouped(link for link in back if link.source.uri != found.line.uri),
        variants=_by_field(found.document.variants),
        origins=archive.origins(found.line.uri),
        results=archive.results(found.line.uri),
        lines=_lines_on(found, back),
    )


def history(request: HttpRequest, lang: str, kind: str, address: str) -> HttpResponse:
    """Every version of a record that stands or stood, and how to check it."""
    found = record_for(kind=kind, address=address)
    return page(
        "public/history.html", request, Reader(lang), record=found, doc=found.document, lines=_lines_on(found, ())
    )


def _lines_on(found: archive.Record, back: Iterable[archive.Backlink]) -> dict[str, Line]:
    """The lines of everything a record's page names, by URI."""
    named = {link.target for link in found.document.links()}
    for version in found.versions:
        named |= {version.said_by, *version.by_letter, *(remark.institution for remark in version.remarks)}
    named |= set(found.document.owners())
    named |= {uri for link in back for uri in _named_in(link.source)}
    return archive.lines_named(named)


def _named_in(line: Line) -> tuple[str, ...]:
    facts = line.facts
    named = (*facts.get("institutions", ()), *facts.get("hosts", ()), *facts.get("programmes", ()))
    return (*named, *(facts[one] for one in ("exchange", "institution") if one in facts))


def _grouped(back: Iterable[archive.Backlink]) -> dict[tuple[str, str], list[Line]]:
    """The lines that link here, by (kind, what the link says), each line once, in the order of LINKS."""
    groups: dict[tuple[str, str], dict[str, Line]] = {(kind, says): {} for (kind, _), says in LINKS.items()}
    for link in back:
        kind, says = link.source.kind, LINKS.get((link.source.kind, link.rel))
        if says:
            groups[kind, says][link.source.uri] = link.source
    return {group: list(lines.values()) for group, lines in groups.items() if lines}


def _by_field(variants: Iterable[Any]) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = defaultdict(list)
    for variant in variants:
        fields[variant.field].append(variant)
    return dict(fields)


def _in_order(lines: Iterable[Line], reader: Reader) -> list[Line]:
    """Dated records by date; what bears no date, and what is listed by name, in the order of the reader's language."""
    named = order.by_name(lines, reader=reader.tag)
    return sorted(named, key=lambda line: "" if line.kind in UNDATED else str(line.earliest or "9999"))
