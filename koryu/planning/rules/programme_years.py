"""In which year of its programme an exchange falls, and which year comes after it."""

import re
from datetime import date
from typing import Final, Protocol

from koryu.values.edtf import Edtf

_EVERY: Final = re.compile(r"P(?:(\d{1,3})Y)?(?:(\d{1,3})M)?")
# What is held up to this month may belong to the year before.
_MARCH: Final = 3
_YEAR: Final = re.compile(r"[12]\d{3}")


class InAYear(Protocol):
    """What falls in a year: as it says itself, else by its date."""

    @property
    def year(self) -> str: ...
    @property
    def date(self) -> Edtf | None: ...
    @property
    def postponed_to(self) -> Edtf | None: ...


def months_in(every: str) -> int:
    """How many months a length such as P2Y or P6M is; 0 where none is written, or no whole months."""
    pieces = _EVERY.fullmatch(every)
    years, months = (int(number or 0) for number in pieces.groups()) if pieces else (0, 0)
    return 12 * years + months


def years_of(dated: InAYear, year_begins: int | None) -> tuple[int, ...]:
    """The year it belongs to; both where it was held from January to March and nothing says which. Empty: not known."""
    stated = (int(dated.year),) if _YEAR.fullmatch(dated.year) else ()
    # What was put off counts from the year in which it was held.
    if dated.date is None or (stated and dated.postponed_to is None):
        return stated
    first = dated.date.start or dated.date
    held, at_latest = first.earliest, first.latest
    if held.month != at_latest.month:
        return (held.year,)
    if year_begins is not None:
        return (held.year if held.month >= year_begins else held.year - 1,)
    return (held.year - 1, held.year) if held.month <= _MARCH else (held.year,)


def year_after(begun: int, dated: InAYear, step: int, year_begins: int | None, today: date) -> tuple[int, bool]:
    """The year `step` months later, or the first after it that is not over; and whether years were passed over."""
    month = dated.date.earliest.month if dated.date and step % 12 else 1
    months = 12 * begun + month - 1 + step
    passed = False
    while _is_over(months // 12, year_begins, today):
        months, passed = months + step, True
    return months // 12, passed


def _is_over(year: int, year_begins: int | None, today: date) -> bool:
    return date(year + 1, year_begins or 1, 1) <= today
