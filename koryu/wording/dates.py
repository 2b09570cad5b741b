"""Dates in words, uncertain ones too, as each of the four languages writes them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from babel.dates import format_date, format_skeleton

from koryu.values.edtf import Edtf, Parts, Qualifier, read
from koryu.values.reason import N_

Translate = Callable[[str], str]

_FROM: Final = N_("from %(date)s")
_UNTIL: Final = N_("until %(date)s")
_DECADE: Final = N_("the %(decade)ss")
_HUNDRED_YEARS: Final = N_("between %(first)s and %(last)s")
_DAY_OF_SOME_MONTH: Final = N_("the %(day)s of some month of %(year)s")
_QUALIFIED: Final[dict[Qualifier, str]] = {
    "": "%(date)s",
    "?": N_("%(date)s, uncertain"),
    "~": N_("about %(date)s"),
    "%": N_("about %(date)s, uncertain"),
}
MESSAGES: Final = (_FROM, _UNTIL, _DECADE, _HUNDRED_YEARS, _DAY_OF_SOME_MONTH, *list(_QUALIFIED.values())[1:])
"""Every message that `in_words` gives to its `translate`."""


@dataclass(frozen=True)
class _Usage:
    """How a language joins two dates: `a` and `b` are the days, `A` and `B` the names of their months."""

    locale: str
    joint: str
    years: str
    months: str
    days: str
    days_across_months: str


_USAGES: Final = {
    "en": _Usage(
        locale="en_GB",
        joint=" – ",
        years="{a.year}–{b.year}",
        months="{A}–{B} {a.year}",
        days="{a.day}–{b.day} {A} {a.year}",
        days_across_months="{a.day} {A} – {b.day} {B} {a.year}",
    ),
    "ja": _Usage(
        locale="ja",
        joint="～",
        years="{a.year}年～{b.year}年",
        months="{a.year}年{A}～{B}",
        days="{a.year}年{A}{a.day}日～{b.day}日",
        days_across_months="{a.year}年{A}{a.day}日～{B}{b.day}日",
    ),
    "zh-Hans": _Usage(
        locale="zh_Hans",
        joint="—",
        years="{a.year}—{b.year}年",
        months="{a.year}年{a.month}—{b.month}月",
        days="{a.year}年{a.month}月{a.day}—{b.day}日",
        days_across_months="{a.year}年{a.month}月{a.day}日—{b.month}月{b.day}日",
    ),
    "ko": _Usage(
        locale="ko",
        joint="~",
        years="{a.year}~{b.year}년",
        months="{a.year}년 {a.month}~{b.month}월",
        days="{a.year}년 {A} {a.day}~{b.day}일",
        days_across_months="{a.year}년 {A} {a.day}일~{B} {b.day}일",
    ),
}


def in_words(value: Edtf, *, language: str, translate: Translate) -> str:
    """The date as a page in `language` (one of INTERFACE, else KeyError) writes it: "10–11 September 2009".

    `translate` gives each of MESSAGES in that language. What is open, uncertain or unspecified is said in words.
    """
    usage, start, end = _USAGES[language], value.start, value.end
    if start is None or end is None:
        return _open(value, usage, translate)
    first, last = read(start), read(end)
    if first == last:
        return _one(first, usage, translate)
    if _plainly(first) and _plainly(last) and _unit(first) == _unit(last):
        return _range(start.earliest, end.earliest, _unit(first), usage)
    # “About” stands with each date it is said of: 1985年～1986年頃 could be about one year or about both.
    return usage.joint.join(_one(side, usage, translate) for side in (first, last))


def weekday_in_words(value: Edtf, *, language: str) -> str | None:
    """One day as a page in `language` writes it where the year is known: "Wed 15 Nov"; None where it is not one day."""
    if value.is_interval or value.qualifier or value.earliest != value.latest:
        return None
    return format_skeleton("MMMEd", value.earliest, locale=_USAGES[language].locale)


@lru_cache(maxsize=2048)
def days_of_year_in_words(first: date, last: date, *, language: str) -> str:
    """Days of any year as a page in `language` writes them: "29 December – 3 January"."""
    usage = _USAGES[language]
    days = (format_skeleton("MMMMd", day, locale=usage.locale) for day in dict.fromkeys((first, last)))
    return usage.joint.join(days)


# A day with its weekday; then what of it is said after a day of another month, and of the same month.
_WITH_WEEKDAY: Final = {
    "en": ("%(e)s %(d)s %(M)s %(y)s",) * 3,
    "ja": ("%(y)s年%(m)s月%(d)s日（%(e)s）", "%(m)s月%(d)s日（%(e)s）", "%(d)s日（%(e)s）"),
    "zh-Hans": ("%(y)s年%(m)s月%(d)s日（%(e)s）", "%(m)s月%(d)s日（%(e)s）", "%(d)s日（%(e)s）"),
    "ko": ("%(y)s년 %(m)s월 %(d)s일(%(e)s)", "%(m)s월 %(d)s일(%(e)s)", "%(d)s일(%(e)s)"),
}


def span_with_weekdays(first: date, last: date, *, language: str) -> str:
    """The days from one to another with their weekdays: "2027年11月8日（月）～15日（月）", "Mon 8 November 2027"."""
    usage, patterns = _USAGES[language], _WITH_WEEKDAY[language]
    begins = patterns[0] % _parts_of_day(first, usage)
    if first == last:
        return begins
    place = 0 if first.year != last.year else 1 if first.month != last.month else 2
    return usage.joint.join((begins, patterns[place] % _parts_of_day(last, usage)))


def _parts_of_day(day: date, usage: _Usage) -> dict[str, object]:
    weekday, month = format_skeleton("E", day, locale=usage.locale), format_date(day, "MMMM", locale=usage.locale)
    return {"e": weekday, "d": day.day, "m": day.month, "M": month, "y": day.year}


@lru_cache(maxsize=32)
def weekday_name(day: date, *, language: str) -> str:
    """The name of the weekday of a day, in full."""
    return format_date(day, "EEEE", locale=_USAGES[language].locale)


def _open(value: Edtf, usage: _Usage, translate: Translate) -> str:
    message, known = (_UNTIL, value.end) if value.start is None else (_FROM, value.start)
    return translate(message) % {"date": _one(read(str(known)), usage, translate)}


def _one(parts: Parts, usage: _Usage, translate: Translate) -> str:
    return _qualified(parts.qualifier, _date(parts, usage, translate), translate)


def _qualified(qualifier: Qualifier, date_in_words: str, translate: Translate) -> str:
    return translate(_QUALIFIED[qualifier]) % {"date": date_in_words} if qualifier else date_in_words


def _exact(parts: Parts) -> bool:
    return "X" not in parts.year and (parts.day is None or parts.month is not None)


def _plainly(parts: Parts) -> bool:
    return _exact(parts) and not parts.qualifier


def _unit(parts: Parts) -> str:
    if parts.month is None:
        return "year"
    return "month" if parts.day is None else "day"


def _date(parts: Parts, usage: _Usage, translate: Translate) -> str:
    if "X" in parts.year:
        return _years(parts.year, usage, translate)
    if not _exact(parts):
        values = {
            "day": _day_of_month(parts.day or 1, usage),
            "year": _whole(date(int(parts.year), 1, 1), "year", usage),
        }
        return translate(_DAY_OF_SOME_MONTH) % values
    return _whole(date(int(parts.year), parts.month or 1, parts.day or 1), _unit(parts), usage)


def _whole(day: date, unit: str, usage: _Usage) -> str:
    if unit == "day":
        return format_date(day, "long", locale=usage.locale)
    return format_skeleton("y" if unit == "year" else "yMMMM", day, locale=usage.locale)


def _years(year: str, usage: _Usage, translate: Translate) -> str:
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if year.endswith("XX"):
        return translate(_HUNDRED_YEARS) % {"first": first, "last": last}
    if usage.locale == "zh_Hans" and first % 100:
        return translate(_DECADE) % {"decade": f"{first // 100 + 1}世纪{first % 100}"}
    return translate(_DECADE) % {"decade": first}


def _day_of_month(day: int, usage: _Usage) -> str:
    if usage.locale != "en_GB":
        return str(day)
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _range(a: date, b: date, unit: str, usage: _Usage) -> str:
    names = {"A": _month(a, usage), "B": _month(b, usage)}
    if unit == "year":
        return usage.years.format(a=a, b=b)
    if a.year != b.year:
        return usage.joint.join(_whole(day, unit, usage) for day in (a, b))
    if unit == "month":
        return usage.months.format(a=a, b=b, **names)
    pattern = usage.days if a.month == b.month else usage.days_across_months
    return pattern.format(a=a, b=b, **names)


def _month(day: date, usage: _Usage) -> str:
    return format_date(day, "MMMM", locale=usage.locale)
