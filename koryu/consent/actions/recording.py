"""Recording what was, and remarking on what is on record."""

from koryu.consent import queries
from koryu.consent.actions.admission import NOTHING
from koryu.consent.actions.statements import kind_of, new_version, say
from koryu.consent.rules.claims import Targets
from koryu.consent.rules.statement import Statement
from koryu.ledger.actions import keep_text, locked
from koryu.records.document import Document
from koryu.values.text import Text


def record(*, institution: str, record: str, document: Document, by: str, at: str, besides: Targets = NOTHING) -> str:
    """Record a document as this institution's own statement, in the place of its earlier one. Returns the digest.

    `besides` are records of which more is said in the same act: links to them count as heard of.
    """
    with locked():
        history = queries.history(record)
        replaced = history.lines.get(institution)
        header = new_version(record=record, document=document, parent=replaced)
        said = Statement(
            said="recorded", institution=institution, by=by, at=at, record=record, version=header.digest, header=header
        )
        say(said, kind=document.kind, history=history, besides=besides)
    return header.digest


def check(*, institution: str, record: str, version: str, by: str, at: str, note: Text | None = None) -> None:
    """Say that this institution has checked a version."""
    with locked():
        said = Statement(
            said="checked",
            institution=institution,
            by=by,
            at=at,
            record=record,
            version=version,
            note=keep_text(note) if note else None,
        )
        history = queries.history(record)
        say(said, kind=kind_of(history, version), history=history)


def account_differs(*, institution: str, record: str, version: str, note: Text, by: str, at: str) -> None:
    """Say that this institution's account differs from a version, and how."""
    with locked():
        said = Statement(
            said="account differs",
            institution=institution,
            by=by,
            at=at,
            record=record,
            version=version,
            note=keep_text(note),
        )
        history = queries.history(record)
        say(said, kind=kind_of(history, version), history=history)
