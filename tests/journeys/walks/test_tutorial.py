"""The tutorial of an exchange, followed to the letter in a practice area; it makes the pictures of the tutorial too."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, FilePayload, Page, ViewportSize

from koryu.cli.practice_people import PASSWORD
from tests.eyes import Eyes
from tests.journeys.people import Person
from tests.site import Site, free_port

ROOT: Final = Path(__file__).parents[3]
TUTORIAL: Final = (ROOT / "docs/tutorial/an-exchange.md").read_text(encoding="utf-8")
PICTURES: Final = ROOT / "docs/pictures"
# What is typed in a shell, not on a page, and the file that one makes.
BESIDE: Final = {"aoyama-head", "aoyama-officer", "letter.txt"}
HERE: Final = "exchange/aoyama-harbour-2/"
LANGUAGES: Final = {"en": "English", "ja": "日本語", "zh-hans": "简体中文", "ko": "한국어"}


class Reader:
    """Somebody who does what the tutorial says: only what stands there is typed or pressed."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page
        self.typed: set[str] = set()

    def word(self, text: str) -> str:
        """A text that the tutorial gives to type."""
        assert f"`{text}`" in TUTORIAL, text
        self.typed.add(text)
        return text

    def named(self, text: str) -> str:
        """A button, link or heading that the tutorial names."""
        assert f"*{text}*" in " ".join(TUTORIAL.split()), text
        return text

    def signs_in(self, username: str) -> None:
        self.page.goto(f"{self.person.site.address}/desk/")
        self.page.fill("input[name=login]", self.word(username))
        self.page.fill("input[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("main form button").first.click()
        self.reads_in("en")

    def signs_out(self) -> None:
        self.person.opens_menu()
        self.person.presses("Sign out")

    def reads_in(self, language: str) -> None:
        self.page.goto(f"{self.person.site.address}/desk/")
        self.person.opens_menu()
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=LANGUAGES[language]).first.click()

    def presses(self, button: str) -> None:
        self.person.presses(self.named(button), within="main")

    def follows(self, link: str, *, within: str = "main") -> None:
        self.person.follows(self.named(link), within=within)

    def goes(self, part: str = "") -> None:
        """A part of the exchange, by its link in the list of parts."""
        self.person.goes(HERE + part)

    def down(self, section: str, column: str, *texts: str) -> None:
        """Type a column from its first cell on, with Enter to the next; '' is a cell left empty."""
        self.page.locator(f"{section} table.rows tbody tr[data-row] [name$='/{column}']").first.click()
        for text in texts:
            if text:
                self.page.keyboard.type(self.word(text))
            self.page.keyboard.press("Enter")

    def saves(self, section: str) -> None:
        self.page.keyboard.press("Control+Enter")
        self.page.locator(f"{section} [data-saved][data-said=saved]").wait_for()

    def receives(self, dated: str, words: str) -> None:
        letter = FilePayload(name="letter.txt", mimeType="text/plain", buffer=words.encode())
        self.page.get_by_label("The file").set_input_files(letter)
        self.page.get_by_label("Date of the letter").fill(dated)
        self.page.get_by_role("radio", name=self.named("accepts exactly this text")).check()


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Site]:
    """A practice area of its own, as `./run demo` opens one beside the record."""
    site = Site(tmp_path, free_port())
    code = "from koryu.cli import main; main()"
    running = subprocess.Popen(
        [sys.executable, "-u", "-c", code, "practice", "--port", str(site.port), "--while-open"],
        env={**os.environ, "KORYU_HOME": str(tmp_path), "KORYU_DEBUG": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert running.stdout is not None
    next(line for line in running.stdout if line.startswith("Practice area: "))
    yield site
    running.communicate(timeout=60)


def pictured(page: Page, reader: Reader, name: str, *, part: str = "") -> None:
    """The page in four languages, or a part of it, as pictures of the tutorial, where these are asked for."""
    if not os.environ.get("KORYU_PICTURES"):
        return
    address = page.url
    for language in LANGUAGES:
        reader.reads_in(language)
        page.goto(address)
        page.set_viewport_size(ViewportSize(width=1100, height=760))
        picture = str(PICTURES / f"{name}-{language}.png")
        if part:
            page.locator(part).first.screenshot(path=picture)
        else:
            page.screenshot(path=picture)
        page.set_viewport_size(ViewportSize(width=1280, height=900))
    reader.reads_in("en")
    page.goto(address)


def test_the_tutorial_of_an_exchange_is_as_it_says(practice: Site, browser: Browser, eyes: Eyes) -> None:
    """Mori of Aoyama follows the tutorial alone, with a partner that only writes, from the plan to the public page."""
    context = browser.new_context(locale="en-GB", viewport=ViewportSize(width=1280, height=900))
    context.set_default_timeout(20_000)
    person = Person(practice, context.new_page(), eyes, "ko")
    reader, page = Reader(person), person.page
    the_plan(reader, page)
    the_letter(reader, page)
    the_parts(reader, page)
    for_everyone(reader, page)
    address = f"{practice.address}/en/exchange/aoyama-harbour-2/"
    page.goto(address)
    for words in ("Ann Whitlow", "小野寺文", "海辺の資料をどう残すか", "8–12 November 2027"):
        assert words in page.inner_text("main"), words
    person.goes(HERE)
    person.fills("A note", reader.word("Photographs were sent"))
    reader.presses("Save the note")
    reader.follows("What is done, left open, public, and deleted when")
    assert "Everybody 5" in person.reads()
    reader.presses("Close")
    assert "Closed on" in person.reads()
    context.close()
    given = set(re.findall(r"`([^`\n]+)`", TUTORIAL))
    assert given - reader.typed - BESIDE == set()


def the_plan(reader: Reader, page: Page) -> None:
    reader.signs_in("aoyama-head")
    reader.follows("People and roles", within="body")
    for kind in ("Exchanges", "People"):
        page.get_by_role("checkbox", name=reader.named(kind), exact=True).check()
    reader.presses("Allow officers to send these")
    reader.signs_out()
    reader.signs_in("aoyama-officer")
    reader.follows("Exchanges", within="body")
    pictured(page, reader, "exchanges")
    reader.follows("Begin the next")
    reader.follows("Practice programme of Aoyama and Harbour")
    assert page.get_by_label("Number", exact=True).input_value() == "2"
    assert page.get_by_role("checkbox", name="Aoyama").is_checked()
    page.get_by_label("Programme year").fill(reader.word("2027"))
    reader.presses("Create the draft")
    assert reader.named("A draft; no partner has a text to answer.") in reader.person.reads()
    reader.goes("plan/")
    page.get_by_role("group", name="Dates").get_by_role("button", name=reader.named("Add")).click()
    page.get_by_label(re.compile("^What it covers")).select_option(label=reader.named("whole visit"))
    page.get_by_label(re.compile("^Date ")).fill(reader.word("8-12 November 2027"))
    reader.person.presses(reader.named("Save"), within="main .saving")
    assert reader.named("What is known of these days") in reader.person.reads()
    reader.goes("send/")
    reader.presses("Approve and send what is ticked")
    reader.goes()
    assert reader.named("to reply: Harbour") in reader.person.reads()


def the_letter(reader: Reader, page: Page) -> None:
    reader.follows("Record what a partner has written or published")
    reader.receives(reader.word("1 December 2026"), "We accept your plan, and send three colleagues.")
    page.get_by_role("checkbox", name=reader.named("The letter allows what it says to be made public")).check()
    lines = TUTORIAL.partition("```\nName\t")[2].partition("\n```")[0]
    page.get_by_label("The list, copied from a spreadsheet or the mail").fill(f"Name\t{lines}")
    reader.presses("Record this")
    assert reader.named("Agreed by letter") in reader.person.reads()
    names: Any = page.locator("#of-harbour table.rows [name$='/name:en']")
    assert [names.nth(row).input_value() for row in range(3)] == ["Ann Whitlow", "Tom Ferris", "Ida Brook"]


def the_parts(reader: Reader, page: Page) -> None:
    reader.presses("Begin our list")
    reader.down("#of-aoyama", "name:ja", "小野寺文（おのでらあや）", "三輪圭（みわけい）")
    reader.down("#of-aoyama", "roles", "head", "interpreter")
    reader.saves("#of-aoyama")
    reader.goes("people/")
    pictured(page, reader, "people", part="#of-aoyama")
    readings = page.locator("#of-aoyama table.rows [name$='/reading:ja']")
    assert [readings.nth(row).input_value() for row in range(2)] == ["おのでらあや", "みわけい"]
    reader.goes("papers/")
    reader.down("#of-aoyama", "label", "L1")
    reader.down("#of-aoyama", "title:ja", "海辺の資料をどう残すか")
    reader.down("#of-aoyama", "speakers", "小野寺文")
    reader.saves("#of-aoyama")
    reader.goes("timetable/")
    reader.presses("Begin the timetable")
    reader.down("main", "day", "9", "", "10")
    reader.down("main", "hours", "10-1030", "1030-12", "1400-")
    reader.down("main", "title:ja", "開会", "講演", "書庫の見学")
    page.locator("main table.rows tbody tr[data-row] [name$='/papers']").nth(1).click()
    page.keyboard.type(reader.word("L1"))
    for row, kind in enumerate(("opening session", "working session", "site visit")):
        page.locator("main table.rows tbody tr[data-row] [name$='/type']").nth(row).select_option(
            label=reader.named(kind)
        )
    reader.saves("main")
    reader.goes("timetable/")
    pictured(page, reader, "timetable", part="main section.part")
    reader.goes("send/")
    pictured(page, reader, "send")
    assert page.locator("main table.send input[name=draft]:checked").count() == 4
    reader.presses("Approve and send what is ticked")
    assert "4 texts were sent." in reader.person.told()


def for_everyone(reader: Reader, page: Page) -> None:
    reader.goes("send/")
    assert reader.named("For the institutions alone") in reader.person.reads()
    reader.presses("Draft what is ticked for everyone")
    reader.goes("plan/")
    page.get_by_role("group", name="State").get_by_label("State").first.select_option(label=reader.named("held"))
    reader.person.presses(reader.named("Save"), within="main .saving")
    reader.goes("send/")
    reader.presses("These names are right")
    assert page.locator("main table.send input[name=draft]:checked").count() == 10
    reader.presses("Approve and send what is ticked")
    assert page.goto(f"{reader.person.site.address}/en/exchange/aoyama-harbour-2/").status == 404  # type: ignore[union-attr]  # -- it answers
    reader.goes("received/")
    reader.receives("20 December 2027", "We agree that everyone may read it.")
    reader.presses("Record this")
