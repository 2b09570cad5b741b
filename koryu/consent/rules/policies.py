"""May this institution say this? One question for each thing that can be said; asked of everybody's entries alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Departure, Header, Statement, statement_of
from koryu.records.document import Document
from koryu.records.programme import Programme
from koryu.seals.digests import is_digest
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason
from koryu.values.uris import minted_by

CHANGED = Reason("This changed meanwhile: another version is current now.")
NAMED_BY_OTHERS = Reason(
    "This name was created by another institution: only that institution, and those it names, can propose the "
    "first version."
)
ALREADY_OPEN = Reason("There is already an open proposal for this record. Accept it, decline it or withdraw it first.")
NO_SUCH_VERSION = Reason("No such version of this record was proposed.")


def may_record(history: History, *, institution: str, header: Header) -> Reason | None:
    """Rules 2 and 8: a recorder replaces only its own recorded version, and never one that was agreed."""
    if history.agreed:
        return Reason(
            "There is an agreed version. To change it, propose a new version; it cannot be changed by recording."
        )
    if not history.lines and institution not in _may_begin(history, minted_by(header.record) or institution):
        return NAMED_BY_OTHERS
    if header.parent != history.lines.get(institution):
        return CHANGED
    if header.digest in history.headers:
        return Reason("This version was already proposed.")
    return leaves_out_who_was_recorded(history, institution=institution, header=header) or _fits_record(history, header)


def leaves_out_who_was_recorded(history: History, *, institution: str, header: Header) -> Reason | None:
    """Rule 8: whoever recorded first corrects whose the record is until another has spoken; then nobody is left out."""
    alone = {statement.institution for statement in history.statements} <= {institution}
    if alone or history.recorded_owners <= set(header.owners):
        return None
    return Reason("The institutions named in the first recorded version must stay: none of them can be left out.")


def may_propose(history: History, *, institution: str, header: Header) -> Reason | None:
    """Rules 1, 2 and 3: by an owner of what stands, or of a first version by whoever made the record's name and those
    it named; of what stands, and on no other open successor of it."""
    own_name = header.record if header.kind == "institution" else None
    if institution not in _may_begin(history, minted_by(header.record) or own_name or institution):
        return (
            Reason("Only an institution of the current version can propose the next version.")
            if history.in_force
            else (NAMED_BY_OTHERS)
        )
    if institution not in history.must_agree_to(header):
        return Reason("Only an institution that must agree can propose this.")
    if header.parent not in _replaceable(history):
        return CHANGED
    if header.digest in history.headers:
        return Reason("This version was already proposed.")
    if history.stands_on(institution, instead_of=history.agreed):
        return Reason("This institution has already accepted another open version of this record.")
    return _leaves_out_who_made_the_name(history, header) or _fits_record(history, header)


def _leaves_out_who_made_the_name(history: History, header: Header) -> Reason | None:
    """Rule 2: who made the name agrees to the first version; where the name does not say who, the version does.

    Otherwise nobody could tell later, from the version and its proofs alone, why it had to agree.
    """
    minter = history.minter
    if history.predecessor(header) or minted_by(header.record) or minter is None or minter in header.owners:
        return None
    return Reason(
        "%(who)s was the first to propose a version under this name: it must be among the institutions of the "
        "first version.",
        who=minter,
    )


def may_accept(history: History, *, institution: str, version: str) -> Reason | None:
    """Rules 3 and 7: once, of an open version, by one who must agree and stands on no other."""
    return _may_agree(history, institution=institution, version=version)


def may_accept_by_letter(
    history: History, *, institution: str, on_behalf_of: str, version: str, letter: str, has_key: bool
) -> Reason | None:
    """Rule 5: for an institution without a key here that has itself said nothing on the record, by another that must
    agree, with the letter's digest."""
    if on_behalf_of == institution:
        return Reason("An institution accepts for itself; its own letter cannot be recorded as an acceptance.")
    if any(statement.institution == on_behalf_of for statement in history.statements):
        return Reason("That institution has itself acted on this record, and must reply itself.")
    if has_key:
        return Reason("That institution uses this server and must reply itself.")
    if not is_digest(letter):
        return Reason("An acceptance by letter must name the letter by its digest.")
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
    if history.replaced_by(history.predecessor(history.headers[version])):
        return CHANGED
    return None


