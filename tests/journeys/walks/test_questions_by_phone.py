"""A visit whose partner only mails: questions typed on a phone, one answered in writing later, what came of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import FilePayload

from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.people import PHONE
from tests.journeys.walks.test_by_mail import HARBOUR
from tests.site import Site

AT: Final = "exchange/harbour-2"
SECOND: Final = """  - record: exchange/harbour-2
    kind: exchange
    form: visit
    event: {state: planned}
    title: {en: Second harbour visit, ja: 第2回海港訪問, zh-Hans: 第二次海港访问, ko: 제2회 항구 방문, source: en}
    institutions: [institution/ndl, institution/harbour]
    programmes: [{id: p, programme: programme/harbour, number: "2"}]
    hosts: [institution/ndl]
    dates: [{id: d, scope: trip, date: 2026-11-23/2026-11-27}]
    sources: *list
...
"""


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the second visit of the library that mails is on record."""
    dataset = HARBOUR.replace("...\n", SECOND)
    with on_record(founded_home, tmp_path_factory.mktemp("questions"), dataset) as site:
        yield site


def test_questions_by_phone_are_answered_by_letter_and_lead_to_an_outcome(desk: Site, sits_down: SitsDown) -> None:
    """Ito of the NDL receives the Harbour Library, which mails and never signs in.

    During the visit he types what is asked on his phone, one question after the other; one is to be answered in
    writing. He sends them. Weeks later a letter answers; he puts its answer on record, and nothing is owed any more.
    What the NDL has promised he notes; Sato, his head, sends it, and makes an outcome of it. Readers see that alone.
    """
    ito = sits_down("ito", second="zh-hans")
    ito.page.set_viewport_size(PHONE)
    ito.goes(f"{AT}/questions/")
    for words, written in (("Who may use the reading room?", ""), ("How many volumes are lent?", "2026-12-24")):
        ito.page.get_by_label("What is said", exact=True).first.fill(words)
        ito.page.get_by_label("To be answered in writing by").fill(written)
        with ito.page.expect_navigation():
            ito.page.get_by_label("What is said", exact=True).first.press("Enter")
        ito.looks()
        # The next can be typed at once, and nothing is wider than the phone.
        assert ito.page.evaluate("document.activeElement.id") == "new-text"
        ito.eyes.measure(ito.page)
    ito.follows("Read the draft, show it or submit it for approval")
    ito.presses("Send this text")

    ito.goes(f"{AT}/questions/")
    assert "Harbour Library · 24 December 2026" in ito.reads()
    ito.goes("")
    assert "Written answer of Harbour Library" in ito.reads()
    ito.goes(f"{AT}/received/")
    letter = FilePayload(name="re.txt", mimeType="text/plain", buffer="共借出三千册。".encode())
    ito.page.get_by_label("The file").set_input_files(letter)
    ito.page.get_by_label("Date of the letter").fill("16 December 2026")
    ito.page.get_by_role("checkbox", name="questions and answers").check()
    ito.presses("Record this")
    ito.page.get_by_role("link", name="Answer it").last.click()
    ito.page.get_by_label("Which institution says it").select_option(label="Harbour Library")
    ito.page.get_by_label("What is said", exact=True).first.fill("Three thousand.")
    ito.presses("Add", within="#new-question")
    ito.follows("Read the draft, show it or submit it for approval")
    ito.presses("Send this text")
    ito.goes(f"{AT}/questions/")
    assert "Written answers to come" not in ito.reads()
    assert "Three thousand." in ito.reads()

    ito.goes(f"{AT}/results/")
    ito.fills("What will be done", "Send the list of loans")
    ito.presses("Add", within="#follow-ups")
    sato = sits_down("sato", second="ko")
    sato.goes(f"{AT}/results/")
    sato.follows("Send the list of loans")
    sato.presses("Send this text")
    sato.goes(f"{AT}/results/")
    sato.unfolds()
    sato.presses("It is done")
    sato.presses("outcome – Send the list of loans")
    sato.page.get_by_label("Kind", exact=False).first.select_option(label="knowledge shared")
    sato.says_title("A list of loans is sent each year")
    sato.presses("Save and read the draft")
    sato.goes(f"{AT}/send/")
    sato.presses("Approve and send what is ticked")
    sato.goes(f"{AT}/results/")
    sato.follows("A list of loans is sent each year")
    assert "Send the list of loans" in sato.reads()
    address = sato.page.url.rpartition("outcome/")[2].rstrip("/")
    sato.page.goto(f"{desk.address}/en/outcome/{address}/")
    assert "A list of loans is sent each year" in sato.page.content()
    assert "Send the list of loans" not in sato.page.content()
