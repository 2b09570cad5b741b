"""Periods in an institution's calendar: what they mean, how they come again, and what of them a partner is shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from koryu.values.reason import Reason
from koryu.values.text import Text

LONGEST: Final = 400
LONGEST_WORDS: Final = 300
EARLIEST: Final = date(1970, 1, 1)
LATEST: Final = date(2100, 12, 31)
_FEWEST_IN_MONTH: Final = 28
_FEWEST_IN_YEAR: Final = 365
_A_DAY: Final = timedelta(days=1)
_A_WEEK: Final = timedelta(days=7)


class Effect(StrEnum):
    """What a period means for dates: on a day that is ruled out nobody can come; one to be known changes nothing."""

    RULED_OUT = "ruled out"
    AVOIDED = "to be avoided"
    KNOWN = "to be known"


class ShownAs(StrEnum):
    """What partners are shown of a period: nothing, that these days are not possible, or its words too."""

    NOTHING = "nothing"
    NOT_POSSIBLE = "without words"
    WORDS = "with its words"


class HowSure(StrEnum):
    """How sure a period is."""

    FIXED = "fixed"
    USUAL = "usual"
    NOT_ANNOUNCED = "not announced"


class Repeat(StrEnum):
    """How a period comes again: not; each year, beginning on the same day and as long; each month on the same weekday,
    such as its third Wednesday."""

    ONCE = ""
    YEARLY = "yearly"
    MONTHLY = "monthly"


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days of an institution, `of`, as `kept_by` has them: its own, or what it was told.

    `label` is None where it has no words, or none for whoever asks. `told_by` says by whom and how, `source` on what it
    rests otherwise.
    """

    of: str
    kept_by: str
    first: date
    last: date
    effect: Effect
    label: Text | None = None
    repeat: Repeat = Repeat.ONCE
    shown: ShownAs = ShownAs.NOT_POSSIBLE
    sure: HowSure = HowSure.FIXED
    source: str = ""
    told_by: str = ""
    uid: str = ""
    # The digest of the calendar file it came from.
    file: str = ""
    id: int = 0
    # The day on which it was written down, and by whom.
    at: str = ""
    by: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True)
class Override:
    """One day on which an institution works, or does not, whatever its calendar says."""

    of: str
    kept_by: str
    day: date
    works: bool
    why: str = ""
    id: int = 0
    # When it was said, and since when it is said no more; by whom, for whoever keeps it.
    at: str = ""
    until: str = ""
    by: str = field(default="", compare=False)


def period_fails(period: Period) -> Reason | None:
    """Why this cannot be kept as a period; None where it can."""
    if period.last < period.first:
        return Reason("The last day comes before the first.")
    if (period.last - period.first).days >= LONGEST:
        return Reason("A period has at most %(most)s days.", most=LONGEST)
    if period.first < EARLIEST or period.last > LATEST:
        return Reason("Enter days between 1970 and 2100.")
    if period.repeat is Repeat.MONTHLY and (period.last - period.first).days >= _FEWEST_IN_MONTH:
        return Reason("What comes each month lasts less than a month.")
    if period.repeat is Repeat.YEARLY and (period.last - period.first).days >= _FEWEST_IN_YEAR:
        return Reason("What comes each year lasts less than a year.")
    return words_fail(period.source, period.told_by, *(period.label.forms.values() if period.label else ()))


def words_fail(*words: str) -> Reason | None:
    """Why these words cannot be kept beside a day; None where they can."""
    if any(len(word) > LONGEST_WORDS for word in words):
        return Reason("At most %(most)s characters.", most=LONGEST_WORDS)
    return None


def as_shown_to(partner: str, period: Period) -> Period | None:
    """A period as an institution may know it: its own and what it keeps whole, a partner's as that shows it.

    None where it is not shown: what others keep about third parties never is.
    """
    if partner == period.kept_by:
        return period
    if period.of != period.kept_by or period.shown is ShownAs.NOTHING:
        return None
    if period.shown is ShownAs.WORDS:
        return replace(period, source="", told_by="", file="", by="")
    return replace(period, label=None, source="", told_by="", uid="", file="", by="")


def spans_of(period: Period, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days of a period, each time it comes, that fall between these two; cut to them."""
    length = period.last - period.first
    for begins in _beginnings(period, first - length, last):
        ends = begins + length
        if ends >= first and begins <= last:
            yield max(begins, first), min(ends, last)


def _beginnings(period: Period, earliest: date, latest: date) -> Iterator[date]:
    match period.repeat:
        case Repeat.ONCE:
            yield period.first
        case Repeat.YEARLY:
            years = range(max(earliest.year, period.first.year), latest.year + 1)
            yield from (_same_day(period.first, year) for year in years)
        case Repeat.MONTHLY:
            months = range(12 * earliest.year + earliest.month - 1, 12 * latest.year + latest.month)
            days = (_same_weekday(period.first, *divmod(month, 12)) for month in months)
            yield from (day for day in days if day is not None and day >= period.first)


def _same_day(day: date, year: int) -> date:
    """The same day of another year; of 29 February, the last of that month."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1) - _A_DAY


def _same_weekday(day: date, year: int, month: int) -> date | None:
    """The third Wednesday of a month where `day` is a third Wednesday; None for a fifth that a month does not have."""
    first = date(year, month + 1, 1)
    same = first + timedelta(days=(day.weekday() - first.weekday()) % 7) + (day.day - 1) // 7 * _A_WEEK
    return same if same.month == first.month else None
