"""A visit that two libraries had agreed, and cancelled: nobody else learns of it, and its number is asked about."""

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
REASON: Final = "Both reading rooms are closed after the earthquake."
OURS, THEIRS, PAPER = "Mori Kenichi", "Shen Wenyuan", "Care of flooded maps"
# What readers and machines may ask for that would tell of a visit, its people or its papers.
ADDRESSES: Final = (
    "{lang}/",
    "{lang}/exchange/",
    "{lang}/paper/",
    "{lang}/person/",
    "{lang}/programme/visits/",
    "{lang}/institution/ndl/",
    "{lang}/institution/nlc/",
    "{lang}/timeline/",
    "{lang}/new/",
    "{lang}/new.atom",
    "{lang}/find/?q=visits",
    "{lang}/find/?q=Shen",
    "{lang}/find/?q=maps",
    "sitemap.xml",
)


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    home = Path(shutil.copytree(founded_home, tmp_path_factory.mktemp("cancelled") / "home"))
    (home / "visits.yaml").write_text(VISITS, "utf-8")
    loaded = koryu("load", str(home / "visits.yaml"), home=home)
    assert loaded.returncode == 0, loaded.stderr
    with answering(home) as site:
        yield site


def begins(person: Person) -> None:
    for link in ("Exchanges", "Begin the next", "Visits of two libraries"):
        person.follows(link, within="main" if link != "Exchanges" else "header")


def types(person: Person, section: str, column: str, text: str) -> None:
    cell = person.page.locator(f"{section} table.rows tbody tr[data-row] [name$='/{column}']").first
    cell.focus()
    person.page.keyboard.press("Control+a")
    person.page.keyboard.type(text)
    person.page.keyboard.press("Enter")


def names(person: Person, institution: str, name: str) -> None:
    """Begin the list of an institution, with one name in it."""
    person.goes(f"exchange/{EXCHANGE}/people/?lang=en")
    person.presses("Begin our list")
    person.goes(f"exchange/{EXCHANGE}/people/?lang=en")
    types(person, f"#of-{institution}", "name:en", name)
    all_saved(person.page, f"#of-{institution}")


def sends(person: Person, says: str) -> None:
    """Send all that is drafted."""
    person.goes(f"exchange/{EXCHANGE}/send/")
    person.presses("Approve and send what is ticked")
    assert person.told() == says


def accepts(person: Person) -> None:
    """Accept the plan as it was sent, seeing it once more."""
    person.goes(f"exchange/{EXCHANGE}/plan/")
    person.follows("Read the proposed text and answer")
    person.presses("Accept this text")
    person.presses("Accept this text")


def test_a_visit_is_cancelled_after_both_had_agreed(desk: Site, sits_down: SitsDown) -> None:
    """Sato plans the third visit, names one of hers and a paper, all for the two libraries alone.

    Gao accepts the plan and names who comes. In autumn Sato cancels it, and says why; Gao accepts that too. Yun of a
    third library, and whoever reads or searches the public pages, finds neither the visit nor a name. A year later Sato
    begins the next one, and is asked about the number: the third again, or the fourth.
    """
    assert desk.run("index").returncode == 0
    sato, gao = sits_down("sato"), sits_down("gao", second="zh-hans")
    begins(sato)
    sato.presses("Create the draft")
    names(sato, "ndl", OURS)
    sato.goes(f"exchange/{EXCHANGE}/papers/?lang=en")
    types(sato, "#of-ndl", "title:en", PAPER)
    all_saved(sato.page, "#of-ndl")
    sends(sato, "3 texts were sent.")
    accepts(gao)
    names(gao, "nlc", THEIRS)
    sends(gao, "1 text was sent.")
    gao.goes(f"exchange/{EXCHANGE}/people/?lang=en")
    assert (OURS in gao.page.content(), THEIRS in gao.page.content()) == (True, True)
    before = {address: desk.get(f"/{address}").body for address in read_by_all()}

    sato.goes(f"exchange/{EXCHANGE}/plan/")
    sato.presses("Draft a new version")
    sato.goes(f"exchange/{EXCHANGE}/plan/")
    page = sato.page
    page.locator("#making select[name='event.state']").select_option("cancelled")
    sato.unfolds()
    page.locator("#making [name='event.remark.en']").fill(REASON)
    sato.presses("Save", within="main .saving")
    sends(sato, "1 text was sent.")
    accepts(gao)
    gao.goes(f"exchange/{EXCHANGE}/plan/")
    for words in ("Cancelled on", "Not public.", REASON):
        assert words in gao.reads()

    assert desk.run("index").returncode == 0
    yun = sits_down("yun", second="ko")
    for address in (f"exchange/{EXCHANGE}/", f"exchange/{EXCHANGE}/people/"):
        answer = yun.page.goto(f"{desk.address}/desk/{address}")
        assert answer is not None
        assert answer.status == 404
    for address in read_by_all():
        said = desk.get(f"/{address}")
        assert (address, said.status) == (address, 200)
        assert [word for word in (OURS, THEIRS, PAPER, REASON, EXCHANGE) if word in said.body] == [], address
        # Not so much as a mark has changed.
        assert said.body == before[address], address
    for lang in LANGUAGES:
        assert desk.get(f"/{lang}/exchange/{EXCHANGE}/").status == 404

    begins(sato)
    assert sato.page.get_by_label("Number", exact=True).input_value() == "3"
    asked = "Number 3 was cancelled, and is free again. Or: 4 (if the cancelled one keeps its number)."
    assert asked in sato.reads()
    sato.presses("Create the draft")
    assert sato.main().get_by_role("heading", level=1).inner_text().startswith("3rd Visits of two libraries")
    assert "A draft; no partner has a text to answer. Not public." in sato.reads()


def read_by_all() -> list[str]:
    return list(dict.fromkeys(address.format(lang=lang) for lang in ("en", "zh-hans") for address in ADDRESSES))
