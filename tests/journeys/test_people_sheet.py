"""Who comes: typed by keys alone, pasted from a Chinese spreadsheet, by two officers at once, and without script."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.two_visits import VISITS
from tests.journeys.typist import PASSPORT, PASTES, all_saved, column_of
from tests.site import Site

PEOPLE: Final = "exchange/visits-2/people/?lang=ja&lang=zh-Hans"
LIST: Final = [
    ["序号", "姓名", "部门", "职务", "备注", "护照号"],
    ["1", "沈文远", "", "副馆长", "团长", PASSPORT],
    ["2", "高建国", "国际交流处", "处长", "团员", PASSPORT],
    ["3", "李雪梅", "数字资源部", "主任", "发言", PASSPORT],
    ["4", "王海", "典藏阅览部", "副主任", "", PASSPORT],
    ["5", "何静", "立法决策服务部", "馆员", "翻译", PASSPORT],
]


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("people"), VISITS) as site:
        yield site


def rows(page: Page) -> Locator:
    """The rows in which something stands."""
    return page.locator("table.rows tbody tr[data-row]:not(.new)")


def cell(page: Page, row: int, column: str) -> Locator:
    return rows(page).nth(row).locator(f"[name$='/{column}']")


def test_a_list_of_people_is_typed_pasted_disputed_and_finished_without_script(desk: Site, sits_down: SitsDown) -> None:
    """Ito types two colleagues with keys alone, moves one up, removes one and restores it, and pastes five of a list.

    Sato has the page open and changes a cell that Ito changed: both texts are shown, and she keeps hers. Where no
    script runs, Ito adds another with the button. The passport numbers of the list are nowhere.
    """
    ito = sits_down("ito", second="zh-hans")
    ito.goes(PEOPLE)
    ito.presses("Begin our list")
    ito.goes(PEOPLE)
    page = ito.page
    # By keys alone: from the top of the page into the first cell, and from cell to cell.
    for _ in range(60):
        page.keyboard.press("Tab")
        if str(page.evaluate("document.activeElement.name ?? ''")).endswith("/name:ja"):
            break
    keys = page.keyboard
    for written in ("森 健一", "", "もり けんいち", "課長", "", "電子資料課", "", "", "h", ""):
        keys.type(written)
        keys.press("Tab")
    keys.press("Tab")
    for written in ("川口 真", "", "かわぐち まこと", "", "", "", "", "", "interpreter"):
        keys.type(written)
        keys.press("Tab")
    all_saved(page)
    assert column_of(page, "name:ja") == ["森 健一", "川口 真"]
    assert column_of(page, "roles") == ["head of delegation", "interpreter"]

    cell(page, 1, "post:ja").focus()
    keys.press("Control+d")
    keys.press("Alt+ArrowUp")
    all_saved(page)
    assert column_of(page, "name:ja") == ["川口 真", "森 健一"]
    assert column_of(page, "post:ja") == ["課長", "課長"]
    keys.press("Control+Shift+Backspace")
    all_saved(page)
    assert column_of(page, "name:ja") == ["森 健一"]
    page.get_by_role("button", name="Restore it").press("Enter")
    all_saved(page)
    ito.goes(PEOPLE)
    assert column_of(page, "name:ja") == ["川口 真", "森 健一"]

    page.locator("table.rows tr.new [name$='/name:zh-Hans']").first.evaluate(PASTES, LIST)
    panel = page.locator(".pasting form.pasted")
    panel.wait_for()
    assert "Pasted: 5 rows, 6 columns" in panel.inner_text()
    ito.looks()
    panel.get_by_role("button", name="Put in 5 rows").click()
    page.locator(".pasting").get_by_text("Saved on").wait_for()
    ito.goes(PEOPLE)
    assert column_of(page, "name:zh-Hans") == ["", "", *(row[1] for row in LIST[1:])]
    assert column_of(page, "roles")[2] == "head of delegation"
    assert "Two heads of delegation." in ito.reads()

    sato = sits_down("sato", second="ko")
    sato.goes(PEOPLE)
    cell(page, 0, "post:ja").fill("課長補佐")
    all_saved(page)
    cell(sato.page, 0, "unit:ja").fill("国際協力係")
    all_saved(sato.page)
    cell(sato.page, 0, "post:zh-Hans").fill("处长")
    cell(page, 0, "post:zh-Hans").fill("科长")
    all_saved(page)
    sato.page.keyboard.press("Control+Enter")
    asked = sato.page.locator("tr.disputed")
    asked.wait_for()
    assert "“科长”. Yours is still typed: “处长”." in asked.inner_text()
    sato.looks()
    asked.get_by_role("button", name="Keep my entry").click()
    all_saved(sato.page)
    ito.goes(PEOPLE)
    assert column_of(page, "post:zh-Hans")[0] == "处长"
    assert (column_of(page, "post:ja")[0], column_of(page, "unit:ja")[0]) == ("課長補佐", "国際協力係")

    plain = sits_down("ito", script=False)
    plain.goes(PEOPLE)
    plain.page.locator("table.rows tr.new [name$='/name:ja']").first.fill("青木 春子")
    rows(plain.page).nth(1).locator("[name$='/remove']").check()
    plain.presses("Save", within=".in-rows")
    assert plain.told() == "The draft was saved."
    assert column_of(plain.page, "name:ja")[-1] == "青木 春子"
    assert "森 健一" not in column_of(plain.page, "name:ja")
    plain.page.locator("summary", has_text="Paste rows").click()
    plain.page.locator("textarea[name=text]").fill("氏名\t職名\n青木 春子\t館長\n山田 花子\t係長\n")
    plain.presses("Show what would change")
    assert "changes: Post (Japanese)" in plain.reads()
    plain.presses("Put in 2 rows")
    assert plain.told() == "Rows put in or changed: 2."
    assert column_of(plain.page, "post:ja")[-2:] == ["館長", "係長"]
    kept = b"".join(path.read_bytes() for path in desk.home.rglob("*") if path.is_file())
    assert PASSPORT.encode() not in kept
