"""Budget years: their days and months; and the years of a programme of which nothing is on record."""

from datetime import date
from typing import Any

import pytest

from koryu.planning.rules.budget_year import BudgetYear, in_spans, missing_years, year_of
from koryu.planning.rules.counting import CountedExchange, Rhythm
from koryu.values.edtf import Edtf

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("day", "month", "year", "first", "last"),
    [
        (date(2027, 3, 31), 4, 2026, date(2026, 4, 1), date(2027, 3, 31)),
        (date(2027, 4, 1), 4, 2027, date(2027, 4, 1), date(2028, 3, 31)),
        (date(2027, 1, 1), 1, 2027, date(2027, 1, 1), date(2027, 12, 31)),
        (date(2028, 2, 29), 3, 2027, date(2027, 3, 1), date(2028, 2, 29)),
        (date(2027, 12, 1), 12, 2027, date(2027, 12, 1), date(2028, 11, 30)),
    ],
)
def test_a_budget_year_is_called_by_the_year_in_which_it_begins(
    day: date, month: int, year: int, first: date, last: date
) -> None:
    falls_in = year_of(day, month)
    assert (falls_in.year, falls_in.first, falls_in.last) == (year, first, last)
    assert len(falls_in.months) == 12
    assert (falls_in.months[0], falls_in.months[-1]) == (first, last.replace(day=1))


def test_what_touches_a_year_is_in_it() -> None:
    year = BudgetYear(year=2027, month=4)
    # A trip across 31 March is in both.
    assert year.touches(date(2027, 3, 29), date(2027, 4, 2))
    assert BudgetYear(year=2026, month=4).touches(date(2027, 3, 29), date(2027, 4, 2))
    assert not year.touches(date(2027, 3, 29), date(2027, 3, 31))
    assert not year.touches(date(2028, 4, 1), date(2028, 4, 2))


def held(*written: str) -> list[CountedExchange]:
    return [CountedExchange(uri=f"e{place}", date=Edtf(each)) for place, each in enumerate(written)]


@pytest.mark.parametrize(
    ("rhythm", "dates", "missing"),
    [
        ({}, ["2020-10", "2021-10", "2023-10"], (2022, 2024, 2025)),
        ({}, [], ()),
        ({"every": "P2Y"}, ["2018-10", "2020-10", "2024-10"], (2022,)),
        ({"every": "P6M"}, ["2024-10", "2025-04"], ()),
        ({"until": Edtf("2023")}, ["2020-10", "2021-10"], (2022, 2023)),
        # Held in January: of 2022 or of 2023, and nobody knows.
        ({}, ["2021-10", "2023-01", "2024-10"], (2025,)),
        ({"year_begins": 4}, ["2023-10", "2025-01"], (2025,)),
        ({"year_begins": 12}, ["2024-12"], ()),
        ({}, ["2026-10"], ()),
        ({}, ["2027-10"], ()),
    ],
)
def test_years_without_an_entry(rhythm: dict[str, Any], dates: list[str], missing: tuple[int, ...]) -> None:
    said = Rhythm(members=(), **rhythm)
    assert missing_years(said, held(*dates), today=TODAY) == missing


def test_years_in_a_row_are_said_as_one() -> None:
    assert in_spans((2001, 2002, 2003, 2010, 2012, 2013)) == ((2001, 2003), (2010, 2010), (2012, 2013))
    assert in_spans(()) == ()
