"""The timeline: where everything lies, from forty years down to one."""

from typing import Any

import pytest

from koryu.archive.queries import Line
from koryu.records.listed_values import Summary
from koryu.statistics.timeline import Gap, Lane, TimelineMark, in_succession, letters, timeline, years
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


def filled(lane: Lane) -> list[str]:
    """What a row has in each column: marks by their number, `-` for a line, `.` for a dotted one, a blank for none."""
    found: list[str] = []
    for cell in lane.cells:
        line = "." if cell.quiet else "-" if cell.runs else " "
        found += [str(len(cell.marks))] if cell.marks else [line] * cell.span
    return found


@pytest.mark.parametrize(
    ("when", "year"),
    [("2000-07-01/2000-07-03", 2000), ("1999-11/2000-03", 2000), ("1985/1986", 1985), ("1999/..", 2009)],
)
def test_a_mark_lies_in_the_year_of_the_middle_of_its_exchange(when: str, year: int) -> None:
    (mark,) = marks(exchange("x:1", when))
    assert mark.column + 1981 == year


def test_a_year_has_a_column_for_each_month_and_one_for_what_names_none() -> None:
    held = [exchange("x:1", "2012"), exchange("x:2", "2012-03-30/2012-04-02"), exchange("x:3", "2012-03")]
    laid = timeline([P], held, short=SHORT, first=2012, last=2012)
    assert [(mark.line.uri, mark.column) for mark in laid.lanes[0].marks] == [("x:2", 2), ("x:3", 2), ("x:1", 12)]
    assert (laid.columns, [tick.month for tick in laid.ticks]) == (13, [*range(1, 13), 0])


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


def test_two_exchanges_in_one_year_stand_over_each_other_in_one_cell() -> None:
    held = [exchange("x:1", "2007-01"), exchange("x:2", "2007-11"), exchange("x:3", "2008")]
    (lane,) = timeline([P], held, short=SHORT, first=2007, last=2008).lanes
    assert ([len(cell.marks) for cell in lane.cells], lane.tallest) == ([2, 1], 2)


def test_a_mark_bears_the_number_it_has_in_its_own_row() -> None:
    both = exchange("x:1", "2005", programmes=["x:p", "x:q"], numbers={"x:p": "3", "x:q": "8"})
    laid = timeline([P, programme("x:q", "1997", NDL)], [both], short=SHORT, first=1981, last=2020)
    assert [mark.number for lane in laid.lanes for mark in lane.marks] == ["3", "8"]


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
    assert [lane.continues and lane.continues.uri for lane in lanes] == [None, "x:before", None]
    joined = next(place for place, cell in enumerate(lanes[1].cells) if cell.joins)
    assert sum(cell.span for cell in lanes[1].cells[:joined]) == 2009 - 2000


def test_the_line_comes_down_from_the_row_above_alone() -> None:
    other = programme("x:other", "2012", NDL, continues="x:p")
    lanes = timeline([P, programme("x:q", "2009", NDL, continues="x:p"), other], [], short=SHORT, first=1981, last=2020)
    found = {
        lane.line.uri: (lane.continues is not None, any(cell.joins for cell in lane.cells)) for lane in lanes.lanes
    }
    assert found == {"x:p": (False, False), "x:other": (True, True), "x:q": (True, False)}


def test_numbers_that_were_skipped_are_a_gap_and_those_on_record_without_a_date_are_not() -> None:
    held = [
        exchange("x:1", "1999", numbers={"x:p": "1"}),
        exchange("x:2", "", numbers={"x:p": "2"}),
        exchange("x:5", "2000-06", numbers={"x:p": "5"}),
    ]
    laid = timeline([P], held, short=SHORT, first=1981, last=2020)
    assert [(gap.first, gap.last) for gap in gaps(laid.lanes[0]) if gap.first] == [("3", "4")]
    # No year lies between them: the line is dotted around the later one.
    assert "".join(filled(laid.lanes[0])[1999 - 1981 : 2001 - 1981]) == "11"
    assert [cell.quiet for cell in laid.lanes[0].cells if cell.marks] == [False, True]
    assert [one.uri for one in laid.undated] == ["x:2"]


