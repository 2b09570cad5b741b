"""A visit by private links: a delegate on a telephone, an interpreter's brief, and a file for no connection."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import commands
from tests.eyes import Eyes
from tests.journeys.people import PHONE
from tests.site import Site, answering

# What was done before: everything of a visit that is on now stands, with an arrival, a room and a term; somebody is at
# the desk. And what happens this morning: the host sends another version of the timetable.
BEFORE: Final = """
import django; django.setup()
import json
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from koryu.desk import clock
from koryu.institutions import actions as people, models
from koryu.planning import actions as planning
from tests import visit
from tests.world import EXCHANGE, NDL, NLC, PROGRAMME, stands
today = clock.today()
day = lambda more: (today + timedelta(days=more)).isoformat()
visit.houses()
stands(visit.plan(dates=[{"id": "d", "scope": "trip", "date": f"{day(-1)}/{day(6)}"}]), NDL, NLC)
visit.halves()
sessions = [{**each, "date": day(place)} for place, each in enumerate(visit.SESSIONS)]
visit.says(NDL, visit.days(sessions), visit.DAYS)
people.appoint(username="ito", name="伊藤 健", institution=NDL, role="officer")
said = {"institution": NDL, "seen": {}, "delete_on": today, "by": "ito", "at": clock.now()}
shen = {"person": "沈文远", "member": f"{visit.GUESTS} shen"}
planning.keep_arranged(exchange=EXCHANGE, sheet="rooms", rows={"r": {**shen, "room": "605"}}, **said)
planning.keep_arranged(exchange=EXCHANGE, sheet="calls", rows={"r": {"who": "森 健一", "phone": "+81 3 3506"}}, **said)
term = {"term": {"ja": "納本", "zh-Hans": "缴存", "source": "ja"}}
planning.keep_arranged(exchange=PROGRAMME, sheet="terms", rows={"r": term}, **said)
client = Client()
client.force_login(models.Account.objects.get(username="ito"), backend="koryu.desk.account.backend.OneStatement")
print(json.dumps(client.cookies["koryu-session"].value))
"""
THIS_MORNING: Final = """
import django; django.setup()
from datetime import timedelta
from koryu.consent import actions, queries
from koryu.desk import clock
from tests import visit
from tests.world import NDL
day = lambda more: (clock.today() + timedelta(days=more)).isoformat()
sessions = [{**each, "date": day(place)} for place, each in enumerate(visit.SESSIONS)]
sessions[0] |= {"start": "10:30"}
said = {"institution": NDL, "record": visit.DAYS, "by": "head", "at": clock.now()}
actions.propose(document=visit.days(sessions), replaces=queries.history(visit.DAYS).in_force, **said)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A server of its own, and the session of an officer of the host."""
    home = tmp_path_factory.mktemp("visit") / "home"
    home.mkdir()
    prepared = Site(home, 0)
    session = json.loads(commands.python(BEFORE, environment=prepared.environment).splitlines()[-1])
    done = prepared.run("prepare")
    assert done.returncode == 0, done.stderr
    with answering(home) as answers:
        yield answers, session


@pytest.fixture
def opens(browser: Browser, tmp_path: Path) -> Iterator[BrowserContext]:
    """A telephone on which nobody has an account; no script runs on it."""
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN", accept_downloads=True)
    yield context
    context.close()


def makes(page: Page, at: str, *, scope: str, person: str, language: str) -> str:
    page.goto(at)
    page.locator(f'input[name="scope"][value="{scope}"]').check()
    chosen = page.locator("select#person option", has_text=person).first
    page.locator("select#person").select_option(value=chosen.get_attribute("value"))
    page.locator("select#language").select_option(language)
    page.get_by_role("button", name="Make the link").click()
    return page.locator("input#secret").input_value()


def test_a_delegate_sees_what_changed_this_morning_and_an_interpreter_has_a_brief(
    site: tuple[Site, str], browser: Browser, opens: BrowserContext, eyes: Eyes, tmp_path: Path
) -> None:
    """Ito gives Shen a link in Chinese, and He, who interprets, one in Japanese.

    Shen opens it on a telephone: today stands first, and the room. The opening is moved by half an hour; when she opens
    it again, that is what she reads first. She keeps the page as a file, and opens that where there is no connection.
    He finds the names with their readings and what is missing. Ito sees how often each was opened, and ends both.
    """
    server, session = site
    desk = browser.new_context(locale="en-GB")
    desk.add_cookies([{"name": "koryu-session", "value": session, "url": f"{server.address}/desk/"}])
    ito, at = desk.new_page(), f"{server.address}/desk/exchange/e/links/"
    ito.goto(f"{server.address}/desk/exchange/e/arrangements/")
    eyes.look(ito)
    for_shen = makes(ito, at, scope="delegate", person="沈文远", language="zh-hans")
    eyes.look(ito)
    for_he = makes(ito, at, scope="interpreter", person="何静", language="ja")

    phone = opens.new_page()
    phone.goto(for_shen)
    text = phone.locator("main").inner_text()
    assert text.index("10:00–11:30") < text.index("国家图书馆的新馆")
    assert "605" in text
    commands.python(THIS_MORNING, environment=server.environment)
    phone.reload()
    first = phone.locator("main section").first
    assert "→ 10:30–11:30" in first.inner_text()
    assert first.locator("li.new").count() == 1
    assert opens.cookies() == []

    with phone.expect_download() as coming:
        phone.locator("nav .save a").click()
    kept = tmp_path / coming.value.suggested_filename
    coming.value.save_as(kept)
    opens.set_offline(True)
    phone.goto(kept.as_uri())
    assert "→ 10:30–11:30" in phone.locator("main").inner_text()
    assert phone.locator("p.saved").inner_text()
    # Its style came with it.
    assert phone.evaluate("getComputedStyle(document.querySelector('.changes li')).borderLeftWidth") == "3px"

    # With script, to be looked at by axe: by day on a telephone, by night on a wide screen.
    for screen, scheme in ((PHONE, "light"), ({"width": 1280, "height": 900}, "dark")):
        looking = browser.new_context(viewport=screen, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]  # -- as Playwright has them
        page = looking.new_page()
        for address in (for_shen, for_he, f"{server.address}/v/nothing/"):
            page.goto(address)
            eyes.look(page)
            eyes.measure(page)
        page.goto(for_he)
        brief = page.locator("main").inner_text()
        assert all(words in brief for words in ("しん・ぶんえん", "He Jing", "もり けんいち", "納本", "缴存"))
        looking.close()

    ito.goto(at)
    assert ito.locator("td[data-is=Opened]").all_inner_texts() == ["4", "5"]
    for left in (1, 0):
        ito.get_by_role("button", name="End it").first.click()
        ito.get_by_text("The link was ended.").wait_for()
        assert ito.get_by_role("button", name="End it").count() == left
        ito.goto(at)
    opens.set_offline(False)
    answer = phone.goto(for_shen)
    assert answer is not None
    assert answer.status == 404
    desk.close()
