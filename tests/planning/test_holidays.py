"""Public holidays: decreed days, substitutes, what is not announced yet, and names in the reader's language."""

import subprocess
import sys
from datetime import date
from typing import Final

import pytest

from koryu.planning.rules.holidays import CountryYear, HolidayName, countries, country_year, holiday_name, is_known

TODAY: Final = date(2026, 11, 29)
# State Council, 4 November 2025, on the holidays of 2026; Act on National Holidays (Japan), art. 2 and 3, and the
# gazette of 3 February 2025; Regulations on Holidays of Public Offices (Korea), art. 2 and 3.
DECREED: Final = [
    ("CN", "2026-01-01", "free"),
    ("CN", "2026-01-02", "free"),
    ("CN", "2026-01-04", "make-up"),
    ("CN", "2026-01-05", "works"),
    ("CN", "2026-02-13", "works"),
    ("CN", "2026-02-14", "make-up"),
    ("CN", "2026-02-16", "free"),
    ("CN", "2026-02-23", "free"),
    ("CN", "2026-02-24", "works"),
    ("CN", "2026-02-28", "make-up"),
    ("CN", "2026-04-06", "free"),
    ("CN", "2026-05-01", "free"),
    ("CN", "2026-05-05", "free"),
    ("CN", "2026-05-06", "works"),
    ("CN", "2026-05-09", "make-up"),
    ("CN", "2026-06-19", "free"),
    ("CN", "2026-09-20", "make-up"),
    ("CN", "2026-09-25", "free"),
    ("CN", "2026-09-28", "works"),
    ("CN", "2026-10-01", "free"),
    ("CN", "2026-10-07", "free"),
    ("CN", "2026-10-08", "works"),
    ("CN", "2026-10-10", "make-up"),
    ("JP", "2026-05-06", "free"),
    ("JP", "2026-09-21", "free"),
    ("JP", "2026-09-22", "free"),
    ("JP", "2026-09-23", "free"),
    ("JP", "2026-09-24", "works"),
    ("JP", "2026-11-03", "free"),
    ("JP", "2027-03-22", "free"),
    ("JP", "2026-12-29", "works"),
    ("KR", "2025-01-27", "free"),
    ("KR", "2025-03-03", "free"),
    ("KR", "2025-05-06", "free"),
    ("KR", "2025-06-03", "free"),
    ("KR", "2025-10-08", "free"),
    ("KR", "2026-03-02", "free"),
    ("KR", "2026-05-25", "free"),
    ("KR", "2026-08-17", "free"),
    ("KR", "2026-10-05", "free"),
    ("KR", "2026-10-06", "works"),
    ("KR", "2027-02-09", "free"),
]


def year(country: str, year: int, today: date = TODAY, subdivision: str = "") -> CountryYear:
    known = country_year(country, year, today=today, subdivision=subdivision)
    assert known
    return known


@pytest.mark.parametrize(("country", "written", "what"), DECREED)
def test_decreed_days_are_as_they_were_decreed(country: str, written: str, what: str) -> None:
    day = date.fromisoformat(written)
    known = year(country, day.year)
    assert ("free" if not known.works(day) else "make-up" if day in known.make_up else "works") == what
    assert (known.announced, known.may_change) == (True, frozenset())


@pytest.mark.parametrize(
    ("country", "of", "first_known"),
    [("JP", 2028, date(2027, 2, 1)), ("KR", 2028, date(2027, 7, 1)), ("KR", 2027, date(2026, 7, 1))],
)
def test_a_year_is_announced_from_a_day_of_the_year_before(country: str, of: int, first_known: date) -> None:
    assert not year(country, of, date.fromordinal(first_known.toordinal() - 1)).announced
    assert year(country, of, first_known).announced


