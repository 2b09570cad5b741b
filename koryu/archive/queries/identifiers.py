"""Which records there are: their URIs and numbers, how many of each kind, and the latest versions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from koryu.archive import models
from koryu.archive.queries.audience import EVERYBODY
from koryu.archive.queries.lines import Line, lines_named, places, readable, rows


@dataclass(frozen=True, kw_only=True)
class News:
    """A version that came to stand: of which record, how, and when."""

    line: Line
    digest: str
    number: int
    basis: str
    at: str


@dataclass(frozen=True, kw_only=True)
class KnownRecord:
    """What the archive knows of a record: whose it is, who recorded it (in that order), who may read what stands."""

    kind: str
    owners: frozenset[str]
    recorders: tuple[str, ...]
    readers: frozenset[str]
    visibility: str
    public: bool
    exchange: str


def uri_at(*, kind: str, slug: str, asking: str) -> str | None:
    """The URI of the record of this kind with this slug, if it may be read."""
    return readable(asking).filter(kind=kind, slug=slug).values_list("uri", flat=True).first()


def known(uris: Iterable[str]) -> dict[str, KnownRecord]:
    """What the archive knows of each of these records that it holds, by URI, whoever may read it: for the rules."""
    wanted = list(dict.fromkeys(uris))
    if not wanted:
        return {}
    # Asked of everything that is said: plain SQL costs a fifth of what building the same query does.
    by_uri: dict[str, list[Any]] = {}
    for uri, reader, *rest in rows(
        "SELECT r.uri, a.institution, r.kind, r.owners, r.recorders, r.visibility, r.public, r.exchange "  # noqa: S608 -- only places
        f"FROM archive_record r LEFT JOIN archive_reader a ON a.record_id = r.id WHERE r.uri IN ({places(wanted)})",
        *wanted,
    ):
        by_uri.setdefault(uri, [set(), *rest])[0].add(reader)
    return {
        uri: KnownRecord(
            kind=kind,
            owners=frozenset(_json(owners)),
            recorders=tuple(_json(recorders)),
            readers=frozenset(filter(None, readers)),
            visibility=visibility,
            public=bool(public),
            exchange=exchange,
        )
        for uri, (readers, kind, owners, recorders, visibility, public, exchange) in by_uri.items()
    }


def circle_of(record: str) -> frozenset[str]:
    """The institutions of the exchange that what stands of a record belongs to."""
    exchange = models.RecordRow.objects.filter(uri=record).values("exchange")
    owners = models.RecordRow.objects.filter(uri__in=exchange).values_list("owners", flat=True).first()
    return frozenset(owners or ())


def recorded_by_several(*, exchange: str) -> tuple[str, ...]:
    """The records of an exchange that several institutions have recorded, so that its circle decides what is shown."""
    rows = models.RecordRow.objects.filter(exchange=exchange).values_list("uri", "recorders")
    return tuple(uri for uri, recorders in rows if len(recorders) > 1)


def uri_of(*, kind: str, slug: str) -> str | None:
    """The URI of the record of this kind with this slug, whoever may read it: for commands, and for making names."""
    return models.RecordRow.objects.filter(kind=kind, slug=slug).values_list("uri", flat=True).first()


def bearers(numbers: Iterable[tuple[str, str]], *, besides: str, asking: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Which other records bear these numbers, as (programme, number), in the same series: those that may be read.

    Two records with one number are pointed out to whoever may read both (rule 9).
    """
    bearers_of = {}
    for programme, number in numbers:
        there = models.NumberRow.objects.filter(
            series=series_of(programme), number=number, record__in=readable(asking).values("pk")
        ).exclude(record__uri=besides)
        if uris := tuple(there.order_by("record__uri").values_list("record__uri", flat=True).distinct()):
            bearers_of[programme, number] = uris
    return bearers_of


def series_of(programme: str) -> str:
    """The number series of a programme: the one it names, else its own."""
    kept = models.RecordRow.objects.filter(uri=programme).values_list("line", flat=True).first() or {}
    return str(kept.get("series", programme))


def news(*, asking: str, most: int, before: int | None = None) -> tuple[News, ...]:
    """The latest versions that came to stand and may be read, latest first; those before an entry, if given."""
    open_to = ["public"] if asking == EVERYBODY else ["public", "institutions"]
    versions = models.VersionRow.objects.filter(record__in=readable(asking).values("pk"), visibility__in=open_to)
    versions = versions.exclude(record__kind="person")
    if before is not None:
        versions = versions.filter(entry__lt=before)
    latest = list(versions.select_related("record").order_by("-entry")[:most])
    shown = lines_named((row.record.uri for row in latest), asking=asking)
    return tuple(
        News(line=shown[row.record.uri], digest=row.digest, number=row.number, basis=row.basis, at=row.at)
        for row in latest
        if row.record.uri in shown
    )


def stood_since(*kinds: str, asking: str) -> tuple[tuple[str, str, str], ...]:
    """Kind, slug and the moment since when it stands of what stands of these kinds and may be read, by name."""
    standing = readable(asking).filter(kind__in=kinds).order_by("kind", "slug")
    return tuple(standing.values_list("kind", "slug", "current__at"))


def is_empty() -> bool:
    """Whether the archive holds nothing: nothing was ever said, or it has to be rebuilt from the ledger."""
    return not models.EditionRow.objects.exists()


def counts(*, asking: str) -> Counter[str]:
    """How many records of each kind there are that may be read."""
    return Counter(readable(asking).values_list("kind", flat=True))


def uris(*kinds: str, asking: str) -> tuple[str, ...]:
    """The URIs of all records of these kinds (of every kind when none is given) that may be read, sorted."""
    records = readable(asking).filter(kind__in=kinds) if kinds else readable(asking)
    return tuple(records.order_by("uri").values_list("uri", flat=True))


def _json(written: Any) -> Any:
    """A JSON column as the driver of the database returns it: as text, or already parsed."""
    return from_json(written) if isinstance(written, str) else written
