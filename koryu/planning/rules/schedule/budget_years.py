"""When the budget year of an institution closes, and what of an exchange comes too late for it. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from koryu.planning.rules.schedule.due_days import Anchors
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine
from koryu.planning.rules.schedule.schedule_steps import Anchor, StepPaper
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason

# In which month the budget year of public institutions begins, where an institution has not said it of itself.
_BEGINS: Final[Mapping[str, int]] = {"JP": 4, "CN": 1, "KR": 1}


def year_closes(day: date, *, begins: int | None, country: str) -> date | None:
    """The last day of the budget year that a day is in; None where it is not known when budget years begin."""
    month = begins or _BEGINS.get(country)
    if month is None:
        return None
    year = day.year if day.month < month else day.year + 1
    return date(year, month, 1) - timedelta(days=1)


def too_late_for_budget(
    lines: Iterable[ScheduleLine], anchors: Anchors, *, begins: int | None, country: str
) -> Reason | None:
    """What is to be said of the budget year: that the trip goes beyond it, or that the accounts are due after it."""
    arrival, departure = anchors.get(Anchor.ARRIVAL), anchors.get(Anchor.DEPARTURE)
    closes = year_closes(arrival.day, begins=begins, country=country) if arrival else None
    if closes is None or departure is None:
        return None
    if departure.day > closes:
        return Reason("The trip goes beyond the end of your budget year, %(when)s.", when=Edtf(closes.isoformat()))
    late = any(
        line.latest and line.latest > closes and line.step and line.step.makes == StepPaper.ACCOUNTS
        for line in lines
        if line.is_open
    )
    if not late:
        return None
    return Reason("Your budget year closes on %(when)s, before the accounts are due.", when=Edtf(closes.isoformat()))
