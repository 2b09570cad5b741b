"""Calendars kept: our own and what we were told of partners; who may, what is refused, and who sees what."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest

from koryu.institutions import actions as people
from koryu.planning import actions, models, queries
from koryu.planning.queries.schedules import work_ahead
from koryu.planning.rules.changed_days import calendar_then, moments_of, no_longer_worked
from koryu.planning.rules.institution_days import OwnCalendar, days_of
from koryu.planning.rules.periods import Effect, HowSure, Period, Repeat, ShownAs
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.world import AT, COMPILER, NDL, NLC, NLK, PROGRAMME, give_voice, put_on_record

pytestmark = pytest.mark.django_db
TODAY: Final = date(2026, 11, 29)
LATER: Final = "2026-12-02T09:00:00Z"
SITTING: Final = Text.of(ja="臨時会", en="Extraordinary session", source="ja")
MAY_NOT: Final = "Only the head and officers can see and change the calendar."


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, COMPILER)
    for role in ("officer", "contributor", "translator", "reader"):
        people.appoint(username=role, name="", institution=NDL, role=role)
    people.appoint(username="stranger", name="", institution=NLK, role="head")


def by(username: str = "officer", institution: str = NDL) -> dict[str, Any]:
    return {"institution": institution, "by": username, "at": AT}


def period(of: str = NDL, **more: Any) -> Period:
    said: dict[str, Any] = {
        "first": date(2027, 11, 8),
        "last": date(2027, 11, 12),
        "effect": Effect.RULED_OUT,
        "label": SITTING,
    }
    return Period(**({"of": of, "kept_by": NDL} | said | more))


def seen(of: str, asking: str) -> list[tuple[str, str, str]]:
    """Of the periods of an institution, by whom each is kept, what it is called, and what it means."""
    known = queries.calendars([of], asking=asking)[of]
    return [
        (each.kept_by.rpartition("/")[2], each.label.as_json()["ja"] if each.label else "", each.effect)
        for each in known.days.periods
    ]


def test_a_period_is_kept_as_it_was_said_and_once() -> None:
    said = period(repeat=Repeat.YEARLY, sure=HowSure.USUAL, source="国会法", told_by="letter of 3 June")
    assert actions.keep_period(period=said, **by()) == actions.keep_period(period=said, **by("head"))
    (kept,) = queries.calendars([NDL], asking=NDL)[NDL].days.periods
    assert (kept.first, kept.last, kept.effect, kept.label) == (said.first, said.last, said.effect, SITTING)
    assert (kept.repeat, kept.sure, kept.source, kept.told_by) == (said.repeat, said.sure, said.source, said.told_by)
    assert (kept.of, kept.kept_by, kept.by, kept.at) == (NDL, NDL, "officer", AT[:10])


def test_a_period_is_changed_by_its_number_and_deleted() -> None:
    number = actions.keep_period(period=period(), **by())
    actions.keep_period(period=period(id=number, label=None, effect=Effect.AVOIDED), **by())
    assert seen(NDL, NDL) == [("ndl", "", "to be avoided")]
    actions.remove_period(institution=NDL, period=number, by="officer")
    assert seen(NDL, NDL) == []
    with pytest.raises(Refused, match="no longer there"):
        actions.keep_period(period=period(id=number), **by())


def test_what_we_were_told_of_a_partner_and_what_it_says_itself_stand_beside_each_other() -> None:
    actions.keep_period(period=period(NLC, told_by="letter of 3 June"), **by())
    actions.keep_period(period=period(NLC, kept_by=NLC, effect=Effect.AVOIDED), **by("head", NLC))
    assert seen(NLC, NDL) == [("ndl", "臨時会", "ruled out"), ("nlc", "", "to be avoided")]
    # What we keep of it is ours.
    assert seen(NLC, NLC) == [("nlc", "臨時会", "to be avoided")]
    assert seen(NLC, NLK) == [("nlc", "", "to be avoided")]


@pytest.mark.parametrize(
    ("shown", "there"),
    [
        (ShownAs.NOTHING, []),
        (ShownAs.NOT_POSSIBLE, [("ndl", "", "ruled out")]),
        (ShownAs.WORDS, [("ndl", "臨時会", "ruled out")]),
    ],
)
def test_a_partner_sees_of_our_periods_what_we_show(shown: ShownAs, there: list[Any]) -> None:
    actions.keep_period(period=period(shown=shown), **by())
    assert seen(NDL, NLC) == there
    assert seen(NDL, NDL) == [("ndl", "臨時会", "ruled out")]


def test_our_own_country_counts_before_what_others_hold_of_us() -> None:
    actions.keep_settings(of=NLC, country="KR", **by())
    known = queries.calendars([NLC, NLK], asking=NDL)
    assert (known[NLC].days.country, known[NLK].days.country) == ("KR", "")
    actions.keep_settings(of=NLC, country="CN", year_month=1, uses_holidays=False, **by("head", NLC))
    known = queries.calendars([NLC], asking=NDL)
    assert (known[NLC].days.country, known[NLC].days.uses_holidays) == ("CN", False)
    ours = known[NLC].settings_of(NDL)
    assert ours
    assert (ours.country, ours.year_month) == ("KR", None)
    assert queries.calendars([NLC], asking=NLK)[NLC].settings_of(NDL) is None
    actions.keep_settings(of=NLC, country="JP", **by())
    assert models.CalendarRow.objects.count() == 2


def test_one_day_is_said_to_work_or_not_and_why_is_not_shown_to_partners() -> None:
    day = date(2027, 11, 20)
    actions.keep_override(of=NDL, day=day, works=False, why="書庫移転", **by())
    actions.keep_override(of=NDL, day=day, works=True, why="書庫移転", **by())
    (own,) = queries.calendars([NDL], asking=NDL)[NDL].days.overrides
    (theirs,) = queries.calendars([NDL], asking=NLC)[NDL].days.overrides
    assert (own.day, own.works, own.why) == (day, True, "書庫移転")
    assert (theirs.works, theirs.why) == (True, "")
    actions.remove_override(institution=NLC, override=own.id, by="head", at=LATER)
    assert models.OverrideRow.objects.count() == 1
    actions.remove_override(institution=NDL, override=own.id, by="officer", at=LATER)
    assert models.OverrideRow.objects.count() == 0


def test_suggested_periods_are_off_until_they_are_ticked_and_go_when_they_no_longer_are() -> None:
    actions.keep_settings(of=NDL, country="JP", **by())
    assert seen(NDL, NDL) == []
    typed = actions.keep_period(period=period(), **by())
    take: dict[str, Any] = {"country": "JP", "today": TODAY, **by()}
    actions.take_suggested(codes=["jp-obon", "jp-diet", "kr-accounts", "no-such"], **take)
    own = queries.calendars([NDL], asking=NDL)[NDL].days.periods
    assert sorted(each.uid for each in own) == ["", "jp-diet", "jp-obon"]
    assert {each.source for each in own if each.uid == "jp-diet"} == {
        "国会法（昭和22年法律第79号）第2条、第10条、第12条"
    }
    # One that was changed since is left as it is, and ticked again is not there twice.
    obon = next(each for each in own if each.uid == "jp-obon")
    models.PeriodRow.objects.filter(pk=obon.id).update(last=date(2020, 8, 18))
    actions.take_suggested(codes=["jp-obon"], **take)
    assert [(row.uid, row.last) for row in models.PeriodRow.objects.order_by("pk")] == [
        ("", date(2027, 11, 12)),
        ("jp-obon", date(2020, 8, 18)),
    ]
    assert models.PeriodRow.objects.filter(pk=typed).exists()


ACTS: Final[dict[str, Callable[..., Any]]] = {
    "settings": lambda **said: actions.keep_settings(of=NDL, country="JP", **said),
    "period": lambda **said: actions.keep_period(period=period(), **said),
    "suggested": lambda **said: actions.take_suggested(codes=["jp-obon"], country="JP", today=TODAY, **said),
    "override": lambda **said: actions.keep_override(of=NDL, day=TODAY, works=True, **said),
    "remove period": lambda **said: actions.remove_period(institution=said["institution"], period=1, by=said["by"]),
    "remove day": lambda **said: actions.remove_override(override=1, **said),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("username", "may"),
    [("head", True), ("officer", True), *((each, False) for each in ("contributor", "translator", "reader"))],
)
def test_who_may_change_the_calendar(act: str, username: str, may: bool) -> None:
    if may:
        ACTS[act](**by(username))
        return
    with pytest.raises(Refused, match=MAY_NOT):
        ACTS[act](**by(username))
    assert not any(each.objects.exists() for each in (models.CalendarRow, models.PeriodRow, models.OverrideRow))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("username", ["stranger", "nobody"])
def test_nobody_changes_the_calendar_of_an_institution_at_which_they_have_no_role(act: str, username: str) -> None:
    with pytest.raises(Refused, match=MAY_NOT):
        ACTS[act](**by(username))


def test_another_institution_changes_and_deletes_nothing_of_ours() -> None:
    number = actions.keep_period(period=period(), **by())
    actions.remove_period(institution=NLK, period=number, by="stranger")
    with pytest.raises(Refused, match="no longer there"):
        actions.keep_period(period=period(id=number, label=None), **by("stranger", NLK))
    assert seen(NDL, NDL) == [("ndl", "臨時会", "ruled out")]


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda: actions.keep_period(period=period(last=date(2027, 11, 1)), **by()), "comes before the first"),
        (lambda: actions.keep_period(period=period(PROGRAMME), **by()), "Choose an institution"),
        (lambda: actions.keep_period(period=period("tag:example.org,2026:institution/none"), **by()), "Choose an inst"),
        (lambda: actions.keep_period(period=period(told_by="a\x07b"), **by()), "control character"),
        (lambda: actions.keep_settings(of=NDL, country="XX", **by()), "No calendar is known for the country XX."),
        (lambda: actions.keep_settings(of=NDL, country="JP", subdivision="13", **by()), "this part of the country: 13"),
        (lambda: actions.keep_settings(of=NDL, country="", subdivision="13", **by()), "Choose the country first."),
        (lambda: actions.keep_settings(of=NDL, country="JP", year_month=13, **by()), "Choose the month"),
        (lambda: actions.keep_settings(of=PROGRAMME, country="JP", **by()), "Choose an institution"),
        (lambda: actions.keep_override(of=NDL, day=date(1, 1, 1), works=True, **by()), "between 1970 and 2100"),
        (lambda: actions.keep_override(of=NDL, day=TODAY, works=True, why="x" * 301, **by()), "At most 300"),
        (lambda: actions.keep_override(of=PROGRAMME, day=TODAY, works=True, **by()), "Choose an institution"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(act: Callable[[], Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        act()
    assert not any(each.objects.exists() for each in (models.CalendarRow, models.PeriodRow, models.OverrideRow))


def test_no_more_periods_are_kept_than_a_page_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_PERIODS", 2)
    for day in (1, 2):
        actions.keep_period(period=period(first=date(2027, 1, day)), **by())
    with pytest.raises(Refused, match="At most 2 periods"):
        actions.keep_period(period=period(first=date(2027, 1, 3)), **by())


@pytest.mark.parametrize("count", [1, 3])
def test_calendars_are_read_in_one_statement(count: int, django_assert_num_queries: Any) -> None:
    for place in range(count):
        actions.keep_period(period=period(first=date(2027, 1, 1 + place)), **by())
        actions.keep_override(of=NLC, day=date(2027, 1, 1 + place), works=True, **by())
    actions.keep_settings(of=NLC, country="CN", **by())
    with django_assert_num_queries(1):
        known = queries.calendars([NDL, NLC, NLK], asking=NDL)
    assert [len(each.days.periods) + len(each.days.overrides) for each in known.values()] == [count, count, 0]
    with django_assert_num_queries(0):
        assert queries.calendars([], asking=NDL) == {}


DAY: Final = date(2027, 11, 16)


def of_china(free: str = "2027-11-16") -> dict[str, Any]:
    days = {2027: {"free": [[free, "国庆节"]], "worked": []}}
    return {"country": "CN", "days": days, "lang": "zh-Hans", "name": "", "file": "sha256:0"}


CHANGES: Final[dict[str, tuple[Callable[..., Any], Callable[..., Any]]]] = {
    "a day is taken back": (
        lambda **said: actions.keep_override(of=NLC, day=DAY, works=False, **said),
        lambda **said: actions.remove_override(override=models.OverrideRow.objects.get().pk, **said),
    ),
    "a day is said otherwise": (
        lambda **said: actions.keep_override(of=NLC, day=DAY, works=False, **said),
        lambda **said: actions.keep_override(of=NLC, day=DAY, works=True, **said),
    ),
    "a file is taken back": (
        lambda **said: actions.load_announced(**of_china(), **said),
        lambda **said: actions.remove_announced(country="CN", year=2027, **said),
    ),
    "another file is loaded": (
        lambda **said: actions.load_announced(**of_china(), **said),
        lambda **said: actions.load_announced(**of_china("2027-11-17"), **said),
    ),
    "another country is said": (
        # In Japan nobody works on 3 November.
        lambda **said: actions.keep_settings(of=NLC, country="JP", **said),
        lambda **said: actions.keep_settings(of=NLC, country="CN", **said),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("read", ["of some", "of all"])
def test_what_was_said_before_is_known_by_its_moment(change: str, read: str) -> None:
    """One table for all that changes working days, and for both ways in which calendars are read."""
    first, then = CHANGES[change]
    if "country" not in change:
        actions.keep_settings(of=NLC, country="CN", **by())
    first(**by())

    def calendar(asking: str = NDL) -> OwnCalendar:
        kept = queries.calendars([NLC], asking=asking) if read == "of some" else work_ahead(asking).calendars
        return kept[NLC].days if NLC in kept else OwnCalendar(institution=NLC)

    was = calendar()
    then(**(by() | {"at": LATER}))
    # Said once more in the same words, nothing has changed.
    if "taken back" not in change:
        then(**(by() | {"at": "2026-12-03T09:00:00Z"}))
    assert calendar() != was
    assert working(calendar_then(calendar(), AT)) == working(was)
    assert working(calendar()) != working(was)
    assert set(moments_of(calendar())) == {AT, LATER}
    # What we noted of a partner, nobody else is told.
    assert calendar(NLK).said is None or not list(moments_of(calendar(NLK)))


def working(calendar: OwnCalendar) -> int:
    return days_of(calendar, first=date(2027, 11, 1), last=date(2027, 11, 30), today=TODAY).works


def test_what_a_newer_table_of_holidays_says_otherwise_is_compared_with_the_older_one() -> None:
    actions.keep_settings(of=NLC, country="CN", **by())
    assert [actions.note_table(today=TODAY, at=AT) for _round in range(2)] == [0, 0]
    assert models.DaysBeforeRow.objects.count() == 3
    assert not [*moments_of(queries.calendars([NLC], asking=NDL)[NLC].days)][1:]
    # As if an older table had had none of the week of October, and the same days in the other years.
    for row in models.DaysBeforeRow.objects.all():
        row.content["edition"] = "0.1"
        if row.content["year"] == 2027:
            row.content["days"]["free"] = [day for day in row.content["days"]["free"] if "-10-" not in day[0]]
        row.save()
    assert [actions.note_table(today=TODAY, at=LATER) for _round in range(2)] == [1, 0]
    known = queries.calendars([NLC], asking=NDL)[NLC].days
    first, last = date(2027, 10, 1), date(2027, 10, 8)
    assert set(moments_of(known)) == {AT, LATER}
    spans = no_longer_worked(known, first=first, last=last, since=AT, today=TODAY)
    # From Saturday on, and two days in lieu.
    assert spans == ((first, first), (date(2027, 10, 4), date(2027, 10, 5)))
    assert actions.forget_days_before(today=date(2028, 11, 29)) == 0
    assert actions.forget_days_before(today=date(2028, 12, 3)) == 1
