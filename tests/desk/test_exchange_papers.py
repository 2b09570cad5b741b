"""The papers of an exchange through the door: typed cell by cell, each row a draft; pasted; files; and who may not."""

import json
import re
from typing import Any, Final

import pytest
from django.test import Client

from koryu.consent import queries
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.desk.test_exchange_people import DATES, IN_FOUR, cell
from tests.world import COMPILER, NAL, NDL, NLC, NLK, PROGRAMME, give_voice, programme, put_on_record, stands, under

pytestmark = pytest.mark.django_db
PAPERS: Final = "/desk/exchange/e/papers/"
TITLED: Final = {
    **under(NDL, NLC).content(),
    "title": IN_FOUR,
    "dates": DATES,
    "shown_to": "institutions",
    "hosts": [NLC],
}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    stands(document_of(TITLED), NDL, NLC)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def page_of(client: Client, address: str = PAPERS) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def number_in(page: str, section: str = "ndl") -> int:
    """What names the sheet of an institution in addresses."""
    found = re.search(rf'id="of-{section}".*?id="rows-(\d+)"', page, re.DOTALL)
    assert found
    return int(found[1])


@pytest.fixture
def sheet(officer: Client) -> int:
    return number_in(page_of(officer))


def save(client: Client, sheet: int, *changes: dict[str, Any], lang: str = "?lang=en&lang=ja") -> Any:
    return client.post(
        f"{PAPERS}{sheet}/save/{lang}", {"changes": json.dumps(changes)}, headers={"Accept": "application/json"}
    )


def drafts() -> list[Any]:
    return sorted((draft for draft in queries.drafts_of(NDL) if draft.kind == "paper"), key=lambda draft: draft.id)


def contents() -> list[dict[str, Any]]:
    return [draft.content for draft in drafts()]


def add(row: str, title: str = "Title") -> list[dict[str, Any]]:
    return [{"row": row, "add": None}, cell(row, "title:en", title)]


def test_each_row_that_is_typed_begins_a_draft_of_a_paper(officer: Client, sheet: int) -> None:
    typed = [*add("a1b2"), cell("a1b2", "type", "keynote"), cell("a1b2", "label", "L1"), *add("c3d4", "Other")]
    for _ in range(2):
        answer = save(officer, sheet, *typed)
        assert (answer.status_code, answer.json()["conflicts"]) == (200, [])
    assert [row["id"] for row in answer.json()["rows"]] == ["a1b2", "c3d4"]
    assert "Saved on" in answer.json()["saved"]
    first, second = drafts()
    assert first.record.endswith("paper/e-ndl-a1b2")
    assert first.content == {
        "kind": "paper",
        "title": {"en": "Title"},
        "exchange": under(NDL, NLC).content() and first.exchange,
        "institution": NDL,
        "type": "keynote",
        "label": "L1",
        "shown_to": "institutions",
    }
    assert (second.content["type"], second.says) == ("paper", "proposed")
    page = page_of(officer)
    assert ('value="L1"' in page, page.count("All fields")) == (True, 2)
