"""Every rule of consent, asked in one place of every statement: from the desk, from a file, from another server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError

from koryu.consent import queries
from koryu.consent.rules import claims, policies
from koryu.consent.rules.claims import Targets
from koryu.consent.rules.history import AGREEING, History
from koryu.consent.rules.policies import Cited
from koryu.consent.rules.readers import may_read
from koryu.consent.rules.statement import Departure, Header, Statement
from koryu.institutions import queries as institutions
from koryu.ledger import queries as entries
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.seals.digests import digest_of
from koryu.seals.keys import PublicKey
from koryu.values.frozen import complaints
from koryu.values.reason import Reason, Refused

NOTHING: Final[Targets] = MappingProxyType({})
_UNSEALED: Final = "sha256:" + "0" * 64


@dataclass(frozen=True, kw_only=True)
class PlannedStatement:
    """What is about to be said of a record: by whom, what it is to replace, and whether it is proposed or recorded."""

    institution: str
    record: str
    content: Mapping[str, Any]
    says: str = "proposed"
    replaces: str | None = None
    answers: str = ""


def refusal(statement: Statement, history: History, *, besides: Targets = NOTHING) -> Reason | None:
    """Why this institution may not say this now; None when it may. The seal is checked before.

    `besides` are records of which more is said in the same act: links to them count as heard of.
    """
    who, version, header = statement.institution, statement.version or "", statement.header
    match statement.said:
        case "recorded" | "proposed" if header:
            return _version_fails(statement, header, history, besides=besides)
        case "accepted":
            return policies.may_accept(history, institution=who, version=version)
        case "accepted by letter" if statement.on_behalf_of and statement.letter:
            return policies.may_accept_by_letter(
                history,
                institution=who,
                on_behalf_of=statement.on_behalf_of,
                version=version,
                letter=statement.letter,
                has_key=institutions.key_of(statement.on_behalf_of) is not None,
            )
        case "declined" if statement.reason:
            return policies.may_decline(history, institution=who, version=version)
        case "withdrawn":
            return policies.may_withdraw(history, institution=who, version=version)
        case "concluded":
            return policies.may_conclude(history, institution=who, version=version) or _proofs_fail(statement)
        case "checked" | "account differs":
            return _unreadable(statement, history) or policies.may_remark(history, institution=who, version=version)
        case "erased":
            return policies.may_erase(
                history,
                institution=who,
                contents=frozenset(statement.contents),
                at_request_of_named=statement.at_request_of_named,
            )
        case "keyed":
            return _key_given_fails(statement)
        case "key retired":
            return None
        case _:
            return Reason("This statement is incomplete.")


def planned(draft: queries.Drafted) -> PlannedStatement:
    """What a draft is to say, once it is sent."""
    return PlannedStatement(
        institution=draft.institution,
        record=draft.record,
        content=draft.content,
        says=draft.says,
        replaces=draft.replaces or None,
        answers=draft.answers,
    )


def would_refuse(drafts: Sequence[PlannedStatement]) -> tuple[Reason | None, ...]:
    """Why each of these could not be sent now, in their order; None for one that could. Nothing is said by asking.

    They count as sent together, in the order of kinds: one may link to another.
    """
    read = [_document(draft) for draft in drafts]
    besides = queries.sent_together(
        {
            draft.record: claims.about_to_be(document, institution=draft.institution, recorded=draft.says == "recorded")
            for draft, document in zip(drafts, read, strict=True)
            if isinstance(document, Document)
        }
    )
    known = queries.targets(
        _named_in([document for document in read if isinstance(document, Document)]), besides=besides
    )
    said = queries.histories(draft.record for draft in drafts)
    return tuple(
        _draft_fails(draft, document, said[draft.record], known=known) if isinstance(document, Document) else document
        for draft, document in zip(drafts, read, strict=True)
    )


def _document(draft: PlannedStatement) -> Document | Reason:
    try:
        return document_of(draft.content)
    except Refused as refused:
        return refused.reason
    except ValidationError as bad:
        where, problem = complaints(bad)[0]
        return Reason("%(field)s: %(problem)s", field=where, problem=problem)


def _draft_fails(draft: PlannedStatement, document: Document, history: History, *, known: Targets) -> Reason | None:
    if draft.answers:
        refused = policies.may_decline(history, institution=draft.institution, version=draft.answers)
        if refused:
            return refused
        no = {"institution": draft.institution, "by": "nobody", "at": "2000-01-01T00:00:00Z", "record": draft.record}
        history = history.and_then(Statement(said="declined", version=draft.answers, **no))
    if draft.says == "proposed" and history.open_versions:
        return policies.ALREADY_OPEN
    header = Header(
        record=draft.record,
        kind=document.kind,
        schema_name=document.schema_name,
        parent=history.lines.get(draft.institution) if draft.says == "recorded" else draft.replaces,
        owners=document.owners(),
        content=_UNSEALED,
    )
    return _rules_fail(draft.says, draft.institution, header, document, history, known=known)


def _version_fails(statement: Statement, header: Header, history: History, *, besides: Targets) -> Reason | None:
    content = queries.content_of(header)
    if content is None:
        return Reason("The content of this version is missing.")
    document = document_of(content, schema=header.schema_name)
    known = queries.targets(_named_in([document]) | {header.record}, besides=besides)
    return policies.fits(header, document=document) or _rules_fail(
        statement.said, statement.institution, header, document, history, known=known
    )


def _rules_fail(
    said: str, institution: str, header: Header, document: Document, history: History, *, known: Targets
) -> Reason | None:
    """The questions asked of recorded and proposed alike, what may be said at all coming first."""
    recorded = said == "recorded"
    before = _content(history, header.parent)
    # A record that has made a claim has made it, in whoever's line it is said once more.
    claimed = before or _content(history, history.in_force)
    speak = frozenset({institution}) if recorded else history.must_agree_to(header)
    return (
        (
            policies.may_record(history, institution=institution, header=header) or _hidden(history, institution)
            if recorded
            else policies.may_propose(history, institution=institution, header=header)
        )
        or _departures_fail(header, document, replaced=before)
        or (_sources_fail(document, institution, known) if recorded else None)
        or claims.links_fail(document, record=header.record, institution=institution, known=known)
        or claims.claims_fail(
            document,
            kept=claimed.claims() if claimed else (),
            speak=speak,
            recorder=institution if recorded else None,
            known=known,
        )
        or claims.narrows(document, before=_readers_before(history, header, before, recorded=recorded))
        or _erasing_fails(history, header)
    )


def _sources_fail(document: Document, institution: str, known: Targets) -> Reason | None:
    if not (document.sources or document.rests_on_itself):
        return Reason("A recorded version must name its sources.")
    return claims.letters_fail(document, recorder=institution, known=known)


def _hidden(history: History, institution: str) -> Reason | None:
    """Why an institution may not record on a record of which it may not read what stands."""
    standing = history.in_force
    if standing is None or _reads(history, standing, institution):
        return None
    return policies.NAMED_BY_OTHERS


def _unreadable(statement: Statement, history: History) -> Reason | None:
    version = statement.version or ""
    if version in history.headers and not _reads(history, version, statement.institution):
        return policies.NO_SUCH_VERSION
    return None


def _reads(history: History, version: str, institution: str) -> bool:
    document = _content(history, version)
    circle = queries.circle_of(document) if document else frozenset()
    visibility = document.visibility if document else None
    return may_read(history, version, asking=institution, visibility=visibility, circle=circle)


def _readers_before(history: History, header: Header, before: Document | None, *, recorded: bool) -> str | None:
    """Who may read what this would replace, where that binds: what was agreed, and a recorder's own line (rule 12)."""
    if before is None or not (recorded or history.predecessor(header)):
        return None
    return before.visibility


