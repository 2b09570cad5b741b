"""A handover: a translator completes the Korean of a paper, and a new officer finds what is open in four minutes."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.commands import koryu
from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.founding import PASSWORD
from tests.journeys.two_visits import VISITS
from tests.journeys.typist import all_saved, drafts_on
from tests.site import Site

HERE: Final = "exchange/visits-2/"
KOREAN: Final = "바닷가의 자료를 어떻게 남길 것인가"
FOUR_MINUTES: Final = 240


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("handover"), VISITS) as site:
        for command, given in (
            (("role", "give", "noda", "officer", "institution/ndl", "--name", "野田 光"), ""),
            (("passwd", "noda"), f"{PASSWORD}\n"),
        ):
            done = koryu(*command, home=site.home, typed=given)
            assert done.returncode == 0, done.stderr
        yield site


def test_a_new_officer_finds_what_is_open_after_the_translator_has_completed_a_paper(
    desk: Site, sits_down: SitsDown
) -> None:
    """Ito leaves at the end of March. He types a paper, asks Mun for its Korean, and writes down what he has learned.

    Mun finds it in her To do, types it on her page of translations, and is done. Noda, who comes in April and has never
    seen the programme, opens the handover: what is open and by when, how the agreements end, what not to do in March.
    """
    ito = sits_down("ito")
    ito.goes(f"{HERE}papers/?lang=ja")
    ito.page.locator("#of-ndl table.rows tbody tr.new [name$='/label']").first.click()
    ito.page.keyboard.type("L1")
    ito.page.locator("#of-ndl table.rows tbody tr[data-row] [name$='/title:ja']").first.click()
    ito.page.keyboard.type("海辺の資料をどう残すか")
    all_saved(ito.page, "#of-ndl")
    ito.goes(f"{HERE}translations/")
    ito.chooses("Language", "Korean")
    ito.chooses("Who translates", "문지영")
    ito.page.locator("#ask-due").fill("10 October 2030")
    ito.page.get_by_role("checkbox", name=re.compile("^Choose: L1")).check()
    ito.presses("Ask for these")
    assert "Saved for 1 text." in ito.told()

    mun = sits_down("mun", second="ko")
    mun.follows(re.compile("^Translate what was asked of you"), within="main")
    assert "海辺の資料をどう残すか" in mun.reads()
    assert "due 10 October 2030" in mun.reads()
    mun.page.locator("main [name$='/words:ko']").first.click()
    mun.page.keyboard.type(KOREAN)
    all_saved(mun.page, "main")
    mun.page.locator("main [name$='/words:zh-Hans']").first.click()
    mun.page.keyboard.type("怎样保存海边的资料")
    all_saved(mun.page, "main")
    assert drafts_on(desk, "paper")[0]["title"]["ko"] == KOREAN
    mun.goes("translations/")
    assert "There is nothing for you to translate now." in mun.reads()

    ito.goes(HERE)
    ito.fills("What is to be done", "Thank the hosts")
    ito.fills("Responsible", "Sato")
    ito.fills("Due", "3 March 2026")
    ito.presses("Add a step")
    ito.follows("Handover", within="main")
    ito.fills("What your successor should know", "No visits in the first week of March.")
    ito.presses("Add it")

    began = time.monotonic()
    noda = sits_down("noda", second="zh-hans")
    noda.follows("Exchanges", within="header")
    noda.follows("Second visit", within="main")
    noda.follows("Handover", within="main")
    page = noda.reads()
    for words in ("Thank the hosts", "past its date", "drafts, not sent: 1", "No visits in the first week of March."):
        assert words in page, (words, page[:900])
    assert page.index("Thank the hosts") < page.index("Contacts") < page.index("For the successor")
    noda.follows(re.compile("^Second visit"), within="main .one-open")
    noda.follows("What is done, left open, public, and deleted when", within="main")
    assert "step: Thank the hosts (Sato)" in noda.reads()
    noda.presses("Close", within="main")
    assert "Closed on" in noda.reads()
    assert time.monotonic() - began < FOUR_MINUTES
    noda.goes("programme/visits/handover/")
    assert "Thank the hosts" not in noda.reads()
