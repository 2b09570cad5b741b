"""A handover through the door: what is open, whom one writes to, what is agreed, customs; and who may not."""

import re
from typing import Final

import pytest
from django.test import Client

from koryu.planning import actions as planning
from koryu.planning.queries.relations_kept import customs
from tests.desk.people import person
from tests.desk.test_exchange_people import DATES
from tests.world import (
    COMPILER,
    EXCHANGE,
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    drafted,
    give_voice,
    memorandum,
    outcome,
    paper,
    programme,
    put_on_record,
    stands,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
PAGE: Final = "/desk/programme/p/handover/"
PARTNER: Final = "/desk/partner/nlc/handover/"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    stands(under(NDL, NLC, title="Coming", dates=DATES, hosts=[NLC]), NDL, NLC)
    held = {"dates": [{"id": "d", "scope": "trip", "date": "2025-11-09/2025-11-17"}], "event": {"state": "held"}}
    stands(under(NDL, NLC, title="Held", **held), NDL, NLC, record=uri("exchange/held"))
    stands(outcome(NDL, uri("exchange/held"), title={"en": "Scans are exchanged"}), NDL, record=uri("outcome/o"))
    stands(memorandum(NDL, NLC, term={"start": "2020", "end": "2089"}), NDL, NLC, record=uri("agreement/m"))
    planning.add_step(institution=NDL, exchange=EXCHANGE, what="Book rooms", who="Mori", due="2026-01-05", **HEAD)
    drafted(NDL, paper(NDL), uri("paper/1"))


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize("address", [PAGE, PARTNER])
def test_what_is_open_agreed_and_came_of_it_is_on_one_page(officer: Client, address: str) -> None:
    page = text_of(officer, address)
    for words in ("Book rooms", "past its date", "Mori", "our drafts, not sent: 1", "Scans are exchanged", "2089"):
        assert words in page, words
    assert page.index("Book rooms") < page.index("Scans are exchanged")


def test_customs_are_written_changed_and_removed_and_two_at_once_lose_nothing(officer: Client) -> None:
    assert officer.post(PAGE, {"do": "add", "text": "Letters by post"}).status_code == 302
    assert "Letters by post" in text_of(officer, PAGE)
    (custom,) = customs(NDL, [PROGRAMME])
    said = {"custom": custom.id, "edition": 1}
    assert officer.post(PAGE, {"do": "change", "text": "Letters by post, please", **said}).status_code == 302
    late = officer.post(PAGE, {"do": "change", "text": "Mail is fine", **said})
    assert (late.status_code, "Somebody else changed this meanwhile" in late.content.decode()) == (409, True)
    # What was typed is still in its box.
    assert 'value="Mail is fine"' in late.content.decode()
    assert officer.post(PAGE, {"do": "remove", "custom": custom.id}).status_code == 302
    assert customs(NDL, [PROGRAMME]) == ()
    for forged in (custom.id, 10**17, "x"):
        assert officer.post(PAGE, {"do": "change", "text": "x", "custom": forged}).status_code == 409
    assert officer.post(PAGE, {"do": "add", "text": " "}).status_code == 409
    assert officer.post(PAGE, {"do": "forge"}).status_code == 404