def test_more_than_two_years_without_an_exchange_are_a_gap_without_numbers() -> None:
    held = [exchange("x:1", "1981-05"), exchange("x:2", "1982-05"), exchange("x:3", "1990-05")]
    laid = timeline([P], held, short=SHORT, first=1981, last=1991)
    assert [(gap.first, gap.last) for gap in gaps(laid.lanes[0])] == [("", "")]
    assert "".join(filled(laid.lanes[0])) == "11.......1-"


def test_a_programme_of_which_no_exchange_was_found_is_one_gap() -> None:
    (lane,) = timeline([P], [], short=SHORT, first=1981, last=2020).lanes
    assert set(filled(lane)) == {"."}


def test_a_year_shows_its_exchanges_alone() -> None:
    laid = timeline([P], [exchange("x:1", "2011"), exchange("x:2", "2012-03")], short=SHORT, first=2012, last=2012)
    assert [one.uri for one in laid.shown] == ["x:2"]
    assert laid.columns == 12


@pytest.mark.parametrize(
    ("first", "last", "headings"),
    [
        (2010, 2012, [(2010, 1), (2011, 1), (2012, 1)]),
        (1981, 2001, [(1981, 4), (1985, 5), (1990, 5), (1995, 5), (2000, 2)]),
        (1984, 2000, [(0, 1), (1985, 5), (1990, 5), (1995, 5), (0, 1)]),
    ],
)
def test_headings_cover_every_column_and_stand_where_they_have_room(
    first: int, last: int, headings: list[tuple[int, int]]
) -> None:
    laid = timeline([P], [], short=SHORT, first=first, last=last)
    assert [(tick.year, tick.span) for tick in laid.ticks] == headings
    assert sum(tick.span for tick in laid.ticks) == laid.columns == sum(cell.span for cell in laid.lanes[0].cells)


def test_an_exchange_of_two_programmes_has_a_mark_in_the_lane_of_each() -> None:
    both = exchange("x:1", "2005", programmes=["x:p", "x:q"])
    laid = timeline([P, programme("x:q", "1997", NDL)], [both], short=SHORT, first=1981, last=2020)
    assert [[mark.line.uri for mark in lane.marks] for lane in laid.lanes] == [["x:1"], ["x:1"]]


def test_what_lies_before_and_after_the_years_shown_is_kept_within_the_picture() -> None:
    (lane,) = timeline([P], [exchange("x:1", "1999/..")], short=SHORT, first=2000, last=2009).lanes
    assert "".join(filled(lane)) == "----1-----"


def test_the_years_reach_from_the_first_to_the_last_that_is_known() -> None:
    assert years([exchange("x:1", "1986/.."), exchange("x:2", "2019-05")], [P]) == (1981, 2019)
    assert years([exchange("x:1", "")], []) is None


def gaps(lane: Lane) -> list[Gap]:
    return [gap for cell in lane.cells for gap in cell.gaps]


def stretches(lane: Lane, *kinds: str) -> list[tuple[int, int]]:
    """From which column up to which the row is of these kinds."""
    columns = [place for place, kind in enumerate(filled(lane)) if kind in kinds]
    begin = [column for column in columns if column - 1 not in columns]
    end = [column + 1 for column in columns if column + 1 not in columns]
    return list(zip(begin, end, strict=True))


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
    assert stretches(lane, "1", "-", ".") == [line]
    assert stretches(lane, ".") == broken


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
    assert (lane.continues is not None, lane.loosely) == (joined, loosely)


# Not asked before: no list knew of what is inferred, and no mark and no gap told of it.
def test_what_is_inferred_of_an_exchange_or_of_a_beginning_is_told_from_what_is_known() -> None:
    held = [exchange(f"x:{value}", "1982", inferred=[value]) for value in ("date", "hosts", "programmes", "themes")]
    assert [mark.inferred for mark in marks(*held)] == [True, True, True, False]
    p = programme("x:p", "1981", NDL, inferred=["date"])
    (lane,) = timeline([p], [exchange("x:1", "1981-12")], short=SHORT, first=1981, last=1982).lanes
    assert [gap.inferred for gap in gaps(lane)] == [True]
    assert lane.cells[0].quiet
