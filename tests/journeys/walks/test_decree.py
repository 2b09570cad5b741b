"""A year that China has not announced yet: hatched, and said; the decree loaded, days turn solid and steps are told."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from playwright.sync_api import FilePayload, Locator

from koryu.desk import clock
from koryu.planning.rules.holidays import country_year
from koryu.wording.messages import translated
from tests.commands import koryu
from tests.journeys.conftest import SitsDown
from tests.journeys.people import Person
from tests.journeys.two_visits import VISITS
from tests.site import Site, answering

TEXTS, ABOUT = "guest-texts", "约 "
NDL: Final = "tag:127.0.0.1,2026:institution/ndl"


def not_announced(today: date) -> int:
    """The next year whose decree is not in the table of holidays."""
    years = ((year, country_year("CN", year, today=today)) for year in range(today.year + 1, today.year + 4))
    return next(year for year, known in years if known and not known.announced)


YEAR: Final = not_announced(clock.today())
# Twenty working days of China before this Monday lie around its National Day.
ARRIVAL: Final = next(day for n in range(7) if (day := date(YEAR, 11, 8) + timedelta(days=n)).weekday() == 0)


def decree() -> bytes:
    """As the State Council might have it: a whole week in October, and the Sunday after it worked."""
    sunday = next(day for n in range(7) if (day := date(YEAR, 10, 8) + timedelta(days=n)).weekday() == 6)
    decreed = (
        (date(YEAR, 1, 1), 3, "元旦（休）"),
        (date(YEAR, 5, 1), 5, "劳动节（休）"),
        (date(YEAR, 10, 1), 7, "国庆节（休）"),
        (sunday, 1, "国庆节（班）"),
        (date(YEAR, 11, 1), 2, "补休"),
    )
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"X-WR-CALNAME:{YEAR}年放假安排"]
    for place, (first, count, words) in enumerate(decreed):
        lines += ["BEGIN:VEVENT", f"UID:{place}@decree", f"SUMMARY:{words}", f"DTSTART;VALUE=DATE:{first:%Y%m%d}"]
        lines += [f"DTEND;VALUE=DATE:{first + timedelta(days=count):%Y%m%d}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    home = Path(shutil.copytree(founded_home, tmp_path_factory.mktemp("decree") / "home"))
    (home / "visits.yaml").write_text(VISITS, "utf-8")
    loaded = koryu("load", str(home / "visits.yaml"), home=home)
    assert loaded.returncode == 0, loaded.stderr
    with answering(home) as site:
        yield site


def zh(message: str) -> str:
    """What a message is in Chinese."""
    return translated(message, "zh-hans")


def reads_chinese(person: Person) -> None:
    person.opens_menu()
    with person.page.expect_navigation():
        person.page.get_by_role("button", name="简体中文").first.click()


def keeps_countries(lin: Person) -> None:
    """Her own library works in China, the partner in Japan."""
    for address, country in (("calendar/", "CN"), (f"calendar/?of={quote(NDL)}", "JP")):
        lin.goes(address)
        lin.page.locator("#country").select_option(country)
        lin.presses(zh("Save"), within="section[aria-labelledby=country-heading]")


def begins_for(lin: Person, arrival: date) -> str:
    """The third visit, drafted with its dates; where its pages lie."""
    for link in ("Exchanges", "Begin the next", "两馆互访"):
        lin.follows(zh(link) if link != "两馆互访" else link, within="main" if link != "Exchanges" else "header")
    lin.page.locator("#next-year").fill(str(YEAR))
    lin.presses(zh("Create the draft"))
    here = lin.page.url.partition("/desk/")[2]
    lin.goes(f"{here}plan/")
    lin.page.locator("button[value='add:dates']").click()
    lin.page.locator("select[name^='dates['][name$='.scope']").select_option("trip")
    lin.page.locator("[name^='dates['][name$='.date']").fill(f"{arrival}/{arrival + timedelta(days=4)}")
    lin.presses(zh("Save and read the draft"))
    return here


def finds(lin: Person, here: str) -> None:
    """Days of arrival in September and October."""
    asked = (
        f"first={YEAR}-09-01&last={YEAR}-10-31&length=5&meeting_days=2&travel_before=1&travel_after=1&host={quote(NDL)}"
    )
    lin.goes(f"{here}dates/?{asked}")
    lin.page.locator("details:has(table.days) > summary").click()


def found_dates(lin: Person) -> str:
    """What is said of days of arrival that were found, and of those that are excluded."""
    return " ".join(lin.page.locator("section[aria-labelledby=found-heading]").inner_text().split())


def unseen(text: str) -> str:
    """A text without the characters that set names apart."""
    return re.sub("[\u2066-\u2069]", "", text)


def marks(lin: Person, kind: str) -> Locator:
    """Marks of a kind in the picture of the year."""
    return lin.page.locator(f"svg.year.across rect.{kind}")


def days(lin: Person) -> str:
    """What the table under the picture says."""
    return " ".join(lin.page.locator("table.days").inner_text().split())


def step(lin: Person, code: str) -> str:
    """What the schedule says of a step."""
    return " ".join(
        lin.main().locator(f"table.schedule-steps tr:has(a[href='?step={code}#change'])").inner_text().split()
    )


def loads(lin: Person) -> None:
    """The decree, through the page of her library's calendar."""
    lin.goes("calendar/")
    lin.follows(zh("Load a calendar file"), within="main")
    lin.page.locator("[name=holds][value=announced]").check()
    lin.page.locator("#file").set_input_files(FilePayload(name="decree.ics", mimeType="text/calendar", buffer=decree()))
    lin.presses(zh("Show what is in it"))
    assert lin.page.locator(f"[name=year][value='{YEAR}']").is_checked()
    lin.presses(zh("Load the file"))


