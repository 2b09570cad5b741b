"""What was said between an agreement and its conclusion, and what of it is not exported: exports verify for all."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from koryu.archive import queries as archive
from koryu.consent import actions
from koryu.consent.rules.verification import verify
from koryu.institutions import queries as institutions
from koryu.publishing.export import bundle
from koryu.seals.digests import digest
from koryu.values.reason import Refused
from tests.doors import forging
from tests.doors.forging import concluded, made, sealed
from tests.world import (
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    NLK,
    House,
    exchange,
    give_voice,
    history,
    records,
    settle_in,
    sourced,
)

pytestmark = pytest.mark.django_db
OPEN = partial(exchange, title="As we put it forward")
PRIVATE = partial(exchange, shown_to="institutions")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


def proposes_and_all_accept(first: str, *others: str, said: Callable[[], Any], **more: Any) -> None:
    """What is `said` between the proposal and the last acceptance."""
    version = House(first).propose(OPEN(first, *others), **more)
    said()
    for other in others:
        House(other).accept(version)


def another_owner_recorded_its_own_line() -> None:
    proposes_and_all_accept(NDL, NLC, said=lambda: records(NLC, exchange(NLC)))


def the_recorded_version_replaced_was_corrected() -> None:
    first = records(COMPILER, exchange(NDL, NLC))
    corrects = partial(records, COMPILER, exchange(NDL, NLC, title="Corrected"))
    proposes_and_all_accept(NDL, NLC, replaces=first, said=corrects)


def one_more_was_named_by_who_recorded_after_another_had_spoken() -> None:
    first = records(COMPILER, exchange(NDL, NLC))
    names = partial(records, COMPILER, exchange(NDL, NLC, NLK))
    proposes_and_all_accept(NDL, NLC, replaces=first, said=names)


def one_more_was_named_after_a_proposal_that_came_to_nothing() -> None:
    records(COMPILER, exchange(NDL, NLC))
    actions.withdraw(version=House(NLC).propose(exchange(NDL, NLC, title="Not this")), **House(NLC).said)
    named = records(COMPILER, exchange(NDL, NLC, NLK))
    proposes_and_all_accept(NDL, NLC, replaces=named, said=lambda: None)


def one_more_was_named_while_nobody_else_had_spoken() -> None:
    records(COMPILER, exchange(NDL))
    proposes_and_all_accept(NLC, NDL, replaces=records(COMPILER, exchange(NDL, NLC)), said=lambda: None)


def one_less_was_named_in_what_is_not_public() -> None:
    records(NDL, PRIVATE(NDL, NLC))
    records(NDL, PRIVATE(NDL))
    House(NDL).propose(OPEN(NDL))


def what_is_agreed_follows_the_second_of_two_that_are_not_public() -> None:
    records(NDL, PRIVATE(NDL, NLC))
    second = records(NDL, PRIVATE(NDL, NLC, title="Corrected"))
    proposes_and_all_accept(NDL, NLC, replaces=second, said=lambda: None)


def what_is_agreed_follows_one_that_is_not_public_after_one_that_is() -> None:
    records(COMPILER, exchange(NDL, NLC))
    second = records(NLC, PRIVATE(NDL, NLC))
    proposes_and_all_accept(NDL, NLC, replaces=second, said=lambda: None)


def who_accepted_by_letter_has_a_key_now_and_has_spoken() -> None:
    version = House(NDL).propose(exchange(NDL, NLC, NAL))
    actions.accept_by_letter(version=version, on_behalf_of=NAL, letter=digest(b"letter"), **House(NDL).said)
    give_voice(NAL)
    records(NAL, exchange(NDL, NLC, NAL))
    House(NLC).accept(version)


ORDERS = (
    another_owner_recorded_its_own_line,
    the_recorded_version_replaced_was_corrected,
    one_more_was_named_by_who_recorded_after_another_had_spoken,
    one_more_was_named_after_a_proposal_that_came_to_nothing,
    one_more_was_named_while_nobody_else_had_spoken,
    one_less_was_named_in_what_is_not_public,
    what_is_agreed_follows_the_second_of_two_that_are_not_public,
    what_is_agreed_follows_one_that_is_not_public_after_one_that_is,
    who_accepted_by_letter_has_a_key_now_and_has_spoken,
)


@pytest.mark.parametrize("order", ORDERS, ids=[order.__name__ for order in ORDERS])
def test_what_was_proper_when_it_was_said_verifies_afterwards(order: Callable[[], None]) -> None:
    order()
    assert history().agreed
    for asking in (archive.EVERYBODY, *history().owners):
        assert verify(bundle(EXCHANGE, asking=asking), keys=institutions.keys()).standing.startswith("agreed")


def exported() -> dict[str, Any]:
    """An export in which a version stands that was recorded and is not shown."""
    one_less_was_named_in_what_is_not_public()
    whole: dict[str, Any] = bundle(EXCHANGE, asking=archive.EVERYBODY)
    return whole


def without_its_statement(withheld: dict[str, Any]) -> None:
    del withheld["said"]


def as_recorded_by_another(withheld: dict[str, Any]) -> None:
    withheld["recorded_by"] = NLC


def with_another_header(withheld: dict[str, Any]) -> None:
    other = made(sourced(exchange(NDL, NLK)))
    withheld |= {"version": other.digest, "header": other.header.plain()}


def with_what_it_says(withheld: dict[str, Any]) -> None:
    withheld |= {"salt": "0" * 32, "content": {}}


@pytest.mark.parametrize(
    "forge", [without_its_statement, as_recorded_by_another, with_another_header, with_what_it_says]
)
def test_a_recorded_version_that_is_withheld_bears_the_statement_by_which_it_was(
    forge: Callable[[dict[str, Any]], None],
) -> None:
    whole = exported()
    _first, withheld = (version for version in whole["versions"] if version.get("withheld"))
    forge(withheld)
    with pytest.raises(Refused):
        verify(whole, keys=institutions.keys())


def test_nobody_is_left_out_by_what_is_withheld_once_another_has_spoken() -> None:
    """The NDL seals what no server would hear: a version without the NLC, after the NLC has spoken."""
    first = made(sourced(exchange(NDL, NLC)))
    second = made(sourced(PRIVATE(NDL)), parent=first)
    third = made(exchange(NDL), parent=second)
    said = [sealed(NDL, "recorded", first), sealed(NLC, "checked", first)]
    left_out = {"withheld": "recorded", "recorded_by": NDL, "said": sealed(NDL, "recorded", second)}
    whole = forging.bundle(
        first,
        second.exported(salt=None, content=None, **left_out),
        third,
        entries=[*said, concluded(NDL, third, sealed(NDL, "proposed", third))],
    )
    with pytest.raises(Refused, match="none of them can be left out"):
        verify(whole)
    whole["entries"] = [whole["entries"][0], whole["entries"][2]]
    assert verify(whole).withheld == 1
