"""A record may be called by any URI the door lets in; no name takes a page down, or another's address."""

import re
from html import unescape
from urllib.parse import urljoin

import pytest
from django.test import Client

from koryu.consent import actions
from tests.desk.people import person
from tests.doors.attacks import came_of
from tests.world import EXCHANGE, NDL, NLK, exchange, proposes, settle_in, stands, the_exchange

pytestmark = pytest.mark.django_db
LISTS = (
    "/en/",
    "/en/exchange/",
    "/en/new/",
    "/en/new.atom",
    "/sitemap.xml",
    "/sitemap-records.xml",
    "/en/timeline/",
    "/en/find/?q=Oddly",
)
BASE = "tag:example.org,2026:"

# Each with what came of it when this was written: “sound”, “refused”, or the page that failed.
NAMES = {
    f"{BASE}exchange/": "its lists, the feed and the sitemap failed: NoReverseMatch",
    f"{BASE}exchange/..": "its page has an address no browser asks for",
    f"{BASE}exchange/.": "its page has an address no browser asks for",
    f"{BASE}exchange/page": "sound",
    f"{BASE}exchange/a?b=c": "sound",
    f"{BASE}exchange/a#b": "sound",
    f"{BASE}exchange/a%2Fb": "sound",
    f"{BASE}exchange/a%00b": "sound",
    f"{BASE}exchange/a\x00b": "the feed failed: UnserializableContentError",
    f"{BASE}exchange/第36回": "sound",
    f"{BASE}exchange/e.json": "its own address was taken for the proof of exchange/e",
    f"{BASE}exchange/{'x' * 400}": "sound",
    f'{BASE}exchange/"><b>': "sound",
    f"{BASE}exchange/a\u202eb": "sound",
    "javascript:alert(1)": "sound",
    "x:y": "sound",
    "x:/": "its lists, the feed and the sitemap failed: NoReverseMatch",
    "x:::": "its lists, the feed and the sitemap failed: NoReverseMatch",
}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.mark.parametrize(("name", "before"), NAMES.items(), ids=ascii)
def test_a_record_of_any_name_is_refused_or_can_be_read(name: str, before: str) -> None:
    came = came_of(lambda: stands(exchange(NLK, title="Oddly called"), NLK, record=name))
    assert came == "accepted" or came.startswith(("refused: ", "ValidationError"))
    answers = {place: Client().get(place) for place in LISTS}
    assert {place: answer.status_code for place, answer in answers.items()} == dict.fromkeys(LISTS, 200)
    if came != "accepted":
        return
    listed = answers["/en/exchange/"].content.decode()
    links = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(?:<[^>]+>)*Oddly called', listed)
    assert len(links) == 1
    # A browser resolves dots before it asks.
    assert urljoin("http://here", unescape(links[0])) == "http://here" + unescape(links[0])
    page = Client().get(unescape(links[0]))
    assert (page.status_code, "Oddly called" in page.content.decode()) == (200, True)
    proof = re.findall(r'href="([^"]+\.json)"', page.content.decode())
    assert [Client().get(unescape(one)).status_code for one in proof] == [200] * len(proof)
    desk = person("clerk", (NLK, "head")).get("/desk/")
    assert desk.status_code == 200


def test_a_later_record_takes_no_address_from_one_that_has_it() -> None:
    the_exchange(title="The true one")
    came_of(lambda: stands(exchange(NLK, title="Another"), NLK, record="tag:elsewhere.example,2026:exchange/e"))
    assert "The true one" in Client().get("/en/exchange/e/").content.decode()


def test_a_stranger_s_draft_or_proposal_takes_no_address() -> None:
    """Before: so it was."""
    squatted = "tag:elsewhere.example,2026:exchange/e"
    actions.draft(
        institution=NLK,
        record=squatted,
        content=exchange(NLK).content(),
        replaces=None,
        by="head",
        at="2026-11-22T09:00:00Z",
    )
    came_of(proposes(NLK, exchange(NLK, NDL), squatted))
    the_exchange(title="The true one")
    assert "The true one" in Client().get("/en/exchange/e/").content.decode()
    assert EXCHANGE in Client().get("/exchange/e.json").content.decode()
