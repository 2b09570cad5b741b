"""Calendars that leave: read back by two libraries as they were meant, and the same bytes each time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from koryu.publishing.calendar import EventStatus, FeedEvent, calendar_bytes

AT: Final = "2026-11-22T09:00:00Z"
VISIT: Final = FeedEvent(
    uid="tag:example.org,2026:exchange/e",
    summary="第37回 業務交流; 﨑山, 神保\\ 和子\n二行目",
    first=date(2027, 11, 8),
    last=date(2027, 11, 15),
    where="北京 / 北京市, 中国国家图书馆",
    url="https://koryu.example/exchange/e?a=1,2",
    status=EventStatus.TENTATIVE,
    sequence=3,
    at=AT,
)
OPENING: Final = FeedEvent(
    uid="tag:example.org,2026:timetable/t#opening",
    summary="Opening",
    first=date(2027, 11, 9),
    last=date(2027, 11, 9),
    start="09:30",
    end="12:00",
    zone="Asia/Shanghai",
    busy=False,
    at=AT,
)
# Korea had summer time in 1988, and London has it each year.
SUMMER: Final = FeedEvent(
    uid="summer",
    summary="Visit",
    first=date(2027, 7, 1),
    last=date(2027, 7, 2),
    start="22:00",
    end="01:30",
    zone="Europe/London",
    at=AT,
)


def made(*events: FeedEvent) -> bytes:
    return calendar_bytes(events, name="国立国会図書館, 交流", language="ja")


def by_icalendar(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def by_vobject(data: bytes) -> list[Any]:
    return list(vobject.readOne(data.decode()).vevent_list)


def test_two_libraries_read_a_whole_day_event_as_it_was_meant() -> None:
    data = made(VISIT)
    (event,) = by_icalendar(data)
    assert (str(event["UID"]), str(event["SUMMARY"])) == (VISIT.uid, VISIT.summary)
    assert event["SUMMARY"].params["LANGUAGE"] == "ja"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 11, 8), date(2027, 11, 16))
    assert (str(event["LOCATION"]), str(event["URL"])) == (VISIT.where, VISIT.url)
    assert (str(event["STATUS"]), str(event["TRANSP"]), event["SEQUENCE"]) == ("TENTATIVE", "OPAQUE", 3)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == datetime(2026, 11, 22, 9, tzinfo=UTC)
    (other,) = by_vobject(data)
    assert (other.uid.value, other.summary.value, other.location.value) == (VISIT.uid, VISIT.summary, VISIT.where)
    assert (other.dtstart.value, other.dtend.value) == (date(2027, 11, 8), date(2027, 11, 16))


def test_two_libraries_read_a_time_of_day_in_its_zone() -> None:
    data = made(OPENING, SUMMER)
    for read in (
        [(event["DTSTART"].dt, event["DTEND"].dt) for event in by_icalendar(data)],
        [(event.dtstart.value, event.dtend.value) for event in by_vobject(data)],
    ):
        in_utc = [tuple(moment.astimezone(UTC) for moment in event) for event in read]
        assert in_utc == [
            (datetime(2027, 11, 9, 1, 30, tzinfo=UTC), datetime(2027, 11, 9, 4, 0, tzinfo=UTC)),
            (datetime(2027, 7, 1, 21, 0, tzinfo=UTC), datetime(2027, 7, 2, 0, 30, tzinfo=UTC)),
        ]
    assert data.count(b"BEGIN:VTIMEZONE") == 2


def test_a_time_without_a_zone_is_that_of_whatever_clock_is_there() -> None:
    data = made(replace(OPENING, zone="", end=""))
    assert b"DTSTART:20271109T093000\r\n" in data
    assert b"DTEND" not in data
    assert b"VTIMEZONE" not in data


def test_the_calendar_says_how_often_it_is_to_be_read_and_what_it_is_called() -> None:
    data = made(VISIT)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in data
    assert b"X-PUBLISHED-TTL:PT12H\r\n" in data
    assert "X-WR-CALNAME:国立国会図書館\\, 交流\r\n".encode() in data
    assert b"VTODO" not in data


def test_the_same_events_give_the_same_bytes() -> None:
    assert made(VISIT, OPENING) == made(VISIT, OPENING)
    assert calendar_bytes([], name="x", language="en").startswith(b"BEGIN:VCALENDAR\r\n")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n"), max_size=120)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_no_line_is_longer_than_75_octets_or_cut_inside_a_character(words: list[str]) -> None:
    events = [
        FeedEvent(uid=f"e{place}", summary=text, where=text, first=date(2027, 1, 1), last=date(2027, 1, 1), at=AT)
        for place, text in enumerate(words)
    ]
    data = made(*events)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    for read, text in zip(by_icalendar(data), words, strict=True):
        assert str(read["SUMMARY"]) == text


@pytest.mark.parametrize("days", [1, 8])
def test_the_end_of_whole_days_is_the_day_after_the_last(days: int) -> None:
    first = date(2027, 12, 31)
    event = FeedEvent(uid="e", summary="x", first=first, last=first + timedelta(days - 1), at=AT)
    (read,) = by_icalendar(made(event))
    assert read["DTEND"].dt - read["DTSTART"].dt == timedelta(days)