def _erasing_fails(history: History, header: Header) -> Reason | None:
    """A version that is to erase earlier contents names contents that its owners may have erased together."""
    if not header.erases:
        return None
    stood = {
        earlier.content
        for version, earlier in history.headers.items()
        if not history.is_open(version) and not history.recorder_of(version)
    }
    if not set(header.erases) <= stood:
        return Reason(
            "Only content of this record that its institutions agreed, or that was not accepted, can be erased."
        )
    return None


def _departures_fail(header: Header, document: Document, *, replaced: Document | None) -> Reason | None:
    if not header.departures:
        return None
    cited = {departure: _cited(departure) for departure in header.departures}
    return policies.departures_fail(header, replaced=replaced, document=document, cited=cited)


def _cited(departure: Departure) -> Cited:
    said = queries.history(departure.programme)
    return Cited(
        conclusion=queries.conclusion(departure.version),
        then=_content(said, departure.version),
        now=_content(said, said.agreed),
    )


def _content(history: History, version: str | None) -> Document | None:
    """The document of a version; None where it was erased, or there is no such version."""
    header = history.headers.get(version or "")
    content = queries.content_of(header) if header else None
    return document_of(content, schema=header.schema_name, kept=True) if header and content else None


def _named_in(documents: Sequence[Document]) -> set[str]:
    """The records that documents name, those behind their letters too."""
    named = {link.target for document in documents for link in document.links()}
    return named | {document.belongs_to() for document in documents if document.belongs_to()}


def _proofs_fail(statement: Statement) -> Reason | None:
    """Rule 6: a conclusion carries exactly the sealed agreements that were heard of this version."""
    heard = {entry.digest for entry in entries.agreements_to(statement.version or "", said=AGREEING)}
    if {digest_of(agreement) for agreement in statement.agreements} != heard:
        return Reason("A conclusion must contain the proof of each agreement to this version, and no others.")
    return None


def _key_given_fails(statement: Statement) -> Reason | None:
    if statement.key is None:
        return Reason("This statement is incomplete.")
    try:
        PublicKey.from_did(statement.key)
    except Refused as refused:
        return refused.reason
    if any(statement.key in given for given in institutions.keys().values()):
        return Reason("This key is already in use.")
    if institutions.confirmed_for(statement.key) not in (None, statement.institution):
        return Reason("This key was confirmed for another institution.")
    return None
