"""An exchange whose partner only mails: its plan is sent, and one letter accepts it and names who comes."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import FilePayload

from tests.journeys.conftest import SitsDown, on_record
from tests.site import Site

# What a data set has of a programme with a library that has no key here.
HARBOUR: Final = """
base: "tag:127.0.0.1,2026:"
recorder: institution/harbour-compiler
records:
  - record: institution/harbour-compiler
    kind: institution
    type: compiler of a data set
    title: {en: Compiler of the harbour, ja: 港の編者, zh-Hans: 海港编者, ko: 항구 편찬자, source: en}
    kept_by: institution/harbour-compiler
    sources: &list [{id: list, work: work/harbour-list}]
  - record: work/harbour-list
    kind: work
    type: webpage
    title: {en: List of the harbour, ja: 港の一覧, zh-Hans: 海港名录, ko: 항구 목록, source: en}
    kept_by: institution/harbour-compiler
  - record: institution/harbour
    kind: institution
    type: national library
    title: {zh-Hans: 海港图书馆, en: Harbour Library, ja: 海港図書館, ko: 항구도서관, source: zh-Hans}
    kept_by: institution/harbour-compiler
    sources: *list
  - record: programme/harbour
    kind: programme
    type: mutual visit programme
    title: {en: Harbour visits, ja: 海港相互訪問, zh-Hans: 海港互访, ko: 항구 상호 방문, source: en}
    institutions: [{id: a, institution: institution/ndl}, {id: b, institution: institution/harbour}]
    sources: *list
  - record: exchange/harbour-1
    kind: exchange
    form: visit
    event: {state: held}
    title: {en: First harbour visit, ja: 第1回海港訪問, zh-Hans: 第一次海港访问, ko: 제1회 항구 방문, source: en}
    institutions: [institution/ndl, institution/harbour]
    programmes: [{id: p, programme: programme/harbour, number: "1"}]
    hosts: [institution/harbour]
    dates: [{id: d, scope: trip, date: 2025-11-10/2025-11-14}]
    planned_size: 5
    sources: *list
...
"""
LETTER: Final = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
PASSPORT: Final = "EK0099887"
LIST: Final = "\n".join(
    "\t".join(cells)
    for cells in (
        ("序号", "姓名", "拼音", "部门", "职务", "备注", "护照号"),
        ("1", "沈文远", "Shen Wenyuan", "", "副馆长", "团长", PASSPORT),
        ("2", "高建国", "Gao Jianguo", "国际交流处", "处长", "团员", PASSPORT),
        ("3", "李雪梅", "Li Xuemei", "数字资源部", "主任", "发言", PASSPORT),
        ("4", "王海", "Wang Hai", "典藏阅览部", "副主任", "", PASSPORT),
        ("5", "何静", "He Jing", "立法决策服务部", "馆员", "翻译", PASSPORT),
    )
)


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme with the library that mails is on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("by-mail"), HARBOUR) as site:
        yield site


def test_one_letter_accepts_the_plan_and_names_five_people(desk: Site, sits_down: SitsDown) -> None:
    """Ito of the NDL plans the second visit with the Harbour Library, which mails and never signs in.

    Sato, his head, sends the plan and lets her officers deal with exchanges. Two weeks later a letter comes: it agrees
    to the plan and names five people, in a list of a Chinese spreadsheet. Ito attaches it once, ticks what it does and
    pastes the list, all in one act: the plan is agreed by letter, and the people stand in their sheet for him to check.
    Their passport numbers are nowhere. The titles that come a week later rest on the same letter.
    """
    ito = sits_down("ito", second="zh-hans")
    for link in ("Exchanges", "Begin the next", "Harbour visits"):
        ito.follows(link, within="main" if link != "Exchanges" else "header")
    ito.presses("Create the draft")
    here = ito.page.url
    name = here.rstrip("/").rpartition("/")[2]
    title = ito.main().get_by_role("heading", level=1).inner_text()
    ito.follows("The whole plan")
    ito.follows("Read the draft, show it or submit it for approval")
    ito.presses("Submit for approval")

    sato = sits_down("sato", second="ko")
    sato.takes_up(title)
    sato.presses("Approve and send this text")
    sato.follows("Open the record")
    sato.follows("People and roles")
    sato.page.get_by_label("Exchanges", exact=True).check()
    sato.presses("Allow officers to send these")

    ito.goes(f"exchange/{name}/received/")
    page = ito.page
    page.get_by_label("The file").set_input_files(
        FilePayload(name="re-2nd.pdf", mimeType="application/pdf", buffer=LETTER)
    )
    page.get_by_label("Date of the letter").fill("2 September 2026")
    page.get_by_label("Signed by").fill("国际交流处")
    page.get_by_role("radio", name="accepts exactly this text").check()
    page.get_by_role("checkbox", name="who takes part").check()
    page.get_by_label("The list, copied from a spreadsheet or the mail").fill(LIST)
    ito.presses("Record this")
    assert "Rows put in or changed: 5." in ito.reads()
    assert "Columns left out, and not saved anywhere: 序号, 护照号." in ito.reads()
    assert "Agreed by letter" in ito.reads()
    rows = page.locator("table.rows tbody tr[data-row]:not(.new)")
    names = [rows.nth(place).locator("[name$='/name:zh-Hans']").input_value() for place in range(rows.count())]
    assert names == ["沈文远", "高建国", "李雪梅", "王海", "何静"]
    assert PASSPORT not in page.content()

    ito.goes(f"exchange/{name}/")
    assert "Received from Harbour Library: re-2nd.pdf, 2 September 2026, signed by 国际交流处" in ito.reads()
    assert "agreed by letter" in ito.reads()

    ito.goes(f"exchange/{name}/received/")
    page.get_by_role("checkbox", name="titles or texts of papers").check()
    page.get_by_role("radio", name=re.compile("the letter of 2 September 2026")).check()
    ito.presses("Record this")
    assert page.url.endswith(f"/exchange/{name}/papers/")
