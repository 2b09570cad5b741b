"""How much an institution has in hand: numbers that every page of the desk shows, and so may cost next to nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db import connection
from pydantic_core import from_json

from koryu.consent.queries.drafts import circles_in
from koryu.consent.rules.history import History
from koryu.consent.rules.statement import statement_of
from koryu.ledger import queries as ledger

_IN_HAND: Final = (
    "SELECT l.digest, d.institution, d.record, d.kind, CASE WHEN d.institution <> %s THEN d.content END "
    "FROM (SELECT (SELECT digest FROM ledger_entry ORDER BY number DESC LIMIT 1) AS digest) l "
    "LEFT JOIN consent_draft d ON d.sent = '' AND (d.institution = %s OR d.shared_at IS NOT NULL)"
)


@dataclass(frozen=True, kw_only=True)
class InHand:
    """How many drafts an institution has that are not sent, how many are shown to it, and how many texts ask it."""

    drafts: int
    shown: int
    asked: int


@dataclass(frozen=True)
class _Open:
    """A version that is not settled: who must agree, who of them has not answered, and whether one has declined."""

    record: str
    concerned: frozenset[str]
    awaited: frozenset[str]
    declined: bool


def in_hand(institution: str) -> InHand:
    """What an institution has in hand, in one statement; another where the ledger has grown since it was last asked.

    Asked are those who have not answered yet, and all of a text that was declined until another is drafted.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IN_HAND, (institution, institution))
        rows = cursor.fetchall()
    last = rows[0][0] or ""
    own = {record for _, whose, record, _, _ in rows if whose == institution}
    shown = tuple((kind, content) for _, whose, _, kind, content in rows if whose and whose != institution)
    return InHand(
        drafts=sum(whose == institution for _, whose, *_ in rows),
        shown=_shown_to(institution, shown, last) if shown else 0,
        asked=sum(_asks(matter, institution, own) for matter in _unsettled(last)),
    )


def _asks(matter: _Open, institution: str, drafted: set[str]) -> bool:
    if matter.declined:
        return institution in matter.concerned and matter.record not in drafted
    return institution in matter.awaited


# What the ledger says is known by its last entry; what drafts say, by all of it.
@lru_cache(maxsize=8)
def _unsettled(_last: str) -> tuple[_Open, ...]:
    return tuple(_opened())


@lru_cache(maxsize=64)
def _shown_to(institution: str, shown: tuple[tuple[str, str], ...], _last: str) -> int:
    circles = circles_in([(kind, from_json(content)) for kind, content in shown])
    return sum(institution in circle for circle in circles)


def _opened() -> Iterator[_Open]:
    for record, entries in ledger.entries_of_the_unsettled().items():
        said = History.of(statement_of(entry.sealed) for entry in entries)
        for version in said.headers:
            declined = bool(said.declined_by(version))
            if said.is_open(version) or (declined and version == said.last_proposed):
                concerned = said.must_agree(version)
                yield _Open(record, concerned, concerned - said.agreements(version).keys(), declined)
