"""Reading notices: what waits in an outbox, what was sent, and how the last round went."""

import json
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import F

from koryu.institutions.queries import Membership
from koryu.notices import models
from koryu.values.moments import written

_MOST_SENT: Final = 50
_STATE: Final = (
    "SELECT r.followed, r.tended_at, r.did, n.waiting, n.taken, n.failed FROM (SELECT COUNT(*) AS waiting, "
    "COUNT(CASE WHEN taken_at IS NOT NULL THEN 1 END) AS taken, COUNT(CASE WHEN failure <> '' THEN 1 END) AS failed "
    "FROM notices_notice WHERE sent_at IS NULL AND aside_at IS NULL) n LEFT JOIN notices_round r ON r.id = 1"
)
_WAITING: Final = "SELECT COUNT(*) FROM notices_notice WHERE institution = %s AND sent_at IS NULL AND aside_at IS NULL"
_FIELDS: Final = (
    *("pk", "person__username", "person__name", "person__email", "institution", "about", "language", "subject", "text"),
    *("made_at", "taken_at", "taken_by", "sent_at", "sent_by", "by_hand", "aside_at", "aside_by", "failure"),
)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One notice as it lies in an outbox."""

    id: int
    username: str
    name: str
    email: str
    institution: str
    about: str
    language: str
    subject: str
    text: str
    made_at: str
    taken_at: str
    taken_by: str
    sent_at: str
    sent_by: str
    by_hand: bool
    aside_at: str
    aside_by: str
    failure: str


@dataclass(frozen=True, kw_only=True)
class NoticesStatus:
    """How the notices stand: how far the ledger was followed, what waits, and what the last round of tending did."""

    followed: int
    waiting: int
    uncertain: int
    failed: int
    tended_at: str
    did: tuple[str, ...]


def waiting(institution: str) -> tuple[Notice, ...]:
    """The notices of an institution that were neither sent nor put aside, the latest first."""
    return _notices(institution=institution, sent_at=None, aside_at=None)


def counted_waiting(institution: str) -> tuple[str, tuple[str, ...]]:
    """The statement that counts these, with its values: every page of the desk asks it, among others."""
    return _WAITING, (institution,)


def settled(institution: str) -> tuple[Notice, ...]:
    """The notices of an institution that were last sent or put aside, the latest first."""
    rows = models.NoticeRow.objects.filter(institution=institution).exclude(sent_at=None, aside_at=None)
    return tuple(
        _notice(row)
        for row in rows.order_by(F("sent_at").desc(nulls_last=True), "-pk").values_list(*_FIELDS)[:_MOST_SENT]
    )


def notice(number: int) -> Notice | None:
    """The notice with this number."""
    return next(iter(_notices(pk=number)), None)


def to_send() -> tuple[Notice, ...]:
    """What can be sent by itself, in its order: to people with an address, not taken by anybody, not failed before."""
    unsent = _notices(sent_at=None, aside_at=None, taken_at=None, failure="")
    return tuple(notice for notice in reversed(unsent) if notice.email)


def told_of(record: str) -> int:
    """How many notices tell of a record, sent or not."""
    return models.NoticeRow.objects.filter(record=record).count()


def state() -> NoticesStatus:
    """How the notices stand, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        followed, tended_at, did, waiting, taken, failed = cursor.fetchone()
    return NoticesStatus(
        followed=followed or 0,
        waiting=waiting,
        uncertain=taken,
        failed=failed,
        tended_at=written(tended_at),
        did=tuple(json.loads(did) if isinstance(did, str) else did or ()),
    )


def name_of(membership: Membership) -> str:
    """What somebody is called in a notice."""
    return membership.name or membership.username


def _notices(**wanted: str | int | None) -> tuple[Notice, ...]:
    rows = models.NoticeRow.objects.filter(**wanted).order_by("-pk")
    return tuple(map(_notice, rows.values_list(*_FIELDS)))


def _notice(row: tuple[object, ...]) -> Notice:
    names = ("id", "username", "name", "email", *_FIELDS[4:])
    return Notice(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]  # -- in the order of _FIELDS
