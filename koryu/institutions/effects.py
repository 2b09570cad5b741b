"""What an entry about keys changes, whoever said it."""

from koryu.institutions import models


def keyed(*, institution: str, did: str, entry: int) -> None:
    """The institution seals its entries with this key from now on; a key it had is retired by the same entry."""
    retired(institution=institution, entry=entry)
    models.KeyRow.objects.create(did=did, institution=institution, given=entry, retired=_stopped_after(did))


def retired(*, institution: str, entry: int) -> None:
    """The key the institution has is not used any more."""
    models.KeyRow.objects.filter(institution=institution, retired=None).update(retired=entry)


def stopped(*, did: str, after: int) -> None:
    """Nothing sealed with this key is accepted after the entry with this number."""
    models.KeyRow.objects.filter(did=did, retired=None).update(retired=after)


def empty() -> None:
    """Delete all keys; they are read again from the ledger."""
    models.KeyRow.objects.all().delete()


def _stopped_after(did: str) -> int | None:
    """After which entry the operator stopped the key, if so: no entry says it, and a replay of the ledger needs it."""
    decisions = models.KeyDecision.objects.filter(did=did, decision="stopped")
    return decisions.values_list("after", flat=True).first()
