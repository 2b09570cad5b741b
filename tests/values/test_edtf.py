import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from koryu.values.edtf import Edtf
from koryu.values.reason import Refused

LISTS = json.loads((Path(__file__).parents[1] / "conformance/edtf/valid-and-invalid.json").read_text("utf-8"))
VALID = sorted({value for name in ("Level0", "Level1", "L0_Intervals", "L1_Intervals") for value in LISTS[name]})
INVALID = sorted({value for name, values in LISTS.items() if name.startswith("invalid") for value in values})

# Valid EDTF, and refused here.
TIME = "a time of day: programmes are dated by the day"
SEASON = "a season"
NEGATIVE = "a year before 1"
YEAR_0 = "the year 0, which is no year of the calendar"
LONG = "a year of more than four digits"
UNKNOWN = "an end that is unknown: it is left out, or written .. when open"
ALL_TIME = "open at both ends, so that it says nothing"
OUTSIDE = {
    "-1000/-0999": NEGATIVE,
    "-1980-11-01/1989-11-30": NEGATIVE,
    "-1984?/2004%": NEGATIVE,
    "-1985-04-12T23:20:30+04:30": NEGATIVE,
    "-1985-04-12T23:20:30Z": NEGATIVE,
    "-1985-04/..": NEGATIVE,
    "-1985-XX-XX": NEGATIVE,
    "-2004-06-01/": NEGATIVE,
    "-2004-06?": NEGATIVE,
    "-2004-XX": NEGATIVE,
    "-2010": NEGATIVE,
    "../..": ALL_TIME,
    "/..": UNKNOWN,
    "/1985": UNKNOWN,
    "/1985-04-12": UNKNOWN,
    "1985-04/": UNKNOWN,
    "0000-01-13/0000-01-23": YEAR_0,
    "0000-01/0000": YEAR_0,
    "0000-01/0000-01-03": YEAR_0,
    "0000-02/1111": YEAR_0,
    "0000/0000": YEAR_0,
    "1985-04-12T23:20:30": TIME,
    "1985-04-12T23:20:30-04": TIME,
    "2004-01-01T10:10:10+00:59": TIME,
    "2001-21": SEASON,
    "2003-22/2003-22": SEASON,
    "Y170000002": LONG,
}


@pytest.mark.parametrize("value", [value for value in VALID if value not in OUTSIDE])
def test_valid_dates_are_taken_and_written_back(value: str) -> None:
    assert Edtf(value) == value


@pytest.mark.parametrize("value", [*OUTSIDE, *INVALID])
def test_invalid_dates_and_those_outside_the_subset_are_refused(value: str) -> None:
    with pytest.raises(Refused):
        Edtf(value)


def test_what_is_said_to_lie_outside_is_in_the_lists() -> None:
    assert set(OUTSIDE) - set(VALID) == set()


DAY = "%s is not a valid calendar date"
WRITTEN = "%s is not a date: 1999, 1999-05, 1999-05-21 or two of them with / between was expected"
MONTH = "%s has no month between 01 and 12"
REASONS = {
    "1986-02-29": DAY,
    "1900-02-29": DAY,
    "2021-04-31": DAY,
    "2021-01-00": DAY,
    "2021-XX-32": DAY,
    "2021-XX-00": DAY,
    "1999-13": MONTH,
    "1999-00": MONTH,
    "2001-21": MONTH,
    "00XX": "%s is not in a year between 0001 and 9999",
    "0000": "%s is not in a year between 0001 and 9999",
    "198X-05": "%s names a month of a year that is not specified",
    "198X-XX": "%s names a month of a year that is not specified",
    "": WRITTEN,
    "..": WRITTEN,
    "XXXX": WRITTEN,
    "1XXX": WRITTEN,
    "19X5": WRITTEN,
    "1999-1X": WRITTEN,
    "1999-5": WRITTEN,
    "19990521": WRITTEN,
    "?1999": WRITTEN,
    "1999~?": WRITTEN,
    "1999\n": WRITTEN,
    "１９９９": WRITTEN,
    "99": WRITTEN,
    "../..": "%s is not an interval: one / between two dates was expected",
    "1985/1986/1987": "%s is not an interval: one / between two dates was expected",
    "1986/1985": "%s ends before it begins",
    "2004-06-11/2004-06-10": "%s ends before it begins",
    "2004-06-11/2004-06": "the end of %s must be given as exactly as its beginning",
}


