"""Three libraries on one server, two of which host as one: what is not announced yet, and what is said later."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest

from koryu.wording.messages import translated
from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.people import Person
from tests.journeys.two_visits import VISITS
from tests.journeys.typist import drafts_on
from tests.site import Site

MEMBERS: Final = "[{id: a, institution: institution/ndl}, {id: b, institution: institution/nlc}"
# The NLC and the NLK host, and travel, as one; they hosted the first, and the NDL the second.
THREE: Final = (
    VISITS.replace(
        f"institutions: {MEMBERS}]",
        f"institutions: {MEMBERS}, {{id: c, institution: institution/nlk}}]\n"
        "    sides: [{id: s, institutions: [institution/nlc, institution/nlk]}]",
    )
    .replace("[institution/ndl, institution/nlc]", "[institution/ndl, institution/nlc, institution/nlk]")
    .replace("hosts: [institution/nlc]", "hosts: [institution/second]")
    .replace("hosts: [institution/ndl]", "hosts: [institution/nlc, institution/nlk]")
    .replace("institution/second", "institution/ndl")
)
CHINA: Final = f"calendar/?of={quote('tag:127.0.0.1,2026:institution/nlc')}"


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of three libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("three-sides"), THREE) as site:
        yield site


def ko(message: str) -> str:
    """What a message is in Korean."""
    return translated(message, "ko")


def works_in(person: Person, country: str, address: str, save: str) -> None:
    person.goes(address)
    person.page.locator("#country").select_option(country)
    person.presses(save, within="section[aria-labelledby=country-heading]")


def accepts(head: Person, title: str) -> None:
    head.takes_up(title)
    head.presses("Accept this text")
    head.presses("Accept this text")


def test_two_that_host_as_one_and_a_day_that_is_said_after_the_dates_were_agreed(
    desk: Site, sits_down: SitsDown
) -> None:
    """Yun of the NLK, who reads Korean, takes the inspection of her parliament into her calendar: it is not announced.

    Ito of the NDL begins the third visit, which the NLC and the NLK host as one. In the year that he sees, the
    inspection is hatched. All three agree to a week of the autumn. Then Yun says of one day of that week that it is
    none: Ito reads it on his page of what is to be done, and so does she.
    """
    yun = sits_down("yun", second="en")
    yun.opens_menu()
    with yun.page.expect_navigation():
        yun.page.get_by_role("button", name="한국어").first.click()
    works_in(yun, "KR", "calendar/", ko("Save"))
    yun.page.locator("[name=code][value=kr-inspection]").check()
    yun.presses(ko("Save"), within="section[aria-labelledby=suggested-heading]")
    assert yun.page.locator("html").get_attribute("lang") == "ko"

    ito = sits_down("ito")
    works_in(ito, "JP", "calendar/", "Save")
    works_in(ito, "CN", CHINA, "Save")
    for link in ("Exchanges", "Begin the next", "Visits of two libraries"):
        ito.follows(link, within="main" if link != "Exchanges" else "header")
    assert [
        ito.page.get_by_role("checkbox", name=name).is_checked()
        for name in ("National Diet Library", "National Library of China", "National Library of Korea")
    ] == [False, True, True]
    ito.presses("Create the draft")
    here = ito.page.url.partition("/desk/")[2]
    title = ito.main().get_by_role("heading", level=1).inner_text()

    ito.goes(f"{here}dates/")
    for box, typed in (("first", "2030-10-01"), ("last", "2030-12-06"), ("length", "5"), ("meeting_days", "3")):
        ito.page.locator(f"#{box}").fill(typed)
    ito.presses("Find dates")
    assert ito.page.locator("svg.year.across rect.avoided.may-move").count() == 1
    with ito.page.expect_navigation():
        ito.main().get_by_role("button", name="Take these dates").first.click()
    (draft,) = drafts_on(desk, "exchange")
    arrival = date.fromisoformat(draft["dates"][0]["date"][:10])

    ito.goes(f"{here}send/")
    ito.presses("Submit what is ticked for approval")
    sato = sits_down("sato")
    sato.follows(re.compile("^Approve and send"))
    sato.presses(re.compile("^Approve and send"))
    for name in ("gao", "han"):
        accepts(sits_down(name), title)

    ito.goes(f"{here}dates/?year=2030")
    assert ito.page.locator("svg.year.across rect.frame.agreed").count() == 1
    ito.goes("")
    assert "Look at the agreed dates again" not in ito.reads()
    second = arrival + timedelta(days=1)
    yun.goes("calendar/")
    yun.page.locator("#day").fill(second.isoformat())
    yun.page.locator("#why").fill("국정감사")
    yun.presses(ko("Add a day"))
    yun.goes("")
    assert ko("Look at the agreed dates again") in yun.reads()
    ito.goes("")
    assert re.search(f"National Library of Korea no longer works on {second.day} \\w+ 2030", ito.reads())
    # Why, is hers to say.
    assert "국정감사" not in ito.reads()
