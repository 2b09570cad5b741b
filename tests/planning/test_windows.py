"""Dates that are possible for all: what is found, in which order, what excludes, and the real trips of the record."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.planning.rules.institution_days import Cause, CauseKind, InstitutionDays, OwnCalendar, days_of
from koryu.planning.rules.periods import Effect, Override, Period
from koryu.planning.rules.usual_time import UsualTime, usual_time
from koryu.planning.rules.windows import Ask, Found, ask_fails, windows
from koryu.records.exchange import Exchange, ExchangeForm
from koryu.values.edtf import Edtf
from tests.shipped import BASE, shipped

NDL, NLC, NLK, NAL = "ndl", "nlc", "nlk", "nal"
COUNTRIES: Final = {NDL: "JP", NLC: "CN", NLK: "KR", NAL: "KR"}
TODAY: Final = date(2026, 11, 29)
AUTUMN: Final[dict[str, Any]] = {"first": date(2027, 9, 1), "last": date(2027, 12, 20)}


def ask(*institutions: str, **more: Any) -> Ask:
    return Ask(**({"institutions": institutions or (NDL, NLC), "hosts": (NDL,), **AUTUMN} | more))


def period(of: str, first: date, last: date, effect: Effect = Effect.RULED_OUT) -> Period:
    return Period(of=of, kept_by=of, first=first, last=last, effect=effect)


def found(asked: Ask, *periods: Period, overrides: tuple[Override, ...] = ()) -> Found:
    return windows(asked, _days(asked, periods, overrides))


def _days(
    asked: Ask, periods: tuple[Period, ...] = (), overrides: tuple[Override, ...] = ()
) -> dict[str, InstitutionDays]:
    calendars = (
        OwnCalendar(
            institution=each,
            country=COUNTRIES.get(each, ""),
            periods=tuple(period for period in periods if period.of == each),
            overrides=tuple(override for override in overrides if override.of == each),
        )
        for each in asked.institutions
    )
    return {each.institution: days_of(each, first=asked.first, last=asked.last, today=TODAY) for each in calendars}


def brief(cause: Cause) -> str:
    return f"{cause.kind} {cause.institution} {cause.first:%m-%d}/{cause.last:%m-%d}"


def usual(programme: str) -> UsualTime | None:
    under = f"{BASE}programme/{programme}"
    held = (document for document in shipped().values() if isinstance(document, Exchange))
    return usual_time(
        when for each in held if (when := each.when()) and under in [str(under.programme) for under in each.programmes]
    )


def test_an_autumn_in_tokyo_is_found_as_counted_by_hand() -> None:
    came_to = found(ask(meeting_days=4, usual=usual("ndl-nlc")))
    assert (came_to.asked, len(came_to.possible)) == (104, 83)
    best, *others = came_to.stretches
    assert best.best == (date(2027, 11, 15), date(2027, 11, 16))
    assert (best.first, best.last, best.causes) == (date(2027, 11, 3), date(2027, 11, 16), ())
    unsure = [each for each in others if any(cause.kind is CauseKind.MAY_CHANGE for cause in each.causes)]
    assert (min(each.first for each in unsure), max(each.last for each in unsure)) == (
        date(2027, 9, 1),
        date(2027, 10, 12),
    )
    assert [(brief(each.cause), each.arrivals) for each in came_to.excluded] == [
        ("holiday ndl 09-20/09-20", 6),
        ("holiday ndl 09-23/09-23", 6),
        ("holiday ndl 10-11/10-11", 4),
        ("holiday ndl 11-03/11-03", 4),
        ("holiday ndl 11-23/11-23", 4),
    ]
    assert (came_to.more, came_to.closest) == (0, ())


@pytest.mark.parametrize(("institutions", "weeks"), [((NDL, NLC), 34), ((NDL, NLK), 34), ((NDL, NLC, NLK), 30)])
def test_weeks_of_2027_that_are_free_from_monday_to_friday(institutions: tuple[str, ...], weeks: int) -> None:
    of_2027 = ask(
        *institutions,
        hosts=(),
        online=True,
        length=5,
        meeting_days=5,
        weekdays=frozenset({0}),
        first=date(2027, 1, 1),
        last=date(2027, 12, 31),
    )  # fmt: skip -- what is asked is one line
    assert len(found(of_2027).possible) == weeks


def test_the_order_is_avoided_then_unsure_then_guests_holidays_then_the_usual_time_then_the_weekday() -> None:
    asked = ask(NDL, NLC, NLK, usual=usual_time([Edtf("2020-11-09")]), last=date(2027, 12, 31))
    came_to = found(asked, period(NLC, date(2027, 12, 6), date(2027, 12, 6), Effect.AVOIDED))
    assert came_to.stretches[0].best == (date(2027, 11, 9),)
    kinds = [{cause.kind for cause in each.causes} for each in came_to.stretches]
    avoided = [CauseKind.AVOIDED in each for each in kinds]
    unsure = [CauseKind.MAY_CHANGE in each for each in kinds if CauseKind.AVOIDED not in each]
    holidays = [CauseKind.HOLIDAY in each for each in kinds if each <= {CauseKind.HOLIDAY}]
    for of_kind in (avoided, unsure, holidays):
        assert of_kind == sorted(of_kind)
        assert set(of_kind) == {False, True}
    thursdays = found(replace(asked, weekdays=frozenset({0, 3})))
    # Thursday the 11th is as far from the 9th as Sunday the 7th would be, and Monday the 8th is nearer than both.
    assert thursdays.stretches[0].best == (date(2027, 11, 8),)
    two = found(replace(asked, usual=usual_time([Edtf("2020-11-08"), Edtf("2020-11-11")]), weekdays=frozenset({0, 3})))
    assert two.stretches[0].best == (date(2027, 11, 8),)


def test_guests_holidays_are_told_and_exclude_only_where_that_is_wanted() -> None:
    october: dict[str, Any] = {"first": date(2026, 10, 1), "last": date(2026, 10, 12), "meeting_days": 1}
    told = found(ask(**october))
    assert {brief(cause) for each in told.stretches for cause in each.causes} == {"holiday nlc 10-01/10-07"}
    none = found(ask(**october, without_guests_holidays=True, length=4))
    assert min(none.possible) == date(2026, 10, 8)
    assert brief(none.excluded[0].cause) == "holiday nlc 10-01/10-07"


def test_a_guest_rules_out_the_whole_trip_and_a_host_only_its_meetings() -> None:
    day = date(2027, 11, 8)
    by_guest = found(ask(length=5, meeting_days=1), period(NLC, day, day))
    by_host = found(ask(length=5, meeting_days=1), period(NDL, day, day))
    touching = {day - timedelta(days=back) for back in range(5)}
    assert touching.isdisjoint(by_guest.possible)
    assert touching & by_host.possible
    most = by_guest.excluded[0]
    assert (brief(most.cause), most.arrivals) == ("ruled out nlc 11-08/11-08", 5)


def test_hosts_that_are_one_side_work_all_and_online_everybody_does() -> None:
    nal_is_closed = period(NAL, date(2027, 11, 1), date(2027, 12, 20))
    asked = ask(NLK, NAL, NDL, hosts=(NLK, NAL), first=date(2027, 11, 1))
    assert found(asked, nal_is_closed).possible == frozenset()
    assert found(ask(NLK, NAL, NDL, hosts=(NLK,), first=date(2027, 11, 1))).possible
    online = ask(NDL, NLC, hosts=(), online=True, length=1, meeting_days=1)
    assert date(2027, 11, 3) not in found(online).possible
    assert date(2027, 11, 4) in found(online).possible
    assert date(2027, 10, 1) not in found(online).possible


def test_where_none_is_possible_the_closest_are_told_with_what_is_in_the_way() -> None:
    closed = period(NLC, date(2027, 11, 1), date(2027, 12, 20))
    came_to = found(ask(first=date(2027, 11, 1), length=6), closed)
    assert (came_to.possible, came_to.stretches) == (frozenset(), ())
    assert [each.days for each in came_to.closest] == [9, 9, 9]
    # Six days of the trip, and with them all three of the meetings.
    assert {brief(cause) for cause in came_to.closest[-1].causes} == {"ruled out nlc 11-01/12-20"}
    few = found(ask(first=date(2027, 11, 29), length=6), period(NLC, date(2027, 12, 2), date(2027, 12, 17)))
    nearest = few.closest[0]
    assert (nearest.first, nearest.last, nearest.days) == (date(2027, 11, 29), date(2027, 12, 4), 4)
    assert found(ask()).closest == ()


def test_only_weekends_can_be_in_the_way() -> None:
    came_to = found(ask(length=9, meeting_days=6, first=date(2027, 12, 1)))
    assert came_to.possible == frozenset()
    assert {each.cause.kind for each in came_to.excluded} == {CauseKind.WEEKENDS}


def test_no_arrival_is_earlier_than_there_is_time_to_prepare_and_none_on_a_day_that_is_not_wanted() -> None:
    mondays = found(ask(weekdays=frozenset({0}), not_before=date(2027, 11, 2)))
    assert min(mondays.possible) == date(2027, 11, 8)
    assert {day.weekday() for day in mondays.possible} == {0}
    assert mondays.asked == 6


def test_a_host_whose_days_are_not_known_can_receive_nobody_and_that_is_said() -> None:
    came_to = found(ask(NDL, "gwangju", hosts=("gwangju",)))
    assert came_to.possible == frozenset()
    assert [(each.cause.kind, each.arrivals) for each in came_to.excluded] == [(CauseKind.UNKNOWN, 104)]
    of_guest = found(ask(NDL, "gwangju"))
    assert of_guest.possible
    assert {cause.kind for each in of_guest.stretches for cause in each.causes} == {CauseKind.UNKNOWN}


def test_at_most_as_many_stretches_are_told_as_are_wanted() -> None:
    asked = ask(weekdays=frozenset({0, 2, 4}))
    every = windows(asked, _days(asked), most=100)
    few = windows(asked, _days(asked), most=5)
    assert few.stretches == every.stretches[:5]
    assert few.more == len(every.stretches) - 5


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"institutions": ()}, "Say who takes part."),
        ({"hosts": (NLK,)}, "The host does not take part: nlk."),
        ({"hosts": ()}, "Say who hosts, or that it is held online."),
        ({"last": date(2027, 8, 31)}, "The last day comes before the first."),
        ({"last": date(2030, 9, 2)}, "Look at most three years ahead."),
        ({"first": date(9999, 1, 1), "last": date(9999, 12, 31)}, "Enter days between 1970 and 2100."),
        ({"first": date(1969, 12, 1), "last": date(1970, 12, 31)}, "Enter days between 1970 and 2100."),
        ({"length": 0}, "Say how many days the trip and the meetings last."),
        ({"travel_after": -1}, "Say how many days the trip and the meetings last."),
        (
            {"length": 5, "meeting_days": 5},
            "5 meeting days do not fit between arrival and departure of a trip of 5 days.",
        ),
        ({"length": 5, "meeting_days": 5, "online": True, "hosts": ()}, None),
        ({"last": date(2030, 9, 1)}, None),
        ({"length": 5, "meeting_days": 3}, None),
    ],
)
def test_what_cannot_be_asked_is_refused(more: dict[str, Any], reason: str | None) -> None:
    asked = Ask(**({"institutions": (NDL, NLC), "hosts": (NDL,), **AUTUMN} | more))
    fails = ask_fails(asked)
    assert (str(fails) if fails else None) == reason


def test_a_span_shorter_than_the_trip_has_no_arrival() -> None:
    assert found(ask(last=date(2027, 9, 3))) == Found(
        asked=0, possible=frozenset(), stretches=(), more=0, excluded=(), closest=()
    )


# A day of each institution, as somebody who knows nothing of bits would count.
DAYS: Final = st.lists(st.integers(0, 39), max_size=6)
EFFECTS: Final = st.sampled_from([Effect.RULED_OUT, Effect.AVOIDED, Effect.KNOWN])


@st.composite
def asks(draw: st.DrawFn) -> tuple[Ask, tuple[Period, ...], tuple[Override, ...]]:
    first = date(2026, 9, 20) + timedelta(days=draw(st.integers(0, 500)))
    institutions = draw(st.sampled_from([(NDL, NLC), (NDL, NLC, NLK), (NDL, NLK, NAL), (NDL, "unknown")]))
    online = draw(st.booleans())
    before, after = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    length = draw(st.integers(1 if online else before + after + 1, 10))
    between = length if online else length - before - after
    asked = Ask(
        institutions=institutions,
        hosts=() if online else draw(st.sampled_from([institutions[:1], institutions[1:], institutions[-1:]])),
        first=first,
        last=first + timedelta(days=draw(st.integers(0, 60))),
        length=length,
        meeting_days=draw(st.integers(1, between)),
        travel_before=before,
        travel_after=after,
        online=online,
        weekdays=frozenset(draw(st.sets(st.integers(0, 6), min_size=1))),
        not_before=first + timedelta(days=draw(st.integers(-5, 10))),
        usual=draw(st.sampled_from([None, UsualTime(300, 310), UsualTime(360, 5)])),
        without_guests_holidays=draw(st.booleans()),
    )
    periods = tuple(
        period(of, first + timedelta(days=start), first + timedelta(days=start + more), effect)
        for of, start, more, effect in draw(
            st.lists(st.tuples(st.sampled_from(institutions), st.integers(-5, 60), st.integers(0, 9), EFFECTS))
        )
    )
    overrides = tuple(
        Override(of=of, kept_by=of, day=first + timedelta(days=place), works=works)
        for of, place, works in draw(
            st.lists(st.tuples(st.sampled_from(institutions), st.integers(-5, 60), st.booleans()), max_size=8)
        )
    )
    return asked, periods, overrides


@given(asks())
def test_all_that_is_possible_is_found_and_nothing_else(
    case: tuple[Ask, tuple[Period, ...], tuple[Override, ...]],
) -> None:
    asked, periods, overrides = case
    assert ask_fails(asked) is None
    came_to = windows(asked, days := _days(asked, periods, overrides), most=1000)
    assert came_to.possible == frozenset(_slowly(asked, periods, days))
    in_stretches = [
        each.first + timedelta(days=place)
        for each in came_to.stretches
        for place in range((each.last - each.first).days + 1)
        if (each.first.weekday() + place) % 7 in asked.weekdays
    ]
    assert sorted(in_stretches) == sorted(came_to.possible)
    keys = [min(_key(asked, periods, days, day) for day in each.best) for each in came_to.stretches]
    assert keys == sorted(keys)
    every = {day: _key(asked, periods, days, day) for day in came_to.possible}
    if every:
        assert every[came_to.stretches[0].best[0]] == min(every.values())
    assert bool(came_to.excluded) == (came_to.asked > len(came_to.possible))
    assert all(0 < each.arrivals <= came_to.asked for each in came_to.excluded)
    assert bool(came_to.closest) == (not came_to.possible and came_to.asked > 0)


def _trip(asked: Ask, arrival: date) -> list[date]:
    return [arrival + timedelta(days=place) for place in range(asked.length)]


def _meetings(asked: Ask, arrival: date) -> list[date]:
    days = _trip(asked, arrival)
    return days if asked.online else days[asked.travel_before : len(days) - asked.travel_after]


def _within(day: date, periods: tuple[Period, ...], of: tuple[str, ...], effect: Effect) -> bool:
    return any(each.of in of and each.effect is effect and each.first <= day <= each.last for each in periods)


def _guests(asked: Ask) -> tuple[str, ...]:
    return () if asked.online else tuple(each for each in asked.institutions if each not in asked.hosts)


def _slowly(asked: Ask, periods: tuple[Period, ...], days: dict[str, InstitutionDays]) -> list[date]:
    possible = []
    arrival = max(asked.first, asked.not_before)
    while arrival + timedelta(days=asked.length - 1) <= asked.last:
        must_work = asked.institutions if asked.online else asked.hosts
        met = [
            day
            for day in _meetings(asked, arrival)
            if all(days[each].day(day).works for each in must_work)
            and not _within(day, periods, asked.institutions, Effect.RULED_OUT)
        ]
        trip, guests = _trip(asked, arrival), _guests(asked)
        ruled_out = any(_within(day, periods, guests, Effect.RULED_OUT) for day in trip)
        away = asked.without_guests_holidays and any(days[each].day(day).holiday for each in guests for day in trip)
        if len(met) >= asked.meeting_days and not ruled_out and not away and arrival.weekday() in asked.weekdays:
            possible.append(arrival)
        arrival += timedelta(days=1)
    return possible


def _key(asked: Ask, periods: tuple[Period, ...], days: dict[str, InstitutionDays], arrival: date) -> tuple[Any, ...]:
    trip, guests = _trip(asked, arrival), _guests(asked)
    return (
        sum(_within(day, periods, asked.institutions, Effect.AVOIDED) for day in trip),
        sum(any(each.day(day).may_change for each in days.values()) for day in _meetings(asked, arrival)),
        sum(any(days[each].day(day).holiday for each in guests) for day in trip),
        asked.usual.distance(arrival) if asked.usual else 0,
        arrival.weekday() > 1,
    )


OF_COUNTRY: Final = {
    **dict.fromkeys(("ndl", "eisei-bunko", "nippan"), "JP"),
    "nlc": "CN",
    **dict.fromkeys(("nlk", "nal", "nars"), "KR"),
}


def real_spans() -> list[tuple[str, Exchange, Edtf]]:
    """All trips, seminars and meetings of the shipped record of more than a day that are known to the day."""
    return [
        (f"{name} {dated.scope}", document, dated.date)
        for name, document in sorted(shipped().items())
        if isinstance(document, Exchange)
        for dated in document.dates
        if dated.date.is_interval
        and dated.date.precision == "day"
        and not dated.date.qualifier
        and "X" not in dated.date
    ]  # fmt: skip -- one condition


@pytest.mark.parametrize(("document", "span"), [pytest.param(*rest, id=name) for name, *rest in real_spans()])
def test_every_span_of_the_record_that_is_known_to_the_day_is_possible(document: Exchange, span: Edtf) -> None:
    institutions = tuple(str(each).rpartition("/")[2] for each in document.institutions)
    hosts = tuple(str(each).rpartition("/")[2] for each in document.hosts) or institutions[:1]
    length = (span.latest - span.earliest).days + 1
    travels = 1 if length > 4 and document.form is not ExchangeForm.MEETING else 0
    asked = Ask(
        institutions=institutions,
        hosts=hosts,
        first=span.earliest,
        last=span.latest,
        length=length,
        meeting_days=min(2, length - 2 * travels),
        travel_before=travels,
        travel_after=travels,
    )
    calendars = (OwnCalendar(institution=each, country=OF_COUNTRY[each]) for each in institutions)
    days = {each.institution: days_of(each, first=asked.first, last=asked.last, today=TODAY) for each in calendars}
    assert windows(asked, days).possible == {span.earliest}


def test_the_record_has_enough_of_them_to_say_something() -> None:
    assert len(real_spans()) >= 27


@pytest.mark.parametrize(
    ("held", "first", "last"),
    [
        (["2020-11-09"], "11-09", "11-09"),
        (["2020-11-09", "2021-11-15"], "11-09", "11-15"),
        (["2020-11-09", "2021-11-15", "2022-11-30"], "11-15", "11-15"),
        # Round the turn of the year.
        (["2004-12-13", "2007-01-29", "2003-12-01"], "12-13", "12-13"),
        (["2016-12-28", "2018-01-05"], "12-28", "01-05"),
        (["2023-11", "2017-11-14/2017-11-21"], "11-14", "11-15"),
        (["1981", "2020-XX-28"], None, None),
        ([], None, None),
    ],
)
def test_the_usual_time_is_the_middle_of_those_held(held: list[str], first: str | None, last: str | None) -> None:
    usual = usual_time(map(Edtf, held))
    places = (usual.first, usual.last) if usual else ()
    told = [(date(2000, 1, 1) + timedelta(days=place)).strftime("%m-%d") for place in places]
    assert told == [day for day in (first, last) if day]


@given(st.lists(st.dates(date(2000, 1, 1), date(2026, 12, 31)), min_size=1, max_size=12))
def test_no_day_of_the_year_is_nearer_to_those_held_than_the_usual_time(held: list[date]) -> None:
    def far(day: int) -> int:
        places = [(each.replace(year=2000) - date(2000, 1, 1)).days for each in held]
        return sum(min(abs(day - place), 366 - abs(day - place)) for place in places)

    usual = usual_time(Edtf(each.isoformat()) for each in held)
    assert usual
    least = min(map(far, range(366)))
    assert far(usual.first) == far(usual.last) == least


@pytest.mark.parametrize(("day", "distance"), [("01-03", 0), ("01-06", 1), ("12-20", 8), ("12-28", 0), ("07-01", 178)])
def test_the_distance_from_the_usual_time_goes_round_the_year(day: str, distance: int) -> None:
    usual = usual_time([Edtf("2016-12-28"), Edtf("2018-01-05")])
    assert usual
    assert usual.distance(date.fromisoformat(f"2027-{day}")) == distance
