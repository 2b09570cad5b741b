"""People as a sheet: every shipped participation reads back the same, and two who type in it lose nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koryu.records.kinds import document_of
from koryu.sheets.errors import wrong_in
from koryu.sheets.rows.merge import (
    DITTO,
    CellChange,
    RowAdded,
    RowChange,
    RowMoved,
    RowRemoved,
    as_posted,
    changes_in,
    content_with,
)
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import CellReader, RowItem, ShownColumn, items_of, marks_of, row_of, rows_of
from koryu.values.reason import Refused
from koryu.wording.languages import LANGUAGES
from tests.shipped import BASE, shipped

NAMES = {
    BASE + name: document.title.as_json()
    for name, document in shipped().items()
    if document.kind in ("person", "institution")
}
COLUMNS = PEOPLE.shown_columns(("zh-Hans", "en", "ja", "ko"), once=())
READER = CellReader(names=NAMES)
THREE: dict[str, Any] = {
    "kind": "participation",
    "title": {"en": "People of the NLC"},
    "members": [
        {
            "id": "shen",
            "printed": {"zh-Hans": "沈文远", "zh-Latn-pinyin": "Shen Wenyuan", "ja": "沈文遠", "source": "zh-Hans"},
            "posts": [{"id": "post", "post": {"zh-Hans": "副馆长"}, "unit": {"fr": "Direction"}}],
            "roles": ["head of delegation", "speaker"],
            "remark": {"mn": "…"},
        },
        {"id": "li", "person": BASE + "person/cao-wei", "posts": [{"id": "post", "post": {"zh-Hans": "处长"}}]},
        {"id": "he", "printed": {"zh-Hans": "何静"}, "roles": ["interpreter"], "counted": False},
    ],
}


def participations() -> Iterator[tuple[str, dict[str, Any]]]:
    yield from ((name, made.content()) for name, made in shipped().items() if made.kind == "participation")


def after(content: dict[str, Any], *changes: RowChange) -> dict[str, Any]:
    merged = content_with(PEOPLE, content, changes, COLUMNS, READER)
    assert merged.conflicts == ()
    return merged.content


def cell(content: dict[str, Any], row: str, column: str) -> str:
    return next(each.cells[column] for each in rows_of(PEOPLE, content, COLUMNS, READER) if each.id == row)


def typed(content: dict[str, Any], row: str, column: str, now: str) -> dict[str, Any]:
    return after(content, CellChange(row, column, cell(content, row, column), now))


@pytest.mark.parametrize("slug", LANGUAGES)
def test_every_cell_of_every_shipped_participation_is_read_back_as_what_it_shows(slug: str) -> None:
    reader = CellReader(slug=slug, names=NAMES)
    cells = [
        (name, item["id"], column.key)
        for name, content in participations()
        for item in items_of(PEOPLE, content)
        for column in COLUMNS
        # What reads the cell is asked, not what sees that nothing was changed.
        if column.column.cell.with_typed(item, column.shown(item, reader), column.tag, reader) != item
    ]
    assert cells == []


def test_saving_every_cell_as_it_is_changes_nothing() -> None:
    for _name, content in participations():
        rows = rows_of(PEOPLE, content, COLUMNS, READER)
        changes = [CellChange(row.id, key, text, text) for row in rows for key, text in row.cells.items()]
        assert content_with(PEOPLE, content, changes, COLUMNS, READER).content == content


def test_a_cell_changed_and_changed_back_leaves_the_content_as_it_was() -> None:
    for _name, content in participations():
        for row in rows_of(PEOPLE, content, COLUMNS, READER):
            for column in (column for column in COLUMNS if column.column.key in ("post", "unit", "remark", "roles")):
                if not row.cells[column.key]:
                    continue
                there = typed(content, row.id, column.key, "團長；X")
                assert there != content
                back = after(
                    there, CellChange(row.id, column.key, cell(there, row.id, column.key), row.cells[column.key])
                )
                assert row_of(item(back, row.id), COLUMNS, READER) == row


def item(content: dict[str, Any], row: str) -> RowItem:
    return next(each for each in content["members"] if each["id"] == row)


def test_a_path_that_is_in_no_cell_is_never_changed() -> None:
    content = typed(THREE, "shen", "post:zh-Hans", "馆长; 研究馆员")
    assert item(content, "shen") == {
        **item(THREE, "shen"),
        "posts": [
            {"id": "post", "post": {"zh-Hans": "馆长"}, "unit": {"fr": "Direction"}},
            {"id": "post-2", "post": {"zh-Hans": "研究馆员"}},
        ],
    }
    assert {**content, "members": THREE["members"]} == THREE


def test_two_who_change_different_cells_lose_nothing() -> None:
    first = CellChange("shen", "post:zh-Hans", "副馆长", "馆长")
    second = CellChange("shen", "roles", "head of delegation, speaker", "head")
    both = after(after(THREE, first), second)
    assert both == after(after(THREE, second), first)
    assert (cell(both, "shen", "post:zh-Hans"), cell(both, "shen", "roles")) == ("馆长", "head of delegation")


def test_a_cell_that_another_changed_meanwhile_comes_back_with_both_texts() -> None:
    theirs = typed(THREE, "shen", "post:zh-Hans", "馆长")
    merged = content_with(PEOPLE, theirs, [CellChange("shen", "post:zh-Hans", "副馆长", "代馆长")], COLUMNS, READER)
    assert [(conflict.mine, conflict.theirs) for conflict in merged.conflicts] == [("代馆长", "馆长")]
    assert merged.content == theirs


def test_a_row_that_another_removed_or_changed_meanwhile_is_neither_made_again_nor_removed() -> None:
    gone = after(THREE, RowRemoved("he"))
    merged = content_with(PEOPLE, gone, [CellChange("he", "name:zh-Hans", "何静", "何敬")], COLUMNS, READER)
    assert ([conflict.theirs for conflict in merged.conflicts], merged.content) == ([None], gone)
    removed = RowRemoved("he", row_of(item(THREE, "he"), COLUMNS, READER).cells)
    changed = typed(THREE, "he", "roles", "speaker")
    merged = content_with(PEOPLE, changed, [removed], COLUMNS, READER)
    assert (len(merged.conflicts), merged.content) == (1, changed)


def test_the_same_changes_sent_twice_change_nothing_the_second_time() -> None:
    changes: list[RowChange] = [
        RowAdded("new1", "shen"),
        CellChange("new1", "name:zh-Hans", "", "王一（Wang Yi）"),
        CellChange("new1", "roles", "", "翻译"),
        CellChange("shen", "roles", "head of delegation, speaker", "团长"),
        RowMoved("he", ""),
        RowRemoved("li"),
    ]
    once = after(THREE, *changes)
    assert [each["id"] for each in once["members"]] == ["he", "shen", "new1"]
    assert item(once, "new1")["roles"] == ["interpreter"]
    twice = content_with(PEOPLE, once, changes, COLUMNS, READER)
    assert (twice.content, twice.conflicts, twice.changed) == (once, (), ())


def test_put_back_restores_all_that_was_removed_or_typed_over_even_what_no_cell_shows() -> None:
    changes: list[RowChange] = [
        RowRemoved("shen"),
        CellChange("li", "name:zh-Hans", cell(THREE, "li", "name:zh-Hans"), "王一"),
        RowAdded("new1"),
        CellChange("new1", "name:en", "", "WANG Yi"),
    ]
    merged = content_with(PEOPLE, THREE, changes, COLUMNS, READER)
    undo = changes_in([as_posted(restored) for restored in merged.undo])
    assert after(merged.content, *undo) == THREE


def test_put_back_does_not_touch_a_row_that_another_changed_since() -> None:
    merged = content_with(PEOPLE, THREE, [CellChange("he", "roles", "interpreter", "speaker")], COLUMNS, READER)
    since = typed(merged.content, "he", "post:zh-Hans", "馆员")
    undone = content_with(PEOPLE, since, merged.undo, COLUMNS, READER)
    assert (len(undone.conflicts), undone.content) == (1, since)


def test_what_puts_a_row_back_can_bring_nothing_that_is_no_field_of_it() -> None:
    forged = {
        "id": "other",
        "owner": "me",
        "roles": ["member"],
        "posts": 7,
        "printed": [1],
        "remark": {"en": 1, "ja": "x"},
    }
    forged_posts = {"posts": [{"id": 7}, {"id": "p", "unit": {"ja": "課"}, "x": 1}, "y"]}
    changes = changes_in(
        [{"row": "x1", "restore": forged, "was": {}}, {"row": "x2", "restore": forged_posts, "was": {}}]
    )
    content = after(THREE, *changes)
    assert item(content, "x1") == {"id": "x1", "roles": ["member"], "remark": {"ja": "x"}}
    assert item(content, "x2") == {"id": "x2", "posts": [{"id": "p", "unit": {"ja": "課"}}]}


def test_a_sign_for_as_above_takes_what_stands_above() -> None:
    content = typed(typed(THREE, "li", "unit:zh-Hans", "业务处"), "he", "unit:zh-Hans", "〃")
    assert cell(content, "he", "unit:zh-Hans") == "业务处"
    assert cell(typed(content, "he", "post:zh-Hans", " 同上 "), "he", "post:zh-Hans") == "处长"


def test_what_is_not_understood_is_kept_as_typed_and_marked() -> None:
    content = typed(typed(THREE, "he", "roles", "翻译, cook"), "he", "counted", "perhaps")
    assert item(content, "he")["roles"] == ["interpreter", "cook"]
    assert (cell(content, "he", "roles"), cell(content, "he", "counted")) == ("interpreter, cook", "perhaps")
    marks = [mark for mark in marks_of(PEOPLE, content, COLUMNS, READER) if mark.stops]
    assert [(mark.row, mark.column) for mark in marks] == [("he", "roles"), ("he", "counted")]
    assert {"members[he].roles[1]", "members[he].counted"} <= set(wrong_in("participation", content))


def test_another_name_typed_over_a_linked_one_is_somebody_else_and_a_chosen_record_is_linked() -> None:
    other = typed(THREE, "li", "name:zh-Hans", "王一")
    assert (item(other, "li").get("person"), item(other, "li")["printed"]) == (None, {"zh-Hans": "王一"})
    linked = typed(other, "li", "name:zh-Hans", BASE + "person/cao-wei")
    assert (item(linked, "li")["person"], "printed" in item(linked, "li")) == (BASE + "person/cao-wei", False)


def test_a_form_added_in_another_language_leaves_the_person_linked() -> None:
    content = typed(THREE, "li", "name:ko", "차오웨이")
    assert (item(content, "li")["person"], item(content, "li")["printed"]) == (
        BASE + "person/cao-wei",
        {"ko": "차오웨이"},
    )


def test_a_row_in_which_nothing_stands_any_more_is_gone() -> None:
    content = typed(typed(typed(THREE, "he", "name:zh-Hans", ""), "he", "roles", ""), "he", "counted", "yes")
    assert [each["id"] for each in content["members"]] == ["shen", "li"]


@pytest.mark.parametrize(
    "posted", [None, {}, [1], [{"row": "m1"}], [{"row": "../x", "cell": "a", "was": "", "now": ""}]]
)
def test_changes_that_are_not_written_as_pages_write_them_are_refused(posted: object) -> None:
    with pytest.raises(Refused):
        changes_in(posted)


@pytest.mark.parametrize(
    "members", [None, "x", [1, None, {"id": 3}, {"id": "a", "roles": "x", "posts": 7, "printed": []}]]
)
def test_whatever_an_unfinished_content_holds_is_shown_and_kept(members: object) -> None:
    content = {"kind": "participation", "members": members}
    rows_of(PEOPLE, content, COLUMNS, READER)
    marks_of(PEOPLE, content, COLUMNS, READER)
    assert content_with(PEOPLE, content, [], COLUMNS, READER).content == content


def test_a_sheet_takes_five_hundred_rows() -> None:
    adds = [change for n in range(501) for change in (RowAdded(f"r{n}"), CellChange(f"r{n}", "name:en", "", f"A{n}"))]
    with pytest.raises(Refused, match="This is 501 rows; a sheet takes 500"):
        content_with(PEOPLE, {"kind": "participation"}, adds, COLUMNS, READER)


def _keys(columns: tuple[ShownColumn, ...]) -> list[str]:
    return [column.key for column in columns]


_TEXT = st.one_of(
    st.sampled_from(
        ["沈文遠（しん・ぶんえん）", "SHEN Wenyuan", "윤서진 尹瑞珍", "团长；翻译", "yes", "", '"', "〃", "x; y;"]
    ),
    st.text(max_size=30),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["shen", "li", "he"]), st.sampled_from(_keys(COLUMNS)), _TEXT), max_size=8))
def test_whatever_is_typed_the_content_stays_one_that_shows_the_same_when_it_is_read_again(
    keyed: list[tuple[str, str, str]],
) -> None:
    content = THREE
    for row, key, text in keyed:
        if any(each["id"] == row for each in content["members"]):
            content = typed(content, row, key, text)
    for each in items_of(PEOPLE, content):
        shown = row_of(each, COLUMNS, READER)
        # A mark that a cell says the same as the one above it means that again, whatever stands above by now.
        same = [CellChange(shown.id, key, text, text) for key, text in shown.cells.items() if text.strip() not in DITTO]
        again = content_with(PEOPLE, content, same, COLUMNS, READER)
        assert (again.content, again.conflicts) == (content, ())


_CELLS = [
    (row, key) for row in ("shen", "li", "he") for key in ("post:zh-Hans", "post:ja", "unit:en", "roles", "remark:ko")
]


@settings(max_examples=100, deadline=None)
@given(st.permutations(_CELLS), st.integers(1, 6), st.lists(_TEXT, min_size=12, max_size=12))
def test_two_who_type_into_different_cells_both_have_what_they_typed(
    cells: list[tuple[str, str]], split: int, texts: list[str]
) -> None:
    def changes(some: list[tuple[str, str]], offset: int) -> list[RowChange]:
        words = [text for text in texts if text.strip() not in DITTO] or ["x"]
        return [
            CellChange(row, key, cell(THREE, row, key), words[(place + offset) % len(words)])
            for place, (row, key) in enumerate(some)
        ]

    first, second = changes(cells[:split], 0), changes(cells[split : 2 * split], 3)
    one_way = content_with(PEOPLE, THREE, first, COLUMNS, READER)
    one_way = content_with(PEOPLE, one_way.content, second, COLUMNS, READER)
    other_way = content_with(PEOPLE, THREE, second, COLUMNS, READER)
    other_way = content_with(PEOPLE, other_way.content, first, COLUMNS, READER)
    assert one_way.conflicts == other_way.conflicts == ()
    assert rows_of(PEOPLE, one_way.content, COLUMNS, READER) == rows_of(PEOPLE, other_way.content, COLUMNS, READER)


def test_of_a_person_whose_record_is_not_known_here_the_cell_says_which_it_is() -> None:
    content = typed(THREE, "he", "name:zh-Hans", BASE + "person/nobody-here")
    assert cell(content, "he", "name:zh-Hans") == BASE + "person/nobody-here"
    other = typed(content, "he", "name:zh-Hans", "何静")
    assert ("person" in item(other, "he"), item(other, "he")["printed"]) == (False, {"zh-Hans": "何静"})


def test_people_typed_whole_make_a_participation_that_can_be_sent() -> None:
    content: dict[str, Any] = {
        "kind": "participation",
        "title": {"en": "People"},
        "exchange": BASE + "exchange/ndl-nlc-23",
        "institution": BASE + "institution/nlc",
        "side": "visiting",
    }
    content = after(
        content,
        RowAdded("a1"),
        CellChange("a1", "name:zh-Hans", "", "沈文远（Shen Wenyuan）"),
        CellChange("a1", "name:ja", "", "沈文遠（しん・ぶんえん）"),
        CellChange("a1", "post:zh-Hans", "", "副馆长"),
        CellChange("a1", "roles", "", "团长，报告人"),
        RowAdded("a2"),
        CellChange("a2", "post:zh-Hans", "", "处长"),
    )
    assert document_of(content).content() == content
    assert content["members"][0]["printed"] == {
        "zh-Hans": "沈文远",
        "zh-Latn-pinyin": "Shen Wenyuan",
        "ja": "沈文遠",
        "ja-Hira": "しん・ぶんえん",
        "source": "zh-Hans",
    }
