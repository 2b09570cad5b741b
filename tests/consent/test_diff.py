"""Two contents beside each other: what differs, and nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.consent.rules.diff import beside, difference, pieces
from koryu.records.kinds import KINDS
from koryu.records.schema import fields_of
from tests.world import NDL, NLC, NLK

EXCHANGE: dict[str, Any] = {
    "kind": "exchange",
    "form": "visit",
    "event": {"state": "planned"},
    "title": {"ja": "第40回業務交流", "en": "The 40th exchange", "source": "ja"},
    "institutions": [NDL, NLC],
    "dates": [
        {"id": "trip", "scope": "trip", "date": "2026-10"},
        {"id": "seminar", "scope": "seminar dates", "date": "2026-10-12"},
    ],
}


def told(was: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str, Any, Any]]:
    return [(one.path, str(one.how), one.was, one.now) for one in difference(was, now)]


def test_equal_contents_do_not_differ() -> None:
    assert difference(EXCHANGE, EXCHANGE) == ()


def test_a_field_that_says_what_is_so_anyway_does_not_differ() -> None:
    assert difference(EXCHANGE, {**EXCHANGE, "duration": None, "themes": [], "places": []}) == ()


def test_a_text_differs_language_by_language() -> None:
    title = {"ja": "第40回日中業務交流", "zh-Hans": "第40次业务交流", "source": "ja"}
    assert told(EXCHANGE, {**EXCHANGE, "title": title}) == [
        ("title.ja", "changed", "第40回業務交流", "第40回日中業務交流"),
        ("title.zh-Hans", "added", None, "第40次业务交流"),
        ("title.en", "removed", "The 40th exchange", None),
    ]


def test_another_source_language_is_a_difference_of_its_own() -> None:
    assert told(EXCHANGE, {**EXCHANGE, "title": {**EXCHANGE["title"], "source": "en"}}) == [
        ("title.source", "changed", "ja", "en")
    ]


def test_items_are_known_by_their_ids_and_a_new_or_lost_one_is_one_change() -> None:
    trip, seminar = EXCHANGE["dates"]
    session = {"id": "session", "scope": "session", "date": "2026-10-13"}
    assert told(EXCHANGE, {**EXCHANGE, "dates": [{**trip, "date": "2026-11"}, session]}) == [
        ("dates[trip].date", "changed", "2026-10", "2026-11"),
        ("dates[seminar]", "removed", seminar, None),
        ("dates[session]", "added", None, session),
    ]


def test_an_item_that_moved_is_said_to_have_moved_and_the_others_stay() -> None:
    items = [{"id": f"t{number}", "text": {"en": str(number)}} for number in range(4)]
    was, now = {**EXCHANGE, "themes": items}, {**EXCHANGE, "themes": [items[3], *items[:3]]}
    assert told(was, now) == [("themes[t3]", "moved", items[3], items[3])]
    assert [(part.stood, part.place) for part in beside(was, now)[-1].inside] == [(4, 1), (1, 2), (2, 3), (3, 4)]


def test_an_item_may_have_moved_and_changed() -> None:
    trip, seminar = EXCHANGE["dates"]
    changed = difference(EXCHANGE, {**EXCHANGE, "dates": [{**seminar, "date": "2026-10-14"}, trip]})
    assert [(one.path, str(one.how)) for one in changed] in (
        [("dates[seminar]", "moved"), ("dates[seminar].date", "changed")],
        [("dates[seminar].date", "changed"), ("dates[trip]", "moved")],
    )


def test_institutions_are_known_by_their_names() -> None:
    assert told(EXCHANGE, {**EXCHANGE, "institutions": [NDL, NLK]}) == [
        (f"institutions[{NLC}]", "removed", NLC, None),
        (f"institutions[{NLK}]", "added", None, NLK),
    ]


def test_what_lies_in_a_group_differs_field_by_field() -> None:
    event = {"state": "postponed", "postponed_to": "2027"}
    assert told(EXCHANGE, {**EXCHANGE, "event": event}) == [
        ("event.state", "changed", "planned", "postponed"),
        ("event.postponed_to", "added", None, "2027"),
    ]


@pytest.mark.parametrize(
    "content", [{}, {"kind": "exchange"}, {"kind": "no such kind", "a": 1}, {"kind": 7, "title": "x"}]
)
def test_unfinished_contents_are_compared_as_well(content: dict[str, Any]) -> None:
    assert difference(content, content) == ()
    assert difference(content, EXCHANGE) != ()
    assert difference(EXCHANGE, content) != ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "ja", "en", "a", "2026-10"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "ja", "en", "source", "date", "text", "institution"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)
NAMES = sorted({field.name for kind in KINDS for field in fields_of(kind)})


@given(
    kind=st.sampled_from(list(KINDS)),
    was=st.dictionaries(st.sampled_from(NAMES), JSON),
    now=st.dictionaries(st.sampled_from(NAMES), JSON),
)
def test_whatever_a_draft_holds_can_be_compared(kind: str, was: dict[str, Any], now: dict[str, Any]) -> None:
    assert difference({"kind": kind, **was}, {"kind": kind, **was}) == ()
    difference({"kind": kind, **was}, {"kind": kind, **now})


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        ("国立国会図書館", "国立図書館", [("the same", "国立"), ("removed", "国会"), ("the same", "図書館")]),
        ("in Tokyo", "in Kansai", [("the same", "in "), ("removed", "Tokyo"), ("added", "Kansai")]),
        ("", "new", [("added", "new")]),
        ("same", "same", [("the same", "same")]),
    ],
)
def test_texts_differ_by_the_letter_or_the_word(was: str, now: str, found: list[tuple[str, str]]) -> None:
    assert [(str(piece.how), piece.text) for piece in pieces(was, now)] == found


@given(was=st.text(), now=st.text())
def test_the_pieces_make_up_both_texts(was: str, now: str) -> None:
    found = pieces(was, now)
    assert "".join(piece.text for piece in found if piece.how != "added") == was
    assert "".join(piece.text for piece in found if piece.how != "removed") == now


def test_a_very_long_text_is_marked_whole() -> None:
    assert len(pieces("a " * 4000, "b " * 4000)) == 2
