"""Lists of an exchange as spreadsheets: out, changed, and in again; files of others; and who may not."""

import datetime
import io
import re
from typing import Any, Final

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import actions, queries
from koryu.files import models as files
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.desk.test_exchange_people import DATES, IN_FOUR, PEOPLE, cell, content, save
from tests.ingest.made_files import xlsx as made_xlsx
from tests.world import (
    AT,
    NDL,
    NLC,
    NLK,
    settle_in,
    stands,
    under,
)

pytestmark = pytest.mark.django_db
LIST: Final = f"{PEOPLE}list/e-ndl"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def draft(officer: Client) -> int:
    """Our list of two."""
    titled = {**under(NDL, NLC).content(), "title": IN_FOUR, "dates": DATES, "shown_to": "institutions", "hosts": [NLC]}
    stands(document_of(titled), NDL, NLC)
    officer.post(f"{PEOPLE}begin/")
    number = next(draft.id for draft in queries.drafts_of(NDL) if draft.kind == "participation")
    save(
        officer,
        number,
        {"row": "r1", "add": ""},
        cell("r1", "name:en", "MORI Kenichi"),
        cell("r1", "post:en", "Director"),
        cell("r1", "roles", "h"),
        {"row": "r2", "add": "r1"},
        cell("r2", "name:en", "=SUM(A1)"),
        cell("r2", "post:en", "007"),
    )
    return number


def book_of(answer: Any) -> Any:
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def as_bytes(book: Any) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def load(client: Client, draft: int, body: bytes, name: str = "list.xlsx", address: str = PEOPLE) -> Any:
    return client.post(f"{address}{draft}/load/", {"file": SimpleUploadedFile(name, body)})


def panel_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:3000]
    panel = re.search(r'<form class="pasted".*?</form>', answer.content.decode(), re.DOTALL)
    assert panel
    return panel[0]


def fields_of(panel: str) -> dict[str, list[str]]:
    """What the browser would send of a panel, as it is drawn."""
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", panel):
        if 'type="checkbox"' in tag and " checked" not in tag:
            continue
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and name[1] != "csrfmiddlewaretoken":
            fields.setdefault(name[1], []).append(value[1])
    for name, inside in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', panel, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        fields.setdefault(name, []).append(chosen[1] if chosen else "")
    return fields


def put(client: Client, draft: int, panel: str, address: str = PEOPLE, **more: Any) -> Any:
    return client.post(f"{address}{draft}/paste/", {**fields_of(panel), "do": "put", **more})


def test_the_list_goes_out_as_text_and_comes_back_unchanged_without_a_difference(officer: Client, draft: int) -> None:
    answer = officer.get(f"{LIST}.xlsx")
    assert answer.content == officer.get(f"{LIST}.xlsx").content
    sheet = book_of(answer).worksheets[0]
    assert sheet.column_dimensions["A"].hidden
    cells = [each for row in sheet.iter_rows() for each in row if each.value is not None]
    assert {(each.data_type, each.number_format) for each in cells} == {("s", "@")}
    assert {each.value for each in cells if each.quotePrefix} == {"=SUM(A1)", "007"}
    panel = panel_of(load(officer, draft, answer.content))
    assert "Put in 0 rows" in panel
    assert panel.count("no change") == 2


def test_what_was_changed_in_the_file_is_shown_beside_what_was_and_put_in_and_nothing_else_is_touched(
    officer: Client, draft: int
) -> None:
    before = content(draft)["members"]
    book = book_of(officer.get(f"{LIST}.xlsx"))
    sheet = book.worksheets[0]
    heads = {each.value: each.column for each in sheet[1]}
    post = heads["Post (English)"]
    sheet.cell(2, post).value = "Director General"
    sheet.cell(3, post).value = None
    sheet.cell(4, heads["Full name (English)"]).value = "Sato Yuko"
    # A row that moves is still that row; a column that goes takes nothing away.
    sheet.delete_cols(heads["Roles"])
    panel = panel_of(load(officer, draft, as_bytes(book)))
    assert "was: Director<" in panel
    assert "Put in 3 rows" in panel
    assert put(officer, draft, panel).status_code == 302
    members = content(draft)["members"]
    assert members[0] == {**before[0], "posts": [{**before[0]["posts"][0], "post": {"en": "Director General"}}]}
    assert members[1] == {name: value for name, value in before[1].items() if name != "posts"}
    assert members[2]["printed"] == {"en": "Sato Yuko"}


