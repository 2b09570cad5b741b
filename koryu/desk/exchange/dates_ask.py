"""What dates are sought for an exchange: as its plan and those before it suggest, or as it was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from django.http import QueryDict

from koryu.markup.content_view import date_written
from koryu.planning.rules.usual_time import UsualTime
from koryu.planning.rules.windows import LONGEST_SPAN, Ask
from koryu.records.exchange import ExchangeForm
from koryu.sheets import clean
from koryu.sheets.parse import date_typed
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason, Refused

_EVERY_DAY: Final = frozenset(range(7))
_A_YEAR: Final = timedelta(days=365)
_USUAL_LENGTH: Final = 8
_USUAL_MEETINGS: Final = 3
_LONGEST_TRIP: Final = 100
_NUMBERS: Final = ("length", "meeting_days", "travel_before", "travel_after")


def suggested_ask(
    content: Mapping[str, Any],
    institutions: Sequence[str],
    *,
    lengths: Sequence[int],
    usual: UsualTime | None,
    today: date,
) -> Ask:
    """As the plan says: its hosts, its form, the time it names so far; `lengths` are those of the last ones held."""
    online = content.get("form") == ExchangeForm.ONLINE
    first, last = _time(content, today)
    length = 1 if online else lengths[-1] if lengths else _USUAL_LENGTH
    travel = 0 if online or length < 3 else 1
    hosts = content.get("hosts")
    return Ask(
        institutions=tuple(institutions),
        hosts=tuple(uri for uri in institutions if isinstance(hosts, list | tuple) and uri in hosts),
        first=first,
        last=last,
        length=length,
        meeting_days=max(1, min(_USUAL_MEETINGS, length - 2 * travel)),
        travel_before=travel,
        travel_after=travel,
        online=online,
        not_before=today,
        usual=usual,
    )


def typed_ask(typed: QueryDict, suggested: Ask) -> Ask:
    """What was typed; who takes part and what is usual are as they are. Raises Refused with what is wrong."""
    numbers = {name: _number(typed.get(name, ""), getattr(suggested, name)) for name in _NUMBERS}
    weekdays = frozenset(int(each) for each in typed.getlist("weekday") if each in {*map(str, _EVERY_DAY)})
    return Ask(
        institutions=suggested.institutions,
        hosts=tuple(uri for uri in suggested.institutions if uri in typed.getlist("host")),
        first=_day(typed.get("first", "")).earliest,
        last=_day(typed.get("last", "")).latest,
        online=bool(typed.get("online")),
        weekdays=weekdays or _EVERY_DAY,
        not_before=suggested.not_before,
        usual=suggested.usual,
        without_guests_holidays=bool(typed.get("without_guests_holidays")),
        **numbers,
    )


def not_before(ask: Ask, earliest: date) -> Ask:
    """The same, from the earliest arrival that the steps of the work leave time for; as it is where no time is left."""
    return replace(ask, first=earliest) if earliest + timedelta(days=ask.length - 1) <= ask.last else ask


def _time(content: Mapping[str, Any], today: date) -> tuple[date, date]:
    """When it is planned for so far: the year of its date, or of its programme; else the year from today on."""
    year = next((when.earliest.year for when in _dates(content)), None)
    written = str(content.get("programme_year", ""))
    if year is None and len(written) == 4 and written.isascii() and written.isdecimal():
        year = int(written)
    if year is None or not today.year <= year <= today.year + LONGEST_SPAN:
        return today, today + _A_YEAR
    return max(today, date(year, 1, 1)), date(year, 12, 31)


def _dates(content: Mapping[str, Any]) -> list[Edtf]:
    listed = content.get("dates")
    written = [date_written(dated.get("date")) for dated in listed if isinstance(dated, Mapping)] if isinstance(listed, list) else []  # fmt: skip  # noqa: E501 -- one thought
    return [when for when in written if when and when.start and when.end]


def _day(typed: str) -> Edtf:
    if not clean.line(typed):
        raise Refused(Reason("Enter the first and the last day."))
    when = date_typed(typed)
    if when.start is None or when.end is None:
        raise Refused(Reason("Enter the first and the last day."))
    return when


def _number(typed: str, otherwise: int) -> int:
    written = clean.digits(typed)
    if not written:
        return otherwise
    if not (written.isascii() and written.isdecimal()) or len(written) > 3 or int(written) > _LONGEST_TRIP:
        raise Refused(Reason("Say how many days the trip and the meetings last."))
    return int(written)
