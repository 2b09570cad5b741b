"""The schedule of one exchange as its page shows it: its lines, and what there is to be said of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.schedule.sent_letters import letters_for
from koryu.planning.queries import KnownCalendar, OwnRows
from koryu.planning.queries.exchanges_ahead import typed_step
from koryu.planning.queries.schedules import ScheduleKept, work_at
from koryu.planning.rules.planned_exchange import PlannedExchange, planned_at_work, schedule_asked
from koryu.planning.rules.schedule.budget_years import too_late_for_budget
from koryu.planning.rules.schedule.moved_dates import (
    DoneFor,
    MovedStep,
    TooLate,
    dates_named,
    moved_steps,
    sent_for_other_dates,
    too_late,
)
from koryu.planning.rules.schedule.schedule_lines import (
    ScheduleAsked,
    ScheduleLine,
    StepState,
    next_of,
    schedule_lines,
)
from koryu.planning.rules.schedule.schedule_steps import Anchor
from koryu.values.reason import Reason
from koryu.wording.countries import country_name
from koryu.wording.languages import active_reader

_NEXT: Final = 3


@dataclass(frozen=True, kw_only=True)
class ScheduleView:
    """The schedule of an exchange; without one, `kept` is None and the lines are the steps typed by hand."""

    work: ExchangeWork
    planned: PlannedExchange
    asked: ScheduleAsked
    kept: ScheduleKept | None
    own: OwnRows
    calendars: Mapping[str, KnownCalendar]
    lines: tuple[ScheduleLine, ...]
    today: date

    @property
    def dates(self) -> str:
        """The days of the exchange, as a schedule keeps them."""
        return dates_named(self.asked.anchors)

    @property
    def next(self) -> tuple[ScheduleLine, ...]:
        """What is to be done next."""
        return next_of(self.lines, _NEXT)

    @property
    def moved(self) -> tuple[MovedStep, ...]:
        """Our steps that move with the dates since somebody looked."""
        return moved_steps(self.asked, self.lines, counted_for=self.kept.counted_for) if self.kept else ()

    @property
    def to_send_anew(self) -> tuple[DoneFor, ...]:
        """What was done for other dates, and may have to be done anew."""
        return sent_for_other_dates(self.lines, self.dates, counted_for=self.kept.counted_for) if self.kept else ()

    @property
    def too_late(self) -> TooLate | None:
        """What was late from the beginning."""
        if self.kept is None or self.asked.rests or not self.dates:
            return None
        return too_late(self.asked, self.lines, begun=date.fromisoformat(self.kept.at[:10]), today=self.today)

    @property
    def travel(self) -> tuple[ScheduleLine, ...]:
        """Our open steps of travel, where the exchange is held online."""
        if not self.planned.is_online:
            return ()
        return tuple(line for line in self.lines if line.is_ours and line.is_open and line.step and line.step.travel)

    @property
    def travel_aside(self) -> tuple[str, int]:
        """The act by which steps of travel were set aside, and how many they are; '' where there is none."""
        acts = [line.kept.together for line in self.lines if line.kept and line.kept.together]
        return (acts[0], acts.count(acts[0])) if acts else ("", 0)

    @property
    def past(self) -> tuple[ScheduleLine, ...]:
        """Our counted steps that are late although the exchange is over: they may be noted as done in one act."""
        departure = self.asked.anchors.get(Anchor.DEPARTURE)
        if departure is None or departure.day >= self.today:
            return ()
        over = (line for line in self.lines if line.state is StepState.LATE and line.code and line.is_ours)
        return tuple(line for line in over if line.latest and line.latest <= departure.day)

    @property
    def taken(self) -> dict[str, int]:
        """Of how many open steps of ours each person has said that they do them, by username."""
        names = [line.taken_by for line in self.lines if line.is_open and line.taken_by]
        return {name: names.count(name) for name in dict.fromkeys(names)}

    def notes(self) -> tuple[Reason, ...]:
        """Why days are not exact, each said once; `about` stands at the days themselves."""
        return tuple(dict.fromkeys(self._notes()))

    def _notes(self) -> Iterator[Reason]:
        arrival = self.asked.anchors.get(Anchor.ARRIVAL)
        if self.kept and not self.asked.hosts:
            yield Reason("Who hosts is not said in the plan; the steps of host and guests are not listed.")
        if self.kept and arrival is None and not self.asked.rests:
            yield Reason("The exchange has no date yet: steps are listed with their distance from it.")
        if arrival and arrival.about:
            yield Reason("The exchange is known to the month alone: days are counted from its first day.")
        own = self.calendars.get(self.asked.me)
        settings = own.settings_of(self.asked.me) if own else None
        begins, country = settings.year_month if settings else None, own.days.country if own else ""
        if self.kept and (said := too_late_for_budget(self.lines, self.asked.anchors, begins=begins, country=country)):
            yield said
        tag = active_reader().tag
        for line in self.lines:
            if line.by_hand or line.counted is None:
                continue
            calendar = self.calendars.get(line.acting)
            country = country_name(calendar.days.country, tag) if calendar and calendar.days.country else ""
            for year in line.counted.may_change if country else ():
                yield Reason(
                    "%(country)s: the holidays of %(year)s are not announced yet; days may change.",
                    country=country,
                    year=str(year),
                )


def schedule_view(me: CurrentUser, work: ExchangeWork, *, today: date) -> ScheduleView:
    """The schedule of an exchange; in one statement, one more where a step of it is done by a letter, and one where the
    ledger has grown since."""
    planned = planned_at_work(work)
    there = work_at(work.uri, institution=me.institution, institutions=planned.institutions)
    at = there.at.get(work.uri)
    own, kept = (at.own, at.schedule) if at else (OwnRows(), None)
    calendars = {uri: known.days for uri, known in there.calendars.items()}
    asked = schedule_asked(
        planned,
        me=me.institution,
        steps=kept.template.steps if kept else (),
        calendars=calendars,
        today=today,
        kept=kept.kept if kept else {},
        typed=map(typed_step, (*own.steps, *own.done)),
        closed=bool(own.closed_at),
        letters=letters_for(kept),
    )
    lines = schedule_lines(asked, today)
    theirs = [
        line
        for partner in (at.theirs if at and kept else ())
        for line in _shown(partner, planned, there.calendars, today)
    ]
    if theirs:
        lines = schedule_lines_with(lines, theirs)
    return ScheduleView(
        work=work,
        planned=planned,
        asked=asked,
        kept=kept,
        own=own,
        calendars=there.calendars,
        lines=lines,
        today=today,
    )


def schedule_lines_with(lines: tuple[ScheduleLine, ...], theirs: list[ScheduleLine]) -> tuple[ScheduleLine, ...]:
    """Our lines with those that partners show of their own: of a step of theirs, their own word counts."""
    known = {(line.acting, line.code) for line in theirs}
    listed = [line for line in lines if line.is_ours or (line.acting, line.code) not in known]
    for line in theirs:
        place = next(
            (n for n, each in enumerate(listed) if _place(each) > _place(line)),
            len(listed),
        )
        listed.insert(place, line)
    return tuple(listed)


def _place(line: ScheduleLine) -> tuple[int, date]:
    return (list(type(line.phase)).index(line.phase), line.latest or date.max)


def _shown(
    partner: ScheduleKept, planned: PlannedExchange, calendars: Mapping[str, KnownCalendar], today: date
) -> Iterator[ScheduleLine]:
    """The steps that a partner shows of its own schedule: expected, or done; nothing of what its people wrote."""
    if partner.institution not in planned.institutions:
        return
    asked = schedule_asked(
        planned,
        me=partner.institution,
        steps=partner.template.steps,
        calendars={uri: known.days for uri, known in calendars.items()},
        today=today,
        kept=partner.kept,
        only_ours=True,
    )
    for line in schedule_lines(asked, today):
        if line.step and line.step.shown and line.state is not StepState.ASIDE:
            state = line.state if line.state in (StepState.DONE, StepState.RESTS) else StepState.EXPECTED
            shown = replace(line, is_ours=False, words=line.step.words, state=state, kept=None, done_by="", taken_by="")
            # That a day was set by hand, and what was counted, is nobody else's.
            yield replace(shown, by_hand=False, counted=None) if line.by_hand else shown
