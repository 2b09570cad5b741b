"""Every page of the shipped record in four languages, looked at: links, HTML, what axe finds, what does not fit.

    ./run look                      everything: half an hour or more
    ./run look --share 10           a tenth of the pages of each kind, and another tenth with another --part
    ./run look /ja/exchange/        only addresses in which this stands

Links that lead to other hosts are not followed.
"""

import argparse
import asyncio
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from tests.html import problems_of
from tests.site import Site, served

WIDE: Final[Any] = {"width": 1280, "height": 900}
PHONE: Final[Any] = {"width": 390, "height": 844}
# Of each kind of page in each language, so many are also looked at on a phone in the dark, by axe as well.
IN_THE_DARK: Final = 2
AXE: Final = (
    "axe.run({resultTypes: ['violations']}).then(found => found.violations.map(one => [one.id, one.nodes[0].html]))"
)
# Puts another page in the place of the one that is shown, with the styles that are there: a browser then sees several
# times as many pages in the same time as when it goes to each.
SHOW: Final = """async address => {
  const other = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  document.documentElement.lang = other.documentElement.lang;
  document.title = other.title;
  document.body.replaceWith(document.adoptNode(other.body));
}"""
WIDER: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def main() -> int:
    """Look at what is named on the command line, or at everything; print each finding; 1 where there is any."""
    asked = _asked()
    here = map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))
    chromium = os.environ.get("CHROMIUM") or next(filter(None, here), None)
    if chromium is None:
        print("./run look needs a browser: apt-get install chromium, or CHROMIUM=/path/to/it.", file=sys.stderr)
        return 2
    home = Path(tempfile.mkdtemp(prefix="koryu-look-"))
    try:
        with served(home) as site:
            pages, found = walked(site, asked.only)
            chosen = share(pages, of=asked.share, part=asked.part)
            found += asyncio.run(seen(site, chosen, chromium=chromium, tabs=asked.tabs))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"{len(pages)} pages walked, {len(chosen)} of them seen in the browser: {found or 'nothing'} found.")
    return 1 if found else 0


def walked(site: Site, only: Iterable[str] = ()) -> tuple[list[str], int]:
    """The pages in whose address any of `only` stands, and how many dead links and how much unsound HTML was found."""
    pages: list[str] = []
    found = 0
    with ProcessPoolExecutor() as others:
        checks = []
        for number, (path, answer) in enumerate(site.walk(), 1):
            _progress("addresses walked", number)
            if answer.status not in (200, 302):
                found += _say(path, f"answered with {answer.status}")
            if any(part in path for part in only or ("",)) and answer.body.startswith("<!doctype html>"):
                pages.append(path)
                checks.append(others.submit(problems_of, answer.body))
        for number, (path, check) in enumerate(zip(pages, checks, strict=True), 1):
            _progress("pages read as HTML", number, len(pages))
            found += sum(_say(path, problem) for problem in check.result())
    return pages, found


def share(pages: Iterable[str], *, of: int, part: int) -> list[str]:
    """One of `of` equal shares of each kind of page, each page in one of them; in an order that has nothing to do with
    their names, so that whoever stops has seen some of everything."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for path in sorted(pages, key=lambda one: hashlib.sha256(one.encode()).digest()):
        kinds[kind_of(path)].append(path)
    chosen = [path for paths in kinds.values() for path in paths[part % of :: of]]
    return sorted(chosen, key=lambda one: hashlib.sha256(one.encode()).digest())


def kind_of(path: str) -> str:
    """What pages have in common that one template makes in one language: `/en/exchange/*/history/`."""
    language, _, rest = path.strip("/").partition("/")
    kind, *named = re.split(r"[/?]", rest)
    return "/".join([language, kind, *("*" for _ in named[:1]), *named[1:2]])


async def seen(site: Site, pages: list[str], *, chromium: str, tabs: int) -> int:
    """How many findings there are in a browser: of axe, and pages that are wider than the screen."""
    waiting, done, dark = iter(pages), iter(range(1, len(pages) + 1)), _some_of_each_kind(pages)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])

        async def tab() -> int:
            page = await _new_page(browser)
            await page.goto(f"{site.address}/en/")
            found = 0
            for path in waiting:
                look = _gone_to if path in dark else _shown
                found += sum(_say(path, one) for one in await look(page, site.address + path))
                _progress("pages seen", next(done), len(pages))
            return found

        return sum(await asyncio.gather(*(tab() for _ in range(tabs))))


def _some_of_each_kind(pages: Iterable[str]) -> frozenset[str]:
    kinds: dict[str, list[str]] = defaultdict(list)
    for path in pages:
        kinds[kind_of(path)].append(path)
    return frozenset(path for paths in kinds.values() for path in paths[:IN_THE_DARK])


async def _new_page(browser: Browser) -> Page:
    context = await browser.new_context(viewport=WIDE, color_scheme="light")
    await context.add_init_script(script=Axe().axe_script)
    return await context.new_page()


async def _shown(page: Page, address: str) -> list[str]:
    """What is found on a page that is shown in the place of another."""
    await page.evaluate(SHOW, address)
    return await _by_day(page)


async def _gone_to(page: Page, address: str) -> list[str]:
    """What is found on a page that is gone to as a reader does, its scripts at work; and on a phone by night."""
    await page.goto(address)
    found = await _by_day(page)
    await page.set_viewport_size(PHONE)
    await page.emulate_media(color_scheme="dark")
    found += [f"axe on a phone in the dark: {name}: {html}" for name, html in await page.evaluate(AXE)]
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size(WIDE)
    return found


async def _by_day(page: Page) -> list[str]:
    found = [f"axe: {name}: {html}" for name, html in await page.evaluate(AXE)] + await _wider(page)
    await page.set_viewport_size(PHONE)
    found += await _wider(page)
    await page.set_viewport_size(WIDE)
    return found


async def _wider(page: Page) -> list[str]:
    wider = await page.evaluate(WIDER)
    assert page.viewport_size
    return [f"{wider} px wider than {page.viewport_size['width']}"] if wider else []


def _say(path: str, problem: str) -> int:
    print(f"\r{path}  {problem}", flush=True)
    return 1


def _progress(what: str, number: int, of: int = 0) -> None:
    if number % 100 == 0 or number == of:
        print(f"{time.strftime('%H:%M:%S')}  {number}{f' of {of}' if of else ''} {what}", file=sys.stderr, flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run look", description="Looks at every page in four languages.")
    parser.add_argument("only", nargs="*", metavar="PART", help="only addresses in which this stands")
    parser.add_argument("--share", type=int, default=1, metavar="N", help="one page in N of each kind in the browser")
    parser.add_argument("--part", type=int, default=0, metavar="K", help="which of the N shares, from 0")
    parser.add_argument("--tabs", type=int, default=os.cpu_count() or 1, help="how many pages are seen at a time")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