def may_remark(history: History, *, institution: str, version: str) -> Reason | None:
    """Rule 8: on a version that stands or stood, by another than the one whose statement it is."""
    if version not in history.headers or not history.stood(version):
        return NO_SUCH_VERSION
    if history.headers[version].content in history.erased:
        return Reason("The content of this version was erased; there is nothing left to check.")
    if history.recorder_of(version) == institution:
        return Reason("An institution cannot check its own statement. To change it, record a new version.")
    return None


def may_erase(
    history: History, *, institution: str, contents: frozenset[str], at_request_of_named: bool
) -> Reason | None:
    """Rule 13: contents of what stands, stood or came to nothing; a recorder's own line, an owner's own text.

    What several institutions have agreed is erased by a version they all agree to that says so, or at the request of
    a person named in it by any of them.
    """
    if not contents or contents <= history.erased:
        return Reason("This record has no content that could be erased.")
    if not contents <= erasable(history, institution=institution, at_request_of_named=at_request_of_named):
        if not at_request_of_named and contents <= erasable(history, institution=institution, at_request_of_named=True):
            return Reason(
                "What several institutions have agreed can be erased only by a version they all agree to, or at "
                "the request of a person named in it."
            )
        return Reason("An institution can have only content erased that it recorded or agreed itself.")
    return None


def erasable(history: History, *, institution: str, at_request_of_named: bool) -> frozenset[str]:
    """What of a record an institution can have erased: contents, with the reasons and remarks given on them.

    Never of an open version.
    """
    going = versions_to_erase(history, institution=institution, at_request_of_named=at_request_of_named)
    erasable_digests = {
        digest for version in going for digest in (history.headers[version].content, *history.texts_on(version))
    }
    return (
        frozenset(erasable_digests)
        - history.erased
        - {history.headers[version].content for version in history.open_versions}
    )


def versions_to_erase(history: History, *, institution: str, at_request_of_named: bool) -> frozenset[str]:
    """The versions of which an institution can have erased what they say."""
    concluded = (
        history.headers[statement.version]
        for statement in history.statements
        if statement.said == "concluded" and statement.version
    )
    agreed_to = {digest for header in concluded for digest in header.erases}
    return frozenset(
        version
        for version, header in history.headers.items()
        if not history.is_open(version)
        and (
            _is_its_own(history, version, institution)
            or (institution in header.owners and (at_request_of_named or header.content in agreed_to))
        )
    )


def _is_its_own(history: History, version: str, institution: str) -> bool:
    """Whether a version is one institution's alone: what it recorded, or agreed with nobody else."""
    recorder = history.recorder_of(version)
    return recorder == institution if recorder else history.headers[version].owners == (institution,)


def fits(header: Header, *, document: Document) -> Reason | None:
    """Whether the header says of the content what the content says of itself (owners, kind, schema)."""
    said = (header.kind, header.schema_name, header.owners)
    if said != (document.kind, document.schema_name, document.owners()):
        return Reason("The header and the content do not name the same kind and owners.")
    return None


@dataclass(frozen=True, kw_only=True)
class Cited:
    """The version of a programme that a departure cites: how it was concluded, what it says; and what stands now."""

    conclusion: Statement | None
    then: Document | None
    now: Document | None


