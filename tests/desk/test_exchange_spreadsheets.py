"""Lists of an exchange as spreadsheets: out, changed, and in again; files of others; and who may not."""

import io
import re
from typing import Any, Final

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import queries
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.desk.test_exchange_people import DATES, IN_FOUR, PEOPLE, cell, content, save
from tests.world import COMPILER, NAL, NDL, NLC, NLK, PROGRAMME, give_voice, programme, put_on_record, stands, under

pytestmark = pytest.mark.django_db
LIST: Final = f"{PEOPLE}list/e-ndl"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)


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
    return str(re.search(r'<form class="pasted".*?</form>', answer.content.decode(), re.DOTALL)[0])  # type: ignore[index] -- it is there, or the test fails


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
