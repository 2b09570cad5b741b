"""Complete records: each with its line, its document and its versions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic_core import from_json

from koryu.archive import models
from koryu.archive.queries.audience import EVERYBODY, may_read
from koryu.archive.queries.identifiers import uris
from koryu.archive.queries.lines import COLUMNS, STANDING, Line, documents, line_of, places, rows
from koryu.ledger import queries as ledger
from koryu.records.document import Document
from koryu.records.kinds import current_document
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
    is_current: bool
    visibility: str = "public"
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record as it stands: its line, its document, its history with the latest version first."""

    line: Line
    document: Document
    versions: tuple[Version, ...]

    @property
    def version(self) -> Version:
        return next(version for version in self.versions if version.is_current)


def record_at(*, kind: str, slug: str, asking: str) -> Record | None:
    """The record of this kind with this slug, as it stands; None where there is none that whoever asks may read."""
    return _whole("r.kind = %s AND r.address = %s", kind, slug, asking=asking)


def record_named(uri: str, *, asking: str) -> Record | None:
    """The record with this URI, as it stands, if it may be read."""
    return _whole("r.uri = %s", uri, asking=asking)


def records(kind: str, *, asking: str) -> Iterator[Record]:
    """Every record of a kind that may be read, as it stands, whole, by URI.

    Opens every document: for what leaves as a file.
    """
    return (record for uri in uris(kind, asking=asking) if (record := record_named(uri, asking=asking)))


def was_erased(*, kind: str, slug: str) -> bool:
    """Whether a record with this slug was public, and its content was erased."""
    return models.RecordRow.objects.filter(kind=kind, slug=slug, erased=True, was_public=True).exists()


def _whole(condition: str, *values: str, asking: str) -> Record | None:
    readable, who = may_read(asking)
    query = f"SELECT {COLUMNS}, r.id, r.stands_id FROM {STANDING} WHERE {readable} AND {condition}"  # noqa: S608 -- only our own SQL; values are parameters
    row = next(rows(query, *who, *values), None)
    if row is None:
        return None
    *columns, record, current = row
    line = line_of(*columns)
    document = documents([line]).get(line.uri)
    if document is None:
        return None
    versions = _versions(record, current=current)
    return Record(line=line, document=document, versions=_from_the_first_public(versions, asking=asking))


def checked_by(records: Iterable[str], *, asking: str) -> dict[str, tuple[str, ...]]:
    """Which institutions have said of what stands of these records that they checked it, as far as it may be read."""
    condition, who = may_read(asking)
    wanted = list(dict.fromkeys(records))
    if not wanted:
        return {}
    checked: dict[str, list[str]] = {}
    for uri, institution in rows(
        "SELECT r.uri, m.institution FROM archive_remark m JOIN archive_record r ON r.stands_id = m.version_id "  # noqa: S608 -- only our own SQL; values are parameters
        f"WHERE {condition} AND m.said = 'checked' AND r.uri IN ({places(wanted)}) ORDER BY m.institution",
        *who,
        *wanted,
    ):
        checked.setdefault(uri, []).append(institution)
    return {uri: tuple(institutions) for uri, institutions in checked.items()}


def documents_of(versions: Iterable[Version]) -> dict[str, Document]:
    """The documents of these versions, by version; without those that cannot be opened any more."""
    wanted = {version.digest: version for version in versions}
    rows = models.VersionRow.objects.filter(digest__in=wanted).values_list("digest", "content_digest", "schema")
    named = {digest: (content, schema) for digest, content, schema in rows}
    kept = ledger.contents(content for content, _ in named.values())
    return {
        digest: current_document(kept[content].content, schema=schema, kept=True)
        for digest, (content, schema) in named.items()
        if content in kept
    }


def _from_the_first_public(versions: tuple[Version, ...], *, asking: str) -> tuple[Version, ...]:
    """The versions that may be read: for everybody, in each line of versions from the first public one on.

    What is agreed is one line; what is recorded is one line for each recorder (rule 8). Those who may read more see
    what was for the institutions too.
    """
    seen: set[str] = set()
    shown = []
    for version in reversed(versions):
        line = version.said_by if version.basis == "recorded" else ""
        if asking != EVERYBODY or version.visibility in ("public", ""):
            seen |= {line} if version.visibility == "public" else set()
            shown += [version] if line in seen or asking != EVERYBODY else []
    return tuple(reversed(shown))


def _versions(record: int, *, current: int) -> tuple[Version, ...]:
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
            is_current=version == current,
            visibility=visibility,
            remarks=tuple(remarks.get(version, ())),
        )
        for version, digest, number, basis, said_by, by_letter, at, visibility in rows(
            "SELECT id, digest, number, basis, said_by, by_letter, at, visibility FROM archive_version "
            "WHERE record_id = %s ORDER BY entry DESC",
            record,
        )
    )