def test_what_was_changed_on_both_sides_is_asked_and_what_was_changed_here_alone_stays(
    officer: Client, draft: int
) -> None:
    book = book_of(officer.get(f"{LIST}.xlsx"))
    save(
        officer,
        draft,
        cell("r1", "post:en", "Chief", was="Director"),
        cell("r2", "post:en", "Librarian", was="007"),
    )
    sheet = book.worksheets[0]
    post = next(each.column for each in sheet[1] if each.value == "Post (English)")
    sheet.cell(2, post).value = "Deputy Director"
    panel = panel_of(load(officer, draft, as_bytes(book)))
    assert "changed here too since the list went out: Post (English)" in re.sub("<[^>]+>", "", panel)
    assert put(officer, draft, panel).status_code == 302
    assert [member["posts"][0]["post"] for member in content(draft)["members"]] == [
        {"en": "Chief"},
        {"en": "Librarian"},
    ]
    panel = panel_of(load(officer, draft, as_bytes(book)))
    put(officer, draft, panel, row="r1")
    assert content(draft)["members"][0]["posts"][0]["post"] == {"en": "Deputy Director"}


def test_rows_that_did_not_come_back_are_removed_only_where_somebody_ticks_that(officer: Client, draft: int) -> None:
    book = book_of(officer.get(f"{LIST}.xlsx"))
    save(officer, draft, {"row": "r3", "add": ""}, cell("r3", "name:en", "New here"))
    book.worksheets[0].delete_rows(3)
    panel = panel_of(load(officer, draft, as_bytes(book)))
    assert "Rows that did not come back: 1." in panel
    put(officer, draft, panel)
    assert len(content(draft)["members"]) == 3
    panel = panel_of(load(officer, draft, as_bytes(book)))
    put(officer, draft, panel, without="1")
    assert sorted(member["id"] for member in content(draft)["members"]) == ["r1", "r3"]


# Files of others


def test_a_file_in_shift_jis_is_read_and_another_encoding_can_be_chosen(officer: Client, draft: int) -> None:
    body = "参加者名簿\r\n氏名,役職\r\n髙橋①,館長\r\n合計,1名\r\n".encode("cp932")
    panel = panel_of(load(officer, draft, body, "名簿.csv"))
    assert '<option value="cp932" selected>Shift_JIS</option>' in panel
    said = re.sub("<[^>]+>", "", panel)
    assert "名簿.csv: 1 rows, 2 columns" in said
    assert "Left out above the table: 参加者名簿" in said
    assert "Left out below the table: 合計 1名" in said
    again = officer.post(f"{PEOPLE}{draft}/paste/", {**fields_of(panel), "encoding": "gb18030", "do": "look"})
    assert "髙橋①" not in panel_of(again)
    assert put(officer, draft, panel).status_code == 302
    assert content(draft)["members"][-1]["printed"] == {"ja": "髙橋①"}
    assert content(draft)["members"][-1]["posts"][0]["post"] == {"ja": "館長"}


def test_the_same_file_again_says_when_it_was_taken_in_and_that_nothing_differs(officer: Client, draft: int) -> None:
    body = made_xlsx([["姓名", "职务"], ["何静", "处长"]])
    put(officer, draft, panel_of(load(officer, draft, body)))
    assert [bytes(row.body) for row in files.ArrivedFile.objects.all()] == [b""]
    panel = panel_of(load(officer, draft, body))
    assert "This file was already taken in on" in panel
    assert "Put in 0 rows" in panel
    assert files.ArrivedFile.objects.count() == 1


def test_a_sheet_is_chosen_merged_cells_are_asked_and_cells_without_a_value_named(officer: Client, draft: int) -> None:
    rows: list[list[Any]] = [["姓名", "部门"], ["何静", "国际处"], ["沈文远", None], ["李伟", "=B2"]]
    body = made_xlsx(rows, merged=["B2:B3"], sheets=["名单", "备注"])
    panel = panel_of(load(officer, draft, body))
    said = re.sub("<[^>]+>", "", panel)
    assert "Merged: B2–B3." in said
    assert "These cells hold a formula without a value: B4." in said
    filled = panel_of(officer.post(f"{PEOPLE}{draft}/paste/", {**fields_of(panel), "fill": "1", "do": "look"}))
    put(officer, draft, filled)
    assert [member["posts"][0]["unit"] for member in content(draft)["members"][2:4]] == [{"zh-Hans": "国际处"}] * 2
    panel = panel_of(load(officer, draft, body))
    other = panel_of(officer.post(f"{PEOPLE}{draft}/paste/", {**fields_of(panel), "sheet": "备注", "do": "look"}))
    assert '<option value="备注" selected>' in other


