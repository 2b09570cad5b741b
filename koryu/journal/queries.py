"""Reading the journal, newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from koryu.journal import models
from koryu.journal.rules import Change


@dataclass(frozen=True, kw_only=True)
class JournalLine:
    """One change that is not sealed, by its number; `about` is the URI of a record, or empty."""

    number: int
    at: str
    by: str
    institution: str
    change: Change
    about: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)


def lines_of(institution: str, *, before: int | None = None, most: int) -> tuple[JournalLine, ...]:
    """The latest lines of an institution ('' for the server's own), or those before the line with this number."""
    rows = models.JournalRow.objects.filter(institution=institution)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(_line(row) for row in rows.order_by("-pk")[:most])


def lines() -> Iterator[JournalLine]:
    """Every line there is, the latest first."""
    return (_line(row) for row in models.JournalRow.objects.order_by("-pk").iterator())


def _line(row: models.JournalRow) -> JournalLine:
    return JournalLine(
        number=row.pk,
        at=row.at,
        by=row.by,
        institution=row.institution,
        change=Change(row.what),
        about=row.about,
        values=row.values,
    )
