"""What becomes of a schedule when the dates of its exchange move, and which arrival it still leaves time for. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from koryu.planning.rules.schedule.due_days import AnchorDay, Anchors, WorkingDays, due_of_all
from koryu.planning.rules.schedule.schedule_lines import OPEN, ScheduleAsked, ScheduleLine, counted_days
from koryu.planning.rules.schedule.schedule_steps import Anchor, ScheduleStep
from koryu.values.edtf import Edtf
from koryu.values.reason import Refused

_OF_A_TRIP: Final = ("trip", "exchange", "")
_SESSIONS: Final = ("seminar dates", "session")
# How far ahead an arrival is looked for.
_FARTHEST: Final = timedelta(days=1095)


def anchors_of(
    content: Mapping[str, Any], *, agreed_at: str = "", first_session: Edtf | None = None
) -> dict[str, AnchorDay]:
    """The days of an exchange that steps are counted from, as a plan says them, finished or not.

    One known to the month is its first day, about; one known to the year alone, or not at all, gives none. A new date
    of what is postponed takes the place of the first.
    """
    event = content.get("event")
    postponed = isinstance(event, Mapping) and event.get("state") == "postponed"
    whole = (
        _date(event.get("postponed_to"))
        if postponed and isinstance(event, Mapping)
        else _of_scopes(content, _OF_A_TRIP)
    )
    sessions = None if postponed else first_session or _of_scopes(content, _SESSIONS)
    whole = whole or sessions
    anchors: dict[str, AnchorDay] = {}
    if whole and (arrival := _begin(whole)):
        anchors[Anchor.ARRIVAL] = arrival
        anchors[Anchor.DEPARTURE] = _end(whole) or arrival
        anchors[Anchor.FIRST_SESSION] = (_begin(sessions) if sessions else None) or arrival
    if agreed_at:
        anchors[Anchor.AGREED] = AnchorDay(date.fromisoformat(agreed_at[:10]))
    return anchors


def dates_named(anchors: Anchors) -> str:
    """The days of an exchange as a schedule keeps them; '' where there are none."""
    arrival, departure = anchors.get(Anchor.ARRIVAL), anchors.get(Anchor.DEPARTURE)
    if arrival is None or departure is None:
        return ""
    if arrival.about:
        return f"{arrival.day:%Y-%m}"
    first, last = arrival.day.isoformat(), departure.day.isoformat()
    return first if first == last else f"{first}/{last}"


def anchors_named(dates: str, now: Anchors) -> dict[str, AnchorDay]:
    """The days of an exchange as a schedule has kept them; when they were agreed is as it is now."""
    kept = anchors_of({"dates": [{"scope": "trip", "date": dates}]})
    if not kept:
        return {}
    if (session := now.get(Anchor.FIRST_SESSION)) and (arrival := now.get(Anchor.ARRIVAL)):
        first = kept[Anchor.ARRIVAL]
        kept[Anchor.FIRST_SESSION] = AnchorDay(first.day + (session.day - arrival.day), first.about)
    return {**kept, **({Anchor.AGREED: now[Anchor.AGREED]} if Anchor.AGREED in now else {})}


@dataclass(frozen=True, kw_only=True)
class MovedStep:
    """A step of ours whose day moves with the dates: from which day to which. `by_hand` where its own day stays."""

    line: ScheduleLine
    before: date
    after: date

    @property
    def by_hand(self) -> bool:
        """Whether its own day stays, for somebody set it by hand."""
        return self.line.by_hand

    @property
    def was(self) -> Edtf:
        """The day before, as records write it."""
        return Edtf(self.before.isoformat())

    @property
    def now(self) -> Edtf:
        """The day after."""
        return Edtf(self.after.isoformat())


def moved_steps(asked: ScheduleAsked, lines: Iterable[ScheduleLine], *, counted_for: str) -> tuple[MovedStep, ...]:
    """The open steps of ours that move from the dates the schedule was `counted_for` to those it has now."""
    if not counted_for or counted_for == dates_named(asked.anchors):
        return ()
    before = counted_days(replace(asked, anchors=anchors_named(counted_for, asked.anchors)), asked.me)
    return tuple(_moved(lines, before))


def _moved(lines: Iterable[ScheduleLine], before: Mapping[str, Any]) -> Iterator[MovedStep]:
    for line in lines:
        was = before.get(line.code)
        if line.is_open and line.is_ours and was and line.counted and was.day != line.counted.day:
            yield MovedStep(line=line, before=was.day, after=line.counted.day)


@dataclass(frozen=True, kw_only=True)
class DoneFor:
    """A step that is done, with the dates of the exchange that its paper named (as `dates_named` writes them)."""

    line: ScheduleLine
    dates: str


def sent_for_other_dates(lines: Iterable[ScheduleLine], now: str, *, counted_for: str = "") -> tuple[DoneFor, ...]:
    """The steps that are done, by whoever said so or by a letter that was sent, and whose paper named other dates than
    those of `now`: it may be sent anew.

    Of a letter of which it was not kept for which dates it was sent, it is those the schedule was last `counted_for`.
    """
    return tuple(
        DoneFor(line=line, dates=dates)
        for line in lines
        if now and line.is_ours and (dates := _done_for(line, counted_for)) not in ("", now)
    )


def _done_for(line: ScheduleLine, counted_for: str) -> str:
    if line.step is None or not line.step.makes:
        return ""
    if line.kept and line.kept.done_at:
        return line.kept.done_for
    if line.step.letter_kind and line.read and line.read.holds:
        return (line.kept.done_for if line.kept else "") or counted_for
    return ""


@dataclass(frozen=True, kw_only=True)
class TooLate:
    """Steps that would have been due before there was a schedule at all, and the earliest arrival that leaves time."""

    lines: tuple[ScheduleLine, ...]
    earliest: date | None


def too_late(asked: ScheduleAsked, lines: Iterable[ScheduleLine], *, begun: date, today: date) -> TooLate | None:
    """The open steps of ours that were late on the day on which the schedule was begun; None where there is none."""
    late = tuple(
        line
        for line in lines
        if line.is_ours and line.state in OPEN and not line.by_hand and line.counted and line.counted.day < begun
    )
    if not late:
        return None
    undone = {line.code for line in lines if line.is_ours and line.state in OPEN and line.code}
    return TooLate(lines=late, earliest=earliest_arrival(asked, undone=undone, today=today))


def earliest_arrival(asked: ScheduleAsked, *, undone: set[str], today: date) -> date | None:
    """The first arrival for which none of our steps that are still `undone` (their codes) would be due before today.

    None where none is near enough.
    """
    days, lengths = asked.days[asked.me], _lengths(asked.anchors)
    by_code = {step.code: step for step in asked.steps}
    arrival, farthest = today, today + _FARTHEST
    while True:
        first, code = _first_due(asked.steps, undone, arrival, lengths, days)
        if first >= today:
            return arrival
        # The step that is due first decides as a rule: it is looked at alone, and all of them for its arrival again.
        alone = tuple(_with_what_it_waits_for(code, by_code))

        def leaves_time(day: date, code: str = code, alone: tuple[ScheduleStep, ...] = alone) -> bool:
            return _first_due(alone, {code}, day, lengths, days)[0] >= today

        later = _first_that(leaves_time, arrival, farthest)
        if later is None:
            return None
        arrival = later


def _with_what_it_waits_for(code: str, by_code: Mapping[str, ScheduleStep]) -> Iterator[ScheduleStep]:
    """A step, and those from which it is counted; templates have no circles."""
    step = by_code.get(code)
    while step:
        yield step
        step = by_code.get(step.after_step)


def _first_due(
    steps: Sequence[ScheduleStep], wanted: set[str], arrival: date, lengths: Mapping[str, timedelta], days: WorkingDays
) -> tuple[date, str]:
    """The first day on which one of these steps is due for an arrival, and which it is."""
    anchors = {name: AnchorDay(arrival + length) for name, length in lengths.items()}
    counted = due_of_all(steps, anchors, lambda _step: days)
    return min(((each.day, code) for code, each in counted.items() if code in wanted), default=(date.max, ""))


def _lengths(anchors: Anchors) -> dict[str, timedelta]:
    """How long after the arrival the first session and the departure are."""
    arrival = anchors.get(Anchor.ARRIVAL)
    of_trip = (Anchor.ARRIVAL, Anchor.FIRST_SESSION, Anchor.DEPARTURE)
    return {name: anchors[name].day - arrival.day if arrival and name in anchors else timedelta() for name in of_trip}


def _first_that(holds: Any, first: date, last: date) -> date | None:
    """The first day between two of which something holds, if it holds of every later one too."""
    if not holds(last):
        return None
    while first < last:
        middle = first + (last - first) // 2
        first, last = (first, middle) if holds(middle) else (middle + timedelta(days=1), last)
    return first


def _of_scopes(content: Mapping[str, Any], scopes: Sequence[str]) -> Edtf | None:
    listed = content.get("dates")
    items = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list | tuple) else []
    dates = (_date(each.get("date")) for scope in scopes for each in items if str(each.get("scope") or "") == scope)
    return next(filter(None, dates), None)


def _date(written: Any) -> Edtf | None:
    """A date with a beginning; one that is not understood is none."""
    try:
        when = Edtf(written) if isinstance(written, str) and written else None
    except Refused:
        return None
    return when if when and when.start and when.precision != "year" else None


def _begin(when: Edtf) -> AnchorDay | None:
    return AnchorDay(when.earliest, about=not _is_exact(when.start)) if when.start else None


def _end(when: Edtf) -> AnchorDay | None:
    if when.end is None:
        return None
    exact = _is_exact(when.end) and _is_exact(when.start)
    return AnchorDay(when.latest if exact else when.earliest, about=not exact)


def _is_exact(when: Edtf | None) -> bool:
    return when is not None and when.earliest == when.latest and not when.qualifier
