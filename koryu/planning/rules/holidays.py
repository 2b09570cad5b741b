"""Public holidays by country, and how sure they are: the only file that imports `holidays`, and only when first asked.

The table is of the wheel in the lock. What is not in it is said: a year whose decree was not out, a country or a year
that it does not have.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.metadata import version
from importlib.util import find_spec, module_from_spec
from threading import Lock
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from holidays import HolidayBase

# What the table calls the languages that Koryu has a tag for.
_TAGS: Final[Mapping[str, str]] = {
    "en_US": "en",
    "en_GB": "en",
    "ja": "ja",
    "ko": "ko",
    "zh_CN": "zh-Hans",
    "zh_TW": "zh-Hant",
}
# The State Council's decree moves working days by up to ten days around a statutory one: 5–9 weekdays of each year
# 2019–2026 become free and 5–8 days of weekends working, none farther away.
_MOVED_BY: Final = timedelta(days=10)
# What the table calls a day free in lieu of one that falls on a weekend: it is not in the law, but in the decree.
_IN_LIEU: Final = "补假"
_A_DAY: Final = timedelta(days=1)
_IMPORTING: Final = Lock()
# The National Astronomical Observatory's calendar in the gazette of February says when these two fall.
_EQUINOXES: Final = frozenset({"春分の日", "秋分の日"})


@dataclass(frozen=True, kw_only=True)
class CountryYear:
    """The days of one year in one country.

    `free` are days on which nobody works, `holidays` those among them that have a name, `weekend` the days of the week
    (Monday is 0) that are free in every week, `make_up` days of a weekend on which all work. While the year is not
    `announced`, each day of `may_change` can turn out otherwise; where `may_be_added`, the government adds days within
    weeks.
    """

    country: str
    year: int
    announced: bool
    free: frozenset[date]
    holidays: frozenset[date]
    weekend: frozenset[int]
    make_up: frozenset[date]
    may_change: frozenset[date]
    may_be_added: bool = False

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        return day not in self.free


@dataclass(frozen=True)
class HolidayName:
    """What a holiday is called, and in which language that is."""

    text: str
    lang: str


def country_year(country: str, year: int, *, today: date, subdivision: str = "") -> CountryYear | None:
    """The days of a year, as far as they are known `today`; None where no calendar is known: that is not “working”.

    `country` is a code of ISO 3166-1, `subdivision` what follows the hyphen in ISO 3166-2.
    """
    known = _year(country, subdivision, year)
    if known is None or not _announced(known, today):
        return known
    return replace(known, announced=True, may_change=frozenset())


def holiday_name(country: str, day: date, *, tag: str, subdivision: str = "") -> HolidayName | None:
    """What a holiday is called: in this language if the table has it, else in the country's own."""
    return holiday_names(country, day.year, tag=tag, subdivision=subdivision).get(day)


@lru_cache(maxsize=64)
def holiday_names(country: str, year: int, *, tag: str, subdivision: str = "") -> Mapping[date, HolidayName]:
    """What all holidays of a year are called."""
    table = _table(country, subdivision)
    if table is None:
        return MappingProxyType({})
    by_tag = {_tag(language): language for language in table.supported_languages}
    lang = tag if tag in by_tag else _tag(table.default_language or "en_US")
    named: Mapping[date, str] = _calendar(country, subdivision, year, language=by_tag.get(lang, "")) or {}
    return MappingProxyType({day: HolidayName(name, lang) for day, name in named.items() if day.year == year})


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The countries that the table has, by code. Asked of its register: its lists would read each country's file."""
    from holidays.registry import COUNTRIES

    return frozenset(names[1] for names in COUNTRIES.values())


def is_known(country: str, subdivision: str = "") -> bool:
    """Whether the table has this country, and this subdivision of it."""
    return _table(country, subdivision) is not None


def edition() -> str:
    """Which table of holidays this is; the page says so where a year is missing from it."""
    return version("holidays")


