"""Calendars: a file of 5,000 entries read, a feed of 1,000 events written, one that is unchanged, a year drawn."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any, Final

from django.test import Client
from django.urls import reverse

from koryu.consent import actions as consent
from koryu.desk.feeds import feed_reading
from koryu.ingest.actions import load
from koryu.ingest.calendars import calendar_in
from koryu.institutions import actions as people
from koryu.markup.year_html import drawn_year
from koryu.planning import actions
from koryu.planning.rules.holidays import country_year
from koryu.planning.rules.institution_days import OwnCalendar, days_of
from koryu.planning.rules.periods import Effect, Period
from koryu.planning.rules.year_picture import DateFrame, YearPicture, year_picture
from koryu.publishing.calendar import calendar_bytes
from koryu.publishing.calendar_entries import EventStamp, event_in, step_entry
from koryu.values.text import Text
from koryu.wording.languages import Reader
from tests.made_up import BASE, data_set

AT: Final = "2026-11-22T09:00:00Z"
TODAY: Final = date(2026, 11, 29)
OURS: Final = f"{BASE}institution/abc"
ROUNDS: Final = 15


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised)."""
    feed, unchanged = _feeds()
    return [
        ("a calendar file of 5,000 entries, in a process of its own", _seconds(_read), "1.5 s"),
        ("a feed of 1,000 events written", _ms(_written), "200 ms of CPU"),
        ("a private feed of 100 exchanges, made anew", feed, ""),
        ("the same, unchanged: 304", unchanged, "2 ms of CPU"),
        (f"a year of three institutions laid out and drawn, {_drawn():.0f} KB", _ms(_drawn), "5 ms of CPU, 40 KB"),
    ]


def _file() -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for n in range(5_000):
        first = date(2027, 1, 1) + timedelta(days=n % 1_400)
        lines += ["BEGIN:VEVENT", f"UID:{n}@example.org", f"DTSTAMP:{TODAY:%Y%m%d}T090000Z"]
        lines += [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{first + timedelta(days=3):%Y%m%d}"]
        lines += [f"SUMMARY;LANGUAGE=ja:休館日 {n}\\, 書庫点検", "DESCRIPTION:\\n", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


_FILE: Final = _file()


def _read() -> None:
    assert len(calendar_in(_FILE, today=TODAY).entries) == 5_000


def _written() -> None:
    reader, stamp = Reader("ja"), EventStamp(digest="", sequence=0, at=AT)
    entries = [
        step_entry(
            uid=f"{BASE}exchange/0#step-{n}",
            what=Text.of(ja=f"第{n}回 国立国会図書館・中国国家図書館 業務交流の準備"),
            day=date(2027, 1, 1) + timedelta(days=n),
            since=AT,
        )
        for n in range(1_000)
    ]
    events = [event_in(entry, reader, lines={}, url="", stamp=stamp) for entry in entries]
    calendar_bytes(events, name="日程", language="ja")


def _feeds() -> tuple[str, str]:
    """A private feed made anew, and one that was not changed."""
    load([data_set(programmes=10, exchanges=100, institutions=20)], at=AT)
    consent.give_key(institution=OURS, by="operator", at=AT)
    people.appoint(username="officer", name="Officer", institution=OURS, role="head")
    step = {"institution": OURS, "exchange": f"{BASE}exchange/0-1", "who": "", "due": "2027-09-01"}
    for n in range(40):
        actions.add_step(what=f"Step {n}", by="officer", at=AT, **step)
    calendar = {"purpose": "calendar", "scope": "institution", "language": "ja"}
    secret = people.give_token(institution=OURS, username="officer", at=AT, **calendar)
    path, client = reverse("calendar-at", kwargs={"secret": secret}), Client()
    etag = client.get(path)["ETag"]

    def read(**headers: str) -> Any:
        feed_reading.MOST_AN_HOUR = 10_000  # type: ignore[misc]  # -- here it is read more often than by any program
        return client.get(path, headers=headers)

    def anew() -> None:
        feed_reading._made.clear()
        assert read().status_code == 200

    def unchanged() -> None:
        assert read(**{"If-None-Match": etag}).status_code == 304

    return _ms(anew), _ms(unchanged)


def _drawn() -> float:
    """Both drawings, and how many kilobytes they take together."""
    picture = _laid_out()
    months = {number: f"{number}月" for number in range(1, 13)}
    names = {lane.institution: ("国立国会図書館", "ja") for lane in picture.lanes}
    rows = ["2027年1月1日: 元日、休日（国立国会図書館）"] * len(picture.rows)
    drawn = drawn_year(picture, names=names, months=months, rows=rows, slug="ja")
    return len(f"{drawn.across}{drawn.down}".encode()) / 1000


def _laid_out() -> YearPicture:
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    for country in ("JP", "CN", "KR"):
        country_year(country, 2027, today=TODAY)
    days = [
        days_of(
            OwnCalendar(institution=country, country=country, periods=_periods(country)),
            first=first,
            last=last,
            today=TODAY,
        )
        for country in ("JP", "CN", "KR")
    ]
    frames = [
        DateFrame(first=date(2027, 11, day), last=date(2027, 11, day + 7), number=str(day)) for day in range(1, 9)
    ]
    return year_picture(2027, days, frames, tag="ja")


def _periods(of: str) -> tuple[Period, ...]:
    begun = [date(2027, 1, 1) + timedelta(days=37 * n) for n in range(9)]
    return tuple(
        Period(of=of, kept_by=of, first=day, last=day + timedelta(days=6), effect=Effect.AVOIDED) for day in begun
    )


def _seconds(work: Callable[[], object]) -> str:
    taken = []
    for _ in range(3):
        began = time.monotonic()
        work()
        taken.append(time.monotonic() - began)
    return f"{median(taken):.2f} s"


def _ms(work: Callable[[], object]) -> str:
    work()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return f"{median(taken) * 1000:.1f} ms of CPU"
