"""Acts on a record done at once, each in a transaction of its own: one is done, and it is done once."""

from typing import Any

import pytest
from django.db import connection

from tests.desk.test_record_actions import does, head, said
from tests.threads import at_once
from tests.world import COMPILER, NDL, NLC, House, exchange, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def houses(transactional_db: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)


def closing(doing: Any) -> Any:
    """Done in a thread of its own, whose connection is closed when it ends."""

    def done() -> Any:
        try:
            return doing()
        finally:
            connection.close()

    return done


def test_two_heads_of_one_library_at_once_say_it_once() -> None:
    proposed = House(NDL).propose(exchange(NDL, NLC))
    first, second = head(username="first"), head(username="second")
    answers = at_once(
        closing(lambda: does(first, "accept", proposed)), closing(lambda: does(second, "accept", proposed))
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert said() == [("proposed", NDL), ("accepted", NLC), ("concluded", NDL)]


def test_an_acceptance_that_crosses_a_withdrawal_is_never_both() -> None:
    theirs, ours = head(), head(NDL, "ours")
    for number in range(5):
        record = uri(f"exchange/{number}")
        version = House(NDL, record).propose(exchange(NDL, NLC))
        answers = at_once(
            closing(lambda record=record, version=version: does(theirs, "accept", version, record=record)),
            closing(lambda record=record, version=version: does(ours, "withdraw", version, record=record)),
        )
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        ended = [one for one, _ in said(record)]
        assert ended in (["proposed", "accepted", "concluded"], ["proposed", "withdrawn"])
