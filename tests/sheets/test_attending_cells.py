"""Who is at a session and which papers are given, as people type it, in any of the four languages."""

from typing import Any

import pytest

from koryu.sheets.rows.attending_cells import PapersCell, WhoCell
from koryu.sheets.rows.exchange_names import ExchangeNames, NamedMember, NamedRecord
from koryu.sheets.rows.row_sheet import CellReader
from koryu.wording.languages import LANGUAGES
from tests.world import NAL, NDL, NLC, uri

THEIRS, OURS = uri("participation/c"), uri("participation/n")
NAMES = ExchangeNames(
    institutions=(
        NamedRecord(uri=NDL, called="NDL", names=("NDL", "国立国会図書館", "National Diet Library")),
        NamedRecord(uri=NLC, called="NLC", names=("NLC", "中国国家图书馆")),
    ),
    people=(
        NamedMember(THEIRS, "he", NLC, "何静", ("何静", "He Jing")),
        NamedMember(OURS, "mori", NDL, "森 健一", ("森 健一", "MORI Kenichi")),
        NamedMember(OURS, "sato", NDL, "佐藤", ("佐藤",)),
        NamedMember(THEIRS, "sato", NLC, "佐藤", ("佐藤",)),
    ),
    papers=(
        NamedRecord(uri=uri("paper/1"), called="L1", names=("L1", "Maps, charts and plans")),
        NamedRecord(uri=uri("paper/2"), called="L2", names=("L2", "保存")),
        NamedRecord(uri=uri("paper/3"), called="Readers, and more", names=("Readers, and more",)),
    ),
    participations=((NDL, OURS), (NLC, THEIRS)),
)
HE: dict[str, Any] = {"id": "he", "participation": THEIRS, "member": "he"}
INTERPRETS: dict[str, Any] = {**HE, "does": "interprets"}


def reader(slug: str = "en") -> CellReader:
    return CellReader(slug=slug, around=NAMES)


@pytest.mark.parametrize(
    ("typed", "taking_part", "attending"),
    [
        ("all", [NDL, NLC], []),
        ("全員", [NDL, NLC], []),
        ("전원", [NDL, NLC], []),
        ("NLC", [NLC], []),
        ("nlc、国立国会図書館", [NLC, NDL], []),
        ("all; 何静 interprets", [NDL, NLC], [INTERPRETS]),
        ("all；何静（通訳）", [NDL, NLC], [INTERPRETS]),
        ("翻译：何静", [], [INTERPRETS]),
        ("통역 He Jing", [], [INTERPRETS]),
        ("interpreter: He Jing", [], [INTERPRETS]),
        ("He Jing", [], [HE]),
        ("ＨＥ　ＪＩＮＧ", [], [HE]),
        ("NLC interprets", [], [{"id": "all", "participation": THEIRS, "does": "interprets"}]),
        (
            "森健一 司会, 何静 interprets",
            [],
            [{**HE, "id": "mori", "participation": OURS, "member": "mori", "does": "chairs"}, INTERPRETS],
        ),
        # Two are called so, and none of them is meant.
        ("佐藤", ["佐藤"], []),
        ("Somebody interprets", ["Somebody interprets"], []),
        ("both heads", ["both heads"], []),
    ],
)
def test_who_is_there_is_understood_as_people_type_it(
    typed: str, taking_part: list[str], attending: list[dict[str, Any]]
) -> None:
    item = WhoCell().with_typed({"id": "s"}, typed, "", reader())
    assert (item.get("taking_part", []), item.get("attending", [])) == (taking_part, attending)
    unknown = [each for each in taking_part if ":" not in each]
    assert (WhoCell().wrong(item, "", reader()) is None) == (not unknown)


@pytest.mark.parametrize("slug", LANGUAGES)
@pytest.mark.parametrize(
    "item",
    [
        {"id": "s", "taking_part": [NDL, NLC], "attending": [INTERPRETS]},
        {"id": "s", "taking_part": [NLC, NDL]},
        {"id": "s", "taking_part": [NAL]},
        {"id": "s", "attending": [{"id": "x", "participation": OURS, "member": "mori", "does": "greets"}, HE]},
        {"id": "s", "attending": [{"id": "y", "participation": OURS, "does": "chairs"}]},
    ],
)
def test_what_is_shown_is_read_back_as_the_same(item: dict[str, Any], slug: str) -> None:
    shown = WhoCell().shown(item, "", reader(slug))
    again = WhoCell().with_typed(item, shown, "", reader(slug))
    assert {name: sorted(map(str, again[name])) for name in again} == {
        name: sorted(map(str, item[name])) for name in item
    }


def test_somebody_of_a_list_that_is_not_seen_stays_as_it_is() -> None:
    hidden = {"id": "h", "participation": uri("participation/hidden"), "member": "x"}
    item = WhoCell().with_typed({"id": "s", "attending": [hidden]}, "NLC", "", reader())
    assert (item["attending"], item["taking_part"]) == ([hidden], [NLC])


@pytest.mark.parametrize(
    ("typed", "papers"),
    [
        ("L1, L2", [uri("paper/1"), uri("paper/2")]),
        ("l2、Ｌ１", [uri("paper/2"), uri("paper/1")]),
        ("Maps, charts and plans", [uri("paper/1")]),
        ("Readers, and more; L1", [uri("paper/3"), uri("paper/1")]),
        ("保存", [uri("paper/2")]),
        (uri("paper/9"), [uri("paper/9")]),
        ("L9", ["L9"]),
        ("", []),
    ],
)
def test_papers_are_named_by_label_or_title(typed: str, papers: list[str]) -> None:
    item = PapersCell().with_typed({"id": "s"}, typed, "", reader())
    assert item.get("papers", []) == papers
    assert PapersCell().with_typed(item, PapersCell().shown(item, "", reader()), "", reader()) == item
    assert (PapersCell().wrong(item, "", reader()) is None) == (papers != ["L9"])
