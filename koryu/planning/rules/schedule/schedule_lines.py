"""The schedule of one exchange, line by line: what is due by when, what was done, what was moved or set aside. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from koryu.planning.rules.promises import Promise, promises_of
from koryu.planning.rules.schedule.due_days import Anchors, DueDay, WorkingDays, begins_by, due_of_all
from koryu.planning.rules.schedule.schedule_steps import Anchor, ScheduleStep, acting
from koryu.planning.rules.schedule.step_conditions import (
    ON_RECORD_SINCE,
    ConditionRead,
    ExchangeOnRecord,
    read_condition,
)
from koryu.values.edtf import Edtf
from koryu.values.moments import Moment
from koryu.values.reason import N_, Reason
from koryu.values.text import Text

# When a step is among what is to be done soon: so many working days before its day.
SOON: Final = 10
_COMING: Final = timedelta(days=90)


class StepState(StrEnum):
    """How a step stands, in the order of a list of what is to be done."""

    LATE = N_("late")
    SOON = N_("due soon")
    COMING = N_("coming")
    LATER = N_("later")
    UNDATED = N_("no date")
    EXPECTED = N_("expected")
    RESTS = N_("rests")
    DONE = N_("done")
    ASIDE = N_("set aside")


OPEN: Final = frozenset({StepState.LATE, StepState.SOON, StepState.COMING, StepState.LATER, StepState.UNDATED})


class Phase(StrEnum):
    """Before the exchange, during it, after it."""

    BEFORE = N_("Before the exchange")
    THERE = N_("During the exchange")
    AFTER = N_("After the exchange")


@dataclass(frozen=True, kw_only=True)
class KeptStep:
    """What people did with a counted step; `acting` is '' for a step of ours, else the partner that acts.

    `day` was set by hand, and `words` are our own. `done_for` are the dates of the exchange when it was done; letters
    sent before `anew_at` do it no more. `together` names an act by which several were set aside.
    """

    code: str
    acting: str = ""
    day: date | None = None
    done_at: str = ""
    done_by: str = ""
    done_for: str = ""
    evidence: str = ""
    aside_at: str = ""
    aside_by: str = ""
    why: str = ""
    together: str = ""
    taken_by: str = ""
    words: str = ""
    anew_at: str = ""


@dataclass(frozen=True, kw_only=True)
class TypedStep:
    """A step typed by hand, as the schedule has it beside counted ones."""

    id: int
    what: str
    who: str
    due: Edtf | None
    done_at: str
    done_by: str
    taken_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduleLine:
    """One line of a schedule: a counted step of one institution, or one typed by hand (`typed` is its number).

    `due` is the day that counts: set by hand, else counted; `counted` what was counted. `begins` is when it is to be
    begun. `read` is what the record says of it. `kept` is what people did with it.
    """

    code: str = ""
    typed: int = 0
    words: Text | str
    acting: str = ""
    is_ours: bool = True
    who: str = ""
    due: Edtf | None = None
    counted: DueDay | None = None
    by_hand: bool = False
    begins: date | None = None
    state: StepState = StepState.UNDATED
    phase: Phase = Phase.BEFORE
    read: ConditionRead | None = None
    kept: KeptStep | None = None
    step: ScheduleStep | None = None
    done_at: str = ""
    done_by: str = ""
    taken_by: str = ""
    order: int = 0
    # What names a promise that is on record, where it is one: nobody says here that it was kept.
    promise: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is ours and still to be done."""
        return self.state in OPEN

    @property
    def is_sure(self) -> bool:
        """Whether the day is exact: set by hand, or counted from exact days."""
        return self.by_hand or self.counted is None or self.counted.is_sure

    @property
    def latest(self) -> date | None:
        """The last day on which it is in time."""
        return self.due.latest if self.due else None


