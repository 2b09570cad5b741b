"""By what exchanges are browsed."""

from datetime import date
from typing import Any

from koryu.archive.queries import Line
from koryu.public.facets import values
from koryu.records.listed_values import Summary

NDL = Line(
    uri="x:ndl", kind="institution", slug="ndl", basis="recorded", summary=Summary(title={"ja": "国立国会図書館"})
)


def exchange(uri: str, first: date | None = None, last: date | None = None, **said: Any) -> Line:
    summary: dict[str, Any] = {"title": {"en": uri}, "form": "visit", **said}
    return Line(
        uri=uri, kind="exchange", slug=uri, basis="recorded", summary=Summary(**summary), earliest=first, latest=last
    )


def slugs(facet: str, *exchanges: Line, reader: str = "en") -> list[tuple[str, list[str]]]:
    found = values(facet, exchanges, named={NDL.uri: NDL}, reader=reader)
    return [(value.slug, [line.uri for line in value.lines]) for value in found]


def test_an_exchange_over_the_turn_of_a_year_is_found_in_both() -> None:
    over = exchange("x:1", date(1985, 1, 1), date(1986, 12, 31))
    assert slugs("year", over, exchange("x:2")) == [("1985", ["x:1"]), ("1986", ["x:1"])]


def test_one_with_an_open_end_is_found_in_the_year_it_began() -> None:
    assert slugs("year", exchange("x:1", date(2000, 11, 1), date.max)) == [("2000", ["x:1"])]


def test_a_host_is_named_by_its_address_and_one_not_on_record_is_left_out() -> None:
    assert slugs("host", exchange("x:1", hosts=["x:ndl", "x:gone"])) == [("ndl", ["x:1"])]


def test_a_city_is_one_place_in_whatever_language_it_is_written() -> None:
    one = exchange("x:1", cities=[{"en": "Tokyo", "ja": "東京", "source": "ja"}])
    two = exchange("x:2", cities=[{"ja": "東京", "en": "Tokyo", "source": "en"}, {"ja": "京都"}])
    assert slugs("place", one, two, reader="en") == [("tokyo", ["x:1", "x:2"]), ("京都", ["x:2"])]


def test_forms_stand_in_their_own_order() -> None:
    assert [slug for slug, _ in slugs("form", exchange("x:1", form="staff dispatch"), exchange("x:2"))] == [
        "visit",
        "staff-dispatch",
    ]
