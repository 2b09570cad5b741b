"""The dates found for an exchange, as its page tells them: what is suggested to ask, stretches, what is excluded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import ExchangeWork
from koryu.desk.calendar.said_of_days import said_of, span
from koryu.desk.exchange.dates_ask import suggested_ask
from koryu.desk.exchange.plan_days import content_planned
from koryu.planning.queries import KnownCalendar
from koryu.planning.rules.institution_days import days_of
from koryu.planning.rules.suggested import with_usual_closing
from koryu.planning.rules.usual_time import UsualTime, usual_time
from koryu.planning.rules.windows import Ask, Found, windows
from koryu.records.exchange import EventState
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason
from koryu.wording.languages import active_reader

# Of the exchanges held last under a programme: what they lasted is what the next one will.
_LAST_HELD: Final = 5


@dataclass(frozen=True, kw_only=True)
class ToldStretch:
    """Arrivals of which the same is said, from `first` to `last`, and the `best` among them."""

    arrivals: Edtf
    best: tuple[Edtf, ...]
    says: tuple[Reason, ...]
    first: str
    last: str


def ask_of(work: ExchangeWork, today: date) -> Ask:
    """What is asked until somebody has typed; in one statement where the ledger has grown since it was last asked."""
    content = content_planned(work)
    held = [line for line in _held(work, content) if line.uri != work.uri]
    return suggested_ask(
        content,
        work.institutions,
        lengths=[_days_in(line) for line in held[-_LAST_HELD:] if _days_in(line) > 1],
        usual=_usual(tuple(line.date for line in held if line.date)),
        today=today,
    )


@lru_cache(maxsize=256)
def _usual(held: tuple[Edtf, ...]) -> UsualTime | None:
    return usual_time(held)


def _held(work: ExchangeWork, content: object) -> Sequence[Line]:
    """The exchanges held under the programme of this one, by date."""
    listed = content.get("programmes") if isinstance(content, Mapping) else None
    under = listed[0].get("programme") if isinstance(listed, list) and listed and isinstance(listed[0], dict) else None
    lines = archive.lines_under_at(work.last, under, work.institution) if isinstance(under, str) else ()
    return [line for line in lines if line.summary.state == EventState.HELD]


def _days_in(line: Line) -> int:
    when = line.date
    return (when.latest - when.earliest).days + 1 if when and when.precision == "day" and "X" not in when else 0


def dates_for(ask: Ask, calendars: dict[str, KnownCalendar], today: date, *, most: int) -> Found:
    """The dates found by these calendars, at most so many stretches of them."""
    days = {
        institution: days_of(with_usual_closing(known.days, today=today), first=ask.first, last=ask.last, today=today)
        for institution, known in calendars.items()
    }
    return windows(ask, days, most=most)


def told_stretches(came_to: Found, *, me: str) -> tuple[ToldStretch, ...]:
    """The stretches, as they are told to an institution, `me`."""
    tag = active_reader().tag
    return tuple(
        ToldStretch(
            arrivals=span(stretch.first, stretch.last),
            best=tuple(Edtf(day.isoformat()) for day in stretch.best),
            says=tuple(said_of(cause, me=me, tag=tag) for cause in stretch.causes),
            first=stretch.first.isoformat(),
            last=stretch.last.isoformat(),
        )
        for stretch in came_to.stretches
    )


def told_excluded(came_to: Found, *, me: str) -> tuple[tuple[Reason, int], ...]:
    """What excludes days of arrival, and how many of them."""
    tag = active_reader().tag
    return tuple((said_of(each.cause, me=me, tag=tag), each.arrivals) for each in came_to.excluded)


def told_closest(came_to: Found, *, me: str) -> tuple[tuple[Edtf, tuple[Reason, ...]], ...]:
    """The closest trips, where none is possible, with what is in the way of each."""
    tag = active_reader().tag
    return tuple(
        (
            span(each.first, each.last),
            tuple(said_of(cause, me=me, tag=tag) for cause in each.causes),
        )
        for each in came_to.closest
    )
