"""Dates and times as letters write them: exact days in each language's official form, spans with their weekdays."""

from datetime import date
from typing import Final

from koryu.values.edtf import Edtf
from koryu.wording.languages import slug_of
from koryu.wording.messages import date_in_words

_WEEKDAYS: Final = {
    "ja": "月火水木金土日",
    "zh-Hans": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "ko": "월화수목금토일",
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final = "January February March April May June July August September October November December".split()
# Japanese eras by the day on which they begin, the last first: a setting of the office, never the default.
_ERAS: Final = ((date(2019, 5, 1), "令和"), (date(1989, 1, 8), "平成"), (date(1926, 12, 25), "昭和"))


def letter_date(day: date, tag: str, *, era: bool = False) -> str:
    """A day as the head of a letter writes it: 2026年9月7日, 2026. 9. 7., 7 September 2026; by the era where asked."""
    match tag:
        case "ja":
            return f"{_year(day, era=era)}年{day.month}月{day.day}日"
        case "zh-Hans":
            return f"{day.year}年{day.month}月{day.day}日"
        case "ko":
            return f"{day.year}. {day.month}. {day.day}."
        case _:
            return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def letter_day(day: date, tag: str) -> str:
    """A day of a programme with its weekday: 9月7日（月）, 9월 7일(월), Mon 7 September."""
    weekday = _WEEKDAYS[tag][day.weekday()]
    match tag:
        case "ja" | "zh-Hans":
            return f"{day.month}月{day.day}日（{weekday}）"
        case "ko":
            return f"{day.month}. {day.day}.({weekday})"
        case _:
            return f"{weekday} {day.day} {_MONTHS[day.month - 1]}"


def letter_span(written: str, tag: str) -> str:
    """A date of a record: a span of days as letters write it, with weekdays; what is less exact as pages write it.

    What is no date is given back as it is written.
    """
    try:
        value = Edtf(written)
    except ValueError:
        return written
    first, last = value.start, value.end
    if first is None or last is None or not (_is_day(str(first)) and _is_day(str(last))):
        return date_in_words(value, slug_of(tag))
    return _span(value.earliest, value.latest, tag)


def days_of(written: str) -> int:
    """How many days a span of exact days has; 0 for anything less exact."""
    try:
        value = Edtf(written)
    except ValueError:
        return 0
    exact = value.start and value.end and _is_day(str(value.start)) and _is_day(str(value.end))
    return (value.latest - value.earliest).days + 1 if exact else 0


def as_day(written: str) -> date | None:
    """An exact day; None for anything else."""
    return date.fromisoformat(written) if _is_day(written) else None


def clock_span(start: str, end: str, tag: str) -> str:
    """From when to when: 9:00～12:00."""
    joint = {"ja": "～", "zh-Hans": "—", "ko": "~", "en": "–"}[tag]
    return joint.join(filter(None, (start, end))) if end else start


def _span(first: date, last: date, tag: str) -> str:
    weekdays = _WEEKDAYS[tag]
    a, b = weekdays[first.weekday()], weekdays[last.weekday()]
    if first == last:
        return f"{letter_date(first, tag)}{f'({a})' if tag == 'ko' else f'（{a}）' if tag != 'en' else ''}"
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    match tag:
        case "ja" | "zh-Hans":
            until = f"{last.day}日" if same_month else f"{last.month}月{last.day}日"
            until = until if same_year else letter_date(last, tag)
            return f"{letter_date(first, tag)}（{a}）{'～' if tag == 'ja' else '至'}{until}（{b}）"
        case "ko":
            until = f"{last.month}. {last.day}." if same_year else letter_date(last, tag)
            return f"{letter_date(first, tag)}({a}) ~ {until}({b})"
        case _ if same_month:
            return f"{first.day}–{last.day} {_MONTHS[first.month - 1]} {first.year}"
        case _ if same_year:
            return f"{first.day} {_MONTHS[first.month - 1]} – {letter_date(last, tag)}"
        case _:
            return f"{letter_date(first, tag)} – {letter_date(last, tag)}"


def _year(day: date, *, era: bool) -> str:
    begins, name = next(((begins, name) for begins, name in _ERAS if day >= begins), (None, ""))
    if not era or begins is None:
        return str(day.year)
    year = day.year - begins.year + 1
    return f"{name}{'元' if year == 1 else year}"


def _is_day(written: str) -> bool:
    return len(written) == 10 and _reads(written)


def _reads(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True
