"""The search as readers and programs meet it: on the shipped record, through a real server."""

import json
import re
from urllib.parse import quote, urlencode

import pytest

from tests.html import problems_of
from tests.site import LANGUAGES, Answer, Site, spoken

ASKED = (
    "図書館",
    "圖書館",
    "图书馆",
    "도서관",
    "としょかん",
    "ﾄｼｮｶﾝ",
    "toshokan",
    "túshūguǎn",
    "doseogwan",
    "t'u-shu-kuan",
)


def page(site: Site, language: str = "en", **asked: object) -> Answer:
    return site.get(f"/{language}/find/?{urlencode(asked, doseq=True)}")


def api(site: Site, **asked: object) -> dict[str, object]:
    answer = site.get(f"/api/find?{urlencode(asked, doseq=True)}")
    assert answer.status == 200, answer.body
    found: dict[str, object] = json.loads(answer.body)
    return found


def records(site: Site, **asked: object) -> list[str]:
    return [one["record"] for one in api(site, **asked)["found"]]  # type: ignore[attr-defined]  # -- a list, as JSON


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ASKED)
def test_one_word_in_any_script_finds_the_same_records(site: Site, language: str, query: str) -> None:
    answer = page(site, language, q=query, institution="ndl", kind="institution")
    assert answer.status == 200
    assert problems_of(answer.body) == []
    assert f'href="/{language}/institution/ndl/"' in answer.body


@pytest.mark.parametrize("query", ["천잉", "陳櫻", "陈樱", "진앵", "Chen Ying", "Ying Chen", "chenying"])
def test_all_the_names_of_one_person_find_that_person_first(site: Site, query: str) -> None:
    assert records(site, q=query)[0] == "tag:koryu,2026:person/chen-ying"


def test_what_matched_is_marked_in_its_own_language_and_told_why(site: Site) -> None:
    body = page(site, q="图书馆", kind="institution", institution="ndl").body
    assert '<span lang="ja">国立国会<mark>図書館</mark></span>' in body
    assert ("ja", "図書館") in spoken(body)
    assert "<kbd>图书馆</kbd> matches" in body
    assert "same characters" in body


def test_filters_are_links_that_narrow_down_to_as_many_as_they_say(site: Site) -> None:
    counts = api(site, q="交流")["counts"]
    for facet in ("kind", "programme", "institution", "theme", "form"):
        for value, count in counts[facet].items():  # type: ignore[index]  # -- an object, as JSON
            name = value.rpartition("/")[2] if ":" in value else value
            assert api(site, q="交流", **{facet: name})["total"] == count, (facet, value)
    for decade, count in counts["decade"].items():  # type: ignore[index]  # -- as above
        years = {"from": decade, "to": str(int(decade) + 9)}
        assert api(site, q="交流", **years)["total"] == count, decade
    body = page(site, q="交流").body
    assert "?q=%E4%BA%A4%E6%B5%81&amp;programme=ndl-nlc" in body


def test_a_choice_can_be_let_go_again(site: Site) -> None:
    body = page(site, q="交流", kind=["paper", "report"]).body
    assert 'href="?q=%E4%BA%A4%E6%B5%81&amp;kind=report" aria-current="true"' in body
    assert 'href="?q=%E4%BA%A4%E6%B5%81">' in body


def test_every_page_of_an_answer_can_be_reached_and_none_twice(site: Site) -> None:
    first = api(site, q="図書館")
    pages = [records(site, q="図書館", page=number) for number in range(1, int(str(first["pages"])) + 1)]
    found = [record for some in pages for record in some]
    assert len(found) == len(set(found)) == first["total"]
    last = page(site, q="図書館", page=first["pages"]).body
    assert f'<span aria-current="page">{first["pages"]}</span>' in last


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_number_past_the_end_leads_back(site: Site, language: str) -> None:
    answer = page(site, language, q="陳櫻", page=999_999)
    assert answer.status == 200
    assert problems_of(answer.body) == []
    assert 'href="?q=%E9%99%B3%E6%AB%BB"' in answer.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_answer_proposes_what_comes_near(site: Site, language: str) -> None:
    answer = page(site, language, q="Toshakan Kyoriku Seiminaru")
    assert (answer.status, problems_of(answer.body)) == (200, [])
    answer = page(site, language, q="Murakmi")
    assert f'href="/{language}/person/' in answer.body


def test_the_same_question_can_be_read_in_the_other_languages(site: Site) -> None:
    assert '<a href="/ko/find/?q=toshokan&amp;kind=paper" lang="ko"' in page(site, q="toshokan", kind="paper").body