@dataclass(frozen=True, kw_only=True)
class ScheduleAsked:
    """What a schedule is counted from: whose it is, who hosts and takes part, the days of the exchange and of each
    institution, and what the record says. `rests` where it is postponed without a date, cancelled or closed."""

    me: str
    steps: Sequence[ScheduleStep]
    hosts: tuple[str, ...]
    institutions: tuple[str, ...]
    anchors: Anchors
    days: Mapping[str, WorkingDays]
    record: ExchangeOnRecord = field(default_factory=ExchangeOnRecord)
    kept: Mapping[tuple[str, str], KeptStep] = field(default_factory=dict)
    typed: Sequence[TypedStep] = ()
    rests: bool = False
    # Without the steps of partners.
    only_ours: bool = False

    def kept_of(self, code: str, institution: str) -> KeptStep | None:
        """What was done with the step of an institution."""
        return self.kept.get((code, "" if institution == self.me else institution))

    def open_codes(self) -> set[str]:
        """The steps of ours that are neither done nor set aside."""
        ours = (step for step in self.steps if self.me in self._acting(step) and not self._is_read_done(step))
        kept = {step.code: self.kept_of(step.code, self.me) for step in ours}
        return {code for code, each in kept.items() if each is None or not (each.done_at or each.aside_at)}

    def _acting(self, step: ScheduleStep) -> tuple[str, ...]:
        return acting(step, me=self.me, hosts=self.hosts, institutions=self.institutions)

    def _is_read_done(self, step: ScheduleStep) -> bool:
        read = read_step(step, of=self.me, record=self.record, kept=self.kept_of(step.code, self.me))
        return read is not None and read.holds


def read_step(
    step: ScheduleStep, *, of: str, record: ExchangeOnRecord, kept: KeptStep | None = None
) -> ConditionRead | None:
    """What the record says of a step of an institution; None where it is done when somebody says so."""
    if not step.is_read:
        return None
    anew_at = kept.anew_at if kept else ""
    return read_condition(step.condition, of=of, record=record, letter_kind=step.letter_kind, anew_at=anew_at)


def schedule_lines(asked: ScheduleAsked, today: date) -> tuple[ScheduleLine, ...]:
    """All lines of a schedule in their order: by phase, day, and the order of the template.

    Of partners only the steps that are shown to both sides; these are expected, never late.
    """
    soon = soon_until(asked.days[asked.me], today)
    lines = [*_counted(asked, today, soon), *(_of_typed(step, asked, today, soon) for step in asked.typed)]
    lines += _promised(asked, today, soon)
    return tuple(sorted(lines, key=_in_order))


def soon_until(days: WorkingDays, today: date) -> date:
    """The last day that is soon: ten working days on; far from the years of a calendar, two weeks."""
    until = days.after(today, SOON)
    return until if today <= until <= today + timedelta(days=60) else today + timedelta(days=14)


def counted_days(asked: ScheduleAsked, institution: str) -> dict[str, DueDay]:
    """The day of each step at one institution, by code, as counted; a step counted from another waits for the day of
    that one: on which it was done, which was set by hand, or which is counted."""
    settled = {}
    for step in asked.steps:
        kept = asked.kept_of(step.code, institution)
        if kept and (day := date.fromisoformat(kept.done_at[:10]) if kept.done_at else kept.day):
            settled[step.code] = day
    days = asked.days[institution]
    return due_of_all(asked.steps, asked.anchors, lambda _step: days, settled=settled)


def _counted(asked: ScheduleAsked, today: date, soon: date) -> Iterator[ScheduleLine]:
    by_institution: dict[str, dict[str, DueDay]] = {}
    for place, step in enumerate(asked.steps):
        for institution in acting(step, me=asked.me, hosts=asked.hosts, institutions=asked.institutions):
            if institution != asked.me and (asked.only_ours or not step.shown):
                continue
            if institution not in by_institution:
                by_institution[institution] = counted_days(asked, institution)
            counted = by_institution[institution].get(step.code)
            yield _line(asked, step, institution, counted, today=today, soon=soon, place=place)


def _line(
    asked: ScheduleAsked,
    step: ScheduleStep,
    institution: str,
    counted: DueDay | None,
    *,
    today: date,
    soon: date,
    place: int,
) -> ScheduleLine:
    kept = asked.kept_of(step.code, institution)
    day = kept.day if kept and kept.day else counted.day if counted else None
    is_ours = institution == asked.me
    read = read_step(step, of=institution, record=asked.record, kept=kept)
    begins = begins_by(day, step.lead, asked.days[institution]) if day else None
    done = bool(kept and kept.done_at) or bool(read and read.holds)
    state = _state(
        done=done,
        aside=bool(kept and kept.aside_at),
        rests=asked.rests,
        is_ours=is_ours,
        due=day,
        begins=begins,
        today=today,
        soon=soon,
    )
    return ScheduleLine(
        code=step.code,
        words=(kept.words if kept else "") or step.words,
        acting=institution,
        is_ours=is_ours,
        due=Edtf(day.isoformat()) if day else None,
        counted=counted,
        by_hand=bool(kept and kept.day),
        begins=begins,
        state=state,
        phase=_phase_of_step(step, day, asked),
        read=read,
        kept=kept,
        step=step,
        done_at=kept.done_at if kept and kept.done_at else read.at if read and read.holds else "",
        done_by=kept.done_by if kept else "",
        taken_by=kept.taken_by if kept else "",
        order=place,
    )


