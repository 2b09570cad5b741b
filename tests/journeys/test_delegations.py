"""Both delegations of a visit that the shipped record has, typed by hand at the page of an exchange, and measured."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from koryu.values.text import Text
from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.test_next_year import VISITS
from tests.journeys.typist import Typist, drafts_on
from tests.shipped import BASE, shipped
from tests.site import Site

# The longest two lists of one visit of these libraries.
THEIRS, OURS = ("participation/ndl-nlc-36-nlc", "participation/ndl-nlc-36-ndl")
PEOPLE: Final = "exchange/visits-2/people/?lang=en"
COLUMNS: Final = ("name:en", "post:en", "unit:en", "roles", "remark:en")
# For two lists out of the fifteen records of an exchange, each with at most ten pages and 170 acts in all.
MOST_PAGES, MOST_ACTS = 6, 50


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("delegations"), VISITS) as site:
        yield site


def as_typed(member: dict[str, Any]) -> dict[str, str]:
    """A member as an officer would type it into the columns: posts with `;` between them, roles with commas."""
    posts = member.get("posts", [])
    name = shipped()[member["person"].removeprefix(BASE)].title
    return {
        "name:en": Text.shown(name, "en").text,
        "post:en": "; ".join(post.get("post", {}).get("en", "") for post in posts).rstrip("; "),
        "unit:en": "; ".join(post.get("unit", {}).get("en", "") for post in posts).rstrip("; "),
        "roles": ", ".join(member.get("roles", [])),
        "remark:en": member.get("remark", {}).get("en", ""),
    }


def without_names(content: dict[str, Any]) -> dict[str, Any]:
    """What is compared: side, size and each member in order, without names, ids, bodies of posts and translations."""
    return {
        "side": content["side"],
        "size_stated": content.get("size_stated"),
        "members": [
            {
                "posts": [
                    {name: post[name]["en"] for name in ("post", "unit") if name in post}
                    for post in member.get("posts", [])
                ],
                "roles": member.get("roles", ["member"]),
                "counted": member.get("counted", True),
                "remark": member.get("remark", {}).get("en", ""),
            }
            for member in content["members"]
        ],
    }


def saved_in(desk: Site, institution: str) -> dict[str, Any]:
    """The draft of the list of an institution, as it is kept."""
    kept = drafts_on(desk, "participation")
    return next(each for each in kept if str(each["institution"]).endswith(institution))


def test_both_delegations_are_typed_at_one_page(desk: Site, sits_down: SitsDown) -> None:
    """Ito puts both lists of a visit on record: his own library's, and the partner's from a publication."""
    # The publication is found by words of its title.
    assert desk.run("index").returncode == 0
    ito = sits_down("ito")
    typist = Typist(ito)
    typist.goes("exchange/visits-2/received/")
    ito.page.get_by_role("checkbox", name="who takes part").check()
    typist.clicked()
    ito.page.get_by_label("On record already: words of its title").fill("List of visits")
    typist.did.acts += 1
    typist.did.keys += len("List of visits")
    typist.presses("Record this")
    typist.goes(PEOPLE)
    typist.presses("Begin our list")
    for institution, name in (("nlc", THEIRS), ("ndl", OURS)):
        content = shipped()[name].content()
        section = f"#of-{institution}"
        rows = [as_typed(member) for member in content["members"]]
        for column in COLUMNS:
            typist.down(section, column, [row[column] for row in rows])
        typist.saves(section)
        side, size = (ito.page.locator(f"{section} [name={field}]") for field in ("side", "size_stated"))
        if side.input_value() != content["side"]:
            side.select_option(content["side"])
            typist.clicked()
        if "size_stated" in content:
            size.click()
            typist.types(str(content["size_stated"]))
        typist.presses("Save these", within=section)
    for institution, name in (("nlc", THEIRS), ("ndl", OURS)):
        assert without_names(saved_in(desk, institution)) == without_names(shipped()[name].content())
    did = typist.did
    # Read with `pytest -s`.
    sys.stdout.write(f"{did.pages} pages, {did.acts} acts, {did.keys} keys, {did.minutes():.1f} minutes\n")
    assert (did.pages <= MOST_PAGES, did.acts <= MOST_ACTS) == (True, True), did
