"""A visit typed from a publication: what is printed of it, and somebody who types it and counts what it takes."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Locator, Page

from koryu.values.text import Text
from tests.commands import koryu, python
from tests.journeys.typist import Typist
from tests.site import Site, answering

PROGRAMME: Final = "Mutual Visit Program between the National Diet Library and the National Library of China"
THINK: Final = 1.35

# What a data set has: the programme, the institutions, and the two exchanges before the one that is typed.
_EARLIER: Final = f"""
base: "tag:127.0.0.1,2026:"
recorder: institution/visits-compiler
records:
  - record: institution/visits-compiler
    kind: institution
    type: compiler of a data set
    title: {{en: Compiler of the visits, ja: 訪問の編者, zh-Hans: 访问的编者, ko: 방문 편찬자, source: en}}
    kept_by: institution/visits-compiler
    sources: &list [{{id: list, work: work/visits-list}}]
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
"""


def _visit(number: int, host: str, year: int) -> str:
    return f"""
  - record: exchange/ndl-nlc-{number}
    kind: exchange
    form: visit
    event: {{state: held}}
    title: {{en: Visit {number}, ja: 第{number}回, zh-Hans: 第{number}次, ko: 제{number}회, source: en}}
    institutions: [institution/ndl, institution/nlc]
    programmes: [{{id: p, programme: programme/ndl-nlc, number: "{number}"}}]
    hosts: [institution/{host}]
    dates: [{{id: d, scope: exchange, date: {year}-11}}]
    sources: *list
"""


def _institution(name: str, title: str) -> str:
    return f"""
  - record: institution/{name}
    kind: institution
    type: association
    title: {json.dumps({"en": title})}
    kept_by: institution/visits-compiler
    sources: *list
"""


# The newest of every record that readers see, by kind.
_READ: Final = """
import json
from koryu.archive import queries as archive
kinds = ("exchange", "participation", "paper", "timetable", "work")
lines = archive.lines(*kinds, asking=archive.EVERYBODY)
print(json.dumps({line.uri: archive.documents([line])[line.uri].content() for line in lines}))
"""
# What is drafted, by record.
_DRAFTED: Final = """
import json
from koryu.consent import models
print(json.dumps({draft.record: draft.content for draft in models.DraftRow.objects.order_by("id")}))
"""


@contextmanager
def earlier_visits(
    founded_home: Path, home: Path, *, number: int, year: int, bodies: Mapping[str, str]
) -> Iterator[Site]:
    """A server on which a programme and two visits are on record, before the one of this number, and other bodies."""
    shutil.copytree(founded_home, home)
    visits = _visit(number - 2, "ndl", year - 2) + _visit(number - 1, "nlc", year - 1)
    others = "".join(_institution(name, title) for name, title in bodies.items())
    (home / "visits.yaml").write_text(f"{_EARLIER}{visits}{others}...\n", "utf-8")
    loaded = koryu("load", str(home / "visits.yaml"), home=home)
    assert loaded.returncode == 0, loaded.stderr
    with answering(home) as site:
        yield site


def _told(desk: Site, code: str) -> dict[str, dict[str, Any]]:
    told = json.loads(python(code, environment=desk.environment))
    return {uri.partition(":")[2].partition(":")[2]: content for uri, content in told.items()}


def public(desk: Site) -> dict[str, dict[str, Any]]:
    """What readers see, by the short name of the record."""
    return _told(desk, _READ)


def drafted(desk: Site) -> dict[str, dict[str, Any]]:
    """What is drafted, by the short name of the record."""
    return _told(desk, _DRAFTED)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What is typed of a visit itself: `themes` are (text, level)."""

    number: int
    year: int
    dates: str
    place: str
    size: int = 0
    themes: tuple[tuple[str, str], ...]
    source: str
    issued: str

    @property
    def name(self) -> str:
        return f"ndl-nlc-{self.number}"


