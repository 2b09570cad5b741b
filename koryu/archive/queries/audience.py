"""Who may read what stands: the question every other query of the archive asks first (rule 12)."""

from typing import Final

from koryu.archive import models
from koryu.search.entries import PUBLIC

# Who asks, where it is nobody in particular: they read what is public. Institutions ask by their URI.
EVERYBODY: Final = PUBLIC
IS_PUBLIC: Final = "r.public AND NOT r.erased"
_IS_READ_BY: Final = (
    "NOT r.erased AND (r.public OR EXISTS (SELECT 1 FROM archive_reader a WHERE a.record_id = r.id "
    "AND a.institution = %s))"
)


def may_read(asking: str) -> tuple[str, tuple[str, ...]]:
    """The condition on `archive_record r` that whoever asks may read it, and the values it needs."""
    return (IS_PUBLIC, ()) if asking == EVERYBODY else (_IS_READ_BY, (asking,))


def readers_of(record: models.RecordRow) -> frozenset[str]:
    """The institutions that may read what stands of a record, public or not.

    Its owners; unless it is for its own institution alone, those of the exchange it belongs to as well; and whoever
    recorded what stands. People are read by whoever may read a record that names them.
    """
    owners = frozenset(record.owners)
    recorder = {record.current.said_by} if record.current and record.current.basis == "recorded" else set()
    if record.visibility == "own":
        return owners | recorder
    if record.kind == "person":
        naming = models.LinkRow.objects.filter(target=record.uri).values("source")
        return (
            owners
            | recorder
            | set(models.ReaderRow.objects.filter(record__in=naming).values_list("institution", flat=True))
        )
    circle = models.RecordRow.objects.filter(uri=record.exchange).values_list("owners", flat=True).first() or ()
    return owners | recorder | frozenset(circle)
