"""A visit that is postponed twice and then moved online; the names that left its list were public at no time."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest

from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.people import Person
from tests.journeys.two_visits import VISITS
from tests.journeys.typist import Typist, cell
from tests.site import Site

TITLE: Final = "3rd Visits of two libraries (2026)"
STAY: Final = "沈文远"
# Named for the visit, and no more for the meeting online.
LEFT: Final = ("顾云飞", "陆子衿")


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("postponed"), VISITS) as site:
        yield site


def seen_by_strangers(desk: Site) -> dict[str, tuple[int, str]]:
    """What whoever is not signed in is answered at each address that could tell of an exchange and of who came to it:
    the status and the mark of the page (RFC 9110, section 8.8.3)."""
    name, slug = "visits-3", "visits-3-nlc"
    paths = [
        *(f"/en/{kind}/" for kind in ("exchange", "participation", "person")),
        *(f"/en/exchange/{name}/{more}" for more in ("", "history/", "beside/ja/", "cite.json")),
        *(f"/en/participation/{slug}/{more}" for more in ("", "history/", "beside/ja/", "cite.json")),
        *(f"/{kind}.json" for kind in (f"exchange/{name}", f"participation/{slug}")),
        *("/en/new/", "/en/new.atom", "/sitemap.xml", "/en/network/", "/en/timeline/"),
        *(f"/api/find?q={quote(who)}" for who in LEFT),
    ]
    found = {}
    for path in paths:
        answer = desk.get(path)
        # An answer to a search repeats what was sought.
        told = str(json.loads(answer.body)["found"]) if path.startswith("/api/") else answer.body
        assert not any(who in told for who in LEFT), path
        found[path] = (answer.status, answer.headers.get("etag", ""))
    return found


def agree(drafter: Person, head: Person, partner: Person, here: str, fields: dict[str, str]) -> None:
    """A new version of the plan with these fields, approved by the head and accepted by the partner."""
    drafter.goes(f"{here}plan/")
    drafter.presses("Draft a new version")
    drafter.unfolds()
    for name, text in fields.items():
        field = drafter.page.locator(f"[name='{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)
    drafter.presses("Save and read the draft")
    drafter.presses("Submit for approval")
    head.takes_up(TITLE)
    head.presses("Approve and send this text")
    partner.takes_up(TITLE)
    partner.presses("Accept this text")
    partner.presses("Accept this text")


def test_a_visit_is_postponed_twice_and_held_online_and_nobody_finds_who_left(desk: Site, sits_down: SitsDown) -> None:
    """The third visit is agreed and public. Lin of the NLC sends, to the NDL alone, the names of three who will come.

    The visit is postponed, and postponed again; its number stays. At last it is moved online, and two of the three are
    not needed: Lin takes them off the list and makes it public. Whoever is not signed in finds no trace of the two: not
    while the list was private, when no page so much as changed its mark, and not in what is public of it since.
    """
    assert desk.run("index").returncode == 0
    ito, sato, gao, lin = (sits_down(name) for name in ("ito", "sato", "gao", "lin"))
    for link in ("Exchanges", "Begin the next", "Visits of two libraries"):
        ito.follows(link, within="main" if link != "Exchanges" else "header")
    ito.presses("Create the draft")
    here = ito.page.url.partition("/desk/")[2]
    ito.goes(f"{here}send/")
    ito.page.get_by_label("Who will see it").select_option(label="everyone")
    ito.presses("Submit what is ticked for approval")
    # Once more, now that what readers will see was told.
    ito.presses("Submit what is ticked for approval")
    sato.goes("")
    sato.follows(re.compile("^Approve and send"))
    sato.presses(re.compile("^Approve and send"))
    gao.takes_up(TITLE)
    gao.presses("Accept this text")
    gao.presses("Accept this text")
    assert desk.get("/en/exchange/visits-3/").status == 200

    before = seen_by_strangers(desk)
    typist = Typist(lin)
    typist.goes(f"{here}people/?lang=zh-Hans")
    typist.presses("Begin our list")
    typist.down("#of-nlc", "name:zh-Hans", [*LEFT, STAY])
    typist.saves("#of-nlc")
    lin.follows("Read the draft, show it or submit it for approval")
    lin.presses("Send this text")
    sato.goes(f"{here}people/")
    assert LEFT[0] in sato.reads()
    assert seen_by_strangers(desk) == before

    agree(ito, sato, gao, here, {"event.state": "postponed", "event.postponed_to": "November 2031"})
    agree(ito, sato, gao, here, {"event.postponed_to": "November 2032"})
    ito.goes(here)
    assert "2032" in ito.reads()
    agree(ito, sato, gao, here, {"form": "online exchange", "event.state": "planned", "event.postponed_to": ""})
    ito.goes(here)
    assert ito.main().get_by_role("heading", level=1).inner_text().startswith("3rd ")

    before = seen_by_strangers(desk)
    typist.goes(f"{here}people/?lang=zh-Hans")
    typist.presses("Draft a new version")
    for _left in LEFT:
        cell(lin.page, "#of-nlc", 0, "name:zh-Hans").focus()
        lin.page.keyboard.press("Control+Shift+Backspace")
    typist.saves("#of-nlc")
    assert seen_by_strangers(desk) == before
    lin.goes(f"{here}send/")
    lin.page.get_by_label("Who will see it").select_option(label="everyone")
    lin.presses("Save who will see it")
    lin.presses("Approve and send what is ticked")
    assert desk.run("index").returncode == 0
    after = seen_by_strangers(desk)
    assert (before["/participation/visits-3-nlc.json"][0], after["/participation/visits-3-nlc.json"][0]) == (404, 200)
    exported = desk.run("export").stdout
    assert (STAY in exported, [who for who in LEFT if who in exported]) == (True, [])
    stranger = sits_down()
    stranger.page.goto(f"{desk.address}/en/participation/visits-3-nlc/")
    assert STAY in stranger.reads()
    stranger.page.goto(f"{desk.address}/en/participation/visits-3-nlc/history/")
    assert [who for who in LEFT if who in stranger.page.content()] == []
