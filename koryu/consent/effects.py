"""What an entry changes, whoever said it and whenever it is read: the one way into the archive."""

from collections.abc import Mapping
from typing import Any

from koryu.archive import effects as archive
from koryu.archive import queries as standing
from koryu.consent import queries
from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Header, Statement, statement_of
from koryu.institutions import effects as institutions
from koryu.ledger import queries as ledger
from koryu.records.kinds import document_of


def take_effect(entry: ledger.LedgerEntry, *, history: History | None = None) -> None:
    """Let an entry of the ledger change what stands and who has a key. What only consults changes neither.

    `history` is what had been said of its record with it, where that is at hand.
    """
    said = statement_of(entry.sealed)
    match said.said:
        case "recorded" | "concluded" | "erased":
            _stand(said, history or queries.history(str(said.record), until=entry.number), entry=entry.number)
        case "checked" | "account differs":
            archive.remark(
                version=str(said.version),
                institution=said.institution,
                said=said.said,
                note=said.note or "",
                at=said.at,
                entry=entry.number,
            )
        case "keyed":
            institutions.keyed(institution=said.institution, did=str(said.key), entry=entry.number)
        case "key retired":
            institutions.retired(institution=said.institution, entry=entry.number)
        case _:
            return


def _stand(said: Statement, history: History, *, entry: int) -> None:
    """Let the record stand as it does after this was said, and with it whatever it changes the circle of."""
    record = str(said.record)
    if said.said == "erased":
        archive.erase(contents=said.contents)
    else:
        _put(said, history, entry=entry)
    _settle(record, history, entry=entry)
    for other in standing.recorded_by_several(exchange=record):
        _settle(other, queries.history(other, until=entry), entry=entry)


def _put(said: Statement, history: History, *, entry: int) -> None:
    version = str(said.version)
    header = history.headers[version]
    agreements = [statement_of(sealed) for sealed in said.agreements]
    by_letter = tuple(sorted(agreement.agreed_by for agreement in agreements if agreement.on_behalf_of))
    agreed = "agreed by letter" if by_letter else "agreed"
    content = _content(header, history)
    archive.put(
        version=version,
        header=header.plain(),
        visibility=document_of(content, schema=header.schema_name).visibility if content is not None else "",
        basis="recorded" if said.said == "recorded" else agreed,
        said_by=said.institution,
        by_letter=by_letter,
        at=said.at,
        entry=entry,
    )


def _settle(record: str, history: History, *, entry: int) -> None:
    """Which version stands: the agreed one, else an owner's line, else one of the circle's, else another's (rule 8)."""
    recorded = history.recorded_for(standing.circle_of(record)) if len(history.lines) > 1 else history.recorded
    version = history.agreed or recorded
    if version is None:
        return
    header = history.headers[version]
    stands = archive.StandingRecord(
        kind=header.kind,
        owners=history.owners,
        recorders=tuple(history.lines),
        version=version,
        schema=header.schema_name,
        content=_content(header, history),
    )
    archive.settle(record, stands, entry=entry)


def _content(header: Header, history: History) -> Mapping[str, Any] | None:
    """The content of a version; None once it has been erased, also while what was said before that is read again."""
    if header.content in history.erased:
        return None
    kept = ledger.content(header.content)
    return kept.content if kept else None
