"""Dates that are possible for all, asked of the days of each institution: the best first, with what is to be said.

There is no score. Nothing here reads a clock or a table.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from heapq import nsmallest
from itertools import accumulate
from typing import Final

from koryu.planning.rules.institution_days import Cause, CauseKind, InstitutionDays
from koryu.planning.rules.periods import EARLIEST, LATEST
from koryu.planning.rules.usual_time import UsualTime
from koryu.values.reason import Reason

LONGEST_SPAN: Final = 3
AT_ONCE: Final = 20
_CLOSEST: Final = 3
_EVERY_DAY: Final = frozenset(range(7))
_BEST_WEEKDAYS: Final = frozenset({0, 1})
# Of whomever they are, these are told of a trip that is possible; holidays where they are guests'.
_TOLD: Final = frozenset({CauseKind.AVOIDED, CauseKind.MAY_CHANGE, CauseKind.UNKNOWN})


@dataclass(frozen=True, kw_only=True)
class Ask:
    """Between which days an exchange is sought, of how many days, with whom.

    All arrivals lie on or after `first` and all departures on or before `last`. Of `length` days the first
    `travel_before` and the last `travel_after` are days of travel; on `meeting_days` of those between them the hosts
    work. Online nobody travels, and all work. `weekdays` are those of arrivals, Monday is 0.
    """

    institutions: tuple[str, ...]
    hosts: tuple[str, ...]
    first: date
    last: date
    length: int = 8
    meeting_days: int = 3
    travel_before: int = 1
    travel_after: int = 1
    online: bool = False
    weekdays: frozenset[int] = _EVERY_DAY
    not_before: date = date.min
    usual: UsualTime | None = None
    without_guests_holidays: bool = False

    @property
    def between(self) -> int:
        """How many days lie between the days of travel."""
        return self.length - (0 if self.online else self.travel_before + self.travel_after)

    @property
    def meeting(self) -> tuple[str, ...]:
        """Who must work on a day on which is met."""
        return self.institutions if self.online else self.hosts

    @property
    def guests(self) -> tuple[str, ...]:
        return () if self.online else tuple(each for each in self.institutions if each not in self.hosts)


@dataclass(frozen=True, kw_only=True)
class ArrivalStretch:
    """Arrivals in a row of which the same is to be said; `best` are those among them that come first in the order."""

    first: date
    last: date
    best: tuple[date, ...]
    causes: tuple[Cause, ...]


@dataclass(frozen=True, kw_only=True)
class Excluded:
    """What makes arrivals impossible, and how many; one that two causes exclude is counted for both."""

    cause: Cause
    arrivals: int


@dataclass(frozen=True, kw_only=True)
class Closest:
    """A trip that is not possible, by how many days, and what is in its way."""

    first: date
    last: date
    days: int
    causes: tuple[Cause, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found: of how many `asked` arrivals how many are possible, in `stretches`, of which `more` are not told.

    `closest` are the nearest where none is possible.
    """

    asked: int
    possible: frozenset[date]
    stretches: tuple[ArrivalStretch, ...]
    more: int
    excluded: tuple[Excluded, ...]
    closest: tuple[Closest, ...]


def ask_fails(ask: Ask) -> Reason | None:
    """Why dates cannot be sought so; None where they can."""
    if not ask.institutions:
        return Reason("Say who takes part.")
    strangers = tuple(host for host in ask.hosts if host not in ask.institutions)
    if strangers:
        return Reason("The host does not take part: %(who)s.", who=strangers)
    if not ask.hosts and not ask.online:
        return Reason("Say who hosts, or that it is held online.")
    if ask.last < ask.first:
        return Reason("The last day comes before the first.")
    if ask.first < EARLIEST or ask.last > LATEST:
        return Reason("Enter days between 1970 and 2100.")
    if ask.last > _years_later(ask.first, LONGEST_SPAN):
        return Reason("Look at most three years ahead.")
    if ask.length < 1 or ask.meeting_days < 1 or min(ask.travel_before, ask.travel_after) < 0:
        return Reason("Say how many days the trip and the meetings last.")
    if ask.meeting_days > ask.between:
        return Reason(
            "%(meeting)s meeting days do not fit between arrival and departure of a trip of %(trip)s days.",
            meeting=ask.meeting_days,
            trip=ask.length,
        )
    return None


