"""Reminders of steps: one notice a day for each person, each step once for its day and stage; put aside when done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest

from koryu.desk.steps import remind_of_steps
from koryu.institutions import actions as people
from koryu.notices.actions import note_round
from koryu.notices.models import NoticeRow, ReminderRow
from koryu.notices.rules import NoticeKind, is_day_of_week
from koryu.planning import actions
from koryu.planning.actions import keep_schedules
from koryu.planning.actions.keep_schedules import StepAt
from koryu.planning.models import DaysBeforeRow, OverrideRow
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
TRIP: Final = [{"id": "d", "scope": "trip", "date": "2027-11-16/2027-11-23"}]
# 160 working days of the NDL before the visit.
FIRST: Final = date(2027, 3, 23)
TURN: Final = StepAt(exchange=EXCHANGE, code="host-turn")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    actions.keep_settings(of=NDL, country="JP", institution=NDL, **HEAD)


@pytest.fixture(autouse=True)
def begun(houses: None) -> None:
    the_exchange(dates=TRIP, shown_to="institutions", hosts=[NDL])
    for name in ("mori", "sato"):
        people.enter(username=name, name=name.title(), language="en")
        people.appoint(username=name, name=name.title(), institution=NDL, role="officer")
    keep_schedules.begin_schedule(
        institution=NDL, exchange=EXCHANGE, programme=PROGRAMME, form="visit", counted_for="", by="mori", at=AT
    )


def told(day: date) -> list[str]:
    return remind_of_steps(at=f"{day}T06:00:00Z", today=day)


def notices(**of: Any) -> list[NoticeRow]:
    return list(NoticeRow.objects.filter(about=NoticeKind.STEPS, **of).order_by("pk"))


def test_long_before_nobody_is_reminded() -> None:
    assert told(FIRST - timedelta(days=30)) == []


def test_ten_working_days_before_the_officers_are_reminded_and_no_head() -> None:
    assert told(date(2027, 3, 8)) == ["2 reminders of steps written."]
    assert [row.person.username for row in notices()] == ["mori", "sato"]
    (text,) = {row.text.replace("Sato", "Mori") for row in notices()}
    assert "Confirm whose turn it is, and the year: due on 23 March 2027" in text
    assert "/desk/exchange/e/schedule/" in text
    assert notices()[0].subject == "Steps that are due: 1"


def test_of_one_step_each_is_told_once_a_stage_however_often_it_is_looked_for() -> None:
    stages = [FIRST - timedelta(days=14), FIRST, FIRST + timedelta(days=1), FIRST + timedelta(days=5)]
    for day in stages:
        told(day)
        assert told(day) == []
    of_the_turn = [row for row in notices(person__username="mori") if "Confirm whose turn" in row.text]
    assert [row.made_at[:10] for row in of_the_turn] == ["2027-03-09", "2027-03-23", "2027-03-28"]
    assert "was due on 23 March 2027" in of_the_turn[-1].text


def test_everything_that_is_new_on_a_day_is_one_notice() -> None:
    told(date(2027, 6, 1))
    (row,) = notices(person__username="mori")
    assert row.text.count("\n- ") == 2
    assert ReminderRow.objects.filter(notice=row).count() == 2


def test_whoever_does_a_step_is_told_and_nobody_else() -> None:
    keep_schedules.take(institution=NDL, step=TURN, by="sato", at=AT)
    told(date(2027, 3, 8))
    assert [row.person.username for row in notices()] == ["sato"]


def test_whoever_wants_it_once_a_week_has_all_that_is_to_be_done_on_monday() -> None:
    people.remind_weekly(username="mori", weekly=True, at=AT)
    monday = FIRST - timedelta(days=FIRST.weekday())
    days = [monday - timedelta(days=7) + timedelta(days=n) for n in range(14)]
    for day in days:
        told(day)
        note_round(at=f"{day}T06:00:00Z", did=[])
    written = {name: [row.made_at[:10] for row in notices(person__username=name)] for name in ("mori", "sato")}
    assert written["mori"] == [day.isoformat() for day in days if day.weekday() == 0]
    assert written["sato"] == ["2027-03-15", "2027-03-23", "2027-03-28"]
    # What is late is told again, as long as it is; the notice of the week before waits no longer.
    assert all("Confirm whose turn it is" in row.text for row in notices(person__username="mori"))
    assert [bool(row.aside_at) for row in notices(person__username="mori")] == [True, False]


@pytest.mark.parametrize(
    ("day", "last", "told_today"),
    [
        ("2027-03-22", "2027-03-22", True),
        ("2027-03-23", "2027-03-22", False),
        # The server was off on Monday, or has never had a round.
        ("2027-03-24", "2027-03-21", True),
        ("2027-03-24", None, True),
        ("2027-03-28", "2027-03-24", False),
    ],
)
def test_the_week_is_told_on_monday_or_in_its_first_round(day: str, last: str | None, told_today: bool) -> None:
    assert is_day_of_week(date.fromisoformat(day), date.fromisoformat(last) if last else None) is told_today


def test_without_officers_the_head_is_told() -> None:
    for name in ("mori", "sato"):
        people.dismiss(username=name, institution=NDL)
    told(date(2027, 3, 8))
    assert [row.person.username for row in notices()] == ["head"]


def test_what_is_done_is_put_aside_and_what_is_not_stays() -> None:
    told(date(2027, 3, 8))
    keep_schedules.finish(institution=NDL, step=TURN, by="mori", at=AT)
    assert told(date(2027, 3, 9)) == ["2 reminders of steps put aside: they are done."]
    assert all(row.aside_at for row in notices())
    told(date(2027, 6, 1))
    assert [bool(row.aside_at) for row in notices(person__username="mori")] == [True, False]


def test_a_day_that_moves_is_told_anew() -> None:
    told(date(2027, 3, 8))
    keep_schedules.set_day(institution=NDL, step=TURN, day=date(2027, 3, 12), by="mori", at=AT)
    told(date(2027, 3, 9))
    assert "due on 12 March 2027" in notices(person__username="mori")[-1].text


def test_steps_typed_by_hand_are_among_them() -> None:
    actions.add_step(
        institution=NDL, exchange=EXCHANGE, what="Tune the piano", who="", due="2027-01-05", by="mori", at=AT
    )
    told(date(2027, 1, 4))
    assert "Tune the piano: due on 5 January 2027" in notices(person__username="mori")[0].text


def test_whoever_was_told_today_is_told_of_the_rest_tomorrow() -> None:
    told(date(2027, 3, 8))
    more = {"institution": NDL, "exchange": EXCHANGE, "who": "", "by": "mori", "at": AT}
    actions.add_step(what="Tune the piano", due="2027-03-10", **more)
    assert told(date(2027, 3, 8)) == []
    assert told(date(2027, 3, 9)) == ["2 reminders of steps written."]
    (first, second) = notices(person__username="mori")
    assert ("Tune the piano" in first.text, "Tune the piano" in second.text) == (False, True)


def test_a_decree_is_told_with_what_moved_once_and_to_whoever_plans() -> None:
    decree = {str(year): {"free": [["2027-03-22", "Day of libraries"]], "worked": []} for year in (2027,)}
    actions.load_announced(
        institution=NDL,
        country="JP",
        days={int(year): days for year, days in decree.items()},
        lang="en",
        name="",
        file="sha256:0",
        by="head",
        at="2026-12-01T09:00:00Z",
    )
    assert told(date(2026, 12, 2)) == ["2 reminders of steps written."]
    (row,) = notices(person__username="mori")
    assert row.subject.startswith("Steps whose days have moved: ")
    assert "moved from 23 March 2027 to " in row.text
    assert "Confirm whose turn it is, and the year: moved from 23 March 2027" in row.text
    assert "(National Diet Library)" not in row.text
    for day in range(3, 20):
        told(date(2026, 12, day))
    assert len(notices(person__username="mori")) == 1


def day_said(at: str, *, works: bool = False) -> None:
    actions.keep_override(institution=NDL, of=NDL, day=date(2027, 3, 24), works=works, by="head", at=at)


def day_taken_back(at: str) -> None:
    actions.remove_override(institution=NDL, override=OverrideRow.objects.get().pk, by="head", at=at)


def older_table(at: str) -> None:
    """As if this edition had another day than the one before, which had the 24th of March."""
    actions.note_table(today=date(2026, 11, 30), at=at)
    (row,) = DaysBeforeRow.objects.filter(country="JP", content__year=2027)
    row.content["edition"] = "0.1"
    row.content["days"]["free"].append(["2027-03-24", ""])
    row.save()


def newer_table(at: str) -> None:
    assert actions.note_table(today=date(2026, 12, 1), at=at) == 1


@pytest.mark.parametrize(
    ("before", "change", "moved"),
    [
        (None, day_said, "23 March 2027 to 19 March 2027"),
        (day_said, day_taken_back, "19 March 2027 to 23 March 2027"),
        (day_said, lambda at: day_said(at, works=True), "19 March 2027 to 23 March 2027"),
        (older_table, newer_table, "19 March 2027 to 23 March 2027"),
    ],
)
def test_whatever_changes_a_working_day_is_told_with_what_moved(
    before: Callable[[str], None] | None, change: Callable[[str], None], moved: str
) -> None:
    if before:
        before(AT)
    change("2026-12-01T09:00:00Z")
    assert told(date(2026, 12, 2)) == ["2 reminders of steps written."]
    (row,) = notices(person__username="mori")
    assert f"Confirm whose turn it is, and the year: moved from {moved}, because working days have changed" in row.text


def test_a_day_that_was_said_again_after_it_was_taken_back_is_told_again() -> None:
    for day, act in enumerate((day_said, day_taken_back, day_said), start=1):
        act(f"2026-12-0{day}T09:00:00Z")
        told(date(2026, 12, day))
    texts = [row.text for row in notices(person__username="mori")]
    turn = [line for text in texts for line in text.splitlines() if "Confirm whose turn" in line]
    assert [line.partition(" moved from ")[2].partition(",")[0] for line in turn] == [
        "23 March 2027 to 19 March 2027",
        "19 March 2027 to 23 March 2027",
        "23 March 2027 to 19 March 2027",
    ]


def test_nothing_of_a_closed_exchange_is_told() -> None:
    actions.close(institution=NDL, exchange=EXCHANGE, by="mori", at=AT)
    assert told(date(2027, 3, 8)) == []


def test_a_reminder_names_no_exchange_that_was_erased() -> None:
    from koryu.notices.actions.collect import forget

    told(date(2027, 3, 8))
    assert forget(EXCHANGE)
    assert not NoticeRow.objects.exists()
    assert not ReminderRow.objects.exists()


def test_each_reads_it_in_their_language() -> None:
    people.enter(username="kim", name="Kim", language="ko")
    people.appoint(username="kim", name="Kim", institution=NDL, role="officer")
    told(date(2027, 3, 8))
    assert "차례인 기관과 연도 확인" in notices(person__username="kim")[0].text


@pytest.mark.parametrize("count", [1, 3, 12])
def test_a_round_takes_as_many_statements_however_many_exchanges_there_are(
    count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        keep_schedules.begin_schedule(
            institution=NDL,
            exchange=f"{EXCHANGE}{n}",
            programme=PROGRAMME,
            form="visit",
            counted_for="",
            by="mori",
            at=AT,
        )
    told(date(2027, 3, 8))
    with django_assert_max_num_queries(15):
        told(date(2027, 3, 8))


def test_a_stranger_keeps_no_schedule_and_takes_no_step() -> None:
    from koryu.values.reason import Refused

    with pytest.raises(Refused):
        keep_schedules.take(institution=NDL, step=TURN, by="nobody-here", at=AT)
    with pytest.raises(Refused):
        keep_schedules.take_over(institution=NDL, whose="mori", by="nobody-here", at=AT)