def test_the_year_of_china_without_days_in_lieu_is_not_announced_and_may_change_ten_days_around_a_holiday() -> None:
    known = year("CN", 2027)
    assert not known.announced
    assert known.make_up == frozenset()
    around_mid_autumn_and_national_day = {
        day for day in known.may_change if date(2027, 8, 1) <= day <= date(2027, 11, 30)
    }
    first, last = date(2027, 9, 5), date(2027, 10, 13)
    assert (min(around_mid_autumn_and_national_day), max(around_mid_autumn_and_national_day)) == (first, last)
    # Not announced is never said of a year that is over, whatever the table has of it.
    assert year("CN", 2003).announced


def test_of_japan_only_the_equinoxes_and_of_korea_the_days_beside_holidays_can_still_change() -> None:
    assert year("JP", 2028).may_change == {
        date(2028, month, day) for month, days in ((3, (19, 20, 21)), (9, (21, 22, 23))) for day in days
    }
    assert date(2028, 3, 2) in year("KR", 2028).may_change
    assert date(2028, 4, 4) not in year("KR", 2028).may_change
    assert year("KR", 2026).may_be_added
    assert not year("JP", 2026).may_be_added


@pytest.mark.parametrize(
    ("country", "of", "subdivision"),
    [("CN", 2101, ""), ("MN", 2101, ""), ("CN", 1949, ""), ("XX", 2026, ""), ("", 2026, ""), ("JP", 2026, "13")],
)
def test_where_no_calendar_is_known_nothing_is_said_to_be_working(country: str, of: int, subdivision: str) -> None:
    assert country_year(country, of, today=TODAY, subdivision=subdivision) is None
    assert holiday_name(country, date(of, 1, 1), tag="en", subdivision=subdivision) is None


def test_a_part_of_a_country_has_days_of_its_own() -> None:
    assert is_known("DE", "BY")
    epiphany = date(2027, 1, 6)
    assert (year("DE", 2027).works(epiphany), year("DE", 2027, subdivision="BY").works(epiphany)) == (True, False)


def test_asking_for_one_year_fills_no_other() -> None:
    before = year("CN", 2026)
    year("CN", 2099)
    assert year("CN", 2026) == before
    assert {day.year for day in before.free | before.holidays | before.make_up} == {2026}


@pytest.mark.parametrize(
    ("country", "day", "tag", "name"),
    [
        ("JP", date(2027, 11, 3), "ja", HolidayName("文化の日", "ja")),
        ("JP", date(2027, 11, 3), "en", HolidayName("Culture Day", "en")),
        ("JP", date(2027, 11, 3), "ko", HolidayName("文化の日", "ja")),
        ("CN", date(2027, 10, 1), "zh-Hans", HolidayName("国庆节", "zh-Hans")),
        ("CN", date(2027, 10, 1), "en", HolidayName("National Day", "en")),
        ("CN", date(2027, 10, 1), "ja", HolidayName("国庆节", "zh-Hans")),
        ("KR", date(2027, 10, 9), "ko", HolidayName("한글날", "ko")),
        ("KR", date(2027, 10, 9), "zh-Hans", HolidayName("한글날", "ko")),
        ("MN", date(2027, 1, 1), "ja", HolidayName("Шинэ жил", "mn")),
    ],
)
def test_a_holiday_is_named_in_the_readers_language_else_in_the_countrys_own(
    country: str, day: date, tag: str, name: HolidayName
) -> None:
    assert holiday_name(country, day, tag=tag) == name


def test_a_day_without_a_holiday_has_no_name() -> None:
    assert holiday_name("JP", date(2027, 11, 4), tag="ja") is None


def test_the_table_is_read_by_no_page_until_it_is_asked() -> None:
    """The public pages, the desk's addresses and the rules are there without it: 14 MB that most never need. Nor does
    one country read the files of the others."""
    script = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'koryu.settings'; import django; django.setup(); "
        "import koryu.urls, koryu.desk.urls, koryu.planning.rules.holidays as h; before = 'holidays' in sys.modules; "
        "h.is_known('JP'); print(before, *(m for m in sys.modules if m.startswith('holidays.countries')))"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "holidays.countries.japan"]


def test_every_country_of_the_table_has_a_file_of_its_own_that_is_read() -> None:
    assert {country for country in countries() if not is_known(country)} == set()
