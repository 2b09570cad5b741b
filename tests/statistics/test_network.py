"""The network: who stands where, and what ties them."""

import math
from itertools import combinations
from typing import Any

from koryu.archive.queries import Line
from koryu.records.listed_values import Summary
from koryu.statistics.network import APART, RADIUS, network


def programme(uri: str, *institutions: str) -> Line:
    summary: dict[str, Any] = {"title": {"en": uri}, "institutions": list(institutions)}
    return Line(uri=uri, kind="programme", slug=uri[2:], basis="recorded", summary=Summary(**summary))


def test_institutions_stand_on_the_circle_in_the_order_given() -> None:
    found = network([programme("x:p", "x:c", "x:a", "x:b")], order=["x:a", "x:b", "x:c", "x:not-involved"])
    assert [(one.uri, one.angle) for one in found.standing] == [("x:a", 0.0), ("x:b", 120.0), ("x:c", 240.0)]
    assert {round(math.dist(one.at, (0, 0))) for one in found.standing} == {RADIUS}


def test_a_programme_is_tied_to_each_of_its_institutions() -> None:
    found = network([programme("x:p", "x:a", "x:b", "x:c")], order=["x:a", "x:b", "x:c"])
    assert set(found.ties[0].ends) == {one.at for one in found.standing}


def test_programmes_between_the_same_institutions_lie_apart() -> None:
    listed = [programme(f"x:{number}", "x:a", "x:b") for number in range(6)]
    places = [tie.at for tie in network(listed, order=["x:a", "x:b"]).ties]
    assert min(math.dist(one, two) for one, two in combinations(places, 2)) >= APART


def test_an_institution_that_is_not_on_record_is_left_out() -> None:
    found = network([programme("x:p", "x:a", "x:unknown"), programme("x:q", "x:unknown")], order=["x:a"])
    assert [one.uri for one in found.standing] == ["x:a"]
    assert [(tie.line.uri, len(tie.ends)) for tie in found.ties] == [("x:p", 1)]
