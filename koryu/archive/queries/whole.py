"""Records whole: as they stand, with their document and their history."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic_core import from_json

from koryu.archive import models
from koryu.archive.queries.lines import COLUMNS, IS_PUBLIC, STANDING, Line, documents, line_of, rows
from koryu.archive.queries.named import uris
from koryu.ledger import queries as ledger
from koryu.records.document import Document
from koryu.values.text import Text


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What an institution last remarked on a version; `erased` where it said more, and that was erased."""

    institution: str
    said: str
    note: Text | None
    at: str
    erased: bool = False


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


def _whole(condition: str, *values: str) -> Record | None:
    query = f"SELECT {COLUMNS}, r.id, r.stands_id FROM {STANDING} WHERE {IS_PUBLIC} AND {condition}"  # noqa: S608 -- nothing but our own words; values go apart
    row = next(rows(query, *values), None)
    if row is None:
        return None
    *columns, record, stands = row
    line = line_of(*columns)
    document = documents([line]).get(line.uri)
    return Record(line=line, document=document, versions=_versions(record, stands=stands)) if document else None


def _versions(record: int, *, stands: int) -> tuple[Version, ...]:
    """Every version of a record, the latest first, each with the remarks on it in their order."""
    remarks: dict[int, list[Remark]] = {}
    query = (
        "SELECT m.version_id, m.institution, m.said, m.note, m.at FROM archive_remark m "
        "JOIN archive_version v ON v.id = m.version_id WHERE v.record_id = %s ORDER BY m.entry"
    )
    remarked = list(rows(query, record))
    texts = ledger.texts(note for *_, note, _ in remarked)
    for version, institution, said, note, at in remarked:
        text = texts.get(note)
        remark = Remark(institution=institution, said=said, note=text, at=at, erased=bool(note) and text is None)
        remarks.setdefault(version, []).append(remark)
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
        for version, digest, number, basis, said_by, by_letter, at in rows(
            "SELECT id, digest, number, basis, said_by, by_letter, at FROM archive_version "
            "WHERE record_id = %s ORDER BY entry DESC",
            record,
        )
    )
