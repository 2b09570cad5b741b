"""Proposing, accepting, not taking up, withdrawing; and concluding, which no person does."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from koryu.consent import queries
from koryu.consent.actions.admission import NOTHING
from koryu.consent.actions.statements import kind_of, new_version, say, seal_and_hear
from koryu.consent.rules import policies
from koryu.consent.rules.claims import Targets
from koryu.consent.rules.history import AGREEING, History
from koryu.consent.rules.statement import Departure, Statement
from koryu.files.actions import bring_upload
from koryu.institutions.rules import SERVER
from koryu.ledger import queries as ledger
from koryu.ledger.actions import keep_text, locked
from koryu.records.document import Document
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text


class RefusedText(Refused):
    """Of several texts of one act, the `record` whose text was refused; nothing was done with the others either."""

    def __init__(self, record: str, reason: Reason) -> None:
        super().__init__(reason)
        self.record = record


def propose(
    *,
    institution: str,
    record: str,
    document: Document,
    replaces: str | None,
    by: str,
    at: str,
    departures: tuple[Departure, ...] = (),
    erases: tuple[str, ...] = (),
    besides: Targets = NOTHING,
) -> str:
    """Put a new version of a record forward, and so accept it. Returns the version's digest.

    `erases` are the contents of earlier versions that are to be erased once all have agreed to this one; `besides` are
    records of which more is said in the same act.
    """
    with locked():
        history = queries.history(record)
        if history.open_versions:
            raise Refused(policies.ALREADY_OPEN)
        header = new_version(record=record, document=document, parent=replaces, departures=departures, erases=erases)
        said = Statement(
            said="proposed", institution=institution, by=by, at=at, record=record, version=header.digest, header=header
        )
        history = say(said, kind=document.kind, history=history, besides=besides)
        _conclude_when_complete(history, record=record, version=header.digest, at=at)
    return header.digest


def accept(*, institution: str, record: str, version: str, by: str, at: str) -> None:
    """Accept exactly this version."""
    with locked():
        said = Statement(said="accepted", institution=institution, by=by, at=at, record=record, version=version)
        history = queries.history(record)
        history = say(said, kind=kind_of(history, version), history=history)
        _conclude_when_complete(history, record=record, version=version, at=at)


def accept_by_letter(
    *, institution: str, on_behalf_of: str, letter: str, record: str, version: str, by: str, at: str
) -> None:
    """Record that an institution without a key here has accepted this version by the letter with this digest."""
    with locked():
        said = Statement(
            said="accepted by letter",
            institution=institution,
            on_behalf_of=on_behalf_of,
            letter=letter,
            by=by,
            at=at,
            record=record,
            version=version,
        )
        history = queries.history(record)
        history = say(said, kind=kind_of(history, version), history=history)
        _conclude_when_complete(history, record=record, version=version, at=at)


def accept_with_letter(
    *, institution: str, on_behalf_of: str, name: str, body: bytes, record: str, version: str, by: str, at: str
) -> str:
    """Keep a letter or mail and record that an institution has accepted this version by it, in one act.

    Returns the letter's digest. Where the file is not one that is kept, or the acceptance may not be said, Refused is
    raised and neither is left behind.
    """
    said: dict[str, Any] = {"institution": institution, "record": record, "by": by, "at": at}
    with locked():
        letter = bring_upload(name=name, body=body, most=settings.FILE_SIZE, **said).digest
        accept_by_letter(letter=letter, on_behalf_of=on_behalf_of, version=version, **said)
    return letter


def accept_all_with_letter(
    *, institution: str, on_behalf_of: str, name: str, body: bytes, versions: Mapping[str, str], by: str, at: str
) -> None:
    """Record that an institution has accepted several versions, given by record, by one letter: all of them or none.

    The letter is kept with each record. Where one of them may not be said, RefusedText is raised and says which; then
    nothing of all is left behind.
    """
    with locked():
        for record in sorted(versions, key=lambda record: _turn(record, versions[record])):
            said: dict[str, Any] = {"institution": institution, "record": record, "by": by, "at": at}
            try:
                accept_with_letter(on_behalf_of=on_behalf_of, name=name, body=body, version=versions[record], **said)
            except Refused as refused:
                raise RefusedText(record, refused.reason) from refused


def _turn(record: str, version: str) -> tuple[int, str]:
    """In which turn a text is accepted: what others link to comes first."""
    header = queries.history(record).headers.get(version)
    return (queries.place_of_kind(header.kind) if header else 0, record)


def decline(*, institution: str, record: str, version: str, reason: Text, by: str, at: str) -> None:
    """Not take this version up, saying why."""
    with locked():
        _decline(institution=institution, record=record, version=version, reason=reason, by=by, at=at)


def counter(
    *,
    institution: str,
    record: str,
    version: str,
    reason: Text,
    document: Document,
    by: str,
    at: str,
    besides: Targets = NOTHING,
) -> str:
    """Not take a version up and propose another in its place, in one act. Returns the digest of the new version.

    `besides` are records of which more is said in the same act.
    """
    said_by: dict[str, Any] = {"institution": institution, "record": record, "by": by, "at": at}
    with locked():
        history = _decline(version=version, reason=reason, **said_by)
        replaced = history.headers[version].parent
        return propose(document=document, replaces=replaced, besides=besides, **said_by)


def withdraw(*, institution: str, record: str, version: str, by: str, at: str) -> None:
    """Take an own proposal back, as long as it is not concluded."""
    with locked():
        said = Statement(said="withdrawn", institution=institution, by=by, at=at, record=record, version=version)
        history = queries.history(record)
        say(said, kind=kind_of(history, version), history=history)


def conclude(*, record: str, version: str, at: str) -> None:
    """Let the proposer's server conclude a version to which all who must agree have agreed; else raise Refused."""
    with locked():
        _conclude(queries.history(record), record=record, version=version, at=at)


def _conclude(history: History, *, record: str, version: str, at: str) -> None:
    carried = tuple(dict(entry.sealed) for entry in ledger.agreements_to(version, said=AGREEING))
    proposer = history.proposer(version)
    seal_and_hear(
        Statement(
            said="concluded",
            institution=proposer,
            by=SERVER,
            at=at,
            record=record,
            version=version,
            agreements=carried,
        ),
        history=history,
    )


def _decline(*, institution: str, record: str, version: str, reason: Text, by: str, at: str) -> History:
    said = Statement(
        said="declined",
        institution=institution,
        by=by,
        at=at,
        record=record,
        version=version,
        reason=keep_text(reason),
    )
    history = queries.history(record)
    return say(said, kind=kind_of(history, version), history=history)


def _conclude_when_complete(history: History, *, record: str, version: str, at: str) -> None:
    if history.has_agreed_everyone(version):
        _conclude(history, record=record, version=version, at=at)
