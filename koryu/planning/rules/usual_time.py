"""The time of year at which exchanges of a programme begin: the middle of those held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from koryu.values.edtf import Edtf

_YEAR: Final = 366
# A month alone means its middle.
_MIDDLE: Final = 15
# 2000 is a leap year, so that 29 February has a place too.
_ANY_YEAR: Final = 2000


@dataclass(frozen=True)
class UsualTime:
    """From which day of a year until which, counted round the year: one from December to January is one stretch."""

    first: int
    last: int

    def distance(self, day: date) -> int:
        """How many days a day lies from it; 0 within it."""
        place = _place(day)
        if (place - self.first) % _YEAR <= (self.last - self.first) % _YEAR:
            return 0
        return min((self.first - place) % _YEAR, (place - self.last) % _YEAR)


def usual_time(held: Iterable[Edtf]) -> UsualTime | None:
    """The days of the year from which those on which exchanges began are together the least far.

    Of an even number of them that is all days between the two in the middle. None where no beginning is known to the
    month.
    """
    places = sorted(_place(begun) for when in held if (begun := _begun(when)))
    if not places:
        return None
    far = {place: sum(_apart(place, other) for other in places) for place in range(_YEAR)}
    least = min(far.values())
    middle = [place for place in range(_YEAR) if far[place] == least]
    # Round the turn of the year the stretch is in two pieces.
    first = next(place for place in middle if (place - 1) % _YEAR not in middle) if len(middle) < _YEAR else 0
    last = first
    while (last + 1) % _YEAR in middle and (last + 1) % _YEAR != first:
        last = (last + 1) % _YEAR
    return UsualTime(first, last)


def _begun(when: Edtf) -> date | None:
    start = when.start
    if start is None or start.precision == "year" or start.earliest.month != start.latest.month:
        return None
    return start.earliest if start.precision == "day" else start.earliest.replace(day=_MIDDLE)


def _place(day: date) -> int:
    return (day.replace(year=_ANY_YEAR) - date(_ANY_YEAR, 1, 1)).days


def _apart(one_place: int, other: int) -> int:
    apart = abs(one_place - other)
    return min(apart, _YEAR - apart)
