"""Reading the ledger: plain frozen values, oldest first."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from pydantic_core import from_json

from koryu.ledger import models
from koryu.seals.digests import digest_of
from koryu.values.text import Text


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """One entry: its number on this server, its digest, and the sealed document."""

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
class SaltedContent:
    """A content and the salt its digest was made with."""

    digest: str
    salt: str
    content: Mapping[str, Any]


def entries(*, after: int = 0) -> Iterator[LedgerEntry]:
    """All entries with a number above `after`."""
    return (_entry(row) for row in models.EntryRow.objects.filter(number__gt=after).order_by("number").iterator())


def entries_about(record: str, *, until: int | None = None) -> tuple[LedgerEntry, ...]:
    """All entries about one record; up to a number, if one is given."""
    if until is not None:
        return _entries("record = %s AND number <= %s", record, until)
    return _entries("record = %s", record)


def entries_by_record(records: Iterable[str]) -> dict[str, tuple[LedgerEntry, ...]]:
    """The entries about each of these records, in one query."""
    by_record: dict[str, list[LedgerEntry]] = {record: [] for record in records}
    for row in models.EntryRow.objects.filter(record__in=list(by_record)).order_by("number"):
        by_record[row.record].append(_entry(row))
    return {record: tuple(said) for record, said in by_record.items()}


def entries_of_the_unsettled() -> dict[str, tuple[LedgerEntry, ...]]:
    """All entries about the records of which the last proposal was neither concluded nor withdrawn, in one query."""
    by_record: dict[str, list[LedgerEntry]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.record, e.number, e.digest, e.sealed FROM ledger_entry e WHERE e.record IN ("
            "SELECT p.record FROM ledger_entry p WHERE p.said = 'proposed' AND NOT EXISTS (SELECT 1 "
            "FROM ledger_entry l WHERE l.record = p.record AND ("
            "(l.version = p.version AND l.said IN ('concluded', 'withdrawn')) "
            "OR (l.number > p.number AND l.said = 'proposed')))) ORDER BY e.record, e.number"
        )
        for record, number, digest, sealed in cursor.fetchall():
            by_record.setdefault(record, []).append(
                LedgerEntry(number=number, digest=digest, sealed=json.loads(sealed))
            )
    return {record: tuple(entries) for record, entries in by_record.items()}


def entries_by(institution: str, *, after: int = 0) -> tuple[LedgerEntry, ...]:
    """What an institution said, by entries with a number above `after`."""
    rows = models.EntryRow.objects.filter(institution=institution, number__gt=after).order_by("number")
    return tuple(_entry(row) for row in rows)


def agreements_to(version: str, *, said: Iterable[str]) -> tuple[LedgerEntry, ...]:
    """The entries about a version that say one of these things."""
    wanted = tuple(said)
    return _entries(f"version = %s AND said IN ({', '.join(['%s'] * len(wanted))})", version, *wanted)


def conclusion_of(version: str) -> LedgerEntry | None:
    """The entry that concluded a version."""
    row = models.EntryRow.objects.filter(version=version, said="concluded").order_by("number").first()
    return _entry(row) if row else None


def key_entries() -> tuple[LedgerEntry, ...]:
    """The entries by which keys were given and retired."""
    return tuple(
        _entry(row) for row in models.EntryRow.objects.filter(said__in=("keyed", "key retired")).order_by("number")
    )


def content(digest: str) -> SaltedContent | None:
    """The content with this digest; None when it was erased or never came."""
    return contents([digest]).get(digest)


def contents(digests: Iterable[str]) -> dict[str, SaltedContent]:
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
    return {digest: SaltedContent(digest=digest, salt=salt, content=from_json(kept)) for digest, salt, kept in rows}


def texts(digests: Iterable[str | None]) -> dict[str, Text]:
    """The reasons and remarks with these digests, in one query; one that is not among them was erased."""
    return texts_among(contents(filter(None, digests)))


def texts_among(kept: Mapping[str, SaltedContent]) -> dict[str, Text]:
    """Those of these contents that are reasons or remarks, by digest."""
    return {
        digest: Text.kept(content.content["text"])
        for digest, content in kept.items()
        if content.content.keys() == {"text"}
    }


def contents_with(piece: str) -> Iterator[SaltedContent]:
    """The contents whose JSON contains this string anywhere: candidates, which the caller still has to examine."""
    return (_content(row) for row in models.ContentRow.objects.filter(content__contains=piece))


def entries_with(piece: str, *, said: Iterable[str]) -> tuple[LedgerEntry, ...]:
    """The entries that say one of these things and whose JSON contains this string anywhere."""
    rows = models.EntryRow.objects.filter(said__in=tuple(said), sealed__contains=piece).order_by("number")
    return tuple(map(_entry, rows))


def holds(sealed: Mapping[str, Any]) -> bool:
    """Whether exactly this sealed document is in the ledger."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM ledger_entry WHERE digest = %s", [digest_of(sealed)])
        return cursor.fetchone() is not None


def digest_of_entry(number: int) -> str:
    """The digest of the entry with this number; empty where there is none."""
    return models.EntryRow.objects.filter(number=number).values_list("digest", flat=True).first() or ""


def erased_since(number: int) -> bool:
    """Whether anything was erased by an entry with a higher number."""
    return models.EntryRow.objects.filter(number__gt=number, said="erased").exists()


def is_to_be_wiped() -> bool:
    """Whether something was erased or deleted whose bytes may still lie in the files of the database."""
    wiped, to_wipe = models.LedgerLock.objects.values_list("wiped", "to_wipe").get(pk=1)
    return to_wipe or erased_since(wiped)


def last_digest() -> str:
    """The digest of the last entry, by which all that was said is known; '' where nothing was said yet."""
    return models.EntryRow.objects.order_by("-number").values_list("digest", flat=True).first() or ""


def last_number() -> int:
    """The number of the latest entry; 0 for an empty ledger."""
    return models.EntryRow.objects.order_by("-number").values_list("number", flat=True).first() or 0


# Plain SQL: whoever says fifty things in one act asks this some hundred and fifty times.
def _entries(condition: str, *values: str | int) -> tuple[LedgerEntry, ...]:
    statement = f"SELECT number, digest, sealed FROM ledger_entry WHERE {condition} ORDER BY number"  # noqa: S608 -- our own words
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return tuple(LedgerEntry(number=number, digest=digest, sealed=json.loads(kept)) for number, digest, kept in rows)


def _entry(row: models.EntryRow) -> LedgerEntry:
    return LedgerEntry(number=row.number, digest=row.digest, sealed=json.loads(row.sealed))


def _content(row: models.ContentRow) -> SaltedContent:
    return SaltedContent(digest=row.digest, salt=row.salt, content=json.loads(row.content))
