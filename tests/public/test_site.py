"""The public site on the shipped record, as a reader, a browser and a machine meet it."""

import json
import re

import pytest

from koryu.consent.rules.verification import verify
from scripts.look import kind_of
from tests.html import problems_of
from tests.site import LANGUAGES, Site, in_its_turn, is_read, spoken

TAGS = {"en": "en", "ja": "ja", "zh-hans": "zh-Hans", "ko": "ko"}
# Three English words in a row: in a text said to be Japanese, Chinese or Korean and with nothing of it, a string nobody
# translated. (A note in Japanese may well quote an English title.)
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")


def html(site: Site) -> dict[str, str]:
    found = {path: answer.body for path, answer in site.pages.items()}
    return {path: body for path, body in found.items() if body.startswith("<!doctype html>")}


def test_every_link_leads_somewhere(site: Site) -> None:
    wrong = {path: answer.status for path, answer in site.pages.items() if answer.status not in (200, 302)}
    assert wrong == {}
    assert len(site.pages) > 400


def test_every_record_can_be_reached_from_the_home_page_in_each_language(site: Site) -> None:
    addresses = {(one["kind"], one["record"].rpartition("/")[2]) for one in site.exported}
    missing = [
        f"/{language}/{kind}/{address}/"
        for language in LANGUAGES
        for kind, address in sorted(addresses)
        if is_read(f"/{language}/{kind}/{address}/") and f"/{language}/{kind}/{address}/" not in site.pages
    ]
    assert missing == []


def test_every_page_is_sound_html_in_one_language_and_one_of_each_kind_in_each(site: Site) -> None:
    """`./run look` reads every page in every language."""
    pages = html(site)
    of_each_kind = {kind_of(path): path for path in pages}
    chosen = {path for path in pages if in_its_turn(path)} | set(of_each_kind.values())
    assert {kind.partition("/")[0] for kind in of_each_kind} == set(LANGUAGES)
    assert len(pages) / 5 < len(chosen)
    problems = {path: found for path in chosen if (found := problems_of(pages[path]))}
    assert problems == {}


def test_every_page_says_in_which_language_it_is_and_in_which_it_can_be_had(site: Site) -> None:
    for path, body in html(site).items():
        language, _, rest = path.lstrip("/").partition("/")
        assert f'<html lang="{TAGS[language]}"' in body, path
        elsewhere = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', body)
        assert {(tag, there) for tag, there in elsewhere if tag in TAGS.values()} == {
            (TAGS[other], f"/{other}/{rest}") for other in LANGUAGES
        }, path


def test_no_string_of_the_interface_is_left_in_english(site: Site) -> None:
    left = {
        (path.split("/")[1], text)
        for path, body in html(site).items()
        if not path.startswith("/en/")
        for language, text in spoken(body)
        if language in ("ja", "zh-Hans", "ko") and ENGLISH.search(text) and text.isascii()
    }
    assert left == set()


def test_what_is_shown_in_another_language_is_marked_as_such(site: Site) -> None:
    body = site.get("/ko/work/ndl-exchange-activities/").body
    assert ("en", "Exchange Activities with Foreign Libraries") in spoken(body)


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("ja", "ja"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("ko-KR", "ko"),
        ("fr, en;q=0.5", "en"),
        ("", "en"),
        ("*;q=nonsense,,;", "en"),
    ],
)
def test_the_language_is_the_one_the_browser_asks_for(site: Site, asked: str, slug: str) -> None:
    for path, there in (("/", "/"), ("/programme/ndl-nlc", "/programme/ndl-nlc/")):
        answer = site.get(path, Accept_Language=asked)
        assert (answer.status, answer.headers["location"]) == (302, f"/{slug}{there}")
        assert answer.headers["vary"] == "Accept-Language"


def test_the_record_as_json_verifies_with_the_keys_of_this_server(site: Site) -> None:
    keys = json.loads(site.get("/keys.json").body)
    exported = json.loads(site.get("/programme/ndl-nlc.json").body)
    assert verify(exported, keys=keys).record == "tag:koryu,2026:programme/ndl-nlc"


def test_the_line_of_descent_can_be_read_both_ways(site: Site) -> None:
    agreement = site.get("/en/agreement/ndl-nlc-1999/").body
    outcome = site.get("/en/outcome/ndl-nlc-copying/").body
    assert "/en/outcome/ndl-nlc-copying/" in agreement
    assert "/en/agreement/ndl-nlc-1999/" in outcome


def test_a_persons_page_leads_to_the_papers_they_gave(site: Site) -> None:
    body = site.get("/en/person/lee-sun/").body
    assert '<a href="/en/paper/ndl-nlk-7-databases-nlk/">' in body
    assert "not on record here" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/en/programme/none/",
        "/ja/banquet/",
        "/zh-hans/programme/ndl-nlc/history/more/",
        "/ko/exchange/%E6%B8%B8/",
        "/fr/",
        "/programme/none",
        "/programme/none.json",
        "/en/programme/" + "x" * 3000 + "/",
        "/en/programme/ndl-nlc/%00/",
        "/en/programme/%ff%fe/",
        "/wp-login.php",
    ],
)
def test_an_address_of_nothing_gets_a_helpful_page(site: Site, path: str) -> None:
    answer = site.get(path, Accept_Language="ko")
    assert answer.status == 404
    language = path.split("/")[1] if path.split("/")[1] in TAGS else "ko"
    assert f'<html lang="{TAGS[language]}"' in answer.body
    assert problems_of(answer.body) == []
    assert f'href="/{language}/"' in answer.body


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/ja/exchange/ndl-nlk-20", "/ja/exchange/ndl-nlk-20/"),
        ("/en/find?q=%E5%9B%B3", "/en/find/?q=%E5%9B%B3"),
        ("/ko", "/ko/"),
    ],
)
def test_an_address_that_lacks_its_last_stroke_leads_to_the_page(site: Site, path: str, there: str) -> None:
    answer = site.get(path)
    assert (answer.status, answer.headers["location"]) == (301, there)


@pytest.mark.parametrize("path", ["//example.org/en", "/\\example.org/en", "/example.org"])
def test_no_address_leads_to_another_host(site: Site, path: str) -> None:
    assert site.get(path).status == 404


def test_nothing_is_fetched_from_another_host_and_nothing_runs_inside_a_page(site: Site) -> None:
    for path, answer in site.pages.items():
        if path.startswith("/static/"):
            continue
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        if answer.body.startswith("<!doctype html>"):
            assert re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="https?:', answer.body) == [], path
