"""A year of a country as its government has announced it, loaded from a file where the table of holidays lacks it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from koryu.planning.rules.holidays import CountryYear
from koryu.values.text import Text

_WEEKEND: Final = frozenset({5, 6})
_A_DAY: Final = timedelta(days=1)
# A calendar of holidays has some thirty of them a year; one of which so few lie in a year is another year's.
FEWEST_OF_A_YEAR: Final = 7


@dataclass(frozen=True, kw_only=True)
class AnnouncedYear:
    """The days of one year on which a country does not work, each with what it is called, and days of weekends worked.

    `lang` is the language of the names, `name` what the file was called, `kept_by` and `at` who loaded it and when, and
    `until` when it was taken back or loaded anew. Of a year as a table of holidays had it, `of_table` is its edition.
    """

    country: str
    year: int
    free: tuple[tuple[date, str], ...]
    worked: frozenset[date]
    lang: str
    name: str = ""
    kept_by: str = ""
    at: str = ""
    until: str = ""
    of_table: str = ""
    subdivision: str = ""

    def called(self, day: date) -> Text | None:
        """What a day of it is called."""
        words = dict(self.free).get(day)
        return Text.kept({self.lang: words}) if words else None

    def days(self, by_table: CountryYear | None) -> CountryYear:
        """The year by this file alone; of the table, which days of the week are free. It is announced, and changes no
        more."""
        weekend = by_table.weekend if by_table else _WEEKEND
        free = frozenset(day for day, _words in self.free)
        weekends = frozenset(day for day in _days_of(self.year) if day.weekday() in weekend)
        return CountryYear(
            country=self.country,
            year=self.year,
            announced=True,
            free=(weekends - self.worked) | free,
            holidays=free,
            weekend=weekend,
            make_up=self.worked - free,
            may_change=frozenset(),
        )


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + place * _A_DAY for place in range((date(year, 12, 31) - first).days + 1)]
