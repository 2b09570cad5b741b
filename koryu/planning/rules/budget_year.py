"""A budget year: which days it has, its months, and of which years of a programme nothing is on record. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from koryu.planning.rules.counting import CountedExchange, Rhythm
from koryu.planning.rules.programme_years import months_in, years_of

# What a calendar can hold on both sides of a year.
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class BudgetYear:
    """The budget year that begins in a month of `year`; in January where nobody says otherwise."""

    year: int
    month: int = 1

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year + 1, self.month, 1) - _A_DAY

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month."""
        counted = (12 * self.year + self.month - 1 + place for place in range(12))
        return tuple(date(months // 12, months % 12 + 1, 1) for months in counted)

    def touches(self, first: date, last: date) -> bool:
        """Whether any of these days falls in it."""
        return first <= self.last and last >= self.first


def year_of(day: date, month: int) -> BudgetYear:
    """The budget year in which a day falls."""
    return BudgetYear(year=day.year if day.month >= month else day.year - 1, month=month)


def missing_years(rhythm: Rhythm, history: Iterable[CountedExchange], *, today: date) -> tuple[int, ...]:
    """The years of a programme that are over and of which nothing is on record, from the first that is known on.

    Of a programme that goes on every second year, a year between two is not missing. Nothing is missing of one that
    names more than one exchange a year, as long as one is there.
    """
    entries = [years for each in history if (years := years_of(each, rhythm.year_begins))]
    if not entries:
        return ()
    there = {year for years in entries for year in years}
    # Of what was held from January to March, one of the two years is right: neither is said to be missing.
    ends = min(_last_over(rhythm, today), rhythm.until.latest.year if rhythm.until else LAST_YEAR)
    step = max(1, months_in(rhythm.every) // 12)
    near = {year + beside for year in there for beside in range(1 - step, step)}
    return tuple(year for year in range(min(there), ends + 1) if year not in near)


def in_spans(years: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Years in a row as their first and last."""
    spans: list[tuple[int, int]] = []
    for year in years:
        if spans and year == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return tuple(spans)


def _last_over(rhythm: Rhythm, today: date) -> int:
    """The last year of a programme that is over."""
    begins = rhythm.year_begins or 1
    return today.year - 1 if today.month >= begins else today.year - 2
