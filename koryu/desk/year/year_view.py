"""What the year plan shows, gathered from what others know: proposals, exchanges, terms, steps by month. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from koryu.archive.queries import Line
from koryu.consent.queries import Drafted
from koryu.desk.agreements.register import Registered
from koryu.desk.exchange.drafts_under_way import drafts_under_way
from koryu.desk.exchange.exchanges_listed import ListedExchange
from koryu.planning.queries import OwnRows, ProgrammeHistory, coming_under
from koryu.planning.rules.budget_year import BudgetYear, in_spans
from koryu.planning.rules.counting import Estimate, NextExchange, Sure
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine
from koryu.planning.rules.status import Stage
from koryu.records.running import TermState
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason
from koryu.values.text import Text
from koryu.values.uris import last_part

# On a sheet of paper lie the programmes of one group.
PROGRAMMES_ON_A_SHEET: Final = 6


@dataclass(frozen=True, kw_only=True)
class ProgrammeInYear:
    """A programme: what comes next, whether in this year, and of which years nothing is on record.

    `awaited` is the name, in addresses, of the exchange that is under way already or was put off.
    """

    line: Line
    coming: NextExchange
    is_in_year: bool
    awaited: str
    missing: tuple[Edtf, ...]

    @property
    def because(self) -> tuple[Reason, ...]:
        """Why all of it is suggested, each reason once."""
        return tuple(dict.fromkeys(reason for each in self._estimates for reason in each.because))

    @property
    def also(self) -> tuple[tuple[object, Reason], ...]:
        """What else it could be, and why."""
        return tuple(other for each in self._estimates for other in each.also)

    @property
    def is_weak(self) -> bool:
        return any(each.sure is Sure.WEAK for each in self._estimates)

    @property
    def _estimates(self) -> tuple[Estimate[Any], ...]:
        coming = self.coming
        return (coming.host, coming.number, coming.year, coming.form)


@dataclass(frozen=True, kw_only=True)
class StepInMonth:
    """A step that is still to be done, typed by hand or counted: by when, by whom, at which exchange."""

    what: Text | str
    due: Edtf
    who: str
    exchange: str
    called: ListedExchange | None
    order: int


def programmes_in(
    year: BudgetYear, programmes: Iterable[ProgrammeHistory], drafts: Sequence[Drafted], *, today: date
) -> tuple[ProgrammeInYear, ...]:
    """Each programme with what comes next; those that come in this year first."""
    shown = (_programme(year, each, drafts, today) for each in programmes)
    return tuple(sorted(shown, key=lambda each: (bool(each.coming.refused), not each.is_in_year)))


def groups_of(programmes: Sequence[ProgrammeInYear]) -> list[Sequence[ProgrammeInYear]]:
    """The programmes by sheets of paper."""
    begins = range(0, len(programmes), PROGRAMMES_ON_A_SHEET)
    return [programmes[begin : begin + PROGRAMMES_ON_A_SHEET] for begin in begins]


def exchanges_in(year: BudgetYear, listed: Iterable[ListedExchange], *, today: date) -> tuple[ListedExchange, ...]:
    """Those that fall in the year, by date; and those in preparation that bear no date yet, in the year they name, else
    in the present one."""
    return tuple(sorted((each for each in listed if _falls_in(year, each, today)), key=_by_date))


def terms_in(year: BudgetYear, register: Iterable[Registered], institution: str) -> tuple[Registered, ...]:
    """The agreements of an institution of which something is to be known in the year: those that end or renew in it,
    or may; and those made for a number of exchanges, as long as they run."""
    return tuple(each for each in register if institution in each.institutions and _is_in(year, each))


def steps_in(
    year: BudgetYear,
    own: Mapping[str, OwnRows],
    ahead: Mapping[str, Sequence[ScheduleLine]],
    listed: Mapping[str, ListedExchange],
) -> tuple[tuple[tuple[date, tuple[StepInMonth, ...]], ...], tuple[StepInMonth, ...]]:
    """The steps still to do that are due in the year, by month; and those due before it began. `ahead` are those of
    schedules: what was typed by hand is among our `own`."""
    typed = [
        StepInMonth(
            what=step.what,
            due=step.date,
            who=step.who,
            exchange=last_part(uri),
            called=listed.get(uri),
            order=step.id,
        )
        for uri, rows in own.items()
        if not rows.closed_at
        for step in rows.steps
        if step.date
    ]
    counted = [
        StepInMonth(
            what=line.words,
            due=line.due,
            who=line.who,
            exchange=last_part(uri),
            called=listed.get(uri),
            order=line.order,
        )
        for uri, lines in ahead.items()
        for line in lines
        if line.code and line.due
    ]
    open_steps = sorted([*counted, *typed], key=lambda each: (_due(each), each.order))
    by_month: dict[date, list[StepInMonth]] = {}
    for each in open_steps:
        if year.first <= _due(each) <= year.last:
            by_month.setdefault(_due(each).replace(day=1), []).append(each)
    before = tuple(each for each in open_steps if _due(each) < year.first)
    return tuple((month, tuple(by_month[month])) for month in year.months if month in by_month), before


def _programme(
    year: BudgetYear, programme: ProgrammeHistory, drafts: Sequence[Drafted], today: date
) -> ProgrammeInYear:
    uri = programme.line.uri
    coming, missing = coming_under(programme, today, tuple(drafts_under_way(drafts, uri)))
    line = programme.exchanges.get(coming.awaited or "")
    return ProgrammeInYear(
        line=programme.line,
        coming=coming,
        is_in_year=year.year in (coming.year.value, *(value for value, _why in coming.year.also)),
        awaited=line.slug if line else last_part(coming.awaited) if coming.awaited else "",
        missing=tuple(Edtf(str(first) if first == last else f"{first}/{last}") for first, last in in_spans(missing)),
    )


def _falls_in(year: BudgetYear, listed: ListedExchange, today: date) -> bool:
    until = listed.plan.line.summary.postponed_to if listed.plan else ""
    if until and year.touches(Edtf(until).earliest, Edtf(until).latest):
        return True
    if listed.date and listed.date.start and listed.date.end:
        return year.touches(listed.date.earliest, listed.date.latest)
    if listed.status.stage is Stage.CLOSED:
        return False
    named = listed.year[:4]
    return int(named) == year.year if named.isascii() and named.isdecimal() else year.touches(today, today)


def _by_date(listed: ListedExchange) -> tuple[date, str]:
    return (listed.date.earliest if listed.date else date.max, listed.name)


def _is_in(year: BudgetYear, registered: Registered) -> bool:
    term = registered.term
    if term.count and term.state is not TermState.RAN_OUT:
        return True
    return term.until is not None and year.touches(term.until.earliest, term.until.latest)


def _due(each: StepInMonth) -> date:
    return each.due.latest