@dataclass
class Recorder(Typist):
    """Somebody who types from a publication. Every page that their browser loads is counted, and every pick."""

    picks: int = 0
    name: str = ""
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
        self.person.goes(f"exchange/{self.name}/{part}")
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

    def kinds_down(self, table: str, column: str, kinds: list[str]) -> None:
        """Type into a column of choices from its first cell on: its list stays closed, as a browser looks words up."""
        self._page.locator(f"{table} table.rows tbody tr[data-row] [name$='/{column}']").first.focus()
        self.clicked()
        for kind in kinds:
            self.types(kind)
            self._types_anew_until_chosen(kind)
            self._page.keyboard.press("Enter")
            self.did.keys += 1

    def _types_anew_until_chosen(self, kind: str) -> None:
        """A browser takes letters for one word only while less than a second passes between them."""
        chosen = "document.activeElement.selectedOptions[0].label.toLowerCase()"
        for _again in range(5):
            if self._page.evaluate(chosen).startswith(kind.lower()):
                return
            self._page.wait_for_timeout(1100)
            self._page.keyboard.type(kind)

    def picks_found(self, cell: Locator, words: str) -> None:
        """Type words of a record and take the first that is found."""
        self.person.lets_search()
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
    if not text:
        return ""
    return (text if isinstance(text, Text) else Text(text)).shown("en").text


def short(uri: str) -> str:
    return uri.rpartition("/")[2]


def inside(uri: str) -> str:
    """The short name of a record of this server."""
    return uri.partition(":")[2].partition(":")[2]


def exchange_facts(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "form": content["form"],
        "state": content["event"]["state"],
        "number": content["programmes"][0]["number"],
        "institutions": [short(uri) for uri in content["institutions"]],
        "hosts": [short(uri) for uri in content.get("hosts", ())],
        "dates": content["dates"][0]["date"],
        "cities": [english(place["city"]) for place in content.get("places", ())],
        "themes": [(english(theme["text"]), theme.get("level", "main theme")) for theme in content.get("themes", ())],
        "size": content.get("planned_size"),
    }


def begins(sato: Recorder, visit: Visit) -> None:
    """The exchange that follows the last one on record: number and host as suggested, and one publication for all."""
    page = sato.person.page
    sato.follows("Exchanges", within="header")
    sato.follows("Record one that was held")
    sato.follows(PROGRAMME)
    assert page.get_by_label("Number", exact=True).input_value() == str(visit.number)
    assert page.get_by_role("checkbox", name="National Diet Library").is_checked()
    sato.writes(page.get_by_label("Programme year"), str(visit.year))
    sato.writes(page.get_by_label("Title of the publication"), visit.source)
    sato.writes(page.get_by_label("Publisher", exact=True), "National Diet Library")
    sato.writes(page.get_by_label("Date", exact=True), visit.issued)
    for given in ("who takes part", "titles or texts of papers", "the timetable"):
        sato.clicks(page.get_by_role("checkbox", name=given))
    sato.sends("Create the draft")


def plans(sato: Recorder, visit: Visit) -> None:
    """The plan, on its page: dates, place, size and three themes."""
    page = sato.person.page

    def box(name: str) -> Locator:
        return page.locator(f"#making [name{name}:visible").last

    def added(what: str) -> None:
        there = page.locator(f"#making [name^='{what}[']").count()
        sato.clicks(page.get_by_role("button", name=f"Add: {what.capitalize()}", exact=True))
        page.locator(f"#making [name^='{what}[']").nth(there).wait_for(state="attached")

    sato.follows("The whole plan")
    added("dates")
    sato.picks_out(box("$='.scope']"), "exchange")
    sato.writes(box("$='.date']"), visit.dates)
    sato.clicks(page.locator("summary", has_text="Places"))
    added("places")
    sato.writes(box("$='.city.en']"), visit.place)
    if visit.size:
        sato.clicks(page.locator("summary", has_text="Planned size"))
        sato.writes(box("='planned_size']"), str(visit.size))
    for theme, level in visit.themes:
        added("themes")
        sato.writes(box("$='.text.en']"), theme)
        if level != "main theme":
            sato.picks_out(box("$='.level']"), level)
