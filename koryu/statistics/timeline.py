"""The timeline: a lane for each programme, a mark for each exchange. Says where they lie, not how they are drawn.

It ranks nobody: nothing is counted here, and nothing is coloured by country.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from koryu.archive.queries import Line
from koryu.records.exchange import EventState, ExchangeForm
from koryu.values.edtf import Edtf

# In the units of the drawing, of which the whole is WIDE.
WIDE = 1000.0
LANE, STEP, NEAR, RISE = 66.0, 25.0, 24.0, 3
# Between the lines of a name; how far before its beginning a lane bends down; what is left free beside that.
LEADING, BEND, CLEAR = 18.0, 30.0, 12.0

# As lines write them: an enumeration's own comparison costs more than that of two strings.
_ONLINE, _POSTPONED = str(ExchangeForm.ONLINE), str(EventState.POSTPONED)
# Where two exchanges are so many days apart, one between them is probably missing.
_LONG = 2 * 366
# Exchanges of these forms have no host: it is not missing there.
_HOSTLESS = frozenset(map(str, (ExchangeForm.ONLINE, ExchangeForm.HEADS, ExchangeForm.MEETING)))


class TimelineMark(NamedTuple):
    """One exchange: at `x`, raised by `level` where others lie near, bearing the letter of its host.

    `inferred` where no source states when it was, who its host was or under which programme it was held.
    """

    line: Line
    x: float
    level: int
    letter: str
    online: bool
    postponed: bool
    faint: bool
    inferred: bool = False


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A stretch from which exchanges were not found; `first` and `last` are the numbers they would bear, if any.

    `inferred` where it lies before the first exchange and the beginning of the programme is itself inferred.
    """

    x: float
    wide: float
    first: str = ""
    last: str = ""
    inferred: bool = False


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One programme, from `start` to `end`, its room beginning at `top`; `joins`: the `y` of the lane it continues.

    It joins no lane where it is not said when it began; `loosely` where it is inferred that it continues that one.

    Its name stands at `name_x` in as many lines as it takes to keep clear of the line that joins two lanes.
    """

    line: Line
    y: float
    start: float
    end: float
    letters: Mapping[str, str]
    marks: tuple[TimelineMark, ...]
    gaps: tuple[Gap, ...]
    top: float = 0.0
    joins: float | None = None
    loosely: bool = False
    name: tuple[str, ...] = ()
    name_x: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The whole picture from one year to another, and its table: `shown`, and `undated` which no picture can show."""

    first: int
    last: int
    tall: float
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    shown: tuple[Line, ...]
    undated: tuple[Line, ...]


def years(exchanges: Iterable[Line], programmes: Iterable[Line]) -> tuple[int, int] | None:
    """The first and the last year that the timeline of these reaches; None where nothing bears a date."""
    every = [line for line in (*exchanges, *programmes) if line.earliest and line.earliest > date.min]
    begun = [line.earliest for line in every if line.earliest]
    ended = [line.latest for line in every if line.latest and line.latest < date.max]
    return (min(begun).year, max([*begun, *ended]).year) if begun else None


def timeline(
    programmes: Iterable[Line],
    exchanges: Sequence[Line],
    *,
    short: Mapping[str, str],
    first: int,
    last: int,
    name: Callable[[Line, float], tuple[str, ...]] = lambda *_: (),
) -> Timeline:
    """The timeline from the first day of one year to the last day of another, of exchanges that come by date.

    `short` gives the abbreviation of each institution, from which the letters are taken; `name` the lines in which the
    name of a programme is set in so much room. An exchange held under several programmes has a mark in the lane of
    each; one under none is in the table alone.
    """
    held: dict[str, list[Line]] = defaultdict(list)
    for exchange in exchanges:
        for programme in exchange.summary.programmes:
            held[programme].append(exchange)
    scale = _Scale(first, last)
    every = in_succession(programmes)
    initials = letters(dict.fromkeys(uri for line in every for uri in line.summary.institutions), short=short)
    lanes: dict[str, Lane] = {}
    top = LANE / 2
    for line in every:
        if not _overlaps(line, held[line.uri], first, last) and not any(map(scale.reaches, held[line.uri])):
            continue
        before = lanes.get(str(line.summary.continues))
        joins = before.y if before and line.earliest else None
        lane = _lane(line, held[line.uri], scale, initials, top=top, joins=joins, name=name)
        lanes[line.uri] = lane
        top = lane.y + STEP
    return Timeline(
        first=first,
        last=last,
        tall=top + LANE / 4,
        ticks=scale.ticks(),
        lanes=tuple(lanes.values()),
        shown=tuple(filter(scale.reaches, exchanges)),
        undated=tuple(exchange for exchange in exchanges if exchange.earliest is None),
    )


