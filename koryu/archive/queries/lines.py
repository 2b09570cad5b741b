"""Lines: records as lists show them, and the links that arrive at a record; also the SQL that other queries share."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from pydantic_core import from_json

from koryu.archive import models
from koryu.archive.queries.audience import EVERYBODY, may_read
from koryu.ledger import queries as ledger
from koryu.records.document import Document
from koryu.records.institution import Institution
from koryu.records.kinds import current_document
from koryu.records.listed_values import Summary
from koryu.records.running import Running
from koryu.records.running import running as how_they_run
from koryu.values.edtf import Edtf
from koryu.values.text import Text

# Written out: a public page asks a handful of these each time it is made, and building a query costs several times
# what running it does.
# Dates are read as text: converting them in the driver of SQLite costs more than reading the rest of the row.
COLUMNS: Final = (
    "r.uri, r.kind, r.address, v.basis, r.line, CAST(r.earliest AS TEXT), CAST(r.latest AS TEXT), "
    "v.content_digest, v.schema"
)
STANDING: Final = "archive_record r JOIN archive_version v ON v.id = r.stands_id"
_LINES: Final = f"SELECT {COLUMNS} FROM {STANDING} WHERE"  # noqa: S608 -- only our own SQL; values are parameters


# The agreements that were made for a number of exchanges, and whatever extends or is extended by them.
_COUNTED: Final = (
    "WITH RECURSIVE counted(uri) AS ("
    "SELECT c.uri FROM archive_record c WHERE c.kind = 'agreement' "
    "AND CAST(c.line AS TEXT) LIKE '%%\"exchanges_agreed\"%%' "
    "UNION SELECT CASE WHEN l.target = n.uri THEN s.uri ELSE l.target END "
    "FROM counted n JOIN archive_record o ON o.uri = n.uri "
    "JOIN archive_link l ON l.rel = 'extends' AND (l.target = n.uri OR l.source_id = o.id) "
    "JOIN archive_record s ON s.id = l.source_id) "
)
_COUNTS: Final = (
    "r.kind IN ('exchange', 'programme') AND (r.id IN (SELECT l.source_id FROM archive_link l "
    "JOIN counted n ON n.uri = l.target WHERE l.rel IN ('agreements', 'basis') AND NOT l.apart) "
    "OR r.id IN (SELECT l.source_id FROM archive_link l JOIN archive_record p ON p.uri = l.target "
    "JOIN archive_link b ON b.source_id = p.id AND b.rel = 'basis' JOIN counted n ON n.uri = b.target "
    "WHERE l.rel = 'programmes' AND NOT l.apart))"
)
_EXTENDS_APART: Final = (
    "EXISTS (SELECT 1 FROM archive_link x WHERE x.source_id = r.id AND x.rel = 'extends' AND x.apart)"
)


class Line(NamedTuple):
    """One record as lists show it, without opening its document; `content` is the digest that opens it, as `schema`."""

    uri: str
    kind: str
    slug: str
    basis: str
    summary: Summary
    earliest: date | None = None
    latest: date | None = None
    content: str = ""
    schema: str = ""

    @property
    def title(self) -> Text:
        return Text.kept(self.summary.title)

    @property
    def date(self) -> Edtf | None:
        return Edtf(self.summary.date) if self.summary.date else None


class Backlink(NamedTuple):
    """A link that arrives at a record: from which line, by which relation and item.

    `apart` where the source only mentions the record, or an institution of it has said that its account differs: what
    belongs to a record is shown apart from that (rule 9).
    """

    rel: str
    item: str
    source: Line
    apart: bool = False


def lines(*kinds: str, asking: str) -> tuple[Line, ...]:
    """The lines of all records of these kinds (of every kind when none is given) that may be read, by date, then name.

    `asking` is who asks: an institution, or EVERYBODY.
    """
    unsorted = _lines(asking, f"AND r.kind IN ({places(kinds)})", *kinds) if kinds else _lines(asking)
    return tuple(sorted(unsorted, key=by_date))


# What the ledger says is known by its last entry.
@lru_cache(maxsize=32)
def lines_at(_last: str, kinds: tuple[str, ...], asking: str) -> tuple[Line, ...]:
    """`lines`, when the ledger's last entry is the one with this digest: asked once for each."""
    return lines(*kinds, asking=asking)


def lines_of_what_comes(*, asking: str, besides: Collection[str] = ()) -> tuple[Line, ...]:
    """The lines of `lines_of_agreements`, of whatever is still to come or not yet said to have come, and of the records
    `besides`.

    By date, then name.
    """
    return _of_agreements(asking, f"OR r.awaited OR r.uri IN ({places(besides)})", *(besides or ("",)))


