"""Reading the archive: frozen values, in an order that a rebuild does not change."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from pydantic_core import from_json

from koryu.archive import actions, models
from koryu.ledger import queries as ledger
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.search.entries import PUBLIC, Filters, Found, Reading, Suggestion
from koryu.search.readings import automatic_reading
from koryu.values.edtf import Edtf
from koryu.values.reason import Refused
from koryu.values.text import Text

EVERYONE: Final = frozenset({PUBLIC})

# Written out: a public page asks a handful of these each time it is made, and building a query costs several times
# what running it does.
# Days are asked for as text: what SQLite's own reading of them costs is more than that of all else in a row.
_COLUMNS: Final = (
    "r.uri, r.kind, r.address, v.basis, r.line, CAST(r.earliest AS TEXT), CAST(r.latest AS TEXT), v.content_digest"
)
_PUBLIC: Final = "r.visibility = 'public' AND NOT r.erased"
_STANDING: Final = "archive_record r JOIN archive_version v ON v.id = r.stands_id"
_LINES: Final = f"SELECT {_COLUMNS} FROM {_STANDING} WHERE {_PUBLIC}"  # noqa: S608 -- nothing but our own words; values go apart


class Line(NamedTuple):
    """One record as lists show it, without opening its document; `content` is the digest that opens it."""

    uri: str
    kind: str
    address: str
    basis: str
    facts: Mapping[str, Any]
    earliest: date | None = None
    latest: date | None = None
    content: str = ""

    @property
    def title(self) -> Text:
        return Text.kept(self.facts["title"])

    @property
    def date(self) -> Edtf | None:
        written = self.facts.get("date")
        return Edtf(written) if written else None


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What an institution last remarked on a version."""

    institution: str
    said: str
    note: Text | None
    at: str


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version that stands or stood: how it came to stand, by whom, when."""

    digest: str
    number: int
    basis: str
    said_by: str
    by_letter: tuple[str, ...]
    at: str
    stands: bool
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record as it stands: its line, its document, its history with the latest version first."""

    line: Line
    document: Document
    versions: tuple[Version, ...]

    @property
    def version(self) -> Version:
        return next(version for version in self.versions if version.stands)


class Backlink(NamedTuple):
    """A link that arrives at a record: from which line, by which relation and item."""

    rel: str
    item: str
    source: Line


@dataclass(frozen=True, kw_only=True)
class News:
    """A version that came to stand: of which record, how, and when."""

    line: Line
    digest: str
    number: int
    basis: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Descent:
    """Lines of descent by URI: what leads to a record, oldest first, and what leads from it to outcomes."""

    origins: tuple[tuple[str, ...], ...]
    results: tuple[tuple[str, ...], ...]


def record_at(*, kind: str, address: str) -> Record | None:
    """The public record of this kind at this address, as it stands; None where there is none to show."""
    return _whole("r.kind = %s AND r.address = %s", kind, address)


def record_named(uri: str) -> Record | None:
    """The public record with this URI, as it stands."""
    return _whole("r.uri = %s", uri)


def records(kind: str) -> Iterator[Record]:
    """Every public record of a kind as it stands, whole, by URI. Opens every document: for what leaves as a file."""
    return (found for uri in uris(kind) if (found := record_named(uri)))


def was_erased(*, kind: str, address: str) -> bool:
    """Whether a record stood at this address and its content was erased."""
    return models.Record.objects.filter(kind=kind, address=address, erased=True).exists()


def lines(*kinds: str) -> tuple[Line, ...]:
    """The lines of all public records of these kinds (of every kind when none is given), by date, then name."""
    found = _lines(f"AND r.kind IN ({_places(kinds)})", *kinds) if kinds else _lines()
    return tuple(sorted(found, key=by_date))


