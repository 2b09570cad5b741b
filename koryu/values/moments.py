"""Moments: how they are written, how a database keeps them, and on which day one falls for a reader."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.db import models

# Where those are who read the language. English is read everywhere, and so in no zone but the one of the record.
_ZONES: Final = {"ja": "Asia/Tokyo", "zh": "Asia/Shanghai", "ko": "Asia/Seoul"}


@lru_cache(maxsize=4096)
def day_in(moment: str, language: str) -> str:
    """The day (2026-11-29) of a moment (2026-11-28T16:00:00Z) where the language is read; of a day, itself.

    What is neither is returned as it is, up to its T.
    """
    zone = _ZONES.get(language.partition("-")[0])
    day, has_time, _ = moment.partition("T")
    if not has_time or zone is None:
        return day
    try:
        return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date().isoformat()
    except (ValueError, OverflowError):
        return day


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
