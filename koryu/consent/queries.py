"""Reading what has been said: the history of a record, and the versions in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Header, Statement, statement_of
from koryu.ledger import queries as ledger


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The version that stands, or that stood last before its content was erased."""

    version: str
    header: Header
    content: dict[str, Any] | None
    agreed: bool
    recorder: str | None


def history(record: str) -> History:
    """Everything that was said of a record."""
    return History.of(statement_of(entry.sealed) for entry in ledger.entries_about(record))


def standing(record: str) -> Standing | None:
    """What stands on a record, with its content; None when nothing does."""
    return _standing(history(record))


def standing_of(records: Iterable[str]) -> dict[str, Standing]:
    """What stands on each of these records on which something does."""
    said = ledger.entries_by_record(records)
    found = {
        record: _standing(History.of(statement_of(one.sealed) for one in entries)) for record, entries in said.items()
    }
    return {record: standing for record, standing in found.items() if standing}


def conclusion(version: str) -> Statement | None:
    """The statement that concluded a version."""
    entry = ledger.conclusion_of(version)
    return statement_of(entry.sealed) if entry else None


def content_of(header: Header) -> dict[str, Any] | None:
    """The content of a version; None when it was erased or never came here."""
    found = ledger.content(header.content)
    return dict(found.content) if found else None


def _standing(said: History) -> Standing | None:
    if said.in_force is None:
        return None
    header = said.headers[said.in_force]
    return Standing(
        version=said.in_force,
        header=header,
        content=content_of(header),
        agreed=said.agreed is not None,
        recorder=said.recorder,
    )
