"""What is known of the days of a plan, beside each of its dates: holidays, calendars, other exchanges of ours."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.calendar.said_of_days import said_of
from koryu.institutions import rules as roles
from koryu.markup.content_view import date_written
from koryu.planning import queries as planning
from koryu.planning.queries import KnownCalendar
from koryu.planning.rules.institution_days import Cause, CauseKind, days_of
from koryu.records.exchange import EventState
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason
from koryu.wording.languages import active_reader

# A date that is not known closer than to the year has too many days for each to be told.
_LONGEST: Final = timedelta(days=93)
_CHECKED: Final = frozenset({CauseKind.RULED_OUT, CauseKind.AVOIDED, CauseKind.DAY_OFF})


@dataclass(frozen=True, kw_only=True)
class DaysBeside:
    """What is to be said of one date: sentences, and the other exchanges of ours that fall on it."""

    date: Edtf
    says: tuple[Reason, ...]
    exchanges: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class PlanDays:
    """What is known of the days of a plan; `checks` is what speaks against them."""

    dates: tuple[DaysBeside, ...] = ()
    checks: tuple[Reason, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """The institutions and programmes whose names a page needs for the titles of other exchanges."""
        lines = [line for beside in self.dates for line in beside.exchanges]
        return frozenset(uri for line in lines for uri in (*line.summary.institutions, *line.summary.programmes))


def plan_days(me: CurrentUser, work: ExchangeWork, *, today: date) -> PlanDays:
    """What is known of the days that are planned, to those who see our calendar; nothing of what is past.

    In one statement, and one more where the ledger has grown since; in none where no date is planned.
    """
    content = content_planned(work)
    dates = tuple(_dates(content, today))
    if roles.may_plan(role=me.role) or not dates:
        return PlanDays()
    first, last = min(when.earliest for when in dates), max(when.latest for when in dates)
    calendars = planning.calendars(_host_first(work.institutions, content), asking=me.institution)
    others = [
        line for line in archive.exchanges_between(work.last, me.institution, first, last) if _may_clash(line, work.uri)
    ]
    causes = {when: tuple(_causes(when, calendars.values(), today)) for when in dates}
    return PlanDays(
        dates=tuple(
            DaysBeside(
                date=when,
                says=_sentences(causes[when], me.institution),
                exchanges=tuple(line for line in others if _touch(line, when)),
            )
            for when in dates
        ),
        checks=_sentences(
            (cause for when in dates for cause in causes[when] if cause.kind in _CHECKED), me.institution
        ),
        unknown=tuple(uri for uri, known in calendars.items() if not known.days.country and known.days.uses_holidays),
    )


def content_planned(work: ExchangeWork) -> Mapping[str, Any]:
    """What is planned: our draft; without one, what is proposed, else what stands, else what a partner shows."""
    drafted, shown = work.own_plan, work.shown_plan
    proposed = work.open_plan.content if work.open_plan else None
    return (drafted.content if drafted else None) or proposed or work.content or (shown.content if shown else {})


def _dates(content: Mapping[str, Any], today: date) -> Iterator[Edtf]:
    """The dates of a plan, finished or not, that are still to come and not too long."""
    event = content.get("event")
    if isinstance(event, Mapping) and event.get("state") not in (EventState.PLANNED, EventState.POSTPONED, None):
        return
    listed = content.get("dates")
    seen = set()
    for dated in listed if isinstance(listed, list | tuple) else ():
        when = date_written(dated.get("date")) if isinstance(dated, Mapping) else None
        if when is None or when in seen or when.start is None or when.end is None:
            continue
        if when.latest >= today and when.latest - when.earliest < _LONGEST:
            seen.add(when)
            yield when


def _host_first(institutions: Iterable[str], content: Mapping[str, Any]) -> list[str]:
    hosts = content.get("hosts")
    return sorted(institutions, key=lambda uri: uri not in (hosts if isinstance(hosts, list | tuple) else ()))


def _causes(when: Edtf, calendars: Iterable[KnownCalendar], today: date) -> Iterator[Cause]:
    first, last = when.earliest, when.latest
    for known in calendars:
        days = days_of(known.days, first=first, last=last, today=today)
        yield from (cause for cause in days.causes_between(first, last) if cause.kind is not CauseKind.UNKNOWN)


def _sentences(causes: Iterable[Cause], me: str) -> tuple[Reason, ...]:
    """Each said once, however many dates it touches."""
    tag = active_reader().tag
    return tuple(dict.fromkeys(said_of(cause, me=me, tag=tag) for cause in causes))


def _may_clash(line: Line, exchange: str) -> bool:
    """Whether another exchange of ours has days of its own: one known to the month alone is not said to clash."""
    is_on = line.summary.state in (EventState.PLANNED, EventState.HELD)
    return line.uri != exchange and is_on and line.date is not None and line.date.precision == "day"


def _touch(line: Line, when: Edtf) -> bool:
    return bool(line.date and line.date.earliest <= when.latest and line.date.latest >= when.earliest)
