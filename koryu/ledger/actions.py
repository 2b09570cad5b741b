"""Writing to the ledger: taking its lock, appending entries, storing and deleting contents."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.db import OperationalError, connection, transaction

from koryu.ledger import models, queries
from koryu.seals.canonical import canonical
from koryu.seals.digests import commitment, digest_of, new_salt
from koryu.values.text import Text

# How the names of our tables begin that hold text which can be erased.
_HOLDS_WORDS: Final = ("ledger_", "archive_", "files_", "consent_", "notices_", "correspondence_", "planning_")

_APPEND: Final = (
    "INSERT INTO ledger_entry (number, digest, said, institution, record, version, sealed) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)


@contextmanager
def locked() -> Iterator[None]:
    """Hold the ledger's only lock, in a transaction: nobody else appends an entry until it ends.

    An action makes all its checks while it holds the lock, so that they are still true when it appends.
    """
    with transaction.atomic():
        # SQLite ignores select_for_update; there the transaction itself begins with a write lock (see settings).
        models.LedgerLock.objects.select_for_update().get(pk=1)
        yield


def append(sealed: Mapping[str, Any]) -> queries.LedgerEntry:
    """Append a sealed document and return it with its number. Must be called within `locked`."""
    if not connection.in_atomic_block:
        raise RuntimeError("append without the lock")
    digest = digest_of(sealed)
    about = [str(sealed.get(name, "")) for name in ("said", "institution", "record", "version")]
    # Plain SQL: each thing that is said asks it, fifty of them in one act.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_turn SET last_number = last_number + 1 WHERE id = 1")
        cursor.execute("SELECT last_number FROM ledger_turn WHERE id = 1")
        number = int(cursor.fetchone()[0])
        cursor.execute(_APPEND, [number, digest, *about, canonical(sealed).decode()])
    return queries.LedgerEntry(number=number, digest=digest, sealed=sealed)


def keep(*, salt: str, content: Mapping[str, Any]) -> str:
    """Store a content apart from the entries and return its digest. Storing it twice changes nothing."""
    row = models.ContentRow(
        digest=commitment(salt=salt, content=content), salt=salt, content=canonical(content).decode()
    )
    models.ContentRow.objects.bulk_create([row], ignore_conflicts=True)
    return row.digest


def keep_text(text: Text) -> str:
    """Keep a reason or a remark apart from the entry that gives it, and return its digest: what the entry names."""
    return keep(salt=new_salt(), content={"text": text.as_json()})


def drop(digests: tuple[str, ...]) -> None:
    """Delete contents and their salts for good. Entries keep the digests, so the chain still verifies."""
    models.ContentRow.objects.filter(digest__in=digests).delete()


def wipe_later(*, erased_by: int) -> None:
    """Remember that something which an entry erased was deleted only now, so that its bytes are overwritten too."""
    models.LedgerLock.objects.filter(pk=1, wiped__gte=erased_by).update(wiped=erased_by - 1)


def wipe_deleted_later() -> None:
    """Remember that private rows were deleted of which no byte is to stay. In the transaction that deletes them."""
    models.LedgerLock.objects.filter(pk=1, to_wipe=False).update(to_wipe=True)


def wipe() -> bool:
    """Overwrite what deleted rows have left in the database's own files; False where that must be tried again later.

    Deleting a row leaves its bytes in pages that are free, or were packed anew, and in the log beside the database. In
    SQLite all pages are written anew and the log is emptied, for which nobody may be reading from it: others are waited
    for as long as the connection's time limit says. In PostgreSQL the tables that held something are written anew; its
    own log and its copies are the operator's (see the how-to on erasing). Within a transaction nothing can be wiped.
    """
    if connection.in_atomic_block:
        return False
    number = queries.last_number()
    try:
        done = _wipe_postgresql() if connection.vendor == "postgresql" else _wipe_sqlite()
    except OperationalError:
        # Another process was at it for too long: what is left undone here is done in the next round of tending.
        return False
    if done:
        models.LedgerLock.objects.filter(pk=1, wiped__lt=number).update(wiped=number)
        models.LedgerLock.objects.filter(pk=1, to_wipe=True).update(to_wipe=False)
    return done


def _wipe_sqlite() -> bool:
    with connection.cursor() as cursor:
        # PRAGMA secure_delete alone leaves copies of cells that were moved when a page was split or balanced.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    return not busy


def _wipe_postgresql() -> bool:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(_HOLDS_WORDS):
                cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
    return True
