"""Reading the ledger: plain frozen values, oldest first."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from pydantic_core import from_json

from koryu.ledger import models
from koryu.seals.digests import digest_of, digests_in


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing said: its number here, and the sealed document that says it."""

    number: int
    digest: str
    sealed: Mapping[str, Any]

    @property
    def said(self) -> str:
        return str(self.sealed["said"])

    @property
    def institution(self) -> str:
        return str(self.sealed["institution"])

    @property
    def version(self) -> str:
        return str(self.sealed.get("version", ""))


@dataclass(frozen=True, kw_only=True)
class Content:
    """A content and the salt its digest was made with."""

    digest: str
    salt: str
    content: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class File:
    """A file, named by the digest of its bytes."""

    digest: str
    name: str
    media_type: str
    size: int
    body: bytes


def entries(*, after: int = 0) -> Iterator[Entry]:
    """All entries with a number above `after`."""
    return (_entry(row) for row in models.Entry.objects.filter(number__gt=after).order_by("number").iterator())


def entries_about(record: str, *, until: int | None = None) -> tuple[Entry, ...]:
    """All entries about one record; up to a number, if one is given."""
    rows = models.Entry.objects.filter(record=record)
    if until is not None:
        rows = rows.filter(number__lte=until)
    return tuple(_entry(row) for row in rows.order_by("number"))


def entries_by_record(records: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
    """The entries about each of these records, in one query."""
    found: dict[str, list[Entry]] = {record: [] for record in records}
    for row in models.Entry.objects.filter(record__in=list(found)).order_by("number"):
        found[row.record].append(_entry(row))
    return {record: tuple(said) for record, said in found.items()}


def entries_of_the_unsettled() -> dict[str, tuple[Entry, ...]]:
    """All entries about the records of which the last proposal was neither concluded nor withdrawn, in one query."""
    found: dict[str, list[Entry]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.record, e.number, e.digest, e.sealed FROM ledger_entry e WHERE e.record IN ("
            "SELECT p.record FROM ledger_entry p WHERE p.said = 'proposed' AND NOT EXISTS (SELECT 1 "
            "FROM ledger_entry l WHERE l.record = p.record AND ("
            "(l.version = p.version AND l.said IN ('concluded', 'withdrawn')) "
            "OR (l.number > p.number AND l.said = 'proposed')))) ORDER BY e.record, e.number"
        )
        for record, number, digest, sealed in cursor.fetchall():
            found.setdefault(record, []).append(Entry(number=number, digest=digest, sealed=json.loads(sealed)))
    return {record: tuple(entries) for record, entries in found.items()}


def entry_with_version(version: str) -> Entry | None:
    """The entry that first put a version into words: it carries the version's header."""
    row = models.Entry.objects.filter(version=version, said__in=("recorded", "proposed")).order_by("number").first()
    return _entry(row) if row else None


def agreements_to(version: str, *, said: Iterable[str]) -> tuple[Entry, ...]:
    """The entries about a version that say one of these things."""
    return tuple(
        _entry(row) for row in models.Entry.objects.filter(version=version, said__in=tuple(said)).order_by("number")
    )


def conclusion_of(version: str) -> Entry | None:
    """The entry that concluded a version."""
    row = models.Entry.objects.filter(version=version, said="concluded").order_by("number").first()
    return _entry(row) if row else None


def key_entries() -> tuple[Entry, ...]:
    """The entries by which keys were given and retired."""
    return tuple(
        _entry(row) for row in models.Entry.objects.filter(said__in=("keyed", "key retired")).order_by("number")
    )


def content(digest: str) -> Content | None:
    """The content with this digest; None when it was erased or never came."""
    row = models.Content.objects.filter(digest=digest).first()
    return _content(row) if row else None


def contents(digests: Iterable[str]) -> dict[str, Content]:
    """The contents that are there among these digests, in one query."""
    wanted = list(dict.fromkeys(digests))
    if not wanted:
        return {}
    # Asked whenever a page is made: plain SQL costs a fifth of what building the same query does.
    places = ", ".join("%s" for _ in wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT digest, salt, content FROM ledger_content WHERE digest IN ({places})",  # noqa: S608 -- only places
            wanted,
        )
        rows = cursor.fetchall()
    return {digest: Content(digest=digest, salt=salt, content=from_json(kept)) for digest, salt, kept in rows}


def file(digest: str) -> File | None:
    """The file whose bytes have this digest."""
    row = models.File.objects.filter(digest=digest).first()
    if row is None:
        return None
    return File(digest=row.digest, name=row.name, media_type=row.media_type, size=row.size, body=bytes(row.body))


def files_of(record: str, *, contents: Iterable[str]) -> frozenset[str]:
    """The digests of the files kept here that these contents of a record name, or what was said of it."""
    texts = [
        *models.Content.objects.filter(digest__in=list(contents)).values_list("content", flat=True),
        *models.Entry.objects.filter(record=record).values_list("sealed", flat=True),
    ]
    named = {one for text in texts for one in digests_in(text)}
    return frozenset(models.File.objects.filter(digest__in=named).values_list("digest", flat=True))


def holds(sealed: Mapping[str, Any]) -> bool:
    """Whether this very statement is in the ledger."""
    return models.Entry.objects.filter(digest=digest_of(sealed)).exists()


def heard_of(records: Iterable[str]) -> frozenset[str]:
    """Those of the records about which anything was said."""
    found = models.Entry.objects.filter(record__in=list(records)).values_list("record", flat=True)
    return frozenset(found)


def digest_of_entry(number: int) -> str:
    """The digest of the entry with this number; empty where there is none."""
    return models.Entry.objects.filter(number=number).values_list("digest", flat=True).first() or ""


def erased_since(number: int) -> bool:
    """Whether anything was erased by an entry with a higher number."""
    return models.Entry.objects.filter(number__gt=number, said="erased").exists()


def last_number() -> int:
    """The number of the latest entry; 0 for an empty ledger."""
    return models.Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _entry(row: models.Entry) -> Entry:
    return Entry(number=row.number, digest=row.digest, sealed=json.loads(row.sealed))


def _content(row: models.Content) -> Content:
    return Content(digest=row.digest, salt=row.salt, content=json.loads(row.content))
