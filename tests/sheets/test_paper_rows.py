"""The list of papers as a sheet: every shipped paper reads back the same, and one is typed as people write it."""

from typing import Any

import pytest

from koryu.sheets.rows.clipboard import pasted_grid
from koryu.sheets.rows.exchange_names import ExchangeNames, NamedMember
from koryu.sheets.rows.merge import CellChange, RowAdded, RowMoved, RowRemoved, RowRestored, content_with
from koryu.sheets.rows.paper_checks import Part, TextState, found_in
from koryu.sheets.rows.paper_rows import LISTED, PAPERS
from koryu.sheets.rows.pasted import changes_of, paste_preview
from koryu.sheets.rows.row_sheet import CellReader, items_of, marks_of, rows_of
from koryu.sheets.rows.same_names import same_name
from koryu.sheets.rows.speaker_cells import as_listed
from koryu.wording.languages import LANGUAGES
from tests.shipped import BASE, shipped

COLUMNS = PAPERS.shown_columns(("zh-Hans", "ja", "en"))
SHEN = BASE + "person/shen"
PEOPLE: tuple[dict[str, Any], ...] = (
    {"id": "a", "person": SHEN, "posts": [{"id": "post", "post": {"zh-Hans": "副馆长"}}]},
    {"id": "b", "printed": {"zh-Hans": "何静"}},
    {"id": "c", "printed": {"zh-Hans": "王芳"}},
    {"id": "d", "printed": {"zh-Hans": "王芳"}},
)
NAMES = {SHEN: {"zh-Hans": "沈文远", "zh-Latn-pinyin": "Shen Wenyuan"}}
LIST_OF_PEOPLE = BASE + "participation/nlc"
AROUND = ExchangeNames(
    people=(
        NamedMember(LIST_OF_PEOPLE, "a", "", "沈文远", ("沈文远", "Shen Wenyuan"), PEOPLE[0]),
        NamedMember(LIST_OF_PEOPLE, "b", "", "何静", ("何静", "He Jing"), PEOPLE[1]),
        NamedMember(LIST_OF_PEOPLE, "c", "", "王芳", ("王芳", "Wang Fang"), PEOPLE[2]),
        NamedMember(LIST_OF_PEOPLE, "d", "", "王芳", ("王芳", "Wang Fang"), PEOPLE[3]),
    )
)
READER = CellReader(slug="zh-hans", home="zh-Hans", around=AROUND, names=NAMES)
FILE = {"id": "f", "name": "a.pdf", "digest": "sha256:" + "0" * 64, "media_type": "application/pdf", "size": 1}
# As an office in Beijing sends it.
LIST = """\
第37次业务交流 报告题目
序号\t类别\t报告人\t报告题目\t日文题目\t报告稿
1\t主旨报告\t沈文远\t国家图书馆的新发展\t\t原文
2\t专题报告\t何静；李伟（研究部主任）\t数字资源长期保存\tデジタル資源の長期保存\t
"""


def item(**fields: Any) -> dict[str, Any]:
    return {"id": "a1b2", "kind": "paper", "title": {"zh-Hans": "题"}, "type": "paper", **fields}


def typed(held: dict[str, Any], column: str, text: str, reader: CellReader = READER) -> dict[str, Any]:
    merged = content_with(
        PAPERS, {LISTED: [held]}, [CellChange(held["id"], column, _shown(held, column, reader), text)], COLUMNS, reader
    )
    assert merged.conflicts == ()
    return next(items_of(PAPERS, merged.content))


def _shown(held: dict[str, Any], column: str, reader: CellReader = READER) -> str:
    (row,) = rows_of(PAPERS, {LISTED: [held]}, COLUMNS, reader)
    return row.cells[column]


