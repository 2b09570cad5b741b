"""The work on one exchange through the door: the list, the page, the plan, steps and notes; and who sees none of it."""

import re
from typing import Any

import pytest
from django.test import Client

from koryu.consent import actions, models
from koryu.planning.models import StepRow
from tests.desk.people import person
from tests.world import AT, COMPILER, EXCHANGE, HEAD, NAL, NDL, NLC, NLK, PROGRAMME, House, drafted, exchange, give_voice
from tests.world import participation, programme, put_on_record, records, stands, the_exchange, under, uri

pytestmark = pytest.mark.django_db
WORK = "/desk/exchange/e/"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def text_of(client: Client, address: str = WORK) -> str:
    """What a page says, without its marks."""
    page = client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)).strip()


def does(client: Client, act: str, **typed: str) -> Any:
    return client.post(f"{WORK}{act}/", typed)


DATES = [{"id": "d", "scope": "trip", "date": "2030-11-09/2030-11-17"}]


def test_smoke(officer: Client) -> None:
    the_exchange(dates=DATES, shown_to="institutions", hosts=[NLC])
    print(text_of(officer, "/desk/exchanges/"))
    print(text_of(officer))
    print(text_of(officer, WORK + "plan/"))
    does(officer, "step", what="Titles in Chinese", who="NLC", due="10 October 2030")
    does(officer, "note", text="they may come on the 8th", means="telephone")
    print(text_of(officer))
    print(text_of(officer, "/desk/exchanges/next/"))
    print(text_of(officer, "/desk/exchanges/next/?programme=" + PROGRAMME))
    a = officer.post("/desk/exchanges/next/", {"programme": PROGRAMME, "number": "2", "year": "2031", "host": [NDL], "form": "visit", "goes-on": ["planned_size"], "name": "p-2"})
    print(a.status_code, a.headers.get("Location"))
    print(text_of(officer, a.headers["Location"]))
    print(text_of(officer, a.headers["Location"] + "plan/"))
    print(text_of(officer, "/desk/exchanges/"))
    a = officer.post(WORK + "begin/", {"kind": "participation"})
    print(a.status_code, a.headers.get("Location"))
    print(models.DraftRow.objects.last().content)
    print(text_of(officer))
    assert 0
