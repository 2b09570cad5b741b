"""One trip that serves two programmes: planned once, its people typed once, and told of under both."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.commands import koryu
from tests.journeys.conftest import SitsDown
from tests.journeys.people import Person
from tests.journeys.two_visits import VISITS
from tests.journeys.typist import all_saved
from tests.site import LANGUAGES, Site, answering

EXCHANGE: Final = "visits-3"
MEMBERS: Final = ("Mori Kenichi", "Kawaguchi Makoto")
# Another programme of the same two libraries, under which nothing was held yet.
SEMINARS: Final = """
  - record: programme/seminars
    kind: programme
    type: mutual visit programme
    title: {en: Seminars on conservation, ja: 保存セミナー, zh-Hans: 保护研讨会, ko: 보존 세미나, source: en}
    institutions: [{id: a, institution: institution/ndl}, {id: b, institution: institution/nlc}]
    sources: *list
...
"""


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which two programmes of two libraries are on record, and two visits under one of them."""
    home = Path(shutil.copytree(founded_home, tmp_path_factory.mktemp("one-trip") / "home"))
    (home / "visits.yaml").write_text(VISITS.partition("\n...")[0] + SEMINARS, "utf-8")
    loaded = koryu("load", str(home / "visits.yaml"), home=home)
    assert loaded.returncode == 0, loaded.stderr
    with answering(home) as site:
        yield site


def held_under(person: Person, programme: str, number: str) -> None:
    """On the page of the plan, add a programme that the exchange is held under too, and its number there."""
    page = person.page
    page.get_by_role("button", name="Add: Held under", exact=True).click()
    item = page.get_by_role("group", name="Held under 2", exact=True)
    item.locator("[data-pick]").focus()
    page.keyboard.type(programme)
    page.locator("[role=option]:visible").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    item.get_by_label("Number").fill(number)
    person.presses("Save", within="main .saving")


def names_once(person: Person) -> None:
    """Type who travels; a letter that is typed and taken back leaves nothing to be saved, and the page says so."""
    person.goes(f"exchange/{EXCHANGE}/people/?lang=en")
    person.presses("Begin our list")
    person.page.locator("#of-ndl table.rows tbody tr[data-row] [name$='/name:en']").first.focus()
    person.page.keyboard.press("x")
    person.page.locator("#of-ndl [data-saved]", has_text="Not saved yet.").wait_for()
    person.page.keyboard.press("Backspace")
    person.page.locator("#of-ndl [data-saved][data-said=saved]", has_text="Saved on").wait_for()
    for name in MEMBERS:
        person.page.keyboard.type(name)
        person.page.keyboard.press("Enter")
    all_saved(person.page, "#of-ndl")


def test_one_trip_is_told_of_under_two_programmes(desk: Site, sits_down: SitsDown) -> None:
    """Sato's colleagues go to Beijing once, for the third visit and for the first seminar on conservation.

    She begins the visit, says on its plan that it is held under the seminars too, and types the two who travel once.
    She sends both texts, for everyone; Gao accepts the plan. Each programme has a line of the trip, with its own
    number; the people are there once; and under the seminars the next one would be the second.
    """
    assert desk.run("index").returncode == 0
    sato, gao = sits_down("sato"), sits_down("gao", second="zh-hans")
    for link in ("Exchanges", "Begin the next", "Visits of two libraries"):
        sato.follows(link, within="main" if link != "Exchanges" else "header")
    sato.presses("Create the draft")
    sato.follows("The whole plan")
    held_under(sato, "Seminars on", "1")
    names_once(sato)
    sato.goes(f"exchange/{EXCHANGE}/send/")
    for choice in sato.page.get_by_label("Who will see it").all():
        choice.select_option(label="everyone")
    sato.presses("Save who will see it")
    sato.presses("Approve and send what is ticked")
    assert sato.told() == "2 texts were sent."
    gao.goes(f"exchange/{EXCHANGE}/plan/")
    gao.follows("Read the proposed text and answer")
    gao.presses("Accept this text")
    gao.presses("Accept this text")

    sato.goes(f"exchange/{EXCHANGE}/")
    for programme in ("Visits of two libraries", "Seminars on conservation"):
        assert sato.main().get_by_role("link", name=programme, exact=True).count() == 1
    for lang in LANGUAGES:
        for programme in ("visits", "seminars"):
            page = desk.get(f"/{lang}/programme/{programme}/").body
            assert (lang, programme, f'/{lang}/exchange/{EXCHANGE}/"' in page) == (lang, programme, True)
        page = desk.get(f"/{lang}/exchange/{EXCHANGE}/").body
        assert [f'/{lang}/programme/{programme}/"' in page for programme in ("visits", "seminars")] == [True, True]
        assert [len(re.findall(f">{name}<", page)) for name in MEMBERS] == [1, 1]
    for link, number in (("Visits of two libraries", "4"), ("Seminars on conservation", "2")):
        sato.goes("exchanges/next/")
        sato.follows(link)
        assert sato.page.get_by_label("Number", exact=True).input_value() == number
