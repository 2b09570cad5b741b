"""Somebody at the desk, who does one thing after another; every page they come to is looked at, in two languages."""

import re
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Locator, Page, ViewportSize

from tests.eyes import Eyes
from tests.journeys.founding import PASSWORD
from tests.site import Site

PHONE: Final = ViewportSize(width=390, height=844)


@dataclass
class Person:
    """Somebody at a browser. They read English on a wide screen by day; beside it the same is in `second` by night."""

    site: Site
    page: Page
    eyes: Eyes
    second: str
    script: bool = True
    beside: Page | None = None

    def signs_in(self, username: str, password: str = PASSWORD) -> None:
        self.goes("")
        self.fills("User name", username)
        self.fills("Password", password)
        self.presses("Sign in")

    def goes(self, path: str) -> None:
        """Open a page of the desk."""
        self.page.goto(f"{self.site.address}/desk/{path}")
        self.looks()

    def follows(self, link: str | re.Pattern[str], *, within: str = "body") -> None:
        """Follow the first link so called."""
        found = self.page.locator(within).get_by_role("link", name=link, exact=True)
        if not found.count():
            self.opens_menu()
        with self.page.expect_navigation():
            found.first.click()
        self.looks()

    def opens_menu(self) -> None:
        """Open the menu that bears their name."""
        self.page.locator(".menu > summary").click()

    def unfolds(self) -> None:
        """Open whatever a form has folded."""
        folds = self.main().locator("details.more-fields:not([open]) > summary:visible")
        while folds.count():
            folds.first.click()

    def takes_up(self, title: str, says: str = "") -> None:
        """Open what is to be done: of that title, and of which this is said."""
        self.goes("")
        named = self.page.get_by_text(title, exact=True)
        task = self.main().get_by_role("row").filter(has=named).filter(has_text=says)
        with self.page.expect_navigation():
            task.locator("a.act").first.click()
        self.looks()

    def presses(self, button: str | re.Pattern[str], *, within: str = "body") -> None:
        """Press the one button so called, and come to another page."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("button", name=button, exact=True).click()
        self.looks()

    def fills(self, label: str, text: str) -> None:
        self.unfolds()
        self.page.get_by_label(label, exact=True).fill(text)

    def chooses(self, label: str, choice: str) -> None:
        self.unfolds()
        self.page.get_by_label(label, exact=True).select_option(label=choice)

    def drafts_agreement(self, name: str, *, title: str, kind: str, with_whom: str) -> None:
        """Begin the draft of an agreement with one other institution, from nothing, and come to read it."""
        self.goes("begin/")
        self.chooses("Kind of record", "agreement")
        self.fills("Short name (part of the web address)", name)
        self.presses("Create the draft")
        self.says_title(title)
        self.page.get_by_label(re.compile("^Kind ")).select_option(label=kind)
        self.finds("Participating institutions 2", with_whom)
        self.presses("Save and read the draft")

    def says_title(self, title: str) -> None:
        self.page.get_by_role("group", name=re.compile("^Title")).get_by_label("English", exact=True).fill(title)

    def finds(self, label: str, name: str) -> None:
        """Type the name of a record into a line of the form, save, and choose it among what was found."""
        self.lets_search()
        self.fills(label, name)
        self.presses("Save", within="main .saving")
        self.page.get_by_role("radio", name=name).check()

    def lets_search(self) -> None:
        """Have the search catch up, as what runs beside a server does. Before the first time there is none."""
        assert self.site.run("index").returncode == 0

    def main(self) -> Locator:
        return self.page.locator("main")

    def reads(self) -> str:
        """What the page says, on one line."""
        return " ".join(self.main().inner_text().split())

    def told(self) -> str:
        """What the page says was done."""
        return " ".join(self.page.get_by_role("status").first.inner_text().split())

    def looks(self) -> None:
        """Look at the page one came to; and at the same page in the second language, on a phone, by night."""
        if not self.script:
            return
        if self.eyes.is_new(self.page, "en"):
            self.eyes.measure(self.page)
            if self.eyes.shows_new(self.page, "wide by day"):
                self.eyes.look(self.page)
        if not self.eyes.is_new(self.page, self.second):
            return
        context = self.page.context
        if self.beside is None:
            self.beside = context.new_page()
            self.beside.set_viewport_size(PHONE)
            self.beside.emulate_media(color_scheme="dark")
        context.add_cookies([{"name": "koryu-language", "value": self.second, "url": f"{self.site.address}/desk/"}])
        self.beside.goto(self.page.url)
        context.clear_cookies(name="koryu-language")
        self.eyes.measure(self.beside)
        if self.eyes.shows_new(self.beside, "phone by night"):
            self.eyes.look(self.beside)
