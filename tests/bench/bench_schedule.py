"""Schedules of work: a schedule of 40 steps counted anew, the same with everything read, and the earliest arrival."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from typing import Final

from koryu.planning.rules.institution_days import OwnCalendar
from koryu.planning.rules.planned_exchange import working_days
from koryu.planning.rules.schedule.due_days import AnchorDay, due_of_all
from koryu.planning.rules.schedule.moved_dates import earliest_arrival
from koryu.planning.rules.schedule.schedule_lines import ScheduleAsked, schedule_lines
from koryu.planning.rules.schedule.schedule_steps import Acts, Anchor
from koryu.planning.rules.schedule.starter_steps import starter

TODAY: Final = date(2026, 11, 29)
ARRIVAL: Final = date(2027, 11, 16)
ROUNDS: Final = 25


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised)."""
    asked = _asked()
    days = asked.days["ours"]
    return [
        (
            "40 steps of a schedule counted anew",
            _ms(lambda: due_of_all(asked.steps, asked.anchors, lambda _step: days)),
            "2 ms of CPU",
        ),
        ("the same, with how each step stands", _ms(lambda: schedule_lines(asked, TODAY)), "2 ms of CPU"),
        (
            "the earliest arrival that 40 steps leave time for",
            _ms(lambda: earliest_arrival(asked, undone=asked.open_codes(), today=TODAY)),
            "",
        ),
    ]


def _asked() -> ScheduleAsked:
    """All steps of a visit, and as many more as make 40, of one institution."""
    steps = [replace(step, acts=Acts.OWN) for step in starter("visit")]
    steps += [replace(step, code=f"{step.code}-more", n=step.n - 3) for step in steps[: 40 - len(steps)]]
    return ScheduleAsked(
        me="ours",
        steps=tuple(steps),
        hosts=("ours",),
        institutions=("ours", "theirs"),
        anchors={Anchor.ARRIVAL: AnchorDay(ARRIVAL), Anchor.DEPARTURE: AnchorDay(ARRIVAL + timedelta(days=7))},
        days={"ours": working_days(OwnCalendar(institution="ours", country="JP"), "ours", ARRIVAL.year, TODAY)},
    )


def _ms(work: Callable[[], object]) -> str:
    work()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return f"{median(taken) * 1000:.2f} ms of CPU"
