"""The timeline: one lane per programme, one mark per exchange; where everything lies, and nothing of how it is drawn.

It ranks nobody: nothing is counted here, and nothing is coloured by country.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from koryu.archive.queries import Line
from koryu.records.exchange import Form, State
from koryu.values.edtf import Edtf

# In the units of the drawing, of which the whole is WIDE.
WIDE = 1000.0
LANE, STEP, NEAR = 74.0, 26.0, 22.0


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One exchange: at `x`, raised by `level` where others lie near, bearing the letter of its host."""

    line: Line
    x: float
    level: int
    letter: str
    online: bool
    postponed: bool
    faint: bool
    number: str


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A stretch from which exchanges were not found; `first` and `last` are the numbers they would bear, if any."""

    x: float
    wide: float
    first: str = ""
    last: str = ""


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One programme, from `start` to `end`; `joins` is the place in the drawing of the lane it goes on from."""

    line: Line
    y: float
    start: float
    end: float
    letters: Mapping[str, str]
    marks: tuple[Mark, ...]
    gaps: tuple[Gap, ...]
    joins: float | None = None


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The whole picture from one year to another, and its table: `undated` exchanges are in the table alone."""

    first: int
    last: int
    tall: float
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    undated: tuple[Line, ...]


def years(exchanges: Iterable[Line], programmes: Iterable[Line]) -> tuple[int, int]:
    """The first and the last year that the timeline of these reaches."""
    every = [line for line in (*exchanges, *programmes) if line.date]
    begun = [line.earliest.year for line in every if line.earliest and line.earliest > date.min]
    ended = [line.date.latest.year for line in every if line.date and line.date.latest < date.max]
    return min(begun), max([*begun, *ended])


def timeline(
    programmes: Sequence[Line], exchanges: Iterable[Line], *, short: Mapping[str, str], first: int, last: int
) -> Timeline:
    """The timeline from the first day of one year to the last day of another.

    `short` gives the abbreviation of each institution, from which the letters are taken. An exchange held under
    several programmes has a mark in the lane of each; one under none is not in the picture.
    """
    held: dict[str, list[Line]] = defaultdict(list)
    for exchange in exchanges:
        for programme in exchange.facts.get("programmes", ()):
            held[programme].append(exchange)
    scale = _Scale(first, last)
    shown = [line for line in programmes if held[line.uri] or _overlaps(line, first, last)]
    lanes: dict[str, Lane] = {}
    for place, line in enumerate(shown):
        before = lanes.get(str(line.facts.get("continues", "")))
        lanes[line.uri] = _lane(
            line, held[line.uri], scale, short, y=(place + 1) * LANE, joins=before.y if before else None
        )
    undated = {line.uri: line for line in exchanges if not line.date} if isinstance(exchanges, Sequence) else {}
    return Timeline(
        first=first,
        last=last,
        tall=(len(lanes) + 1) * LANE,
        ticks=scale.ticks(),
        lanes=tuple(lanes.values()),
        undated=tuple(undated.values()),
    )


def letters(institutions: Iterable[str], *, short: Mapping[str, str]) -> dict[str, str]:
    """A letter for each institution out of its abbreviation: one that no other of them has, where there is one."""
    names = {uri: short[uri] for uri in institutions if short.get(uri)}
    chosen: dict[str, str] = {}
    for uri in sorted(names, key=lambda one: (_own(one, names) == "", names[one])):
        free = [letter for letter in names[uri] if letter not in chosen.values()]
        own = _own(uri, names)
        chosen[uri] = next((letter for letter in own if letter in free), (free or [names[uri][0]])[-1])
    return chosen


def _own(uri: str, names: Mapping[str, str]) -> str:
    """The letters of an abbreviation that stand in no other."""
    others = {letter for other, name in names.items() if other != uri for letter in name}
    return "".join(letter for letter in names[uri] if letter not in others)


@dataclass(frozen=True)
class _Scale:
    first: int
    last: int

    @property
    def begin(self) -> int:
        return date(self.first, 1, 1).toordinal()

    @property
    def days(self) -> int:
        return date(self.last, 12, 31).toordinal() - self.begin + 1

    def x(self, day: date) -> float:
        """Where a day lies, kept within the picture."""
        return round(min(max((day.toordinal() - self.begin) / self.days, 0.0), 1.0) * WIDE, 1)

    def middle(self, when: Edtf) -> float:
        return (self.x(when.earliest) + self.x(when.latest)) / 2

    def ticks(self) -> tuple[tuple[float, str], ...]:
        span = self.last - self.first + 1
        if span == 1:
            return tuple((self.x(date(self.first, month, 1)), f"{self.first}-{month:02}") for month in range(1, 13))
        step = 1 if span <= 12 else 5
        every = range(self.first + -self.first % step, self.last + 1, step)
        return tuple((self.x(date(year, 1, 1)), str(year)) for year in every)


def _overlaps(line: Line, first: int, last: int) -> bool:
    since = line.earliest.year if line.earliest else first
    until = line.facts.get("until")
    return since <= last and (not until or Edtf(until).latest.year >= first)


def _lane(
    line: Line, exchanges: list[Line], scale: _Scale, short: Mapping[str, str], *, y: float, joins: float | None
) -> Lane:
    mine = letters(line.facts.get("institutions", ()), short=short)
    dated = sorted((one for one in exchanges if one.date), key=lambda one: (one.earliest, one.uri))
    until = line.facts.get("until")
    inside = [one for one in dated if _within(one, scale)]
    return Lane(
        line=line,
        y=y,
        start=scale.x(line.earliest) if line.earliest else 0.0,
        end=scale.x(Edtf(until).latest) if until else WIDE,
        letters=mine,
        marks=_marks(inside, line.uri, scale, mine),
        gaps=_gaps(dated, line, scale),
        joins=joins,
    )


def _within(line: Line, scale: _Scale) -> bool:
    when = line.date
    return when is not None and when.latest.year >= scale.first and when.earliest.year <= scale.last


def _marks(exchanges: list[Line], programme: str, scale: _Scale, mine: Mapping[str, str]) -> tuple[Mark, ...]:
    found: list[Mark] = []
    level, before = 0, -NEAR
    for line in exchanges:
        assert line.date is not None
        x = round(scale.middle(line.date), 1)
        level = level + 1 if x - before < NEAR and found else 0
        before = x
        facts = line.facts
        hosts = facts.get("hosts", ())
        found.append(
            Mark(
                line=line,
                x=x,
                level=level,
                letter="".join(mine.get(host, "") for host in hosts)[:2],
                online=facts.get("form") == Form.ONLINE,
                postponed=facts.get("state") == State.POSTPONED,
                faint=not hosts and facts.get("form") != Form.ONLINE,
                number=str(facts.get("numbers", {}).get(programme, "")),
            )
        )
    return tuple(found)


def _gaps(dated: list[Line], programme: Line, scale: _Scale) -> tuple[Gap, ...]:
    """Between two exchanges: where numbers were skipped, or where more than two years lie."""
    gaps = []
    for one, two in pairwise(dated):
        assert one.date is not None
        assert two.date is not None
        first, last = _number(one, programme.uri), _number(two, programme.uri)
        start, end = one.date.latest, two.date.earliest
        if end.year < scale.first or start.year > scale.last:
            continue
        numbered = {"first": str(first + 1), "last": str(last - 1)} if first and last and last > first + 1 else {}
        if numbered or (end - start).days > 2 * 366:
            gaps.append(Gap(x=scale.x(start), wide=round(scale.x(end) - scale.x(start), 1), **numbered))
    return tuple(gap for gap in gaps if gap.wide > 0)


def _number(line: Line, programme: str) -> int | None:
    number = str(line.facts.get("numbers", {}).get(programme, ""))
    return int(number) if number.isdecimal() else None
