"""The time of year at which exchanges of a programme begin: the middle of those held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from koryu.values.edtf import Edtf

_YEAR: Final = 366
_HALF: Final = _YEAR // 2
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
    far = _together_far(places)
    least = min(far)
    middle = {place for place in range(_YEAR) if far[place] == least}
    # Round the turn of the year the stretch is in two pieces.
    first = next(place for place in middle if (place - 1) % _YEAR not in middle) if len(middle) < _YEAR else 0
    last = first
    while (last + 1) % _YEAR in middle and (last + 1) % _YEAR != first:
        last = (last + 1) % _YEAR
    return UsualTime(first, last)


def _together_far(places: Sequence[int]) -> list[int]:
    """How far these are together from each day of the year. Each step comes nearer to those of the half before it."""
    at = [0] * _YEAR
    for place in places:
        at[place] += 1
    far = [sum(min(place, _YEAR - place) for place in places)]
    ahead = sum(at[1 : _HALF + 1])
    for place in range(_YEAR - 1):
        far.append(far[-1] + len(places) - 2 * ahead)
        ahead += at[(place + 1 + _HALF) % _YEAR] - at[place + 1]
    return far


def _begun(when: Edtf) -> date | None:
    start = when.start
    if start is None or start.precision == "year" or start.earliest.month != start.latest.month:
        return None
    return start.earliest if start.precision == "day" else start.earliest.replace(day=_MIDDLE)


# Every day of arrival that is looked at is asked, and the same ones by the next reader.
@lru_cache(maxsize=2048)
def _place(day: date) -> int:
    return (day.replace(year=_ANY_YEAR) - date(_ANY_YEAR, 1, 1)).days