@pytest.mark.parametrize("slug", LANGUAGES)
def test_every_cell_of_every_shipped_paper_is_read_back_as_what_it_shows(slug: str) -> None:
    papers = {name: document.content() for name, document in shipped().items() if document.kind == "paper"}
    reader = CellReader(
        slug=slug, names={BASE + name: document.title.as_json() for name, document in shipped().items()}
    )
    cells = [
        (name, column.key)
        for name, content in papers.items()
        for column in COLUMNS
        if column.column.cell.with_typed(
            {"id": "r", **content}, column.shown({"id": "r", **content}, reader), column.tag, reader
        )
        != {"id": "r", **content}
    ]
    assert cells == []


def test_nothing_in_the_shipped_papers_would_stop_sending() -> None:
    papers = [document.content() for document in shipped().values() if document.kind == "paper"]
    content = {LISTED: [{"id": f"p{place}", **paper} for place, paper in enumerate(papers)]}
    assert [mark for mark in marks_of(PAPERS, content, COLUMNS, CellReader()) if mark.stops] == []


# Speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("沈文远", [{"person": SHEN, "posts": PEOPLE[0]["posts"]}]),
        ("Shen Wenyuan", [{"person": SHEN, "posts": PEOPLE[0]["posts"]}]),
        (SHEN, [{"person": SHEN, "posts": PEOPLE[0]["posts"]}]),
        ("沈文远; 何静", [{"person": SHEN, "posts": PEOPLE[0]["posts"]}, {"printed": {"zh-Hans": "何静"}}]),
        ("沈文远；何静", [{"person": SHEN, "posts": PEOPLE[0]["posts"]}, {"printed": {"zh-Hans": "何静"}}]),
        ("何静（处长）", [{"printed": {"zh-Hans": "何静"}, "posts": [{"id": "post", "post": {"zh-Hans": "处长"}}]}]),
        ("（副馆长）", [{"posts": [{"id": "post", "post": {"zh-Hans": "副馆长"}}]}]),
        (
            "Sato Yuko (Chief, Research Section, Kansai-kan)",
            [
                {
                    "printed": {"en": "Sato Yuko"},
                    "posts": [{"id": "post", "post": {"en": "Chief"}, "unit": {"en": "Research Section, Kansai-kan"}}],
                }
            ],
        ),
        (
            "李伟（Li Wei）",
            [{"printed": {"zh-Hans": "李伟", "zh-Latn-pinyin": "Li Wei", "source": "zh-Hans"}}],
        ),
        ("", []),
    ],
)
def test_speakers_are_typed_as_people_write_them(text: str, speakers: list[dict[str, Any]]) -> None:
    made = typed(item(), "speakers", text)
    assert [{key: value for key, value in each.items() if key != "id"} for each in made.get("speakers", [])] == speakers
    # What was typed shows the same again, and typing it again changes nothing.
    assert typed(made, "speakers", _shown(made, "speakers")) == made


def test_a_speaker_that_stays_keeps_all_that_is_said_of_it() -> None:
    speaker = {"id": "x", "printed": {"zh-Hans": "李伟"}, "remark": {"zh-Hans": "备"}}
    made = typed(item(speakers=[speaker]), "speakers", "何静; 李伟")
    assert made["speakers"] == [{"id": "row-b", "printed": {"zh-Hans": "何静"}}, speaker]


@pytest.mark.parametrize("written", ["沈文远", "沈文遠", "Shen Wenyuan", "SHEN WENYUAN", "ｓｈｅｎ　wenyuan"])
def test_somebody_in_a_list_is_known_by_any_form_of_the_name(written: str) -> None:
    (speaker,) = typed(item(), "speakers", written)["speakers"]
    assert (speaker["id"], speaker["person"]) == ("row-a", SHEN)


def test_of_two_of_one_name_nobody_is_taken_and_it_is_pointed_out() -> None:
    made = typed(item(), "speakers", "王芳")
    assert made["speakers"] == [{"id": "s1", "printed": {"zh-Hans": "王芳"}}]
    said = [mark.reason.in_words(str) for mark in marks_of(PAPERS, {LISTED: [made]}, COLUMNS, READER)]
    assert "More than one person in the lists is called so: 王芳." in said


