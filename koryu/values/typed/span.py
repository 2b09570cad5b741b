"""A span made of two dates, where each may take the year or the month that it leaves out from the other."""

from dataclasses import replace
from typing import Final

from koryu.values.edtf import Edtf
from koryu.values.typed.side import DateSide

# A span whose year stands on one side only turns the year at New Year; a longer one is more likely a slip of the pen.
_LONGEST_TURN: Final = 183


def joined(begin: DateSide, end: DateSide, *, both: bool = False) -> Edtf | None:
    """The span of two sides, None where they do not make one; `both`: "about" is said of the span, not of a side.

    What one side leaves out stands on the other: 12–16 November 2019, 2019年11月12日～16日, 平成12年9月～13年3月.
    Raises Refused where a day of it never was, or the span ends before it begins.
    """
    filled = _filled(begin, end)
    if filled is None:
        return None
    first, last = filled
    if both:
        qualifier = first.qualifier or last.qualifier
        first, last = replace(first, qualifier=qualifier), replace(last, qualifier=qualifier)
    if turned := _over_new_year(begin, end, first, last):
        first, last = turned
    start, finish = first.edtf, last.edtf
    return start if start == finish else Edtf(f"{start}/{finish}")


def _filled(begin: DateSide, end: DateSide) -> tuple[DateSide, DateSide] | None:
    a, b = _placed(begin, end), _placed(end, begin)
    if a is None or b is None or a.short or a.turned:
        return None
    if a.whole or b.whole:
        return (a, b) if a.is_whole and b.is_whole else None
    b = _this_or_next(a, b)
    if b is None:
        return None
    if b.month is None and b.day is not None and a.day is not None:
        b = replace(b, month=a.month)
    if a.year is None and b.year is not None:
        if (a.month, a.day) == (None, None) or b.month is None or (a.day is None) != (b.day is None):
            return None
        a = replace(a, year=b.year, month=b.month if a.month is None else a.month)
    if b.year is None and a.year is not None:
        if a.month is None or (b.month is None and a.day is None):
            return None
        b = replace(b, year=a.year, month=a.month if b.month is None else b.month)
    return (a, b) if a.is_whole and b.is_whole else None


def _this_or_next(a: DateSide, b: DateSide) -> DateSide | None:
    """The second side with its year, where it says it by the first: 翌年, 同年, 86年, 13年 of an era."""
    if b.turned:
        if a.year is None or b.year is not None or b.short:
            return None
        b = replace(
            b, year=a.year + (b.turned == "x"), month=a.month if b.month is None and b.day else b.month, turned=""
        )
    if b.short:
        year = None if a.year is None else _whole_year(a, *b.short)
        typed = f"{a.era.name}{b.typed}" if a.era else b.typed
        return None if year is None else replace(b, year=year, era=a.era, short=None, typed=typed)
    return b


def _placed(side: DateSide, other: DateSide) -> DateSide | None:
    """The side with its bare numbers read as what the other side ends with: days, months or years."""
    if side.pair and other.day is not None:
        day, month = side.pair if other.day_first else side.pair[::-1]
        return replace(side, day=day, month=month, pair=None)
    if side.pair:
        # H12.9～13.3: beside a month, the first number is a year of its era.
        return replace(side, short=(side.pair[0], 2), month=side.pair[1], pair=None) if other.era else None
    if side.bare is None:
        return side
    number = side.bare[0]
    if other.day is not None or other.pair:
        return replace(side, day=number, bare=None)
    if other.month is not None:
        return None if other.named else replace(side, month=number, bare=None)
    return None if other.year is None else replace(side, short=side.bare, bare=None)


def _whole_year(a: DateSide, value: int, digits: int) -> int | None:
    """Short for a year of the same era, or of the same hundred years; 1985–6 of the same ten."""
    year = a.year or 0
    if a.era:
        return a.era.before + value
    if digits == 1:
        return year // 10 * 10 + value if value > year % 10 else None
    whole = year // 100 * 100 + value
    return whole + 100 if whole < year and whole + 100 - year <= 20 else whole


def _over_new_year(begin: DateSide, end: DateSide, a: DateSide, b: DateSide) -> tuple[DateSide, DateSide] | None:
    """30 December – 2 January 2004 began in 2003; 2003年12月30日～1月2日 ended in 2004."""
    if a.whole or b.whole or a.month is None or b.month is None or a.month <= b.month or a.year != b.year:
        return None
    if begin.year is not None and (end.year is not None or end.short or end.turned):
        return None
    year = a.year or 0
    turned = (a, replace(b, year=year + 1)) if begin.year is not None else (replace(a, year=year - 1), b)
    first, last = (side.edtf for side in turned)
    return turned if (last.latest - first.earliest).days <= _LONGEST_TURN else None
