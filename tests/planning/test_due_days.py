"""By which day a step is due: counted as a slow count does it, in the calendar of who acts."""

from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koryu.planning.rules.institution_days import InstitutionDays, OwnCalendar, days_of
from koryu.planning.rules.periods import Override
from koryu.planning.rules.schedule.due_days import AnchorDay, DueDay, WorkingDays, begins_by, due, due_of_all
from koryu.planning.rules.schedule.schedule_steps import STEP, Acts, Anchor, ScheduleStep, Unit, steps_fail
from koryu.planning.rules.schedule.starter_steps import TEMPLATE_FORMS, starter
from koryu.records.exchange import ExchangeForm
from koryu.values.reason import Reason
from koryu.values.text import Text

TODAY: Final = date(2026, 11, 29)
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
DAYS: Final = st.dates(date(2026, 6, 1), date(2028, 6, 30))
A_DAY: Final = timedelta(days=1)


def calendar(country: str, **more: Any) -> InstitutionDays:
    return days_of(OwnCalendar(institution="i", country=country, **more), first=FIRST, last=LAST, today=TODAY)


CALENDARS: Final = {country: calendar(country) for country in ("JP", "CN", "KR")}
COUNTED: Final = {country: WorkingDays.of(days) for country, days in CALENDARS.items()}


def step(n: int, unit: Unit = Unit.WORKING_DAYS, *, code: str = "s", **more: Any) -> ScheduleStep:
    return ScheduleStep(code=code, words=Text.of(en=code.title()), acts=Acts.EACH, n=n, unit=unit, **more)


def arriving(day: date, *, about: bool = False) -> dict[str, AnchorDay]:
    return {Anchor.ARRIVAL: AnchorDay(day, about)}


def slow(country: str, day: date, n: int) -> date:
    """The n-th working day strictly before a day (after it, where n is positive), one day after the other."""
    towards = A_DAY if n > 0 else -A_DAY
    left = abs(n)
    while left:
        day += towards
        left -= CALENDARS[country].day(day).works
    return day


@given(country=st.sampled_from(["JP", "CN", "KR"]), day=DAYS, n=st.integers(-300, 300).filter(bool))
@settings(max_examples=150, deadline=None)
def test_working_days_are_counted_as_a_slow_count_does_it(country: str, day: date, n: int) -> None:
    counted = due(step(n), arriving(day), COUNTED[country])
    assert counted
    assert counted.day == slow(country, day, n)


@given(country=st.sampled_from(["JP", "CN", "KR"]), day=DAYS, n=st.integers(1, 300))
@settings(max_examples=100, deadline=None)
def test_so_many_working_days_before_a_working_day_and_as_many_after_is_that_day(
    country: str, day: date, n: int
) -> None:
    days = COUNTED[country]
    working = days.not_before(day)
    assert days.after(days.before(working, n), n) == working


@given(
    country=st.sampled_from(["JP", "CN", "KR"]),
    day=DAYS,
    n=st.integers(-60, 60).filter(bool),
    unit=st.sampled_from([Unit.DAYS, Unit.WEEKS]),
)
@settings(max_examples=100, deadline=None)
def test_a_day_counted_in_days_or_weeks_moves_away_to_one_on_which_who_acts_works(
    country: str, day: date, n: int, unit: Unit
) -> None:
    counted = due(step(n, unit), arriving(day), COUNTED[country])
    plain = day + timedelta(days=n * (7 if unit is Unit.WEEKS else 1))
    while not CALENDARS[country].day(plain).works:
        plain += A_DAY if n > 0 else -A_DAY
    assert counted
    assert counted.day == plain


@pytest.mark.parametrize(
    ("country", "n", "unit", "expected"),
    [
        # Eight working days before Tuesday, 16 November 2027: Culture Day, 3 November, is none in Japan.
        ("JP", -8, Unit.WORKING_DAYS, "2027-11-04"),
        ("JP", -9, Unit.WORKING_DAYS, "2027-11-02"),
        ("KR", -9, Unit.WORKING_DAYS, "2027-11-03"),
        ("JP", 0, Unit.WORKING_DAYS, "2027-11-16"),
        ("JP", -2, Unit.DAYS, "2027-11-12"),
        ("JP", 4, Unit.DAYS, "2027-11-22"),
        ("JP", -6, Unit.WEEKS, "2027-10-05"),
        ("JP", -13, Unit.MONTHS, "2026-10-16"),
    ],
)
def test_days_of_a_visit_to_tokyo(country: str, n: int, unit: Unit, expected: str) -> None:
    counted = due(step(n, unit), arriving(date(2027, 11, 16)), COUNTED[country])
    assert counted
    assert counted.day.isoformat() == expected


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [("2028-03-31", -1, "2028-02-29"), ("2027-03-31", -1, "2027-02-26"), ("2028-02-29", 12, "2029-02-28")],
)
def test_a_day_that_a_month_does_not_have_is_its_last(day: str, n: int, expected: str) -> None:
    counted = due(step(n, Unit.MONTHS), arriving(date.fromisoformat(day)), COUNTED["JP"])
    assert counted
    assert counted.day.isoformat() == expected


def test_an_exchange_known_to_the_month_makes_days_about() -> None:
    counted = due(step(-5), arriving(date(2027, 11, 1), about=True), COUNTED["KR"])
    assert counted == DueDay(day=date(2027, 10, 25), about=True)
    assert not counted.is_sure


