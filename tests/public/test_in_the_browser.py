"""Pages in a real browser: axe finds nothing, nothing leaves the host, nothing is wider than a phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.eyes import VIOLATIONS, Eyes
from tests.site import Site

# One page of each kind, those that hold most; and the others.
PAGES = (
    "",
    "about/",
    "programme/",
    "programme/ndl-nlc/",
    "programme/ndl-nlc/history/",
    "exchange/",
    "exchange/ndl-nal-nars-1/",
    "institution/",
    "institution/nlc/",
    "agreement/ndl-nlc-1999/",
    "service/",
    "outcome/nlc-branch-libraries/",
    "theme/",
    "work/",
    "work/ndl-exchange-activities/",
    "timeline/",
    "timeline/2010-2019/",
    "timeline/2017/",
    "network/",
    "browse/",
    "browse/place/seoul/",
    "new/",
    "exchange/ndl-nlk-20/",
    "exchange/ndl-nlk-17/",
    "exchange/ndl-nlk-20/beside/zh-hans/",
    "person/",
    "person/lee-kyung-ku/",
    "participation/ndl-nlk-20-ndl/",
    "timetable/ndl-nlk-20/",
    "institution/ndl/",
    "work/page/2/",
    "find/",
    "find/?q=toshokan",
    "find/?q=%E4%BA%A4%E6%B5%81&kind=paper&from=1990&to=2019",
    "find/?q=Murakmi",
    "none/",
)
LOOKS: dict[str, Any] = {
    "wide-light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "phone-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}
# The same HTML on a phone in the dark can differ in its colours and in how large its targets are.
ON_A_PHONE = {**VIOLATIONS, "runOnly": ["color-contrast", "target-size", "scrollable-region-focusable"]}
# Each page on a wide screen, a third of them on a phone; all of them in all four languages on both: `./run look`.
LOOKED_AT = [("wide-light", "ja", VIOLATIONS), ("phone-dark", "ko", ON_A_PHONE)]


@pytest.fixture(params=LOOKS)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(**LOOKS[request.param])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("page", "language", "rules"), LOOKED_AT, indirect=["page"])
def test_axe_finds_nothing_and_nothing_leaves_the_host(
    site: Site, page: Page, eyes: Eyes, language: str, rules: dict[str, Any]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES if rules is VIOLATIONS else PAGES[::3]:
        page.goto(f"{site.address}/{language}/{path}")
        eyes.measure(page)
        if eyes.shows_new(page, f"public {language}"):
            eyes.look(page, rules)
    assert {url for url in asked if not url.startswith((site.address, "data:"))} == set()


@pytest.mark.parametrize("page", ["phone-dark"], indirect=True)
def test_on_a_phone_no_page_is_wider_in_english_and_each_leads_to_its_other_languages(
    site: Site, page: Page, eyes: Eyes
) -> None:
    """English has the longest words; the other languages on a phone: axe in Korean above, all of them `./run look`."""
    for place, path in enumerate(PAGES[1::2]):
        page.goto(f"{site.address}/en/{path}")
        eyes.measure(page)
        # The menu is the same on every page; where it leads is not.
        if place % 4 or path == PAGES[-1]:
            continue
        page.get_by_text("Menu", exact=True).click()
        page.get_by_role("link", name="한국어", exact=True).click()
        assert page.url == f"{site.address}/ko/{path}"
        assert page.locator("html").get_attribute("lang") == "ko"


def test_suggestions_come_while_typing_and_lead_to_an_answer(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/ja/find/")
    box = page.get_by_role("combobox")
    box.press_sequentially("tosho")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert Axe().run(page, options=VIOLATIONS).response["violations"] == []
    box.press("ArrowDown")
    chosen = options.first.inner_text()
    assert options.first.get_attribute("aria-selected") == "true"
    box.press("Enter")
    page.wait_for_url("**/ja/find/?q=*")
    assert page.get_by_role("searchbox").or_(page.get_by_role("combobox")).input_value() == chosen
    assert page.locator("main mark").first.inner_text() != ""


def test_without_script_the_box_is_a_form(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/ko/")
    page.get_by_role("searchbox").fill("toshokan")
    page.get_by_role("search").get_by_role("button").click()
    assert page.url == f"{site.address}/ko/find/?q=toshokan"
    assert page.locator("main mark").count() > 0
    context.close()