def test_a_speaker_is_who_the_row_is_that_it_was_taken_from_whatever_the_name_has_become() -> None:
    speaker = {"id": "row-d", "printed": {"zh-Hans": "王方"}}
    listed = as_listed(speaker, READER)
    assert listed == {"id": "row-d", "printed": {"zh-Hans": "王芳"}}
    assert as_listed(listed, READER) is None
    assert as_listed({"id": "s1", "printed": {"zh-Hans": "王方"}}, READER) is None


@pytest.mark.parametrize(
    ("posts", "otherwise"),
    [
        ([], True),
        ([{"id": "other", "post": {"zh-Hans": "副馆长"}}], False),
        ([{"id": "post", "post": {"zh-Hans": "馆长"}}], True),
    ],
)
def test_another_post_than_in_the_list_is_pointed_out_and_never_taken_silently(
    posts: list[dict[str, Any]], otherwise: bool
) -> None:
    held = item(speakers=[{"id": "row-a", "person": SHEN, "posts": posts}])
    said = [mark.reason.in_words(str) for mark in marks_of(PAPERS, {LISTED: [held]}, COLUMNS, READER)]
    assert ("The list of people says: 沈文远 (副馆长)." in said) == otherwise
    assert typed(held, "label", "L1")["speakers"] == held["speakers"]


def test_posts_are_shown_where_they_are_not_those_of_the_list() -> None:
    assert _shown(item(speakers=[{"id": "s", "person": SHEN, "posts": PEOPLE[0]["posts"]}]), "speakers") == "沈文远"
    other = {"id": "s", "person": SHEN, "posts": [{"id": "post", "post": {"zh-Hans": "馆长"}}]}
    assert _shown(item(speakers=[other]), "speakers") == "沈文远 (馆长)"


def test_a_body_as_author_stands_in_square_brackets() -> None:
    made = typed(item(), "speakers", "【业务管理处】")
    assert made["corporate_author"] == {"zh-Hans": "业务管理处"}
    assert "speakers" not in made
    assert _shown(made, "speakers") == "[业务管理处]"
    assert "corporate_author" not in typed(made, "speakers", "")


# Kinds and texts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("k", "keynote"),
        ("主旨报告", "keynote"),
        ("主题演讲", "keynote"),
        ("テーマ報告", "theme report"),
        ("강연", "lecture"),
    ],
)
def test_a_kind_is_typed_in_any_language(text: str, kind: str) -> None:
    assert typed(item(), "type", text)["type"] == kind


def test_a_kind_that_is_none_stays_as_it_was_typed_and_is_marked() -> None:
    made = typed(item(), "type", "xyz")
    assert made["type"] == "xyz"
    (mark,) = (mark for mark in marks_of(PAPERS, {LISTED: [made]}, COLUMNS, READER) if mark.column == "type")
    assert mark.stops


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("g", "as given"),
        ("原文", "as given"),
        ("s", "supplied by the institution"),
        ("機関提供", "supplied by the institution"),
        ("译文", "in translation"),
        ("번역", "in translation"),
        ("?!", "?!"),
    ],
)
def test_how_a_text_is_there_is_typed_by_words_or_letters(text: str, status: str) -> None:
    made = typed(item(), "text:ja", text)
    assert made["wordings"] == [{"id": "ja", "lang": "ja", "status": status}]
    assert "wordings" not in typed(made, "text:ja", "")


@pytest.mark.parametrize(("tag", "status"), [("zh-Hans", "as given"), ("ja", "in translation")])
def test_a_text_with_a_file_is_never_typed_away(tag: str, status: str) -> None:
    text = {"id": "w", "lang": tag, "status": "supplied by the institution", "file": FILE}
    assert typed(item(wordings=[text]), f"text:{tag}", "")["wordings"] == [{**text, "status": status}]


# Rows that are drafts


