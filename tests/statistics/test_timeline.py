"""The timeline: where everything lies, from forty years down to one."""

from datetime import date
from typing import Any

import pytest

from koryu.archive.queries import Line
from koryu.records.summary import Summary
from koryu.statistics.timeline import (
    BEND,
    LEADING,
    STEP,
    WIDE,
    Lane,
    TimelineMark,
    in_succession,
    letters,
    timeline,
    years,
)
from koryu.values.edtf import Edtf

NDL, NLC, NAL, NARS = "x:ndl", "x:nlc", "x:nal", "x:nars"
SHORT = {NDL: "NDL", NLC: "NLC", NAL: "NAL", NARS: "NARS"}


def line(uri: str, kind: str, when: str = "", **said: Any) -> Line:
    dated = Edtf(when) if when else None
    return Line(
        uri=uri,
        kind=kind,
        slug=uri[2:],
        basis="recorded",
        summary=Summary(title={"en": uri}, date=when, **said),
        earliest=dated.earliest if dated else None,
        latest=dated.latest if dated else None,
    )


def programme(uri: str, when: str, *institutions: str, **said: Any) -> Line:
    return line(uri, "programme", when, institutions=list(institutions), **said)


def exchange(uri: str, when: str, *, form: str = "visit", state: str = "held", **said: Any) -> Line:
    return line(uri, "exchange", when, form=form, state=state, **{"programmes": ["x:p"], **said})


P = programme("x:p", "1981", NDL, NLC)


def marks(*exchanges: Line, first: int = 1981, last: int = 2020) -> tuple[TimelineMark, ...]:
    return timeline([P], exchanges, short=SHORT, first=first, last=last).lanes[0].marks


def test_a_mark_lies_in_the_middle_of_its_exchange() -> None:
    (mark,) = marks(exchange("x:1", "2000-07-01/2000-07-03"), first=2000, last=2000)
    assert mark.x == round((date(2000, 7, 2).timetuple().tm_yday - 0.5) / 366 * WIDE, 1)


def test_a_mark_bears_the_letter_of_its_host_and_says_what_is_not_known() -> None:
    found = marks(
        exchange("x:1", "1990", hosts=[NLC]),
        exchange("x:2", "1995", form="online exchange"),
        exchange("x:3", "2000", state="postponed", hosts=[NDL]),
        exchange("x:4", "2005"),
    )
    assert [(one.letter, one.online, one.postponed, one.faint) for one in found] == [
        ("C", False, False, False),
        ("", True, False, False),
        ("D", False, True, False),
        ("", False, False, True),
    ]


def test_two_exchanges_in_one_year_do_not_lie_on_each_other() -> None:
    assert [mark.level for mark in marks(exchange("x:1", "2007-01"), exchange("x:2", "2007-11"))] == [0, 1]


def test_every_institution_has_a_letter_of_its_own() -> None:
    chosen = letters(SHORT, short=SHORT)
    assert chosen[NLC] == "C"
    assert chosen[NDL] == "D"
    assert len(set(chosen.values())) == 4


def test_what_goes_on_from_another_programme_lies_under_it_and_joins_it() -> None:
    before, between = programme("x:before", "2003", NDL, NAL), programme("x:between", "2004", NDL)
    after = programme("x:after", "2009", NDL, NAL, NARS, continues="x:before")
    assert [one.uri for one in in_succession([after, between, before])] == ["x:before", "x:after", "x:between"]
    lanes = timeline([after, between, before], [], short=SHORT, first=2000, last=2020).lanes
    assert [lane.joins for lane in lanes] == [None, lanes[0].y, None]


