"""The only way into the ledger: each statement of an institution, made here or elsewhere, is checked and kept here."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from koryu.archive import actions as search
from koryu.consent import effects, queries
from koryu.consent.actions import admission
from koryu.consent.actions.admission import NOTHING
from koryu.consent.rules import policies
from koryu.consent.rules.claims import Targets
from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Departure, Header, Statement, statement_of
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.ledger import actions as ledger
from koryu.ledger import queries as entries
from koryu.records.document import Document
from koryu.seals.digests import new_salt
from koryu.seals.proofs import BadProof, seal, sealed_by
from koryu.values.reason import Reason, Refused, or_refuse


def say(statement: Statement, *, kind: str, history: History | None = None, besides: Targets = NOTHING) -> History:
    """Seal a statement with its institution's key and have it heard, after asking whether the person may speak.

    `history` is what was said of its record before, where that is at hand; what it is with this statement is returned.
    Must be called while the ledger is locked. Raises Refused.
    """
    role = institutions.role_of(person=statement.by, institution=statement.institution)
    or_refuse(roles.may_speak(role=role, kind=kind, delegated=institutions.delegated(statement.institution)))
    return seal_and_hear(statement, history=history, besides=besides)


def seal_and_hear(statement: Statement, *, history: History | None = None, besides: Targets = NOTHING) -> History:
    """Seal a statement with its institution's key and have it heard: see `say`. Raises Refused."""
    try:
        key = institutions.secret_key(statement.institution)
    except LookupError:
        raise Refused(Reason("%(who)s has no key on this server.", who=statement.institution)) from None
    sealed = seal(statement.plain(), key=key, created=statement.at)
    return _heard(sealed, history=history, besides=besides)[1]


def hear(sealed: Mapping[str, Any], *, besides: Targets = NOTHING) -> entries.LedgerEntry:
    """Check a sealed statement, append it and let it take effect: the same for every institution and every server.

    `besides` are records of which more is said in the same act. Must be called while the ledger is locked. Raises
    Refused; then nothing is left behind.
    """
    return _heard(sealed, history=None, besides=besides)[0]


def _heard(
    sealed: Mapping[str, Any], *, history: History | None, besides: Targets
) -> tuple[entries.LedgerEntry, History]:
    statement = _read(sealed)
    if history is None:
        history = queries.history(statement.record) if statement.record else History.of(())
    or_refuse(admission.refusal(statement, history, besides=besides))
    if entries.holds(sealed):
        raise Refused(Reason("Exactly this statement was already made."))
    entry = ledger.append(sealed)
    history = history.and_then(statement)
    effects.take_effect(entry, history=history)
    search.follow_after_commit()
    return entry, history


def new_version(
    *,
    record: str,
    document: Document,
    parent: str | None,
    departures: tuple[Departure, ...] = (),
    erases: tuple[str, ...] = (),
) -> Header:
    """Keep a document as a content with a new salt and return the header of the version it makes."""
    digest = ledger.keep(salt=new_salt(), content=document.content())
    return Header(
        record=record,
        kind=document.kind,
        schema_name=document.schema_name,
        parent=parent,
        owners=document.owners(),
        content=digest,
        departures=departures,
        erases=erases,
    )


def kind_of(history: History, version: str) -> str:
    """The kind of a record, from the version named. Raises Refused for a version that was never put forward."""
    header = history.headers.get(version)
    if header is None:
        raise Refused(policies.NO_SUCH_VERSION)
    return header.kind


def _read(sealed: Mapping[str, Any]) -> Statement:
    try:
        key = sealed_by(dict(sealed))
        statement = statement_of(sealed)
    except BadProof as bad:
        raise Refused(bad.reason) from bad
    except ValidationError as bad:
        raise Refused(Reason("This is not a statement: %(problem)s", problem=str(bad.errors()[0]["msg"]))) from bad
    who, in_use = statement.institution, institutions.key_of(statement.institution)
    confirmed = statement.said == "keyed" and institutions.is_confirmed(institution=who, did=key.did, in_use=in_use)
    or_refuse(
        roles.may_seal(
            who=who, said=statement.said, key=statement.key or "", seal=key.did, in_use=in_use, confirmed=confirmed
        )
    )
    if statement.header and statement.version != statement.header.digest:
        raise Refused(Reason("The digest named is not that of the header."))
    if statement.header and statement.header.record != statement.record:
        raise Refused(Reason("The header is of another record."))
    return statement
