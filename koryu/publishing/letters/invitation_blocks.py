"""The programme that goes with an invitation: each day of the stay by half days, with where it begins and ends."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from koryu.publishing.letters.blocks import HeadingBlock, LetterBlock, LetterTableRow, Runs, TableBlock
from koryu.publishing.letters.letter_runs import Group, RunMaker, groups, strong, text_of
from koryu.publishing.letters.letter_source import LetterSource
from koryu.publishing.letters.list_blocks import session_called, session_hours
from koryu.values.edtf import Edtf
from koryu.wording.letters.letter_dates import as_day, days_of, letter_day

# A stay of months has no programme by half days.
_MOST_DAYS: Final = 31
_NOON: Final = "12:00"


def half_day_programme(source: LetterSource, maker: RunMaker) -> Iterator[LetterBlock]:
    """A table of the days of the stay; nothing where its days are not known exactly.

    What has no hour stands in the morning.
    """
    days = _days(source)
    if not days:
        return
    yield HeadingBlock(runs=maker.said("title.programme"), new_page=True)
    heads = tuple(strong(maker.said(key)) for key in ("day", "morning", "afternoon", "arrival and departure"))
    rows = tuple(
        LetterTableRow(
            cells=(
                maker.plain(letter_day(day, maker.tag)),
                _half(source, day, maker, is_morning=True),
                _half(source, day, maker, is_morning=False),
                _city(source, maker, is_first=day == days[0], is_last=day == days[-1]),
            )
        )
        for day in days
    )
    yield TableBlock(widths=(2, 4, 4, 2.4), heads=heads, rows=rows)


def stay_dates(source: LetterSource) -> str:
    """The dates of the visit as the plan has them, '' for none: those of the trip, else the first."""
    dates = list(groups(source.exchange.content.get("dates"))) if source.exchange else []
    trip = next((each for each in dates if each.get("scope") == "trip"), dates[0] if dates else {})
    return str(trip.get("date") or "")


def _days(source: LetterSource) -> tuple[date, ...]:
    written = stay_dates(source)
    count = days_of(written) or 0
    if not 0 < count <= _MOST_DAYS:
        return ()
    first = Edtf(written).earliest
    return tuple(first + timedelta(days=place) for place in range(count))


def _half(source: LetterSource, day: date, maker: RunMaker, *, is_morning: bool) -> Runs:
    timetable = source.timetable
    if timetable is None:
        return ()
    sessions = sorted(
        (each for each in groups(timetable.content.get("sessions")) if as_day(str(each.get("date") or "")) == day),
        key=lambda each: str(each.get("start") or ""),
    )
    listed = []
    for session in sessions:
        if _is_morning(session) is is_morning:
            hours, called = session_hours(session, timetable, maker), session_called(session, timetable, maker)
            listed.append((*hours, *(maker.plain(" ") if hours else ()), *called))
    return maker.lines_of(listed)


def _is_morning(session: Group) -> bool:
    return str(session.get("start") or "") < _NOON


def _city(source: LetterSource, maker: RunMaker, *, is_first: bool, is_last: bool) -> Runs:
    places = list(groups(source.exchange.content.get("places"))) if source.exchange else []
    said = []
    for key, place, is_it in (("arrival", places[:1], is_first), ("departure", places[-1:], is_last)):
        city = text_of(place[0].get("city")) if place and is_it else None
        if city:
            said.append(maker.said(key, city=city.shown(maker.tag).text))
    return maker.lines_of(said)
