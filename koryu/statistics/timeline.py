"""The timeline: a row for each programme, a column for each year, a mark for each exchange. It draws nothing.

It ranks nobody: nothing is counted here, and nothing is coloured by country.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from koryu.archive.queries import Line
from koryu.records.exchange import EventState, ExchangeForm
from koryu.values.edtf import Edtf

# As lines write them: comparing an enumeration costs more than two strings.
_ONLINE, _POSTPONED = str(ExchangeForm.ONLINE), str(EventState.POSTPONED)
# Where two exchanges are so many days apart, one between them is probably missing.
_LONG: Final = 2 * 366
# How a date begins that names a month.
_MONTH: Final = re.compile(r"\d{4}-\d\d")
# Exchanges of these forms have no host: it is not missing there.
_HOSTLESS = frozenset(map(str, (ExchangeForm.ONLINE, ExchangeForm.HEADS, ExchangeForm.MEETING)))


class TimelineMark(NamedTuple):
    """One exchange in its column, bearing the letter of its host, and below it the number it has in its row.

    `inferred` where no source states when it was, who its host was or under which programme it was held.
    """

    line: Line
    column: int
    letter: str
    number: str
    online: bool
    postponed: bool
    faint: bool
    inferred: bool = False


class Gap(NamedTuple):
    """Days from which exchanges were not found; `first` and `last` are the numbers they would bear, if any.

    `inferred` where it lies before the first exchange and the beginning of the programme is itself inferred.
    """

    begin: date
    end: date
    first: str = ""
    last: str = ""
    inferred: bool = False


class TimelineCell(NamedTuple):
    """One or several columns of a row: the marks in it, or how the programme ran meanwhile.

    `runs` where there is a line, `quiet` where it is dotted because nothing was found; `gaps` begin in this cell.
    `joins` where the line comes down from the row above; `decade` where a decade begins.
    """

    span: int
    runs: bool
    quiet: bool = False
    marks: tuple[TimelineMark, ...] = ()
    gaps: tuple[Gap, ...] = ()
    joins: bool = False
    decade: bool = False


class Tick(NamedTuple):
    """A heading over several columns: its first year, or the month of the only one; 0 where no room is for either."""

    span: int
    year: int = 0
    month: int = 0
    decade: bool = False


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One programme: its row from the first column to the last.

    `continues` is the line of the programme it goes on from, if that has a row here and it is said when this one began;
    `loosely` where it is inferred that it does.
    """

    line: Line
    letters: Mapping[str, str]
    cells: tuple[TimelineCell, ...]
    continues: Line | None = None
    loosely: bool = False

    @property
    def marks(self) -> tuple[TimelineMark, ...]:
        """Every exchange of the row that is shown, by date."""
        return tuple(mark for cell in self.cells for mark in cell.marks)

    @property
    def tallest(self) -> int:
        """How many marks stand over each other where most do."""
        return max((len(cell.marks) for cell in self.cells), default=0)


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The whole picture from one year to another, and its table: `shown`, and `undated` which no picture can show.

    It has a column for each year; of one year, one for each month and, where needed, one for what names no month.
    """

    first: int
    last: int
    columns: int
    ticks: tuple[Tick, ...]
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
    rows: Collection[str] | None = None,
) -> Timeline:
    """The timeline from the first day of one year to the last day of another, of exchanges that come by date.

    `short` gives the abbreviation of each institution, from which the letters are taken: the same ones if only the
    programmes in `rows` have a row. An exchange held under several
    programmes has a mark in the row of each; one under none is in the table alone.
    """
    held: dict[str, list[Line]] = defaultdict(list)
    for exchange in exchanges:
        for programme in exchange.summary.programmes:
            held[programme].append(exchange)
    every = in_succession(programmes)
    shown = tuple(exchange for exchange in exchanges if _reaches(exchange, first, last))
    scale = _Scale(first, last, _named_by_year(shown) if first == last else False)
    initials = letters(dict.fromkeys(uri for line in every for uri in line.summary.institutions), short=short)
    lanes: dict[str, Lane] = {}
    for line in every:
        if rows is not None and line.uri not in rows:
            continue
        mine = held[line.uri]
        if not _overlaps(line, mine, first, last) and not any(_reaches(exchange, first, last) for exchange in mine):
            continue
        before = lanes.get(line.summary.continues) if line.earliest else None
        above = bool(before and next(reversed(lanes)) == line.summary.continues)
        lanes[line.uri] = Lane(
            line=line,
            letters={uri: initials[uri] for uri in line.summary.institutions if uri in initials},
            cells=_cells(line, mine, scale, initials, joins=above),
            continues=before.line if before else None,
            loosely=line.summary.is_inferred("continues"),
        )
    return Timeline(
        first=first,
        last=last,
        columns=scale.columns,
        ticks=tuple(scale.ticks()),
        lanes=tuple(lanes.values()),
        shown=shown,
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
    """Which column a day lies in: a year each, or of one year the months."""

    def __init__(self, first: int, last: int, some_without_month: bool) -> None:
        self.first, self.last, self.by_month = first, last, first == last
        self.begin, self.end = date(first, 1, 1), date(last, 12, 31)
        self.dated = 12 if self.by_month else last - first + 1
        self.columns = self.dated + some_without_month

    def column(self, day: date) -> int:
        """The column of a day; of one outside the picture, the column at that end."""
        day = min(max(day, self.begin), self.end)
        return day.month - 1 if self.by_month else day.year - self.first

    def of_exchange(self, line: Line) -> int:
        """The column in which the middle of the time lies in which an exchange was held."""
        assert line.earliest is not None
        if self.by_month and _names_no_month(line):
            return self.dated
        first, last = max(line.earliest, self.begin), min(line.latest or line.earliest, self.end)
        if first.year == last.year and not self.by_month:
            return first.year - self.first
        return self.column(date.fromordinal((first.toordinal() + last.toordinal()) // 2))

    def is_decade(self, column: int) -> bool:
        """Whether a decade begins with a column, and others lie before it."""
        return not self.by_month and column > 0 and (self.first + column) % 10 == 0

    def ticks(self) -> Iterator[Tick]:
        """The headings: each month, each year of a decade or so, every fifth year of more."""
        if self.by_month:
            yield from (Tick(1, month=month) for month in range(1, 13))
            if self.columns > self.dated:
                yield Tick(1)
            return
        step = 1 if self.dated <= 12 else 5
        starts = [self.first, *range(self.first + step - self.first % step, self.last + 1, step), self.last + 1]
        for year, after in pairwise(starts):
            # A column alone has no room for four figures beside those of the next.
            said = year if step == 1 or after - year > 1 else 0
            yield Tick(after - year, year=said, decade=self.is_decade(year - self.first))


def _reaches(line: Line, first: int, last: int) -> bool:
    """Whether any of an exchange's time lies in these years."""
    return line.earliest is not None and line.earliest.year <= last and (line.latest or date.max).year >= first


