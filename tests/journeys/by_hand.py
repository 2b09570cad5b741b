"""A visit typed from a publication: what is printed of it, and somebody who types it and counts what it takes."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from playwright.sync_api import Locator, Page

from koryu.values.text import Text
from tests.commands import koryu
from tests.journeys.test_delegations import Typist
from tests.site import Site, served

PRINTED: Final[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "the_24th.yaml").read_text("utf-8"))
PROGRAMME: Final = "Mutual Visit Program between the National Diet Library and the National Library of China"
THINK: Final = 1.35

# What a data set has: the programme, the institutions, and two earlier exchanges.
EARLIER: Final = f"""
base: "tag:127.0.0.1,2026:"
recorder: institution/visits-compiler
records:
  - record: institution/visits-compiler
    kind: institution
    type: compiler of a data set
    title: {{en: Compiler of the visits, ja: 訪問の編者, zh-Hans: 访问的编者, ko: 방문 편찬자, source: en}}
    kept_by: institution/visits-compiler
    sources: &list [{{id: list, work: work/visits-list}}]
  - record: institution/society
    kind: institution
    type: association
    title: {{en: China Society for Library Science, zh-Hans: 中国图书馆学会, source: zh-Hans}}
    kept_by: institution/visits-compiler
    sources: *list
  - record: work/visits-list
    kind: work
    type: webpage
    title: {{en: List of visits, ja: 訪問の一覧, zh-Hans: 访问名录, ko: 방문 목록, source: en}}
    kept_by: institution/visits-compiler
  - record: programme/ndl-nlc
    kind: programme
    type: mutual visit programme
    title: {{en: {PROGRAMME}, ja: 日中業務交流, zh-Hans: 中日业务交流, ko: 중·일 업무교류, source: en}}
    institutions: [{{id: a, institution: institution/ndl}}, {{id: b, institution: institution/nlc}}]
    sources: *list
  - record: exchange/ndl-nlc-22
    kind: exchange
    form: visit
    event: {{state: held}}
    title: {{en: 22nd exchange, ja: 第22回日中業務交流, zh-Hans: 第22次中日业务交流, ko: 제22회 교류, source: en}}
    institutions: [institution/ndl, institution/nlc]
    programmes: [{{id: p, programme: programme/ndl-nlc, number: "22"}}]
    hosts: [institution/ndl]
    dates: [{{id: d, scope: exchange, date: 2002-11-18/2002-11-27}}]
    sources: *list
  - record: exchange/ndl-nlc-23
    kind: exchange
    form: visit
    event: {{state: held}}
    title: {{en: 23rd exchange, ja: 第23回日中業務交流, zh-Hans: 第23次中日业务交流, ko: 제23회 교류, source: en}}
    institutions: [institution/ndl, institution/nlc]
    programmes: [{{id: p, programme: programme/ndl-nlc, number: "23"}}]
    hosts: [institution/nlc]
    dates: [{{id: d, scope: exchange, date: 2003-11-24/2003-12-03}}]
    sources: *list
...
"""
# The newest of every record that readers see, by kind.
_READ: Final = """
import django, json; django.setup()
from koryu.archive import queries as archive
kinds = ("exchange", "participation", "paper", "timetable", "work")
lines = archive.lines(*kinds, asking=archive.EVERYBODY)
print(json.dumps({line.uri: archive.documents([line])[line.uri].content() for line in lines}))
"""
# What is drafted, by record.
_DRAFTED: Final = """
import django, json; django.setup()
from koryu.consent import models
print(json.dumps({draft.record: draft.content for draft in models.DraftRow.objects.order_by("id")}))
"""


@contextmanager
def earlier_visits(founded_home: Path, home: Path) -> Iterator[Site]:
    """A server on which the programme of two libraries and two earlier exchanges are on record."""
    shutil.copytree(founded_home, home)
    (home / "visits.yaml").write_text(EARLIER, "utf-8")
    loaded = koryu("load", str(home / "visits.yaml"), home=home)
    assert loaded.returncode == 0, loaded.stderr
    with served(home, "serve") as site:
        yield site


def _told(desk: Site, code: str) -> dict[str, dict[str, Any]]:
    environment = {**desk.environment, "DJANGO_SETTINGS_MODULE": "koryu.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {uri.partition(":")[2].partition(":")[2]: content for uri, content in json.loads(done.stdout).items()}


def public(desk: Site) -> dict[str, dict[str, Any]]:
    """What readers see, by the short name of the record."""
    return _told(desk, _READ)


def drafted(desk: Site) -> dict[str, dict[str, Any]]:
    """What is drafted, by the short name of the record."""
    return _told(desk, _DRAFTED)


@dataclass
class Recorder(Typist):
    """Somebody who types from a publication. Every page that their browser loads is counted, and every pick."""

    picks: int = 0
    _page: Page = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._page = self.person.page
        self._page.on("load", self._came)

    def _came(self, _page: Page) -> None:
        self.did.pages += 1

    def minutes(self) -> float:
        """By the key model: keys, clicks and pages as measured, and a moment of thought for each pick."""
        return self.did.minutes() + self.picks * THINK / 60

    def says(self) -> str:
        did = self.did
        return f"{did.pages} pages, {did.acts} acts, {did.keys} keys, {self.minutes():.1f} minutes\n"

    def comes(self, part: str = "") -> None:
        """To another part of the exchange, in English."""
        self.person.goes(f"exchange/ndl-nlc-24/{part}")
        self.clicked()

    def follows(self, link: str, *, within: str = "main") -> None:
        self.person.follows(link, within=within)
        self.clicked()

    def sends(self, button: str, *, within: str = "main") -> None:
        self.person.presses(button, within=within)
        self.clicked()

    def clicks(self, what: Locator) -> None:
        what.click()
        self.clicked()

    def writes(self, box: Locator, text: str) -> None:
        """Click into a box and type over what stands there."""
        box.click()
        self.did.clicks += 1
        self._page.keyboard.press("Control+a")
        self.did.keys += 1
        self.types(text)

    def picks_out(self, select: Locator, choice: str) -> None:
        select.select_option(label=choice)
        self.clicked()
        self.picks += 1

    def picks_found(self, cell: Locator, words: str) -> None:
        """Type words of a record and take the first that is found."""
        cell.focus()
        self.types(words)
        self._page.locator("[role=option]:visible").first.wait_for()
        self._page.keyboard.press("ArrowDown")
        self._page.keyboard.press("Enter")
        self.did.keys += 2
        self.picks += 1

    def saved(self, section: str) -> None:
        """Wait until the server has all that was typed in a list."""
        self._page.keyboard.press("Control+Enter")
        self._page.locator(f"{section} [data-saved][data-said=saved]").wait_for()
        self.did.keys += 1


def english(text: Any) -> str:
    """A text as a reader of English sees it."""
    return Text.shown(Text(text), "en").text if text else ""
