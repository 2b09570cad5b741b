"""A timetable that may still change, with a session over midnight and an interpreter, as readers meet it."""

import re
from typing import Any, Final

import pytest
from django.test import Client

from koryu.consent import actions
from tests.world import (
    COMPILER,
    HEAD,
    NDL,
    NLC,
    PROGRAMME,
    give_voice,
    participation,
    programme,
    put_on_record,
    stands,
    the_exchange,
    timetable,
    uri,
)

pytestmark = pytest.mark.django_db
HE: Final[dict[str, Any]] = {"id": "a", "participation": uri("participation/c"), "member": "he", "does": "interprets"}
NIGHT: Final[dict[str, Any]] = {
    "id": "s",
    "type": "courtesy call",
    "date": "2027-11-09",
    "start": "23:30",
    "end": "00:30",
    "until": "2027-11-10",
    "attending": [HE],
}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    the_exchange()


def says(institution: str, document: Any, record: str) -> None:
    actions.propose(institution=institution, record=record, document=document, replaces=None, **HEAD)


@pytest.mark.parametrize("address", ["timetable/t", "exchange/e"])
@pytest.mark.parametrize(
    ("language", "draft", "does", "until"),
    [
        ("en", "draft", "interprets", "10 November 2027 00:30"),
        ("ja", "", "", "2027年11月10日 00:30"),
        ("zh-hans", "", "", "2027年11月10日 00:30"),
        ("ko", "", "", "2027년 11월 10일 00:30"),
    ],
)
def test_it_says_that_it_is_a_draft_until_when_a_session_lasts_and_who_interprets(
    address: str, language: str, draft: str, does: str, until: str
) -> None:
    says(NLC, participation(NLC, members=[{"id": "he", "printed": {"zh-Hans": "何静"}}]), uri("participation/c"))
    says(NDL, timetable(NDL, sessions=[NIGHT], provisional=True), uri("timetable/t"))
    page = Client().get(f"/{language}/{address}/").content.decode()
    text = page.partition('id="session-s"')[2].partition("</tr>")[0]
    said = re.sub("<[^>]+>", "", text)
    assert ("何静" in said, until in said, does in said) == (True, True, True)
    assert draft in page.partition("<main")[2]


def test_who_attends_by_a_list_that_is_for_the_institutions_is_not_named() -> None:
    members = [{"id": "he", "printed": {"zh-Hans": "何静"}}]
    says(NLC, participation(NLC, members=members, shown_to="institutions"), uri("participation/c"))
    says(NDL, timetable(NDL, sessions=[NIGHT]), uri("timetable/t"))
    for address in ("timetable/t", "exchange/e"):
        answer = Client().get(f"/en/{address}/")
        assert (answer.status_code, "何静" in answer.content.decode()) == (200, False)


def test_one_that_is_not_provisional_says_nothing_of_it() -> None:
    says(NDL, timetable(NDL, sessions=[{"id": "s", "type": "orientation"}]), uri("timetable/t"))
    page = Client().get("/en/timetable/t/").content.decode().partition("<main")[2]
    assert "(draft)" not in page