def lines_of_what_comes(*, since: date) -> tuple[Line, ...]:
    """The lines of all public agreements, and of the exchanges that end on this day or later or are only planned.

    By date, then name.
    """
    exchanges = Q(kind="exchange") & (Q(latest__gte=since) | Q(line__state__in=("planned", "postponed")))
    rows = _public().filter(Q(kind="agreement") | exchanges)
    columns = ("uri", "kind", "address", "stands__basis", "line", "earliest", "latest", "stands__content_digest")
    fields = ("uri", "kind", "address", "basis", "facts", "earliest", "latest", "content")
    found = (Line(**dict(zip(fields, row, strict=True))) for row in rows.values_list(*columns))
    return tuple(sorted(found, key=by_date))


def lines_named(
    uris: Iterable[str], *, around: Collection[str] = (), besides: Mapping[str, Line] = MappingProxyType({})
) -> dict[str, Line]:
    """The public lines with these URIs, and those that the records `around` link to, by URI.

    `besides` are lines at hand; they are among what is returned, and not read again.
    """
    named, sources, at_hand = [uri for uri in dict.fromkeys(uris) if uri not in besides], list(around), list(besides)
    linked = (
        "SELECT l.target FROM archive_link l JOIN archive_record s ON s.id = l.source_id "  # noqa: S608 -- nothing but our own words; values go apart
        f"WHERE s.uri IN ({_places(sources)})"
    )
    condition = f"AND (r.uri IN ({_places(named)}) OR r.uri IN ({linked})) AND r.uri NOT IN ({_places(at_hand)})"
    found = _lines(condition, *(named or [""]), *(sources or [""]), *(at_hand or [""]))
    return {**besides, **{line.uri: line for line in found}}


def links_to(*uris: str) -> tuple[Backlink, ...]:
    """The links that arrive at any of these records from public ones, by kind of source, date and name."""
    rows = _rows(
        f"SELECT l.rel, l.item, {_COLUMNS} FROM {_STANDING} JOIN archive_link l ON l.source_id = r.id "  # noqa: S608 -- nothing but our own words; values go apart
        f"WHERE {_PUBLIC} AND l.target IN ({_places(uris)})",
        *(uris or [""]),
    )
    sources: dict[str, Line] = {}
    found = []
    for rel, item, uri, *rest in rows:
        if uri not in sources:
            sources[uri] = _line(uri, *rest)
        found.append(Backlink(rel, item, sources[uri]))
    return tuple(sorted(found, key=lambda link: (link.source.kind, by_date(link.source), link.rel, link.item)))


def documents(lines: Iterable[Line]) -> dict[str, Document]:
    """The documents of these lines, by URI, opened in one query; without those that cannot be opened any more."""
    wanted = {line.uri: line.content for line in lines}
    found = ledger.contents(wanted.values()) if wanted else {}
    return {uri: document_of(found[digest].content, kept=True) for uri, digest in wanted.items() if digest in found}


# What a record grew out of, by the fields that say so; followed backwards they lead to what came of it.
DESCENT: Final = ("grew_out_of", "programmes", "agreements", "basis", "extends", "continues", "stands_in_for")
_STEPS: Final = f"l.rel IN ({', '.join(repr(rel) for rel in DESCENT)})"
_ORIGINS: Final = f"""
WITH RECURSIVE reached(uri) AS (
  SELECT r.uri FROM archive_record r WHERE r.uri = %s
  UNION
  SELECT l.target FROM reached JOIN archive_record r ON r.uri = reached.uri
    JOIN archive_link l ON l.source_id = r.id AND {_STEPS})
SELECT DISTINCT r.uri, l.target, '' FROM reached JOIN archive_record r ON r.uri = reached.uri
  JOIN archive_link l ON l.source_id = r.id AND {_STEPS}"""  # noqa: S608 -- nothing but our own words; values go apart
