"""The timetable as a sheet: every shipped one reads back the same, and one is typed or pasted as people write it."""

from datetime import date
from typing import Any

import pytest

from koryu.records.kinds import document_of
from koryu.sheets.rows.clipboard import pasted_grid
from koryu.sheets.rows.merge import CellChange, RowAdded, RowChange, content_with
from koryu.sheets.rows.pasted import changes_of, paste_preview
from koryu.sheets.rows.row_sheet import CellReader, items_of, marks_of, rows_of
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.wording.languages import LANGUAGES
from tests.shipped import BASE, shipped

COLUMNS = TIMETABLE.shown_columns(("ja", "zh-Hans", "en"), once=())
READER = CellReader(days=(date(2027, 11, 9), date(2027, 11, 17)))
BEGUN: dict[str, Any] = {
    "kind": "timetable",
    "title": {"en": "Timetable"},
    "exchange": BASE + "exchange/ndl-nlc-23",
    "arranged_by": BASE + "institution/ndl",
}
LIST = """\
日付\t時間\t内容\t場所\t備考
11月9日（火）\t午前10時～11時半\t開会\t本館６階\t
\t１３：３０－１５：００\t業務交流\t\t逐次通訳
10日(水)\t10-1130\t業務交流\t本館６階\t
\t午後\t見学\t関西館\t
"""


def pasted(text: str, content: dict[str, Any]) -> tuple[dict[str, Any], list[str], list[str]]:
    preview = paste_preview(pasted_grid(text), sheet=TIMETABLE, content=content, columns=COLUMNS, reader=READER)
    was = {row.id: row for row in rows_of(TIMETABLE, content, COLUMNS, READER)}
    merged = content_with(TIMETABLE, content, changes_of(preview, was), COLUMNS, READER)
    assert merged.conflicts == ()
    return merged.content, [choice.key for choice in preview.table.choices], [str(row.becomes) for row in preview.rows]


@pytest.mark.parametrize("slug", LANGUAGES)
def test_every_cell_of_every_shipped_timetable_is_read_back_as_what_it_shows(slug: str) -> None:
    reader = CellReader(slug=slug)
    cells = [
        (name, item["id"], column.key)
        for name, document in shipped().items()
        if document.kind == "timetable"
        for item in items_of(TIMETABLE, document.content())
        for column in COLUMNS
        if column.column.cell.with_typed(item, column.shown(item, reader), column.tag, reader) != item
    ]
    assert cells == []


def test_nothing_in_the_shipped_timetables_would_stop_sending() -> None:
    for document in shipped().values():
        if document.kind == "timetable":
            assert [mark for mark in marks_of(TIMETABLE, document.content(), COLUMNS, CellReader()) if mark.stops] == []


def test_a_timetable_is_pasted_as_it_is_written_and_an_empty_day_is_the_one_above() -> None:
    content, keys, _becomes = pasted(LIST, BEGUN)
    assert keys == ["day", "hours", "title:ja", "venue:ja", "remark:ja"]
    assert [(each["date"], each.get("start"), each.get("end")) for each in content["sessions"]] == [
        ("2027-11-09", "10:00", "11:30"),
        ("2027-11-09", "13:30", "15:00"),
        ("2027-11-10", "10:00", "11:30"),
        ("2027-11-10", "午後", None),
    ]
    marks = marks_of(TIMETABLE, content, COLUMNS, READER)
    assert any("“午後” is not understood as a time" in str(mark.reason) for mark in marks)


def test_the_same_timetable_pasted_again_is_the_same_however_it_is_written() -> None:
    content, _keys, _becomes = pasted(LIST, BEGUN)
    again = (
        LIST.replace("午前10時～11時半", "10:00-11:30")
        .replace("10日(水)", "11/10")
        .replace("業務交流\t\t逐次", "討議\t\t逐次")
    )
    assert pasted(again, content)[2] == ["same", "changes", "same", "same"]


def test_a_new_row_is_not_on_a_day_above_that_is_half_typed() -> None:
    changes: list[RowChange] = [
        RowAdded("a"),
        CellChange("a", "day", "", "2027-11-"),
        RowAdded("b", "a"),
        CellChange("b", "type", "", "見学"),
    ]
    first, second = content_with(TIMETABLE, BEGUN, changes, COLUMNS, READER).content["sessions"]
    assert (first["date"], "date" in second) == ("2027-11-", False)


def test_a_new_row_is_on_the_day_above() -> None:
    changes: list[RowChange] = [
        RowAdded("a"),
        CellChange("a", "day", "", "9"),
        CellChange("a", "hours", "", "10-1130"),
        CellChange("a", "type", "", "opening session"),
        RowAdded("b", "a"),
        CellChange("b", "hours", "", "1130-12"),
        CellChange("b", "type", "", "見学"),
    ]
    content = content_with(TIMETABLE, BEGUN, changes, COLUMNS, READER).content
    assert document_of(content).content() == content
    assert content["sessions"][1] == {
        "id": "b",
        "date": "2027-11-09",
        "start": "11:30",
        "end": "12:00",
        "type": "site visit",
    }


@pytest.mark.parametrize(
    ("second", "sentence", "stops"),
    [
        ({"start": "11:00"}, "Begins at 11:00, before the row above has ended (11:30).", False),
        ({"date": "2027-11-20"}, "Outside the days of the exchange, 9 November 2027 to 17 November 2027.", False),
        ({"start": "12:00", "end": "11:45"}, "Ends before it starts; for the next day write +1.", True),
        ({"date": "2027-11", "start": "2330-0030 +1"}, "For +1 the row needs its day.", True),
        ({"date": "some day"}, "“some day” is not one day", True),
        ({"type": "party"}, "“party” is not a sort of session", True),
    ],
)
def test_what_is_to_be_looked_at_is_said_beside_its_row(second: dict[str, str], sentence: str, stops: bool) -> None:
    first = {"id": "a", "type": "opening session", "date": "2027-11-09", "start": "10:00", "end": "11:30"}
    content = {**BEGUN, "sessions": [first, {"id": "b", "type": "meeting", "date": "2027-11-09", **second}]}
    marks = [mark for mark in marks_of(TIMETABLE, content, COLUMNS, READER) if mark.row == "b"]
    assert [(sentence in str(mark.reason), mark.stops) for mark in marks] == [(True, stops)]


def test_what_no_column_shows_of_a_session_is_never_changed() -> None:
    name = next(
        name for name, made in shipped().items() if made.kind == "timetable" and "papers" in str(made.content())
    )
    content = shipped()[name].content()
    for item in items_of(TIMETABLE, content):
        changes = [
            CellChange(item["id"], "title:en", row.cells["title:en"], "Other")
            for row in rows_of(TIMETABLE, content, COLUMNS, READER)
            if row.id == item["id"]
        ]
        after = next(
            each
            for each in items_of(TIMETABLE, content_with(TIMETABLE, content, changes, COLUMNS, READER).content)
            if each["id"] == item["id"]
        )
        assert {key: value for key, value in after.items() if key != "title"} == {
            key: value for key, value in item.items() if key != "title"
        }
