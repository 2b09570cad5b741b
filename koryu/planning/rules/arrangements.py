"""Which sheets of private rows an exchange has, who sees each, and when its rows are deleted. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from koryu.values.edtf import Edtf
from koryu.values.reason import Reason, Refused


@dataclass(frozen=True, kw_only=True)
class KeptFor:
    """How long the rows of a sheet are kept after the last day of the exchange, in days; `shared` where host and guests
    type in it together, else they are of one institution alone."""

    days: int
    shared: bool


# Of the timetable each row says itself whether guests see it.
TIMETABLE: Final = "timetable"
TERMS: Final = "terms"
KEPT_FOR: Final[Mapping[str, KeptFor]] = {
    "arrivals": KeptFor(days=90, shared=True),
    "rooms": KeptFor(days=90, shared=True),
    "diet": KeptFor(days=30, shared=True),
    "calls": KeptFor(days=30, shared=True),
    "free": KeptFor(days=90, shared=False),
    TIMETABLE: KeptFor(days=90, shared=False),
}
SHEETS: Final = tuple(sheet for sheet in KEPT_FOR if sheet != TIMETABLE)
# Where no last day is known, counted from the day on which it is typed; terms, of a programme, always are.
_WITHOUT_A_DAY: Final = timedelta(days=730)
_TERMS: Final = timedelta(days=6 * 366)
# How far the day can be put off, counted from the last day of the exchange or from today, whichever is later.
_LATEST: Final = timedelta(days=6 * 366)
# So many days before they are deleted, To do says so.
TOLD_BEFORE: Final = timedelta(days=14)
LONGEST_NAME: Final = 100
LONGEST_WHY: Final = 500


def last_day_kept(sheet: str, last: date | None, *, today: date, put_off: date | None = None) -> date:
    """The last day on which rows of a sheet are kept, of an exchange that ends on `last`, as far as that is known.

    Where the day has passed, it is today: what is typed late is kept for a day.
    """
    if sheet == TERMS:
        return today + _TERMS
    counted = last + timedelta(days=KEPT_FOR[sheet].days) if last else today + _WITHOUT_A_DAY
    return max(counted, put_off or counted, today)


def put_off_fails(until: date | None, why: str, *, last: date | None, today: date) -> Reason | None:
    """Whether rows can be kept until this day, for this reason. None as the day takes back what was put off."""
    if until is None:
        return None
    if not why:
        return Reason("Say why they are kept longer.")
    if len(why) > LONGEST_WHY:
        return Reason("At most %(most)s characters.", most=LONGEST_WHY)
    if until < today:
        return Reason("This day has passed.")
    latest = max(last or today, today) + _LATEST
    return Reason("They can be kept until %(day)s at the latest.", day=latest.isoformat()) if until > latest else None


def last_day_of(content: Mapping[str, Any]) -> date | None:
    """The last day of an exchange, by its content, finished or not; None where it is not known to the day."""
    days = days_of_content(content)
    return days[1] if days else None


def days_of_content(content: Mapping[str, Any]) -> tuple[date, date] | None:
    """From when until when an exchange is, by its content, finished or not, as far as that is known to the day."""
    listed = content.get("dates")
    dates = listed if isinstance(listed, list | tuple) else ()
    spans = [span for each in dates if isinstance(each, Mapping) and (span := _span(each.get("date")))]
    return (min(first for first, _last in spans), max(last for _first, last in spans)) if spans else None


def _span(written: object) -> tuple[date, date] | None:
    if not isinstance(written, str):
        return None
    try:
        value = Edtf(written)
    except Refused:
        return None
    first, last = value.start, value.end
    if first is None or last is None or first.earliest != first.latest or last.earliest != last.latest:
        return None
    return first.earliest, last.latest
