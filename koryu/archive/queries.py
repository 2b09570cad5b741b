"""Reading the archive: frozen values, in an order that a rebuild does not change."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet

from koryu.archive import models
from koryu.ledger import queries as ledger
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.values.edtf import Edtf
from koryu.values.text import Text

# (source URI, relation, target URI), sorted.
Steps = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One record as lists show it, without opening its document."""

    uri: str
    kind: str
    address: str
    basis: str
    facts: Mapping[str, Any] = field(hash=False)
    earliest: date | None = None

    @property
    def title(self) -> Text:
        return Text(self.facts["title"])

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


@dataclass(frozen=True, kw_only=True)
class Backlink:
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


def record_at(*, kind: str, address: str) -> Record | None:
    """The public record of this kind at this address, as it stands; None where there is none to show."""
    return _whole(_public().filter(kind=kind, address=address))


def record_named(uri: str) -> Record | None:
    """The public record with this URI, as it stands."""
    return _whole(_public().filter(uri=uri))


def records(kind: str) -> Iterator[Record]:
    """Every public record of a kind as it stands, whole, by URI. Opens every document: for what leaves as a file."""
    return (found for uri in uris(kind) if (found := record_named(uri)))


def was_erased(*, kind: str, address: str) -> bool:
    """Whether a record stood at this address and its content was erased."""
    return models.Record.objects.filter(kind=kind, address=address, erased=True).exists()


def lines(*kinds: str) -> tuple[Line, ...]:
    """The lines of all public records of these kinds (of every kind when none is given), by date, then name."""
    found = _public().filter(kind__in=kinds) if kinds else _public()
    return tuple(sorted(_lines(found), key=_by_date))


def lines_named(uris: Iterable[str]) -> dict[str, Line]:
    """The public lines with these URIs, by URI."""
    return {line.uri: line for line in _lines(_public().filter(uri__in=set(uris)))}


def links_to(*uris: str) -> tuple[Backlink, ...]:
    """The links that arrive at any of these records from public ones, by kind of source, date and name."""
    rows = list(models.Link.objects.filter(target__in=uris).values_list("rel", "item", "source__uri"))
    lines = lines_named(source for _, _, source in rows)
    found = (Backlink(rel=rel, item=item, source=lines[source]) for rel, item, source in rows if source in lines)
    return tuple(sorted(found, key=lambda link: (link.source.kind, _by_date(link.source), link.rel, link.item)))


# What a record grew out of, by the fields that say so; followed backwards they lead to what came of it.
DESCENT = ("grew_out_of", "programmes", "agreements", "basis", "extends", "continues", "stands_in_for")


def origins(uri: str) -> tuple[tuple[Line, ...], ...]:
    """The lines of descent that lead to this record, each from its oldest origin down to the record's parent."""
    return tuple(tuple(reversed(way)) for way in _ways(uri, targets_of, forwards=True))


def results(uri: str) -> tuple[tuple[Line, ...], ...]:
    """The lines of descent that lead from this record to an outcome, each from its first step to the outcome."""
    ways = _ways(uri, sources_of, forwards=False)
    return tuple(way for way in ways if way[-1].kind == "outcome")


def _ways(uri: str, step: Callable[..., Steps], *, forwards: bool) -> tuple[tuple[Line, ...], ...]:
    """Every way from a record along the lines of descent, to its end, none through a record twice."""
    edges = _edges(uri, step, forwards=forwards)
    ways = [way for way in _walk((uri,), edges) if len(way) > 1]
    lines = lines_named(one for way in ways for one in way)
    found = (tuple(lines[one] for one in way[1:] if one in lines) for way in ways)
    return tuple(sorted(filter(None, found), key=lambda way: [_by_date(line) for line in way]))


def _edges(uri: str, step: Callable[..., Steps], *, forwards: bool) -> dict[str, set[str]]:
    edges: dict[str, set[str]] = {}
    front = {uri}
    while front:
        edges.update((one, set()) for one in front)
        for source, _, target in step(front, *DESCENT):
            here, there = (source, target) if forwards else (target, source)
            edges[here].add(there)
        front = {there for one in front for there in edges[one]} - edges.keys()
    return edges


def _walk(way: tuple[str, ...], edges: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    onward = sorted(edges.get(way[-1], set()) - set(way))
    if not onward:
        yield way
    for one in onward:
        yield from _walk((*way, one), edges)


def targets_of(uris: Iterable[str], *rels: str) -> tuple[tuple[str, str, str], ...]:
    """(source URI, relation, target URI) of the links with these relations out of these records."""
    rows = models.Link.objects.filter(source__uri__in=set(uris), rel__in=rels)
    return tuple(sorted(rows.values_list("source__uri", "rel", "target").distinct()))


def sources_of(uris: Iterable[str], *rels: str) -> tuple[tuple[str, str, str], ...]:
    """(source URI, relation, target URI) of the links with these relations into these records, from public ones."""
    rows = models.Link.objects.filter(target__in=set(uris), rel__in=rels, source__in=_public())
    return tuple(sorted(rows.values_list("source__uri", "rel", "target").distinct()))


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
    rows = found.select_related("record__stands").order_by("-entry")[:most]
    return tuple(
        News(line=_line(row.record), digest=row.digest, number=row.number, basis=row.basis, at=row.at) for row in rows
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


def _public() -> QuerySet[models.Record]:
    return models.Record.objects.filter(visibility="public", stands__isnull=False, erased=False)


def _whole(found: QuerySet[models.Record]) -> Record | None:
    versions = models.Version.objects.order_by("-entry").prefetch_related(
        Prefetch("remarks", queryset=models.Remark.objects.order_by("entry"))
    )
    row = found.select_related("stands").prefetch_related(Prefetch("versions", queryset=versions)).first()
    if row is None or row.stands is None:
        return None
    content = ledger.content(row.stands.content_digest)
    if content is None:
        return None
    return Record(
        line=_line(row),
        document=document_of(content.content),
        versions=tuple(_version(version, stands=version.pk == row.stands_id) for version in row.versions.all()),
    )


def _lines(found: QuerySet[models.Record]) -> Iterator[Line]:
    rows = found.values_list("uri", "kind", "address", "stands__basis", "line", "earliest")
    for uri, kind, address, basis, facts, earliest in rows:
        yield Line(uri=uri, kind=kind, address=address, basis=str(basis), facts=facts, earliest=earliest)


def _line(row: models.Record) -> Line:
    assert row.stands is not None
    return Line(
        uri=row.uri,
        kind=row.kind,
        address=row.address,
        basis=row.stands.basis,
        facts=row.line,
        earliest=row.earliest,
    )


def _version(row: models.Version, *, stands: bool) -> Version:
    return Version(
        digest=row.digest,
        number=row.number,
        basis=row.basis,
        said_by=row.said_by,
        by_letter=tuple(row.by_letter),
        at=row.at,
        stands=stands,
        remarks=tuple(_remark(remark) for remark in row.remarks.all()),
    )


def _remark(row: models.Remark) -> Remark:
    note = Text(row.note) if row.note else None
    return Remark(institution=row.institution, said=row.said, note=note, at=row.at)


def _by_date(line: Line) -> tuple[date, str]:
    return (line.earliest or date.max, line.uri)
