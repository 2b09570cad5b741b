"""The schedule of an exchange through the door: what is due, what is done, what moves; and who sees none of it."""

import re
from datetime import date
from typing import Any, Final

import pytest
from django.test import Client

from koryu.desk import clock
from koryu.planning import actions
from tests.desk.people import person
from tests.world import (
    COMPILER,
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    give_voice,
    programme,
    put_on_record,
    stands,
    the_exchange,
)

pytestmark = pytest.mark.django_db
SCHEDULE: Final = "/desk/exchange/e/schedule/"
WORK: Final = "/desk/exchange/e/"
TODAY: Final = date(2026, 11, 29)
TRIP: Final = [{"id": "d", "scope": "trip", "date": "2027-11-16/2027-11-23"}]


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    for of, country in ((NDL, "JP"), (NLC, "CN")):
        actions.keep_settings(of=of, country=country, institution=NDL, **HEAD)


@pytest.fixture(autouse=True)
def today_is(monkeypatch: pytest.MonkeyPatch) -> Any:
    def it_is(day: date) -> None:
        monkeypatch.setattr(clock, "today", lambda: day)
        monkeypatch.setattr(clock, "now", lambda: f"{day.isoformat()}T09:00:00Z")

    it_is(TODAY)
    return it_is


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def planned(**more: Any) -> str:
    return the_exchange(**{"dates": TRIP, "shown_to": "institutions", "hosts": [NDL], **more})


def text_of(answer: Any) -> str:
    page = answer.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()
    return re.sub(r" ([,.;:)])", r"\1", words).replace("( ", "(").replace("\u2068", "").replace("\u2069", "")


def said(client: Client, address: str = SCHEDULE) -> str:
    return text_of(client.get(address))


def does(client: Client, act: str, of: str = "1", **typed: str) -> Any:
    return client.post(SCHEDULE, {act: of, **typed})


def rows(client: Client) -> list[str]:
    """The rows of the schedule, each in words."""
    table = client.get(SCHEDULE).content.decode().partition('class="list steps"')[2].partition("</table>")[0]
    parts = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)[1:]
    words = (re.sub(r"<span class=\"unseen\">.*?</span>", "", part) for part in parts)
    return [re.sub(r" ([,;])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", part).split())) for part in words]


def row(client: Client, words: str) -> str:
    """The first row that says this."""
    return next(each for each in rows(client) if words in each)


def test_a_schedule_is_begun_and_counted_from_the_dates(officer: Client) -> None:
    planned()
    assert "Begin the schedule" in said(officer)
    assert does(officer, "begin").status_code == 302
    assert row(officer, "Fix the timetable").startswith("5 November 2027")
