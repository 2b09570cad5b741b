"""Moments: how they are written, and how a database keeps them."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone


class Moment(str):
    """A moment as entries write it, among the values of a sentence: to be said by its day."""

    __slots__ = ()


def day_here(moment: str) -> date:
    """The day of a moment in the zone in which moments are told just now: that of the institution whose page it is."""
    return datetime.fromisoformat(moment).astimezone(timezone.get_current_timezone()).date()


def written(kept: datetime | str | None) -> str:
    """A moment as entries write it (2026-11-28T16:00:00Z), of one that a database keeps; '' where there is none.

    SQLite, asked past Django, answers with a text of its own, in UTC.
    """
    if not kept:
        return ""
    moment = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
    in_utc = moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
    return f"{in_utc.isoformat(timespec='seconds')}Z"


if TYPE_CHECKING:
    # It gives text where it may be null too, and the checker knows no such column.
    _Kept = models.DateTimeField[Any, Any]
else:
    _Kept = models.DateTimeField


class MomentField(_Kept):
    """A column of moments: a time to the database, and to everybody else what entries write.

    One that may be null has not come yet, and is '' when read. Sealed statements keep the text that was sealed.
    """

    def from_db_value(self, value: Any, expression: object, connection: object) -> str:
        """What was kept, as it is written."""
        return written(value)

    def to_python(self, value: Any) -> Any:
        """A time, for the database; None for a moment that has not come."""
        return super().to_python(value or None)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """As Django's own: the column is no different, and no migration has to find this class."""
        name, _, given, named = super().deconstruct()
        return name, "django.db.models.DateTimeField", given, named