def departures_fail(
    header: Header, *, replaced: Document | None, document: Document, cited: Mapping[Departure, Cited]
) -> Reason | None:
    """Rule 1: whether each institution that is said to have left had left every programme the record is held under, by
    versions it agreed to, and before its dates begin. `replaced` is None where it is not at hand to be asked."""
    for institution in sorted(header.departed):
        cites = {
            departure.programme: cited[departure]
            for departure in header.departures
            if departure.institution == institution
        }
        held = _programmes(replaced or document)
        if not cites.keys() <= held:
            return Reason("The record replaced does not belong to the programme cited.")
        if not held <= cites.keys():
            return Reason("%(who)s has not left every programme that this record belongs to.", who=institution)
        for departure in (candidate for candidate in header.departures if candidate.institution == institution):
            failed = (
                _had_left(departure, cited[departure])
                or _begins_before(departure, cited[departure], replaced)
                or (_begins_before(departure, cited[departure], document))
            )
            if failed:
                return failed
    return None


def _had_left(departure: Departure, cited: Cited) -> Reason | None:
    """Whether the cited version of the programme was concluded, says the institution had left, bears its own agreement,
    and is still true of the programme as it stands."""
    left, conclusion = departure.institution, cited.conclusion
    gone = _left_on(cited.then, left) is not None and _left_on(cited.now, left) is not None
    if conclusion is None or conclusion.version != departure.version or not gone:
        return Reason("The programme version cited does not say that %(institution)s had left.", institution=left)
    if left not in {statement_of(agreement).agreed_by for agreement in conclusion.agreements}:
        return Reason("%(institution)s did not agree to the programme version cited.", institution=left)
    return None


def _begins_before(departure: Departure, cited: Cited, document: Document | None) -> Reason | None:
    """Whether the record's dates begin before the institution had left, or are not known."""
    if document is None:
        return None
    left, dated = _left_on(cited.then, departure.institution), document.when()
    if left is None or dated is None or dated.earliest <= left.latest:
        return Reason(
            "%(institution)s must agree: it had not left before the dates of this record.",
            institution=departure.institution,
        )
    return None


def _left_on(programme: Document | None, institution: str) -> Edtf | None:
    members = programme.institutions if isinstance(programme, Programme) else ()
    return next((member.left for member in members if member.institution == institution and member.left), None)


def _programmes(document: Document) -> set[str]:
    """The programmes that a content says it is held under."""
    return {link.target for link in document.claims() if link.kinds == ("programme",) and link.rel == "programmes"}


def _may_begin(history: History, minter: str) -> frozenset[str]:
    """Who may put the next version forward (rule 2); of a record of which nothing was said, whoever made its name."""
    known = history.may_put_forward()
    return frozenset({minter}) if known is None else known


def _replaceable(history: History) -> set[str | None]:
    """What a proposal may say it replaces: the agreed version; else nothing, or a recorded one."""
    return {history.agreed} if history.agreed else {None, *history.lines.values()}


def _may_agree(history: History, *, institution: str, version: str) -> Reason | None:
    refusal = _may_say_its_word(history, institution=institution, version=version)
    if refusal:
        return refusal
    before = history.predecessor(history.headers[version])
    if history.replaced_by(before):
        return CHANGED
    if history.stands_on(institution, instead_of=before, besides=version):
        return Reason("This institution has already accepted another open version of this record.")
    return None


def _may_say_its_word(history: History, *, institution: str, version: str) -> Reason | None:
    if version not in history.headers or not history.is_proposal(version):
        return NO_SUCH_VERSION
    if institution not in history.must_agree(version):
        return Reason("This institution is not among those who must agree to this version.")
    if institution in history.agreements(version) or institution in history.declined_by(version):
        return Reason("This institution has already replied to this version.")
    if not history.is_open(version):
        return Reason("This version is no longer open.")
    return None


def _fits_record(history: History, header: Header) -> Reason | None:
    kinds = {other.kind for other in history.headers.values()}
    if kinds - {header.kind}:
        return Reason("The kind of a record cannot be changed; this one is of another kind.")
    return None