def _names_no_month(line: Line) -> bool:
    return not _MONTH.match(line.summary.date)


def _named_by_year(lines: Iterable[Line]) -> bool:
    return any(map(_names_no_month, lines))


def _overlaps(line: Line, exchanges: list[Line], first: int, last: int) -> bool:
    known = line.earliest or next((exchange.earliest for exchange in exchanges if exchange.earliest), None)
    since = known.year if known else first
    until = line.summary.until
    return since <= last and (not until or Edtf(until).latest.year >= first)


def _cells(
    line: Line, exchanges: list[Line], scale: _Scale, initials: Mapping[str, str], *, joins: bool
) -> tuple[TimelineCell, ...]:
    """The row of a programme: a cell for each column with marks, and for each stretch of one kind between them."""
    dated = [exchange for exchange in exchanges if exchange.earliest]
    marks: dict[int, list[TimelineMark]] = {}
    for exchange in dated:
        if _reaches(exchange, scale.first, scale.last):
            mark = _mark(exchange, line, scale, initials)
            marks.setdefault(mark.column, []).append(mark)
    # Where it is not said when a programme began, its line begins with the first of its exchanges.
    began = line.earliest or (dated[0].earliest if dated else None) or scale.begin
    ended = Edtf(line.summary.until).latest if line.summary.until else scale.end
    runs = range(scale.column(began), scale.column(ended) + 1)
    if began > scale.end or ended < scale.begin:
        runs = range(0)
    dotted, gaps = _dotted(_gaps(line, dated, exchanges, scale.end), scale, runs, marks)
    starts = runs.start if joins and began >= scale.begin else None
    cells: list[TimelineCell] = []
    span = 0
    for column in range(scale.columns):
        span += 1
        following = column + 1
        kind = (column in runs, column in dotted)
        if (
            column not in marks
            and following < scale.columns
            and following not in marks
            and following not in gaps
            and not scale.is_decade(following)
            and (following in runs, following in dotted) == kind
        ):
            continue
        first = following - span
        cells.append(
            TimelineCell(
                span,
                *kind,
                marks=tuple(marks.get(column, ())),
                gaps=tuple(gaps.get(first, ())),
                joins=first == starts,
                decade=scale.is_decade(first),
            )
        )
        span = 0
    return tuple(cells)


