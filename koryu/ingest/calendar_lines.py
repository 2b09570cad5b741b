"""The lines of a calendar file (RFC 5545, section 3.1): unfolded, with their numbers, and the values that are days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from koryu.sheets import clean
from koryu.values.invisible import without_unseen
from koryu.values.reason import Reason, Refused

LARGEST: Final = 2 * 1024 * 1024
LONGEST_WORDS: Final = 300
NO_CALENDAR: Final = Reason("This is not a calendar file.")
NOT_UTF8: Final = Reason("The file is not in UTF-8.")
CUT: Final = Reason("The file ends in the middle of an entry; nothing was taken.")
TOO_LARGE: Final = Reason("At most 2 MB and 5,000 entries.")

_LINE_ENDS: Final = re.compile("\r\n|\n|\r")
_PARAMETER: Final = r'[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*'
_CONTENT_LINE: Final = re.compile(rf"([A-Za-z0-9-]+)((?:;{_PARAMETER})*):(.*)", re.DOTALL)
_EACH_PARAMETER: Final = re.compile(rf";({_PARAMETER})")
_MOMENT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?", re.ASCII)
_DURATION: Final = re.compile(
    r"\+?P(?:(\d{1,4})W|(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?)", re.ASCII
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


class EntryFault(Exception):
    """Why an entry cannot be taken, by a word; and on which line, 0 where the entry begins."""

    def __init__(self, kind: str, line: int = 0) -> None:
        super().__init__(kind)
        self.kind, self.line = kind, line


@dataclass(frozen=True)
class CalendarProperty:
    """A property: on which line it begins, its name in capitals, its parameters and its value as written."""

    line: int
    name: str
    parameters: str
    value: str

    def parameter(self, name: str) -> str:
        """The value of a parameter, '' where it has none."""
        for match in _EACH_PARAMETER.finditer(self.parameters):
            called, _, value = match[1].partition("=")
            if called.upper() == name:
                return value.strip('"')
        return ""


def text_of(data: bytes) -> str:
    """The file as text. Raises Refused."""
    if len(data) > LARGEST:
        raise Refused(TOO_LARGE)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(NOT_UTF8)
    if b"begin:vcalendar" not in data.lower():
        raise Refused(NO_CALENDAR)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(NOT_UTF8) from None


def properties_of(text: str) -> Iterator[tuple[int, CalendarProperty | None]]:
    """The lines of a calendar with the numbers on which they begin; None for one that is no property."""
    for number, line in _unfolded(text):
        match = _CONTENT_LINE.fullmatch(line)
        yield number, CalendarProperty(number, match[1].upper(), match[2], match[3]) if match else None


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    begins, parts = 0, [""]
    for number, line in enumerate(_LINE_ENDS.split(text), 1):
        if line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if begins and (whole := "".join(parts)):
            yield begins, whole
        begins, parts = number, [line]
    if whole := "".join(parts):
        yield begins, whole


def words_in(written: str) -> str:
    """What a text says, on one line: without characters that nobody sees, cut where it is too long."""
    text = _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], written)
    words = clean.line(without_unseen(text))
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"


def length_in(written: CalendarProperty) -> timedelta:
    """How long it lasts. Raises EntryFault."""
    match = _DURATION.fullmatch(written.value.strip())
    if match is None or not any(match.groups()):
        raise EntryFault("ends first" if written.value.strip().startswith("-") else "no such day", written.line)
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def moment_in(written: CalendarProperty, zone: str) -> date:
    """The day or moment that a property says; one in UTC as the clocks of `zone` show it. Raises EntryFault."""
    match = _MOMENT.fullmatch(written.value.strip())
    try:
        if match is None:
            raise ValueError
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return day
        # A leap second is the one before it.
        made = datetime.combine(day, time(int(match[4]), int(match[5]), min(int(match[6]), 59)))
    except ValueError:
        raise EntryFault("no such day", written.line) from None
    place = _zone(zone) if match[7] else None
    return made.replace(tzinfo=UTC).astimezone(place).replace(tzinfo=None) if place else made


def day_of(moment: date) -> date:
    """The day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
