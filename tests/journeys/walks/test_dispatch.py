"""A librarian works at another library for three months: the host agrees to receive her, and she reports each month."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.two_visits import VISITS
from tests.journeys.typist import Typist, drafts_on
from tests.site import Site

MONTHS: Final = ("September", "October", "November")


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("dispatch"), VISITS) as site:
        yield site


def test_the_host_of_a_dispatch_agrees_to_it_and_three_reports_follow(desk: Site, sits_down: SitsDown) -> None:
    """Lin of the NLC begins the next exchange as a dispatch: He Jing is to work in Tokyo from September to November.

    She says in which unit and what for, and who receives her; Gao, her head, sends both texts. Sato of the NDL, the
    host, accepts the plan and who comes, for both say what her library will do. Lin then begins three reports, one a
    month; all three go out at once. Then she closes the exchange, and Sato's side of it stays open.
    """
    lin = sits_down("lin", second="zh-hans")
    for link in ("Exchanges", "Begin the next", "Visits of two libraries"):
        lin.follows(link, within="main" if link != "Exchanges" else "header")
    lin.page.get_by_label("Form", exact=True).select_option("staff dispatch")
    lin.presses("Create the draft")
    here = lin.page.url.partition("/desk/")[2]
    lin.goes(f"{here}plan/")
    lin.page.get_by_role("button", name="Add: Dates", exact=True).click()
    dates = lin.page.get_by_role("group", name="Dates 1")
    dates.get_by_label(re.compile("^What it covers")).select_option(label="whole visit")
    dates.get_by_label(re.compile("^Date")).fill("1 September 2030 - 30 November 2030")
    lin.presses("Save", within="main .saving")
    typist = Typist(lin)
    typist.goes(f"{here}people/?lang=zh-Hans")
    typist.presses("Begin our list")
    typist.down("#of-nlc", "name:zh-Hans", ["何静"])
    typist.down("#of-nlc", "reading:zh-Hans", ["He Jing"])
    typist.saves("#of-nlc")
    lin.follows("Read the draft, show it or submit it for approval")
    lin.follows("Change the draft")
    lin.unfolds()
    unit = lin.page.get_by_role("group", name=re.compile("^Unit")).first
    unit.get_by_label("Simplified Chinese", exact=True).fill("国立国会图书馆 亚洲资料课")
    lin.finds("Host", "National Diet Library")
    lin.presses("Save and read the draft")
    lin.goes(f"{here}send/")
    lin.presses("Submit what is ticked for approval")
    gao = sits_down("gao", second="zh-hans")
    gao.follows("Approve and send 2 texts, or return them")
    gao.presses("Approve and send 2 texts")

    sato = sits_down("sato")
    sato.follows("Answer 2 texts")
    assert "国立国会图书馆 亚洲资料课" in sato.reads()
    for accepts in sato.main().get_by_role("checkbox", name="Accept this text").all():
        accepts.check()
    sato.presses("Accept what is ticked")
    assert sato.told() == "2 texts were accepted, exactly as they were shown."

    for month in MONTHS:
        lin.goes(f"{here}results/")
        lin.presses("Begin our report")
        lin.says_title(f"Report of {month}")
        lin.presses("Save and read the draft")
    assert [report["title"]["en"] for report in drafts_on(desk, "report")] == [f"Report of {month}" for month in MONTHS]
    lin.goes(f"{here}send/")
    for ticked in lin.main().get_by_role("checkbox", name=re.compile("^Report of")).all():
        ticked.check()
    lin.presses("Submit what is ticked for approval")
    gao.goes("")
    gao.follows("Approve and send 3 texts, or return them")
    gao.presses("Approve and send 3 texts")
    lin.goes(f"{here}results/")
    assert all(f"Report of {month}" in lin.reads() for month in MONTHS)
    lin.goes(f"{here}closing/")
    lin.presses("Close")
    lin.goes(here)
    lin.main().get_by_role("button", name="Open again").wait_for()
    sato.goes(here)
    assert sato.main().get_by_role("button", name="Open again").count() == 0
