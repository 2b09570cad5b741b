"""On which day a moment falls for a reader: at four in the afternoon in London it is tomorrow in Tokyo."""

from datetime import datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

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