@pytest.mark.parametrize("value", REASONS)
def test_a_refused_date_says_what_was_expected(value: str) -> None:
    with pytest.raises(Refused) as refused:
        Edtf(value)
    assert str(refused.value) == REASONS[value] % value


def test_the_impossible_end_of_an_interval_is_the_one_named() -> None:
    with pytest.raises(Refused) as refused:
        Edtf("1986-02-01/1986-02-29")
    assert str(refused.value) == "1986-02-29 is not a valid calendar date"


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("1999", date(1999, 1, 1), date(1999, 12, 31)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("2009-09-10", date(2009, 9, 10), date(2009, 9, 10)),
        ("2003~", date(2003, 1, 1), date(2003, 12, 31)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("1999-05-XX", date(1999, 5, 1), date(1999, 5, 31)),
        ("1999-XX-XX", date(1999, 1, 1), date(1999, 12, 31)),
        ("2020-XX-28", date(2020, 1, 28), date(2020, 12, 28)),
        ("2021-XX-31", date(2021, 1, 31), date(2021, 12, 31)),
        ("1985/1986", date(1985, 1, 1), date(1986, 12, 31)),
        ("2000-11/..", date(2000, 11, 1), date.max),
        ("../2004-06", date.min, date(2004, 6, 30)),
        ("2004-06/2004-06-11", date(2004, 6, 1), date(2004, 6, 11)),
    ],
)
def test_a_date_has_an_earliest_and_a_latest_day(value: str, earliest: date, latest: date) -> None:
    assert (Edtf(value).earliest, Edtf(value).latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("value", "precision", "qualifier"),
    [
        ("1999", "year", ""),
        ("1999-05", "month", ""),
        ("1999-05-21?", "day", "?"),
        ("1999-05-XX~", "month", "~"),
        ("2020-XX-28", "day", ""),
        ("198X%", "year", "%"),
        ("2003/2004-06-11%", "year", "%"),
        ("2009-09-10/2009-09-11", "day", ""),
        ("1984?/2008~", "year", "%"),
        ("2000-11~/..", "month", "~"),
    ],
)
def test_a_date_tells_how_exactly_and_how_surely_it_is_known(value: str, precision: str, qualifier: str) -> None:
    assert (Edtf(value).precision, Edtf(value).qualifier) == (precision, qualifier)


def test_an_interval_has_two_ends_and_an_open_one_is_none() -> None:
    whole, since, until = Edtf("1985/1986~"), Edtf("2000-11/.."), Edtf("../2004")
    assert (whole.is_interval, whole.start, whole.end) == (True, "1985", "1986~")
    assert (since.start, since.end) == ("2000-11", None)
    assert (until.start, until.end) == (None, "2004")
    assert type(whole.end) is Edtf


def test_a_date_is_its_own_beginning_and_end() -> None:
    assert (Edtf("1999").is_interval, Edtf("1999").start, Edtf("1999").end) == (False, "1999", "1999")


@given(st.dates(), st.sampled_from(["", "?", "~", "%"]), st.sampled_from([4, 7, 10]))
def test_every_day_month_and_year_of_the_calendar_is_taken(day: date, qualifier: str, length: int) -> None:
    value = Edtf(day.isoformat()[:length] + qualifier)
    assert value.earliest <= day <= value.latest
    assert TypeAdapter(Edtf).dump_python(value, mode="json") == day.isoformat()[:length] + qualifier


@given(st.dates(), st.dates())
def test_an_interval_of_two_days_is_taken_in_their_order_only(one: date, other: date) -> None:
    first, last = sorted((one, other))
    value = Edtf(f"{first}/{last}")
    assert (value.earliest, value.latest) == (first, last)
    if first != last:
        with pytest.raises(Refused, match="ends before it begins"):
            Edtf(f"{last}/{first}")


@given(st.text("0123456789X-/.?~%", max_size=22))
def test_whatever_is_taken_has_its_days_in_order(text: str) -> None:
    try:
        value = Edtf(text)
    except Refused:
        return
    assert value.earliest <= value.latest


def test_a_date_is_a_field_of_a_document() -> None:
    adapter = TypeAdapter(Edtf)
    assert type(adapter.validate_json('"2020-XX-28"')) is Edtf
    assert adapter.dump_json(Edtf("2020-XX-28")) == b'"2020-XX-28"'
    with pytest.raises(ValidationError, match="1986-02-29 is not a valid calendar date"):
        adapter.validate_python("1986-02-29")
