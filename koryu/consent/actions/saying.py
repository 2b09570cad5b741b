"""The one door into the ledger: whatever an institution says, here or elsewhere, is heard here."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from koryu.archive import queries as archive
from koryu.consent import effects, queries
from koryu.consent.rules import speaking
from koryu.consent.rules.history import AGREEING, History
from koryu.consent.rules.statement import Departure, Header, Statement, statement_of
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.ledger import actions as ledger
from koryu.ledger import queries as entries
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.records.programme import Programme
from koryu.seals.digests import digest_of, new_salt
from koryu.seals.keys import PublicKey
from koryu.seals.proofs import BadProof, seal, sealed_by
from koryu.values.reason import Reason, Refused


def say(statement: Statement, *, kind: str) -> entries.Entry:
    """Seal a statement with its institution's key and have it heard, after asking whether the person may speak.

    Must be called within the ledger's turn. Raises Refused.
    """
    role = institutions.role_of(person=statement.by, institution=statement.institution)
    _or_refuse(roles.may_speak(role=role, kind=kind, delegated=institutions.delegated(statement.institution)))
    return seal_and_hear(statement)


def seal_and_hear(statement: Statement) -> entries.Entry:
    """Seal a statement with its institution's key and have it heard. Raises Refused."""
    try:
        key = institutions.secret_key(statement.institution)
    except LookupError:
        raise Refused(Reason("%(who)s has no key on this server.", who=statement.institution)) from None
    return hear(seal(statement.plain(), key=key, created=statement.at))


def hear(sealed: Mapping[str, Any]) -> entries.Entry:
    """Check a sealed statement, append it and let it take effect: the same for every institution and every server.

    Must be called within the ledger's turn. Raises Refused; then nothing is left behind.
    """
    statement = _read(sealed)
    history = queries.history(statement.record) if statement.record else History.of(())
    _or_refuse(refusal(statement, history))
    if entries.holds(sealed):
        raise Refused(Reason("This has been said before, word for word."))
    entry = ledger.append(sealed)
    effects.take_effect(entry)
    return entry


def refusal(statement: Statement, history: History) -> Reason | None:
    """Why this institution may not say this now; None when it may. The seal is checked before."""
    who, version, header = statement.institution, statement.version or "", statement.header
    match statement.said:
        case "recorded" if header:
            return speaking.may_record(history, institution=who, header=header) or _header_fails(statement, header)
        case "proposed" if header:
            return (
                speaking.may_propose(history, institution=who, header=header)
                or _departures_fail(header, history)
                or _header_fails(statement, header)
                or _links_fail(header)
            )
        case "accepted":
            return speaking.may_accept(history, institution=who, version=version)
        case "accepted by letter" if statement.on_behalf_of and statement.letter:
            return speaking.may_accept_by_letter(
                history,
                institution=who,
                on_behalf_of=statement.on_behalf_of,
                version=version,
                letter=statement.letter,
                has_key=institutions.key_of(statement.on_behalf_of) is not None,
            )
        case "declined" if statement.reason:
            return speaking.may_decline(history, institution=who, version=version)
        case "withdrawn":
            return speaking.may_withdraw(history, institution=who, version=version)
        case "concluded":
            return (
                speaking.may_conclude(history, institution=who, version=version)
                or _proofs_fail(statement)
                or _numbers_fail(
                    history.headers[version], document_of(queries.content_of(history.headers[version]) or {})
                )
            )
        case "checked" | "account differs":
            return speaking.may_remark(history, institution=who, version=version)
        case "erased":
            return speaking.may_erase(history, institution=who)
        case "keyed":
            return _key_given_fails(statement)
        case "key retired":
            return None
        case _:
            return Reason("This statement lacks what it must hold.")


def new_version(
    *, record: str, document: Document, parent: str | None, departures: tuple[Departure, ...] = ()
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
    )


def kind_of(record: str, version: str) -> str:
    """The kind of a record, from the version named. Raises Refused for a version that was never put forward."""
    header = queries.history(record).headers.get(version)
    if header is None:
        raise Refused(speaking.NO_SUCH_VERSION)
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
    _or_refuse(
        roles.may_seal(
            who=who, said=statement.said, key=statement.key or "", seal=key.did, in_use=in_use, confirmed=confirmed
        )
    )
    if statement.header and statement.version != statement.header.digest:
        raise Refused(Reason("The digest named is not that of the header."))
    if statement.header and statement.header.record != statement.record:
        raise Refused(Reason("The header is of another record."))
    return statement


def _header_fails(statement: Statement, header: Header) -> Reason | None:
    content = queries.content_of(header)
    if content is None:
        return Reason("The content of this version did not come with it.")
    document = document_of(content)
    if statement.said == "recorded" and not (document.sources or document.rests_on_itself):
        return Reason("What is recorded names the sources it rests on.")
    return speaking.fits(header, document=document) or _numbers_fail(header, document)


def _numbers_fail(header: Header, document: Document) -> Reason | None:
    """A number is borne once in its series."""
    for programme, number in document.numbers():
        series = archive.series_of(programme)
        holder = archive.number_taken(series=series, number=number, by_other_than=header.record)
        if holder:
            return Reason("The number %(number)s of this series is borne by %(other)s.", number=number, other=holder)
    return None


def _links_fail(header: Header) -> Reason | None:
    targets = {link.target for link in document_of(queries.content_of(header) or {}).links()} - {header.record}
    lost = targets - archive.known(targets).keys() - entries.heard_of(targets)
    if lost:
        return Reason("%(target)s leads to no record.", target=min(lost))
    return None


def _departures_fail(header: Header, history: History) -> Reason | None:
    replaced = history.headers.get(header.parent or "")
    for departure in header.departures:
        content = (queries.content_of(replaced) if replaced else None) or {}
        if not speaking.cites(content, programme=departure.programme):
            return Reason("The record replaced is not held under the programme cited.")
        said = queries.history(departure.programme)
        failed = speaking.had_left(
            departure,
            conclusion=queries.conclusion(departure.version),
            departed_then=_departed(said.headers.get(departure.version)),
            departed_now=_departed(said.headers.get(said.agreed or "")),
        )
        if failed:
            return failed
    return None


def _departed(header: Header | None) -> frozenset[str]:
    content = queries.content_of(header) if header else None
    document = document_of(content) if content else None
    return frozenset(document.departed()) if isinstance(document, Programme) else frozenset()


def _proofs_fail(statement: Statement) -> Reason | None:
    """Rule 6: a conclusion carries exactly the sealed agreements that were heard of this version."""
    heard = {entry.digest for entry in entries.agreements_to(statement.version or "", said=AGREEING)}
    if {digest_of(one) for one in statement.agreements} != heard:
        return Reason("A conclusion carries the proof of each agreement to this version, and no other.")
    return None


def _key_given_fails(statement: Statement) -> Reason | None:
    if statement.key is None:
        return Reason("This statement lacks what it must hold.")
    try:
        PublicKey.from_did(statement.key)
    except Refused as refused:
        return refused.reason
    if any(statement.key in given for given in institutions.keys().values()):
        return Reason("This key was given before.")
    if institutions.confirmed_for(statement.key) not in (None, statement.institution):
        return Reason("This key was confirmed for another institution.")
    return None


def _or_refuse(reason: Reason | None) -> None:
    if reason:
        raise Refused(reason)
