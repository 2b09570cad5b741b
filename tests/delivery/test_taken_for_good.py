"""What is taken is taken for good before anything is sent, whatever becomes of whoever sends it."""

import pytest
from django.db import transaction

from koryu.delivery import outgoing
from koryu.notices.models import NoticeRow
from tests.notices.people import a_notice, settle_in
from tests.world import AT


@pytest.mark.django_db(transaction=True)
def test_nothing_is_taken_within_a_transaction_that_may_be_rolled_back() -> None:
    settle_in()
    row = NoticeRow.objects.filter(pk=a_notice())
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        outgoing.take(row, seen="", by="mori", at=AT)
    outgoing.take(row, seen="", by="mori", at=AT)
    assert row.values_list("taken_by", flat=True).get() == "mori"
