"""An office changes the invitation in Word and sends one: what it misspelt is told, and the head sees the pages."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import FilePayload, Locator

from tests.docx import changed, text_of
from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.people import Person
from tests.site import Site

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEAD: Final = "国立国会図書館総務部（招へい状様式第2号）"
COSTS: Final = "国際航空賃は派遣館が負担します"
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
  - record: exchange/harbour-1
    kind: exchange
    form: visit
    event: {state: planned}
    title: {en: First harbour visit, ja: 第1回海港訪問, zh-Hans: 第一次海港访问, ko: 제1회 항구 방문, source: en}
    institutions: [institution/ndl, institution/harbour]
    hosts: [institution/ndl]
    dates: [{id: d, scope: trip, date: 2090-11-10/2090-11-12}]
    sources: *list
...
"""


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which a visit is planned with a library that is written to by letter."""
    with on_record(founded_home, tmp_path_factory.mktemp("template"), HARBOUR) as site:
        yield site


def test_an_office_changes_the_invitation_in_word_and_sends_one(sits_down: SitsDown) -> None:
    """Ito takes the layout of the invitation, puts the head of his office over it, and misspells a field.

    The page says so, and what he meant; he mends it, looks at it and uses it. He makes an invitation with it; Sato,
    the head, sees the pages as they will go out and approves them, and Ito sends the letter with its number.
    """
    ito = sits_down("ito", second="ja")
    ito.goes("exchange/harbour-1/letters/")
    ito.follows("Word templates for letters", within="main")
    with ito.page.expect_navigation():
        ito.main().get_by_role("row").filter(has_text="Letter of invitation").get_by_role("link").first.click()
    ito.looks()
    layout = kept(ito, ito.page.get_by_role("link", name="Layout with names in Japanese", exact=True))

    headed = {"{{文書番号}}": f"{HEAD}{{{{文書番号}}}}"}
    uploads(ito, changed(layout, {**headed, "{{宛先}}": "{{宛名の氏名}}"}))
    assert "{{宛名の氏名}} is not known; did you mean {{宛先の氏名}}?" in ito.reads()
    uploads(ito, changed(layout, headed))
    assert HEAD in ito.reads()
    assert "With the values of a made-up exchange." in ito.reads()
    ito.presses("Use this from now on")
    assert ito.told() == "The template is in use from now on."

    ito.goes("exchange/harbour-1/letters/")
    ito.page.locator("#langs-invitation").select_option("ja")
    ito.presses(re.compile("^Make.*Letter of invitation"))
    ito.fills("Who bears which costs", COSTS)
    ito.presses("Submit for approval")
    assert "Letter waiting for approval" in ito.reads()

    sato = sits_down("sato", second="ko")
    sato.takes_up("First harbour visit", says="Approve a letter, or return it")
    assert (HEAD in sato.reads(), COSTS in sato.reads()) == (True, True)
    assert "Made with your own template, version 1." in sato.reads()
    sato.presses("Approve this letter")
    assert sato.told() == "The letter was approved. Its files do not change any more."

    ito.page.reload()
    ito.fills("Sent on (day)", "2090-06-03")
    ito.fills("Sent to", "海港図書館")
    ito.fills("Document number of your institution", "国図総第5号")
    ito.presses("Mark the letter as sent")
    sent = text_of(kept(ito, ito.page.get_by_role("link", name="Word file, with number and date")))
    assert [HEAD in sent, COSTS in sent, "国図総第5号" in sent] == [True, True, True]


def uploads(ito: Person, template: bytes) -> None:
    """Choose a file and have it checked."""
    chosen = FilePayload(name="招へい状.docx", mimeType=WORD, buffer=template)
    ito.page.get_by_label("Your Word file (.docx)").set_input_files(chosen)
    ito.presses("Upload and check")


def kept(ito: Person, link: Locator) -> bytes:
    """The file that a link leads to."""
    with ito.page.expect_download() as download:
        link.click()
    return Path(download.value.path()).read_bytes()
