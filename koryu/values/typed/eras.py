"""The calendars that count years from an event of their own: the eras of Japan, and the Republic of China."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from koryu.values.reason import Reason, Refused


@dataclass(frozen=True)
class Era:
    """An era by the year before its first (元年), with its first and last day in the Gregorian calendar."""

    name: str
    before: int
    first: date
    last: date


# Meiji began by the old calendar; its first day here is the day of the proclamation.
_MEIJI: Final = Era("明治", 1867, date(1868, 10, 23), date(1912, 7, 30))
_TAISHO: Final = Era("大正", 1911, date(1912, 7, 30), date(1926, 12, 25))
_SHOWA: Final = Era("昭和", 1925, date(1926, 12, 25), date(1989, 1, 7))
_HEISEI: Final = Era("平成", 1988, date(1989, 1, 8), date(2019, 4, 30))
# Nobody knows yet when it ends; no two digits lead past this.
_REIWA: Final = Era("令和", 2018, date(2019, 5, 1), date(2117, 12, 31))
_MINGUO: Final = Era("民国", 1911, date(1912, 1, 1), date(2110, 12, 31))
BY_NAME: Final = {
    **{era.name: era for era in (_MEIJI, _TAISHO, _SHOWA, _HEISEI, _REIWA)},
    **dict.fromkeys(("民国", "民國", "中华民国", "中華民國", "中華民国"), _MINGUO),
    # As offices abbreviate them: H12.9.5.
    **dict(zip("mtshr", (_MEIJI, _TAISHO, _SHOWA, _HEISEI, _REIWA), strict=True)),
}
# Japan counted its months by the moon until the last days of 1872.
_GREGORIAN_SINCE: Final = date(1873, 1, 1)


def check(era: Era, typed: str, first: date, last: date, *, to_the_month: bool) -> None:
    """Raise Refused if no day from `first` to `last` lies in the era, or if its months are not ours."""
    if last < era.first or first > era.last:
        raise Refused(
            Reason(
                "“%(typed)s” does not exist: %(era)s ran from %(first)s to %(last)s. Write the era of that day, or "
                "the year as in 1999.",
                typed=typed,
                era=era.name,
                first=str(era.first),
                last=str(era.last),
            )
        )
    if era is _MEIJI and to_the_month and first < _GREGORIAN_SINCE:
        raise Refused(
            Reason(
                "“%(typed)s” is a month of the calendar Japan used before 1873. Write the year alone, or the day in "
                "the calendar of today.",
                typed=typed,
            )
        )


_HAN_DIGITS: Final = {
    digit: value for value, digits in enumerate("〇 一 二 三 四 五 六 七 八 九".split()) for digit in digits
}
_HAN_DIGITS["○"] = _HAN_DIGITS["零"] = 0
HAN: Final = "〇○零一二三四五六七八九十廿卅百千"
_COUNTED: Final = re.compile(
    r"(?:(?P<k>[一二三四五六七八九]?)千)?(?:(?P<c>[一二三四五六七八九]?)百)?"
    r"(?:(?P<x>[一二三四五六七八九]?)十|(?P<xx>[廿卅]))?(?P<i>[一二三四五六七八九]?)"
)


def number(written: str) -> tuple[int, int] | None:
    """A number in digits of either script and how many digits it has: 二〇〇四 and 二千四 are (2004, 4)."""
    digits = "".join(str(_HAN_DIGITS.get(character, character)) for character in written)
    if digits.isascii() and digits.isdecimal():
        return int(digits), len(digits)
    match = _COUNTED.fullmatch(written)
    if not match:
        return None
    value = sum(
        (_HAN_DIGITS[match[name]] if match[name] else 1) * size
        for name, size in (("k", 1000), ("c", 100), ("x", 10))
        if match[name] is not None
    )
    value += {"廿": 20, "卅": 30, None: 0}[match["xx"]] + (_HAN_DIGITS[match["i"]] if match["i"] else 0)
    return value, len(str(value))
