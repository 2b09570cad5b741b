"""What an entry changes in the archive, whoever said it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Case, QuerySet, When

from koryu.archive import models, queries
from koryu.ledger import queries as ledger
from koryu.records.document import Document
from koryu.records.exchange import EventState
from koryu.records.kinds import current_document
from koryu.seals.digests import digest_of
from koryu.values.uris import last_part

# Letters and digits of any script and what joins them: no dot, which begins the name of a form (`.json`), or a folder.
_IN_SLUGS: Final = re.compile(r"[\w~-]{1,190}")
_PEOPLE_NAMED: Final = (
    "SELECT p.uri FROM archive_link l JOIN archive_record p ON p.uri = l.target "
    "WHERE l.source_id = %s AND p.kind = 'person'"
)
# How an exchange may stand, of which everybody reads the plan alone: nobody is known to come, and nothing to be given.
_OFF: Final = frozenset({str(EventState.POSTPONED), str(EventState.CANCELLED)})
# The kinds of record that are several institutions' to say what belongs to them.
_OF_SEVERAL: Final = ("agreement", "programme", "exchange", "service", "outcome")


@dataclass(frozen=True, kw_only=True)
class StandingRecord:
    """How a record stands: whose it is, who recorded it, and which version, with its content unless that was erased."""

    kind: str
    owners: frozenset[str]
    recorders: tuple[str, ...]
    version: str
    schema: str
    content: Mapping[str, Any] | None


def put(
    *,
    version: str,
    header: Mapping[str, Any],
    visibility: str,
    basis: str,
    said_by: str,
    by_letter: tuple[str, ...],
    at: str,
    entry: int,
) -> None:
    """Store a version that was recorded or agreed; `visibility` is empty where its content has been erased."""
    record = _record(header["record"], kind=header["kind"])
    parent = models.VersionRow.objects.filter(digest=header["parent"]).first() if header["parent"] else None
    models.VersionRow.objects.create(
        digest=version,
        record=record,
        number=parent.number + 1 if parent else 1,
        basis=basis,
        said_by=said_by,
        by_letter=list(by_letter),
        content_digest=header["content"],
        schema=header["schema"],
        visibility=visibility,
        at=at,
        entry=entry,
    )


def settle(record: str, standing: StandingRecord, *, entry: int) -> None:
    """Write down how a record now stands and who may read it, and update the records that depend on it."""
    row = _record(record, kind=standing.kind)
    before = (row.public, row.owners, row.recorders)
    was_off = _is_off(row.line)
    named = _people_named_by(row)
    row.current = models.VersionRow.objects.get(digest=standing.version)
    row.erased = standing.content is None
    row.owners, row.recorders = sorted(standing.owners), list(standing.recorders)
    document = current_document(standing.content, schema=standing.schema) if standing.content is not None else None
    _show(row, document)
    _read_by(row, document, entry=entry)
    _link(row, document)
    _set_apart(models.LinkRow.objects.filter(source=row))
    if before[1:] != (row.owners, row.recorders):
        _set_apart(models.LinkRow.objects.filter(target=record))
    _number(row, document)
    _changed_by(entry, public=row.was_public)
    if row.kind == "exchange" and (*before[:2], was_off) != (row.public, row.owners, _is_off(row.line)):
        _spread(models.RecordRow.objects.filter(exchange=record), entry=entry)
    _spread(models.RecordRow.objects.filter(uri__in=named | _people_named_by(row)), entry=entry)


def remark(*, version: str, institution: str, said: str, note: str, at: str, entry: int) -> None:
    """Store an institution's last remark on a version; `note` is the digest of its text, or empty."""
    row = models.VersionRow.objects.select_related("record").get(digest=version)
    models.RemarkRow.objects.update_or_create(
        version=row,
        institution=institution,
        defaults={"said": said, "note": note, "at": at, "entry": entry},
    )
    _set_apart(models.LinkRow.objects.filter(source=row.record))
    _changed_by(entry, public=row.record.public)


def erase(*, contents: Iterable[str]) -> None:
    """Delete from the archive who could read these contents; the versions and their digests stay."""
    models.VersionRow.objects.filter(content_digest__in=list(contents)).update(visibility="")


