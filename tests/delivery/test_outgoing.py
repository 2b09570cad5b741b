"""What becomes of a row when it is handed over: one answer to each way in which that can end.

The rows are notices; what sends is given here, and so is none of the mail server's.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from koryu.delivery import outgoing
from koryu.delivery.attempts import NotTaken, Uncertain, Unreachable
from koryu.notices.models import NoticeRow
from koryu.values.reason import Reason, Refused
from tests.notices.people import a_notice, settle_in
from tests.world import AT

pytestmark = pytest.mark.django_db
LATER = "2026-11-22T09:05:00Z"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


def a_row(**more: str) -> QuerySet[NoticeRow]:
    return NoticeRow.objects.filter(pk=a_notice(**more))


def state(row: QuerySet[NoticeRow]) -> tuple[Any, ...]:
    return row.values_list("taken_at", "taken_by", "sent_at", "sent_by", "failure").get()


def raising(error: Exception) -> Callable[[], None]:
    def send() -> None:
        raise error

    return send


def handed_over(row: QuerySet[NoticeRow], send: Callable[[], None]) -> tuple[str, int]:
    """What handing over returned or raised, by name, and how often it was noted as sent."""
    noted: list[None] = []
    outgoing.take(row, seen="", by="mori", at=AT)
    try:
        said = outgoing.hand_over(row, send=send, noted=lambda: noted.append(None), by="mori", at=AT)
    except Exception as error:
        said = type(error).__name__
    return said, len(noted)


@pytest.mark.parametrize(
    ("send", "said", "left"),
    [
        (lambda: None, ("", 1), (AT, "mori", AT, "mori", "")),
        (raising(Unreachable("no answer")), ("Unreachable", 0), ("", "", "", "", "")),
        (raising(NotTaken("450 later", for_now=True)), ("450 later", 0), ("", "", "", "", "")),
        (raising(NotTaken("550 never", for_now=False)), ("550 never", 0), ("", "", "", "", "550 never")),
        (raising(Uncertain("broken")), ("Uncertain", 0), (AT, "mori", "", "", "")),
        (raising(ValueError("not foreseen")), ("ValueError", 0), (AT, "mori", "", "", "")),
    ],
    ids=["sent", "unreachable", "refused for now", "refused for good", "uncertain", "not foreseen"],
)
def test_it_is_given_back_only_where_it_surely_did_not_leave(
    send: Callable[[], None], said: tuple[str, int], left: tuple[str, ...]
) -> None:
    row = a_row()
    assert handed_over(row, send) == said
    assert state(row) == left


def test_it_is_taken_before_anything_is_sent() -> None:
    row = a_row()
    while_sending = []
    handed_over(row, lambda: while_sending.append(state(row)))
    assert while_sending == [(AT, "mori", "", "", "")]


def test_whoever_takes_it_once_more_lets_go_of_what_was_said_before() -> None:
    row = a_row(failure="550 never")
    outgoing.take(row, seen="", by="sato", at=AT)
    assert state(row) == (AT, "sato", "", "", "")
    with pytest.raises(Refused) as refusal:
        outgoing.take(row, seen="", by="mori", at=LATER)
    assert refusal.value.reason == Reason("Somebody is sending this notice at this moment.")


def test_where_it_cannot_be_noted_as_sent_it_stays_taken() -> None:
    row = a_row()

    def noted() -> None:
        raise LookupError

    outgoing.take(row, seen="", by="mori", at=AT)
    with pytest.raises(LookupError):
        outgoing.hand_over(row, send=lambda: None, noted=noted, by="mori", at=AT)
    assert state(row) == (AT, "mori", "", "", "")


@pytest.mark.parametrize("settle", [outgoing.note_sent, outgoing.put_aside])
def test_it_is_settled_once_and_not_while_somebody_sends_it(settle: Callable[..., None]) -> None:
    row = a_row(taken_at=AT, taken_by="server")
    with pytest.raises(Refused), transaction.atomic():
        settle(row, by="mori", at=AT)
    settle(row, by="mori", at=LATER)
    for once_more in (outgoing.note_sent, outgoing.put_aside):
        with pytest.raises(Refused), transaction.atomic():
            once_more(row, by="sato", at=LATER)
