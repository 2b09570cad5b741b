"""What there is: names and numbers of records, how many there are, what came last."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from koryu.archive import models
from koryu.archive.queries.lines import Line, lines_named, public


@dataclass(frozen=True, kw_only=True)
class News:
    """A version that came to stand: of which record, how, and when."""

    line: Line
    digest: str
    number: int
    basis: str
    at: str


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
    found = models.Version.objects.filter(record__in=public()).exclude(record__kind="person")
    if before is not None:
        found = found.filter(entry__lt=before)
    rows = list(found.select_related("record").order_by("-entry")[:most])
    shown = lines_named(row.record.uri for row in rows)
    return tuple(
        News(line=shown[row.record.uri], digest=row.digest, number=row.number, basis=row.basis, at=row.at)
        for row in rows
        if row.record.uri in shown
    )


def counts() -> Counter[str]:
    """How many public records of each kind there are."""
    return Counter(public().values_list("kind", flat=True))


def uris(*kinds: str) -> tuple[str, ...]:
    """The URIs of all public records of these kinds (of every kind when none is given), sorted."""
    found = public().filter(kind__in=kinds) if kinds else public()
    return tuple(found.order_by("uri").values_list("uri", flat=True))