def lines_of_agreements(*, asking: str) -> tuple[Line, ...]:
    """The lines of all agreements that may be read; by date, then name.

    Where some were made for a number of exchanges, also those of the exchanges that name them or what extends them, of
    the programmes that rest on these, and of the exchanges of those. What an agreement extends is left out where the
    other's institutions have not said so.
    """
    return _of_agreements(asking)


# What the ledger says is known by its last entry.
@lru_cache(maxsize=32)
def lines_of_agreements_at(_last: str, asking: str) -> tuple[Line, ...]:
    """`lines_of_agreements`, when the ledger's last entry is the one with this digest: asked once for each."""
    return lines_of_agreements(asking=asking)


def running(lines: Iterable[Line], *, today: date) -> dict[str, Running]:
    """How long each agreement among these lines runs, by the URI of the one that others extend, in the order given."""
    known: dict[str, dict[str, Summary]] = {}
    for line in lines:
        known.setdefault(line.kind, {})[line.uri] = line.summary
    return how_they_run(
        known.get("agreement", {}),
        held=known.get("exchange", {}),
        programmes=known.get("programme", {}),
        today=today,
    )


def lines_named(
    uris: Iterable[str],
    *,
    asking: str,
    around: Collection[str] = (),
    besides: Mapping[str, Line] = MappingProxyType({}),
) -> dict[str, Line]:
    """The lines with these URIs that may be read, and those that the records `around` link to, by URI.

    `besides` are lines at hand; they are among what is returned, and not read again.
    """
    named, sources, at_hand = [uri for uri in dict.fromkeys(uris) if uri not in besides], list(around), list(besides)
    linked = (
        "SELECT l.target FROM archive_link l JOIN archive_record s ON s.id = l.source_id "  # noqa: S608 -- only our own SQL; values are parameters
        f"WHERE s.uri IN ({places(sources)})"
    )
    condition = f"AND (r.uri IN ({places(named)}) OR r.uri IN ({linked})) AND r.uri NOT IN ({places(at_hand)})"
    read_now = _lines(asking, condition, *(named or [""]), *(sources or [""]), *(at_hand or [""]))
    return {**besides, **{line.uri: line for line in read_now}}


# What the ledger says is known by its last entry.
@lru_cache(maxsize=64)
def lines_named_at(_last: str, uris: frozenset[str], asking: str) -> Mapping[str, Line]:
    """`lines_named`, when the ledger's last entry is the one with this digest: asked once for each."""
    return MappingProxyType(lines_named(uris, asking=asking))


def links_to(*uris: str, asking: str) -> tuple[Backlink, ...]:
    """The links that arrive at any of these records from those that may be read, by kind of source, date and name."""
    condition, who = may_read(asking)
    arriving = rows(
        f"SELECT l.rel, l.item, l.apart, {COLUMNS} FROM {STANDING} JOIN archive_link l ON l.source_id = r.id "  # noqa: S608 -- only our own SQL; values are parameters
        f"WHERE {condition} AND l.target IN ({places(uris)})",
        *who,
        *(uris or [""]),
    )
    sources: dict[str, Line] = {}
    links = []
    for rel, item, apart, uri, *rest in arriving:
        if uri not in sources:
            sources[uri] = line_of(uri, *rest)
        links.append(Backlink(rel, item, sources[uri], apart=bool(apart)))
    return tuple(sorted(links, key=lambda link: (link.source.kind, by_date(link.source), link.rel, link.item)))


# What the ledger says is known by its last entry.
@lru_cache(maxsize=256)
def links_to_at(_last: str, uris: tuple[str, ...], asking: str) -> tuple[Backlink, ...]:
    """`links_to`, when the ledger's last entry is the one with this digest: asked once for each."""
    return links_to(*uris, asking=asking) if uris else ()


def lines_under(programme: str, *, asking: str) -> tuple[Line, ...]:
    """The lines of the exchanges that are held under a programme and may be read, by date, then name."""
    condition, who = may_read(asking)
    held = rows(
        f"SELECT {COLUMNS} FROM {STANDING} JOIN archive_link l ON l.source_id = r.id "  # noqa: S608 -- only our own SQL; values are parameters
        f"WHERE {condition} AND l.target = %s AND l.rel = 'programmes' AND r.kind = 'exchange' AND NOT l.apart",
        *who,
        programme,
    )
    return tuple(sorted((line_of(*row) for row in held), key=by_date))


@lru_cache(maxsize=256)
def lines_under_at(_last: str, programme: str, asking: str) -> tuple[Line, ...]:
    """`lines_under`, when the ledger's last entry is the one with this digest: asked once for each."""
    return lines_under(programme, asking=asking)


