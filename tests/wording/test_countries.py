"""What countries and days of any year are called in the four languages."""

from datetime import date

import pytest

from koryu.wording.countries import countries_by_name, country_name
from koryu.wording.dates import days_of_year_in_words, weekday_name


@pytest.mark.parametrize(
    ("tag", "name", "days", "weekday"),
    [
        ("en", "South Korea", "29 December – 3 January", "Monday"),
        ("ja", "韓国", "12月29日～1月3日", "月曜日"),
        ("zh-Hans", "韩国", "12月29日—1月3日", "星期一"),
        ("ko", "대한민국", "12월 29일~1월 3일", "월요일"),
    ],
)
def test_each_language_has_its_words(tag: str, name: str, days: str, weekday: str) -> None:
    assert country_name("KR", tag) == name
    assert days_of_year_in_words(date(2026, 12, 29), date(2027, 1, 3), language=tag) == days
    assert weekday_name(date(2024, 1, 1), language=tag) == weekday


def test_one_day_is_named_once_and_a_code_nobody_knows_stays() -> None:
    assert days_of_year_in_words(date(2026, 3, 5), date(2026, 3, 5), language="en") == "5 March"
    assert country_name("X9", "en") == "X9"


def test_countries_stand_in_the_order_of_their_names() -> None:
    assert [code for code, _ in countries_by_name(frozenset({"JP", "CN", "KR"}), "en")] == ["CN", "JP", "KR"]