def in_succession(programmes: Iterable[Line]) -> list[Line]:
    """Programmes by the date on which they began, each that goes on from another right after that one."""
    ordered: list[Line] = []
    for line in sorted(programmes, key=lambda programme: (programme.earliest or date.max, programme.uri)):
        before = next((place for place, earlier in enumerate(ordered) if earlier.uri == line.summary.continues), None)
        ordered.insert(len(ordered) if before is None else before + 1, line)
    return ordered


def letters(institutions: Iterable[str], *, short: Mapping[str, str]) -> dict[str, str]:
    """A letter for each institution out of its abbreviation: one that no other of them has, where there is one.

    Those whose abbreviation has least to choose from choose first.
    """
    names = {uri: short[uri].upper() for uri in institutions if short.get(uri)}
    every = [letter for name in names.values() for letter in set(name)]
    rare = {uri: [letter for letter in name if every.count(letter) == 1] for uri, name in names.items()}
    chosen: dict[str, str] = {}
    for uri in sorted(
        names, key=lambda institution: (len(set(names[institution]) - _frequent(every)), names[institution])
    ):
        free = [letter for letter in (*rare[uri], *names[uri][1:], names[uri][0]) if letter not in chosen.values()]
        chosen[uri] = free[0] if free else names[uri][0]
    return chosen


def _frequent(letters: Sequence[str]) -> set[str]:
    return {letter for letter in letters if letters.count(letter) > 1}


class _Scale:
    """Where the days from the beginning of one year to the end of another lie."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.begin, self.end = date(first, 1, 1), date(last, 12, 31)
        self.zero, self.final = self.begin.toordinal(), self.end.toordinal()
        self.days = self.final - self.zero + 1

    def x(self, day: date) -> float:
        """Where a day lies, kept within the picture."""
        return round(min(max((day.toordinal() - self.zero) / self.days, 0.0), 1.0) * WIDE, 1)

    def middle(self, line: Line) -> float:
        """Where the middle of the time lies in which an exchange was held."""
        assert line.earliest is not None
        first = max(line.earliest.toordinal(), self.zero)
        last = min((line.latest or line.earliest).toordinal(), self.final)
        return round(((first + last + 1) / 2 - self.zero) / self.days * WIDE, 1)

    def reaches(self, line: Line) -> bool:
        """Whether any of an exchange's time lies in the picture."""
        return line.earliest is not None and line.earliest <= self.end and (line.latest or date.max) >= self.begin

    def misses(self, first: date, last: date) -> bool:
        """Whether a stretch of time lies in none of the years of the picture."""
        return last.year < self.first or first.year > self.last

    def ticks(self) -> tuple[tuple[float, str], ...]:
        span = self.last - self.first + 1
        if span == 1:
            return tuple((self.x(date(self.first, month, 1)), f"{self.first}-{month:02}") for month in range(1, 13))
        step = 1 if span <= 12 else 5
        every = range(self.first + -self.first % step, self.last + 1, step)
        return tuple((self.x(date(year, 1, 1)), str(year)) for year in every)


def _overlaps(line: Line, exchanges: list[Line], first: int, last: int) -> bool:
    known = line.earliest or next((exchange.earliest for exchange in exchanges if exchange.earliest), None)
    since = known.year if known else first
    until = line.summary.until
    return since <= last and (not until or Edtf(until).latest.year >= first)


