"""Reading files: the bytes, and who brought them."""

from collections.abc import Iterable
from dataclasses import dataclass

from koryu.files import models, rules
from koryu.files.rules import Brought, Naming
from koryu.values.moments import written


@dataclass(frozen=True, kw_only=True)
class NamedFile:
    """A file as one institution knows it: its bytes and their digest, under the name it has for whoever asks."""

    digest: str
    name: str
    media_type: str
    size: int
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A file that is looked at; `taken_at` says when it was taken in before ('' for never), `rows` how much of it."""

    id: int
    name: str
    body: bytes
    taken_at: str = ""
    rows: int = 0


def arrived(number: int, *, institution: str, place: str) -> Arrived | None:
    """A file that an institution looks at in this place; None where it was put aside, or is another's."""
    row = models.ArrivedFile.objects.filter(pk=number, institution=institution, place=place).first()
    if row is None or not row.body:
        return None
    taken = written(row.taken_at) if row.taken_at else ""
    return Arrived(id=row.pk, name=row.name, body=bytes(row.body), taken_at=taken, rows=row.rows)


def places_taken(known_by: Iterable[str], *, institution: str) -> dict[str, list[str]]:
    """Where an institution has taken files in before, by what they are known by."""
    rows = models.ArrivedFile.objects.filter(institution=institution, known_by__in=set(known_by))
    places: dict[str, list[str]] = {}
    for known, place in rows.exclude(taken_at=None).order_by("pk").values_list("known_by", "place"):
        places.setdefault(known, []).append(place)
    return places


def file_for(digest: str, *, institution: str, readable: Iterable[Naming]) -> NamedFile | None:
    """A file as an institution ('' for a reader) may have it; None where it may not, or it is not kept.

    The one answer to who may have a file. `readable` are the places naming files that it may read, see
    `koryu.files.rules.named_for`.
    """
    known = rules.named_for(digest, institution=institution, readable=readable, brought=_brought(digest=digest))
    row = models.FileRow.objects.filter(digest=digest).first() if known else None
    if known is None or row is None:
        return None
    return NamedFile(digest=digest, name=known.name, media_type=known.media_type, size=row.size, body=bytes(row.body))


def brought(digest: str) -> tuple[Brought, ...]:
    """Every bringing of these bytes, the earliest first; for the rules only: one institution must not see another's."""
    return _brought(digest=digest)


def brought_for(record: str) -> tuple[Brought, ...]:
    """What was brought for a record, by whomever."""
    return _brought(record=record)


def brought_for_draft(draft: int) -> tuple[Brought, ...]:
    """What was brought for a draft."""
    return _brought(draft=draft)


def drafts_with_files(drafts: Iterable[int]) -> frozenset[int]:
    """Those of these drafts for which files were brought."""
    return frozenset(models.Bringing.objects.filter(draft__in=list(drafts)).values_list("draft", flat=True))


def kept(digests: Iterable[str]) -> frozenset[str]:
    """Those of these digests whose bytes are kept here."""
    return frozenset(models.FileRow.objects.filter(digest__in=set(digests)).values_list("digest", flat=True))


def _brought(**wanted: str | int) -> tuple[Brought, ...]:
    rows = models.Bringing.objects.filter(**wanted).order_by("pk")
    names = ("digest", "institution", "record", "draft", "name", "media_type")
    return tuple(Brought(**dict(zip(names, row, strict=True))) for row in rows.values_list(*names))
