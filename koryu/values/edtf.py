"""Dates known to the day, the month or the year, or not quite: a strict subset of EDTF."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from koryu.values.reason import N_, Reason, Refused

Precision = Literal["day", "month", "year"]
Qualifier = Literal["", "?", "~", "%"]

# Of a span that is the wrong way round, whoever asks for days in words of its own tells by this message.
ENDS_FIRST: Final = N_("%(value)s ends before it begins")
_OPEN: Final = ".."
_LONGEST: Final = len("2020-XX-28~/2020-XX-29~")
_QUALIFIERS: Final[dict[str, Qualifier]] = {"": "", "?": "?", "~": "~", "%": "%"}
_DATE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)")


@dataclass(frozen=True)
class Parts:
    """What a date says: a year with X for unspecified digits; None for a month or day not written, or written XX."""

    year: str
    month: int | None
    day: int | None
    qualifier: Qualifier


class Edtf(str):
    """A date or interval in a strict subset of EDTF (ISO 8601-2:2019, levels 0 and 1, and `2020-XX-28`).

    Years 0001 to 9999, months, days; intervals with at most one open end (`..`); `?` uncertain, `~` approximate, `%`
    both, after the whole date; `X` for unspecified digits. No seasons, times of day or unknown ends. A day that never
    was, and an interval that ends before it begins, raise Refused (a ValueError).
    """

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        if len(value) > _LONGEST:
            raise Refused(Reason("%(value)s is too long for a date", value=f"{value[:_LONGEST]}…"))
        _bounds(value)
        return super().__new__(cls, value)

    @property
    def is_interval(self) -> bool:
        """Whether it is written with a beginning and an end."""
        return "/" in self

    @property
    def start(self) -> "Edtf | None":
        """The beginning of an interval, None when open; a date is its own beginning."""
        return self._end_at(0)

    @property
    def end(self) -> "Edtf | None":
        """The end of an interval, None when open; a date is its own end."""
        return self._end_at(-1)

    @property
    def earliest(self) -> date:
        """The first day it can mean, as written (no allowance for `?` or `~`); date.min for an open beginning."""
        return _bounds(str(self))[0]

    @property
    def latest(self) -> date:
        """The last day it can mean, as written; date.max for an open end."""
        return _bounds(str(self))[1]

    @property
    def precision(self) -> Precision:
        """The smallest part that has digits: "day" for 2020-XX-28, "month" for 1999-05-XX, "year" for 198X.

        Of an interval, the coarser of its ends.
        """
        precisions = {_precision(read(written)) for written in self.split("/") if written != _OPEN}
        return "year" if "year" in precisions else "month" if "month" in precisions else "day"

    @property
    def qualifier(self) -> Qualifier:
        """`?` uncertain, `~` approximate, `%` both, or empty; of an interval, what is so of either end."""
        qualifiers = {read(written).qualifier for written in self.split("/") if written != _OPEN} - {""}
        return qualifiers.pop() if len(qualifiers) == 1 else "%" if qualifiers else ""

    def _end_at(self, index: int) -> "Edtf | None":
        written = self.split("/")[index]
        return None if written == _OPEN else Edtf(written)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())


def read(written: str) -> Parts:
    """The parts of one date, without asking the calendar. Raises Refused if it is not written as one."""
    match = _DATE.fullmatch(written)
    if not match:
        raise Refused(
            Reason(
                "%(value)s is not a date: 1999, 1999-05, 1999-05-21 or two of them with / between was expected",
                value=written,
            )
        )
    year, month, day, mark = match.groups()
    if "X" in year and month:
        raise Refused(Reason("%(value)s names a month of a year that is not specified", value=written))
    return Parts(year, _number(month), _number(day), _QUALIFIERS[mark])


def _number(digits: str | None) -> int | None:
    return None if digits is None or digits == "XX" else int(digits)


@lru_cache(maxsize=4096)
def _bounds(value: str) -> tuple[date, date]:
    written = value.split("/")
    if len(written) == 1:
        return _span(value)
    if len(written) > 2 or written == [_OPEN, _OPEN]:
        raise Refused(Reason("%(value)s is not an interval: one / between two dates was expected", value=value))
    start, end = (None if side == _OPEN else _span(side) for side in written)
    if start and end:
        _check_order(value, start, end)
    return (start[0] if start else date.min, end[1] if end else date.max)


def _check_order(value: str, start: tuple[date, date], end: tuple[date, date]) -> None:
    if end[1] < start[0]:
        raise Refused(Reason(ENDS_FIRST, value=value))
    if end[0] < start[0]:
        raise Refused(Reason("the end of %(value)s must be given as exactly as its beginning", value=value))


def _span(written: str) -> tuple[date, date]:
    parts = read(written)
    first, last = int(parts.year.replace("X", "0")), int(parts.year.replace("X", "9"))
    if first == 0:
        raise Refused(Reason("%(value)s is not in a year between 0001 and 9999", value=written))
    if parts.month is not None and not 1 <= parts.month <= 12:
        raise Refused(Reason("%(value)s has no month between 01 and 12", value=written))
    # A day is asked of the calendar even when it is 0; a month is known to be one by now.
    return _day(written, first, parts.month or 1, 1 if parts.day is None else parts.day), _last(written, last, parts)


def _last(written: str, year: int, parts: Parts) -> date:
    month = parts.month or 12
    return _day(written, year, month, calendar.monthrange(year, month)[1] if parts.day is None else parts.day)


def _day(written: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(Reason("%(value)s is not a valid calendar date", value=written)) from None


def _precision(parts: Parts) -> Precision:
    if parts.day is not None:
        return "day"
    return "year" if parts.month is None else "month"