def test_the_name_of_a_lane_keeps_clear_of_the_line_that_joins_it_to_another() -> None:
    asked: dict[str, float] = {}

    def name(line: Line, room: float) -> tuple[str, ...]:
        asked[line.uri] = room
        return ("in two", "lines") if line.uri == "x:q" else ("one",)

    late, early = programme("x:q", "2011", NDL, continues="x:p"), programme("x:q", "1985", NDL, continues="x:p")
    before, joined = timeline([P, late], [], short=SHORT, first=1981, last=2020, name=name).lanes
    assert (before.name_x, asked["x:p"]) == (0.0, WIDE)
    assert (joined.name_x, asked["x:q"] < joined.start - BEND) == (0.0, True)
    assert joined.y - joined.top == before.y - before.top + LEADING
    _, joined = timeline([P, early], [], short=SHORT, first=1981, last=2020, name=name).lanes
    assert joined.name_x > joined.start
    assert joined.name_x + asked["x:q"] == WIDE


def test_numbers_that_were_skipped_are_a_gap_and_those_on_record_without_a_date_are_not() -> None:
    held = [
        exchange("x:1", "1999", numbers={"x:p": "1"}),
        exchange("x:2", "", numbers={"x:p": "2"}),
        exchange("x:5", "2000-06", numbers={"x:p": "5"}),
    ]
    laid = timeline([P], held, short=SHORT, first=1981, last=2020)
    assert [(gap.first, gap.last) for gap in laid.lanes[0].gaps if gap.first] == [("3", "4")]
    assert [one.uri for one in laid.undated] == ["x:2"]


def test_more_than_two_years_without_an_exchange_are_a_gap_without_numbers() -> None:
    held = [exchange("x:1", "1981-05"), exchange("x:2", "1982-05"), exchange("x:3", "1990-05")]
    laid = timeline([P], held, short=SHORT, first=1981, last=1991)
    assert [(gap.first, gap.last) for gap in laid.lanes[0].gaps] == [("", "")]


def test_a_programme_of_which_no_exchange_was_found_is_one_gap() -> None:
    (lane,) = timeline([P], [], short=SHORT, first=1981, last=2020).lanes
    assert [(gap.x, gap.wide) for gap in lane.gaps] == [(lane.start, lane.end - lane.start)]


def test_a_year_shows_its_exchanges_alone_and_its_months() -> None:
    laid = timeline([P], [exchange("x:1", "2011"), exchange("x:2", "2012-03")], short=SHORT, first=2012, last=2012)
    assert [one.uri for one in laid.shown] == ["x:2"]
    assert [label for _, label in laid.ticks][:2] == ["2012-01", "2012-02"]


def test_an_exchange_of_two_programmes_has_a_mark_in_the_lane_of_each() -> None:
    both = exchange("x:1", "2005", programmes=["x:p", "x:q"])
    laid = timeline([P, programme("x:q", "1997", NDL)], [both], short=SHORT, first=1981, last=2020)
    assert [[mark.line.uri for mark in lane.marks] for lane in laid.lanes] == [["x:1"], ["x:1"]]


def test_what_lies_before_and_after_the_years_shown_is_kept_within_the_picture() -> None:
    (lane,) = timeline([P], [exchange("x:1", "1999/..")], short=SHORT, first=2000, last=2009).lanes
    assert (lane.start, lane.end, lane.marks[0].x) == (0.0, WIDE, WIDE / 2)


def test_a_lane_is_as_tall_as_its_marks() -> None:
    one, two = programme("x:p", "1981", NDL), programme("x:q", "1990", NDL)
    near = [exchange("x:1", "2000-01"), exchange("x:2", "2000-02"), exchange("x:3", "2000-03")]
    low, high = (timeline([one, two], held, short=SHORT, first=1981, last=2020).lanes[1].y for held in ([], near))
    assert high - low == 2 * STEP


def test_the_years_reach_from_the_first_to_the_last_that_is_known() -> None:
    assert years([exchange("x:1", "1986/.."), exchange("x:2", "2019-05")], [P]) == (1981, 2019)
    assert years([exchange("x:1", "")], []) is None


def stretches(lane: Lane) -> list[tuple[float, float]]:
    """Where the line of a lane is broken, from and to, in years of a picture that is a hundred years wide."""
    return [(round(gap.x / 10), round((gap.x + gap.wide) / 10)) for gap in lane.gaps]


