"""Moments: how they are written, how a database keeps them, and when, and on which day, one falls for a reader."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db import models

from koryu.values.reason import N_

# Where those are who read the language, and what their time is called. English is read everywhere, and so in no zone
# but the one of the record.
_ZONES: Final = {
    "ja": ("Asia/Tokyo", N_("Tokyo time")),
    "zh": ("Asia/Shanghai", N_("Beijing time")),
    "ko": ("Asia/Seoul", N_("Seoul time")),
}
_OF_THE_RECORD: Final = N_("UTC")


class Local(NamedTuple):
    """A moment for a reader: the day (2026-11-29), the hour (01:00) and what the time of its zone is called.

    The hour and the zone are empty where only a day is known.
    """

    day: str
    hour: str = ""
    zone: str = ""


class Moment(str):
    """A moment as entries write it, among the values of a sentence: to be said by its day."""

    __slots__ = ()


@lru_cache(maxsize=4096)
def local(moment: str, language: str) -> Local:
    """A moment (2026-11-28T16:00:00Z) where the language is read; a day as itself.

    What is neither is returned as it is, up to its T.
    """
    day, has_time, _ = moment.partition("T")
    zone, name = _ZONES.get(language.partition("-")[0], ("UTC", _OF_THE_RECORD))
    if not has_time:
        return Local(day)
    try:
        there = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    except (ValueError, OverflowError):
        return Local(day)
    return Local(there.date().isoformat(), f"{there:%H:%M}", name)


def day_in(moment: str, language: str) -> str:
    """The day of a moment where the language is read: see `local`."""
    return local(moment, language).day


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