def empty() -> None:
    """Delete everything, to be read again from the ledger, except which records everybody could read once.

    The ledger does not tell that any more of a record whose contents were erased.
    """
    once_public = list(models.RecordRow.objects.filter(was_public=True).values("uri", "kind", "slug", "was_public"))
    # A record and its version point at each other: the link to the version is RESTRICT, and must go first.
    models.RecordRow.objects.update(current=None)
    models.RecordRow.objects.all().delete()
    models.EditionRow.objects.all().delete()
    models.RecordRow.objects.bulk_create(models.RecordRow(**row) for row in once_public)


def _record(uri: str, *, kind: str) -> models.RecordRow:
    row = models.RecordRow.objects.filter(uri=uri).first()
    return row or models.RecordRow.objects.create(uri=uri, kind=kind, slug=_free_slug(uri, kind=kind))


def _changed_by(entry: int, *, public: bool) -> None:
    row = models.EditionRow.objects.filter(pk=1).first() or models.EditionRow(pk=1, number=entry)
    row.number = entry
    row.public = entry if public else row.public
    row.save()


def _show(record: models.RecordRow, document: Document | None) -> None:
    dated = document.when() if document else None
    record.visibility = document.visibility if document else ""
    record.exchange = document.belongs_to() if document else ""
    record.line = document.summary().as_json() if document else {}
    record.earliest = dated.earliest if dated else None
    record.latest = dated.latest if dated else None
    record.awaited = document.is_awaited() if document else False


def _read_by(record: models.RecordRow, document: Document | None, *, entry: int) -> None:
    """Store who may read what stands: rule 12, and what belongs to an exchange is public only with it, as long as that
    is not put off."""
    record.public = document is not None and record.visibility == "public" and _is_let_go(record)
    record.was_public = record.was_public or record.public
    record.changed = entry
    record.save()
    _let_read(record, queries.readers_of(record))


def _let_read(record: models.RecordRow, readers: Iterable[str]) -> None:
    wanted = frozenset(readers)
    there = frozenset(models.ReaderRow.objects.filter(record=record).values_list("institution", flat=True))
    if gone := there - wanted:
        models.ReaderRow.objects.filter(record=record, institution__in=gone).delete()
    if new := wanted - there:
        models.ReaderRow.objects.bulk_create(
            models.ReaderRow(record=record, institution=institution) for institution in sorted(new)
        )


def _is_let_go(record: models.RecordRow) -> bool:
    """Whether a record may be public: its exchange is public or, for a person, a public record names them."""
    if record.kind == "person":
        naming = models.LinkRow.objects.filter(target=record.uri, source__public=True).exclude(source=record)
        return naming.exists()
    # A report is one side's own statement and needs no exchange.
    if record.exchange and record.kind != "report":
        exchange = models.RecordRow.objects.filter(uri=record.exchange, public=True).first()
        return exchange is not None and not _is_off(exchange.line) and _was_said_since(record, exchange)
    return True


def _is_off(line: Mapping[str, Any]) -> bool:
    """Whether an exchange with this line is put off without new dates agreed, or does not take place."""
    return line.get("state") in _OFF


def _was_said_since(record: models.RecordRow, exchange: models.RecordRow) -> bool:
    """Whether what an exchange has in it was said after it was last put off: who was to come then may not come now.

    What is put on record as it was, is so whenever it is said.
    """
    if record.current is None or record.current.basis == "recorded":
        return True
    earlier = models.VersionRow.objects.filter(record=exchange, entry__gt=record.current.entry)
    digests = {version.content_digest: version.schema for version in earlier}
    contents = ledger.contents(digests) if digests else {}
    documents = (current_document(kept.content, schema=digests[name]) for name, kept in contents.items())
    return not any(_is_off(document.summary().as_json()) for document in documents)