def _dotted(
    gaps: Iterable[Gap], scale: _Scale, runs: range, marks: Mapping[int, Sequence[TimelineMark]]
) -> tuple[set[int], dict[int, list[Gap]]]:
    """The columns in which the line is dotted, and the gaps by the column in which each is said.

    A gap that lies within columns of marks alone dots the line around the last of these: none goes unseen.
    """
    dotted: set[int] = set()
    said: dict[int, list[Gap]] = {}
    for gap in gaps:
        if gap.end < scale.begin or gap.begin > scale.end:
            continue
        reached = range(scale.column(gap.begin), scale.column(gap.end) + 1)
        columns = [column for column in reached if column in runs and column not in marks] or [reached[-1]]
        dotted.update(columns)
        said.setdefault(columns[0], []).append(gap)
    return dotted, said


def _mark(line: Line, programme: Line, scale: _Scale, initials: Mapping[str, str]) -> TimelineMark:
    summary = line.summary
    hosts, form = summary.hosts, summary.form
    return TimelineMark(
        line=line,
        column=scale.of_exchange(line),
        letter="".join([initials.get(host, "") for host in hosts[:2]]),
        number=summary.numbers.get(programme.uri, "") if summary.numbers else "",
        online=form == _ONLINE,
        postponed=summary.state == _POSTPONED,
        faint=not hosts and form not in _HOSTLESS,
        inferred=summary.is_inferred("date", "hosts", "programmes"),
    )


def _gaps(line: Line, dated: list[Line], every: list[Line], end: date) -> Iterator[Gap]:
    """From when to when exchanges of a programme were not found, up to the day `end`."""
    until = Edtf(line.summary.until).latest if line.summary.until else end
    if not dated:
        yield Gap(line.earliest or date.min, until)
        return
    yield from _before(line, dated[0])
    yield from _between(dated, every, line.uri)
    last = max(exchange.latest or date.max for exchange in dated)
    if last < until and (until - last).days > _LONG:
        yield Gap(last + timedelta(days=1), until)


def _before(line: Line, first: Line) -> Iterator[Gap]:
    """Between the beginning of a programme and the first of its exchanges on record."""
    start, end, inferred = line.earliest, first.earliest, line.summary.is_inferred("date")
    if start and end and start < end and (inferred or (end - start).days > _LONG):
        yield Gap(start, end - timedelta(days=1), inferred=inferred)


def _between(dated: list[Line], every: list[Line], programme: str) -> Iterator[Gap]:
    """Between two exchanges, where numbers were skipped, or where more than two years lie."""
    numbers = {exchange.uri: _number(exchange, programme) for exchange in every}
    known = set(numbers.values())
    for before, after in pairwise(dated):
        start, end = before.latest or date.max, after.earliest or date.max
        missing = _missing(numbers[before.uri], numbers[after.uri], known)
        if end <= start or (not missing and (end - start).days <= _LONG):
            continue
        first, last = (str(missing[0]), str(missing[-1])) if missing else ("", "")
        # Between two days on end no day is missing; the numbers are all the same.
        yield Gap(start + timedelta(days=1), max(end - timedelta(days=1), start + timedelta(days=1)), first, last)


def _missing(before: int | None, after: int | None, known: set[int | None]) -> list[int]:
    """The numbers between two that no exchange on record bears, dated or not."""
    if before is None or after is None or after - before < 2:
        return []
    return [number for number in range(before + 1, after) if number not in known]


def _number(line: Line, programme: str) -> int | None:
    numbers = line.summary.numbers
    number = numbers.get(programme, "") if numbers else ""
    return int(number) if number.isdecimal() else None
