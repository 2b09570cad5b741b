"""How long a schedule is kept: two years after its exchange; and that a round deletes it and counts."""

from datetime import date
from typing import Any, Final

import pytest

from koryu.planning import actions, models, steps
from koryu.planning.actions import keep_schedules
from koryu.planning.actions.keep_schedules import StepAt
from koryu.planning.rules.schedule.kept_until import is_over
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    HEAD,
    NDL,
    NLC,
    PROGRAMME,
    give_voice,
    programme,
    put_on_record,
    stands,
    the_exchange,
)

TODAY: Final = date(2029, 12, 1)
BEGUN: Final = "2026-11-29T09:00:00Z"


@pytest.mark.parametrize(
    ("known", "over"),
    [
        ({"days": ["2027-11-16/2027-11-23"]}, True),
        ({"days": ["2027-12-01"]}, True),
        ({"days": ["2027-12-02"]}, False),
        ({"days": ["2027-12"]}, False),
        ({"days": ["2027-11-16", "2029-11-16"]}, False),
        ({"days": ["", "sometime"]}, True),
        ({"days": [], "begun": "2028-01-01T09:00:00Z"}, False),
        ({"days": [], "state": "postponed"}, False),
        ({"days": ["2027-11-16"], "state": "postponed"}, True),
        ({"days": ["2027-11-16"], "is_drafted": True}, False),
    ],
)
def test_when_a_schedule_is_over(known: dict[str, Any], over: bool) -> None:
    assert is_over(TODAY, **{"begun": BEGUN, **known}) is over


@pytest.mark.django_db
def test_a_round_deletes_what_is_long_past_with_everything_said_of_it_and_counts() -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    dated = [{"id": "d", "scope": "trip", "date": "2027-11-16/2027-11-23"}]
    the_exchange(dates=dated, shown_to="institutions", hosts=[NDL])
    to_come = f"{EXCHANGE}-later"
    for exchange in (EXCHANGE, to_come):
        began = AT if exchange == EXCHANGE else "2029-01-01T09:00:00Z"
        said: dict[str, Any] = {"institution": NDL, "by": "head", "at": began}
        of: dict[str, Any] = {"programme": PROGRAMME, "form": "visit", "counted_for": ""}
        keep_schedules.begin_schedule(exchange=exchange, **of, **said)
        keep_schedules.finish(step=StepAt(exchange=exchange, code="host-hotel"), **said)
    actions.add_step(institution=NDL, exchange=EXCHANGE, what="Tune the piano", who="", due="2027-11-01", **HEAD)
    assert steps.delete_rows(at=AT, today=date(2029, 11, 22)) == []
    assert steps.delete_rows(at=AT, today=date(2029, 11, 23)) == [
        "1 schedules of work were deleted.",
        "1 steps typed by hand were deleted.",
    ]
    assert [row.exchange for row in models.ScheduleRow.objects.all()] == [to_come]
    assert [row.exchange for row in models.CountedStepRow.objects.all()] == [to_come]
    assert steps.delete_rows(at=AT, today=TODAY) == []