def test_names_and_titles_are_suggested_in_the_reader_s_language(site: Site) -> None:
    answer = json.loads(site.get(f"/api/find?suggest=1&lang=zh-Hans&q={quote('上海')}").body)
    assert ("上海图书馆", "zh-Hans") in [(one["text"], one["lang"]) for one in answer["suggestions"]]
    assert json.loads(site.get("/api/find?suggest=1&q=").body) == {"suggestions": []}


BAD = [
    "q=",
    "q=%20",
    "q=%00%01",
    "q=%ed%a0%80",
    "q=%ff%fe",
    "q=%22*%22%20NEAR(%20-%20OR",
    "q=" + quote("図") * 1500,
    "q=" + "a+" * 3000,
    "q=a&page=-1",
    "q=a&page=0",
    "q=a&page=99999999999999999999",
    "q=a&page=%D9%A3",
    "q=a&kind=banquet&kind=%00&theme=%ff&programme=" + "x" * 3000,
    "q=a&from=x&to=99999",
    "q=a&from=2010&to=1990",
    "&".join(["q=a", *(f"kind=k{number}" for number in range(500))]),
]


@pytest.mark.parametrize("asked", BAD)
@pytest.mark.parametrize("place", ["/ja/find/?", "/api/find?", "/api/find?suggest=1&"])
def test_any_input_is_answered(site: Site, place: str, asked: str) -> None:
    answer = site.get(place + asked)
    assert answer.status == 200, answer.body[:300]
    if place.startswith("/ja"):
        assert problems_of(answer.body) == []
    else:
        assert isinstance(json.loads(answer.body), dict)


def test_a_language_that_is_not_one_of_these_is_refused_in_one_sentence(site: Site) -> None:
    answer = site.get("/api/find?q=a&lang=fr")
    assert (answer.status, json.loads(answer.body)) == (400, {"error": "lang: expected one of en, ja, zh-Hans, ko"})


def test_the_box_stands_on_every_page_and_is_a_plain_form(site: Site) -> None:
    for language in LANGUAGES:
        body = site.get(f"/{language}/programme/ndl-nlc/").body
        assert f'<form class="find" role="search" action="/{language}/find/" method="get">' in body


def test_no_page_and_no_answer_shows_how_a_dictionary_would_read_a_persons_name(site: Site) -> None:
    assert "cheoning" not in site.get("/en/person/chen-ying/").body
    for page in ("/en/find/?q=cheoning", "/en/find/?q=chen+ying", "/api/find?q=chen+ying", "/en/find/?q=nagao+makoto"):
        assert not re.search(r"\bread (<|\S+ ?\(automatic)", site.get(page).body), page


def test_a_reading_of_an_institution_that_is_automatic_says_so(site: Site) -> None:
    pages = [body for page, body in site.pages.items() if page.startswith("/en/institution/")]
    guessed = [answer.body.count('<span class="reading"><span') for answer in pages]
    assert sum(guessed) == sum(answer.body.count("(automatic reading)</span>") for answer in pages)


def test_the_command_finds_too(site: Site) -> None:
    found = site.run("find", "陈樱", "--kind", "person")
    assert (found.returncode, found.stdout) == (0, "person/chen-ying  천잉  (陈樱 matches 陳櫻: same characters)\n")
    assert json.loads(site.run("find", "陈樱", "--kind", "person", "--json").stdout)["total"] == 1
    in_japanese = json.loads(site.run("find", "陈樱", "--lang", "ja", "--json").stdout)["found"][0]
    assert in_japanese["matches"][0]["why"] == "「陈樱」は「陳櫻」と一致：同じ字（字体のみ異なる）"
    near = site.run("find", "Murakmi", "--lang", "ko").stdout
    assert near.startswith("일치하는 기록이 없습니다. 비슷한 결과:\nperson/")
    nothing = site.run("find", "zzzz")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert site.run("find", "a", "--kind", "banquet").returncode == 2


def test_what_was_put_on_record_is_found_and_what_was_erased_is_not(own_site: Site) -> None:
    data = own_site.home / "more.yaml"
    data.write_text(MORE, encoding="utf-8")
    assert own_site.run("load", str(data)).returncode == 0
    assert records(own_site, q="Xylophone")[0] == "tag:koryu,2026:outcome/xylophone"
    erased = own_site.run(
        "erase", "outcome/xylophone", "--institution", "institution/compiler", "--by", "loader", "--yes"
    )
    assert erased.returncode == 0, erased.stderr
    assert api(own_site, q="Xylophone")["total"] == 0
    kept = b"".join(file.read_bytes() for file in (own_site.home / "search").rglob("*") if file.is_file())
    assert b"ylophone" not in kept


MORE = """
base: "tag:koryu,2026:"
recorder: institution/compiler
records:
  - record: outcome/xylophone
    kind: outcome
    type: joint work begun
    title: {en: Xylophone scores catalogued together}
    kept_by: institution/compiler
    sources: [{id: page, work: work/ndl-exchange-activities}]
...
"""
