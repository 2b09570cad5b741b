"""Calendars that leave, read by two programs of which the writer uses neither: both understand the same, as meant."""

from datetime import UTC, date, datetime
from typing import Any, Final

import vobject
from hypothesis import given
from ical.calendar_stream import IcsCalendarStream

from koryu.publishing.calendar import FeedEvent
from tests.publishing.test_calendar import OPENING, SUMMER, VISIT, WORDS, made

Read = tuple[str, str, date, date]
AS_MEANT: Final[list[Read]] = [
    (VISIT.uid, VISIT.summary, date(2027, 11, 8), date(2027, 11, 16)),
    (OPENING.uid, "Opening", datetime(2027, 11, 9, 1, 30, tzinfo=UTC), datetime(2027, 11, 9, 4, 0, tzinfo=UTC)),
    (SUMMER.uid, "Visit", datetime(2027, 7, 1, 21, 0, tzinfo=UTC), datetime(2027, 7, 2, 0, 30, tzinfo=UTC)),
]


def in_utc(when: Any) -> Any:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def by_ical(data: bytes) -> list[Read]:
    listed = IcsCalendarStream.calendar_from_ics(data.decode()).events
    return [(str(each.uid), str(each.summary), in_utc(each.dtstart), in_utc(each.dtend)) for each in listed]


def by_vobject(data: bytes) -> list[Read]:
    return [
        (each.uid.value, each.summary.value, in_utc(each.dtstart.value), in_utc(each.dtend.value))
        for each in vobject.readOne(data.decode()).vevent_list
    ]


def test_days_and_times_are_read_as_they_were_meant() -> None:
    data = made(VISIT, OPENING, SUMMER)
    assert by_ical(data) == by_vobject(data) == AS_MEANT


@given(WORDS)
def test_words_of_every_script_are_read_as_they_were_written(words: str) -> None:
    event = FeedEvent(uid="e", summary=words, first=date(2027, 1, 1), last=date(2027, 1, 1), at=VISIT.at)
    data = made(event)
    # What is left blank, the one reads as nothing.
    assert [read[1].strip() for read in by_ical(data)] == [words.strip()]
    assert [read[1] for read in by_vobject(data)] == [words]
