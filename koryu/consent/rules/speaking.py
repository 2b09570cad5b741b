"""May this institution say this? One question for each thing that can be said; asked of everybody's entries alike."""

from collections.abc import Mapping
from typing import Any

from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Departure, Header, Statement, statement_of
from koryu.records.document import Document
from koryu.seals.digests import is_digest
from koryu.values.reason import Reason

CHANGED = Reason("This changed meanwhile: another version stands now.")
NO_SUCH_VERSION = Reason("No such version was put forward for this record.")


def may_record(history: History, *, institution: str, header: Header) -> Reason | None:
    """Rule 8: a recorder replaces only its own recorded version, and never one that was agreed."""
    if history.agreed:
        return Reason("An agreed version stands; it is changed by proposing its successor, not by recording.")
    if history.recorder not in (None, institution):
        return Reason("Another institution has recorded this; a remark can say that an account differs.")
    if header.parent != history.recorded:
        return CHANGED
    return _fits_record(history, header)


def may_propose(history: History, *, institution: str, header: Header) -> Reason | None:
    """Rules 1, 2, 3 and 12: by one who must agree, of what stands, and on no other open successor of it."""
    if institution not in history.must_agree_to(header):
        return Reason("Only an institution that must agree can propose this.")
    if header.parent != history.in_force:
        return CHANGED
    if header.digest in history.headers:
        return Reason("This version has been put forward before.")
    if history.stands_on(institution, instead_of=header.parent):
        return Reason("The institution already stands on another open version of this record.")
    return _fits_record(history, header)


def may_accept(history: History, *, institution: str, version: str) -> Reason | None:
    """Rules 3 and 7: once, of an open version, by one who must agree and stands on no other."""
    return _may_agree(history, institution=institution, version=version)


def may_accept_by_letter(
    history: History, *, institution: str, on_behalf_of: str, version: str, letter: str, has_key: bool
) -> Reason | None:
    """Rule 5: for an institution without a key here, by another that must agree, with the letter's digest."""
    if has_key:
        return Reason("That institution has a key here and says it itself.")
    if not is_digest(letter):
        return Reason("An acceptance by letter names the letter by its digest.")
    if version in history.headers and institution not in history.must_agree(version):
        return Reason("Only an institution that must agree can record another's letter.")
    return _may_agree(history, institution=on_behalf_of, version=version)


def may_decline(history: History, *, institution: str, version: str) -> Reason | None:
    """Rule 3: once, of an open version, by one who must agree and has said nothing of it yet."""
    return _may_say_its_word(history, institution=institution, version=version)


def may_withdraw(history: History, *, institution: str, version: str) -> Reason | None:
    """Rule 4: the proposer, until it is concluded."""
    if version not in history.headers or not history.is_proposal(version):
        return NO_SUCH_VERSION
    if history.proposer(version) != institution:
        return Reason("Only the institution that proposed a version can withdraw it.")
    if history.was("concluded", version):
        return Reason("This version was concluded; it can no longer be withdrawn.")
    if not history.is_open(version):
        return Reason("This version is no longer open.")
    return None


def may_conclude(history: History, *, institution: str, version: str) -> Reason | None:
    """Rules 1, 3 and 4: by the proposer's server, when all who must agree have accepted this same version."""
    if version not in history.headers or not history.is_proposal(version):
        return NO_SUCH_VERSION
    if history.proposer(version) != institution:
        return Reason("Only the institution that proposed a version can conclude it.")
    if not history.is_open(version):
        return Reason("This version is no longer open.")
    if not history.has_agreed_everyone(version):
        return Reason("Not every institution that must agree has accepted this version.")
    if history.replaced_by(history.headers[version].parent):
        return CHANGED
    return None


def may_remark(history: History, *, institution: str, version: str) -> Reason | None:
    """Rule 8: on a version that stands or stood, by another than the one whose statement it is."""
    if not (history.was("recorded", version) or history.was("concluded", version)):
        return NO_SUCH_VERSION
    if history.was("recorded", version) and history.recorder == institution:
        return Reason("An institution does not check its own statement; it records it anew.")
    return None


def may_erase(history: History, *, institution: str) -> Reason | None:
    """An owner of what stands, or its recorder, may have the contents erased."""
    if history.in_force is None:
        return Reason("Nothing stands on this record that could be erased.")
    if institution not in {*history.headers[history.in_force].owners, history.recorder}:
        return Reason("Only an institution of the record, or its recorder, can have it erased.")
    if history.contents <= history.erased:
        return Reason("This record was erased before.")
    return None


def fits(header: Header, *, document: Document) -> Reason | None:
    """Whether the header says of the content what the content says of itself (owners, kind, schema)."""
    said = (header.kind, header.schema_name, header.owners)
    if said != (document.kind, document.schema_name, document.owners()):
        return Reason("The header and the content do not say the same kind and owners.")
    return None


def had_left(
    departure: Departure, *, conclusion: Statement | None, departed_then: frozenset[str], departed_now: frozenset[str]
) -> Reason | None:
    """Rule 1: whether the cited version of the programme was concluded, says the institution had left, bears its own
    agreement, and is still true of the programme as it stands."""
    left = departure.institution
    if conclusion is None or conclusion.version != departure.version or left not in departed_then & departed_now:
        return Reason("The programme version cited does not say that %(institution)s had left.", institution=left)
    if left not in {statement_of(one).agreed_by for one in conclusion.agreements}:
        return Reason("%(institution)s did not agree to the programme version cited.", institution=left)
    return None


def cites(document: Mapping[str, Any], *, programme: str) -> bool:
    """Whether an exchange or agreement content says that it is held under the programme."""
    return any(held.get("programme") == programme for held in document.get("programmes", ()))


def _may_agree(history: History, *, institution: str, version: str) -> Reason | None:
    refusal = _may_say_its_word(history, institution=institution, version=version)
    if refusal:
        return refusal
    parent = history.headers[version].parent
    if history.replaced_by(parent):
        return CHANGED
    if history.stands_on(institution, instead_of=parent, besides=version):
        return Reason("The institution already stands on another open version of this record.")
    return None


def _may_say_its_word(history: History, *, institution: str, version: str) -> Reason | None:
    if version not in history.headers or not history.is_proposal(version):
        return NO_SUCH_VERSION
    if institution not in history.must_agree(version):
        return Reason("This institution is not among those who must agree to this version.")
    if institution in history.agreements(version) or institution in history.declined_by(version):
        return Reason("The institution has said its word on this version.")
    if not history.is_open(version):
        return Reason("This version is no longer open.")
    return None


def _fits_record(history: History, header: Header) -> Reason | None:
    kinds = {other.kind for other in history.headers.values()}
    if kinds - {header.kind}:
        return Reason("A record keeps its kind: this one is of another.")
    return None
