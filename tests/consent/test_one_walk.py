"""What was said of a record is read once for each act, whatever the act asks and concludes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from koryu.consent import queries
from tests.world import COMPILER, EXCHANGE, NDL, NLC, House, exchange, give_voice, put_on_record

pytestmark = pytest.mark.django_db


def test_an_acceptance_reads_what_was_said_of_its_record_once() -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, COMPILER)
    proposed = House(NDL).propose(exchange(NDL, NLC))
    with CaptureQueriesContext(connection) as made:
        House(NLC).accept(proposed)
    read = [one["sql"] for one in made if "SELECT" in one["sql"] and "sealed" in one["sql"] and EXCHANGE in one["sql"]]
    assert len(read) == 1
    assert queries.history(EXCHANGE).in_force == proposed
