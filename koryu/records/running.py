"""When agreements run out: the one answer that the desk, the register and the notices give. Pure."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from koryu.records.agreement import AgreementType, AmendmentType, Renewal
from koryu.records.exchange import EventState
from koryu.records.listed_values import Summary
from koryu.values.edtf import Edtf

# How many days before the first day on which an agreement may run out something is said of it: first at the desk, then
# by mail as well.
STEPS: Final = (365, 183, 31)
BY_MAIL: Final = STEPS[1:]

_YEAR: Final = 12
# More digits than these are no length of any calendar.
_WRITTEN: Final = re.compile(r"P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?")


class TermState(StrEnum):
    """How the term of an agreement stands."""

    RUNS = "runs"
    RUNS_OUT = "runs out within 12 months"
    FULFILLED = "fulfilled"
    RENEWS = "renews"
    RAN_OUT = "has run out"
    NOT_KNOWN = "end not known"


@dataclass(frozen=True, kw_only=True)
class HeldCount:
    """How many exchanges were held, and how many were agreed."""

    held: int
    agreed: int

    @property
    def is_reached(self) -> bool:
        return self.held >= self.agreed


@dataclass(frozen=True, kw_only=True)
class Running:
    """How long an agreement runs, with whatever extends it.

    `parts` are the agreement itself, then what extends, corrects or changes it, by time; `institutions` whoever takes
    part in any of them. `until` is the last day it
    runs, as exactly as it is known; None where no end is known. It is `reckoned` where nothing on record states it.
    What `renews` by itself goes on after `until`. `step` is the last of STEPS that has come; None before the first of
    them, after the end, and where there is no end. `alike` are agreements that may extend this one and do not say so,
    by their beginning.
    """

    root: str
    parts: tuple[str, ...]
    institutions: frozenset[str]
    since: Edtf | None
    until: Edtf | None
    reckoned: bool
    renews: bool
    state: TermState
    count: HeldCount | None
    step: int | None = None
    alike: tuple[str, ...] = ()


def running(
    agreements: Mapping[str, Summary],
    *,
    held: Mapping[str, Summary],
    programmes: Mapping[str, Summary] = MappingProxyType({}),
    today: date,
) -> dict[str, Running]:
    """How long each agreement runs, by the URI of the one that others extend, in the order given.

    `agreements`, `held` (exchanges) and `programmes` are what lists know of these records, by URI. Exchanges that were
    not held are passed over, and so are those in which no institution of the agreement takes part.
    """
    parts: dict[str, list[str]] = {}
    roots = {uri: _root(uri, agreements) for uri in agreements}
    for uri, root in sorted(roots.items(), key=lambda item: _place(item[0], agreements)):
        parts.setdefault(root, []).append(uri)
    by_root = {
        # It comes first itself, whatever its date is said to be.
        root: _Agreed({uri: agreements[uri] for uri in (root, *parts[root])})
        for root in agreements
        if roots[root] == root
    }
    alike = _alike(by_root)
    return {
        root: agreed.on(today, count=_count(agreed, held.values(), programmes), alike=alike.get(root, ()))
        for root, agreed in by_root.items()
    }


def is_extension(agreement: Summary) -> bool:
    """Whether this prolongs what it extends; a correction or a change never does."""
    if agreement.amends_by:
        return agreement.amends_by == AmendmentType.EXTENSION
    return agreement.type == AgreementType.EXTENSION


def _root(uri: str, agreements: Mapping[str, Summary]) -> str:
    """The agreement that a line of extensions began with. In a line that leads back to itself, each is its own."""
    seen, here = {uri}, uri
    while (above := agreements[here].extends) in agreements:
        if above in seen:
            return uri
        seen.add(above)
        here = above
    return here


def _place(uri: str, agreements: Mapping[str, Summary]) -> tuple[date, int, str]:
    """Where a part stands among the others, by time; what has no date comes after what it extends."""
    begins, depth, seen, here = None, 0, set[str](), uri
    while here in agreements and here not in seen:
        begins = begins or _begins(agreements[here])
        depth += 1
        seen.add(here)
        here = agreements[here].extends
    return (begins.earliest if begins else date.min, depth, uri)


def _begins(part: Summary) -> Edtf | None:
    return _edtf(part.since or part.done)


@dataclass(frozen=True)
class _Agreed:
    """An agreement and its parts by time, before anybody asks how it stands on a day."""

    parts: Mapping[str, Summary]

    @property
    def root(self) -> str:
        return next(iter(self.parts))

    @property
    def first(self) -> Summary:
        return self.parts[self.root]

    @property
    def prolonging(self) -> tuple[Summary, ...]:
        """The agreement itself, and what extends it."""
        return tuple(part for uri, part in self.parts.items() if uri == self.root or is_extension(part))

    @property
    def since(self) -> Edtf | None:
        return _begins(self.first)

    @property
    def end(self) -> tuple[Edtf | None, bool]:
        """The latest end, and whether it is reckoned; None where an extension does not say how far it goes."""
        ends = [_end(part) for part in self.prolonging]
        known = [(end, reckoned) for end, reckoned in ends if end]
        if not known or any(end is None for end, _reckoned in ends[1:]):
            return None, False
        return max(known, key=lambda pair: (pair[0].latest, pair[0].earliest))

    def on(self, today: date, *, count: HeldCount | None, alike: tuple[str, ...]) -> Running:
        """How the agreement stands on a day."""
        renewal = next((part.renewal for part in reversed([*self.parts.values()]) if part.renewal), "")
        renews = renewal == Renewal.AUTOMATIC
        end, reckoned = self.end
        until = self._next_end(end, today) if end and renews else end
        step = _step(until, today)
        return Running(
            root=self.root,
            parts=tuple(self.parts),
            institutions=frozenset(uri for part in self.parts.values() for uri in part.institutions),
            since=self.since,
            until=until,
            reckoned=until is not None and (reckoned or until != end),
            renews=renews,
            state=_state(until, today, renews=renews, step=step, count=count),
            count=count,
            step=step,
            alike=alike,
        )

    def _next_end(self, end: Edtf, today: date) -> Edtf | None:
        """The first end that is not past, of what renews by itself; None where how far it goes on is not known."""
        if end.latest >= today:
            return end
        said = next((length for part in reversed(self.prolonging) if (length := _length(part.lasts))), None)
        length = said or next((term for part in self.prolonging if (term := _term(part))), None)
        return _rolled_on(end, length, today) if length else None


def _state(until: Edtf | None, today: date, *, renews: bool, step: int | None, count: HeldCount | None) -> TermState:
    if count and count.is_reached:
        return TermState.FULFILLED
    if renews:
        return TermState.RENEWS
    if until is None:
        return TermState.NOT_KNOWN
    if until.latest < today:
        return TermState.RAN_OUT
    return TermState.RUNS if step is None else TermState.RUNS_OUT


def _count(agreed: _Agreed, exchanges: Iterable[Summary], programmes: Mapping[str, Summary]) -> HeldCount | None:
    """How many of the exchanges agreed were held; None where none were counted. What extends it adds its own."""
    number = sum(part.exchanges_agreed for part in agreed.prolonging)
    if not number:
        return None
    bases = {
        uri: since
        for uri, programme in programmes.items()
        for agreement, since in programme.basis.items()
        if agreement in agreed.parts
    }
    return HeldCount(held=sum(_was_under(agreed, exchange, bases) for exchange in exchanges), agreed=number)


def _was_under(agreed: _Agreed, exchange: Summary, bases: Mapping[str, str]) -> bool:
    """Whether an exchange was held under it, as it says itself or by its programme, and not before it began."""
    if exchange.state != EventState.HELD or set(exchange.institutions).isdisjoint(agreed.first.institutions):
        return False
    on, since = _edtf(exchange.date), agreed.since
    if any(uri in agreed.parts for uri in exchange.agreements):
        return on is None or since is None or on.latest >= since.earliest
    # A programme is often older than what it rests on now: without both dates nothing says that it was under it.
    begins = [since or _edtf(bases[uri]) for uri in exchange.programmes if uri in bases]
    return any(on and begin and on.latest >= begin.earliest for begin in begins)


def _edtf(written: str) -> Edtf | None:
    return Edtf(written) if written else None


def _end(part: Summary) -> tuple[Edtf | None, bool]:
    """The end of one part, and whether it is reckoned."""
    stated = _edtf(part.until)
    if stated and stated.latest != date.max:
        return stated, False
    begins, length = _begins(part), _length(part.lasts)
    return (_later(begins, length) if begins and length else None), True


def _step(until: Edtf | None, today: date) -> int | None:
    if until is None or today > until.latest:
        return None
    left = (until.earliest - today).days
    return min((step for step in STEPS if left <= step), default=None)


@dataclass(frozen=True, kw_only=True)
class _Length:
    """A length of time. Months are of the calendar: what begins on the 31st ends on the last day of a shorter month."""

    months: int = 0
    days: int = 0


def _length(written: str) -> _Length | None:
    """The length of time written as P4Y or the like; None where nothing is written, or a length of nothing."""
    pieces = _WRITTEN.fullmatch(written)
    if pieces is None:
        return None
    years, months, weeks, days = (int(number or 0) for number in pieces.groups())
    length = _Length(months=_YEAR * years + months, days=7 * weeks + days)
    return length if length != _Length() else None


def _term(part: Summary) -> _Length | None:
    """How long a term runs of which both ends are stated equally exactly, the last day, month or year included.

    From the 1st of June 2021 to the 31st of May 2026 are five years, and so are 2021 to 2025.
    """
    first, last = _edtf(part.since), _edtf(part.until)
    if not first or not last or not _unit(first) or _unit(first) != _unit(last) or date.max == last.latest:
        return None
    begins, after = first.earliest, last.latest + timedelta(days=1)
    if after <= begins:
        return None
    months = _YEAR * (after.year - begins.year) + after.month - begins.month
    if _unit(first) == "month" and months % _YEAR == 1 and months > 1:
        # From June 2021 to June 2026: nobody means five years and a month.
        months -= 1
    if _unit(first) != "day" or _moved(begins, _Length(months=months)) in (after, last.latest):
        return _Length(months=months)
    return _Length(days=(after - begins).days)


def _unit(when: Edtf) -> str:
    """Whether it is known to just one day, month or year; empty for anything else."""
    first, last = when.earliest, when.latest
    if first == last:
        return "day"
    if (first.month, first.day, last) == (1, 1, first.replace(month=12, day=31)):
        return "year"
    whole = first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1])
    return "month" if whole else ""


def _rolled_on(end: Edtf, length: _Length, today: date) -> Edtf | None:
    """The first end after so many whole lengths that is not past."""
    # No month is longer: fewer times than these are never enough.
    times = (today - end.latest).days // (31 * length.months + length.days)
    while later := _later(end, length, times=times):
        if later.latest >= today:
            return later
        times += 1
    return None


def _later(when: Edtf, length: _Length, *, times: int = 1) -> Edtf | None:
    """So many lengths after a date, as exactly as the date is known; None where no calendar has that day.

    What begins on 19 January 2024 and lasts three years ends on 19 January 2027: the first day is not counted, as the
    civil codes of Japan (article 140), Korea (157) and China (201) have it.
    """
    earliest, latest = when.earliest, when.latest
    if date.min == earliest or date.max == latest:
        return None
    first, last = _moved(earliest, length, times=times), _moved(latest, length, times=times)
    if first is None or last is None:
        return None
    mark, unit = when.qualifier, _unit(when) if not length.days else ""
    if unit == "year" and not length.months * times % _YEAR:
        return Edtf(f"{first.year:04}{mark}")
    if unit in ("year", "month"):
        months = dict.fromkeys(f"{day.year:04}-{day.month:02}{mark}" for day in (first, last))
        return Edtf("/".join(months))
    return Edtf("/".join(dict.fromkeys(f"{day}{mark}" for day in (first, last))))


def _moved(day: date, length: _Length, *, times: int = 1) -> date | None:
    year, month = divmod(_YEAR * day.year + day.month - 1 + length.months * times, _YEAR)
    if not date.min.year <= year <= date.max.year:
        return None
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    try:
        return moved + timedelta(days=length.days * times)
    except OverflowError:
        return None


def _alike(terms: Mapping[str, _Agreed]) -> dict[str, tuple[str, ...]]:
    """Which others may extend each and do not say so: of the same institutions and type, begun near its end."""
    groups: dict[tuple[frozenset[str], str], list[str]] = {}
    for root, term in terms.items():
        groups.setdefault((frozenset(term.first.institutions), term.first.type), []).append(root)
    return {
        root: tuple(sorted(near, key=lambda other: _place_of(terms[other])))
        for group in groups.values()
        if len(group) > 1
        for root in group
        if (near := [other for other in group if other != root and _may_extend(terms[other], terms[root])])
    }


def _place_of(term: _Agreed) -> tuple[date, str]:
    return (term.since.earliest if term.since else date.min, term.root)


def _may_extend(later: _Agreed, earlier: _Agreed) -> bool:
    begins, (end, _reckoned), before = later.since, earlier.end, earlier.since
    if begins is None or end is None or (before and begins.earliest <= before.earliest):
        return False
    year = _Length(months=_YEAR)
    longest_after, longest_before = _moved(end.latest, year), _moved(begins.latest, year)
    return (longest_after or date.max) >= begins.earliest and (longest_before or date.max) >= end.earliest
