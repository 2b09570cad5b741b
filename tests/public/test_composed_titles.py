"""Where a record has no title in the reader's language, every page calls it by a composed one, and says so."""

import json
import re

import pytest
from django.test import Client

from koryu.archive import actions as search
from koryu.ingest.actions import load
from koryu.ingest.dataset import read
from tests.cli.test_bad_input import GOOD
from tests.html import problems_of

pytestmark = pytest.mark.django_db

# In languages and of lengths that no page expects; "\u202e" turns around what follows it, where it is let.
TITLES = {
    "long": "Austausch " * 40,
    "word": "Besuch",
    "marked": "<ruby>交<rt>こう</rt></ruby><script>",
    "arabic": "زيارة متبادلة بين المكتبتين",
    "overlong-word": "Donaudampfschifffahrtsgesellschaft" * 12,
}
TAG = {"arabic": "ar"}
EXCHANGE = """
  - record: exchange/{slug}
    kind: exchange
    form: visit
    event: {{state: held}}
    title: {{{tag}: {title}}}
    institutions: [institution/ndl]
    programmes: [{{id: p, programme: programme/p, number: "{number}"}}]
    dates: [{{id: trip, scope: trip, date: 2001-05}}]
    themes: [{{id: one, text: {{en: Theme}}}}, {{id: two, text: {{en: Another}}}}]
    sources: [{{id: page, work: work/page}}]
  - record: participation/{slug}
    kind: participation
    title: {{{tag}: {title}}}
    exchange: exchange/{slug}
    institution: institution/ndl
    side: visiting
    members: [{{id: one, printed: {{en: Somebody}}}}]
    sources: [{{id: page, work: work/page}}]
"""
SAYS_SO = "No English title is on record; this one was composed here from the other facts on record."


@pytest.fixture(scope="module", autouse=True)
def on_record(once: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    more = "".join(
        EXCHANGE.format(slug=slug, tag=TAG.get(slug, "de"), title=json.dumps(title.strip()), number=20 + place)
        for place, (slug, title) in enumerate(TITLES.items())
    )
    named = GOOD.replace("title: {en: Programme}", "title: {en: Programme, ja: 業務交流, source: ja}")
    file = tmp_path_factory.mktemp("data") / "more.yaml"
    file.write_text(named.replace("...\n", f"  {more.lstrip()}...\n"), encoding="utf-8")
    load([read(file)], at="2026-11-22T09:00:00Z")
    search.catch_up()


def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def heading(body: str) -> str:
    return re.search(r"<h1>\s*(.*?)\s*</h1>", body, re.S)[1]  # type: ignore[index]  # -- every page has one


@pytest.mark.parametrize(("place", "slug"), list(enumerate(TITLES)))
def test_a_record_is_called_by_a_composed_title_and_its_own_stands_under_it(place: int, slug: str) -> None:
    for language, title in (
        ("ja", f"第{20 + place}回業務交流（2001年）"),
        ("en", f"{_th(20 + place)} Programme (2001)"),
    ):
        body = page(f"/{language}/exchange/{slug}/")
        assert heading(body) == title
        assert f"<title>{title} – 交流 Koryu</title>" in body
        assert f'<p class="title"><span class="original" lang="{TAG.get(slug, "de")}"' in body
        assert problems_of(body) == []
    assert SAYS_SO in page(f"/en/exchange/{slug}/")


def _th(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


@pytest.mark.parametrize("slug", TITLES)
def test_what_belongs_to_an_exchange_is_called_after_it(slug: str) -> None:
    number = 20 + list(TITLES).index(slug)
    assert heading(page(f"/ja/participation/{slug}/")) == f"参加：国立国会図書館（第{number}回業務交流、2001年）"


def test_a_record_with_a_title_of_its_own_says_nothing_of_it() -> None:
    body = page("/en/exchange/one/")
    assert heading(body) == "The first exchange"
    assert SAYS_SO not in body
    assert 'class="original"' not in body


def test_where_too_little_is_on_record_the_own_title_stands_with_its_language() -> None:
    body = page("/ko/exchange/word/")
    assert "Besuch" in heading(body)
    assert 'class="in"' in heading(body)


def test_a_list_has_both_titles_and_says_each_language() -> None:
    body = page("/ja/exchange/")
    composed = '<a href="/ja/exchange/word/">第21回業務交流（2001年）</a></span>'
    assert f'{composed} <span class="original" lang="de">Besuch</span>' in body
    assert problems_of(body) == []


def test_the_search_the_feed_and_the_api_have_both_titles() -> None:
    found = json.loads(Client().get("/api/find?q=Besuch&lang=ja").content)["found"]
    by_record = {hit["record"].rpartition(":")[2]: hit for hit in found}
    assert by_record["exchange/word"]["title"] == {"de": "Besuch"}
    assert by_record["exchange/word"]["title_composed"] == {"ja": "第21回業務交流（2001年）"}
    assert "title_composed" not in json.loads(Client().get("/api/find?q=first&lang=en").content)["found"][0]
    hit = page("/ja/find/?q=Another&kind=exchange").partition("/ja/exchange/word/")[2].partition("</li>")[0]
    assert hit.startswith('">第21回業務交流（2001年）</a>')
    assert '<span class="original" lang="de">Besuch</span>' in hit
    # What matched is shown once: where it is the own title, with what matched in it marked.
    hit = page("/ja/find/?q=Besuch&kind=exchange").partition("/ja/exchange/word/")[2].partition("</li>")[0]
    assert '<span lang="de"><mark>Besuch</mark></span>' in hit
    assert "original" not in hit
    feed = page("/ja/new.atom")
    assert "<title>第21回業務交流（2001年）</title>" in feed
    assert " – Besuch</summary>" in feed


def test_linked_data_and_citations_have_the_record_s_own_title() -> None:
    described = re.search(r'<script type="application/ld\+json">(.*?)</script>', page("/ja/exchange/word/"), re.S)
    assert described is not None
    assert json.loads(described[1])["name"] == "Besuch"
    assert json.loads(Client().get("/ja/exchange/word/cite.json").content)[0]["title"] == "Besuch"


def test_a_section_says_once_in_which_language_its_texts_are() -> None:
    body = page("/ja/exchange/word/")
    themes = body[body.index('id="themes"') :]
    themes = themes[: themes.index("</section>")]
    assert themes.count("英語") == 1
    assert '<span lang="en">Theme</span>' in themes
