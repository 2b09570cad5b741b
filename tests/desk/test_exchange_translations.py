"""The texts of an exchange in its languages through the door: typed, asked for, out of date; and who may not."""

import json
import re
from typing import Any, Final

import pytest
from django.test import Client

from koryu.consent import actions, queries
from koryu.planning.queries.translations_kept import translations_at
from koryu.planning.rules.translations import TranslationPlace
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.desk.test_exchange_people import DATES, IN_FOUR
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
    paper,
    programme,
    put_on_record,
    stands,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
PAGE: Final = "/desk/exchange/e/translations/"
DAY: Final = "/desk/translations/"
L1: Final = uri("paper/e-ndl-l1")
WORKING: Final = ["ja", "zh-Hans", "ko"]
TITLED: Final = {
    **under(NDL, NLC).content(),
    "title": IN_FOUR,
    "dates": DATES,
    "shown_to": "institutions",
    "hosts": [NLC],
    "languages": WORKING,
}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    stands(document_of(TITLED), NDL, NLC)
    drafted(NDL, paper(NDL, label="L1", title={"ja": "海辺の資料"}), L1)
    theirs = paper(NLC, label="C1", title={"zh-Hans": "数字资源"}, shown_to="institutions")
    stands(theirs, NLC, record=uri("paper/e-nlc-c1"))


@pytest.fixture
def translator() -> Client:
    return person("translator", (NDL, "translator"))


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def page_of(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def draft() -> Any:
    return next(each for each in queries.drafts_of(NDL) if each.record == L1)


def row_with(page: str, words: str) -> str:
    """The row in which these words stand, as the page names it."""
    rows = re.findall(r'<tr data-row="([^"]+)".*?</tr>', page, re.DOTALL)
    texts = re.findall(r'<tr data-row="[^"]+".*?</tr>', page, re.DOTALL)
    return next(row for row, text in zip(rows, texts, strict=True) if words in text)


def save(client: Client, row: str, now: str, was: str = "", tag: str = "ko") -> Any:
    changes = json.dumps([{"row": row, "cell": f"words:{tag}", "was": was, "now": now}])
    return client.post(f"{PAGE}1/save/", {"changes": changes}, headers={"Accept": "application/json"})


def change_original(title: dict[str, str]) -> None:
    now = draft()
    actions.save(draft=now.id, content={**now.content, "title": title}, seen=now.edition, **HEAD)


def kept(tag: str = "ko") -> Any:
    return translations_at(EXCHANGE, institution=NDL)[TranslationPlace(record=L1, path="title", language=tag)]


def test_a_translator_types_the_korean_of_a_paper_and_nothing_else_of_it_can_be_typed(translator: Client) -> None:
    page = page_of(translator)
    row = row_with(page, "海辺の資料")
    assert re.findall(rf'name="{row}/([^"]+)"', page) == ["words:zh-Hans", "words:ko"]
    theirs = row_with(page, "数字资源")
    assert f'name="{theirs}/' not in page
    for _ in range(2):
        answer = save(translator, row, "바닷가의 자료")
        assert (answer.status_code, answer.json()["conflicts"]) == (200, [])
    assert draft().content["title"] == {"ja": "海辺の資料", "ko": "바닷가의 자료", "source": "ja"}
    assert (kept().made_by, draft().edition) == ("translator", 2)
    assert [each["id"] for each in answer.json()["rows"]] == [row]