def windows(ask: Ask, days: Mapping[str, InstitutionDays], *, most: int = AT_ONCE) -> Found:
    """The arrivals that are possible, the best stretch first.

    `days` are those of each institution from `ask.first` to `ask.last`; `ask_fails` has nothing against the ask.
    """
    trips = _Trips(ask, days)
    stretches = sorted(trips.stretches(), key=lambda run: (run.key, run.first))
    return Found(
        asked=trips.asked.bit_count(),
        possible=frozenset(trips.day(place) for place in _places(trips.possible)),
        stretches=tuple(trips.told(run) for run in stretches[:most]),
        more=max(0, len(stretches) - most),
        excluded=trips.excluded(),
        closest=() if trips.possible else trips.closest(),
    )


# By how many days to be avoided, that may change, that are guests' holidays; how far from the usual time; the weekday.
_Key = tuple[int, int, int, int, bool]


@dataclass(frozen=True, kw_only=True)
class _Run:
    first: int
    last: int
    key: _Key
    best: tuple[int, ...]


class _Trips:
    """All trips of one ask, by the place of their arrival; bit n of each number is the trip that begins on day n."""

    def __init__(self, ask: Ask, days: Mapping[str, InstitutionDays]) -> None:
        self.ask = ask
        self.days = [days[institution] for institution in ask.institutions]
        self.count = max(0, (ask.last - ask.first).days + 2 - ask.length)
        self.every = (1 << self.count) - 1
        self.asked = self._asked()
        meeting = (1 << (self.count + ask.length)) - 1
        for each in self.days:
            meeting &= ~each.ruled_out
            if each.institution in ask.meeting:
                meeting &= each.works
        guests = [each for each in self.days if each.institution in ask.guests]
        blocked = _either(each.ruled_out for each in guests)
        holidays = _either(each.holidays for each in guests)
        if ask.without_guests_holidays:
            blocked |= holidays
        # How many of these days each trip has: whole, or between the days of travel.
        self.blocked = self._in_trip(blocked)
        self.met = self._between(meeting)
        self.avoided = self._in_trip(_either(each.avoided for each in self.days))
        self.may_change = self._between(_either(each.may_change for each in self.days))
        self.holidays = self._in_trip(holidays)
        self.possible = self.asked & sum(
            1 << place for place in range(self.count) if not self.blocked[place] and self.met[place] >= ask.meeting_days
        )

    def day(self, place: int) -> date:
        return self.ask.first + timedelta(days=place)

    def _asked(self) -> int:
        """Arrivals on the weekdays that are wanted, and not too early."""
        begins = self.ask.first.weekday()
        asked = sum(1 << place for place in range(self.count) if (begins + place) % 7 in self.ask.weekdays)
        early = min(self.count, max(0, (self.ask.not_before - self.ask.first).days))
        return asked >> early << early

    def _in_trip(self, days: int) -> list[int]:
        return self._counted(days, 0, self.ask.length)

    def _between(self, days: int) -> list[int]:
        before = 0 if self.ask.online else self.ask.travel_before
        return self._counted(days, before, before + self.ask.between)

    def _counted(self, days: int, start: int, end: int) -> list[int]:
        """Of each trip, how many of these days lie from its day `start` until before its day `end`."""
        if not days:
            return [0] * self.count
        width = self.count + self.ask.length
        written = f"{days & ((1 << width) - 1):0{width}b}"[::-1]
        before = list(accumulate(map(int, written), initial=0))
        return [before[place + end] - before[place + start] for place in range(self.count)]

    def key(self, place: int) -> _Key:
        day = self.day(place)
        return (
            self.avoided[place],
            self.may_change[place],
            self.holidays[place],
            self.ask.usual.distance(day) if self.ask.usual else 0,
            day.weekday() not in _BEST_WEEKDAYS,
        )

    def stretches(self) -> Iterator[_Run]:
        """Arrivals in a row that are possible and of which the same is said."""
        changes = 0
        for cause, touched in self._touching:
            if self._is_told(cause):
                changes |= touched ^ (touched << 1)
        row: list[int] = []
        is_other = False
        # Days of the week on which nobody wants to arrive do not part a row.
        for place in range(self.count):
            is_other = is_other or bool(changes >> place & 1)
            if not self.asked >> place & 1:
                continue
            is_possible = self.possible >> place & 1
            if row and (is_other or not is_possible):
                yield self._run(row)
                row = []
            if is_possible:
                row.append(place)
            is_other = False
        if row:
            yield self._run(row)

    def _run(self, row: Sequence[int]) -> _Run:
        keys = {place: self.key(place) for place in row}
        best = min(keys.values())
        return _Run(first=row[0], last=row[-1], key=best, best=tuple(place for place in row if keys[place] == best))

    def told(self, run: _Run) -> ArrivalStretch:
        return ArrivalStretch(
            first=self.day(run.first),
            last=self.day(run.last),
            best=tuple(self.day(place) for place in run.best),
            causes=self._causes_at(run.first, self._is_told),
        )

    def _is_told(self, cause: Cause) -> bool:
        return cause.kind in _TOLD or (cause.kind is CauseKind.HOLIDAY and cause.institution in self.ask.guests)

    def _causes_at(self, place: int, wanted: Callable[[Cause], bool]) -> tuple[Cause, ...]:
        causes = (cause for cause, touched in self._touching if touched >> place & 1 and wanted(cause))
        return tuple(sorted(causes, key=lambda cause: (cause.first, cause.last)))

    @cached_property
    def _touching(self) -> Sequence[tuple[Cause, int]]:
        """Each cause that matters for a trip, with the trips that it touches."""
        return tuple(self._touch())

    def _touch(self) -> Iterator[tuple[Cause, int]]:
        before = 0 if self.ask.online else self.ask.travel_before
        between, whole = (before, self.ask.between), (0, self.ask.length)
        for each in self.days:
            meets, comes = each.institution in self.ask.meeting, each.institution in self.ask.guests
            for cause, days in each.causes:
                match cause.kind:
                    case CauseKind.RULED_OUT:
                        reach = whole if comes else between
                    case CauseKind.AVOIDED:
                        reach = whole
                    case CauseKind.MAY_CHANGE | CauseKind.UNKNOWN:
                        reach = between
                    case CauseKind.HOLIDAY if comes:
                        reach = whole
                    case _ if meets:
                        reach = between
                    case _:
                        continue
                if touched := _spread(days, *reach) & self.every:
                    yield cause, touched

    def excluded(self) -> tuple[Excluded, ...]:
        """What makes arrivals impossible, in the order of how many."""
        lost = self.asked & ~self.possible
        too_few = sum(1 << place for place in _places(lost) if self.met[place] < self.ask.meeting_days)
        causes, explained = [], 0
        for cause, touched in self._touching:
            if hit := touched & (lost if self._blocks(cause) else too_few if self._costs_days(cause) else 0):
                causes.append(Excluded(cause=cause, arrivals=hit.bit_count()))
                explained |= hit
        if left := lost & ~explained:
            weekends = Cause(kind=CauseKind.WEEKENDS, first=self.ask.first, last=self.ask.last)
            causes.append(Excluded(cause=weekends, arrivals=left.bit_count()))
        return tuple(sorted(causes, key=lambda each: (-each.arrivals, each.cause.first)))

    def _blocks(self, cause: Cause) -> bool:
        """Whether one day of it makes a trip impossible."""
        if cause.institution not in self.ask.guests:
            return False
        return cause.kind is CauseKind.RULED_OUT or (
            cause.kind is CauseKind.HOLIDAY and self.ask.without_guests_holidays
        )

    def _costs_days(self, cause: Cause) -> bool:
        """Whether on its days is not met."""
        if cause.kind is CauseKind.RULED_OUT:
            return True
        free = (CauseKind.HOLIDAY, CauseKind.DAY_OFF, CauseKind.UNKNOWN)
        return cause.kind in free and cause.institution in self.ask.meeting

    def closest(self) -> tuple[Closest, ...]:
        """The trips with the fewest days in the way."""
        nearest = nsmallest(_CLOSEST, _places(self.asked), key=lambda place: (self._in_the_way(place), self.key(place)))
        return tuple(
            Closest(
                first=self.day(place),
                last=self.day(place + self.ask.length - 1),
                days=self._in_the_way(place),
                causes=self._causes_at(place, lambda cause: self._blocks(cause) or self._costs_days(cause)),
            )
            for place in nearest
        )

    def _in_the_way(self, place: int) -> int:
        return self.blocked[place] + max(0, self.ask.meeting_days - self.met[place])


def _spread(days: int, start: int, length: int) -> int:
    """The trips that have one of these days among the `length` days from their day `start` on."""
    spread, reach = days >> start, 1
    while reach < length:
        step = min(reach, length - reach)
        spread |= spread >> step
        reach += step
    return spread


def _either(masks: Iterable[int]) -> int:
    joined = 0
    for mask in masks:
        joined |= mask
    return joined


def _places(mask: int) -> Iterator[int]:
    """Where the bits are, the lowest first."""
    written = f"{mask:b}"[::-1]
    place = written.find("1")
    while place >= 0:
        yield place
        place = written.find("1", place + 1)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
