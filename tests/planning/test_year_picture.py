"""The year as a picture: where marks lie, what is drawn over what, and the table that says the same."""

from dataclasses import replace
from datetime import date, timedelta
from time import process_time
from typing import Final

from koryu.planning.rules.institution_days import InstitutionDays, OwnCalendar, days_of
from koryu.planning.rules.periods import Effect, HowSure, Override, Period
from koryu.planning.rules.year_picture import DateFrame, PictureKind, without_twice, year_picture
from koryu.values.text import Text

TODAY: Final = date(2026, 11, 29)


def period(first: str, last: str, effect: Effect = Effect.RULED_OUT, label: str = "") -> Period:
    words = Text.of(ja=label) if label else None
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    return Period(of="ndl", kept_by="ndl", effect=effect, label=words, first=begins, last=ends)


def days(*periods: Period, institution: str = "ndl", country: str = "JP", **more: object) -> InstitutionDays:
    calendar = OwnCalendar(institution=institution, country=country, periods=periods, **more)  # type: ignore[arg-type]  # -- of the fields there are
    return days_of(calendar, first=date(2027, 1, 1), last=date(2027, 12, 31), today=TODAY)


def test_a_day_is_two_units_and_the_shortest_mark_three() -> None:
    picture = year_picture(2027, [days(period("2027-01-01", "2027-01-10"))], tag="ja")
    assert picture.long == 730
    assert picture.months[:3] == ((1, 0), (2, 62), (3, 118))
    (lane,) = picture.lanes
    ruled_out = next(mark for mark in lane.marks if mark.kind is PictureKind.RULED_OUT)
    assert (ruled_out.start, ruled_out.long) == (0, 20)
    national_founding = next(mark for mark in lane.marks if mark.start == 2 * 41)
    assert (national_founding.kind, national_founding.long) == (PictureKind.HOLIDAY, 3)


def test_lanes_stand_in_the_order_given_and_every_mark_has_its_row() -> None:
    lanes = [days(institution="nlc", country="CN"), days(), days(institution="x", country="")]
    picture = year_picture(2027, lanes, tag="ja")
    assert [lane.institution for lane in picture.lanes] == ["nlc", "ndl", "x"]
    rows = [mark.row for lane in picture.lanes for mark in lane.marks]
    assert sorted(rows) == list(range(len(picture.rows)))
    assert [picture.rows[mark.row].institution for mark in picture.lanes[1].marks] == ["ndl"] * len(
        picture.lanes[1].marks
    )
    assert {mark.kind for mark in picture.lanes[0].marks} == {PictureKind.HOLIDAY, PictureKind.MAY_CHANGE}
    (unknown,) = picture.lanes[2].marks
    assert (unknown.kind, unknown.start, unknown.long) == (PictureKind.UNKNOWN, 0, 730)


def test_what_may_change_lies_under_holidays_and_these_under_what_is_not_possible() -> None:
    everything = (period("2027-10-01", "2027-10-31"), period("2027-09-20", "2027-11-10", Effect.AVOIDED))
    picture = year_picture(2027, [days(*everything, country="CN")], tag="ja")
    kinds = [mark.kind for mark in picture.lanes[0].marks]
    order = [PictureKind.MAY_CHANGE, PictureKind.AVOIDED, PictureKind.HOLIDAY, PictureKind.RULED_OUT]
    assert kinds == sorted(kinds, key=order.index)


def test_a_label_stands_only_where_it_has_room_in_its_own_mark() -> None:
    long = period("2027-01-18", "2027-06-16", Effect.AVOIDED, "通常国会")
    short = period("2027-08-13", "2027-08-16", Effect.AVOIDED, "お盆")
    known = period("2027-02-01", "2027-06-01", Effect.KNOWN, "休館")
    labels = [mark.label for mark in year_picture(2027, [days(long, short, known)], tag="ja").lanes[0].marks]
    assert [label for label in labels if label] == ["通常国会"]


def test_labels_never_stand_on_each_other() -> None:
    first = period("2027-01-18", "2027-06-16", Effect.AVOIDED, "通常国会")
    near = period("2027-01-25", "2027-06-30", Effect.AVOIDED, "書庫点検")
    far = period("2027-04-01", "2027-06-30", Effect.AVOIDED, "人事異動")
    labels = [mark.label for mark in year_picture(2027, [days(first, near, far)], tag="ja").lanes[0].marks]
    assert [label for label in labels if label] == ["通常国会", "人事異動"]


def test_what_is_not_announced_is_drawn_as_what_may_move() -> None:
    inspection = period("2027-10-01", "2027-10-30", Effect.AVOIDED, "국정감사")
    sure = [inspection, replace(inspection, sure=HowSure.NOT_ANNOUNCED)]
    marks = [year_picture(2027, [days(each)], tag="ko").lanes[0].marks for each in sure]
    assert [[mark.may_move for mark in listed if mark.kind is PictureKind.AVOIDED] for listed in marks] == [
        [False],
        [True],
    ]


def test_a_single_day_on_which_it_does_not_work_is_drawn_as_a_holiday() -> None:
    off = Override(of="ndl", kept_by="ndl", day=date(2027, 6, 15), works=False)
    picture = year_picture(2027, [days(overrides=(off,))], tag="ja")
    assert any(mark.start == 2 * 165 and mark.kind is PictureKind.HOLIDAY for mark in picture.lanes[0].marks)


def test_frames_are_cut_to_the_year_and_those_of_other_years_are_left_out() -> None:
    over_new_year = DateFrame(first=date(2026, 12, 28), last=date(2027, 1, 4), number="1")
    later = DateFrame(first=date(2028, 5, 1), last=date(2028, 5, 8))
    agreed = DateFrame(first=date(2027, 11, 8), last=date(2027, 11, 15), is_agreed=True)
    frames = year_picture(2027, [days()], [over_new_year, later, agreed], tag="ja").frames
    assert [(mark.start, mark.long, mark.frame.is_agreed) for mark in frames] == [(0, 8, False), (622, 16, True)]


def test_on_the_same_days_agreed_dates_go_before_a_candidate_and_that_before_what_is_planned() -> None:
    first, second, third = ((date(2027, month, 1), date(2027, month, 8)) for month in (5, 6, 7))
    planned = [DateFrame(first=first[0], last=first[1]), DateFrame(first=second[0], last=second[1], is_agreed=True)]
    candidates = [
        DateFrame(first=days[0], last=days[1], number=str(number))
        for number, days in enumerate((first, second, third), 1)
    ]
    frames = without_twice(planned, candidates)
    assert [(frame.days, frame.number, frame.is_agreed) for frame in frames] == [
        (first, "1", False),
        (second, "", True),
        (third, "3", False),
    ]


def test_a_year_of_many_periods_is_quickly_drawn() -> None:
    first = date(2027, 1, 1)
    many = tuple(
        Period(of="x", kept_by="x", effect=Effect.AVOIDED, first=first + timedelta(n), last=first + timedelta(n + 3))
        for n in range(0, 300, 3)
    )
    lanes = [days(*many, institution=f"i{n}") for n in range(6)]
    began = process_time()
    year_picture(2027, lanes, tag="ja")
    assert process_time() - began < 0.05
