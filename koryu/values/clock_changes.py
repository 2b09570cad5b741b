"""Times of the day where clocks are put forward or back: those that do not exist, and those that come twice."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=1024)
def is_skipped(day: date, clock: str, zone: str) -> bool:
    """Whether clocks in this zone (IANA) are put forward over this time (`HH:MM`) on that day."""
    naive = datetime.combine(day, time.fromisoformat(clock))
    there = ZoneInfo(zone)
    return naive.replace(tzinfo=there).astimezone(UTC).astimezone(there).replace(tzinfo=None) != naive


@lru_cache(maxsize=1024)
def comes_twice(day: date, clock: str, zone: str) -> bool:
    """Whether clocks are put back over it, so that it comes twice in that night."""
    moment = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
    return not is_skipped(day, clock, zone) and moment.utcoffset() != moment.replace(fold=1).utcoffset()
