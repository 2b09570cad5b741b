"""Whoever looks at pages in a browser, and does not look twice at what is made in the same way."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What passed is not told: on a long form that takes twice as long as looking.
VIOLATIONS: Final[dict[str, Any]] = {"resultTypes": ["violations"]}
# What axe judges an element by, and the two around it: tag, classes, roles, states, which attributes it has, whether a
# text stands in it. And how the headings follow each other.
SHAPES: Final = """() => {
  const told = /^(role|type|disabled|aria-(?!describedby|labelledby|label|controls|owns|activedescendant))/;
  const own = (at) => [
    at.localName, ...[...at.classList].sort(),
    ...at.getAttributeNames().sort().map((name) => told.test(name) ? `${name}=${at.getAttribute(name)}` : name),
    [...at.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()),
  ].join(" ");
  const known = new Map();
  const shape = (at) => {
    if (!known.has(at)) {
      known.set(at, own(at));
    }
    return known.get(at);
  };
  const shapes = [...document.querySelectorAll("body *")].map((at) =>
    [at, at.parentElement, at.parentElement.parentElement].map(shape).join(" < "));
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((at) => at.localName);
  return [...new Set([...shapes, levels.filter((level, place) => level !== levels[place - 1]).join(" ")])];
}"""


@dataclass(frozen=True)
class Eyes:
    """What was looked at already: a page that looks the same is looked at once in a whole run.

    The folder, empty at first, is the same for all processes of the run.
    """

    folder: Path

    def is_new(self, page: Page, language: str) -> bool:
        """Whether no page with these headings, buttons and reasons was looked at in this language."""
        shown = page.locator("main").locator("h2, button, legend, summary, .reason, .problems").all_text_contents()
        address = re.sub(r"record/tag:.*?/.*?/|\d+|\?.*", "*", page.url)
        return self._is_first("\n".join([address, language, *sorted({*map(str.strip, shown)})]))

    def shows_new(self, page: Page, screen: str) -> bool:
        """Whether anything on a page is made in a way in which nothing was made that was looked at on this screen."""
        first = [self._is_first(f"{screen} {shape}") for shape in page.evaluate(SHAPES)]
        return any(first)

    def look(self, page: Page, rules: dict[str, Any] | None = None) -> None:
        """See whether axe finds anything, by all its rules or by these."""
        violations = Axe().run(page, options=rules or VIOLATIONS).response["violations"]
        told = [f"{violation['id']}: {node['html']}" for violation in violations for node in violation["nodes"]]
        assert told == [], f"{page.url}: {told}"

    def measure(self, page: Page) -> None:
        """See whether a page is wider than the screen."""
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, f"{page.url} is {wider} px wider than the screen"

    def _is_first(self, seen: str) -> bool:
        """Whether nobody has seen this before; from now on somebody has."""
        try:
            (self.folder / sha256(seen.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True
