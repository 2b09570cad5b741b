"""What is typed into the day cell of a timetable (for 9 to 17 November 2027), and how it is understood."""

from datetime import date

import pytest

from koryu.sheets.rows.days import day_typed
from koryu.values.reason import Refused

FIRST, LAST = date(2027, 11, 9), date(2027, 11, 17)
_UNDERSTOOD = {
    "9": "2027-11-09",
    "９": "2027-11-09",
    "9日": "2027-11-09",
    "9日(火)": "2027-11-09",
    "9日（火）": "2027-11-09",
    "9（周二）": "2027-11-09",
    "9号 星期二": "2027-11-09",
    "9일(화)": "2027-11-09",
    "9일 화요일": "2027-11-09",
    "9 Tue": "2027-11-09",
    "Tue 9 Nov": "2027-11-09",
    "Wednesday, 17": "2027-11-17",
    "11月9日周二": "2027-11-09",
    "17 Wednesday": "2027-11-17",
    "11/9": "2027-11-09",
    "11/9(火)": "2027-11-09",
    "11-10": "2027-11-10",
    "11月10日": "2027-11-10",
    "11月10日（水）": "2027-11-10",
    "11월 10일": "2027-11-10",
    "10 Nov": "2027-11-10",
    "Nov 10": "2027-11-10",
    "10 November 2027": "2027-11-10",
    "2027-11-10": "2027-11-10",
    "2027年11月10日": "2027-11-10",
    "2027. 11. 10.": "2027-11-10",
    "2027/11/10": "2027-11-10",
    "1": "2027-11-01",
    "28": "2027-11-28",
    "12/1": "2027-12-01",
    "31": "2027-10-31",
}
_REFUSED = {
    "17日(火)": "“2027-11-17” is a Wednesday",
    "Mon 9 Nov": "“2027-11-09” is a Tuesday",
    "9 Monday": "“2027-11-09” is a Tuesday",
    "32": "There is no such day",
    "11/31": "There is no such day",
    "13/1": "There is no such day",
    "10 November 2027 (Mon)": "“2027-11-10” is a Wednesday",
    "November": "is not one day",
    "9–17 November 2027": "is not one day",
    "first day": "is not one day",
    "=TODAY()": "is not one day",
    "沈文远": "is not one day",
    "9" * 2_000: "is not one day",
}


@pytest.mark.parametrize(("typed", "understood"), _UNDERSTOOD.items())
def test_days_are_understood_as_people_type_them(typed: str, understood: str) -> None:
    assert str(day_typed(typed, first=FIRST, last=LAST)) == understood


@pytest.mark.parametrize(("typed", "sentence"), _REFUSED.items())
def test_what_is_no_day_is_answered_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        day_typed(typed, first=FIRST, last=LAST)
    assert sentence in str(refused.value.reason)


def test_nothing_typed_is_the_day_above() -> None:
    assert str(day_typed("", first=FIRST, last=LAST, above=date(2027, 11, 11))) == "2027-11-11"
    with pytest.raises(Refused):
        day_typed("", first=FIRST, last=LAST)


@pytest.mark.parametrize(("typed", "understood"), [("30", "2027-12-30"), ("2", "2028-01-02"), ("1/2", "2028-01-02")])
def test_a_visit_over_the_end_of_a_year_has_days_in_both(typed: str, understood: str) -> None:
    assert str(day_typed(typed, first=date(2027, 12, 28), last=date(2028, 1, 3))) == understood


def test_without_the_days_of_the_exchange_a_number_is_in_the_month_above() -> None:
    assert str(day_typed("10", above=date(2027, 11, 9))) == "2027-11-10"
    with pytest.raises(Refused, match="names no month"):
        day_typed("10")
