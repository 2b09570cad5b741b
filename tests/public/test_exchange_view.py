"""An exchange as a printed programme: papers in their places, and who came."""

from typing import Any, Final

import pytest

from koryu.archive.queries import Backlink, Line
from koryu.public.exchange_view import appearances, days, occasion, paper
from koryu.records.kinds import document_of
from koryu.records.listed_values import Summary
from koryu.records.participation import Participation
from koryu.records.timetable import Timetable
from koryu.values.text import Text

BASE = "x:"


def paper_line(slug: str, **said: Any) -> Line:
    summary: dict[str, Any] = {
        "title": {"ja": "報告"},
        "type": "paper",
        "exchange": "x:exchange",
        "institution": "x:ndl",
        **said,
    }
    return Line(uri=f"x:{slug}", kind="paper", slug=slug, basis="recorded", summary=Summary(**summary))


def timetable(*sessions: dict[str, object]) -> Timetable:
    content = {
        "kind": "timetable",
        "title": {"en": "Timetable"},
        "exchange": "x:exchange",
        "arranged_by": "x:ndl",
        "sessions": [{"id": f"s{place}", "type": "working session", **one} for place, one in enumerate(sessions)],
    }
    document = document_of(content, base=BASE)
    assert isinstance(document, Timetable)
    return document


def participation(**content: object) -> Participation:
    whole = {
        "kind": "participation",
        "title": {"en": "Participation"},
        "exchange": "x:exchange",
        "institution": "x:ndl",
        "side": "visiting",
        **content,
    }
    document = document_of(whole, base=BASE)
    assert isinstance(document, Participation)
    return document


def line_of(kind: str, **said: Any) -> Line:
    return Line(uri=f"x:{kind}", kind=kind, slug=kind, basis="recorded", summary=Summary(title={"en": kind}, **said))


def test_sessions_stand_under_their_days_in_their_own_order() -> None:
    table = timetable({"date": "2017-09-18"}, {"date": "2017-09-18"}, {"date": "2017-09-19"}, {})
    assert [(str(day.date), len(day.sittings)) for day in days(table, {}, {})] == [
        ("2017-09-18", 2),
        ("2017-09-19", 1),
        ("None", 1),
    ]


def test_a_day_has_times_when_one_of_its_points_has() -> None:
    table = timetable({"date": "2017-09-18", "start": "10:00"}, {"date": "2017-09-18"}, {"date": "2017-09-19"})
    assert [day.timed for day in days(table, {}, {})] == [True, False]


def test_papers_stand_in_the_order_of_their_session_and_those_not_on_record_are_named() -> None:
    papers = {f"x:{slug}": paper(paper_line(slug)) for slug in ("a", "b")}
    table = timetable({"papers": ["x:b", "x:a", "x:erased"]})
    (sitting,) = days(table, papers, {})[0].sittings
    assert [one.line.uri for one in sitting.papers] == ["x:b", "x:a"]
    assert sitting.absent == ("x:erased",)


def test_a_paper_that_no_timetable_places_is_not_lost() -> None:
    table = line_of("timetable")
    about = [table, paper_line("a"), paper_line("b")]
    found = occasion(about, {table.uri: timetable({"papers": ["x:a"]})})
    assert [one.line.uri for one in found.unplaced] == ["x:b"]


def test_a_title_is_had_in_every_language_of_a_wording_and_the_records_own_counts_first() -> None:
    title = paper(paper_line("a", titles={"ko": "발표", "ja": "別の題"})).title
    assert title.shown("ko").text == "발표"
    assert title.shown("ja").text == "報告"
    assert title.source == "ja"


def test_the_institutions_of_those_who_came_stand_in_the_order_given() -> None:
    one, two = (
        line_of("participation"),
        Line(uri="x:2", kind="participation", slug="2", basis="recorded", summary=Summary()),
    )
    documents = {one.uri: participation(), two.uri: participation(institution="x:nlk")}
    found = occasion([one, two], documents, first=["x:nlk", "x:ndl"])
    assert [company.participation.institution for company in found.companies] == ["x:nlk", "x:ndl"]


def test_a_person_is_listed_with_the_posts_printed_then_and_with_nothing_of_others() -> None:
    came = line_of("participation", exchange="x:exchange", institution="x:ndl")
    gave = paper_line("a", speakers=[{"person": "x:ito", "posts": [{"id": "p", "post": {"ja": "課長"}}]}])
    document = participation(
        members=[
            {"id": "ito", "person": "x:ito", "posts": [{"id": "p", "post": {"en": "Director"}}]},
            {"id": "other", "person": "x:other", "posts": [{"id": "p", "post": {"en": "Chief"}}]},
        ]
    )
    back = [Backlink(rel="members", item="ito", source=came), Backlink(rel="speakers", item="s", source=gave)]
    found = appearances("x:ito", back, {came.uri: document}, {})
    assert sorted((one.line.uri, str(one.posts[0].post)) for one in found) == sorted(
        [("x:a", str(Text({"ja": "課長"}))), (came.uri, str(Text({"en": "Director"})))]
    )


def test_who_attends_is_named_from_the_lists_that_may_be_read_and_nobody_else() -> None:
    named = participation(members=[{"id": "he", "printed": {"zh-Hans": "何静"}}, {"id": "other"}])
    attending = [
        {"id": "a", "participation": "x:theirs"},
        {"id": "b", "participation": "x:theirs", "member": "he", "does": "interprets"},
        {"id": "c", "participation": "x:theirs", "member": "gone"},
        {"id": "d", "participation": "x:private", "member": "he", "does": "chairs"},
    ]
    (sitting,) = days(timetable({"attending": attending}), {}, {"x:theirs": named})[0].sittings
    assert [(view.does, [m.id for m in view.members], view.institutions) for view in sitting.attending] == [
        ("takes part", [], ("x:ndl",)),
        ("interprets", ["he"], ()),
    ]


VISIT: Final[dict[str, object]] = {"type": "site visit", "date": "2017-09-18"}


def test_plain_visits_that_follow_each_other_are_one_row_of_the_table() -> None:
    table = timetable(VISIT | {"at": "x:a"}, VISIT | {"at": "x:b"}, {"date": "2017-09-18"}, VISIT | {"at": "x:c"})
    (day,) = days(table, {}, {})
    assert [[view.session.id for view in row.sittings] for row in day.rows] == [["s0", "s1"], ["s2"], ["s3"]]


@pytest.mark.parametrize(
    "more",
    [
        {"start": "10:00"},
        {"remark": {"en": "By bus"}},
        {"number": "1"},
        {"taking_part": ["x:a"]},
        {"attending": [{"id": "a", "participation": "x:a"}]},
    ],
)
def test_a_visit_of_which_more_is_known_has_a_row_of_its_own(more: dict[str, object]) -> None:
    (day,) = days(timetable(VISIT, VISIT | more), {}, {})
    assert [len(row.sittings) for row in day.rows] == [1, 1]


def test_a_session_says_once_which_one_it_is() -> None:
    papers = {f"x:{slug}": paper(paper_line(slug)) for slug in ("a", "b")}
    plain: dict[str, object] = {"papers": ["x:a", "x:b", "x:erased"]}
    (day,) = days(timetable(plain, plain | {"title": {"en": "Session I"}}, {}), papers, {})
    assert [(row.opens, row.paper.line.uri if row.paper else row.absent) for row in day.rows] == [
        *[(True, "x:a"), (False, "x:b"), (False, "x:erased")],
        *[(True, ""), (False, "x:a"), (False, "x:b"), (False, "x:erased")],
        (True, ""),
    ]
