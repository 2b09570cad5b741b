"""On which day, and when on it, a moment falls for a reader: in London it is afternoon, in Tokyo tomorrow."""

from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

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