def test_where_no_head_is_known_the_row_of_heads_is_asked(officer: Client, draft: int) -> None:
    body = made_xlsx([["gizmo", "gadget"], ["何静", "处长"]])
    panel = panel_of(load(officer, draft, body))
    assert "The sheet has no row of headings we know. Which row is it?" in panel
    again = panel_of(officer.post(f"{PEOPLE}{draft}/paste/", {**fields_of(panel), "heads": "1", "do": "look"}))
    assert ">gizmo <select" in again
    assert 'name="heads" value="1"' in again


def test_a_row_that_is_not_ticked_stays_out_and_what_is_not_understood_is_named_by_its_cell(
    officer: Client, draft: int
) -> None:
    body = made_xlsx([["姓名", "角色"], ["何静", "翻译"], ["沈文远", "喷泉"]])
    panel = panel_of(load(officer, draft, body))
    assert "cannot be read: B3 " in re.sub("<[^>]+>", "", panel)
    ticked = fields_of(panel)["row"]
    assert len(ticked) == 2
    officer.post(f"{PEOPLE}{draft}/paste/", {**fields_of(panel), "row": ticked[:1], "do": "put"})
    assert [each["printed"] for each in content(draft)["members"][2:]] == [{"zh-Hans": "何静"}]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"%PDF-1.7", "“list.xlsx” is not a spreadsheet; it is a file of the type PDF."),
        (b"", "“list.xlsx” is empty."),
        (made_xlsx([["姓名"], *([["x"]] * 5_000)]), "5,000 rows at most; this has 5,001."),
        (made_xlsx([["姓名"], *([[f"何{n}"] for n in range(600)])]), "This is 601 rows; a sheet takes 500."),
        (made_xlsx([])[:-100], "The file ends too early; it may have been damaged on the way."),
    ],
)
def test_what_holds_no_list_is_refused_on_the_page_and_nothing_is_kept(
    officer: Client, draft: int, body: bytes, sentence: str
) -> None:
    before = content(draft)
    answer = load(officer, draft, body)
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert content(draft) == before
    assert not files.ArrivedFile.objects.exists()


def test_a_list_of_another_exchange_comes_in_by_what_stands_in_it(officer: Client, draft: int) -> None:
    book = book_of(officer.get(f"{LIST}.xlsx"))
    head = book.worksheets[0].cell(1, 1)
    head.value = head.value.replace(head.value.split(" ")[2], "0" * 12)
    book.worksheets[0].cell(2, 3).value = "Somebody"
    panel = panel_of(load(officer, draft, as_bytes(book)))
    assert "Rows that did not come back" not in panel


# Papers and the timetable


def test_papers_and_the_timetable_go_out_and_come_back_too(officer: Client, draft: int) -> None:
    papers, timetable = "/desk/exchange/e/papers/", "/desk/exchange/e/timetable/"
    number = int(re.findall(rf"{papers}(\d+)/load/", officer.get(papers).content.decode())[0])
    body = made_xlsx([["标示", "类型", "报告人", "题目"], ["C1", "主题报告", "何静", "数字图书馆的现状"]])
    assert put(officer, number, panel_of(load(officer, number, body, address=papers)), papers).status_code == 302
    (paper,) = [each for each in queries.drafts_of(NDL) if each.kind == "paper"]
    assert paper.content["title"] == {"zh-Hans": "数字图书馆的现状"}
    answer = officer.get(f"{papers}list/ndl.xlsx?lang=zh-Hans")
    book = book_of(answer)
    assert "Put in 0 rows" in panel_of(load(officer, number, answer.content, address=papers))
    book.worksheets[0].cell(2, 5).value = "数字图书馆"
    panel = panel_of(load(officer, number, as_bytes(book), address=papers))
    put(officer, number, panel, papers)
    (paper,) = [each for each in queries.drafts_of(NDL) if each.kind == "paper"]
    assert paper.content["title"] == {"zh-Hans": "数字图书馆"}
    assert officer.get(f"{timetable}list/e-ndl.xlsx").status_code == 404