_RESULTS: Final = f"""
WITH RECURSIVE reached(uri) AS (
  SELECT r.uri FROM archive_record r WHERE r.uri = %s
  UNION
  SELECT r.uri FROM reached JOIN archive_link l ON l.target = reached.uri AND {_STEPS}
    JOIN archive_record r ON r.id = l.source_id WHERE {_PUBLIC} AND r.stands_id IS NOT NULL)
SELECT DISTINCT l.target, r.uri, r.kind FROM reached JOIN archive_link l ON l.target = reached.uri AND {_STEPS}
  JOIN archive_record r ON r.id = l.source_id WHERE {_PUBLIC} AND r.stands_id IS NOT NULL"""  # noqa: S608 -- nothing but our own words; values go apart


def descent(uri: str) -> Descent:
    """Every line of descent that leads to this record, and every one that leads from it to an outcome."""
    origins, _ = _edges(_ORIGINS, uri)
    results, outcomes = _edges(_RESULTS, uri)
    return Descent(
        origins=tuple(way[:0:-1] for way in _walk((uri,), origins) if len(way) > 1),
        results=tuple(way[1:] for way in _walk((uri,), results) if way[-1] in outcomes),
    )


def _edges(query: str, uri: str) -> tuple[dict[str, set[str]], set[str]]:
    """From each record to those one step on; and those of them that are outcomes."""
    edges: dict[str, set[str]] = {}
    outcomes = set()
    for here, there, kind in _rows(query, uri):
        edges.setdefault(here, set()).add(there)
        if kind == "outcome":
            outcomes.add(there)
    return edges, outcomes


