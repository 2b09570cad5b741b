"""A list that went out and came back edited: what was placed rightly, asked, or wrongly; and what is never guessed."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from koryu.sheets.placing import (
    CameCell,
    Mark,
    RowFinding,
    SentColumn,
    SentRow,
    SentTable,
    placed,
)
from koryu.sheets.placing.likeness import differs_in_typography_only, likeness
from koryu.sheets.placing.placed_rows import MOST_COMPARED

HEADINGS = {
    "no": ("番号", "序号"),
    "speaker": ("報告者", "报告人"),
    "post": ("職名", "职务"),
    "title:ja": ("題名（日本語）", "日文题名"),
    "title:zh": ("題名（中国語）", "中文题名"),
    "minutes": ("分", "时间（分）"),
}
SUBJECTS = {
    "電子図書館": "数字图书馆",
    "資料保存": "文献保护",
    "レファレンスサービス": "参考咨询服务",
    "納本制度": "缴送制度",
    "書誌データ": "书目数据",
    "デジタル化": "数字化",
    "政府情報": "政府信息",
    "人材育成": "人才培养",
    "図書館協力": "馆际合作",
    "障害者サービス": "无障碍服务",
    "著作権": "著作权",
    "国際交流": "国际交流",
    "災害対策": "灾害对策",
    "児童図書": "儿童图书",
    "地域資料": "地方文献",
    "立法調査": "立法调查",
}
ASPECTS = {
    "の現状と課題": "的现状与课题",
    "における新しい取組": "的新举措",
    "の歴史的展開": "的历史发展",
    "と利用者サービス": "与读者服务",
    "の国際標準化": "的国际标准化",
    "をめぐる論点": "的争论焦点",
    "の評価手法": "的评价方法",
    "の将来像": "的未来展望",
    "の予算と組織": "的预算与组织",
    "の法的基盤": "的法律基础",
}
FAMILIES = "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙".split()
GIVEN = "裕子 健一 真由美 隆 直樹 恵子 浩 由美 芳 伟 敏 静 丽 强 磊 军 洋 勇 艳 杰".split()
POSTS = "課長 課長補佐 主査 係長 副館長 部長 馆员 副研究馆员 研究馆员 主任 副主任 处长".split()
Row = dict[str, str]


def a_paper(chance: random.Random, number: int) -> Row:
    subject, aspect = chance.choice(list(SUBJECTS)), chance.choice(list(ASPECTS))
    return {
        "no": str(number),
        "speaker": chance.choice(FAMILIES) + chance.choice(GIVEN),
        "post": chance.choice(POSTS),
        "title:ja": subject + aspect,
        "title:zh": SUBJECTS[subject] + ASPECTS[aspect],
        "minutes": chance.choice(["20", "30", "40"]),
    }


def sent_table(rows: Sequence[Row]) -> SentTable:
    columns = tuple(SentColumn(key, frozenset(labels)) for key, labels in HEADINGS.items())
    return SentTable(columns, tuple(SentRow(str(at), row) for at, row in enumerate(rows)))


@dataclass(frozen=True)
class Edits:
    """How a partner edits: shares of cells and rows."""

    retyped: float = 0.0
    touched: float = 0.0
    out: float = 0.0
    new: float = 0.0
    order: str = ""
    replaced: float = 0.0


NONE, LIGHT = Edits(), Edits(0.03, 0.05, 0.03, 0.05)
USUAL = Edits(0.08, 0.10, 0.05, 0.10, "sorted")
HEAVY = Edits(0.25, 0.20, 0.10, 0.20, "shuffled")
HARSH = Edits(0.5, 0.2, 0.2, 0.3, "shuffled", 0.1)


def touched(chance: random.Random, value: str) -> str:
    at = chance.randrange(len(value) + 1)
    longer = value[:at] + chance.choice("新旧（）・、 一A") + value[at:]
    return longer if len(value) < 2 or chance.random() < 0.6 else value[: max(0, at - 1)] + value[at:]


def edited(chance: random.Random, rows: Sequence[Row], edits: Edits) -> list[tuple[str, str, Row]]:
    """Rows as they come back: which item each is ('' for a new one), where its marks are from, and its values."""
    came: list[tuple[str, str, Row]] = []
    for at, row in enumerate(rows):
        if chance.random() < edits.out:
            continue
        if chance.random() < edits.replaced:
            came.append(("", str(at), a_paper(chance, at + 1)))
            continue
        values = dict(row)
        for key in list(values)[1:]:
            drawn = chance.random()
            if drawn < edits.retyped:
                values[key] = a_paper(chance, 0)[key]
            elif drawn < edits.retyped + edits.touched:
                values[key] = touched(chance, values[key])
        came.append((str(at), str(at), values))
    for _ in range(int(len(rows) * edits.new)):
        came.insert(chance.randrange(len(came) + 1), ("", "", a_paper(chance, 0)))
    if edits.order == "sorted":
        came.sort(key=lambda each: each[2]["title:ja"])
    elif edits.order == "shuffled":
        chance.shuffle(came)
    return came


def table(
    rows: Sequence[tuple[str, Mapping[str, str]]], *, marks: bool = True, keys: Sequence[str] = ()
) -> list[list[CameCell]]:
    shown = keys or tuple(HEADINGS)
    lines = [[CameCell(HEADINGS[key][1]) for key in shown]]
    lines += [[CameCell(values[key], (Mark(at, key),) if marks and at else ()) for key in shown] for at, values in rows]
    return lines


def tried(edits: Edits, *, marks: bool) -> dict[str, float]:
    """Twenty lists of forty rows: the shares that were right and asked, and how many were wrong."""
    right = asked = wrong = every = 0
    for seed in range(1000, 1020):
        chance = random.Random(seed)
        rows = [a_paper(chance, number + 1) for number in range(40)]
        came = edited(chance, rows, edits)
        found = placed(sent_table(rows), table([(at, row) for _, at, row in came], marks=marks))
        for (item, _, _), row in zip(came, found.rows, strict=True):
            every += 1
            asked += row.finding is RowFinding.ASKED
            right += row.finding is not RowFinding.ASKED and row.id == item
            wrong += row.finding is RowFinding.FOUND and row.id != item
    return {"right": right / every, "asked": asked / every, "wrong": wrong / every}


@pytest.mark.parametrize(
    ("edits", "marks", "right", "wrong"),
    [
        (NONE, True, 1.0, 0),
        (NONE, False, 1.0, 0),
        (LIGHT, True, 0.995, 0),
        (LIGHT, False, 0.985, 0),
        (USUAL, True, 0.99, 0),
        (USUAL, False, 0.93, 0),
        (HEAVY, True, 0.95, 0.001),
        (HEAVY, False, 0.63, 0.004),
        (HARSH, True, 0.75, 0.015),
        (HARSH, False, 0.34, 0.011),
    ],
    ids=lambda value: str(value),
)
def test_rows_that_came_back_are_found_or_asked_and_not_mistaken(
    edits: Edits, marks: bool, right: float, wrong: float
) -> None:
    found = tried(edits, marks=marks)
    assert found["right"] >= right
    assert found["wrong"] <= wrong


def of(no: str, speaker: str, post: str, japanese: str, chinese: str, minutes: str) -> Row:
    return dict(zip(HEADINGS, (no, speaker, post, japanese, chinese, minutes), strict=True))


ROWS = [
    of("1", "佐藤裕子", "課長", "納本制度の現状", "缴送制度的现状", "20"),
    of("2", "王芳", "馆员", "資料保存の歩み", "文献保护的历程", "30"),
    of("3", "李敏", "主任", "児童図書と学校", "儿童图书与学校", "20"),
]
AT = [(str(at), row) for at, row in enumerate(ROWS)]


def ids(came: Sequence[Sequence[CameCell]]) -> list[str]:
    return [f"{row.finding}:{row.id or ' '.join(row.candidates)}" for row in placed(sent_table(ROWS), came).rows]


def test_a_column_that_is_gone_is_missing_and_empties_nothing() -> None:
    found = placed(sent_table(ROWS), table(AT, keys=("speaker", "title:zh")))
    assert found.missing == ("no", "post", "title:ja", "minutes")
    assert [set(row.values) for row in found.rows] == [{"speaker", "title:zh"}] * 3


def test_a_heading_that_was_renamed_is_known_by_what_is_under_it() -> None:
    came = table(AT, marks=False)
    came[0][1] = CameCell("主讲")
    assert placed(sent_table(ROWS), came).columns[1] == "speaker"


def test_columns_that_changed_places_stay_what_they_are() -> None:
    came = table(AT, marks=False, keys=tuple(reversed(HEADINGS)))
    assert placed(sent_table(ROWS), came).rows[0].values == ROWS[0]


def test_a_heading_that_was_sorted_into_the_rows_is_no_row() -> None:
    came = table(AT, marks=False)
    assert ids([came[1], came[0], came[2], came[3]]) == ["found:0", "found:1", "found:2"]


def test_a_row_typed_over_with_something_else_is_asked() -> None:
    other = {
        **ROWS[1],
        "no": "2",
        "speaker": "陈静",
        "post": "处长",
        "title:ja": "災害への備え",
        "title:zh": "灾害对策",
    }
    assert ids(table([AT[0], ("1", {**other, "minutes": "45"}), AT[2]])) == ["found:0", "asked:1", "found:2"]


def test_a_new_row_where_one_has_gone_is_asked() -> None:
    new = {
        "no": "",
        "speaker": "陈静",
        "post": "处长",
        "title:ja": "災害への備え",
        "title:zh": "灾害对策",
        "minutes": "45",
    }
    assert ids(table([AT[0], ("", new), AT[2]])) == ["found:0", "asked:1", "found:2"]


def test_two_rows_that_are_alike_are_asked_where_no_mark_tells_them_apart() -> None:
    twins = [ROWS[0], {**ROWS[0], "no": ""}]
    sent = SentTable(sent_table([]).columns, (SentRow("a", twins[0]), SentRow("b", twins[0])))
    assert {row.finding for row in placed(sent, table([("", row) for row in twins], marks=False)).rows} == {
        RowFinding.ASKED
    }


def test_a_row_copied_with_its_marks_is_there_once() -> None:
    changed = {**ROWS[0], "speaker": "佐藤", "title:ja": "納本制度", "title:zh": "缴送", "post": "部長"}
    assert ids(table([AT[0], ("0", changed), AT[1], AT[2]]))[0] == "found:0"
    assert [said for said in ids(table([("0", changed), AT[0], AT[1], AT[2]])) if said == "found:0"] == ["found:0"]


def test_cells_that_were_merged_are_shown_and_not_placed() -> None:
    came = table(AT)
    came[2][3:5] = [CameCell("資料保存の歩み 文献保护的历程", (*came[2][3].marks, *came[2][4].marks), columns=2)]
    found = placed(sent_table(ROWS), came)
    assert found.merged == ((2, 3),)
    assert found.rows[1].id == "1"
    assert "title:ja" not in found.rows[1].values


def test_rows_that_are_nowhere_are_told_once() -> None:
    found = placed(sent_table(ROWS), table([AT[1]]))
    assert (found.removed, [row.id for row in found.rows]) == (("0", "2"), ["1"])


def test_of_very_many_rows_without_marks_only_equal_ones_are_found() -> None:
    chance = random.Random(1)
    rows = [a_paper(chance, number + 1) for number in range(MOST_COMPARED + 1)]
    came = table([("", row) for row in rows], marks=False)
    came[5][3] = CameCell("別の題名")
    found = placed(sent_table(rows), came)
    assert sum(row.finding is RowFinding.FOUND for row in found.rows) == MOST_COMPARED
    assert (found.rows[4].finding, found.rows[4].candidates) == (RowFinding.ASKED, ("4",))


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        # 神 (U+FA19) is a letter of its own in a name; nobody who compares sees a difference.
        ("\ufa19田", "神田", 1.0), ("第36回", "第３６回", 1.0), ("", "", 1.0),
        ("Sato Yuko", "SATO Yuko", 1.0), ("", "a", 0.0),
        ("図書館協力", "図書館の協力", 2 / 3), ("a", "a", 1.0),
    ],
)  # fmt: skip
def test_values_are_compared_as_people_see_them(one: str, other: str, how: float) -> None:
    assert likeness(one, other) == pytest.approx(how)


@pytest.mark.parametrize(
    ("one", "other", "only"),
    [
        ("“中日” 交流", "「中日」交流", True), ("9：30～10：00", "9:30-10:00", True), ("カード", "カ-ド", True),
        ("it’s", "it's", True), ("Sato", "sato", False), ("同じ", "同じ", False), ("一回", "二回", False),
    ],
)  # fmt: skip
def test_typography_alone_is_told_apart(one: str, other: str, only: bool) -> None:
    assert differs_in_typography_only(one, other) is only
