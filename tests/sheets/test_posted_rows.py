"""A sheet posted without script: every cell of every row, and only what was typed is changed."""

from typing import Any

import pytest

from koryu.records.schema import Field, FieldType
from koryu.sheets.rows.item_shape import fields_in_row, in_shape
from koryu.sheets.rows.merge import changes_in, content_with, row_mark
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.posted_rows import changes_posted
from koryu.sheets.rows.row_sheet import CellReader, rows_of, text_with
from koryu.values.reason import Refused

READER = CellReader()
COLUMNS = PEOPLE.shown_columns(("zh-Hans", "en"))
CONTENT: dict[str, Any] = {
    "kind": "participation",
    "members": [
        {"id": "a", "printed": {"zh-Hans": "沈文远"}, "remark": {"mn": "x"}},
        {"id": "b", "printed": {"zh-Hans": "何静"}},
        {"id": "c", "printed": {"zh-Hans": "王一"}},
    ],
}


def drawn(content: dict[str, Any], *, new: tuple[str, ...] = ("n1", "n2", "n3")) -> dict[str, list[str]]:
    """What the table of this content posts when nothing is typed into it."""
    rows = rows_of(PEOPLE, content, COLUMNS, READER)
    posted = {"rows": [f"{row.id}:{row_mark(row)}" for row in rows] + [f"{row}:" for row in new]}
    posted |= {f"{row.id}/{key}": [text] for row in rows for key, text in row.cells.items()}
    posted |= {f"{row}/{column.key}": [""] for row in new for column in COLUMNS}
    return posted | {f"{row.id}/order": [str(place)] for place, row in enumerate(rows, 1)}


def after(posted: dict[str, list[str]], content: dict[str, Any] = CONTENT) -> tuple[dict[str, Any], list[str | None]]:
    changes = changes_posted(posted, rows_of(PEOPLE, content, COLUMNS, READER), COLUMNS)
    merged = content_with(PEOPLE, content, changes, COLUMNS, READER)
    return merged.content, [conflict.theirs for conflict in merged.conflicts]


def order(content: dict[str, Any]) -> str:
    return "".join(member["id"] for member in content["members"])


def test_a_sheet_posted_as_it_was_drawn_changes_nothing() -> None:
    assert after(drawn(CONTENT)) == (CONTENT, [])


def test_a_cell_typed_is_changed_and_an_empty_row_that_is_filled_is_a_new_one() -> None:
    content, conflicts = after(drawn(CONTENT) | {"b/roles": ["interpreter"], "n2/name:zh-Hans": ["新人"]})
    assert conflicts == []
    assert [member["id"] for member in content["members"]] == ["a", "b", "c", "n2"]
    assert (content["members"][1]["roles"], content["members"][0]) == (["interpreter"], CONTENT["members"][0])


def test_the_same_form_posted_twice_makes_one_row() -> None:
    posted = drawn(CONTENT) | {"n1/name:zh-Hans": ["新人（Xin Ren）"]}
    content, _conflicts = after(posted)
    assert after(posted, content) == (content, [])


def test_rows_go_where_their_number_says() -> None:
    for moves, expected in (
        ({"c/order": ["1"]}, "cab"),
        ({"a/order": ["3"]}, "bca"),
        ({"a/order": ["2"]}, "bac"),
        ({"c/order": ["0"]}, "cab"),
        ({"a/order": ["9"], "b/order": ["x"]}, "bca"),
        ({"a/order": ["3"], "c/order": ["1"]}, "cba"),
        ({"a/order": ["999999999999"]}, "abc"),
    ):
        assert order(after(drawn(CONTENT) | moves)[0]) == expected


def test_a_ticked_row_is_removed_unless_somebody_else_changed_it() -> None:
    posted = drawn(CONTENT) | {"b/remove": ["1"]}
    assert order(after(posted)[0]) == "ac"
    first, _second, third = CONTENT["members"]
    changed = {**CONTENT, "members": [first, {"id": "b", "printed": {"zh-Hans": "何敬"}}, third]}
    content, conflicts = after(posted, changed)
    assert (content, len(conflicts)) == (changed, 1)


def test_of_a_row_that_another_changed_each_differing_cell_comes_back_and_nothing_is_lost() -> None:
    posted = drawn(CONTENT) | {"b/roles": ["speaker"]}
    changed = {**CONTENT, "members": [*CONTENT["members"][:1], {"id": "b", "printed": {"zh-Hans": "何敬"}}]}
    content, conflicts = after(posted, changed)
    # The third row is gone, which is said too.
    assert (content, conflicts) == (changed, ["何敬", "member", None])


def test_what_no_page_posts_is_passed_over() -> None:
    assert after({"rows": ["../x:", ":", "zz"], "zz/owner": ["me"], "a/id": ["b"]}) == (CONTENT, [])


# What a script puts back as it was


@pytest.mark.parametrize(
    ("sort", "value", "kept"),
    [
        # Before: each was kept, and no page could show it any more.
        (FieldType.TEXT, {"": "a"}, None),
        (FieldType.TEXT, {"zh-hans": "a", "ja": "b"}, {"ja": "b"}),
        (FieldType.TEXT, {"source": "ja", "en": "a"}, {"en": "a"}),
        (FieldType.DATE_OR_TEXT, {"x": "a"}, None),
        (FieldType.TEXT, {"en": "a\0b\ud800"}, {"en": "ab"}),
        (FieldType.PLAIN, "a\0b\x85\udfff", "ab"),
        (FieldType.PLAIN, 5, None),
        (FieldType.WORD, True, None),
        (FieldType.NUMBER, 10**30, None),
        (FieldType.NUMBER, True, None),
        # What any record may hold is put back letter for letter.
        (FieldType.TEXT, {"ja": "一\n二\u3000", "en": "a\u00a0b", "source": "ja"}, ...),
        (FieldType.PLAIN, "10:00 ", ...),
        (FieldType.NUMBER, 2**53, ...),
        (FieldType.NUMBER, "some", ...),
        (FieldType.FLAG, False, ...),
    ],
)
def test_what_is_put_back_is_what_a_page_can_show(sort: FieldType, value: Any, kept: Any) -> None:
    made = in_shape([Field(name="held", sort=sort)], {"held": value})
    assert made.get("held") == (value if kept is ... else kept)


def test_what_is_sent_at_once_is_bounded() -> None:
    """Before: five megabytes of new rows took minutes, and a row with as many posts each opening of the page."""
    change = {"row": "a", "cell": "x", "was": "", "now": ""}
    assert len(changes_in([change] * 20_000)) == 20_000
    with pytest.raises(Refused):
        changes_in([change] * 20_001)
    with pytest.raises(Refused, match="a sheet takes 500"):
        content_with(PEOPLE, {}, changes_in([{"row": f"a{at}", "add": None} for at in range(20_000)]), COLUMNS, READER)
    (posts,) = (field for field in fields_in_row(PEOPLE) if field.name == "posts")
    many = [{"id": f"p{at}", "unit": {"ja": "課"}} for at in range(501)]
    assert in_shape([posts], {"posts": many}) == {"posts": many[:500]}


@pytest.mark.parametrize("tag", ["", "x", "source", "zh-hans", "ja\n", "\ud800"])
def test_nothing_is_typed_in_no_language(tag: str) -> None:
    with pytest.raises(Refused):
        text_with({"en": "a"}, tag, "b")
    assert text_with({"en": "a", tag: "b"}, tag, "") == {"en": "a"}
