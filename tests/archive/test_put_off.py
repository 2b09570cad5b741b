"""What belongs to an exchange is read by everybody only while that is to take place: put off, its plan alone."""

from typing import Any, Final

import pytest
from django.test import Client

from koryu.archive import queries
from koryu.archive.queries import EVERYBODY
from koryu.consent import actions
from koryu.ledger import queries as ledger
from tests.archive.test_rebuild import everything
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    NDL,
    NLC,
    PROGRAMME,
    House,
    exchange,
    give_voice,
    history,
    of,
    paper,
    participation,
    programme,
    put_on_record,
    records,
    stands,
    timetable,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
PEOPLE: Final = uri("participation/ours")
SHEN: Final = uri("person/shen")
NAMES: Final = [{"id": "n", "lang": "en", "written": "Person", "order": "as written"}]
LISTED: Final = [{"id": "m", "person": SHEN}]
PARTS: Final = (PEOPLE, uri("paper/ours"), uri("timetable/ours"), SHEN)
ADDRESSES: Final = (
    "/en/participation/ours/",
    "/en/paper/ours/",
    "/en/timetable/ours/",
    "/en/person/shen/",
    "/en/participation/ours/history/",
)


@pytest.fixture(autouse=True)
def houses(db: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)


def agree(**event: Any) -> None:
    """The plan, public, with the event as it is now."""
    replaces = history().in_force
    document = under(NDL, NLC, event=event, planned_size=ledger.last_number())
    version = actions.propose(institution=NDL, record=EXCHANGE, document=document, replaces=replaces, by="head", at=AT)
    House(NLC).accept(version)


def say_parts(**more: Any) -> None:
    """Our people, a paper and the timetable, each for everyone; said again, a next version of each."""
    if not history(SHEN).headers:
        House(NDL, SHEN).propose(of("person", kept_by=NDL, names=NAMES))
    for record, document in (
        (PEOPLE, participation(NDL, members=LISTED, **more)),
        (uri("paper/ours"), paper(NDL, **more)),
        (uri("timetable/ours"), timetable(NDL, **more)),
    ):
        House(NDL, record).propose(document, replaces=history(record).in_force)


def read_by_everybody() -> set[str]:
    return set(queries.lines_named(PARTS, asking=EVERYBODY))


def found_by_everybody() -> list[int]:
    """What each address answers."""
    client = Client()
    return [client.get(address).status_code for address in ADDRESSES]


@pytest.mark.parametrize(
    "event", [{"state": "postponed"}, {"state": "postponed", "postponed_to": "2028-03"}, {"state": "cancelled"}]
)
def test_who_was_to_come_is_read_by_nobody_once_it_is_put_off(event: dict[str, str]) -> None:
    agree(state="planned")
    say_parts()
    assert (read_by_everybody(), found_by_everybody()) == (set(PARTS), [200] * 5)
    edition = queries.edition()
    agree(**event)
    assert (read_by_everybody(), found_by_everybody()) == (set(), [404] * 5)
    page = Client().get("/en/exchange/e/")
    assert (page.status_code, event["state"] in page.content.decode().lower()) == (200, True)
    assert "participation/ours" not in page.content.decode()
    # Pages that are kept are made anew.
    assert queries.edition() > edition
    assert "participation/ours" not in Client().get("/en/new/").content.decode()
    # Those who take part read all of it as before.
    assert set(queries.lines_named(PARTS, asking=NLC)) == set(PARTS)


def test_with_new_dates_nobody_is_read_until_said_anew() -> None:
    agree(state="planned")
    say_parts()
    agree(state="postponed")
    agree(state="planned")
    assert read_by_everybody() == set()
    say_parts(title={"en": "Anew"})
    assert read_by_everybody() == set(PARTS)


def test_what_was_held_after_all_shows_who_came_as_it_was_said_since() -> None:
    agree(state="planned")
    say_parts()
    agree(state="postponed")
    agree(state="held")
    assert read_by_everybody() == set()
    say_parts(title={"en": "Who came"})
    assert read_by_everybody() == set(PARTS)


def test_what_is_said_while_it_is_put_off_waits_for_the_new_dates() -> None:
    agree(state="postponed")
    say_parts()
    assert read_by_everybody() == set()
    agree(state="planned")
    assert read_by_everybody() == set(PARTS)


def test_what_is_recorded_of_a_past_exchange_is_read_whenever_it_was_said() -> None:
    held = uri("exchange/past")
    records(COMPILER, exchange(NDL, NLC, event={"state": "postponed"}), held)
    records(COMPILER, participation(NDL, held), PEOPLE)
    assert read_by_everybody() == set()
    records(COMPILER, exchange(NDL, NLC, event={"state": "held"}), held)
    assert read_by_everybody() == {PEOPLE}


def test_the_ledger_replayed_shows_the_same_to_everybody() -> None:
    agree(state="planned")
    say_parts()
    agree(state="postponed")
    agree(state="planned")
    before = everything()
    actions.rebuild()
    assert everything() == before
