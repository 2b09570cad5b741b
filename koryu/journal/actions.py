"""Writing a line, inside the transaction of the change it tells of: both are there afterwards, or neither."""

from django.db import connection

from koryu.journal import models
from koryu.journal.rules import VALUES, Change


def write(change: Change, *, by: str, at: str, institution: str = "", about: str = "", **values: str | int) -> None:
    """Add a line. Values that are empty are left out. Must be called within a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("a line of the journal outside a transaction")
    unknown = values.keys() - VALUES[change]
    if unknown:
        raise TypeError(f"{change}: a line of the journal does not hold {', '.join(sorted(unknown))}")
    kept = {name: value for name, value in values.items() if value != ""}
    models.JournalRow.objects.create(at=at, by=by, institution=institution, what=change, about=about, values=kept)
