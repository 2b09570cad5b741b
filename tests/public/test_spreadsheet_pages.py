"""Public lists as spreadsheets: what the page shows everybody, and nothing of what it does not."""

import io
from typing import Any, Final

import openpyxl
import pytest
from django.test import Client

from koryu.records.kinds import document_of
from tests.world import COMPILER, NAL, NDL, NLC, PROGRAMME, give_voice, programme, put_on_record, stands, under, uri

pytestmark = pytest.mark.django_db
TITLES: Final = {"en": "37th Exchange", "ja": "第37回業務交流", "zh-Hans": "=第37次业务交流", "source": "ja"}


@pytest.fixture(scope="module", autouse=True)
def on_record(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    held = [{"id": "p", "programme": PROGRAMME, "number": "037"}]
    dates = [{"id": "d", "scope": "trip", "date": "2017-11-13/2017-11-17"}]
    plain = {**under(NDL, NLC).content(), "title": TITLES, "dates": dates, "hosts": [NLC], "programmes": held}
    stands(document_of(plain), NDL, NLC)
    hidden = {**plain, "title": {"en": "Nobody's business"}, "shown_to": "institutions"}
    stands(document_of(hidden), NDL, NLC, record=uri("exchange/hidden"))


def rows_of(address: str) -> list[list[str]]:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    assert answer.headers["X-Robots-Tag"] == "noindex"
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert {each.data_type for row in sheet.iter_rows() for each in row if each.value} == {"s"}
    return [[str(each.value or "") for each in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize(
    "address",
    ["/ja/exchange.xlsx", "/ja/programme/p/exchanges.xlsx", "/ja/browse/year/2017.xlsx"],
)
def test_a_list_goes_out_with_a_title_in_each_language_and_only_with_what_is_public(address: str) -> None:
    heads, *rows = rows_of(address)
    assert heads[:5] == ["日付", "回次", "題名 (英語)", "題名 (日本語)", "題名 (簡体中国語)"]
    assert [row[1:5] for row in rows] == [["037", "37th Exchange", "第37回業務交流", "=第37次业务交流"]]
    assert "Nobody" not in str(rows)


def test_the_same_list_is_the_same_bytes_and_csv_says_the_same() -> None:
    first, second = (Client().get("/en/exchange.xlsx").content for _ in range(2))
    assert first == second
    csv: Any = Client().get("/en/exchange.csv").content.decode("utf-8-sig")
    assert "037,37th Exchange,第37回業務交流,'=第37次业务交流" in csv


@pytest.mark.parametrize("kind", ["institution", "work", "programme", "theme", "paper"])
def test_every_kind_has_its_list_and_an_empty_one_too(kind: str) -> None:
    assert rows_of(f"/ko/{kind}.xlsx")


@pytest.mark.parametrize(
    "address",
    [
        "/en/nothing.xlsx",
        "/en/exchange.xls",
        "/en/programme/none/exchanges.xlsx",
        "/en/browse/year/1900.csv",
        "/en/find.csv",
    ],
)
def test_what_is_no_list_is_not_found(address: str) -> None:
    # With a stroke behind it, it might have been the name of a page.
    assert Client().get(address, follow=True).status_code == 404


def test_each_page_that_shows_a_list_leads_to_its_file() -> None:
    for page, file in (
        ("/en/exchange/", "/en/exchange.xlsx"),
        ("/en/programme/p/", "/en/programme/p/exchanges.xlsx"),
        ("/en/browse/year/2017/", "/en/browse/year/2017.xlsx"),
    ):
        assert f'href="{file}"' in Client().get(page).content.decode()
