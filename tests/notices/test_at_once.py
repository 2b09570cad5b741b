"""Two who gather, or who send, at once, each in a transaction of their own."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from django.db import connections

from koryu.consent import actions as consent
from koryu.notices import actions
from koryu.values.reason import Refused
from tests.notices.people import a_notice, settle_in, told
from tests.notices.postbox import Postbox
from tests.threads import at_once
from tests.world import AT, EXCHANGE, NDL, NLC, exchange, uri

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


def apart(does: Callable[[], T]) -> Callable[[], T]:
    """The same, over a connection of its own that is closed when it is done."""

    def done() -> T:
        try:
            return does()
        finally:
            connections.close_all()

    return done


def gathered() -> int:
    return actions.gather(at=AT, today=date(2026, 11, 22)).written


def test_two_who_gather_at_once_write_each_notice_once() -> None:
    settle_in()
    gathered()
    assert told() == []
    document = exchange(NDL, NLC)
    consent.propose(institution=NDL, record=EXCHANGE, document=document, replaces=None, by="sato", at=AT)
    content = exchange(NDL, NLC, title="第36回").content()
    record = uri("exchange/d")
    draft = consent.draft(institution=NDL, record=record, content=content, replaces=None, by="mori", at=AT)
    consent.share(draft=draft, by="mori", at=AT)
    assert sorted(at_once(apart(gathered), apart(gathered))) == [0, 3]
    assert len(told()) == 3


def test_of_two_who_send_at_once_one_does(box: Postbox) -> None:
    settle_in()
    number = a_notice()

    def sent(by: str) -> bool:
        try:
            actions.send(notice=number, seen="", by=by, at=AT)
        except Refused:
            return False
        return True

    found = at_once(apart(lambda: sent("mori")), apart(lambda: sent("sato")))
    assert (sorted(found), len(box.letters)) == ([False, True], 1)
