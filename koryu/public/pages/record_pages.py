"""The pages of records and lists. Each depends on its address and on what stands, and on nothing else."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.rules.diff import difference
from koryu.public import exchange_view, timelines
from koryu.public.access import record_for
from koryu.public.differing_accounts import accounts_table
from koryu.public.home import home_view
from koryu.public.pages.endpoints import lasting
from koryu.public.pages.frame import negotiated, page
from koryu.public.paging import part
from koryu.public.sections import LINKS
from koryu.publishing import jsonld
from koryu.records.document import Derived
from koryu.records.exchange import Exchange
from koryu.records.kinds import NAMES as KIND_NAMES
from koryu.records.person import Person
from koryu.records.programme import Programme
from koryu.records.timetable import Timetable
from koryu.wording import order
from koryu.wording.languages import Reader

# Listed by name, whatever date they bear.
UNDATED = frozenset({"institution", "theme", "person"})

# The fields in which a record describes its own statements: two accounts hardly ever agree in them.
_ABOUT_STATEMENTS = frozenset({"sources", "derived", "variants", "open"})


def front(request: HttpRequest) -> HttpResponse:
    """A redirect to the home page in the reader's language."""
    return negotiated("public:home", request)


def permanent(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """A redirect from a record's lasting address to its page in the reader's language."""
    record_for(kind=kind, slug=slug)
    return negotiated("public:record", request, kind=kind, slug=slug)


def home(request: HttpRequest, lang: str) -> HttpResponse:
    """What is on record here, what one can do with it, its last years, what is newest, and the programmes."""
    reader = Reader(lang)
    programmes, exchanges, lines = timelines.recorded()
    outcomes = archive.lines("outcome", asking=archive.EVERYBODY)
    return page(
        "public/home.html",
        request,
        reader,
        home=home_view(programmes, exchanges, outcomes, lines, reader=reader),
        counts=archive.counts(asking=archive.EVERYBODY),
        lines=lines,
    )


def about(request: HttpRequest, lang: str) -> HttpResponse:
    """What the words of standing mean, and how a record is checked."""
    return page("public/about.html", request, Reader(lang))


def listing(request: HttpRequest, lang: str, kind: str, number: int = 1) -> HttpResponse:
    """All records of one kind, a hundred to a page."""
    reader = Reader(lang)
    shown = part(in_order(archive.lines(kind, asking=archive.EVERYBODY), reader), number=number)
    named = archive.lines_named((uri for line in shown.items for uri in named_in(line)), asking=archive.EVERYBODY)
    base = reverse("public:listing", kwargs={"lang": lang, "kind": kind})
    return page("public/listing.html", request, reader, kind=kind, part=shown, base=base, lines=named)


def record(request: HttpRequest, lang: str, kind: str, slug: str) -> HttpResponse:
    """One record as it stands, with its sources, what links to it, and what came before and of it."""
    reader = Reader(lang)
    record = record_for(kind=kind, slug=slug)
    arriving = archive.links_to(record.line.uri, asking=archive.EVERYBODY)
    others = [link for link in arriving if link.source.uri != record.line.uri]
    back = [link for link in others if not link.apart]
    descent = archive.descent(record.line.uri, asking=archive.EVERYBODY)
    inside = _inside(record, back)
    lines = _lines_on(record, others, descent, inside)
    return page(
        f"public/{kind}.html",
        request,
        reader,
        record=record,
        doc=record.document,
        back=_grouped(back, sources=_works_cited(record)),
        apart=_said_by_others(link for link in others if link.apart),
        accounts=_accounts(record),
        variants=_by_field(record.document.variants),
        differing=accounts_table(record.document),
        inferences=Inferences(record.document.derived),
        automatic=archive.automatic_readings(record.line.uri, kind=kind) if kind == "institution" else {},
        described=_described(record, lines, reader),
        origins=_ways(descent.origins, lines),
        results=_ways(descent.results, lines),
        lines=lines,
        **_more(record, back, inside, lines, reader),
    )


class Inferences:
    """What of a record is inferred: given out field by field as a page shows it, and whatever is left at its end.

    So nothing that is inferred goes unsaid on a page that has no place for its field.
    """

    def __init__(self, derived: Iterable[Derived]) -> None:
        self._all = tuple((inference.field.split(".")[0].split("[")[0], inference) for inference in derived)
        self._shown: set[str] = set()

    def of(self, field: str) -> list[Derived]:
        """What is inferred in a field that the page shows now."""
        self._shown.add(field)
        return [inference for top, inference in self._all if top == field]

    def rest(self) -> list[Derived]:
        """What is inferred in fields that were not shown."""
        return [inference for top, inference in self._all if top not in self._shown]


@dataclass(frozen=True)
class OtherAccount:
    """What another institution recorded of this record: who, when, and in which fields it differs from what stands."""

    institution: str
    at: str
    fields: tuple[str, ...]


def _differing(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    return dict.fromkeys(change.steps[0].name for change in difference(was, now))


def _accounts(record: archive.Record) -> list[OtherAccount]:
    """The accounts of other recorders, side by side with what stands (rule 8)."""
    if record.version.basis != "recorded":
        return []
    last = {
        version.said_by: version for version in reversed(record.versions) if version.said_by != record.version.said_by
    }
    documents = archive.documents_of(last.values())
    content = record.document.content()
    return [
        OtherAccount(
            institution=institution,
            at=version.at,
            fields=tuple(name for name in _differing(content, document.content()) if name not in _ABOUT_STATEMENTS),
        )
        for institution, version in last.items()
        if (document := documents.get(version.digest))
    ]


def _described(record: archive.Record, lines: Mapping[str, Line], reader: Reader) -> Markup | None:
    """The record as JSON-LD for a script element; no text in it can end that element."""
    named = [record.line, *(lines[uri] for uri in record.document.owners() if uri in lines)]
    terms = jsonld.described(
        record, lines=lines, addresses={line.uri: lasting(line) for line in named}, reader=reader.tag
    )
    if terms is None:
        return None
    written = json.dumps(terms, ensure_ascii=False)
    return Markup(written.replace("<", "\\u003c"))  # noqa: S704 -- what could end the element is written as a number


def _inside(record: archive.Record, back: Iterable[archive.Backlink]) -> list[Line]:
    """The lines of the records whose documents are shown inside a record's page (timetables, participations)."""
    if isinstance(record.document, Timetable):
        return _attended_from(record.document)
    rels = {"exchange": "exchange", "person": "members"}.get(record.line.kind)
    about = {link.source.uri: link.source for link in back if link.rel == rels}
    return [line for line in about.values() if line.kind in exchange_view.OPENED]


def _attended_from(timetable: Timetable) -> list[Line]:
    """The lines of the participations whose members a timetable names."""
    named = {str(attending.participation) for session in timetable.sessions for attending in session.attending}
    return list(archive.lines_named(named, asking=archive.EVERYBODY).values()) if named else []


def _more(
    record: archive.Record,
    back: Iterable[archive.Backlink],
    inside: Sequence[Line],
    lines: Mapping[str, Line],
    reader: Reader,
) -> dict[str, Any]:
    """The template variables that only the page of this kind has."""
    match record.document:
        case Exchange() as exchange:
            about = [link.source for link in back if link.rel == "exchange"]
            first = order.participants(exchange.institutions, lines=lines, reader=reader.tag, hosts=exchange.hosts)
            programme = next((str(held.programme) for held in exchange.programmes), "")
            before, after = archive.lines_around(
                record.line, programme=programme, asking=archive.EVERYBODY, besides=lines
            )
            return {
                "occasion": exchange_view.occasion(about, archive.documents(inside), first=first),
                "before": before,
                "after": after,
            }
        case Timetable() as table:
            papers = {line.uri: exchange_view.paper(line) for line in lines.values() if line.kind == "paper"}
            return {
                "course": exchange_view.TimetableView(
                    line=record.line,
                    timetable=table,
                    days=exchange_view.days(table, papers, archive.documents(inside) if inside else {}),
                )
            }
        case Programme():
            held = [link.source for link in back if link.rel == "programmes"]
            return {"timeline": timelines.timeline_of([record.line], held, lines, reader=reader)}
        case Person():
            return {"appearances": exchange_view.appearances(record.line.uri, back, archive.documents(inside), lines)}
        case _:
            return {}


def history(request: HttpRequest, lang: str, kind: str, slug: str) -> HttpResponse:
    """Every version of a record that stands or stood, and how to check it."""
    record = record_for(kind=kind, slug=slug)
    return page(
        "public/history.html", request, Reader(lang), record=record, doc=record.document, lines=_lines_on(record)
    )


def _lines_on(
    record: archive.Record,
    back: Iterable[archive.Backlink] = (),
    descent: archive.Descent | None = None,
    inside: Iterable[Line] = (),
) -> dict[str, Line]:
    """The lines of everything a record's page names, by URI."""
    named = set(record.document.owners())
    for version in record.versions:
        named |= {version.said_by, *version.by_letter, *(remark.institution for remark in version.remarks)}
    named |= {uri for link in back for uri in named_in(link.source)}
    if descent:
        named |= {uri for way in (*descent.origins, *descent.results) for uri in way}
    at_hand = {record.line.uri: record.line, **{link.source.uri: link.source for link in back}}
    # Papers are read from their lines, and who gave them is named beside them.
    sessions = record.document.sessions if isinstance(record.document, Timetable) else ()
    papers = [uri for session in sessions for uri in session.papers]
    around = [record.line.uri, *papers, *(line.uri for line in inside)]
    return archive.lines_named(named, around=around, besides=at_hand, asking=archive.EVERYBODY)


def _ways(ways: Iterable[Sequence[str]], lines: Mapping[str, Line]) -> list[list[Line]]:
    """Lines of descent as lines, by date; what is not public is left out of them."""
    shown = [[lines[uri] for uri in way if uri in lines] for way in ways]
    return sorted(filter(None, shown), key=lambda way: [archive.by_date(line) for line in way])


def named_in(line: Line) -> tuple[str, ...]:
    """The URIs that a line of a list names beside its own."""
    summary = line.summary
    named = [*summary.institutions, *summary.hosts, *summary.programmes, *summary.people]
    for speaker in summary.speakers:
        named += [post["institution"] for post in speaker.get("posts", ()) if "institution" in post]
    return (*named, *filter(None, (summary.exchange, summary.institution)))


def _works_cited(record: archive.Record) -> set[str]:
    return {str(citation.work) for citation in record.document.sources}


def _grouped(back: Iterable[archive.Backlink], *, sources: Collection[str]) -> dict[tuple[str, str], list[Line]]:
    """The lines that link here, by (kind, what the link says), each line once, in the order of LINKS.

    The works that are `sources` of the record stand among its sources, and not here again.
    """
    groups: dict[tuple[str, str], dict[str, Line]] = {(kind, says): {} for (kind, _), says in LINKS.items()}
    for link in back:
        kind, says = link.source.kind, LINKS.get((link.source.kind, link.rel))
        if says and link.source.uri not in sources:
            groups[kind, says][link.source.uri] = link.source
    return {group: list(lines.values()) for group, lines in groups.items() if lines}


def _said_by_others(links: Iterable[archive.Backlink]) -> dict[str, list[Line]]:
    """The lines whose links are shown apart, by what the link says, or by the kind of record that links."""
    groups: dict[str, dict[str, Line]] = defaultdict(dict)
    for link in links:
        says = LINKS.get((link.source.kind, link.rel)) or KIND_NAMES[link.source.kind][1]
        groups[says][link.source.uri] = link.source
    return {says: list(lines.values()) for says, lines in groups.items()}


def _by_field(variants: Iterable[Any]) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = defaultdict(list)
    for variant in variants:
        fields[variant.field].append(variant)
    return dict(fields)


def in_order(lines: Iterable[Line], reader: Reader) -> list[Line]:
    """Dated records by date; what bears no date, and what is listed by name, in the order of the reader's language."""
    named = order.by_name(lines, reader=reader.tag)
    return sorted(named, key=lambda line: "" if line.kind in UNDATED else str(line.earliest or "9999"))
