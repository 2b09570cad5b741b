"""What an entry about keys changes, whoever said it."""

from koryu.institutions import models


def keyed(*, institution: str, did: str, entry: int) -> None:
    """The institution speaks with this key from now on; a key it had is retired by the same entry."""
    retired(institution=institution, entry=entry)
    models.KeyRow.objects.create(did=did, institution=institution, given=entry, retired=_stopped_after(did))


def retired(*, institution: str, entry: int) -> None:
    """The key the institution has is not used any more."""
    models.KeyRow.objects.filter(institution=institution, retired=None).update(retired=entry)


def stopped(*, did: str, after: int) -> None:
    """Nothing sealed with this key is heard after the entry with this number."""
    models.KeyRow.objects.filter(did=did, retired=None).update(retired=after)


def empty() -> None:
    """Forget all keys, to be told them again from the ledger."""
    models.KeyRow.objects.all().delete()


def _stopped_after(did: str) -> int | None:
    """Where the operator stopped the key; asked when the ledger is replayed, for no entry tells of it."""
    found = models.KeyDecision.objects.filter(did=did, decision="stopped")
    return found.values_list("after", flat=True).first()
