"""To do on every day of one exchange: no step is lost, none stands twice, and the order stays."""

from datetime import date, timedelta
from typing import Final

import pytest

from koryu.desk.todo.step_tasks import steps_ahead
from koryu.ledger import queries as ledger
from koryu.planning import actions
from koryu.planning.actions import keep_schedules
from koryu.planning.queries.exchanges_ahead import lines_ahead, stage_of
from koryu.planning.queries.schedules import work_ahead
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine, StepState
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

pytestmark = pytest.mark.django_db
ARRIVAL: Final = date(2027, 11, 16)
DAYS: Final = [ARRIVAL + timedelta(days=n) for n in range(-200, 61)]
_ORDER: Final = [StepState.LATER, StepState.COMING, StepState.SOON, StepState.LATE]


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    actions.keep_settings(of=NDL, country="JP", institution=NDL, **HEAD)


@pytest.fixture(autouse=True)
def begun(houses: None) -> None:
    trip = [{"id": "d", "scope": "trip", "date": "2027-11-16/2027-11-23"}]
    the_exchange(dates=trip, shown_to="institutions", hosts=[NDL])
    begin = {"institution": NDL, "exchange": EXCHANGE, "programme": PROGRAMME, "form": "visit"}
    keep_schedules.begin_schedule(**begin, counted_for="", by="head", at=AT)
    actions.add_step(institution=NDL, exchange=EXCHANGE, what="Piano", who="", due="2027-10-05", by="head", at=AT)


def lines_on(day: date) -> tuple[ScheduleLine, ...]:
    kept = work_ahead(NDL)
    (ahead,) = lines_ahead(kept, institution=NDL, last=ledger.last_digest(), drafts=(), open_texts=(), today=day)
    near = steps_ahead(kept, [ahead], institution=NDL, today=day).get(EXCHANGE, ())
    assert list(near) == [each for each in ahead.lines if each.state in _ORDER[1:]]
    return ahead.lines


def test_on_every_day_no_step_is_lost_none_stands_twice_and_the_order_stays() -> None:
    before: dict[str, StepState] = {}
    order = [line.code or "typed" for line in lines_on(DAYS[0])]
    assert len(order) == len(set(order)) == 22
    stages: dict[str, list[str]] = {code: [] for code in order}
    for day in DAYS:
        lines = lines_on(day)
        assert [line.code or "typed" for line in lines] == order
        for line in lines:
            code = line.code or "typed"
            if line.state is not StepState.DONE:
                # It only ever comes nearer.
                assert _ORDER.index(line.state) >= _ORDER.index(before.get(code, StepState.LATER))
            before[code] = line.state
            stage = stage_of(line, day)
            if stage and (not stages[code] or stages[code][-1] != stage):
                stages[code].append(stage)
    late = [code for code, state in before.items() if state is StepState.LATE]
    # Three agreed with the dates; all the others but the last two are past by then.
    assert len(late) == 17
    told = [stages[code] for code in late if before[code]]
    assert [each for each in told if each[-1] != "late" or len(set(each)) < len(each)] == []


@pytest.mark.parametrize("day", [DAYS[0], ARRIVAL, DAYS[-1]])
def test_equal_days_give_equal_lines(day: date) -> None:
    assert lines_on(day) == lines_on(day)
