"""What an entry about keys changes, whoever said it."""

from koryu.institutions import models


def keyed(*, institution: str, did: str, entry: int) -> None:
    """The institution speaks with this key from now on; a key it had is retired by the same entry."""
    retired(institution=institution, entry=entry)
    models.Key.objects.create(did=did, institution=institution, given=entry)


def retired(*, institution: str, entry: int) -> None:
    """The key the institution has is not used any more."""
    models.Key.objects.filter(institution=institution, retired=None).update(retired=entry)


def empty() -> None:
    """Forget all keys, to be told them again from the ledger."""
    models.Key.objects.all().delete()