def _lane(
    line: Line,
    exchanges: list[Line],
    scale: _Scale,
    initials: Mapping[str, str],
    *,
    top: float,
    joins: float | None,
    name: Callable[[Line, float], tuple[str, ...]],
) -> Lane:
    mine = {uri: initials[uri] for uri in line.summary.institutions if uri in initials}
    dated = [exchange for exchange in exchanges if exchange.earliest]
    until = line.summary.until
    marks = _marks(filter(scale.reaches, dated), scale, mine)
    height = max((mark.level for mark in marks), default=0)
    # Where it is not said when a programme began, its line begins with the first of its exchanges.
    began = line.earliest or (dated[0].earliest if dated else None)
    start, end = scale.x(began) if began else 0.0, scale.x(Edtf(until).latest) if until else WIDE
    name_x, room = _room(start, joins)
    named = name(line, room)
    whole = () if dated else (Gap(x=start, wide=round(end - start, 1)),)
    return Lane(
        line=line,
        top=top,
        y=top + LANE + height * STEP - STEP + max(0, len(named) - 1) * LEADING,
        start=start,
        end=end,
        letters=mine,
        marks=marks,
        gaps=whole
        or (*_before(line, dated, scale), *_gaps(dated, exchanges, line.uri, scale), *_after(line, dated, scale)),
        joins=joins,
        loosely=line.summary.is_inferred("continues"),
        name=named,
        name_x=name_x,
    )


def _room(start: float, joins: float | None) -> tuple[float, float]:
    """Where the name of a lane begins and how wide it may be: on that side of the joining line which is the wider."""
    if joins is None:
        return 0.0, WIDE
    before, after = start - BEND - CLEAR, WIDE - start - CLEAR
    return (0.0, before) if before > after else (start + CLEAR, after)


def _marks(exchanges: Iterable[Line], scale: _Scale, mine: Mapping[str, str]) -> tuple[TimelineMark, ...]:
    marks: list[TimelineMark] = []
    level, before = 0, -NEAR
    for line in exchanges:
        x = scale.middle(line)
        level = (level + 1) % (RISE + 1) if x - before < NEAR else 0
        before = x
        summary = line.summary
        hosts, form = summary.hosts, summary.form
        letter = mine.get(hosts[0], "") if len(hosts) == 1 else "".join([mine.get(host, "") for host in hosts])[:2]
        postponed, faint = summary.state == _POSTPONED, not hosts and form not in _HOSTLESS
        inferred = summary.is_inferred("date", "hosts", "programmes")
        marks.append(TimelineMark(line, x, level, letter, form == _ONLINE, postponed, faint, inferred))
    return tuple(marks)


def _before(line: Line, dated: list[Line], scale: _Scale) -> Iterator[Gap]:
    """Between the beginning of a programme and the first of its exchanges on record."""
    start, end, inferred = line.earliest, dated[0].earliest, line.summary.is_inferred("date")
    if start and end and (inferred or (end - start).days > _LONG):
        yield from _stretch(start, end, scale, inferred=inferred)


def _after(line: Line, dated: list[Line], scale: _Scale) -> Iterator[Gap]:
    """Between the last exchange on record and the end of a programme, or of the picture where no end is stated."""
    start, until = max(exchange.latest or date.max for exchange in dated), line.summary.until
    end = min(Edtf(until).latest, scale.end) if until else scale.end
    if start < end and (end - start).days > _LONG:
        yield from _stretch(start, end, scale)


def _stretch(start: date, end: date, scale: _Scale, *, inferred: bool = False) -> Iterator[Gap]:
    x = scale.x(start)
    wide = round(scale.x(end) - x, 1)
    if wide > 0 and not scale.misses(start, end):
        yield Gap(x=x, wide=wide, inferred=inferred)


def _gaps(dated: list[Line], every: list[Line], programme: str, scale: _Scale) -> tuple[Gap, ...]:
    """The gaps between two exchanges: where numbers were skipped, or where more than two years lie."""
    numbers = {exchange.uri: _number(exchange, programme) for exchange in every}
    known = set(numbers.values())
    gaps = []
    for before, after in pairwise(dated):
        start, end = before.latest or date.max, after.earliest or date.max
        missing = _missing(numbers[before.uri], numbers[after.uri], known)
        if (not missing and (end - start).days <= _LONG) or end <= start or scale.misses(start, end):
            continue
        x, (first, last) = scale.x(start), (str(missing[0]), str(missing[-1])) if missing else ("", "")
        gaps.append(Gap(x=x, wide=round(scale.x(end) - x, 1), first=first, last=last))
    return tuple(gap for gap in gaps if gap.wide > 0)


def _missing(before: int | None, after: int | None, known: set[int | None]) -> list[int]:
    """The numbers between two that no exchange on record bears, dated or not."""
    if before is None or after is None or after - before < 2:
        return []
    return [number for number in range(before + 1, after) if number not in known]


def _number(line: Line, programme: str) -> int | None:
    numbers = line.summary.numbers
    number = numbers.get(programme, "") if numbers else ""
    return int(number) if number.isdecimal() else None
