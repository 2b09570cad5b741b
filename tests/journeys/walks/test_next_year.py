"""The next exchange begun from the last, dated, agreed by letter and moved, by an officer alone: whole in Japanese."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import FilePayload, Locator

from koryu.wording.messages import translated
from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.people import Person
from tests.journeys.walks.test_by_mail import HARBOUR, LETTER
from tests.site import Site

MOST_PAGES, MOST_CLICKS = 3, 12
PRIVATE = "8日に来るかもしれない"
HARBOUR_LIBRARY = "tag:127.0.0.1,2026:institution/harbour"


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme with a library that only writes is on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("next-year"), HARBOUR) as site:
        yield site


def ja(message: str) -> str:
    """What a message is in Japanese."""
    return translated(message, "ja")


def keeps_calendars(ito: Person) -> None:
    """The countries of both, and when the partner counts its stock, as it has told."""
    for address, country in (("calendar/", "JP"), (f"calendar/?of={quote(HARBOUR_LIBRARY)}", "CN")):
        ito.goes(address)
        ito.page.locator("#country").select_option(country)
        ito.presses(ja("Save"), within="section[aria-labelledby=country-heading]")
    new = f"form[aria-label='{ja('Add a period')}']"
    for name, typed in (("days", "2030-11-11/2030-11-15"), ("label", "馆藏清点"), ("told_by", "6月3日付け書簡")):
        ito.page.locator(f"{new} [name={name}]").fill(typed)
    ito.page.locator(f"{new} [name=effect]").select_option("ruled out")
    ito.presses(ja("Add a period"))


def finds_dates(ito: Person, here: str) -> None:
    """What is possible for both in November; two weeks are put forward."""
    ito.goes(f"{here}dates/")
    for box, typed in (("first", "2030-11-02"), ("last", "2030-12-06"), ("length", "5"), ("meeting_days", "3")):
        ito.page.locator(f"#{box}").fill(typed)
    ito.presses(ja("Find dates"))
    assert ito.page.locator("svg.year.across rect.ruled-out").count() == 1
    assert (
        "馆藏清点" in ito.page.locator("svg.year.across title").all_inner_texts().__str__() or "馆藏清点" in ito.reads()
    )
    for day in ("2030-11-18", "2030-11-25"):
        ito.goes(f"{here}candidates/")
        ito.fills(ja("First day"), day)
        ito.fills(ja("Last day"), f"2030-11-{int(day[-2:]) + 4}")
        ito.presses(ja("Put forward"))


def asks_by_mail_and_types_the_answer(ito: Person) -> None:
    """The dates go to the partner as a text in Chinese; what it answers is typed."""
    ito.page.locator("#letter-heading ~ ul a").click()
    ito.looks()
    assert "2030年11月18日（周一）" in ito.page.locator("#mail").input_value()
    ito.presses(ja("Note that it was sent"))
    ito.page.locator("details:has(#told-1) > summary").click()
    ito.page.locator("#told-1 [name=means][value=letter]").check()
    ito.page.locator("#told-1 [name=told-on]").fill("2030年1月15日")
    answers = ito.page.locator("#told-1 select[name^='says-']")
    answers.nth(0).select_option("preferred")
    answers.nth(1).select_option("possible")
    ito.presses(ja("Save what they answered"))
    assert ja("Possible for all") in ito.reads()
    with ito.page.expect_navigation():
        ito.main().get_by_role("button", name=ja("Take these dates")).first.click()
    ito.looks()
    assert ito.told() == ja("The dates were written into the draft. Nothing was sent to anyone.")


def is_agreed_by_letter(ito: Person, here: str) -> None:
    """The plan is sent, and the letter that accepts it is recorded."""
    ito.goes(f"{here}send/")
    ito.presses(ja("Approve and send what is ticked"))
    ito.goes(f"{here}received/")
    letter = FilePayload(name="re.pdf", mimeType="application/pdf", buffer=LETTER)
    ito.page.locator("#letter").set_input_files(letter)
    ito.page.locator("#dated").fill("2026年9月2日")
    ito.page.locator("#signed-by").fill("国际交流处")
    ito.page.locator("[name^='answer:'][value=accepts]").check()
    ito.presses(ja("Record this"))


def sends_the_invitation(ito: Person, sato: Person, here: str) -> None:
    """A letter in Chinese, approved by the head, sent by post."""
    ito.goes(f"{here}letters/")
    ito.page.locator("#langs-invitation").select_option("zh-Hans")
    with ito.page.expect_navigation():
        ito.page.locator("tr:has(#langs-invitation) button").click()
    ito.looks()
    ito.presses(ja("Submit for approval"))
    sato.goes(ito.page.url.partition("/desk/")[2])
    sato.presses("Approve this letter")
    ito.goes(ito.page.url.partition("/desk/")[2])
    ito.page.locator("#send-on").fill("2026-09-03")
    ito.page.locator("#send-to").fill("海港图书馆")
    ito.presses(ja("Mark the letter as sent"))


def moves_by_a_week(ito: Person, here: str) -> None:
    """The other week is taken instead, and agreed by letter as well."""
    ito.goes(f"{here}candidates/")
    with ito.page.expect_navigation():
        ito.main().get_by_role("button", name=ja("Take these dates")).last.click()
    is_agreed_by_letter(ito, here)


def step(ito: Person, code: str) -> Locator:
    """The row of a step in the schedule."""
    return ito.main().locator(f"table.schedule-steps tr:has(a[href='?step={code}#change'])")


def test_an_officer_plans_the_next_exchange_with_a_partner_that_only_writes(desk: Site, sits_down: SitsDown) -> None:
    """Ito of the NDL has the second visit of the Harbour Library to plan, alone and in Japanese.

    He begins it from what is on record, in three pages and a handful of clicks. He keeps what the partner told of its
    days, finds weeks that are possible, sends them as a text in Chinese and types the answer. The dates are taken and
    agreed by letter, the schedule counts from them, and the invitation that leaves does its step. The visit moves by a
    week: the days before and after are told, the day of the hotel that he has set stays, and the invitation is asked
    for anew. Sato, his head, sees all of it. Gao, of a library that takes no part, is told of no such exchange.
    """
    sato = sits_down("sato", second="ko")
    sato.goes("people/")
    sato.page.get_by_label("Exchanges", exact=True).check()
    sato.presses("Allow officers to send these")
    ito = sits_down("ito", second="en")
    ito.opens_menu()
    with ito.page.expect_navigation():
        ito.page.get_by_role("button", name="日本語").first.click()
    assert ito.page.locator("html").get_attribute("lang") == "ja"
    keeps_calendars(ito)

    ito.goes("")
    clicks, pages = 0, list[str]()
    for link in ("Exchanges", "Begin the next", "海港相互訪問"):
        ito.follows(ja(link), within="main" if link != "Exchanges" else "header")
        clicks, pages = clicks + 1, [*pages, ito.page.url]
    assert ito.page.locator("[name=number]").input_value() == "2"
    assert ito.page.get_by_role("checkbox", name="国立国会図書館").is_checked()
    assert "海港図書館" in ito.reads()
    ito.presses(ja("Create the draft"))
    assert (len(pages) <= MOST_PAGES, clicks + 1 <= MOST_CLICKS) == (True, True)
    here = ito.page.url.partition("/desk/")[2]
    assert ito.main().get_by_role("heading", level=1).inner_text().startswith("第2回海港相互訪問")

    ito.follows(ja("The whole plan"))
    ito.presses(ja("Save and read the draft"))
    ito.presses(ja("Share with partners for comment"))
    finds_dates(ito, here)
    asks_by_mail_and_types_the_answer(ito)
    is_agreed_by_letter(ito, here)

    ito.goes(f"{here}schedule/")
    ito.presses(ja("Begin the schedule"))
    ito.goes(f"{here}schedule/?step=host-hotel")
    ito.fills(ja("Day, set by hand; empty: counted"), "2030-09-03")
    ito.presses(ja("Save the day"))
    sends_the_invitation(ito, sato, here)
    ito.goes(f"{here}schedule/")
    assert step(ito, "host-invitation").get_attribute("class") == "closed"

    moves_by_a_week(ito, here)
    ito.goes(f"{here}schedule/")
    says = ito.reads()
    assert ja("The dates have moved") in says
    assert ja("Sent for other dates") in says
    assert "2030年9月3日" in step(ito, "host-hotel").inner_text()
    ito.presses(ja("Do it again"))
    assert step(ito, "host-invitation").get_attribute("class") != "closed"
    ito.presses(ja("Noted"))
    assert ja("The dates have moved") not in ito.reads()

    ito.goes(here)
    ito.fills(ja("What is to be done"), "中国語の題名")
    ito.fills(ja("Due"), "2030年10月10日")
    ito.presses(ja("Add a step"))
    assert "2030年10月10日" in ito.reads()
    ito.fills(ja("A note"), PRIVATE)
    ito.presses(ja("Save as a telephone note"))
    assert PRIVATE in ito.reads()

    sato.goes(here)
    assert PRIVATE in sato.reads()
    gao = sits_down("gao", second="zh-hans")
    answer = gao.page.goto(f"{desk.address}/desk/{here}")
    assert answer is not None
    assert (answer.status, PRIVATE in gao.page.content()) == (404, False)
