"""Somebody who types into the sheets of an exchange with key events, and what the server has of it afterwards."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Locator, Page

from tests.commands import python
from tests.journeys.people import Person
from tests.site import Site

KEY: Final = 0.28
CLICK: Final = 1.3
PAGE: Final = 1.0
# What stands in pasted lists beside names, and must be kept nowhere.
PASSPORT: Final = "EK0099887"
# A cell is pasted into as a spreadsheet does it: with a table, and with the same in lines.
PASTES: Final = """(cell, rows) => {
  const held = new DataTransfer();
  held.setData("text/plain", rows.map((row) => row.join("\\t")).join("\\r\\n"));
  const table = rows.map((row) => `<tr>${row.map((text) => `<td class=xl65>${text}</td>`).join("")}</tr>`).join("");
  held.setData("text/html", `<html><body><!--StartFragment--><table>${table}</table></body></html>`);
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
}"""


@dataclass
class Measured:
    """What somebody did: pages come to, acts (fields typed, clicks, picks), keys."""

    pages: int = 0
    acts: int = 0
    clicks: int = 0
    keys: int = 0

    def minutes(self) -> float:
        return (self.keys * KEY + self.clicks * CLICK + self.pages * PAGE) / 60


@dataclass
class Typist:
    """Somebody who types with key events, and counts."""

    person: Person
    did: Measured = field(default_factory=Measured)

    def goes(self, path: str) -> None:
        self.person.goes(path)
        self.did.pages += 1

    def presses(self, button: str, *, within: str = "main") -> None:
        self.person.presses(button, within=within)
        self.did.pages += 1
        self.clicked()

    def clicked(self) -> None:
        self.did.acts += 1
        self.did.clicks += 1

    def types(self, text: str) -> None:
        self.person.page.keyboard.type(text)
        self.did.acts += 1
        self.did.keys += len(text)

    def down(self, section: str, column: str, texts: list[str]) -> None:
        """Type a column from its first cell on, with Enter to the next row; a column of which nothing is known, not."""
        if not any(texts):
            return
        cell(self.person.page, section, 0, column).click()
        self.clicked()
        # Over what stands there: a new member is one by role already.
        self.person.page.keyboard.press("Control+a")
        self.did.keys += 1
        for text in texts:
            if text:
                self.types(text)
            self.person.page.keyboard.press("Enter")
            self.did.keys += 1

    def saves(self, section: str) -> None:
        """Press the key that saves, and wait until the server has all that was typed into a list."""
        all_saved(self.person.page, section)


def cell(page: Page, section: str, row: int, column: str) -> Locator:
    """A cell of a sheet by its row, counted from 0, and its column as the form names it."""
    return page.locator(f"{section} .in-rows table.rows tbody tr[data-row]").nth(row).locator(f"[name$='/{column}']")


def column_of(page: Page, column: str) -> list[str]:
    """What stands in a column of the one sheet of a page, from row to row."""
    return [
        box.input_value() for box in page.locator(f"table.rows tbody tr[data-row]:not(.new) [name$='/{column}']").all()
    ]


def all_saved(page: Page, section: str = "") -> None:
    """Press the key that saves, and wait until the server has all that was typed into the list of a section."""
    page.keyboard.press("Control+Enter")
    page.locator(f"{section} [data-saved][data-said=saved]").wait_for()


def drafts_on(desk: Site, kind: str) -> list[dict[str, Any]]:
    """The drafts of a kind as they are kept, in the order in which they were begun."""
    code = (
        "import json; from koryu.consent import models; "
        f"print(json.dumps([d.content for d in models.DraftRow.objects.filter(kind={kind!r}).order_by('id')]))"
    )
    return list(json.loads(python(code, environment=desk.environment)))
