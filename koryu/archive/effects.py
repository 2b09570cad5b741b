"""What an entry changes in the archive, whoever said it."""

from collections.abc import Mapping
from typing import Any

from koryu.archive import models, queries
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.seals.digests import digest_of


def put(
    *,
    version: str,
    header: Mapping[str, Any],
    content: Mapping[str, Any] | None,
    basis: str,
    said_by: str,
    by_letter: tuple[str, ...],
    at: str,
    entry: int,
) -> None:
    """Let a version stand. `content` is None where it has been erased."""
    record = models.Record.objects.filter(uri=header["record"]).first() or _new(header["record"], kind=header["kind"])
    parent = models.Version.objects.filter(digest=header["parent"]).first() if header["parent"] else None
    record.stands = models.Version.objects.create(
        digest=version,
        record=record,
        number=parent.number + 1 if parent else 1,
        basis=basis,
        said_by=said_by,
        by_letter=list(by_letter),
        content_digest=header["content"],
        at=at,
        entry=entry,
    )
    record.erased = content is None
    _show(record, document_of(content) if content is not None else None)
    _changed_by(entry)


def remark(*, version: str, institution: str, said: str, note: str, at: str, entry: int) -> None:
    """Keep an institution's last remark on a version; `note` is the digest of what it says more, or empty."""
    models.Remark.objects.update_or_create(
        version=models.Version.objects.get(digest=version),
        institution=institution,
        defaults={"said": said, "note": note, "at": at, "entry": entry},
    )
    _changed_by(entry)


def erase(*, record: str, entry: int) -> None:
    """Take everything a record said out of the archive; its versions and their digests stay."""
    row = models.Record.objects.get(uri=record)
    row.erased = True
    _show(row, None)
    _changed_by(entry)


def empty() -> None:
    """Forget everything, to be told it again from the ledger."""
    models.Record.objects.update(stands=None)
    models.Record.objects.all().delete()
    models.Edition.objects.all().delete()


def _new(uri: str, *, kind: str) -> models.Record:
    return models.Record.objects.create(uri=uri, kind=kind, address=_free_address(uri, kind=kind))


def _changed_by(entry: int) -> None:
    if not models.Edition.objects.filter(pk=1).update(number=entry):
        models.Edition.objects.create(pk=1, number=entry)


def _show(record: models.Record, document: Document | None) -> None:
    dated = document.when() if document else None
    record.visibility = document.visibility if document else ""
    record.line = document.line() if document else {}
    record.earliest = dated.earliest if dated else None
    record.latest = dated.latest if dated else None
    record.awaited = document.is_awaited() if document else False
    record.save()
    _link(record, document)
    _number(record, document)


def _link(record: models.Record, document: Document | None) -> None:
    models.Link.objects.filter(source=record).delete()
    found = document.links() if document else ()
    ways = dict.fromkeys((link.rel, link.item, link.target) for link in found)
    models.Link.objects.bulk_create(
        models.Link(source=record, rel=rel, item=item, target=target) for rel, item, target in ways
    )


def _number(record: models.Record, document: Document | None) -> None:
    models.Number.objects.filter(record=record).delete()
    for programme, number in document.numbers() if document else ():
        series = queries.series_of(programme)
        models.Number.objects.create(series=series, number=number, programme=programme, record=record)
    if record.kind == "programme":
        models.Number.objects.filter(programme=record.uri).update(series=queries.series_of(record.uri))


def _free_address(uri: str, *, kind: str) -> str:
    """The last part of the URI, with a piece of its digest where another record of the kind has that address."""
    address = uri.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    if not models.Record.objects.filter(kind=kind, address=address).exists():
        return address
    return f"{address}-{digest_of(uri)[7:13]}"