def test_days_that_may_change_are_said_by_their_year() -> None:
    before_october = due(step(-20), arriving(date(2027, 10, 20)), COUNTED["CN"])
    assert before_october
    assert before_october.may_change == (2027,)
    in_november = due(step(-5), arriving(date(2027, 11, 16)), COUNTED["CN"])
    assert in_november
    assert in_november.is_sure


def test_without_a_calendar_monday_to_friday_are_counted_and_that_is_said() -> None:
    days = WorkingDays.of(calendar("", uses_holidays=True))
    counted = due(step(-9), arriving(date(2027, 11, 16)), days)
    assert counted == DueDay(day=date(2027, 11, 3), unknown=True)


def test_a_single_day_on_which_an_institution_does_not_work_is_none() -> None:
    closed = Override(id=1, of="i", kept_by="i", day=date(2027, 11, 15), works=False, why="")
    days = WorkingDays.of(calendar("JP", overrides=(closed,)))
    counted = due(step(-1), arriving(date(2027, 11, 16)), days)
    assert counted
    assert counted.day == date(2027, 11, 12)


def test_without_a_day_of_the_exchange_there_is_none_of_a_step() -> None:
    assert due(step(-5), {}, COUNTED["JP"]) is None
    assert due(step(-5, anchor=Anchor.AGREED), arriving(date(2027, 11, 16)), COUNTED["JP"]) is None


def test_a_step_counted_from_another_waits_for_its_day() -> None:
    steps = [step(5, code="second", anchor=f"{STEP}first"), step(-20, code="first")]
    days = COUNTED["JP"]
    anchors = arriving(date(2027, 11, 16))
    counted = due_of_all(steps, anchors, lambda _step: days)
    first = days.before(date(2027, 11, 16), 20)
    assert (counted["first"].day, counted["second"].day) == (first, days.after(first, 5))
    done = date(2027, 9, 1)
    settled = due_of_all(steps, anchors, lambda _step: days, settled={"first": done})
    assert (settled["first"].day, settled["second"].day) == (first, days.after(done, 5))


def test_steps_that_wait_for_each_other_have_no_day() -> None:
    steps = [step(1, code="a", anchor=f"{STEP}b"), step(1, code="b", anchor=f"{STEP}a"), step(-1, code="c")]
    counted = due_of_all(steps, arriving(date(2027, 11, 16)), lambda _step: COUNTED["JP"])
    assert list(counted) == ["c"]


def test_a_step_is_begun_as_many_working_days_before_as_it_takes() -> None:
    assert begins_by(date(2027, 11, 16), 3, COUNTED["JP"]) == date(2027, 11, 11)
    assert begins_by(date(2027, 11, 16), 0, COUNTED["JP"]) == date(2027, 11, 16)


def waiting(message: str, first: str, second: str) -> Reason:
    return Reason(message, one=Text.of(en=first), other=Text.of(en=second))


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (
            [step(1, code="titles", anchor=f"{STEP}texts"), step(1, code="texts", anchor=f"{STEP}titles")],
            waiting("“%(one)s” and “%(other)s” wait for each other.", "Titles", "Texts"),
        ),
        ([step(1, code="a", anchor=f"{STEP}a")], Reason("“%(one)s” waits for itself.", one=Text.of(en="A"))),
        (
            [step(1, code=code, anchor=f"{STEP}{after}") for code, after in ("ab", "bc", "ca")],
            waiting("“%(one)s”, “%(other)s” and others wait for each other.", "A", "B"),
        ),
        (
            [step(1, code="a", anchor=f"{STEP}b")],
            Reason("“%(step)s” is counted from a step that is not there.", step=Text.of(en="A")),
        ),
        ([step(-491)], Reason("At most two years before or after.")),
        ([step(731, Unit.DAYS)], Reason("At most two years before or after.")),
        ([step(105, Unit.WEEKS)], Reason("At most two years before or after.")),
        ([step(-25, Unit.MONTHS)], Reason("At most two years before or after.")),
        (
            [step(-300, code="a"), step(-300, code="b", anchor=f"{STEP}a")],
            Reason("At most two years before or after."),
        ),
        ([step(-1, lead=261)], Reason("A step takes at most %(most)s working days.", most=260)),
        ([step(-1, anchor="easter")], Reason("Choose one of the values offered.")),
        ([step(-1, condition="moonrise")], Reason("Choose one of the values offered.")),
        ([step(-1, makes="a cake")], Reason("Choose one of the values offered.")),
        ([step(-1), step(-2)], Reason("Two steps are called alike inside; delete one of them.")),
        (
            [step(-1, code=f"s{n}") for n in range(81)],
            Reason("At most %(most)s steps can be kept in one schedule.", most=80),
        ),
    ],
)
def test_steps_that_cannot_be_kept_are_refused_with_the_reason(steps: list[ScheduleStep], reason: Reason) -> None:
    assert steps_fail(steps) == reason


@pytest.mark.parametrize("form", TEMPLATE_FORMS)
def test_the_steps_to_begin_with_can_be_kept_and_read_again(form: str) -> None:
    steps = starter(form)
    assert steps_fail(steps) is None
    assert tuple(ScheduleStep.kept(each.as_json()) for each in steps) == steps
    assert all({"en", "ja", "zh-Hans", "ko"} == {str(tag) for tag in each.words.forms} for each in steps)


def test_an_exchange_of_a_form_without_its_own_steps_begins_as_a_visit() -> None:
    assert starter(ExchangeForm.SEMINAR) == starter(ExchangeForm.VISIT)
