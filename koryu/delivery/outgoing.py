"""Rows of what leaves at most once: taken before it is handed over, noted as sent when that is certain.

Each room that sends has a table of its own made of `Outgoing`; the verbs here are given the query for one row of it.
"""

from collections.abc import Callable

from django.db import models, transaction
from django.db.models import QuerySet

from koryu.delivery.attempts import NotTaken, Unreachable, may_note, may_take
from koryu.values.moments import MomentField
from koryu.values.reason import or_refuse


class Outgoing(models.Model):
    """What one row says of its sending.

    It is `taken` by whoever begins to send it, before anything is sent, and `sent` when that is certain; in between it
    is not known whether it went out. `failure` is what the other side said when it took it not.
    """

    made_at = MomentField()
    taken_at = MomentField(null=True)
    taken_by = models.CharField(max_length=40, blank=True)
    sent_at = MomentField(null=True)
    sent_by = models.CharField(max_length=40, blank=True)
    by_hand = models.BooleanField(default=False)
    aside_at = MomentField(null=True)
    aside_by = models.CharField(max_length=40, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


def take(row: QuerySet[Outgoing], *, seen: str, by: str, at: str) -> None:
    """Take it before it is sent, by somebody who saw it as taken at `seen` ('' for not yet taken by anybody).

    Of several who try at once, one does; the others get Refused. It is committed when this returns, and so must not be
    called within a transaction: whoever is killed afterwards must leave it taken.
    """
    with transaction.atomic(durable=True):
        held = row.select_for_update().get()
        sent, aside = bool(held.sent_at), bool(held.aside_at)
        or_refuse(may_take(sent=sent, aside=aside, taken_at=held.taken_at, seen=seen, at=at))
        row.update(taken_at=at, taken_by=by, failure="")


def hand_over(row: QuerySet[Outgoing], *, send: Callable[[], None], noted: Callable[[], None], by: str, at: str) -> str:
    """Send what was taken. Returns what the other side said where it did not take it; '' when it did.

    `send` returns when the other side has it for certain, and else raises what is in `koryu.delivery.attempts`. `noted`
    is called in the transaction that notes it as sent. Raises Unreachable, the row given back, when the other side let
    nobody in. Raises Uncertain, and whatever else `send` raises, with the row still taken: then a person decides
    whether to send it once more.
    """
    try:
        send()
    except Unreachable:
        row.update(taken_at=None, taken_by="")
        raise
    except NotTaken as refused:
        row.update(taken_at=None, taken_by="", failure="" if refused.for_now else refused.said)
        return refused.said
    with transaction.atomic():
        row.update(sent_at=at, sent_by=by)
        noted()
    return ""


def note_sent(row: QuerySet[Outgoing], *, by: str, at: str) -> None:
    """Note that it was sent by hand, or has arrived. Raises Refused. Must be called within a transaction."""
    _may_settle(row, at=at)
    row.update(sent_at=at, sent_by=by, by_hand=True)


def put_aside(row: QuerySet[Outgoing], *, by: str, at: str) -> None:
    """Put it aside, not to be sent. Raises Refused. Must be called within a transaction."""
    _may_settle(row, at=at)
    row.update(aside_at=at, aside_by=by)


def _may_settle(row: QuerySet[Outgoing], *, at: str) -> None:
    held = row.select_for_update().get()
    or_refuse(may_note(sent=bool(held.sent_at), aside=bool(held.aside_at), taken_at=held.taken_at, at=at))