def test_the_timetable_of_the_host_takes_days_and_times_as_a_spreadsheet_keeps_them(draft: int) -> None:
    host, timetable = person("li", (NLC, "officer")), "/desk/exchange/e/timetable/"
    assert host.post(f"{timetable}begin/").status_code == 302
    (number,) = [each.id for each in queries.drafts_of(NLC) if each.kind == "timetable"]
    day = datetime.date(2090, 11, 9)
    rows: list[list[Any]] = [
        ["日期", "时间", "类别", "内容"],
        [day, datetime.time(9, 30), "开幕式", "开幕"],
        [None, "14-15", None, "参观"],
    ]
    put(host, number, panel_of(load(host, number, made_xlsx(rows), address=timetable)), timetable)
    sessions = content(number)["sessions"]
    assert [(each["date"], each["start"], each["title"]) for each in sessions] == [
        ("2090-11-09", "09:30", {"zh-Hans": "开幕"}),
        ("2090-11-09", "14:00", {"zh-Hans": "参观"}),
    ]
    answer = host.get(f"{timetable}list/e.xlsx")
    if answer.status_code == 404:
        key = re.findall(rf"{timetable}list/([^.]+)\.xlsx", host.get(timetable).content.decode())[0]
        answer = host.get(f"{timetable}list/{key}.xlsx")
    assert "Put in 0 rows" in panel_of(load(host, number, answer.content, address=timetable))


# Who may


def test_a_list_goes_to_whoever_may_read_its_page_and_comes_in_from_whoever_may_type(
    officer: Client, draft: int
) -> None:
    body = made_xlsx([["姓名"], ["何静"]])
    address = f"{PEOPLE}{draft}/load/"
    held = re.findall(r'name="held" value="(\d+)"', panel_of(load(officer, draft, body)))[0]
    before = content(draft)
    reader = person("mori", (NDL, "contributor"))
    for form in ("xlsx", "csv"):
        assert officer.get(f"{LIST}.{form}").status_code == reader.get(f"{LIST}.{form}").status_code
        # The partner has not been shown the draft; a stranger has no part in the exchange.
        assert person("li", (NLC, "head")).get(f"{LIST}.{form}").status_code == 404
        assert person("kim", (NLK, "head")).get(f"{LIST}.{form}").status_code == 404
        assert Client().get(f"{LIST}.{form}").status_code in (302, 401)
    assert officer.get(f"{PEOPLE}list/none.xlsx").status_code == 404
    assert officer.get(f"{LIST}.pdf").status_code == 404
    for stranger in (person("li", (NLC, "head")), person("kim", (NLK, "head"))):
        assert load(stranger, draft, body).status_code == 404
        assert stranger.post(f"{PEOPLE}{draft}/paste/", {"held": held, "do": "put"}).status_code == 404
    assert Client().post(address, {"file": SimpleUploadedFile("a.xlsx", body)}).status_code in (302, 401)
    assert officer.get(address).status_code == 302
    # A file put down by a colleague is the institution's; one of another place is none.
    colleague = person("sato", (NDL, "officer"))
    assert "何静" in colleague.post(f"{PEOPLE}{draft}/paste/", {"held": held}).content.decode()
    assert officer.post(f"{PEOPLE}{draft}/paste/", {"held": str(int(held) + 1)}).status_code == 409
    assert content(draft) == before
    assert officer.post(f"{PEOPLE}{draft}/paste/", {"held": held, "do": "drop"}).status_code == 302
    assert not files.ArrivedFile.objects.exists()


def test_what_the_partner_is_shown_it_can_keep_as_a_file_that_is_not_for_typing(officer: Client, draft: int) -> None:
    partner = person("li", (NLC, "officer"))
    assert partner.get(f"{LIST}.xlsx").status_code == 404
    actions.share(draft=draft, by="officer", at=AT)
    sheet = book_of(partner.get(f"{LIST}.xlsx")).worksheets[0]
    assert sheet.cell(2, 1).value == "MORI Kenichi"
    assert not sheet.column_dimensions["A"].hidden
