"""Two libraries choose the dates of a visit: each says in its own language what suits it, and nobody is outvoted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.two_visits import VISITS
from tests.journeys.typist import drafts_on
from tests.site import Site

# The same programme, with the National Library of Korea.
VISITS_TO_SEOUL = VISITS.replace("institution/nlc", "institution/nlk")


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("candidate-dates"), VISITS_TO_SEOUL) as site:
        yield site


def test_two_libraries_say_what_suits_them_and_the_date_possible_for_both_is_taken(
    desk: Site, sits_down: SitsDown
) -> None:
    """Ito of the NDL begins the third visit, shows the draft, and puts two weeks of November forward.

    Yun of the NLK reads them in Korean: the first week is not possible, there is an inventory; the second she prefers.
    Ito had preferred the first, and finds the second before it, possible for both. He takes it, and it stands in his
    draft; of what is in the calendars each has seen nothing but what was said.
    """
    ito = sits_down("ito")
    for link in ("Exchanges", "Begin the next", "Visits of two libraries"):
        ito.follows(link, within="main" if link != "Exchanges" else "header")
    ito.presses("Create the draft")
    here = ito.page.url.partition("/desk/")[2]
    ito.follows("The whole plan")
    ito.presses("Save and read the draft")
    ito.presses("Share with partners for comment")
    ito.goes(f"{here}plan/")
    ito.follows("Candidate dates")
    for first, last, says in (("2030-11-11", "2030-11-15", "preferred"), ("18-22 November 2030", "", "possible")):
        ito.fills("First day", first)
        ito.fills("Last day", last)
        ito.chooses("For us", says)
        ito.presses("Put forward")
    assert "Candidate dates are with National Library of Korea." in ito.reads()

    yun = sits_down("yun", second="ko")
    yun.opens_menu()
    with yun.page.expect_navigation():
        yun.page.get_by_role("button", name="한국어").first.click()
    yun.goes(f"{here}candidates/")
    assert yun.page.locator("html").get_attribute("lang") == "ko"
    assert "2030년 11월 18일(월)" in yun.reads()
    answers = yun.main().locator("select[name^='says-']")
    answers.nth(0).select_option("not possible")
    yun.main().locator("input[name^='remark-'][form='answers']").nth(0).fill("장서 점검")
    answers.nth(1).select_option("preferred")
    with yun.page.expect_navigation():
        yun.main().locator("button[name='answer']").click()
    assert yun.main().locator("button[name='take']").count() == 0

    ito.goes(f"{here}candidates/")
    says = ito.reads()
    assert "Possible for all: 18–22 November 2030" in says
    assert "장서 점검" in says
    # What is possible for both stands before what one of them would have preferred.
    assert says.index("Mon 18 November 2030") < says.index("Mon 11 November 2030")
    with ito.page.expect_navigation():
        ito.main().get_by_role("button", name="Take these dates").first.click()
    ito.looks()
    assert ito.told() == "The dates were written into the draft. Nothing was sent to anyone."
    (draft,) = drafts_on(desk, "exchange")
    assert [dated["date"] for dated in draft["dates"]] == ["2030-11-18/2030-11-22"]
    ito.follows("Year plan")
    ito.goes("year/2030/")
    assert "3rd Visits of two libraries" in ito.reads()
