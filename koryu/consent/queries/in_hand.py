"""How much an institution has in hand: numbers that every page of the desk shows, and so may cost next to nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db import connection
from pydantic_core import from_json

from koryu.consent.queries.drafts import circles_in
from koryu.consent.queries.exchange_work import exchange_of_matter, unsettled_at

_IN_HAND: Final = (
    "SELECT l.digest, d.institution, d.record, d.kind, CASE WHEN d.institution <> %s THEN d.content END, s.together "
    "FROM (SELECT (SELECT digest FROM ledger_entry ORDER BY number DESC LIMIT 1) AS digest) l "
    "LEFT JOIN consent_draft d ON d.sent = '' AND (d.institution = %s OR d.shared_at IS NOT NULL) "
    "LEFT JOIN consent_submission s ON s.together <> '' AND (s.decision = '' OR s.remark <> '') "
    "AND s.id = (SELECT MAX(o.id) FROM consent_submission o WHERE o.draft_id = d.id)"
)
_BESIDES: Final = "SELECT h.*{counts} FROM ({in_hand}) h"
# A statement that counts, and its values.
Counted = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class InHand:
    """How many drafts an institution has that are not sent, how many are shown to it, and how many texts ask it.

    `packaged` is the same as `drafts`, with those that were submitted together, or came back together, as one; of the
    texts of one exchange that ask it for an answer, all count as one. `besides` is what was counted besides.
    """

    drafts: int
    packaged: int
    shown: int
    asked: int
    besides: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Open:
    """A version that is not settled: who must agree, who of them has not answered, and whether one has declined."""

    record: str
    exchange: str
    concerned: frozenset[str]
    awaited: frozenset[str]
    declined: bool


def in_hand(institution: str, *, besides: Sequence[Counted] = ()) -> InHand:
    """What an institution has in hand, in one statement; another where the ledger has grown since it was last asked.

    Asked are those who have not answered yet, and all of a text that was declined until another is drafted. `besides`
    are statements of rooms above that count something more, and are asked along with it.
    """
    counts = "".join(f", ({statement})" for statement, _values in besides)
    values = (*(value for _statement, given in besides for value in given), institution, institution)
    with connection.cursor() as cursor:
        cursor.execute(_BESIDES.format(counts=counts, in_hand=_IN_HAND), values)
        rows = cursor.fetchall()
    last = rows[0][0] or ""
    ours = [(record, together) for _, whose, record, _, _, together, *_ in rows if whose == institution]
    shown = tuple((kind, content) for _, whose, _, kind, content, *_ in rows if whose and whose != institution)
    return InHand(
        drafts=len(ours),
        packaged=len({together or number for number, (_, together) in enumerate(ours)}),
        shown=_shown_to(institution, shown, last) if shown else 0,
        asked=_asked(institution, {record for record, _ in ours}, last),
        besides=tuple(rows[0][6:]),
    )


def _asked(institution: str, drafted: set[str], last: str) -> int:
    asking = [matter for matter in _unsettled(last) if _asks(matter, institution, drafted)]
    return len({(not matter.declined and matter.exchange) or matter.record for matter in asking})


def _asks(matter: _Open, institution: str, drafted: set[str]) -> bool:
    if matter.declined:
        return institution in matter.concerned and matter.record not in drafted
    return institution in matter.awaited


# What the ledger says is known by its last entry; what drafts say, by all of it.
@lru_cache(maxsize=8)
def _unsettled(last: str) -> tuple[_Open, ...]:
    return tuple(_opened(last))


@lru_cache(maxsize=64)
def _shown_to(institution: str, shown: tuple[tuple[str, str], ...], _last: str) -> int:
    circles = circles_in([(kind, from_json(content)) for kind, content in shown])
    return sum(institution in circle for circle in circles)


def _opened(last: str) -> Iterator[_Open]:
    for matter in unsettled_at(last):
        concerned = matter.history.must_agree(matter.version)
        yield _Open(
            record=matter.record,
            exchange=exchange_of_matter(matter),
            concerned=concerned,
            awaited=concerned - matter.history.agreements(matter.version).keys(),
            declined=matter.declined is not None,
        )