# When a programme began and ended, when its exchanges were held, where its line lies and is broken, and where it did
# before.
@pytest.mark.parametrize(
    ("since", "until", "held", "line", "broken", "before"),
    [
        ("1919", "1924", ["1920", "1922"], (19, 25), [], ((19, 25), [])),
        ("1901", "1924", ["1920", "1922"], (1, 25), [(1, 20)], ((1, 25), [])),
        ("1919", "1950", ["1920", "1922"], (19, 51), [(23, 51)], ((19, 51), [])),
        ("1919", "", ["1920", "1922"], (19, 100), [(23, 100)], ((19, 100), [])),
        ("", "1924", ["1920", "1922"], (20, 25), [], ((0, 25), [])),
        ("", "", ["1920", "1922"], (20, 100), [(23, 100)], ((0, 100), [])),
        ("1919", "1930", [""], (19, 31), [(19, 31)], ((19, 31), [])),
        ("", "", [], (0, 100), [(0, 100)], ((0, 100), [(0, 100)])),
        ("1919", "1922", ["1920", "1922"], (19, 23), [], ((19, 23), [])),
        ("1919", "1940", ["1920", "1939"], (19, 41), [(21, 39)], ((19, 41), [(21, 39)])),
        ("1919", "1930", ["1920", "1922", "1929"], (19, 31), [(23, 29)], ((19, 31), [(23, 29)])),
        ("1919", "1930", [], (19, 31), [(19, 31)], ((19, 31), [(19, 31)])),
        ("1890", "1930", ["1902"], (0, 31), [(0, 2), (3, 31)], ((0, 31), [])),
        ("", "1930", [""], (0, 31), [(0, 31)], ((0, 31), [])),
    ],
)
def test_a_line_is_whole_only_where_something_is_known(
    since: str, until: str, held: list[str], line: tuple[int, int], broken: list[tuple[int, int]], before: object
) -> None:
    exchanges = [exchange(f"x:{place}", when) for place, when in enumerate(held)]
    p = programme("x:p", since, NDL, until=until)
    (lane,) = timeline([p], exchanges, short=SHORT, first=1900, last=1999).lanes
    assert (round(lane.start / 10), round(lane.end / 10)) == line
    assert stretches(lane) == broken


# Before, the third was joined, and none loosely. The fourth could not be asked: lists knew of nothing that is inferred.
@pytest.mark.parametrize(
    ("since", "said", "joined", "loosely"),
    [
        ("2009", {"continues": "x:p"}, True, False),
        ("2009", {}, False, False),
        ("", {"continues": "x:p"}, False, False),
        ("2009", {"continues": "x:p", "inferred": ["continues"]}, True, True),
    ],
)
def test_a_programme_joins_another_only_where_it_is_said_that_it_continues_it_and_since_when(
    since: str, said: dict[str, Any], joined: bool, loosely: bool
) -> None:
    lanes = timeline([P, programme("x:q", since, NDL, **said)], [], short=SHORT, first=1981, last=2020).lanes
    lane = next(lane for lane in lanes if lane.line.uri == "x:q")
    assert (lane.joins is not None, lane.loosely) == (joined, loosely)


# Not asked before: no list knew of what is inferred, and no mark and no gap told of it.
def test_what_is_inferred_of_an_exchange_or_of_a_beginning_is_told_from_what_is_known() -> None:
    held = [exchange(f"x:{value}", "1982", inferred=[value]) for value in ("date", "hosts", "programmes", "themes")]
    assert [mark.inferred for mark in marks(*held)] == [True, True, True, False]
    p = programme("x:p", "1981", NDL, inferred=["date"])
    (lane,) = timeline([p], [exchange("x:1", "1981-12")], short=SHORT, first=1981, last=1982).lanes
    assert [gap.inferred for gap in lane.gaps] == [True]
