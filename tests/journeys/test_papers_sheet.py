"""The texts of papers: files dropped on cells, and one that breaks off."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, Route

from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.two_visits import VISITS
from tests.journeys.typist import all_saved, drafts_on
from tests.site import Site

PAPERS: Final = "exchange/visits-2/papers/?lang=en&lang=ja"
# Dropped as a folder of the desktop does it.
DROPS: Final = """(cell, name) => {
  const held = new DataTransfer();
  held.items.add(new File(["%PDF-1.7\\n%%EOF\\n"], name, { type: "application/pdf" }));
  cell.dispatchEvent(new DragEvent("dragover", { dataTransfer: held, bubbles: true, cancelable: true }));
  cell.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
}"""
# Beside the cells; whether the browser is kept from showing the file in the place of the page.
DROPS_BESIDE: Final = """(place) => {
  const held = new DataTransfer();
  held.items.add(new File(["a"], "beside.pdf", { type: "application/pdf" }));
  return !place.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("papers"), VISITS) as site:
        yield site


def half_sent(page: Page, path: str, row: str) -> bytes:
    """What the server answers to a file of which the end never comes."""
    where = urlsplit(page.url)
    cookies = {cookie.get("name", ""): cookie.get("value", "") for cookie in page.context.cookies()}
    mark = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    fields = {"csrfmiddlewaretoken": mark, "paper": row, "language": "ja"}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()]
    body = "".join(parts) + '--x\r\nContent-Disposition: form-data; name="file"; filename="cut.pdf"\r\n\r\n%PDF-1.7\n'
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {where.netloc}\r\nConnection: close\r\n"
        f"Cookie: {'; '.join(f'{name}={value}' for name, value in cookies.items())}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(body) + 5000}\r\n\r\n"
    )
    with socket.create_connection((where.hostname or "", where.port or 80), timeout=10) as line:
        line.sendall((head + body).encode())
        line.shutdown(socket.SHUT_WR)
        answer = line.recv(4096)
    return b"" if not answer or b" 400 " in answer[:20] else answer


def test_a_file_is_dropped_on_its_cell_and_one_that_breaks_off_is_not_kept(desk: Site, sits_down: SitsDown) -> None:
    """Ito begins a paper, removes another and puts it back, and drops its text; the second time the line is cut."""
    ito = sits_down("ito")
    page = ito.page
    ito.goes(PAPERS)
    before = len(drafts_on(desk, "paper"))
    blank = page.locator("#of-ndl table.rows tbody tr.new").first
    row = blank.get_attribute("data-row")
    blank.locator("[name$='/title:en']").focus()
    page.keyboard.type("A new paper")
    all_saved(page, "#of-ndl")
    new = page.locator(f"#of-ndl tr[data-row='{row}']")
    new.locator("[name$='/title:en']").focus()
    page.keyboard.press("Control+Shift+Backspace")
    page.keyboard.press("Control+Enter")
    page.locator("#of-ndl [data-saved][data-said=saved]").wait_for()
    page.get_by_role("button", name="Restore it").press("Enter")
    all_saved(page, "#of-ndl")
    assert len(drafts_on(desk, "paper")) == before + 1

    assert page.locator("#of-ndl h2").evaluate(DROPS_BESIDE)
    text = new.locator("[name$='/text:en']")
    text.evaluate(DROPS, "text.pdf")
    new.get_by_role("link", name="text.pdf").wait_for()
    assert text.input_value() in ("as given", "in translation")
    with page.expect_download() as download:
        new.get_by_role("link", name="text.pdf").click()
    assert download.value.suggested_filename == "text.pdf"

    def cut(route: Route) -> None:
        route.abort("connectionreset")

    page.route("**/file/**", cut)
    other = new.locator("[name$='/text:ja']")
    other.evaluate(DROPS, "zweitens.pdf")
    page.locator("#of-ndl [data-saved]", has_text="Not kept: the upload broke off.").wait_for()
    page.unroute("**/file/**", cut)
    (paper,) = [content for content in drafts_on(desk, "paper") if content["title"].get("en") == "A new paper"]
    assert [wording["file"]["name"] for wording in paper["wordings"]] == ["text.pdf"]
    # Half of a form that claims to be longer: of that nothing is kept either.
    half = half_sent(page, page.locator("#of-ndl form.put-file").get_attribute("action") or "", str(row))
    (paper,) = [content for content in drafts_on(desk, "paper") if content["title"].get("en") == "A new paper"]
    assert (half, [wording["lang"] for wording in paper["wordings"]]) == (b"", ["en"])
    # By keys alone: the button that comes with the cell, and the form with every field.
    other.focus()
    with page.expect_file_chooser() as chooser:
        new.get_by_role("button", name="File…").press("Enter")
    chooser.value.set_files({"name": "japanese.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"})
    new.get_by_role("link", name="japanese.pdf").wait_for()
    ito.goes(PAPERS)
    page.locator(f"#of-ndl tr[data-row='{row}'] [name$='/title:en']").focus()
    with page.expect_navigation(url="**/edit/"):
        page.keyboard.press("F2")
    # Without script a file goes in by its form, and is found again behind its cell.
    plain = sits_down("ito", script=False)
    plain.goes(PAPERS)
    fold = plain.page.locator("#of-ndl details", has_text="Put in a file as a text")
    fold.locator("summary").click()
    fold.locator("select[name=paper]").select_option(row)
    fold.locator("select[name=language]").select_option("ja")
    file = FilePayload(name="without-script.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7\n%%EOF\n")
    fold.locator("input[type=file]").set_input_files(file)
    plain.presses("Put it in")
    assert plain.page.get_by_role("link", name="without-script.pdf").count() == 1