def test_a_row_that_is_put_back_keeps_the_file_that_is_there() -> None:
    text = {"id": "ja", "lang": "ja", "status": "as given", "file": FILE}
    held = item(wordings=[text])
    merged = content_with(PAPERS, {LISTED: [held]}, [CellChange("a1b2", "title:ja", "", "題")], COLUMNS, READER)
    (undo,) = merged.undo
    back = content_with(PAPERS, merged.content, [undo], COLUMNS, READER).content
    # What a record of this kind has, and no page can change, is put in by whoever saves it.
    assert next(items_of(PAPERS, back)) == {key: value for key, value in held.items() if key != "kind"}
    # What a page sends as a file is nobody's.
    forged = RowRestored("a1b2", {"wordings": [{"id": "w", "lang": "ko", "status": "as given", "file": FILE}]})
    (first, second) = next(items_of(PAPERS, content_with(PAPERS, back, [forged], COLUMNS, READER).content))["wordings"]
    assert ("file" in first, second) == (False, text)


def test_papers_have_no_order_of_their_own() -> None:
    content = {LISTED: [item(), {**item(), "id": "c3d4"}]}
    assert content_with(PAPERS, content, [RowMoved("c3d4", "")], COLUMNS, READER).content == content


def test_rows_are_added_and_removed() -> None:
    added = content_with(PAPERS, {}, [RowAdded("a1b2"), CellChange("a1b2", "title:ja", "", "題")], COLUMNS, READER)
    assert added.content == {LISTED: [{"id": "a1b2", "title": {"ja": "題"}}]}
    row = rows_of(PAPERS, added.content, COLUMNS, READER)[0]
    assert row.cells["type"] == "paper"
    assert content_with(PAPERS, added.content, [RowRemoved("a1b2", row.cells)], COLUMNS, READER).content == {}


# Checks


def marks(*items: dict[str, Any], **known: Any) -> list[tuple[str, str, str]]:
    content = {
        LISTED: [{"exchange": BASE + "exchange/e", "institution": BASE + "institution/nlc", **each} for each in items]
    }
    found = marks_of(PAPERS, content, COLUMNS, READER, known)
    return [(mark.row, mark.column, str(mark.reason)) for mark in found]


TWO = ({**item(), "id": "one"}, {**item(title={"zh-Hans": "二"}), "id": "two"})


@pytest.mark.parametrize(
    ("items", "known", "said"),
    [
        (TWO, {}, []),
        (TWO, {"sessions": {"one": ("Opening", "Session 2")}}, [("one", "", "Also in Session 2.")]),
        (TWO, {"sessions": {"one": ("Opening",)}, "has_timetable": True}, [("two", "", "In no session.")]),
        (TWO, {"languages": {"zh-Hans": "中文"}}, []),
        (
            TWO[:1],
            {"languages": {"zh-Hans": "中文", "ja": "日文", "ko": "韩文"}},
            [("one", "title:ja", "No title in: 日文, 韩文.")],
        ),
        (
            [{**each, "label": "L1"} for each in TWO],
            {},
            [("one", "label", "The label is on two papers."), ("two", "label", "The label is on two papers.")],
        ),
        (
            [TWO[0], {**TWO[1], "title": {"en": "Other", "zh-Hans": "题", "source": "en"}}],
            {},
            [("one", "title", "Two papers have the same title."), ("two", "title", "Two papers have the same title.")],
        ),
        (
            TWO[:1],
            {"titles_elsewhere": {same_name("題"): "NDL"}},
            [("one", "title", "A paper of NDL has the same title.")],
        ),
        # Titles that only describe are not compared.
        ([{**each, "title": {"en": "Paper"}, "title_given": False} for each in TWO], {}, []),
        (
            [{**TWO[0], "speakers": [{"id": "s", "printed": {"zh-Hans": "李伟"}}]}],
            {},
            [("one", "speakers", "The speaker is in nobody’s list: 李伟.")],
        ),
        ([{**TWO[0], "speakers": [{"id": "s", "person": SHEN, "posts": PEOPLE[0]["posts"]}]}], {}, []),
        # A post alone is nobody who could be in a list.
        (
            [{**TWO[0], "speakers": [{"id": "s", "posts": [{"id": "post", "post": {"en": "Director"}}]}]}],
            {},
            [],
        ),
    ],
)
def test_what_is_pointed_out(items: list[dict[str, Any]], known: dict[str, Any], said: list[Any]) -> None:
    assert marks(*items, **known) == said