def test_a_year_is_hatched_until_it_is_announced_and_what_moves_with_it_is_told(
    desk: Site, sits_down: SitsDown
) -> None:
    """Lin of the NLC, in Chinese, plans the third visit for a year whose holidays China has not announced.

    Days around the holidays are hatched in the picture, and the table says that they may change; steps are counted
    "about". The decree comes, and she loads it as a file: the days are solid, the table says what they are, a step of
    her schedule is counted again, and the notice that waits for her names it with the day before and after.
    """
    lin = sits_down("lin", second="en")
    reads_chinese(lin)
    keeps_countries(lin)
    here = begins_for(lin, ARRIVAL)
    finds(lin, here)
    assert marks(lin, "may-change").count() > 3
    assert "可能调整；中国的节假日尚未公布" in days(lin)
    assert "可能调整" in found_dates(lin)

    lin.goes(f"{here}schedule/")
    lin.presses(zh("Begin the schedule"))
    before = step(lin, TEXTS)
    assert before.startswith(ABOUT)
    assert "尚未公布" in lin.reads()

    loads(lin)
    finds(lin, here)
    assert marks(lin, "may-change").count() == 0
    assert "尚未公布" not in days(lin)
    assert f"{YEAR}年10月1—7日：国庆节（休），公共假日（中国国家图书馆）" in days(lin)
    assert "可能调整" not in found_dates(lin)
    lin.goes(f"{here}schedule/")
    after = step(lin, TEXTS)
    assert not after.startswith(ABOUT)
    assert "尚未公布" not in lin.reads()
    was, now = (re.findall(r"\d+年\d+月\d+日", each)[0] for each in (before, after))
    assert was != now

    assert desk.run("tend", "--once").returncode == 0
    lin.goes("outbox/")
    lin.main().locator("details > summary").first.click()
    lin.looks()
    says = zh("%(what)s: moved from %(before)s to %(when)s, because working days have changed")
    assert says % {"what": "发送交流报告全文", "before": was, "when": now} in unseen(
        lin.main().locator("textarea").first.input_value()
    )
