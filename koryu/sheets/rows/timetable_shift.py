"""The rest of a day of a timetable moved by some minutes, and one more day."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from koryu.sheets.rows.row_sheet import RowItem, items_of
from koryu.sheets.rows.session_cells import days_over, is_clock, whole_day
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.values.reason import Reason, Refused

_DAY: Final = 24 * 60
_GONE: Final = Reason("This row was removed meanwhile by somebody else.")
_OVER: Final = Reason("Moved like this, a row would begin on another day.")


def moved_from(content: Mapping[str, Any], row: str, minutes: int) -> dict[str, Any]:
    """A content in which this row, and each after it on the same day, begins and ends so many minutes later.

    Raises Refused where the row is not there, or one would begin on another day.
    """
    items = list(items_of(TIMETABLE, content))
    first = next((place for place, item in enumerate(items) if item["id"] == row), None)
    if first is None:
        raise Refused(_GONE)
    day = items[first].get("date")
    moved = {item["id"]: _moved(item, minutes) for item in items[first:] if item.get("date") == day}
    sessions = [moved.get(item.get("id"), item) if isinstance(item, dict) else item for item in content["sessions"]]
    return {**content, "sessions": sessions}


def day_after_last(content: Mapping[str, Any]) -> str:
    """The day after the last one of a timetable, as records write it; '' where it has none."""
    days = [day for item in items_of(TIMETABLE, content) if (day := whole_day(item.get("date")))]
    return (max(days) + timedelta(days=1)).isoformat() if days else ""


def _moved(item: RowItem, minutes: int) -> RowItem:
    start, end = item.get("start"), item.get("end")
    made = dict(item)
    if is_clock(start):
        begins = _minutes(str(start)) + minutes
        if not 0 <= begins < _DAY:
            raise Refused(_OVER)
        made["start"] = _clock(begins)
    if is_clock(end):
        over = days_over(item) + (_minutes(str(end)) + minutes) // _DAY
        made["end"] = _clock((_minutes(str(end)) + minutes) % _DAY)
        day = whole_day(item.get("date"))
        made.pop("until", None)
        if over > 0 and day:
            made["until"] = (day + timedelta(days=over)).isoformat()
    return made


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
