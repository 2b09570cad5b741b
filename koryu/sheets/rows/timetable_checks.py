"""What is pointed out in a timetable: times that are none, who is in two places, papers given twice, who is no guest.

Nothing of it stops anybody from typing; what `stops` is refused when the timetable is sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import combinations, pairwise
from typing import Any, Final

from koryu.records.institution import has_time_zone
from koryu.records.timetable import AttendingAs
from koryu.sheets.parse import is_date, is_record
from koryu.sheets.rows.exchange_names import ExchangeNames
from koryu.sheets.rows.row_sheet import CellMark, CellReader, RowItem, kept_text
from koryu.sheets.rows.session_cells import is_clock, whole_day
from koryu.values.clock_changes import comes_twice, is_skipped
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason
from koryu.values.text import Text
from koryu.wording.messages import date_in_words

_BEFORE_ENDED: Final = N_("Begins at %(start)s, before the row above has ended (%(end)s).")
_OVERLAPS: Final = N_("Overlaps “%(session)s” for: %(who)s.")
_TWO_AT_ONCE: Final = N_("%(who)s interprets twice at %(time)s.")
_OUTSIDE: Final = N_("Outside the days of the exchange, %(first)s to %(last)s.")
_SKIPPED: Final = N_("%(time)s does not exist in %(zone)s on %(day)s: clocks go forward.")
_TWICE: Final = N_("%(time)s comes twice that night; the first is meant.")
_TWO_SESSIONS: Final = N_("Also in “%(session)s”.")
_NO_PART: Final = N_("%(who)s takes no part in this exchange.")


@dataclass(frozen=True, kw_only=True)
class TimedSession:
    """A session of which it is known when it begins and ends, with who is there.

    `institutions` is None where nothing is said of who is there. `people` are (list of people, id in it), `interprets`
    those of them who interpret.
    """

    item: RowItem
    starts: datetime
    ends: datetime
    institutions: frozenset[str] | None
    people: frozenset[tuple[str, str]]
    interprets: frozenset[tuple[str, str]]

    def meets(self, other: "TimedSession") -> bool:
        return self.starts < other.ends and other.starts < self.ends


def timetable_marks(content: Mapping[str, Any], sessions: Sequence[RowItem], reader: CellReader) -> Iterator[CellMark]:
    """Everything pointed out in one timetable, its private rows with it."""
    yield from overlapping(sessions)
    yield from outside(sessions, reader)
    yield from clock_changed(sessions, content.get("time_zone"), reader)
    yield from in_two_places(sessions, reader)
    yield from papers_twice(sessions, reader)
    yield from no_guests(sessions, reader.around)


def overlapping(sessions: Sequence[RowItem]) -> Iterator[CellMark]:
    """Each session that begins, on the day of the row above, before that has ended, where neither says who is there."""
    for above, session in pairwise(sessions):
        start, end = session.get("start"), above.get("end")
        on_one_day = session.get("date") and session.get("date") == above.get("date") and not above.get("until")
        if _says_who(above) and _says_who(session):
            continue
        if on_one_day and isinstance(start, str) and isinstance(end, str) and start < end:
            yield CellMark(session["id"], "hours", Reason(_BEFORE_ENDED, start=start, end=end))


def outside(sessions: Sequence[RowItem], reader: CellReader) -> Iterator[CellMark]:
    """Each session that lies outside the days of the exchange, where these are known."""
    if reader.days is None:
        return
    first, last = reader.days
    for session in sessions:
        day = session.get("date")
        if isinstance(day, str) and is_date(day) and (Edtf(day).latest < first or Edtf(day).earliest > last):
            words = Reason(_OUTSIDE, first=_in_words(first, reader), last=_in_words(last, reader))
            yield CellMark(session["id"], "day", words)


def clock_changed(sessions: Sequence[RowItem], zone: object, reader: CellReader) -> Iterator[CellMark]:
    """Each time that does not exist in the zone of the timetable, or comes twice."""
    if not isinstance(zone, str) or not has_time_zone(zone):
        return
    for session in sessions:
        for day, clock in ((session.get("date"), session.get("start")), (_last_day(session), session.get("end"))):
            whole = whole_day(day)
            if whole is None or not is_clock(clock):
                continue
            at = str(clock)
            if is_skipped(whole, at, zone):
                place = zone.rpartition("/")[2].replace("_", " ")
                words = Reason(_SKIPPED, time=at, zone=place, day=_in_words(whole, reader))
                yield CellMark(session["id"], "hours", words, stops=True)
            elif comes_twice(whole, at, zone):
                yield CellMark(session["id"], "hours", Reason(_TWICE, time=at))


def in_two_places(sessions: Sequence[RowItem], reader: CellReader) -> Iterator[CellMark]:
    """Each session at the time of which an institution, or somebody named, is at an earlier one of the list too."""
    timed = [when for session in sessions if (when := _timed(session))]
    for first, second in combinations(timed, 2):
        if not first.meets(second):
            continue
        at = max(first.starts, second.starts).strftime("%H:%M")
        both = [_called(who, reader) for who in sorted(first.interprets & second.interprets)]
        for who in both:
            yield CellMark(second.item["id"], "who", Reason(_TWO_AT_ONCE, who=who, time=at))
        shared = _shared(first, second, reader)
        names = [name for name in shared if name not in both]
        if names:
            words = Reason(_OVERLAPS, session=session_called(first.item, reader), who=reader.listed(names))
            yield CellMark(second.item["id"], "hours", words)


def papers_twice(sessions: Sequence[RowItem], reader: CellReader) -> Iterator[CellMark]:
    """Each session that names a paper that an earlier one of the list names too."""
    first: dict[str, RowItem] = {}
    for session in sessions:
        papers = session.get("papers")
        for paper in papers if isinstance(papers, list) else ():
            if not isinstance(paper, str):
                continue
            other = first.setdefault(paper, session)
            if other is not session:
                words = Reason(_TWO_SESSIONS, session=session_called(other, reader))
                yield CellMark(session["id"], "papers", words)


def no_guests(sessions: Sequence[RowItem], names: ExchangeNames) -> Iterator[CellMark]:
    """Each institution that takes part in a session and not in the exchange, where it is known who does."""
    if not names.takes_part:
        return
    for session in sessions:
        for uri in _institutions(session):
            if is_record(uri) and uri not in names.takes_part:
                who = names.called(uri) or uri.rpartition("/")[2].upper()
                yield CellMark(session["id"], "who", Reason(_NO_PART, who=who), stops=True)


def session_called(session: RowItem, reader: CellReader) -> str:
    """What a session is called in a sentence: its title, else its kind and number."""
    title = kept_text(session.get("title"))
    if title:
        return Text.kept(title).shown(reader.tag).text
    return " ".join(filter(None, (reader.word(str(session.get("type") or "")), str(session.get("number") or ""))))


def _timed(session: RowItem) -> TimedSession | None:
    day, last = whole_day(session.get("date")), whole_day(_last_day(session))
    start, end = session.get("start"), session.get("end")
    if day is None or last is None or not is_clock(start) or not is_clock(end):
        return None
    starts, ends = _moment(day, str(start)), _moment(last, str(end))
    if ends <= starts:
        return None
    attending = [each for each in session.get("attending") or () if isinstance(each, Mapping)]
    named = [each for each in attending if each.get("does", AttendingAs.TAKES_PART) == AttendingAs.TAKES_PART]
    listed = _institutions(session)
    return TimedSession(
        item=session,
        starts=starts,
        ends=ends,
        institutions=frozenset(listed) if listed or named else None,
        people=frozenset((str(each.get("participation")), str(each.get("member"))) for each in attending),
        interprets=frozenset(
            (str(each.get("participation")), str(each.get("member")))
            for each in attending
            if each.get("does") == AttendingAs.INTERPRETS
        ),
    )


def _shared(first: TimedSession, second: TimedSession, reader: CellReader) -> list[str]:
    """Who is at both; nobody where one of them says nothing of who is there."""
    people = [_called(who, reader) for who in sorted(first.people & second.people)]
    if first.institutions is None or second.institutions is None:
        return people
    order = (*reader.around.takes_part, *sorted(first.institutions - set(reader.around.takes_part)))
    both = first.institutions & second.institutions
    return [*(reader.around.called(uri) or uri for uri in order if uri in both), *people]


def _called(who: tuple[str, str], reader: CellReader) -> str:
    participation, member = who
    return reader.around.member_called(participation, None if member == "None" else member) or member


def _says_who(session: RowItem) -> bool:
    return bool(session.get("taking_part") or session.get("attending"))


def _institutions(session: RowItem) -> list[str]:
    listed = session.get("taking_part")
    return [uri for uri in listed if isinstance(uri, str)] if isinstance(listed, list) else []


def _in_words(day: date, reader: CellReader) -> str:
    return date_in_words(Edtf(day.isoformat()), reader.slug)


def _last_day(session: RowItem) -> object:
    return session.get("until") or session.get("date")


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))
