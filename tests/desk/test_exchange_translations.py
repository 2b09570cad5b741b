"""The texts of an exchange in its languages through the door: typed, asked for, out of date; and who may not."""

import json
import re
from datetime import date
from typing import Any, Final

import pytest
from django.test import Client

from koryu.consent import actions, queries
from koryu.desk.exchange.translations.text_called import text_called
from koryu.planning import actions as planning
from koryu.planning.queries.translations_kept import translations_at
from koryu.planning.rules.translations import TranslationPlace
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.desk.test_exchange_people import DATES, IN_FOUR
from tests.html import problems_of
from tests.world import (
    EXCHANGE,
    HEAD,
    NDL,
    NLC,
    NLK,
    drafted,
    paper,
    settle_in,
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
    settle_in()
    stands(document_of(TITLED), NDL, NLC)
    drafted(NDL, paper(NDL, label="L1", title={"ja": "海辺の資料"}), L1)
    theirs = paper(NLC, label="C1", title={"zh-Hans": "数字资源"}, shown_to="institutions")
    stands(theirs, NLC, record=uri("paper/e-nlc-c1"))


@pytest.mark.parametrize(
    ("kind", "content", "path", "called"),
    [
        ("exchange", {}, "title", ("Title", "題名", "题名", "제목")),
        ("participation", {}, "title", ("Participants · Title", "参加者 · 題名", "参与人员 · 题名", "참가자 · 제목")),
        ("paper", {}, "title", ("Paper · Title", "報告 · 題名", "报告 · 题名", "발표문 · 제목")),
        ("paper", {"label": "L1"}, "title", ("L1 · Title", "L1 · 題名", "L1 · 题名", "L1 · 제목")),
        ("timetable", {}, "title", ("Timetable · Title", "日程 · 題名", "日程 · 题名", "일정 · 제목")),
    ],
)
def test_a_text_is_called_by_its_part_of_the_exchange(
    kind: str, content: dict[str, Any], path: str, called: tuple[str, ...]
) -> None:
    tags = ("en", "ja", "zh-Hans", "ko")
    assert tuple(text_called(kind, content, path, tag, {}) for tag in tags) == called


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
    return next(str(row) for row, text in zip(rows, texts, strict=True) if words in text)


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


def test_two_in_one_cell_lose_nothing_and_whoever_is_second_sees_both(translator: Client, officer: Client) -> None:
    row = row_with(page_of(translator), "海辺の資料")
    assert save(officer, row, "해변의 자료").json()["conflicts"] == []
    (conflict,) = save(translator, row, "바닷가의 자료").json()["conflicts"]
    assert (conflict["row"], conflict["mine"], conflict["theirs"]) == (row, "바닷가의 자료", "해변의 자료")
    # Another cell of the same row is nobody else's.
    assert save(translator, row, "海滨资料", tag="zh-Hans").json()["conflicts"] == []
    assert draft().content["title"]["zh-Hans"] == "海滨资料"
    # Without script the page comes back with what was typed, and says what the other wrote.
    mark = re.search(rf'value="({row}:[^"]*)"', page_of(officer))
    assert mark
    posted = {"rows": mark[1].rpartition(":")[0] + ":000000000000", f"{row}/words:ko": "바닷가의 자료"}
    late = translator.post(f"{PAGE}1/save/", posted)
    assert (late.status_code, "해변의 자료" in late.content.decode()) == (409, True)
    assert 'value="바닷가의 자료"' in late.content.decode()


def test_an_original_that_changes_while_somebody_types_makes_the_translation_out_of_date_at_once(
    translator: Client,
) -> None:
    row = row_with(page_of(translator), "海辺の資料")
    change_original({"ja": "海辺の記録"})
    answer = save(translator, row, "바닷가의 자료").json()
    assert (answer["conflicts"], draft().content["title"]["ko"]) == ([], "바닷가의 자료")
    # It is made of what was on the page; the page is told what it is by now, under the name it knows the row by.
    assert [each["id"] for each in answer["rows"]] == [row]
    (mark,) = [mark for mark in answer["marks"] if mark["row"] == row]
    assert mark["words"].endswith("The original has changed since: “海辺の記録”")
    page = page_of(translator)
    now = row_with(page, "海辺の記録")
    assert (now != row, "The original has changed since" in page) == (True, True)
    # Typed without script from the old page, it is saved too, or comes back: never lost.
    posted = {"rows": f"{row}:000000000000", f"{row}/words:ko": "다른 말"}
    assert 'value="다른 말"' in translator.post(f"{PAGE}1/save/", posted).content.decode()
    assert translator.post(f"{PAGE}1/right/", {"right": f"{row}/ko"}).status_code == 409
    assert translator.post(f"{PAGE}1/right/", {"right": f"{now}/ko"}).status_code == 302
    assert "The original has changed since" not in page_of(translator)


def test_a_translation_typed_elsewhere_is_known_to_be_out_of_date_once_its_original_is_changed(officer: Client) -> None:
    change_original({"ja": "海辺の資料", "ko": "바닷가의 자료", "source": "ja"})
    number = draft().id
    changes = [{"row": "l1", "cell": "title:ja", "was": "海辺の資料", "now": "海辺の記録"}]
    sheet = re.search(r'id="rows-(\d+)"', officer.get("/desk/exchange/e/papers/").content.decode())
    assert sheet
    at = f"/desk/exchange/e/papers/{sheet[1]}/save/?lang=ja&lang=ko"
    said = officer.post(at, {"changes": json.dumps(changes)}, headers={"Accept": "application/json"})
    assert (said.status_code, queries.draft(number).content["title"]["ja"]) == (200, "海辺の記録")  # type: ignore[union-attr]  # -- it is there
    assert "The original has changed since" in page_of(officer)


def test_a_paper_that_is_withdrawn_takes_its_translations_along_and_what_is_typed_comes_back(
    translator: Client, officer: Client
) -> None:
    ask(officer, person="translator")
    row = row_with(page_of(translator), "海辺の資料")
    assert "Translate what was asked of you" in translator.get("/desk/").content.decode()
    actions.discard(draft=draft().id, **HEAD)
    (conflict,) = save(translator, row, "바닷가의 자료").json()["conflicts"]
    assert (conflict["mine"], conflict["theirs"]) == ("바닷가의 자료", None)
    assert "海辺の資料" not in page_of(translator, DAY)
    assert "Translate what was asked of you" not in translator.get("/desk/").content.decode()


def test_a_language_that_the_plan_drops_is_owed_no_more_and_what_was_typed_stays(
    translator: Client, officer: Client
) -> None:
    ask(officer, person="translator")
    assert "Translate what was asked of you" in translator.get("/desk/").content.decode()
    version = queries.history(EXCHANGE).in_force
    stands(document_of({**TITLED, "languages": ["ja", "zh-Hans"]}), NDL, NLC, replaces=version)
    assert "Translate what was asked of you" not in translator.get("/desk/").content.decode()
    row = row_with(page_of(translator), "海辺の資料")
    assert save(translator, row, "바닷가의 자료").json()["conflicts"] == []
    assert draft().content["title"]["ko"] == "바닷가의 자료"


def test_what_is_asked_of_whom_by_when_is_on_the_page_in_to_do_and_on_the_page_of_whoever_was_asked(
    translator: Client, officer: Client
) -> None:
    other = person("other", (NDL, "translator"))
    ask(officer, person="translator", due="10 October 2090")
    assert "asked of translator, due 10 October 2090" in page_of(officer).replace("Translator", "translator")
    todo = translator.get("/desk/").content.decode()
    assert ("Into Korean: 1." in todo, f'href="{DAY}"' in todo) == (True, True)
    assert "Into Korean" not in other.get("/desk/").content.decode()
    # Korean is the first translator's; the Chinese that nobody was asked for is anybody's.
    assert "due 10 October 2090" in page_of(translator, DAY)
    assert "海辺の資料" in page_of(other, DAY)
    ask(officer, who="-")
    assert "Into Korean" not in translator.get("/desk/").content.decode()
    assert kept().needed is False
    # Without a tick: what is missing, of our people what they can type, of others everything.
    for who, records in (("", {L1}), (NLC, {L1, uri("paper/e-nlc-c1")})):
        assert officer.post(f"{PAGE}1/ask/", {"language": "ko", "who": who}).status_code == 302
        asked = translations_at(EXCHANGE, institution=NDL).values()
        assert {each.at.record for each in asked if each.who == who and each.needed} == records
    refused = officer.post(f"{PAGE}1/ask/", {"text": [], "language": "ko", "who": "+", "other": ""})
    assert (refused.status_code, "Say who is to translate." in refused.content.decode()) == (409, True)
    planning.delete_old_rows(today=date(2090, 1, 1))
    assert translations_at(EXCHANGE, institution=NDL) == {}


def ask(officer: Client, *, person: str = "", who: str = "", due: str = "") -> None:
    row = row_with(page_of(officer), "海辺の資料")
    asked = {"text": [row], "language": "ko", "who": who or person, "due": due}
    assert officer.post(f"{PAGE}1/ask/", asked).status_code == 302


@pytest.mark.parametrize(
    ("who", "reads", "types", "asks"),
    [
        ((NDL, "officer"), 200, 200, 302),
        ((NDL, "translator"), 200, 200, 409),
        ((NDL, "contributor"), 200, 404, 404),
        ((NDL, "reader"), 200, 404, 404),
        # A partner reads what stands for it: of ours there is nothing in its sheet.
        ((NLC, "translator"), 200, 200, 409),
        ((NLK, "translator"), 404, 404, 404),
        (None, 302, 401, 401),
    ],
)
def test_who_reads_types_and_asks(officer: Client, who: Any, reads: int, types: int, asks: int) -> None:
    row = row_with(page_of(officer), "海辺の資料")
    client = person("somebody", who) if who else Client()
    assert client.get(PAGE).status_code == reads
    assert save(client, row, "x").status_code == types
    assert client.post(f"{PAGE}1/ask/", {"text": [row], "language": "ko"}).status_code == asks
    if who and who[0] != NDL:
        assert "海辺の資料" not in client.get(PAGE).content.decode() + client.get(DAY).content.decode()
    typed = draft().content["title"].get("ko")
    assert typed == ("x" if types == 200 and who[0] == NDL else None)


def test_rows_are_neither_added_nor_removed_nor_is_an_original_typed(officer: Client) -> None:
    row = row_with(page_of(officer), "海辺の資料")
    theirs = row_with(page_of(officer), "数字资源")
    script = {"Accept": "application/json"}
    forgeries: list[dict[str, Any]] = [{"row": "a1", "add": None}, {"row": row, "remove": {}}]
    for forged in ([each] for each in (*forgeries, {"row": row, "restore": None, "was": {}})):
        assert officer.post(f"{PAGE}1/save/", {"changes": json.dumps(forged)}, headers=script).status_code == 409
    assert officer.post(f"{PAGE}1/paste/", {"text": "x"}).status_code == 404
    # An original is not typed here, nor is anything of a partner's: the lock is asked where it is saved.
    assert save(officer, theirs, "x", was="").status_code == 409
    assert save(officer, row, "x", was="海辺の資料", tag="ja").status_code == 409
    assert draft().content["title"] == {"ja": "海辺の資料"}


def test_the_pages_take_as_many_statements_however_many_texts_there_are(
    officer: Client, translator: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        drafted(NDL, paper(NDL, label=f"L{number}", title={"ja": f"題{number}"}), uri(f"paper/e-ndl-{number}"))
    ask(officer, person="translator")
    for client, address in ((officer, PAGE), (translator, DAY), (officer, "/desk/exchange/e/closing/")):
        client.get(address)
        with django_assert_max_num_queries(8):
            client.get(address)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_every_page_is_made_in_every_language(language: str) -> None:
    client = person("officer", (NDL, "officer"), language=language)
    for address in (PAGE, f"{PAGE}?for=print", f"{DAY}?of=all", "/desk/exchange/e/closing/"):
        answer = client.get(address)
        assert (answer.status_code, f'<html lang="{language[:2]}' in answer.content.decode()) == (200, True)
        assert problems_of(answer.content.decode()) == []
