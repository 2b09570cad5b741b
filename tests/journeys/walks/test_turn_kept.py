"""Held online twice, a turn is kept; another library hosts in its place, and the next proposal follows from that."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from koryu.wording.messages import translated
from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.people import Person
from tests.site import Site


def held(year: int, host: str, form: str = "visit", places: str = "") -> str:
    """An exchange of the three, as a data set has it."""
    return f"""
  - record: exchange/round-{year}
    kind: exchange
    form: {form}
    event: {{state: held}}
    title: {{en: Table {year}, ja: "{year}年円卓", zh-Hans: "{year}年圆桌", ko: "{year}년 원탁회의", source: en}}
    institutions: [institution/ndl, institution/nlc, institution/nlk]
    programmes: [{{id: p, programme: programme/round}}]
    programme_year: "{year}"
    hosts: [institution/{host}]
    dates: [{{id: d, scope: trip, date: {year}-11-10/{year}-11-14}}]
    sources: *list"""


ROUND: Final = f"""
base: "tag:127.0.0.1,2026:"
recorder: institution/round-compiler
records:
  - record: institution/round-compiler
    kind: institution
    type: compiler of a data set
    title: {{en: Compiler of the round, ja: 円卓の編者, zh-Hans: 圆桌编者, ko: 원탁 편찬자, source: en}}
    kept_by: institution/round-compiler
    sources: &list [{{id: list, work: work/round-list}}]
  - record: work/round-list
    kind: work
    type: webpage
    title: {{en: List of the round, ja: 円卓の一覧, zh-Hans: 圆桌名录, ko: 원탁 목록, source: en}}
    kept_by: institution/round-compiler
  - record: programme/round
    kind: programme
    type: mutual visit programme
    title: {{en: Round table, ja: 円卓会議, zh-Hans: 圆桌会议, ko: 원탁회의, source: en}}
    institutions:
      - {{id: a, institution: institution/ndl}}
      - {{id: b, institution: institution/nlc}}
      - {{id: c, institution: institution/nlk}}
    sources: *list
{held(2021, "ndl")}
{held(2022, "nlk")}
{held(2023, "nlc")}
{held(2024, "ndl", "online exchange")}
{held(2025, "ndl", "online exchange")}
...
"""
NDL, NLC, NLK = (f"tag:127.0.0.1,2026:institution/{name}" for name in ("ndl", "nlc", "nlk"))


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the round table of three libraries is on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("turn"), ROUND) as site:
        yield site


def ko(message: str) -> str:
    """What a message is in Korean."""
    return translated(message, "ko")


def begins_next(person: Person) -> None:
    """From the list of exchanges to what the record suggests for the round table."""
    for link in ("Exchanges", "Begin the next"):
        person.follows(ko(link), within="main" if link != "Exchanges" else "header")
    person.follows("원탁회의", within="main")


def hosts(person: Person) -> list[str]:
    """Who is ticked as host."""
    ticked = person.page.locator("[name=host]:checked")
    return [box.get_attribute("value") or "" for box in ticked.all()]


def why_host(person: Person) -> str:
    """Why, as the page says."""
    return " ".join(person.page.locator("#next-host-why").inner_text().split())


def test_after_two_meetings_online_another_hosts_in_its_place_and_the_next_follows(
    desk: Site, sits_down: SitsDown
) -> None:
    """Han of the NLK, in Korean, begins the round table after two that the NDL held online.

    The turn stayed with the NDL; the NLK comes next only if what was held online counts. The NLK hosts all the same, in
    the place of the NDL. What was held is put on record from a publication, with whose turn it used: now the NLK is
    next itself, and not the NDL, and the page says why. On the plan it can be said that it was nobody's: then the NDL
    is next again.
    """
    han = sits_down("han", second="en")
    han.opens_menu()
    with han.page.expect_navigation():
        han.page.get_by_role("button", name="한국어").first.click()
    begins_next(han)
    assert hosts(han) == [NDL]
    assert "일본국립국회도서관" in why_host(han)
    assert re.search(r"국립중앙도서관 ?\(" + re.escape(ko("if what was held online counts")), why_host(han))
    assert ko("The last two were held online.") in han.reads()

    page = han.page
    page.locator(f"[name=host][value='{NDL}']").uncheck()
    page.locator(f"[name=host][value='{NLK}']").check()
    page.locator("details:has([name=turn]) > summary").click()
    page.locator(f"[name=turn][value='{NDL}']").check()
    page.locator("[name=held]").check()
    page.locator("details:has(#work-title) > summary").click()
    page.locator("#work-title").fill("원탁회의 소식 2026")
    han.presses(ko("Create the draft"))
    here = page.url.partition("/desk/")[2]
    han.goes(f"{here}plan/")
    assert "일본국립국회도서관" in " ".join(page.locator("#f-turn_of").inner_text().split())
    page.locator("button[value='add:dates']").click()
    page.locator("select[name^='dates['][name$='.scope']").select_option("trip")
    page.locator("[name^='dates['][name$='.date']").fill("2026-11-09/2026-11-13")
    han.presses(ko("Save and read the draft"))
    han.presses(ko("Send this text"))
    begins_next(han)
    assert hosts(han) == [NLK]
    says = ko("%(host)s hosted last (%(when)s), in place of %(side)s.")
    when = "2026년 11월 9~13일"
    assert says % {"host": "국립중앙도서관", "when": when, "side": "일본국립국회도서관"} in why_host(han)

    han.goes(f"{here}plan/")
    assert ko("Whose turn it used") in han.reads()
    han.presses(ko("Draft a new version"))
    remove = page.locator("button[value='clear:turn_of[0]']")
    remove.click()
    remove.wait_for(state="detached")
    page.locator("[name='turn_of:none']").check()
    han.presses(ko("Save and read the draft"))
    assert ko("nobody’s") in han.reads()
    han.presses(ko("Send this text"))
    begins_next(han)
    assert hosts(han) == [NDL]
    says = ko("%(exchange)s used nobody’s turn.") % {"exchange": "원탁회의(2026년)"}
    assert says in why_host(han)