def test_where_there_is_no_list_nobody_is_missed_in_it() -> None:
    held = item(speakers=[{"id": "s", "printed": {"zh-Hans": "李伟"}}])
    found = marks_of(PAPERS, {LISTED: [held]}, COLUMNS, CellReader(slug="zh-hans"))
    assert [mark for mark in found if mark.column == "speakers"] == []


WORKING = ("zh-Hans", "ja")


@pytest.mark.parametrize(
    ("content", "part", "tag", "there"),
    [
        ({"title": {"zh-Hans": "题"}}, Part.TITLE, "zh-Hans", TextState.GIVEN),
        ({"title": {"zh-Hans": "题", "ja": "題"}}, Part.TITLE, "ja", TextState.TRANSLATED),
        ({"title": {"zh-Hans": "题"}}, Part.TITLE, "ja", TextState.MISSING),
        ({"title": {"zh-Hans": "题"}}, Part.TITLE, "en", TextState.NOT_NEEDED),
        ({"title": {"zh-Hans": "题"}, "title_given": False}, Part.TITLE, "zh-Hans", TextState.MISSING),
        (
            {
                "title": {"zh-Hans": "题", "ja": "題"},
                "wordings": [{"id": "w", "lang": "ja", "status": "supplied by the institution"}],
            },
            Part.TITLE,
            "ja",
            TextState.SUPPLIED,
        ),
        ({"title": {"zh-Hans": "题"}}, Part.TEXT, "zh-Hans", TextState.MISSING),
        ({"wordings": [{"id": "w", "lang": "en", "status": "as given"}]}, Part.TEXT, "en", TextState.GIVEN),
        ({"wordings": [{"id": "w", "lang": "ja", "status": "as typed"}]}, Part.TEXT, "ja", TextState.GIVEN),
        ({}, Part.TEXT, "en", TextState.NOT_NEEDED),
    ],
)
def test_a_title_or_text_is_there_in_one_of_five_ways(content: Any, part: Part, tag: str, there: TextState) -> None:
    assert found_in(content, ["ko", tag], working=WORKING, home="zh-Hans")[part, tag] is there


# Pasting


def test_a_list_of_papers_from_beijing_is_recognised_column_by_column() -> None:
    preview = paste_preview(pasted_grid(LIST), sheet=PAPERS, content={}, columns=COLUMNS, reader=READER)
    keys = [choice.key for choice in preview.table.choices]
    assert keys == ["", "type", "speakers", "title:zh-Hans", "title:ja", "text:zh-Hans"]
    merged = content_with(PAPERS, {}, changes_of(preview, {}), COLUMNS, READER)
    first, second = items_of(PAPERS, merged.content)
    assert (first["type"], second["type"]) == ("keynote", "theme report")
    assert first["wordings"] == [{"id": "zh-hans", "lang": "zh-Hans", "status": "as given"}]
    assert second["title"] == {"zh-Hans": "数字资源长期保存", "ja": "デジタル資源の長期保存", "source": "zh-Hans"}
    assert [speaker["printed"] for speaker in second["speakers"]] == [{"zh-Hans": "何静"}, {"zh-Hans": "李伟"}]
    again = paste_preview(pasted_grid(LIST), sheet=PAPERS, content=merged.content, columns=COLUMNS, reader=READER)
    assert [str(row.becomes) for row in again.rows] == ["same", "same"]