def _of_typed(step: TypedStep, asked: ScheduleAsked, today: date, soon: date) -> ScheduleLine:
    latest = step.due.latest if step.due else None
    state = _state(
        done=bool(step.done_by),
        aside=False,
        rests=asked.rests and latest is None,
        is_ours=True,
        due=latest,
        begins=step.due.earliest if step.due else None,
        today=today,
        soon=soon,
    )
    return ScheduleLine(
        typed=step.id,
        words=step.what,
        acting=asked.me,
        who=step.who,
        due=step.due,
        state=state,
        phase=_phase(latest, asked.anchors) or Phase.BEFORE,
        done_at=step.done_at,
        done_by=step.done_by,
        taken_by=step.taken_by,
        order=len(asked.steps) + step.id,
    )


def _promised(asked: ScheduleAsked, today: date, soon: date) -> Iterator[ScheduleLine]:
    """What was promised, of ours and of partners, as long as the record says so; done once the record says that."""
    for place, promise in enumerate(promises_of(asked.record, asked.institutions)):
        is_ours = promise.owner == asked.me
        if asked.only_ours and not is_ours:
            continue
        day = promise.due.latest if promise.due else None
        state = _state(
            done=bool(promise.kept_at),
            aside=False,
            rests=asked.rests and day is None,
            is_ours=is_ours,
            due=day,
            begins=promise.due.earliest if promise.due else None,
            today=today,
            soon=soon,
        )
        yield ScheduleLine(
            words=promise.words,
            acting=promise.owner,
            is_ours=is_ours,
            due=promise.due,
            state=state,
            phase=_phase(day, asked.anchors) or Phase.AFTER,
            read=_read_of(promise),
            done_at=promise.kept_at,
            order=len(asked.steps) + place,
            promise=promise.key,
        )


def _read_of(promise: Promise) -> ConditionRead:
    if promise.kept_at:
        return ConditionRead(holds=True, says=Reason(ON_RECORD_SINCE, when=Moment(promise.kept_at)), at=promise.kept_at)
    if promise.asked_by:
        return ConditionRead(holds=False, says=Reason("Answer in writing to %(who)s.", who=(promise.asked_by,)))
    return ConditionRead(holds=False, says=Reason("A follow-up item."))


def _state(
    *,
    done: bool,
    aside: bool,
    rests: bool,
    is_ours: bool,
    due: date | None,
    begins: date | None,
    today: date,
    soon: date,
) -> StepState:
    if done:
        return StepState.DONE
    if aside:
        return StepState.ASIDE
    if rests:
        return StepState.RESTS
    if not is_ours:
        return StepState.EXPECTED
    if due is None or begins is None:
        return StepState.UNDATED
    if due < today:
        return StepState.LATE
    if begins <= today or min(begins, due) <= soon:
        return StepState.SOON
    return StepState.COMING if begins <= today + _COMING else StepState.LATER


def _phase_of_step(step: ScheduleStep, day: date | None, asked: ScheduleAsked) -> Phase:
    """By the day; without one, by the side of its anchor on which it is counted."""
    if phase := _phase(day, asked.anchors):
        return phase
    if step.anchor in (Anchor.ARRIVAL, Anchor.FIRST_SESSION, Anchor.DEPARTURE):
        return Phase.BEFORE if step.n < 0 else Phase.AFTER if step.n > 0 else Phase.THERE
    return Phase.BEFORE


def _phase(day: date | None, anchors: Anchors) -> Phase | None:
    arrival = anchors.get(Anchor.ARRIVAL)
    if day is None or arrival is None:
        return None
    departure = anchors.get(Anchor.DEPARTURE, arrival)
    if day < arrival.day:
        return Phase.BEFORE
    return Phase.THERE if day <= departure.day else Phase.AFTER


def _in_order(line: ScheduleLine) -> tuple[int, date, int, str]:
    return (list(Phase).index(line.phase), line.latest or date.max, line.order, "" if line.is_ours else line.acting)


def next_of(lines: Iterable[ScheduleLine], most: int) -> tuple[ScheduleLine, ...]:
    """The first of our steps that are open and have a day; what has none comes last."""
    ours = sorted((line for line in lines if line.is_open), key=lambda line: (line.latest or date.max, line.order))
    return tuple(ours[:most])
