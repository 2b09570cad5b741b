"""What is drafted at exchanges, and what an institution has noted on them: in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from koryu.consent.queries.drafts import COLUMNS, OF_A_DRAFT, OF_A_SUBMISSION, Drafted, by_name, drafts_in

# Of the exchanges that are called so in addresses, and of which an institution's records are.
_CALLED_SO: Final = (
    "({column} LIKE %s ESCAPE '!' OR {column} IN "
    "(SELECT uri FROM archive_record WHERE kind = 'exchange' AND address = %s))"
)
_AT_EXCHANGES: Final = (
    f"SELECT {COLUMNS}, l.digest, s.id "  # noqa: S608 -- nothing but our own words; values go apart
    "FROM (SELECT (SELECT digest FROM ledger_entry ORDER BY number DESC LIMIT 1) AS digest) l "
    "LEFT JOIN consent_draft d ON d.sent = '' AND (d.institution = %s OR d.shared_at IS NOT NULL) "
    f"AND {_CALLED_SO.format(column='d.exchange')} LEFT JOIN consent_submission s ON s.draft_id = d.id"
)
# What a note holds, in the columns of a draft: one statement reads both. What says so is `says`.
_NOTE_AS_A_DRAFT: Final = {
    "id": "n.id",
    "institution": "n.institution",
    "record": "n.record",
    "kind": "n.means",
    "content": "n.text",
    "says": "'note'",
    "changed_by": 'n."by"',
    "changed_at": 'n."at"',
}
_NOTES_AT_EXCHANGES: Final = (
    f"SELECT {', '.join(_NOTE_AS_A_DRAFT.get(name, 'NULL') for name in OF_A_DRAFT)}, "  # noqa: S608 -- nothing but our own words; values go apart
    f"{', '.join('NULL' for _ in OF_A_SUBMISSION)}, NULL, NULL FROM consent_note n "
    f"WHERE n.institution = %s AND {_CALLED_SO.format(column='n.record')}"
)
# By their places among the columns: changed last, then begun last, then what was submitted first.
_IN_ORDER_OF_COLUMNS: Final = (
    f"ORDER BY {OF_A_DRAFT.index('changed_at') + 1} DESC, 1 DESC, {len(OF_A_DRAFT) + len(OF_A_SUBMISSION) + 2}"
)


@dataclass(frozen=True, kw_only=True)
class NoteOn:
    """A note of an institution's own on a record: `means` is note or telephone."""

    record: str
    means: str
    by: str
    at: str
    text: str


@dataclass(frozen=True, kw_only=True)
class KeptAtExchange:
    """What is drafted at an exchange, the draft changed last first; what an institution has noted on it, the last note
    first; and the digest of the `last` entry of the ledger."""

    drafts: tuple[Drafted, ...]
    notes: tuple[NoteOn, ...]
    last: str


def kept_at(name: str, *, institution: str) -> KeptAtExchange:
    """What is drafted at the exchanges that are called `name` in addresses, and what an institution has noted on them;
    in one statement.

    The drafts are those of the institution, and others that are shown to partners: whether these are for this
    institution is asked apart, see `circle_with`.
    """
    ending = "".join(f"!{letter}" if letter in "!%_" else letter for letter in name)
    values = (institution, f"%{ending}", name)
    return _kept(f"{_AT_EXCHANGES} UNION ALL {_NOTES_AT_EXCHANGES} {_IN_ORDER_OF_COLUMNS}", (*values, *values))


def drafts_at_exchanges(institution: str) -> tuple[tuple[Drafted, ...], str]:
    """The same drafts of all exchanges; and the digest of the last entry of the ledger."""
    # Every exchange has a name, and so at least one character.
    kept = _kept(f"{_AT_EXCHANGES} {_IN_ORDER_OF_COLUMNS}", (institution, "_%", ""))
    return kept.drafts, kept.last


def _kept(query: str, values: Sequence[str]) -> KeptAtExchange:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows = cursor.fetchall()
    says, last = OF_A_DRAFT.index("says"), len(OF_A_DRAFT) + len(OF_A_SUBMISSION)
    notes = (by_name(OF_A_DRAFT, row) for row in rows if row[says] == "note")
    return KeptAtExchange(
        drafts=drafts_in(row for row in rows if row[0] is not None and row[says] != "note"),
        notes=tuple(
            NoteOn(
                record=note["record"],
                means=note["kind"],
                by=note["changed_by"],
                at=note["changed_at"],
                text=note["content"],
            )
            for note in notes
        ),
        last=next((row[last] for row in rows if row[last]), ""),
    )
