"""The edit page in a browser, with its script and from the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from koryu.archive import actions as search
from koryu.consent import actions, queries
from tests.desk.people import person
from tests.world import AT, COMPILER, NAL, NDL, NLC, exchange, give_voice, put_on_record, uri

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.django_db(transaction=True)
def test_an_officer_drafts_from_the_keyboard_and_what_is_typed_is_saved(
    browser: Browser, live_server: LiveServer
) -> None:
    """Kim types a title and a date, adds an item, picks a host in another script, and never touches a mouse."""
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL)
    search.catch_up()
    officer = person("officer", (NDL, "officer"))
    number = actions.draft(
        institution=NDL,
        record=uri("exchange/d"),
        content=exchange(NDL, NLC).content(),
        replaces=None,
        by="officer",
        at=AT,
    )
    page = signed_in(browser, live_server, officer)
    page.goto(f"{live_server.url}/desk/draft/{number}/edit/")
    assert Axe().run(page, options=RULES).response["violations"] == []

    page.get_by_label("Japanese", exact=True).first.focus()
    page.keyboard.type("業務交流")
    with page.expect_response(lambda answer: "/edit/" in answer.url and answer.ok):
        page.keyboard.press("Tab")

    page.get_by_role("button", name="Add: Dates").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[name^='dates['][name$='.date']")
    assert "dates[" in str(page.evaluate("document.activeElement.name"))
    page.keyboard.press("s")
    page.keyboard.press("Tab")
    page.keyboard.type("2019年11月12日～16日")
    page.wait_for_selector("text=12–16 November 2019")

    page.locator("[id='f-hosts[+]-find']").focus()
    page.keyboard.type("nl")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("[id='f-hosts[0]'] .chosen")

    # What is saved is not sent once more on leaving. (It would come when the server of this test has been put away.)
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(f"{live_server.url}/desk/draft/{number}/")
    assert sent == []
    page.close()

    saved = queries.draft(number)
    assert saved
    assert saved.content["title"] == {"en": "Exchange", "ja": "業務交流", "source": "en"}
    assert [one["date"] for one in saved.content["dates"]] == ["2019-11-12/2019-11-16"]
    assert saved.content["hosts"][0] in (NLC, NDL, NAL)


def signed_in(browser: Browser, server: LiveServer, client: Client) -> Page:
    context = browser.new_context(locale="en-GB")
    for name in ("koryu-session", "koryu-language"):
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": f"{server.url}/desk/"}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page
