"""Writing to the ledger: taking the turn, appending, keeping and dropping contents."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from koryu.ledger import models, queries, rules
from koryu.seals.canonical import canonical
from koryu.seals.digests import commitment, digest, digest_of
from koryu.values.reason import Refused


@contextmanager
def turn() -> Iterator[None]:
    """Hold the ledger's one lock in a transaction: nobody else speaks until it ends.

    Everything a verb checks, it checks inside its turn, so that what it saw is still so when it speaks.
    """
    with transaction.atomic():
        models.Turn.objects.select_for_update().get(pk=1)
        yield


def append(sealed: Mapping[str, Any]) -> queries.Entry:
    """Append a sealed document and return it with its number. Must be called within `turn`."""
    if not connection.in_atomic_block:
        raise RuntimeError("append outside a turn")
    models.Turn.objects.filter(pk=1).update(last_number=F("last_number") + 1)
    row = models.Entry.objects.create(
        number=models.Turn.objects.values_list("last_number", flat=True).get(pk=1),
        digest=digest_of(sealed),
        said=sealed["said"],
        institution=sealed["institution"],
        record=sealed.get("record", ""),
        version=sealed.get("version", ""),
        sealed=canonical(sealed).decode(),
    )
    return queries.Entry(number=row.number, digest=row.digest, sealed=sealed)


def keep(*, salt: str, content: Mapping[str, Any]) -> str:
    """Keep a content apart from the entries and return its digest. Keeping it twice is keeping it once."""
    row = models.Content(digest=commitment(salt=salt, content=content), salt=salt, content=canonical(content).decode())
    models.Content.objects.bulk_create([row], ignore_conflicts=True)
    return row.digest


def keep_file(*, name: str, media_type: str, body: bytes) -> str:
    """Keep a file and return the digest of its bytes. Keeping it twice is keeping it once, under its first name."""
    row = models.File(digest=digest(body), name=name, media_type=media_type, size=len(body), body=body)
    models.File.objects.bulk_create([row], ignore_conflicts=True)
    return row.digest


def keep_upload(*, name: str, body: bytes, most: int) -> queries.File:
    """Keep a file that somebody sent, and return it as it is kept. Raises Refused for one that is not kept."""
    refusal = rules.may_keep(name=name, body=body, most=most)
    if refusal:
        raise Refused(refusal)
    kept, media_type = rules.name_to_keep(name), rules.media_type_of(name)
    file = keep_file(name=kept, media_type=media_type, body=body)
    return queries.File(digest=file, name=kept, media_type=media_type, size=len(body), body=body)


def drop_files(digests: Iterable[str], *, record: str) -> None:
    """Delete the files of a record whose contents were dropped; what another record names stays."""
    for one in digests:
        named = models.Content.objects.filter(content__contains=one).exists()
        if not named and not models.Entry.objects.exclude(record=record).filter(sealed__contains=one).exists():
            models.File.objects.filter(digest=one).delete()


def drop(digests: tuple[str, ...]) -> None:
    """Delete contents and their salts for good. Entries keep the digests, so the chain still verifies."""
    models.Content.objects.filter(digest__in=digests).delete()
