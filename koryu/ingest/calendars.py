"""Calendar files (iCalendar, RFC 5545) read as whole days: what can be taken, and what not, with its line.

Pure and strict. No address in a file is fetched, and nothing of it is kept here. Own, and not that of the library that
writes calendars: that one takes other encodings for UTF-8, ends before beginnings, and tells no lines.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from koryu.ingest.calendar_lines import (
    CUT,
    LARGEST,
    NO_CALENDAR,
    TOO_LARGE,
    CalendarProperty,
    EntryFault,
    day_of,
    length_in,
    moment_in,
    properties_of,
    text_of,
    words_in,
)
from koryu.ingest.child_process import in_child
from koryu.ingest.repeats import RepeatRule, SubDaily, days_by_step, rule_written
from koryu.sheets import clean
from koryu.values.reason import N_, Reason, Refused

MOST_ENTRIES: Final = 5_000
MOST_STEPS: Final = 20_000
YEARS_AHEAD: Final = 5
LONGEST_ENTRY: Final = 400
# A file of which so many lines cannot be read is something else.
_MOST_FAULTS: Final = 5_000
_LONGEST_UID: Final = 250
_EARLIEST: Final = date(1970, 1, 1)
_LATEST: Final = date(2100, 12, 31)
_A_DAY: Final = timedelta(days=1)
_A_WORKING_DAY: Final = timedelta(hours=8)

TOO_OFTEN: Final = Reason("This file repeats too often. Export single entries.")
_UNNAMED: Final = Reason("without words")

# How files of holidays mark a day of a weekend on which all work in lieu of another.
_WORKED: Final = re.compile(
    r"ALTERNATE-WORKDAY|补班|調班|调班|调休上班|补休上班|[（(]班[)）]|振替出勤|대체\s*근무|make-?up\s+(?:work|day)|workday",
    re.IGNORECASE,
)
_MARKS: Final = ("X-APPLE-SPECIAL-DAY", "X-MICROSOFT-CDO-WORKDAY")


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """Whole days of a calendar file, the last one included; `line` is where the entry begins.

    `uid` is its own in the file, with the day where it comes again. `lang` is '' where the file does not say it.
    `timed` where it was given by the hour. `worked` where it is marked as a day worked in lieu of another.
    """

    uid: str
    first: date
    last: date
    words: str = ""
    lang: str = ""
    line: int = 0
    timed: bool = False
    worked: bool = False


@dataclass(frozen=True, kw_only=True)
class CalendarFile:
    """What a calendar file came to: entries by day; `faults` says of the others, line by line, why they are passed
    over; how many were `past` before this year; what the calendar is called, and the digest of its bytes."""

    digest: str
    name: str
    entries: tuple[CalendarEntry, ...]
    faults: tuple[Reason, ...]
    past: int


def calendar_in(data: bytes, *, today: date) -> CalendarFile:
    """What a file holds from this year until five years ahead, read in a process of its own. Raises Refused."""
    if len(data) > LARGEST:
        raise Refused(TOO_LARGE)
    made = in_child(read_as_json, data, today.isoformat())
    return CalendarFile(
        digest=made["digest"],
        name=made["name"],
        entries=tuple(entry_from(each) for each in made["entries"]),
        faults=tuple(_fault(*each) for each in made["faults"]),
        past=made["past"],
    )


def read_as_json(data: bytes, today: str) -> dict[str, Any]:
    """What `entries_in` makes of a file, as JSON has it."""
    made = _Reading(data, date.fromisoformat(today))
    return {
        "digest": made.digest,
        "name": made.name,
        "entries": [entry_as_json(each) for each in made.entries],
        "faults": [list(each) for each in made.faults],
        "past": made.past,
    }


def entries_in(data: bytes, *, today: date) -> CalendarFile:
    """As `calendar_in`, in this process: for what is known to be harmless. Raises Refused."""
    made = _Reading(data, today)
    return CalendarFile(
        digest=made.digest,
        name=made.name,
        entries=tuple(made.entries),
        faults=tuple(_fault(*each) for each in made.faults),
        past=made.past,
    )


def entry_as_json(entry: CalendarEntry) -> list[Any]:
    """An entry as a list that JSON can hold; `entry_from` makes it one again."""
    days = (entry.first.isoformat(), entry.last.isoformat())
    return [entry.uid, *days, entry.words, entry.lang, entry.line, entry.timed, entry.worked]


def entry_from(written: list[Any]) -> CalendarEntry:
    """The entry that `entry_as_json` has written."""
    uid, first, last, words, lang, line, timed, worked = written
    days = {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}
    return CalendarEntry(uid=uid, words=words, lang=lang, line=line, timed=timed, worked=worked, **days)


# What is wrong with an entry, by the word that comes from the process that reads.
_FAULTS: Final[Mapping[str, str]] = {
    "ends first": N_("Line %(line)s: “%(title)s” ends before it begins; skipped."),
    "no day": N_("Line %(line)s: “%(title)s” has no day; skipped."),
    "no such day": N_("Line %(line)s: “%(title)s” names a day that does not exist; skipped."),
    "hours": N_("Line %(line)s: “%(title)s” lasts only some hours of a day; skipped."),
    "sub-daily": N_("Line %(line)s: “%(title)s” repeats by the hour; only whole days can be taken."),
    "rule": N_("Line %(line)s: how “%(title)s” repeats cannot be read; skipped."),
    "long": N_("Line %(line)s: “%(title)s” has more than 400 days; skipped."),
    "far": N_("Line %(line)s: “%(title)s” is not between 1970 and 2100; skipped."),
    "line": N_("Line %(line)s cannot be read; skipped."),
}


def _fault(kind: str, line: int, title: str) -> Reason:
    values: dict[str, object] = {"line": line}
    if kind != "line":
        values["title"] = title or _UNNAMED
    return Reason(_FAULTS[kind], **values)


@dataclass
class _Block:
    """What stands between BEGIN and END of an entry; of a property that is given twice, the first."""

    line: int
    properties: dict[str, CalendarProperty] = field(default_factory=dict)
    lists: dict[str, list[CalendarProperty]] = field(default_factory=dict)

    def add(self, said: CalendarProperty) -> None:
        self.properties.setdefault(said.name, said)
        if said.name in ("EXDATE", "RDATE"):
            self.lists.setdefault(said.name, []).append(said)


class _Reading:
    """One file being read; raises Refused where nothing of it can be taken."""

    def __init__(self, data: bytes, today: date) -> None:
        self.digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        self.since = date(today.year, 1, 1)
        self.until = _years_later(today, YEARS_AHEAD)
        self.name, self.zone = "", ""
        self.entries: list[CalendarEntry] = []
        self.faults: list[tuple[str, int, str]] = []
        self.past = self.steps = 0
        blocks = self._blocks(text_of(data))
        moved = self._moved(blocks)
        for block in blocks:
            self._take(block, moved)
        self.entries.sort(key=lambda entry: (entry.first, entry.last, entry.uid))
        self.faults.sort(key=lambda fault: fault[1])

    def _blocks(self, text: str) -> list[_Block]:
        """The entries of the file, whatever is wrong with each."""
        opened: list[str] = []
        blocks: list[_Block] = []
        ended = False
        for number, said in properties_of(text):
            if said is None:
                self._unreadable(number, opened)
            elif said.name == "BEGIN":
                opened.append(said.value.strip().upper())
                if opened[-1] == "VEVENT":
                    blocks.append(_Block(number))
            elif said.name == "END":
                if not opened or opened.pop() != said.value.strip().upper():
                    raise Refused(CUT)
                ended = not opened
            elif opened == ["VCALENDAR"]:
                self._say(said)
            elif opened[-1:] == ["VEVENT"] and blocks:
                blocks[-1].add(said)
            if len(blocks) > MOST_ENTRIES:
                raise Refused(TOO_LARGE)
        if opened or not ended:
            raise Refused(CUT)
        return blocks

    def _unreadable(self, number: int, opened: list[str]) -> None:
        if not opened:
            raise Refused(NO_CALENDAR)
        self._pass_over("line", number)

    def _pass_over(self, kind: str, line: int, words: str = "") -> None:
        if len(self.faults) >= _MOST_FAULTS:
            raise Refused(NO_CALENDAR)
        self.faults.append((kind, line, words))

    def _say(self, said: CalendarProperty) -> None:
        match said.name:
            case "X-WR-CALNAME" | "NAME" if not self.name:
                self.name = words_in(said.value)
            case "X-WR-TIMEZONE":
                self.zone = said.value.strip()

    def _moved(self, blocks: list[_Block]) -> Mapping[str, set[date]]:
        """The single days of each rule of which another entry says otherwise."""
        moved: dict[str, set[date]] = {}
        for block in blocks:
            if again := block.properties.get("RECURRENCE-ID"):
                try:
                    moved.setdefault(self._uid(block), set()).add(day_of(moment_in(again, self.zone)))
                except (EntryFault, OverflowError):
                    continue
        return moved

    def _uid(self, block: _Block) -> str:
        written = block.properties.get("UID")
        return clean.line(written.value) if written else ""

    def _take(self, block: _Block, moved: Mapping[str, set[date]]) -> None:
        if _said(block, "STATUS") == "CANCELLED":
            return
        summary = block.properties.get("SUMMARY")
        words = words_in(summary.value) if summary else ""
        try:
            entry = self._entry(block, words, summary.parameter("LANGUAGE") if summary else "")
            for each in self._each_time(block, entry, moved):
                self._keep(each)
        except EntryFault as fault:
            self._pass_over(fault.kind, fault.line or block.line, words)
        except OverflowError:
            self._pass_over("far", block.line, words)

    def _keep(self, entry: CalendarEntry) -> None:
        if entry.last < self.since:
            self.past += 1
        else:
            self.entries.append(entry)
            if len(self.entries) > MOST_STEPS:
                raise Refused(TOO_OFTEN)

    def _entry(self, block: _Block, words: str, lang: str) -> CalendarEntry:
        """The first time that an entry comes. Raises EntryFault."""
        start = block.properties.get("DTSTART")
        if start is None:
            raise EntryFault("no day")
        begins = moment_in(start, self.zone)
        ends, line = self._end(block, begins, start.line)
        first, last = _whole_days(begins, ends, line)
        if (last - first).days >= LONGEST_ENTRY:
            raise EntryFault("long", line)
        if not _EARLIEST <= first <= last <= _LATEST:
            raise EntryFault("far", start.line)
        uid = self._uid(block) or hashlib.sha256(f"{first}{words}".encode()).hexdigest()
        if len(uid) > _LONGEST_UID:
            uid = hashlib.sha256(uid.encode()).hexdigest()
        marked = f"{words} {' '.join(_said(block, mark) for mark in _MARKS)}"
        return CalendarEntry(
            uid=f"{uid}#{first}" if "RECURRENCE-ID" in block.properties else uid,
            first=first,
            last=last,
            words=words,
            lang=clean.line(lang),
            line=block.line,
            timed=isinstance(begins, datetime),
            worked=bool(_WORKED.search(marked)),
        )

    def _end(self, block: _Block, begins: date, line: int) -> tuple[date, int]:
        """When it ends, and the line that says so."""
        if end := block.properties.get("DTEND"):
            return moment_in(end, self.zone), end.line
        if lasts := block.properties.get("DURATION"):
            length = length_in(lasts)
            return begins + (length if isinstance(begins, datetime) else timedelta(days=length.days)), lasts.line
        return begins if isinstance(begins, datetime) else begins + _A_DAY, line

    def _each_time(
        self, block: _Block, entry: CalendarEntry, moved: Mapping[str, set[date]]
    ) -> Iterator[CalendarEntry]:
        written = block.properties.get("RRULE")
        added = self._listed(block, "RDATE")
        if not written and not added:
            yield entry
            return
        left_out = set(self._listed(block, "EXDATE")) | moved.get(self._uid(block), set())
        days = {entry.first, *added, *(self._by_rule(written, entry.first) if written else ())}
        length = entry.last - entry.first
        for day in sorted(days - left_out):
            if day + length <= _LATEST:
                yield replace(entry, uid=f"{entry.uid}#{day}", first=day, last=day + length)

    def _by_rule(self, written: CalendarProperty, first: date) -> Iterator[date]:
        try:
            rule: RepeatRule = rule_written(written.value)
        except SubDaily:
            raise EntryFault("sub-daily", written.line) from None
        except ValueError:
            raise EntryFault("rule", written.line) from None
        for days in days_by_step(rule, first, self.until):
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise Refused(TOO_OFTEN)
            yield from days

    def _listed(self, block: _Block, name: str) -> list[date]:
        """The days of EXDATE or RDATE; what is no day in them is left out."""
        days = []
        for listed in block.lists.get(name, ()):
            for value in listed.value.split(","):
                try:
                    days.append(day_of(moment_in(replace(listed, value=value), self.zone)))
                except EntryFault:
                    self._pass_over("line", listed.line)
        return days


def _said(block: _Block, name: str) -> str:
    written = block.properties.get(name)
    return written.value.strip().upper() if written else ""


def _whole_days(begins: date, ends: date, line: int) -> tuple[date, date]:
    """The first and the last day; an end is the first moment that is not in it any more. Raises EntryFault."""
    if not (isinstance(begins, datetime) and isinstance(ends, datetime)):
        begins, ends = day_of(begins), day_of(ends)
        if ends < begins:
            raise EntryFault("ends first", line)
        # Some programs end an entry of one day on that day.
        return begins, max(begins, ends - _A_DAY)
    if ends < begins:
        raise EntryFault("ends first", line)
    if ends - begins < _A_WORKING_DAY:
        raise EntryFault("hours", line)
    return begins.date(), (ends - timedelta(microseconds=1)).date()


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
