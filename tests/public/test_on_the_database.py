"""Public pages on whichever database the tests run on: the same answers on SQLite and on PostgreSQL."""

import pytest
from django.test import Client

from koryu.archive import actions as search
from koryu.ingest.actions import load
from koryu.ingest.dataset import read
from tests.cli.test_bad_input import GOOD

pytestmark = pytest.mark.django_db
LONG = "x" * 5000


@pytest.fixture(scope="module", autouse=True)
def on_record(once: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("data") / "good.yaml"
    file.write_text(GOOD, encoding="utf-8")
    load([read(file)], at="2026-11-22T09:00:00Z")
    search.catch_up()


# Before, those with NUL and the longest numbers failed on PostgreSQL alone.
ANSWERS = [
    ("/en/exchange/one/", 200),
    ("/en/exchange/", 200),
    ("/ko/browse/", 200),
    ("/ja/timeline/", 200),
    ("/exchange/one.json", 200),
    ("/en/exchange/one/cite.bib", 200),
    ("/keys.json", 200),
    ("/sitemap.xml", 200),
    ("/sitemap-lists.xml", 200),
    ("/sitemap-records.xml", 200),
    ("/sitemap-records.xml?p=%00", 404),
    ("/sitemap-records.xml?p=99999999999999999999999", 404),
    ("/sitemap-%00.xml", 404),
    ("/en/new.atom", 200),
    ("/en/exchange/o%00ne/", 404),
    ("/en/find/?q=a%00b", 200),
    ("/api/find?q=%00", 200),
    ("/en/find/?q=a&kind=%00&theme=%00", 200),
    (f"/en/exchange/{LONG}/", 404),
    (f"/{LONG}/", 404),
    ("/en/exchange/page/99999999999999999999999/", 404),
    ("/en/exchange/page/0/", 404),
    ("/en/browse/programme/%00/", 404),
    (f"/en/find/?q={LONG}", 200),
    ("/en/find/?q=%FF%FE", 200),
    ("/en/exchange/%EF%BF%BF/", 404),
    ("/en/exchange/'%20OR%201=1/", 404),
    ("/desk/draft/99999999999999999999999/", 404),
    ("/desk/draft/999999999999999999/", 302),
]


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_both_databases_answer_alike(path: str, status: int) -> None:
    assert Client().get(path).status_code == status
