"""A list of participants goes out as Word and comes back with other people in it: asked, answered with keys, put in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import FilePayload

from tests.desk.test_letters_come_back import edited
from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.people import PHONE
from tests.journeys.two_visits import VISITS
from tests.journeys.typist import PASTES, column_of
from tests.site import Site

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PEOPLE: Final = "exchange/visits-2/people/?lang=ja"
LIST: Final = [
    ["氏名", "職名", "役割"],
    ["\ufa19尾 健一", "総務部長", "団長"],
    ["森 花子", "電子資料課長", "団員"],
    ["川口 真", "国際協力係長", "通訳"],
]


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with on_record(founded_home, tmp_path_factory.mktemp("list-back"), VISITS) as site:
        yield site


def by_the_partner(rows: list[Any]) -> None:
    """The interpreter is put first; Mori is replaced by somebody else; the head of delegation is typed anew."""
    _heads, first, second, third = rows
    first.addprevious(third)
    _retyped(second, "王 小明", "館員", "団員")
    _retyped(first, "\ufa19尾 健一郎", "総務部長", "団長")


def _retyped(row: Any, *words: str) -> None:
    texts = [text for text in row.iter(f"{W}t") if text.text and not text.text.isdigit()]
    for text, said in zip(texts, [*words, *[""] * len(texts)], strict=False):
        text.text = said


def test_rows_that_are_not_certain_are_asked_with_script_and_without(desk: Site, sits_down: SitsDown) -> None:
    """Ito sends a list of three in Japanese. It comes back with the interpreter first and one of the three replaced.

    On a telephone without script the question stands above the table and nothing is put in before it is answered; at
    the desk it is answered with keys alone, and the list says what the partner wrote, the ids of those who stayed kept.
    """
    ito = sits_down("ito")
    page = ito.page
    ito.goes(PEOPLE)
    ito.presses("Begin our list")
    ito.goes(PEOPLE)
    page.locator("table.rows tr.new [name$='/name:ja']").first.evaluate(PASTES, LIST)
    page.locator(".pasting form.pasted").get_by_role("button", name="Put in 3 rows").click()
    page.locator(".pasting").get_by_text("Saved on").wait_for()
    ito.goes(PEOPLE)
    ids = page.locator("table.rows tbody tr[data-row]:not(.new)").evaluate_all("rows => rows.map(r => r.dataset.row)")

    ito.goes("exchange/visits-2/letters/")
    page.locator("#langs-participants").select_option("ja")
    ito.presses("Make – List of participants")
    ito.presses("Submit for approval")
    ito.presses("Approve this letter")
    address = page.get_by_role("link", name="Word file", exact=True).first.get_attribute("href")
    word = page.request.get(f"{desk.address}{address}").body()
    came = FilePayload(name="名簿.docx", mimeType="application/octet-stream", buffer=edited(word, by_the_partner))

    phone = sits_down("ito", script=False)
    phone.page.set_viewport_size(PHONE)
    phone.goes(PEOPLE)
    phone.page.locator("summary", has_text="Load a spreadsheet or a list in Word").click()
    phone.page.locator("input[type=file][name=file]").set_input_files([came])
    phone.presses("Show what would change")
    assert "Row 4: the same entry rewritten, or another?" in phone.reads()
    phone.eyes.measure(phone.page)
    phone.presses("Put in 1 rows")
    assert "Rows that are not certain: 1." in phone.reads()

    ito.goes(PEOPLE)
    page.locator("summary", has_text="Load a spreadsheet or a list in Word").click()
    page.locator("input[type=file][name=file]").set_input_files([came])
    ito.presses("Show what would change")
    which = page.locator(".asked-rows select")
    which.focus()
    page.keyboard.press("ArrowDown")
    assert which.evaluate("select => select.selectedOptions[0].textContent").startswith("the same as: 森 花子")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ito.looks()
    assert page.locator(".asked-rows select").input_value() == ids[1]
    ito.presses("Put in 2 rows")
    assert ito.told() == "Rows put in or changed: 2."
    assert column_of(page, "name:ja") == ["\ufa19尾 健一郎", "王 小明", "川口 真"]
    now = page.locator("table.rows tbody tr[data-row]:not(.new)").evaluate_all("rows => rows.map(r => r.dataset.row)")
    assert now == ids
