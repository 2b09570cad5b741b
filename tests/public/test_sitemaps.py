"""What search engines are told of."""

from math import ceil
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from koryu.archive.models import RecordRow
from koryu.consent import actions
from koryu.public import sitemaps
from tests.site import LANGUAGES, Site
from tests.world import COMPILER, of, settle_in, the_exchange, uri

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ADDRESS = "https://koryu.library.example"


def read(body: str) -> list[Element]:
    """The entries of a sitemap or of the index."""
    return list(ElementTree.fromstring(body))


def place(entry: Element) -> str:
    return str(entry.findtext(f"{SITEMAP}loc"))


def others(entry: Element) -> dict[str, str]:
    return {link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall(f"{XHTML}link")}


def named(site: Site) -> list[Element]:
    """What the sitemaps name to which the index leads."""
    leads = [place(entry).removeprefix(site.address) for entry in read(site.get("/sitemap.xml").body)]
    assert leads == ["/sitemap-lists.xml", "/sitemap-records.xml"]
    return [entry for path in leads for entry in read(site.get(path).body)]


def test_the_sitemaps_name_every_public_record_but_people(site: Site) -> None:
    paths = [place(entry).split("/", 3)[3] for entry in named(site)]
    expected = {
        f"{language}/{one['kind']}/{one['record'].rpartition('/')[2]}/"
        for language in LANGUAGES
        for one in site.exported
        if one["kind"] != "person"
    }
    assert expected - set(paths) == set()
    assert len(paths) == len(set(paths))
    assert [path for path in paths if "person" in path.split("/")] == []


def test_every_page_that_the_sitemaps_name_of_lists_is_there_and_says_the_same_of_other_languages(site: Site) -> None:
    entries = read(site.get("/sitemap-lists.xml").body)
    pages = [site.get(place(entry).removeprefix(site.address)) for entry in entries]
    assert [page.status for page in pages] == [200] * len(entries)
    for entry, page in zip(entries, pages, strict=True):
        for language, href in others(entry).items():
            assert f'hreflang="{language}" href="{href.removeprefix(site.address)}"' in page.body


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-records.xml"])
def test_a_sitemap_is_kept_until_something_changes_as_pages_are(site: Site, path: str) -> None:
    whole = site.get(path, Accept_Encoding="identity")
    assert site.get(path, If_None_Match=whole.headers["etag"]).status == 304
    packed = int(site.get(path, Accept_Encoding="br").headers["content-length"])
    assert path == "/sitemap.xml" or packed < len(whole.body) / 10


@pytest.mark.django_db
def test_a_page_names_itself_in_each_language_and_the_address_that_is_for_all() -> None:
    settle_in()
    the_exchange()
    entries = {place(entry): others(entry) for entry in read(Client().get("/sitemap-records.xml").content.decode())}
    here = "http://127.0.0.1:8000"
    expected = {
        "en": f"{here}/en/exchange/e/",
        "ja": f"{here}/ja/exchange/e/",
        "zh-Hans": f"{here}/zh-hans/exchange/e/",
        "ko": f"{here}/ko/exchange/e/",
        "x-default": f"{here}/exchange/e",
    }
    assert [entries[expected[tag]] for tag in ("en", "ja", "zh-Hans", "ko")] == [expected] * 4
    answer = Client().get("/exchange/e", headers={"accept-language": "ko"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ko/exchange/e/")


@pytest.mark.django_db
def test_the_day_of_the_last_change_is_that_of_the_version_that_stands() -> None:
    settle_in()
    at = "2027-03-31T23:00:00Z"
    work = of("work", type="webpage", kept_by=COMPILER)
    actions.record(record=uri("work/new"), document=work, institution=COMPILER, by="head", at=at)
    days = {
        place(entry).partition("/en/")[2]: entry.findtext(f"{SITEMAP}lastmod")
        for entry in read(Client().get("/sitemap-records.xml").content.decode())
    }
    assert days["work/new/"] == "2027-03-31"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-lists.xml", "/sitemap-records.xml", "/robots.txt"])
@pytest.mark.parametrize("asked", ["127.0.0.1:8765", "elsewhere.example"])
def test_the_host_named_is_the_one_of_the_address_whichever_was_asked(settings: Any, path: str, asked: str) -> None:
    settings.ADDRESS = ADDRESS
    settings.ALLOWED_HOSTS = ["somewhere.example"]
    settle_in()
    the_exchange()
    said = Client(headers={"host": asked}).get(path).content.decode()
    assert ADDRESS in said
    assert asked not in said


@pytest.mark.django_db
def test_what_is_too_much_for_one_sitemap_is_in_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps.InEachLanguage, "limit", 3)
    settle_in()
    the_exchange()
    whole = ceil(4 * len(sitemaps.Records().items()) / 3)
    pages = [place(entry) for entry in read(Client().get("/sitemap.xml").content.decode())]
    records = [page.removeprefix("http://127.0.0.1:8000") for page in pages if "records" in page]
    assert records == ["/sitemap-records.xml", *(f"/sitemap-records.xml?p={n}" for n in range(2, whole + 1))]
    entries = [place(entry) for page in records for entry in read(Client().get(page).content.decode())]
    assert len(entries) == len(set(entries)) == 4 * len(sitemaps.Records().items())
    assert Client().get(f"/sitemap-records.xml?p={whole + 1}").status_code == 404


def test_a_sitemap_of_the_longest_addresses_is_within_what_search_engines_take() -> None:
    """50,000 pages and 50 MB (sitemaps.org). A page is named six times; a letter takes up to twelve bytes in it."""
    letters = RecordRow._meta.get_field("slug").max_length
    assert letters is not None
    link = f'<xhtml:link rel="alternate" hreflang="x-default" href="{ADDRESS}/zh-hans/participation//"/>'
    page = 6 * (len(link) + letters * len("%F0%A0%AE%B7"))
    assert sitemaps.InEachLanguage.limit <= 50_000
    assert sitemaps.InEachLanguage.limit * page < 50_000_000
