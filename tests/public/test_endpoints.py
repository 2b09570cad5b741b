"""What machines ask for: citations and the feed."""

import json
import re
from xml.etree import ElementTree

import pytest

from tests.site import LANGUAGES, Site

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_work_is_cited_as_itself_in_the_words_it_bears(site: Site) -> None:
    answer = site.get("/ko/work/ndl-exchange-activities/cite.json")
    assert answer.headers["content-type"].startswith("application/vnd.citationstyles.csl+json")
    (item,) = json.loads(answer.body)
    assert (item["type"], item["title"]) == ("webpage", "Exchange Activities with Foreign Libraries")
    assert item["URL"] == "https://ndl.go.jp/en/international/operating.html"


def test_any_other_record_is_cited_as_a_page_with_its_version(site: Site) -> None:
    (item,) = json.loads(site.get("/ja/programme/ndl-nlc/cite.json").body)
    assert item["title"] == "国立国会図書館と中国国家図書館の業務交流"
    assert item["URL"].endswith("/programme/ndl-nlc")
    assert (item["type"], item["version"]) == ("webpage", "1")


def test_the_whole_bibliography_is_had_in_three_forms(site: Site) -> None:
    items = json.loads(site.get("/en/work/bibliography.json").body)
    bibtex = site.get("/en/work/bibliography.bib").body
    ris = site.get("/en/work/bibliography.ris").body
    assert len({item["id"] for item in items}) == len(items) > 50
    assert re.findall(r"^@\w+\{([^,]+),$", bibtex, re.MULTILINE) == [item["id"] for item in items]
    assert re.findall(r"^ID  - (.+)$", ris.replace("\r", ""), re.MULTILINE) == [item["id"] for item in items]


def test_every_line_of_ris_is_a_field_and_every_brace_of_bibtex_is_closed(site: Site) -> None:
    ris = site.get("/en/work/bibliography.ris").body
    assert [line for line in ris.split("\r\n") if line and not re.match(r"[A-Z][A-Z0-9]  - ", line)] == []
    bibtex = site.get("/en/work/bibliography.bib").body
    bare = re.sub(r"\\[{}]", "", bibtex)
    assert bare.count("{") == bare.count("}")


@pytest.mark.parametrize("form", ["docx", "bibtex", ""])
def test_a_form_of_citation_nobody_knows_is_not_found(site: Site, form: str) -> None:
    assert site.get(f"/en/work/ndl-exchange-activities/cite.{form}").status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_tells_what_came_to_stand_in_the_reader_s_language(site: Site, language: str) -> None:
    answer = site.get(f"/{language}/new.atom")
    feed = ElementTree.fromstring(answer.body)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 50
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 50
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert entry.findtext(f"{ATOM}title")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)", entry.findtext(f"{ATOM}updated") or "")
    assert "/person/" not in answer.body


def test_robots_are_told_where_the_sitemap_is(site: Site) -> None:
    assert "Sitemap: http://127.0.0.1" in site.get("/robots.txt").body
    assert "Disallow: /*/find/?" in site.get("/robots.txt").body


def test_nobody_is_named_for_security_unless_the_operator_names_somebody(site: Site) -> None:
    assert site.get("/.well-known/security.txt").status == 404