def _announced(known: CountryYear, today: date) -> bool:
    """Whether the days of a year can be relied upon: what is over is known, whatever became of it."""
    if known.announced or known.year < today.year:
        return True
    match known.country:
        case "CN":
            return bool(known.make_up)
        case "JP":
            return today >= date(known.year - 1, 2, 1)
        case "KR":
            return today >= date(known.year - 1, 7, 1)
        case _:
            return True


@lru_cache(maxsize=128)
def _year(country: str, subdivision: str, year: int) -> CountryYear | None:
    """A year as long as nothing of it is announced."""
    table = _calendar(country, subdivision, year)
    if table is None:
        return None
    named = frozenset(day for day in table if day.year == year)
    # Never `day in table`: that knows nothing of weekends, and of the days on which all work in their stead.
    free = frozenset(day for day in _days_of(year) if not table.is_working_day(day))
    return CountryYear(
        country=country,
        year=year,
        announced=False,
        free=free,
        holidays=named & free,
        weekend=frozenset(table.weekend),
        make_up=frozenset(day for day in table.weekend_workdays if day.year == year),
        may_change=_may_change(country, table, named),
        may_be_added=country == "KR",
    )


def _may_change(country: str, table: "HolidayBase", named: frozenset[date]) -> frozenset[date]:
    """What can turn out otherwise in a year that is not announced."""
    match country:
        case "CN":
            return _around(frozenset(day for day in named if _IN_LIEU not in table[day]), _MOVED_BY)
        case "JP":
            return _around(frozenset(day for day in named if table[day] in _EQUINOXES), _A_DAY)
        case "KR":
            return _around(named, _A_DAY)
        case _:
            return frozenset()


def _around(days: frozenset[date], reach: timedelta) -> frozenset[date]:
    """These days and those that lie no farther from one of them."""
    steps = range(-reach.days, reach.days + 1)
    return frozenset(day + timedelta(days=step) for day in days for step in steps)


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=place) for place in range((date(year, 12, 31) - first).days + 1)]


def _calendar(country: str, subdivision: str, year: int, *, language: str = "") -> "HolidayBase | None":
    """The table of one year, its names in this language or else in the country's own; None where there is none.

    Outside its years a table is empty and says nothing of it, and a country it does not have it refuses. Without
    `expand=False` each look-up in another year would fill that year; without a language it takes that of the process.
    """
    table = _table(country, subdivision)
    if table is None or not table.start_year <= year <= table.end_year:
        return None
    return table(
        years=[year], subdiv=subdivision or None, expand=False, language=language or table.default_language or None
    )


def _table(country: str, subdivision: str) -> "type[HolidayBase] | None":
    if country not in countries():
        return None
    table = _table_of(country)
    return table if not subdivision or subdivision in table.subdivisions else None


@lru_cache(maxsize=32)
def _table_of(country: str) -> "type[HolidayBase]":
    """The table of a country, of its own file alone.

    Asked in the usual way, the wheel imports the files of all its 250 countries, which takes three times as long as
    everything else. The few that build on another's still do.
    """
    from holidays.registry import COUNTRIES

    file = next(file for file, names in COUNTRIES.items() if names[1] == country)
    with _IMPORTING:
        table: type[HolidayBase] = getattr(_alone(f"holidays.countries.{file}"), country)
    return table


def _alone(name: str) -> ModuleType:
    """A module, without running the package it lies in; whoever imports it afterwards is given the same one."""
    if name in sys.modules:
        return sys.modules[name]
    package, _, _file = name.rpartition(".")
    around = find_spec(package)
    spec = PathFinder.find_spec(name, around.submodule_search_locations) if around else None
    if spec is None or spec.loader is None:
        return import_module(name)
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ImportError:
        # It builds on another file of the package, which in turn asks for this one.
        del sys.modules[name]
        return import_module(name)
    return module


def _tag(language: str) -> str:
    return _TAGS.get(language, language.replace("_", "-"))
