"""The days of a visit as one person has them: what is on, when there and at home, where, who, with which papers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from koryu.desk.visit.linked_exchange import LinkedExchange
from koryu.records.timetable import AttendingAs
from koryu.sheets.rows.attending_cells import PapersCell, WhoCell
from koryu.sheets.rows.private_rows import OURS, PRIVATE_KINDS, interleaved, is_private
from koryu.sheets.rows.row_sheet import items_of, kept_text
from koryu.sheets.rows.session_cells import HoursCell, is_clock, whole_day
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.values.edtf import Edtf
from koryu.values.reason import Refused
from koryu.values.text import Text
from koryu.wording.messages import date_in_words, translated, weekday_in_words

_HOURS, _WHO, _PAPERS = HoursCell(), WhoCell(), PapersCell()


@dataclass(frozen=True, kw_only=True)
class VisitText:
    """A text of a record as it is shown, with its language where that is not the reader's."""

    text: str
    lang: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitSession:
    """One point of a day: from when until when there, and at home where that differs; `does` what the person does in
    it besides taking part, in words. `private` is a meal, a transfer or the like."""

    hours: str
    at_home: str
    what: VisitText
    kind: str
    where: str
    who: str
    papers: tuple[str, ...]
    does: tuple[str, ...]
    private: bool = False
    begins: str = ""
    ends: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitDay:
    """One day with what is on; `date` is None where the day is not known to the day."""

    date: date | None
    words: str
    sessions: tuple[VisitSession, ...]


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Whose days they are: a member of a list of people, or ('' for both) whoever reads."""

    part: str = ""
    member: str = ""
    institution: str = ""


def visit_days(
    there: LinkedExchange, whose: Whose, *, home: str = "", only: AttendingAs | None = None
) -> tuple[VisitDay, ...]:
    """The days of the timetable that stands, with what of each concerns somebody; where `only`, what they do so in.

    `home` is the zone in which the times are said besides; '' for none. Meals and the like are in it where the link
    shows rows, but never what is the host's alone.
    """
    private = {row.place: row.cells for row in there.kept.of(there.kind) if row.cells.get("type") != OURS}
    content = interleaved(there.timetable, private) if private else there.timetable
    items = [item for item in items_of(TIMETABLE, content) if concerns(item, whose)]
    if only:
        items = [item for item in items if only in done_by(item, whose)]
    return tuple(
        VisitDay(
            date=whole_day(day), words=_day_words(day, there), sessions=tuple(_sessions(listed, there, whose, home))
        )
        for day, listed in groupby(items, key=lambda item: str(item.get("date") or ""))
    )


def concerns(item: Mapping[str, Any], whose: Whose) -> bool:
    """Whether a session is one for this person: they are named in it, or their institution is and nobody else of it.

    Whoever is no member of a list is concerned by all.
    """
    if not whose.part:
        return True
    attending = _attending(item)
    if any(_is_meant(each, whose) for each in attending):
        return True
    if any(each.get("does", AttendingAs.TAKES_PART) == AttendingAs.TAKES_PART for each in attending):
        return False
    taking_part = item.get("taking_part")
    return not taking_part or whose.institution in taking_part


def done_by(item: Mapping[str, Any], whose: Whose) -> tuple[str, ...]:
    """What a person does in a session besides taking part."""
    does = (str(each.get("does", AttendingAs.TAKES_PART)) for each in _attending(item) if _is_meant(each, whose))
    return tuple(dict.fromkeys(each for each in does if each != AttendingAs.TAKES_PART))


def _is_meant(attending: Mapping[str, Any], whose: Whose) -> bool:
    return attending.get("participation") == whose.part and attending.get("member") in (None, whose.member)


def _attending(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = item.get("attending")
    return [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list | tuple) else []


def _sessions(
    items: Iterable[Mapping[str, Any]], there: LinkedExchange, whose: Whose, home: str
) -> Iterator[VisitSession]:
    reader = there.reader
    for item in items:
        row = dict(item)
        kind = str(item.get("type") or "")
        called = translated(PRIVATE_KINDS[kind], there.slug) if kind in PRIVATE_KINDS else reader.word(kind)
        title = told(item.get("title"), there.tag)
        at = str(item.get("at") or "")
        venue = told(item.get("venue"), there.tag)
        places = (there.institution(at) if at else "", venue.text if venue else "")
        yield VisitSession(
            hours=_HOURS.shown(row, "", reader).rstrip("–"),
            at_home=_at_home(item, there.zone, home),
            what=title or VisitText(text=called),
            kind=called if title else "",
            where=reader.listed(dict.fromkeys(filter(None, places))),
            who=_WHO.shown(row, "", reader),
            papers=tuple(filter(None, (there.names.called(uri) for uri in item.get("papers") or ()))),
            does=tuple(reader.word(each) for each in done_by(item, whose)),
            private=is_private(item),
            begins=str(item.get("start") or ""),
            ends=str(item.get("end") or ""),
        )


def told(text: object, tag: str) -> VisitText | None:
    """A text in JSON as a reader of `tag` sees it; None where there is none."""
    if not isinstance(text, Mapping) or not kept_text(text):
        return None
    shown = Text.kept(dict(text)).shown(tag)
    return VisitText(text=shown.text, lang="" if shown.wanted else str(shown.lang))


def _at_home(item: Mapping[str, Any], zone: str, home: str) -> str:
    """When it begins and ends where somebody comes from, where clocks there differ; '' else."""
    day = whole_day(item.get("date"))
    if not zone or not home or day is None or not is_clock(item.get("start")):
        return ""
    times = [_moved(day, str(item[field]), zone, home) for field in ("start", "end") if is_clock(item.get(field))]
    return "" if times[0] == item["start"] else "–".join(times)


def _moved(day: date, clock: str, zone: str, home: str) -> str:
    hour, minute = int(clock[:2]), int(clock[3:])
    here = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    return f"{here.astimezone(ZoneInfo(home)):%H:%M}"


def _day_words(day: str, there: LinkedExchange) -> str:
    if not day:
        return ""
    try:
        value = Edtf(day)
    except Refused:
        return day
    return weekday_in_words(value, there.slug) or date_in_words(value, there.slug)