def _walk(way: tuple[str, ...], edges: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Every way onwards to its end, none through a record twice."""
    onward = sorted(edges.get(way[-1], set()) - set(way))
    if not onward:
        yield way
    for one in onward:
        yield from _walk((*way, one), edges)


def uri_at(*, kind: str, address: str) -> str | None:
    """The URI of the record of this kind at this address, erased or not."""
    return models.Record.objects.filter(kind=kind, address=address).values_list("uri", flat=True).first()


def known(uris: Iterable[str]) -> dict[str, str]:
    """The kind of each of these records that the archive holds, by URI."""
    return dict(models.Record.objects.filter(uri__in=set(uris)).values_list("uri", "kind"))


def number_taken(*, series: str, number: str, by_other_than: str) -> str | None:
    """The URI of another record that bears this number in the series, if there is one."""
    row = models.Number.objects.filter(series=series, number=number).exclude(record__uri=by_other_than)
    return row.values_list("record__uri", flat=True).first()


def series_of(programme: str) -> str:
    """The number series of a programme: the one it names, else its own."""
    facts = models.Record.objects.filter(uri=programme).values_list("line", flat=True).first() or {}
    return str(facts.get("series", programme))


def news(*, most: int, before: int | None = None) -> tuple[News, ...]:
    """The latest versions of public records that came to stand, latest first; those before an entry, if given."""
    found = models.Version.objects.filter(record__in=_public()).exclude(record__kind="person")
    if before is not None:
        found = found.filter(entry__lt=before)
    rows = list(found.select_related("record").order_by("-entry")[:most])
    shown = lines_named(row.record.uri for row in rows)
    return tuple(
        News(line=shown[row.record.uri], digest=row.digest, number=row.number, basis=row.basis, at=row.at)
        for row in rows
        if row.record.uri in shown
    )


def edition() -> int:
    """The number of the last entry that changed what stands; what was made from the archive since is still true."""
    # Asked at every request for a public page: plain SQL costs a fifth of what building the same query does.
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM archive_edition")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def counts() -> Counter[str]:
    """How many public records of each kind there are."""
    return Counter(_public().values_list("kind", flat=True))


def uris(*kinds: str) -> tuple[str, ...]:
    """The URIs of all public records of these kinds (of every kind when none is given), sorted."""
    found = _public().filter(kind__in=kinds) if kinds else _public()
    return tuple(found.order_by("uri").values_list("uri", flat=True))


def found(
    query: str, *, reader: str, filters: Filters | None = None, page: int = 1, audiences: frozenset[str] = EVERYONE
) -> Found:
    """What a question finds among everything on record that these audiences may see, with counts and reasons.

    `reader` is the language tag of who asks. Any string is answered. Raises Busy while the index is being made anew.
    """
    return actions.catch_up().find(query, filters=filters, page=page, reader=reader, audiences=audiences)


def suggested(typed: str, *, reader: str, audiences: frozenset[str] = EVERYONE) -> tuple[Suggestion, ...]:
    """Names and titles that go on from what was typed so far. Raises Busy."""
    return actions.catch_up().suggest(typed, reader=reader, audiences=audiences)


def automatic_readings(uri: str) -> dict[tuple[str, str], Reading]:
    """How the names of a record are read where no reading is on record, by language and name; none while busy."""
    try:
        forms = actions.catch_up().named(uri)
    except Refused:
        return {}
    readings = {(form.lang, form.text): automatic_reading(form) for form in forms}
    return {name: reading for name, reading in readings.items() if reading}


def _public() -> QuerySet[models.Record]:
    return models.Record.objects.filter(visibility="public", stands__isnull=False, erased=False)


def _whole(condition: str, *values: str) -> Record | None:
    query = f"SELECT {_COLUMNS}, r.id, r.stands_id FROM {_STANDING} WHERE {_PUBLIC} AND {condition}"  # noqa: S608 -- nothing but our own words; values go apart
    row = next(_rows(query, *values), None)
    if row is None:
        return None
    *columns, record, stands = row
    line = _line(*columns)
    document = documents([line]).get(line.uri)
    return Record(line=line, document=document, versions=_versions(record, stands=stands)) if document else None


def _versions(record: int, *, stands: int) -> tuple[Version, ...]:
    """Every version of a record, the latest first, each with the remarks on it in their order."""
    remarks: dict[int, list[Remark]] = {}
    for version, institution, said, note, at in _rows(
        "SELECT m.version_id, m.institution, m.said, m.note, m.at FROM archive_remark m "
        "JOIN archive_version v ON v.id = m.version_id WHERE v.record_id = %s ORDER BY m.entry",
        record,
    ):
        text = Text.kept(from_json(note)) if note and note != "null" else None
        remarks.setdefault(version, []).append(Remark(institution=institution, said=said, note=text, at=at))
    return tuple(
        Version(
            digest=digest,
            number=number,
            basis=basis,
            said_by=said_by,
            by_letter=tuple(from_json(by_letter)),
            at=at,
            stands=version == stands,
            remarks=tuple(remarks.get(version, ())),
        )
        for version, digest, number, basis, said_by, by_letter, at in _rows(
            "SELECT id, digest, number, basis, said_by, by_letter, at FROM archive_version "
            "WHERE record_id = %s ORDER BY entry DESC",
            record,
        )
    )


def _lines(condition: str = "", *values: str | int) -> Iterator[Line]:
    return (_line(*row) for row in _rows(f"{_LINES} {condition}", *values))


# Reading a line is most of what a page of a thousand of them costs. It depends on nothing but the row.
@lru_cache(maxsize=2048)
def _line(
    uri: str, kind: str, address: str, basis: str, facts: str, earliest: str | None, latest: str | None, content: str
) -> Line:
    first = date.fromisoformat(earliest) if earliest else None
    last = date.fromisoformat(latest) if latest else None
    return Line(uri, kind, address, basis, from_json(facts), first, last, content)


def _rows(query: str, *values: str | int) -> Iterator[tuple[Any, ...]]:
    """The rows one after the other, so that no more than one of a thousand is held beside what is made of it."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        yield from cursor


def _places(values: Iterable[object]) -> str:
    """So many places for values in a list of SQL, and one where there is none: an empty list is not SQL."""
    return ", ".join("%s" for _ in values) or "%s"


def by_date(line: Line) -> tuple[date, str]:
    """The key by which lists go: by date, what has none last, then by name."""
    return (line.earliest or date.max, line.uri)