def _spread(records: Any, *, entry: int) -> None:
    """Update who may read the records that depend on a settled one: those of its exchange, and people it names."""
    for row in list(records):
        was, had = row.public, frozenset(row.readers.values_list("institution", flat=True))
        row.public = not row.erased and row.visibility == "public" and _is_let_go(row)
        readers = queries.readers_of(row)
        if (row.public, readers) == (was, had):
            continue
        row.was_public = row.was_public or row.public
        row.changed = entry
        row.save()
        _let_read(row, readers)
        _changed_by(entry, public=was or row.public)
        _spread(models.RecordRow.objects.filter(uri__in=_people_named_by(row)), entry=entry)


def _people_named_by(record: models.RecordRow) -> frozenset[str]:
    if record.kind == "person":
        return frozenset()
    # Plain SQL: each record that comes to stand asks it twice.
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE_NAMED, [record.pk])
        return frozenset(str(uri) for (uri,) in cursor.fetchall())


def _link(record: models.RecordRow, document: Document | None) -> None:
    models.LinkRow.objects.filter(source=record).delete()
    claims = {(link.rel, link.item, link.target) for link in document.claims()} if document else set()
    links = document.links() if document else ()
    ways = dict.fromkeys((link.rel, link.item, link.target) for link in links)
    models.LinkRow.objects.bulk_create(
        models.LinkRow(source=record, rel=rel, item=item, target=target, claim=(rel, item, target) in claims)
        for rel, item, target in ways
    )


def _set_apart(links: QuerySet[models.LinkRow]) -> None:
    """Mark the links that are shown apart from the record they lead to, as its institutions did not agree (rule 9)."""
    rows = list(links.select_related("source"))
    if not rows:
        return
    wanted = {link.target for link in rows}
    targets = {row.uri: row for row in models.RecordRow.objects.filter(uri__in=wanted, kind__in=_OF_SEVERAL)}
    leading = [link for link in rows if link.target in targets]
    disputed = _disputed([link.source for link in leading]) if leading else {}
    apart = {
        link.pk
        for link in leading
        if _is_apart(link, targets[link.target], disputed_by=disputed.get(link.source.pk, frozenset()))
    }
    # Both ways in one statement: a record may have thousands of links.
    changed = [link.pk for link in rows if (link.pk in apart) != link.apart]
    if changed:
        models.LinkRow.objects.filter(pk__in=changed).update(apart=Case(When(apart=True, then=False), default=True))


def _disputed(sources: Iterable[models.RecordRow]) -> dict[int, frozenset[str]]:
    """Which institutions have said that their account differs from what stands, by the record."""
    by_version = {source.current_id: source.pk for source in sources}
    remarks = models.RemarkRow.objects.filter(version__in=list(by_version), said="account differs")
    disputed: dict[int, frozenset[str]] = {}
    for version, institution in remarks.values_list("version", "institution"):
        record = by_version[version]
        disputed[record] = disputed.get(record, frozenset()) | {institution}
    return disputed


def _is_apart(link: models.LinkRow, target: models.RecordRow, *, disputed_by: frozenset[str]) -> bool:
    if not link.claim:
        ours = {*target.owners, *target.recorders[:1]}
        if ours.isdisjoint((*link.source.owners, *link.source.recorders[:1])):
            return True
    return bool(disputed_by & (set(target.owners) - set(link.source.owners)))


def _number(record: models.RecordRow, document: Document | None) -> None:
    models.NumberRow.objects.filter(record=record).delete()
    for programme, number in dict.fromkeys(document.numbers()) if document else ():
        series = queries.series_of(programme)
        models.NumberRow.objects.create(series=series, number=number, programme=programme, record=record)
    if record.kind == "programme":
        models.NumberRow.objects.filter(programme=record.uri).update(series=queries.series_of(record.uri))


def _free_slug(uri: str, *, kind: str) -> str:
    """The last part of the URI, with a piece of its digest where another record of the kind has that slug.

    For a URI whose last part cannot stand in an address, or would be taken for another page, its digest alone.
    """
    slug = last_part(uri)
    if not _IN_SLUGS.fullmatch(slug):
        return digest_of(uri)[7:19]
    if not models.RecordRow.objects.filter(kind=kind, slug=slug).exists():
        return slug
    return f"{slug}-{digest_of(uri)[7:13]}"
