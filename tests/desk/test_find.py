"""Finding at the desk: everything one may see, and nothing of what one may not, by any way the page has."""

import re
from typing import Any

import pytest
from django.test import Client

from koryu.archive import actions as search
from koryu.consent import actions
from koryu.records.kinds import document_of
from koryu.values.text import Text
from koryu.wording.languages import LANGUAGES
from tests.desk.people import person
from tests.html import problems_of
from tests.world import AT, COMPILER, EXCHANGE, NAL, NDL, NLC, House, exchange, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
# A word that is in nothing else.
SECRET = "Quokka"
TEXT = "Wombat"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NAL, COMPILER)
    put_on_record(NDL, NLC, NAL)
    version = House(NDL).propose(exchange(NDL, NLC))
    House(NLC).accept(version)
    for name, shown_to in (("p", "public"), ("i", "institutions"), ("o", "own")):
        content = {
            "kind": "report",
            "title": {"en": f"{SECRET} {shown_to}", "ja": "貴館の図書館", "source": "en"},
            "exchange": EXCHANGE,
            "institution": NDL,
            "shown_to": shown_to,
            "text": {"en": f"{TEXT} {shown_to}"},
        }
        actions.propose(
            institution=NDL,
            record=uri(f"report/{name}"),
            document=document_of(content),
            replaces=None,
            by="head",
            at=AT,
        )
    search.catch_up()


def titles(client: Client, query: str, **more: str) -> list[str]:
    """What is found, by the links of its titles."""
    page = client.get("/desk/find/", {"q": query, **more}).content.decode().partition("</header>")[2]
    links = re.findall(r'<a href="(/desk/(?:record|draft)/[^"]+)">(.*?)</a>', page, re.S)
    return sorted(re.sub(r"<[^>]+>", "", words).strip() for to, words in links if ":institution/" not in to)


def suggested(client: Client, query: str) -> list[str]:
    return sorted(one["text"] for one in client.get("/desk/suggest/", {"q": query}).json()["suggestions"])


def drafted(*, record: str = "exchange/d", shared: bool = False) -> int:
    content = exchange(NDL, NLC, title=f"{SECRET} draft").content()
    draft = actions.draft(institution=NDL, record=uri(record), content=content, replaces=None, by="officer", at=AT)
    if shared:
        actions.share(draft=draft, by="officer", at=AT)
    return draft


def unfinished() -> None:
    """A draft of our own, one that is shown to a partner, and a text that is proposed to that partner."""
    drafted()
    drafted(record="exchange/e", shared=True)
    House(NDL, uri("exchange/f")).propose(exchange(NDL, NLC, title=f"{SECRET} proposed"))


@pytest.mark.parametrize(
    ("who", "records", "others"),
    [
        (NDL, ["institutions", "own", "public"], ["draft", "draft", "proposed"]),
        (NLC, ["institutions", "public"], ["draft", "proposed"]),
        (NAL, ["public"], []),
    ],
)
def test_each_finds_what_they_may_see_and_nothing_else(who: str, records: list[str], others: list[str]) -> None:
    person("officer", (NDL, "officer"))
    unfinished()
    client = person("clerk", (who, "reader"))
    assert titles(client, SECRET) == sorted(f"{SECRET} {one}" for one in (*records, *others))
    assert titles(client, TEXT) == [f"{SECRET} {one}" for one in records]
    assert f"{len(records)} record" in client.get("/desk/find/", {"q": TEXT}).content.decode()


def test_a_stranger_learns_nothing_of_what_is_not_for_them_by_number_excerpt_or_suggestion() -> None:
    """For a stranger a word that is only in what they may not see is a word that is nowhere."""
    person("officer", (NDL, "officer"))
    unfinished()
    stranger = person("stranger", (NAL, "head"))

    def page(query: str) -> str:
        html = stranger.get("/desk/find/", {"q": query}).content.decode()
        html = html.replace(query, "").replace(query.replace(" ", "+"), "")
        return re.sub(r'value="[A-Za-z0-9]{64}"', "", html)

    for secret in (f"{SECRET} proposed", f"{SECRET} draft", f"{SECRET} own"):
        nowhere = f"{SECRET} nowhere"
        assert page(secret) == page(nowhere)
        assert suggested(stranger, secret) == []
    assert suggested(stranger, SECRET) == [f"{SECRET} public"]
    assert suggested(person("partner", (NLC, "reader")), SECRET) == [f"{SECRET} institutions", f"{SECRET} public"]


def test_what_was_declined_or_withdrawn_is_found_by_those_it_was_for_alone() -> None:
    version = House(NDL, uri("exchange/g")).propose(exchange(NDL, NLC, title=f"{SECRET} declined"))
    actions.decline(
        institution=NLC, record=uri("exchange/g"), version=version, reason=Text.of(en="No"), by="head", at=AT
    )
    assert titles(person("partner", (NLC, "reader")), "declined") == [f"{SECRET} declined"]
    assert titles(person("stranger", (NAL, "head")), "declined") == []


def test_titles_of_drafts_are_found_whatever_the_width_case_or_form_of_a_character() -> None:
    officer = person("officer", (NDL, "officer"))
    content: dict[str, Any] = {"kind": "paper", "title": {"ja": "図書館の協力", "en": "Co-operation", "source": "en"}}
    actions.draft(institution=NDL, record=uri("paper/d"), content=content, replaces=None, by="officer", at=AT)
    for query in ("図書館", "圖書館", "图书馆", "CO-OPERATION", "ｃｏ", "協力 図書"):
        assert titles(officer, query, kind="paper") == ["Co-operation"], query
    assert titles(officer, "図書館", kind="report") == [f"{SECRET} {one}" for one in ("institutions", "own", "public")]


@pytest.mark.parametrize("query", ["", " ", "'\"><script>", "a" * 5000, "%", "-図", "NEAR("])
def test_any_question_is_answered(query: str) -> None:
    client = person("officer", (NDL, "officer"))
    answer = client.get("/desk/find/", {"q": query, "page": "９", "kind": "nonsense"})
    assert (answer.status_code, "<script>alert" in answer.content.decode()) == (200, False)
    assert client.get("/desk/find/", {"q": SECRET, "page": "999999"}).status_code == 200


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_page_is_sound_in_every_language_and_for_staff_alone(language: str) -> None:
    client = person("officer", (NDL, "officer"), language=language)
    drafted()
    for query in ("", SECRET, "nowhere at all", "図書館"):
        assert problems_of(client.get("/desk/find/", {"q": query}).content.decode()) == []
    assert person("visitor").get("/desk/find/").status_code == 404
    assert Client().get("/desk/find/").status_code == 302


@pytest.mark.parametrize("query", ["第4回 NLC", "第四次 NLC", "4th NLC", "nlc 第四回"])
def test_a_draft_of_an_exchange_is_found_by_its_number_and_the_partner_and_offered_so(query: str) -> None:
    held = [{"id": "p", "programme": uri("programme/p"), "number": "4"}]
    content = exchange(NDL, NLC, title="A visit of some days", programmes=held).content()
    actions.draft(institution=NDL, record=uri("exchange/d"), content=content, replaces=None, by="head", at=AT)
    officer = person("officer", (NDL, "officer"))
    assert "A visit of some days" in titles(officer, query)
    offered = officer.get("/desk/suggest/", {"q": query, "kinds": "exchange"}).json()["suggestions"]
    assert [each["record"] for each in offered][:1] == [uri("exchange/d")]
    assert "A visit of some days" not in titles(officer, query.replace("4", "5").replace("四", "五"))
    assert "A visit of some days" not in titles(person("there", (NLC, "officer")), query)
