"""When an entry of a calendar comes again: RRULE (RFC 5545, section 3.3.10) for whole days, as far as is asked.

Own, and not that of a library: each period of a rule is a step that can be counted, and a rule that never comes, such
as each 30 February, ends with the days that were asked for.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# What divides a day, or counts weeks of a year: of whole days neither is asked.
SUB_DAILY: Final = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
_SUB_DAILY_PARTS: Final = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_PARTS: Final = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYDAY", "BYSETPOS", "WKST"}
)
_MOST: Final = 99_999
_BY_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?\d{1,5}", re.ASCII)
_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?", re.ASCII)
_MONTHS: Final = 12
_WEEK: Final = 7


class SubDaily(ValueError):
    """The rule repeats within a day."""


@dataclass(frozen=True, kw_only=True)
class RepeatRule:
    """A rule as its parts say; `by_day` are weekdays (Monday is 0), each with its place in month or year or 0."""

    every: str
    interval: int = 1
    count: int | None = None
    until: date = date.max
    by_month: frozenset[int] = frozenset()
    by_month_day: frozenset[int] = frozenset()
    by_year_day: frozenset[int] = frozenset()
    by_day: frozenset[tuple[int, int]] = frozenset()
    by_place: frozenset[int] = frozenset()
    week_begins: int = 0


def rule_written(written: str) -> RepeatRule:
    """The rule that a calendar has written. Raises SubDaily, and ValueError for what is no rule of whole days."""
    parts: dict[str, str] = {}
    for part in written.strip().upper().rstrip(";").split(";"):
        name, is_part, value = part.partition("=")
        if not is_part or name in parts:
            raise ValueError(part)
        parts[name] = value
    if parts.get("FREQ") in SUB_DAILY or _SUB_DAILY_PARTS & parts.keys():
        raise SubDaily
    if parts.keys() - _PARTS or parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise ValueError(written)
    rule = RepeatRule(
        every=parts["FREQ"],
        interval=_positive(parts.get("INTERVAL", "1")),
        count=_positive(parts["COUNT"]) if "COUNT" in parts else None,
        until=_day(parts["UNTIL"]) if "UNTIL" in parts else date.max,
        by_month=_numbers(parts, "BYMONTH", 1, _MONTHS),
        by_month_day=_numbers(parts, "BYMONTHDAY", -31, 31),
        by_year_day=_numbers(parts, "BYYEARDAY", -366, 366),
        by_day=frozenset(map(_weekday, parts["BYDAY"].split(","))) if "BYDAY" in parts else frozenset(),
        by_place=_numbers(parts, "BYSETPOS", -366, 366),
        week_begins=WEEKDAYS.index(parts.get("WKST", "MO")),
    )
    if rule.every in ("DAILY", "WEEKLY") and any(place for place, _weekday in rule.by_day):
        raise ValueError(written)
    return rule


def days_by_step(rule: RepeatRule, first: date, last: date) -> Iterator[list[date]]:
    """The days on which it comes from `first` on until `last`, a list for each step of the rule: often an empty one.

    A step is a day, a week, a month or a year, as the rule counts.
    """
    left = rule.count
    for candidates in _steps(rule, first, min(last, rule.until)):
        days = [day for day in _chosen(rule, candidates, first) if day >= first]
        if left is not None:
            days = days[:left]
            left -= len(days)
        yield [day for day in days if day <= min(last, rule.until)]
        if left == 0:
            return


def _steps(rule: RepeatRule, first: date, last: date) -> Iterator[list[date]]:
    """The days of each day, week, month or year of the rule that begins until `last`."""
    match rule.every:
        case "DAILY":
            for place in range(0, (last - first).days + 1, rule.interval):
                yield [first + timedelta(days=place)]
        case "WEEKLY":
            back = (first.weekday() - rule.week_begins) % _WEEK
            for place in range(-back, (last - first).days + 1, _WEEK * rule.interval):
                # The week of the first days there are begins before them.
                yield [
                    date.fromordinal(number)
                    for number in range(first.toordinal() + place, first.toordinal() + place + _WEEK)
                    if 0 < number <= date.max.toordinal()
                ]
        case "MONTHLY":
            begins, ends = _MONTHS * first.year + first.month - 1, _MONTHS * last.year + last.month
            for place in range(begins, ends, rule.interval):
                yield _month(*divmod(place, _MONTHS))
        case _:
            for year in range(first.year, last.year + 1, rule.interval):
                yield _year(rule, year, first)


def _month(year: int, place: int) -> list[date]:
    return [date(year, place + 1, day) for day in range(1, monthrange(year, place + 1)[1] + 1)]


def _year(rule: RepeatRule, year: int, first: date) -> list[date]:
    """The days of a year that can be meant; of most rules, few."""
    named_by_day = rule.by_month_day or rule.by_year_day or rule.by_day
    months = rule.by_month or (set(range(1, _MONTHS + 1)) if named_by_day else {first.month})
    return [day for month in sorted(months) for day in _month(year, month - 1)]


def _chosen(rule: RepeatRule, days: list[date], first: date) -> list[date]:
    chosen = [day for day in days if _is_meant(rule, day, first)]
    if not rule.by_place:
        return chosen
    places = {place - 1 if place > 0 else len(chosen) + place for place in rule.by_place}
    return [day for place, day in enumerate(chosen) if place in places]


def _is_meant(rule: RepeatRule, day: date, first: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_month_day and rule.by_month_day.isdisjoint(_in_month(day)):
        return False
    if rule.by_year_day and rule.by_year_day.isdisjoint(_in_year(day)):
        return False
    if rule.by_day:
        return any(day.weekday() == weekday and _is_at(rule, day, place) for place, weekday in rule.by_day)
    if rule.by_month_day or rule.by_year_day or rule.every == "DAILY":
        return True
    return day.weekday() == first.weekday() if rule.every == "WEEKLY" else day.day == first.day


def _in_month(day: date) -> tuple[int, int]:
    """Which day of its month it is, from the beginning and from the end."""
    return day.day, day.day - monthrange(day.year, day.month)[1] - 1


def _in_year(day: date) -> tuple[int, int]:
    place = (day - date(day.year, 1, 1)).days + 1
    return place, place - (366 if isleap(day.year) else 365) - 1


def _is_at(rule: RepeatRule, day: date, place: int) -> bool:
    """Whether it is the first, third or last of its weekday: in its month, or in a year of which no month is named."""
    if not place:
        return True
    before, after = _in_year(day) if rule.every == "YEARLY" and not rule.by_month else _in_month(day)
    return place == ((before - 1) // _WEEK + 1 if place > 0 else -((-after - 1) // _WEEK + 1))


def _numbers(parts: Mapping[str, str], name: str, least: int, most: int) -> frozenset[int]:
    if name not in parts:
        return frozenset()
    written = parts[name].split(",")
    numbers = frozenset(int(each) for each in written if _NUMBER.fullmatch(each))
    if len(numbers) != len(set(written)) or any(not least <= each <= most or not each for each in numbers):
        raise ValueError(parts[name])
    return numbers


def _positive(written: str) -> int:
    if not _NUMBER.fullmatch(written) or not 0 < int(written) <= _MOST:
        raise ValueError(written)
    return int(written)


def _weekday(written: str) -> tuple[int, int]:
    match = _BY_DAY.fullmatch(written)
    if not match or match[1] in ("0", "+0", "-0", "00"):
        raise ValueError(written)
    return int(match[1] or 0), WEEKDAYS.index(match[2])


def _day(written: str) -> date:
    match = _DAY.fullmatch(written)
    if not match:
        raise ValueError(written)
    return date(int(match[1]), int(match[2]), int(match[3]))
