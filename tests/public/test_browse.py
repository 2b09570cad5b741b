"""Ways through the shipped record: timeline, network, browsing, side by side, what is new, what machines are told."""

import json
import re

import pytest

from tests.html import problems_of
from tests.site import LANGUAGES, Site, links_in, spoken


def linked_data(body: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def test_the_timeline_has_every_exchange_once_in_its_list(site: Site) -> None:
    exchanges = sorted(one["record"].rpartition("/")[2] for one in site.exported if one["kind"] == "exchange")
    tables = "".join(re.findall(r"<table.*?</table>", site.get("/en/timeline/").body, re.DOTALL))
    assert sorted(re.findall(r'"title"><a href="/en/exchange/([^/]+)/"', tables)) == exchanges


def test_every_mark_of_the_timeline_is_a_link_with_a_title(site: Site) -> None:
    (picture,) = re.findall(r'<table class="lanes".*?</table>', site.get("/ja/timeline/").body, re.DOTALL)
    marks = re.findall(r'<a class="m[^"]*" href="/ja/exchange/[^"]+" title="[^"]+">', picture)
    assert len(marks) == len(re.findall(r"<b aria-hidden", picture)) > 30


@pytest.mark.parametrize("path", ["timeline/", "timeline/2010-2019/", "timeline/2017/", "programme/ndl-nlk/", ""])
def test_every_row_of_a_timeline_has_as_many_columns_as_its_table(site: Site, path: str) -> None:
    (picture,) = re.findall(r'<table class="lanes".*?</table>', site.get(f"/ko/{path}").body, re.DOTALL)
    columns = int(re.findall(r'<col span="(\d+)"', picture)[0]) + 1
    rows = re.findall(r"<tr.*?</tr>", picture)
    assert len(rows) > 1
    assert {
        sum(int(span or 1) for span in re.findall(r'<t[hd](?: [^>]*?)?(?:colspan="(\d+)"[^>]*)?>', row)) for row in rows
    } == {columns}


@pytest.mark.parametrize("span", ["1990-1999", "2012"])
def test_a_span_of_the_timeline_shows_its_exchanges_alone(site: Site, span: str) -> None:
    body = site.get(f"/en/timeline/{span}/").body
    tables = "".join(re.findall(r"<table.*?</table>", body, re.DOTALL))
    years = {int(year) for year in re.findall(r'class="when.*?(\d{4})<', tables)}
    first, last = int(span[:4]), int(span[-4:])
    assert years
    assert {year for year in years if not first <= year <= last} == set()


@pytest.mark.parametrize("span", ["1066", "2012-1999", "199x", "2012-13", "3000-3009"])
def test_a_span_of_nothing_gets_a_helpful_page(site: Site, span: str) -> None:
    assert site.get(f"/ko/timeline/{span}/").status == 404


def test_the_network_ties_each_programme_to_its_institutions(site: Site) -> None:
    body = site.get("/en/network/").body
    (picture,) = re.findall(r'<svg class="network".*?</svg>', body, re.DOTALL)
    programmes = set(re.findall(r'href="(/en/programme/[^"]+)"', body.split("<svg", 1)[1])) - {"/en/programme/"}
    assert {path for path in programmes if f'<a href="{path}"><title>' not in picture} == set()
    assert "/en/institution/ndl/" in picture


def test_each_exchange_is_found_under_its_host_its_place_its_form_its_theme_and_its_year(site: Site) -> None:
    for facet, value in (("host", "nlk"), ("place", "seoul"), ("form", "visit"), ("year", "2017")):
        answer = site.get(f"/en/browse/{facet}/{value}/")
        assert answer.status == 200
        assert "/en/exchange/ndl-nlk-20/" in links_in(answer.body), facet


@pytest.mark.parametrize(
    "path",
    ["/ja/work/page/99/", "/ja/work/page/0/", "/ja/browse/year/2017/2/", "/ja/work/page/9999999999999999999999/"],
)
def test_a_page_past_the_end_says_where_the_end_is_in_the_readers_language(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status == 404
    assert '<html lang="ja"' in answer.body
    assert "最後のページ" in answer.body
    end = next(link for link in links_in(answer.body.split('id="ways"')[1]))
    assert site.get(end).status == 200
    assert problems_of(answer.body) == []


def test_the_pages_of_a_list_hold_everything_once(site: Site) -> None:
    works = sorted(one["record"].rpartition("/")[2] for one in site.exported if one["kind"] == "work")
    pages = [site.get(path).body for path in ("/en/work/", "/en/work/page/2/")]
    assert sorted(re.findall(r'"title"><a href="/en/work/([^/]+)/"', "".join(pages))) == works


def test_side_by_side_every_text_is_in_both_languages_or_said_to_be_missing(site: Site) -> None:
    body = site.get("/en/agreement/ndl-nlc-1999/beside/ja/").body
    rows = re.findall(r'<tr>\s*<th scope="row">.*?</tr>', body, re.DOTALL)
    assert rows
    assert {row.count("<td>") for row in rows} == {2}
    assert ("ja", "source") not in spoken(body)
    assert site.get("/en/agreement/ndl-nlc-1999/beside/en/").headers["location"].endswith("/beside/ja/")


def test_what_is_new_is_told_by_the_page_and_by_the_feed(site: Site) -> None:
    page, feed = site.get("/zh-hans/new/"), site.get("/zh-hans/new.atom")
    assert "/zh-hans/new.atom" in links_in(page.body)
    titles = re.findall(r"<entry><title>([^<]+)</title>", feed.body)
    assert len(titles) == 50
    assert [title for title in titles if title not in page.body] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exchange_reads_like_a_programme(site: Site, language: str) -> None:
    links = links_in(site.get(f"/{language}/exchange/ndl-nlk-20/").body)
    sessions = links.index(f"/{language}/timetable/ndl-nlk-20/")
    papers = [place for place, link in enumerate(links) if link.startswith(f"/{language}/paper/ndl")]
    company = links.index(f"/{language}/participation/ndl-nlk-20-ndl/")
    assert papers
    assert sessions < min(papers) < max(papers) < company


def test_a_record_says_what_it_is_to_machines(site: Site) -> None:
    found = linked_data(site.get("/ja/exchange/ndl-nlk-20/").body)
    assert (found["@type"], found["startDate"]) == ("Event", "2017-09-18")
    assert linked_data(site.get("/ja/institution/ndl/").body)["@type"] == "Library"


def test_a_record_offers_its_citation_and_its_address_without_a_language(site: Site) -> None:
    body = site.get("/ko/exchange/ndl-nlk-20/").body
    for form in ("bib", "ris", "json"):
        path = f"/ko/exchange/ndl-nlk-20/cite.{form}"
        assert path in links_in(body)
        assert site.get(path).status == 200
    assert '<link rel="alternate" hreflang="x-default" href="/exchange/ndl-nlk-20">' in body
    assert 'type="application/atom+xml"' in body


def test_the_page_of_a_person_is_not_for_search_engines_and_says_how_it_is_removed(site: Site) -> None:
    people = [path for path in site.pages if re.fullmatch(r"/[a-z-]+/person/[a-z0-9-]+/", path)]
    assert len(people) > 50
    for path in people:
        body = site.pages[path].body
        assert '<meta name="robots" content="noindex">' in body, path
        assert "can have it removed" in body or not path.startswith("/en/"), path


def test_the_components_are_shown_only_to_those_who_work_on_them(site: Site) -> None:
    assert site.get("/en/about/components/").status == 404
