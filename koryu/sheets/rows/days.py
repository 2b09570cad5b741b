"""Days of a timetable as people type them: `9`, `11/9`, `9日(火)`, `9 Nov`; nothing for the same day as above.

Which month and year is meant is told by the days of the exchange, or by the day above.
"""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason, Refused
from koryu.values.typed import as_typed
from koryu.values.typed.side import WEEKDAYS

_DAY: Final = re.compile(r"(?P<day>\d{1,2})(?:日|号|號|일|\.)?")
_MONTH_DAY: Final = re.compile(r"(?P<month>\d{1,2})\s*(?:[/.\-]|月|월)\s*(?P<day>\d{1,2})(?:日|号|號|일)?")
_WEEKDAYS: Final = ("月월一", "火화二", "水수三", "木목四", "金금五", "土토六", "日일天")
_WEEKDAY: Final = re.compile(
    r"\s*[(]?\s*(?:(?:周|週|星期|礼拜)?(?P<sign>[月火水木金土日一二三四五六天월화수목금토일])(?:曜日?|요일)?"
    r"|(?P<word>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)\s*[)]?"
)
# What stands before a day: “Tue 9 Nov”.
_LEADING: Final = re.compile(r"(?P<word>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+")
_WORDS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHICH: Final = N_("“%(typed)s” names no month; write it like 9 November 2027.")
_NO_SUCH: Final = N_("There is no such day: %(typed)s.")
_NOT_A_DAY: Final = N_("“%(typed)s” is not one day; write it like 9, 11/9 or 9 November.")
_MOST: Final = 60
_WHOLE: Final = re.compile(r"\d{4}-\d\d-\d\d")
# How far a day may lie from the days of an exchange and still be meant by its number alone.
_NEAR: Final = timedelta(days=20)


def day_typed(typed: str, *, first: date | None = None, last: date | None = None, above: date | None = None) -> Edtf:
    """The day that was typed; the one above where nothing was typed.

    `first` and `last` are the days of the exchange, `above` the day in the row above. Raises Refused with what is
    wrong.
    """
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", typed).lower()).strip()
    if not text:
        if above is None:
            raise Refused(Reason("The first row has no day."))
        return Edtf(above.isoformat())
    leading = _LEADING.match(text)
    if leading:
        text = text[leading.end() :]
    day, weekday = _day_in(text, text if leading else typed.strip(), first or above, last or above)
    if leading and weekday is None:
        weekday = _WORDS.index(leading["word"])
    if weekday is not None and day.weekday() != weekday:
        raise Refused(Reason(WEEKDAYS[day.weekday()], typed=day.isoformat()))
    return Edtf(day.isoformat())


def _day_in(text: str, typed: str, first: date | None, last: date | None) -> tuple[date, int | None]:
    for manner in (_DAY, _MONTH_DAY):
        match = manner.match(text)
        rest = text[match.end() :] if match else ""
        if match is None or (rest.strip() and not _WEEKDAY.fullmatch(rest)):
            continue
        month = int(match["month"]) if manner is _MONTH_DAY else None
        return _nearest(int(match["day"]), month, typed, first, last), _weekday(rest)
    return _in_words(typed, first, last), None


def _in_words(typed: str, first: date | None, last: date | None) -> date:
    """A day with its month in words, or a whole date; without a year it is in that of the exchange."""
    years = dict.fromkeys(day.year for day in (first, last) if day)
    for attempt in (typed, *(f"{typed} {year}" for year in years)):
        try:
            day = as_typed(attempt)
        except Refused as refused:
            if refused.reason.message in WEEKDAYS:
                raise
            continue
        if not _WHOLE.fullmatch(str(day)):
            break
        return day.earliest
    raise Refused(Reason(_NOT_A_DAY, typed=typed[:_MOST]))


def _nearest(day: int, month: int | None, typed: str, first: date | None, last: date | None) -> date:
    """The day of this number that lies in the exchange, or nearest to it."""
    if first is None:
        raise Refused(Reason(_WHICH, typed=typed))
    until = max(last or first, first)
    candidates = list(_candidates(day, month, first, until))
    if not candidates:
        raise Refused(Reason(_NO_SUCH, typed=typed))
    best = min(candidates, key=lambda candidate: (_distance(candidate, first, until), candidate))
    if month is None and _distance(best, first, until) > _NEAR:
        raise Refused(Reason(_WHICH, typed=typed))
    return best


def _candidates(day: int, month: int | None, first: date, last: date) -> list[date]:
    days = []
    for year in range(first.year - 1, last.year + 2):
        for each in range(1, 13) if month is None else (month,):
            try:
                days.append(date(year, each, day))
            except ValueError:
                continue
    return days


def _distance(day: date, first: date, last: date) -> timedelta:
    return max(first - day, day - last, timedelta(0))


def _weekday(rest: str) -> int | None:
    match = _WEEKDAY.fullmatch(rest) if rest.strip() else None
    if match is None:
        return None
    if match["word"]:
        return _WORDS.index(match["word"])
    return next(number for number, signs in enumerate(_WEEKDAYS) if match["sign"] in signs)
