"""Cells and checks of arrangements: what is typed is understood in any of the languages, or stays as it was typed."""

from datetime import date
from typing import Any, Final

import pytest

from koryu.sheets.rows.arrangement_rows import ARRANGED, ARRIVALS, DIET, ROOMS, TERMS
from koryu.sheets.rows.exchange_names import ExchangeNames, NamedMember
from koryu.sheets.rows.merge import CellChange, RowAdded, RowChange, RowRestored, content_with
from koryu.sheets.rows.pasted_columns import header_words
from koryu.sheets.rows.row_sheet import CellReader, RowSheet, marks_of

SHEN: Final = NamedMember(
    participation="tag:x,2026:participation/p",
    member="m1",
    institution="tag:x,2026:institution/nlc",
    called="沈文远",
    names=("沈文远", "Shen Wenyuan"),
)
DAYS: Final = (date(2027, 11, 8), date(2027, 11, 15))
READER: Final = CellReader(slug="en", days=DAYS, around=ExchangeNames(people=(SHEN,)))


def typed(sheet: RowSheet, **cells: str) -> dict[str, Any]:
    """What a row holds after this was typed into it."""
    changes: list[RowChange] = [RowAdded("r"), *(CellChange("r", key, "", text) for key, text in cells.items())]
    columns = sheet.shown_columns(("ja",) if sheet is TERMS else ("",))
    (item,) = content_with(sheet, {}, changes, columns, READER).content["rows"]
    return {name: value for name, value in item.items() if name != "id"}


@pytest.mark.parametrize(
    ("column", "text", "kept"),
    [
        ("person", "Shen Wenyuan", {"person": "沈文远", "member": "tag:x,2026:participation/p m1"}),
        ("person", "somebody else", {"person": "somebody else"}),
        ("way", "到着", {"way": "arrives"}),
        ("way", "离开", {"way": "leaves"}),
        ("way", "출발", {"way": "leaves"}),
        ("way", "by boat", {"way": "by boat"}),
        ("day", "8", {"day": "2027-11-08"}),
        ("day", "11月9日(火)", {"day": "2027-11-09"}),
        ("day", "later", {"day": "later"}),
        ("time", "午後2時5分", {"time": "14:05"}),
        ("time", "１４：０５", {"time": "14:05"}),
        ("time", "14:00-15:00", {"time": "14:00-15:00"}),
    ],
)
def test_what_is_typed_into_an_arrival_is_kept_as_it_is_meant(column: str, text: str, kept: dict[str, str]) -> None:
    assert typed(ARRIVALS, **{column: text}) == kept


@pytest.mark.parametrize(
    ("sheet", "cells", "said"),
    [
        (ARRIVALS, {"way": "by boat"}, "“by boat” is none of these: arrives, leaves."),
        (ARRIVALS, {"time": "14:00-15:00"}, "is not one time of the day"),
        (ARRIVALS, {"day": "later"}, "is not one day"),
        (ROOMS, {"from": "10", "until": "9"}, "The check-out is before the check-in."),
        (ROOMS, {"breakfast": "有", "paid": "受入側", "smoking": "禁烟"}, ""),
    ],
)
def test_what_does_not_fit_is_pointed_out_in_words(sheet: RowSheet, cells: dict[str, str], said: str) -> None:
    content = {"rows": [{"id": "r", **typed(sheet, **cells)}]}
    marks = marks_of(sheet, content, sheet.shown_columns(("",)), READER)
    words = [mark.reason.in_words(str) for mark in marks]
    assert (len(words), all(said in each for each in words)) == (1 if said else 0, True)


def test_somebody_of_whom_two_rows_say_what_they_eat_is_pointed_out_once() -> None:
    rows = [
        {"id": name, **typed(DIET, person=who)} for name, who in (("a", "沈文远"), ("b", "Shen Wenyuan"), ("c", "x"))
    ]
    marks = marks_of(DIET, {"rows": rows}, DIET.shown_columns(("",)), READER)
    assert [(mark.row, mark.column) for mark in marks] == [("b", "person")]


@pytest.mark.parametrize("sheet", [*ARRANGED, TERMS], ids=lambda sheet: sheet.kind)
def test_a_row_that_is_put_back_holds_what_its_columns_may_hold_and_nothing_else(sheet: RowSheet) -> None:
    columns = sheet.shown_columns(("ja",) if sheet is TERMS else ("",))
    keys = [column.column.path for column in columns]
    words: dict[str, Any] = {key: {"ja": "a"} if column.tag else "a" for key, column in zip(keys, columns, strict=True)}
    restored = RowRestored("r", {**words, "id": "r", "passport": "E1", "remark2": 5})
    (item,) = content_with(sheet, {}, [restored], columns, READER).content["rows"]
    assert item == {"id": "r", **words}


@pytest.mark.parametrize("sheet", [*ARRANGED, TERMS], ids=lambda sheet: sheet.kind)
def test_no_two_columns_are_recognised_by_one_head(sheet: RowSheet) -> None:
    columns = sheet.shown_columns(("",))
    assert sum(len(header_words([column])) for column in columns) == len(header_words(columns))
