"""Events as a calendar for other programs (iCalendar, RFC 5545): plain values in, bytes out. Pure.

The library of calendars knows how a zone is described; it is imported when the first event with a time of day in a zone
is written, and not before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_MAKER: Final = "-//Koryu//Koryu//EN"
_AGAIN: Final = "PT12H"
_A_DAY: Final = timedelta(days=1)
# A zone is described for the years of the events, and for so many around them.
_YEARS_AROUND: Final = 2
_LONGEST: Final = 75
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


class EventStatus(StrEnum):
    """How sure an event is."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class FeedEvent:
    """An event in words of one language.

    Of whole days from `first` to `last`; where `start` is given, from that clock on `first` until `end` on `last`, in
    `zone`, or by whatever clock is there. `busy` where whoever it is of has no time for anything else. `at` is since
    when it is so, `sequence` how often it has changed.
    """

    uid: str
    summary: str
    first: date
    last: date
    start: str = ""
    end: str = ""
    zone: str = ""
    where: str = ""
    url: str = ""
    status: EventStatus = EventStatus.CONFIRMED
    busy: bool = True
    sequence: int = 0
    at: str = ""


def calendar_bytes(events: Iterable[FeedEvent], *, name: str, language: str) -> bytes:
    """A calendar of these events in the order given, called `name`, whose words are in `language` (a tag).

    The same events give the same bytes. Lines have at most 75 octets, and none is cut inside a character.
    """
    listed = tuple(events)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_MAKER}",
        "METHOD:PUBLISH",
        f"NAME;LANGUAGE={language}:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_AGAIN}",
        f"X-PUBLISHED-TTL:{_AGAIN}",
    ]
    for zone in sorted({event.zone for event in listed if event.zone and event.start}):
        years = [event.first.year for event in listed if event.zone == zone]
        lines += _zone(zone, min(years), max(years))
    for event in listed:
        lines += _event(event, language)
    return b"".join(map(_folded, [*lines, "END:VCALENDAR"]))


def _event(event: FeedEvent, language: str) -> Iterator[str]:
    since = event.at.replace("-", "").replace(":", "")
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"SUMMARY;LANGUAGE={language}:{_text(event.summary)}"
    yield f"DTSTAMP:{since}"
    yield f"LAST-MODIFIED:{since}"
    yield f"SEQUENCE:{event.sequence}"
    if event.start:
        yield f"DTSTART{_at(event.first, event.start, event.zone)}"
        if event.end:
            yield f"DTEND{_at(event.last, event.end, event.zone)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.last + _A_DAY:%Y%m%d}"
    yield f"STATUS:{event.status}"
    yield f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}"
    if event.where:
        yield f"LOCATION;LANGUAGE={language}:{_text(event.where)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "END:VEVENT"


def _at(day: date, clock: str, zone: str) -> str:
    written = f"{day:%Y%m%d}T{clock.replace(':', '')}00"
    return f";TZID={zone}:{written}" if zone else f":{written}"


def _text(words: str) -> str:
    """A text as a calendar writes it (RFC 5545, section 3.3.11)."""
    return words.translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """A line with its end, folded where it is longer than 75 octets (RFC 5545, section 3.1)."""
    octets = line.encode()
    if len(octets) <= _LONGEST:
        return octets + b"\r\n"
    pieces, start, room = [], 0, _LONGEST
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, _LONGEST - 1
    return b"\r\n ".join([*pieces, octets[start:]]) + b"\r\n"


@lru_cache(maxsize=32)
def _zone(name: str, first: int, last: int) -> tuple[str, ...]:
    """What the clocks of a zone show in these years and around them."""
    from icalendar import Timezone

    made = Timezone.from_tzinfo(
        ZoneInfo(name),
        tzid=name,
        first_date=date(first - _YEARS_AROUND, 1, 1),
        last_date=date(last + _YEARS_AROUND, 1, 1),
    )
    made.pop("COMMENT", None)
    return tuple(made.to_ical().decode().splitlines())
