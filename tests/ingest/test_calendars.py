"""Calendar files read as whole days: what is taken, what is passed over with its line, and what is no calendar."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.ingest.calendar_lines import LARGEST
from koryu.ingest.calendars import CalendarEntry, CalendarFile, calendar_in, entries_in
from koryu.values.reason import Refused

TODAY: Final = date(2026, 11, 29)


def calendar(*entries: str, head: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", head, *entries, "END:VCALENDAR"]
    return "\r\n".join([*filter(None, lines), ""]).encode()


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def whole(first: str, last: str = "", *more: str, uid: str = "a", words: str = "Diet") -> str:
    end = [f"DTEND;VALUE=DATE:{last}"] if last else []
    return event(f"UID:{uid}", f"SUMMARY:{words}", f"DTSTART;VALUE=DATE:{first}", *end, *more)


def read(*entries: str, head: str = "") -> CalendarFile:
    return entries_in(calendar(*entries, head=head), today=TODAY)


def days(file: CalendarFile) -> list[str]:
    return [f"{each.first}/{each.last}" for each in file.entries]


def test_a_whole_day_ends_on_the_day_before_its_end() -> None:
    file = read(whole("20271001", "20271008", words="国庆节\\, 休"), head="X-WR-CALNAME:节假日")
    assert file.entries == (
        CalendarEntry(uid="a", first=date(2027, 10, 1), last=date(2027, 10, 7), words="国庆节, 休", line=4),
    )
    assert (file.name, file.faults, file.past) == ("节假日", (), 0)
    assert file.digest.startswith("sha256:")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART;VALUE=DATE:20271001"], "2027-10-01/2027-10-01"),
        (["DTSTART;VALUE=DATE:20271001", "DTEND;VALUE=DATE:20271001"], "2027-10-01/2027-10-01"),
        (["DTSTART:20271001"], "2027-10-01/2027-10-01"),
        (["DTSTART;VALUE=DATE:20271001", "DURATION:P3D"], "2027-10-01/2027-10-03"),
        (["DTSTART;VALUE=DATE:20271001", "DURATION:P2W"], "2027-10-01/2027-10-14"),
        (["DTSTART:20271001T083000", "DTEND:20271001T173000"], "2027-10-01/2027-10-01"),
        (["DTSTART;TZID=Asia/Tokyo:20271001T000000", "DTEND;TZID=Asia/Tokyo:20271003T000000"], "2027-10-01/2027-10-02"),
        (["DTSTART:20271001T090000Z", "DURATION:PT8H"], "2027-10-01/2027-10-01"),
    ],
)
def test_days_are_read_in_each_way_they_are_written(lines: list[str], expected: str) -> None:
    assert days(read(event("UID:a", *lines))) == [expected]


def test_a_moment_in_utc_is_a_day_of_the_calendars_zone() -> None:
    entry = event("UID:a", "DTSTART:20270930T150000Z", "DTEND:20271001T150000Z")
    assert days(read(entry, head="X-WR-TIMEZONE:Asia/Tokyo")) == ["2027-10-01/2027-10-01"]
    assert days(read(entry, head="X-WR-TIMEZONE:Tokyo Standard Time")) == ["2027-09-30/2027-10-01"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (whole("20271008", "20271001"), "Line 7: “Diet” ends before it begins; skipped."),
        (whole("20271001", "", "DURATION:-P1D"), "Line 7: “Diet” ends before it begins; skipped."),
        (event("UID:a", "SUMMARY:Diet"), "Line 3: “Diet” has no day; skipped."),
        (event("UID:a"), "Line 3: “without words” has no day; skipped."),
        (whole("20270230"), "Line 6: “Diet” names a day that does not exist; skipped."),
        (whole("tomorrow"), "Line 6: “Diet” names a day that does not exist; skipped."),
        (whole("٢٠٢٧١٠٠١"), "Line 6: “Diet” names a day that does not exist; skipped."),
        (whole("20271001", "", "DURATION:three days"), "Line 7: “Diet” names a day that does not exist; skipped."),
        (
            event("SUMMARY:Meeting", "DTSTART:20271001T140000", "DTEND:20271001T160000"),
            "Line 6: “Meeting” lasts only some hours of a day; skipped.",
        ),
        (
            event("SUMMARY:Call", "DTSTART:20271001T140000"),
            "Line 5: “Call” lasts only some hours of a day; skipped.",
        ),
        (
            whole("20271001", "", "RRULE:FREQ=HOURLY"),
            "Line 7: “Diet” repeats by the hour; only whole days can be taken.",
        ),
        (
            whole("20271001", "", "RRULE:FREQ=DAILY;BYHOUR=9"),
            "Line 7: “Diet” repeats by the hour; only whole days can be taken.",
        ),
        (
            whole("20271001", "", "RRULE:FREQ=DAILY;COUNT=999999"),
            "Line 7: how “Diet” repeats cannot be read; skipped.",
        ),
        (whole("20271001", "", "RRULE:EVERY=YEAR"), "Line 7: how “Diet” repeats cannot be read; skipped."),
        (whole("20270101", "20290101"), "Line 7: “Diet” has more than 400 days; skipped."),
        (whole("18810101"), "Line 6: “Diet” is not between 1970 and 2100; skipped."),
        (whole("21010101"), "Line 6: “Diet” is not between 1970 and 2100; skipped."),
        (whole("00010101", "00010101"), "Line 3: “Diet” is not between 1970 and 2100; skipped."),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_line_and_the_rest_is_taken(entry: str, said: str) -> None:
    file = read(entry, whole("20271224", uid="good"))
    (fault,) = file.faults
    assert str(fault) == said
    assert [each.uid for each in file.entries] == ["good"]


def test_a_line_that_is_none_is_said_and_the_entry_is_taken() -> None:
    file = read(event("UID:a", "DTSTART:20271001", "this is no property"))
    assert [str(each) for each in file.faults] == ["Line 6 cannot be read; skipped."]
    assert days(file) == ["2027-10-01/2027-10-01"]


HTML: Final = b"<!doctype html><title>404</title>"
GOOD: Final = calendar(whole("20271001"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This is not a calendar file."),
        (HTML, "This is not a calendar file."),
        (b"PK\x03\x04" + b"\x00" * 40, "This is not a calendar file."),
        (HTML + b"\n" + GOOD, "This is not a calendar file."),
        (GOOD[:-20], "The file ends in the middle of an entry; nothing was taken."),
        (GOOD[:60], "The file ends in the middle of an entry; nothing was taken."),
        (GOOD.replace(b"END:VEVENT\r\n", b""), "The file ends in the middle of an entry; nothing was taken."),
        (calendar(whole("20271001", words="休館")).decode().encode("shift_jis"), "The file is not in UTF-8."),
        (GOOD.decode().encode("utf-16"), "The file is not in UTF-8."),
        (b"\xff" + GOOD, "The file is not in UTF-8."),
        (GOOD + b" " * LARGEST, "At most 2 MB and 5,000 entries."),
        (calendar(*[whole("20271001", uid=str(n)) for n in range(5001)]), "At most 2 MB and 5,000 entries."),
        (GOOD.replace(b"END:VCALENDAR", b"x\n" * 5001 + b"END:VCALENDAR"), "This is not a calendar file."),
        (calendar(whole("20271001", "", f"EXDATE:{',' * 5001}", "RDATE:20271002")), "This is not a calendar file."),
        (
            calendar(*[whole("19700101", "", "RRULE:FREQ=DAILY", uid=str(n)) for n in range(2)]),
            "This file repeats too often. Export single entries.",
        ),
    ],
)
def test_a_file_of_which_nothing_can_be_taken_is_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(Refused) as here:
        entries_in(data, today=TODAY)
    with pytest.raises(Refused) as in_a_child:
        calendar_in(data, today=TODAY)
    assert str(here.value.reason) == str(in_a_child.value.reason) == said


def test_what_repeats_comes_until_five_years_ahead_and_not_before_this_year() -> None:
    file = read(whole("20240501", "20240504", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20280501"))
    assert days(file) == [f"{year}-05-01/{year}-05-03" for year in (2026, 2027, 2029, 2030, 2031)]
    assert file.past == 2
    assert file.entries[0].uid == "a#2026-05-01"


def test_one_time_that_was_moved_takes_the_place_of_that_of_the_rule() -> None:
    rule = whole("20270601", "", "RRULE:FREQ=YEARLY;COUNT=2")
    moved = whole("20270608", "", "RECURRENCE-ID;VALUE=DATE:20270601")
    assert days(read(rule, moved)) == ["2027-06-08/2027-06-08", "2028-06-01/2028-06-01"]
    cancelled = whole("20270601", "", "RECURRENCE-ID;VALUE=DATE:20270601", "STATUS:CANCELLED")
    assert days(read(rule, cancelled)) == ["2028-06-01/2028-06-01"]


def test_days_that_are_listed_come_too() -> None:
    assert days(read(whole("20270601", "", "RDATE;VALUE=DATE:20270701,20270801"))) == [
        "2027-06-01/2027-06-01",
        "2027-07-01/2027-07-01",
        "2027-08-01/2027-08-01",
    ]


def test_what_is_cancelled_is_not_taken_and_alarms_say_nothing_of_it() -> None:
    alarm = "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDTSTART:20990101\r\nEND:VALARM"
    file = read(whole("20271001", "", "STATUS:CANCELLED"), whole("20271002", "", alarm, uid="b"))
    assert days(file) == ["2027-10-02/2027-10-02"]


def test_long_lines_are_unfolded_and_counted_as_they_are_in_the_file() -> None:
    folded = event("UID:a", "SUMMARY:国立国会", " 図書館", "\t休館", "DTSTART;VALUE=DATE:20271001")
    file = read(folded, whole("20270230", uid="b"))
    assert file.entries[0].words == "国立国会図書館休館"
    assert str(file.faults[0]).startswith("Line 13: ")


@pytest.mark.parametrize(
    ("words", "more", "worked"),
    [
        ("春节 补班", "", True),
        ("春节（班）", "", True),
        ("대체 근무일", "", True),
        ("春节", "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY", True),
        ("春节", "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY", False),
        ("国庆节（休）", "", False),
    ],
)
def test_days_worked_in_lieu_are_known_by_their_marks(words: str, more: str, worked: bool) -> None:
    (entry,) = read(whole("20270214", "", *filter(None, [more]), words=words)).entries
    assert entry.worked == worked


def test_words_are_one_line_of_what_can_be_seen() -> None:
    file = read(whole("20271001", words="a\\nb\u202e\x07c\\;" + "x" * 400))
    assert file.entries[0].words.startswith("a bc;xxx")
    assert len(file.entries[0].words) == 300


def test_what_comes_from_a_process_of_its_own_is_the_same() -> None:
    data = calendar(whole("20271001", words="館"), whole("20270230", uid="b"), head="X-WR-CALNAME:休")
    assert calendar_in(data, today=TODAY) == entries_in(data, today=TODAY)


def test_the_same_days_are_read_as_the_usual_library_reads() -> None:
    entries = [whole(f"2027{n % 12 + 1:02}{n % 27 + 1:02}", f"2028{n % 12 + 1:02}01", uid=str(n)) for n in range(50)]
    data = calendar(*entries)
    events: Any = icalendar.Calendar.from_ical(data).walk("VEVENT")
    theirs = {str(each["UID"]): (each["DTSTART"].dt, each["DTEND"].dt - timedelta(days=1)) for each in events}
    assert {each.uid: (each.first, each.last) for each in entries_in(data, today=TODAY).entries} == theirs


# Whatever is sent, it is periods or a sentence, and never a trace.
SEED: Final = calendar(
    whole("20270601", "20270604", "RRULE:FREQ=MONTHLY;BYDAY=3WE;COUNT=5", "EXDATE;VALUE=DATE:20270621"),
    event("UID:b", "SUMMARY;LANGUAGE=zh:国庆节", "DTSTART;TZID=Asia/Shanghai:20271001T090000", "DURATION:P1DT9H"),
    event("UID:c", "RECURRENCE-ID:20270601", "DTSTART:20270602T000000Z", "DTEND:20270603T000000Z"),
    head="X-WR-TIMEZONE:Asia/Seoul",
)
PIECES: Final = [
    b"9",
    b"-",
    b":",
    b";",
    b"=",
    b'"',
    b"\n",
    b"\r",
    b" ",
    b"\\",
    b"T",
    b"Z",
    b"P",
    b"\xff",
    b"\x00",
    b"0",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = bytearray(SEED)
    for _ in range(draw(st.integers(1, 8))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(["put", "cut", "swap", "again"])):
            case "put":
                data[place:place] = draw(st.sampled_from(PIECES)) * draw(st.integers(1, 6))
            case "cut":
                del data[place : place + draw(st.integers(1, 40))]
            case "swap":
                data[place : place + 1] = draw(st.sampled_from(PIECES))
            case _:
                data[place:place] = data[place : place + draw(st.integers(1, 60))]
    return bytes(data)


@given(mutated())
def test_a_damaged_file_is_days_or_a_sentence(data: bytes) -> None:
    try:
        file = entries_in(data, today=TODAY)
    except Refused:
        return
    assert all(each.first <= each.last and (each.last - each.first).days < 400 for each in file.entries)
    assert all(map(str, file.faults))


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"BEGIN:VCALENDAR\n{text}".encode()))
def test_any_bytes_are_days_or_a_sentence(data: bytes) -> None:
    with suppress(Refused):
        entries_in(data, today=TODAY)
