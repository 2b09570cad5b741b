"""An exchange of two libraries that both sign in: each types its half, and each head sends what is theirs at once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.two_visits import VISITS
from tests.journeys.typist import Typist, cell, drafts_on
from tests.site import Site

# Titles of papers beside each other.
LANGUAGES: Final = "?lang=ja&lang=zh-Hans&lang=ko"
VISITED: Final = "Mon 11 Nov "
COMMENT: Final = "何静は16時に空港へ。"
CHANGED: Final = "Tue 12 Nov: 討議 09:30–12:00 → 10:00–12:00"


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("two-sides"), VISITS) as site:
        yield site


def test_each_side_types_its_half_and_a_change_of_that_morning_is_told(desk: Site, sits_down: SitsDown) -> None:
    """Lin of the NLC begins the third visit: two librarians go to Tokyo, whom the host agrees to receive.

    She types the dates, who comes and a paper; Gao, her head, approves all of it on one page. Sato of the NDL finds two
    texts to answer and accepts both in one act. Now Ito types the half of the host: timetable, papers, who receives.
    Mun, the translator, completes the titles in Korean. Lin is shown the timetable and comments on a row; Ito shortens
    the visit to the workshop and fixes the timetable, and Sato approves all of their half at once. On the second
    morning the talks begin half an hour later: Lin reads it at the page, and her outbox has it.
    """
    lin = sits_down("lin", second="zh-hans")
    for link in ("Exchanges", "Begin the next", "Visits of two libraries"):
        lin.follows(link, within="main" if link != "Exchanges" else "header")
    lin.presses("Create the draft")
    here = lin.page.url.partition("/desk/")[2]
    lin.goes(f"{here}plan/")
    lin.page.get_by_role("button", name="Add: Dates", exact=True).click()
    dates = lin.page.get_by_role("group", name="Dates 1")
    dates.get_by_label(re.compile("^What it covers")).select_option(label="whole visit")
    dates.get_by_label(re.compile("^Date")).fill("11-13 November 2030")
    lin.presses("Save", within="main .saving")
    typist = Typist(lin)
    typist.goes(f"{here}papers/{LANGUAGES}")
    typist.down("#of-nlc", "title:zh-Hans", ["古籍的保护"])
    typist.down("#of-nlc", "title:ja", ["古典籍の保存"])
    typist.down("#of-nlc", "title:ko", ["고서의 보존"])
    typist.saves("#of-nlc")
    typist.goes(f"{here}people/?lang=zh-Hans")
    typist.presses("Begin our list")
    typist.down("#of-nlc", "name:zh-Hans", ["沈文远", "何静"])
    typist.down("#of-nlc", "reading:zh-Hans", ["Shen Wenyuan", "He Jing"])
    typist.down("#of-nlc", "roles", ["h", "interpreter"])
    typist.saves("#of-nlc")
    lin.follows("Read the draft, show it or submit it for approval")
    lin.follows("Change the draft")
    lin.finds("Host", "National Diet Library")
    lin.presses("Save and read the draft")
    lin.goes(f"{here}send/")
    lin.presses("Submit what is ticked for approval")
    gao = sits_down("gao", second="zh-hans")
    gao.follows("Approve and send 3 texts, or return them")
    gao.presses("Approve and send 3 texts")
    assert gao.told() == "3 texts were sent."

    sato = sits_down("sato")
    sato.follows("Answer 2 texts")
    for accepts in sato.main().get_by_role("checkbox", name="Accept this text").all():
        accepts.check()
    sato.presses("Accept what is ticked")
    assert sato.told() == "2 texts were accepted, exactly as they were shown."

    ito = sits_down("ito")
    typist = Typist(ito)
    typist.goes(f"{here}people/?lang=ja")
    typist.presses("Begin our list")
    typist.down("#of-ndl", "name:ja", ["森 健一"])
    typist.saves("#of-ndl")
    typist.goes(f"{here}papers/{LANGUAGES}")
    typist.down("#of-ndl", "title:ja", ["和紙の修復", "画像の公開"])
    typist.down("#of-ndl", "title:zh-Hans", ["和纸的修复", "图像的公开"])
    typist.saves("#of-ndl")
    typist.goes(f"{here}timetable/?lang=ja")
    typist.presses("Begin the timetable")
    cell(ito.page, "#of-1", 0, "type").focus()
    for kind in ("opening", "site", "deli"):
        typist.types(kind)
        ito.page.keyboard.press("Enter")
    typist.down("#of-1", "day", ["11/11", "11", "12"])
    typist.down("#of-1", "hours", ["10-1130", "1400-1700", "0930-1200"])
    typist.down("#of-1", "title:ja", ["開会", "修復室の見学", "討議"])
    typist.saves("#of-1")
    ito.follows("Read the draft, show it or submit it for approval")
    ito.presses("Share with partners for comment")

    mun = sits_down("mun", second="ko")
    translator = Typist(mun)
    translator.goes(f"{here}papers/{LANGUAGES}")
    assert mun.page.locator("#of-ndl [name$='/title:ja']").count() == 0
    translator.down("#of-ndl", "title:ko", ["한지의 복원", "이미지 공개"])
    translator.saves("#of-ndl")
    titles = [paper["title"] for paper in drafts_on(desk, "paper")]
    assert [title["ko"] for title in titles] == ["고서의 보존", "한지의 복원", "이미지 공개"]

    lin.takes_up("Timetable: 3rd Visits of two libraries (2026)", "Shared with you for comment.")
    lin.goes(f"{here}timetable/")
    lin.page.get_by_label("Which row").select_option(label=f"{VISITED}14:00–17:00 修復室の見学")
    lin.page.get_by_label("Comment on the draft").fill(COMMENT)
    lin.presses("Add the comment")

    typist.goes(f"{here}timetable/?lang=ja")
    assert f"{VISITED}14:00–17:00 修復室の見学 {COMMENT}" in ito.reads()
    cell(ito.page, "#of-1", 1, "hours").fill("14-1530")
    typist.saves("#of-1")
    ito.page.get_by_label("Still a draft").uncheck()
    ito.presses("Save these")
    ito.goes(f"{here}send/")
    ito.presses("Submit what is ticked for approval")
    assert ito.told() == "4 texts were submitted for approval."
    sato.goes("")
    sato.follows("Approve and send 4 texts, or return them")
    sato.presses("Approve and send 4 texts")

    typist.goes(f"{here}timetable/?lang=ja")
    typist.presses("Draft a new version")
    cell(ito.page, "#of-1", 2, "hours").fill("1000-1200")
    typist.saves("#of-1")
    ito.follows("Read the draft, show it or submit it for approval")
    ito.presses("Send this text")
    lin.goes(f"{here}timetable/")
    assert f"Changed since it was fixed {CHANGED}" in re.sub(r"fixed \d+ \w+ \d{4}", "fixed", lin.reads())
    assert desk.run("tend", "--once").returncode == 0
    lin.goes("outbox/")
    assert CHANGED in " ".join((lin.main().text_content() or "").split())
