"""What is pointed out in a list of people, each rule with what it says and what it says nothing of."""

from typing import Any

import pytest

from koryu.sheets.rows.people_checks import ListedMember, people_marks
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import CellReader, marks_of
from tests.shipped import shipped

HEAD, INTERPRETER = ("head of delegation",), ("interpreter",)


def member(row: str, name: str = "", reading: str = "", **more: Any) -> ListedMember:
    forms = {tag: form for tag, form in (("zh-Hans", name), ("zh-Latn-pinyin", reading)) if form}
    return ListedMember(row=row, forms=forms, **more)


def said(*members: ListedMember, hosting: bool = False, **more: Any) -> list[tuple[str, str, str]]:
    return [(mark.row, mark.column, str(mark.reason)) for mark in people_marks(members, hosting=hosting, **more)]


SHEN = member("a", "沈文远", "Shen Wenyuan")
HE = member("b", "何静", "He Jing")


@pytest.mark.parametrize(
    ("members", "more", "sentences"),
    [
        ([SHEN, HE], {}, []),
        (
            [member("a", "沈文远", "S", roles=HEAD), member("b", "何静", "H", roles=HEAD)],
            {},
            [("b", "roles", "Two heads of delegation.")],
        ),
        (
            [member("a", "沈文远", "S", roles=HEAD), member("b", "何静", "H", roles=("acting head of delegation",))],
            {},
            [],
        ),
        ([SHEN, HE], {"agreed": 1}, [("", "", "1 agreed, 2 named.")]),
        ([SHEN, HE], {"agreed": 2}, []),
        ([SHEN], {"agreed": 5}, []),
        ([SHEN, member("b", "何静", "H", counted=False)], {"agreed": 1}, []),
        ([SHEN, member("b", has_post=True)], {"agreed": 1}, [("", "", "1 agreed, 2 named.")]),
        ([SHEN], {"elsewhere": {"NDL": ["沈文远"]}}, [("a", "name", "Also in the list of NDL.")]),
        ([SHEN], {"elsewhere": {"NDL": ["SHEN WENYUAN"]}}, [("a", "name", "Also in the list of NDL.")]),
        ([SHEN], {"elsewhere": {"NDL": ["何静"]}}, []),
        ([member("a", person="p:1")], {"elsewhere": {"NDL": ["p:1"]}}, [("a", "name", "Also in the list of NDL.")]),
        ([member("a", "沈文远")], {}, [("a", "reading", "No reading: the interpreter will read it aloud.")]),
        ([ListedMember(row="a", forms={"ko": "윤서진", "ko-Hani": "尹瑞珍"})], {}, []),
        ([ListedMember(row="a", forms={"en": "Haruko AOKI"})], {}, []),
        (
            [member("a", roles=INTERPRETER)],
            {"hosting": True},
            [("a", "name", "Interpreter supplied by the host: whom?")],
        ),
        ([member("a", roles=INTERPRETER)], {}, []),
        (
            [SHEN],
            {"hosting": True, "interpreter_from_host": True},
            [("", "", "Interpreter supplied by the host: whom?")],
        ),
        ([member("a", "何静", "H", roles=INTERPRETER)], {"hosting": True, "interpreter_from_host": True}, []),
        ([SHEN, member("b", "沈 文远", "x")], {}, [("b", "name", "The same person twice.")]),
        ([member("a", person="p:1"), member("b", person="p:1")], {}, [("b", "name", "The same person twice.")]),
        ([member("a"), member("b")], {}, []),
    ],
)
def test_a_list_of_people_says_what_is_to_be_looked_at(
    members: list[ListedMember], more: dict[str, Any], sentences: list[tuple[str, str, str]]
) -> None:
    assert said(*members, **more) == sentences


def test_the_sheet_asks_these_rules_with_what_its_page_knows() -> None:
    content = {
        "kind": "participation",
        "side": "hosting",
        "size_stated": 1,
        "members": [
            {"id": "a", "printed": {"zh-Hans": "沈文远"}, "roles": ["head of delegation"]},
            {"id": "b", "printed": {"zh-Hans": "何静", "zh-Latn-pinyin": "He Jing", "source": "zh-Hans"}},
        ],
    }
    known = {"elsewhere": {"NDL": ["何静"]}, "interpreter_from_host": True}
    marks = marks_of(PEOPLE, content, PEOPLE.shown_columns(("zh-Hans",)), CellReader(), known)
    assert [(mark.row, mark.column, mark.stops) for mark in marks] == [
        ("", "", False),
        ("b", "name", False),
        ("a", "reading", False),
        ("", "", False),
    ]


def test_nothing_in_the_shipped_participations_would_stop_sending() -> None:
    for document in shipped().values():
        if document.kind == "participation":
            marks = marks_of(PEOPLE, document.content(), PEOPLE.shown_columns(("en", "ja")), CellReader())
            assert [mark for mark in marks if mark.stops] == []