def lines_around(
    exchange: Line, *, programme: str, asking: str, besides: Mapping[str, Line] = MappingProxyType({})
) -> tuple[Line | None, Line | None]:
    """The exchanges found before and after one under its programme, by date; None where none was found.

    What bears no date stands nowhere in the order. `besides` are lines at hand.
    """
    condition, who = may_read(asking)
    held = rows(
        f"SELECT r.uri FROM {STANDING} JOIN archive_link l ON l.source_id = r.id "  # noqa: S608 -- only our own SQL; values are parameters
        f"WHERE {condition} AND l.target = %s AND l.rel = 'programmes' AND r.kind = 'exchange' AND NOT l.apart "
        "AND r.earliest IS NOT NULL ORDER BY r.earliest, r.uri",
        *who,
        programme,
    )
    dated = [uri for (uri,) in held]
    if exchange.uri not in dated:
        return None, None
    place = dated.index(exchange.uri)
    around = (dated[place - 1] if place else "", dated[place + 1] if place + 1 < len(dated) else "")
    known = lines_named([uri for uri in around if uri], asking=asking, besides=besides)
    return known.get(around[0]), known.get(around[1])


def documents(lines: Iterable[Line]) -> dict[str, Document]:
    """The documents of these lines, by URI, opened in one query; without those that cannot be opened any more."""
    return _opened(_kept(lines))


def documents_at(last: str, lines: Iterable[Line]) -> dict[str, Document]:
    """The same, asked for once for as long as the ledger's last entry is the one with this digest."""
    return dict(_opened_at(last, _kept(lines)))


@lru_cache(maxsize=1024)
def time_zone_in(content: str, schema: str) -> str:
    """The time zone (IANA) of an institution as the content with this digest says it; '' where it says none.

    In one statement, and that once: what is kept under a digest never changes.
    """
    if not content:
        return ""
    document = _opened((("", content, schema),)).get("")
    return document.time_zone if isinstance(document, Institution) else ""


def _kept(lines: Iterable[Line]) -> tuple[tuple[str, str, str], ...]:
    """Under which digest, and as which schema, the content of each record is kept, by its URI."""
    return tuple({line.uri: (line.uri, line.content, line.schema) for line in lines}.values())


# What the ledger says is known by its last entry: what is erased is gone with the entry that says so.
@lru_cache(maxsize=64)
def _opened_at(_last: str, kept: tuple[tuple[str, str, str], ...]) -> dict[str, Document]:
    return _opened(kept)


def _opened(kept: tuple[tuple[str, str, str], ...]) -> dict[str, Document]:
    contents = ledger.contents(content for _uri, content, _schema in kept) if kept else {}
    return {
        uri: current_document(contents[content].content, schema=schema, kept=True)
        for uri, content, schema in kept
        if content in contents
    }


def readable(asking: str) -> QuerySet[models.RecordRow]:
    """The records of which whoever asks may read what stands."""
    standing = models.RecordRow.objects.filter(current__isnull=False, erased=False)
    if asking == EVERYBODY:
        return standing.filter(public=True)
    return standing.filter(Q(public=True) | Q(readers__institution=asking)).distinct()


def _lines(asking: str, condition: str = "", *values: str | int) -> Iterator[Line]:
    readable_by, who = may_read(asking)
    return (line_of(*row) for row in rows(f"{_LINES} {readable_by} {condition}", *who, *values))


def _of_agreements(asking: str, besides: str = "", *values: str) -> tuple[Line, ...]:
    readable_by, who = may_read(asking)
    wanted = (
        f"{_COUNTED}SELECT {_EXTENDS_APART}, {COLUMNS} FROM {STANDING} "  # noqa: S608 -- nothing but our own words; values go apart
        f"WHERE {readable_by} AND (r.kind = 'agreement' {besides} OR ({_COUNTS}))"
    )
    lines = (_without_extends(line_of(*row)) if apart else line_of(*row) for apart, *row in rows(wanted, *who, *values))
    return tuple(sorted(lines, key=by_date))


def _without_extends(line: Line) -> Line:
    return line._replace(summary=replace(line.summary, extends=""))


# Reading a line is most of what a page of a thousand of them costs. It depends on nothing but the row.
@lru_cache(maxsize=2048)
def line_of(
    uri: str,
    kind: str,
    slug: str,
    basis: str,
    summary: str,
    earliest: str | None,
    latest: str | None,
    content: str,
    schema: str,
) -> Line:
    first = date.fromisoformat(earliest) if earliest else None
    last = date.fromisoformat(latest) if latest else None
    return Line(uri, kind, slug, basis, Summary(**from_json(summary)), first, last, content, schema)


def rows(query: str, *values: str | int) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, one after the other: of a thousand, only one is in memory at a time."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        yield from cursor


def places(values: Iterable[object]) -> str:
    """One SQL placeholder for each value, and one where there is none, as SQL has no empty list."""
    return ", ".join("%s" for _ in values) or "%s"


def by_date(line: Line) -> tuple[date, str]:
    """The key by which lists are sorted: by date, what has none last, then by URI."""
    return (line.earliest or date.max, line.uri)
