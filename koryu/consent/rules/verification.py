"""Checking an exported record with nothing but itself and, if given, a list of whose keys are whose (rules 6 and 13).

The rules are those of the server: the statements are replayed in their order, and every rule is asked again. What only
other records could tell is not asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from koryu.consent.rules import policies
from koryu.consent.rules.exported import FORMAT, Bundle, Exported
from koryu.consent.rules.history import AGREEING, History
from koryu.consent.rules.policies import Cited
from koryu.consent.rules.statement import Departure, Header, Statement, statement_of
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.seals.digests import commitment, digest_of
from koryu.seals.proofs import BadProof, sealed_by
from koryu.values.reason import Reason, Refused

Keys = Mapping[str, list[str]]


@dataclass(frozen=True)
class Verified:
    """What was found in order: the record, how many versions, who said so with which key, and how it stands.

    `withheld` is how many earlier versions were not for whoever has the bundle, and could not be checked.
    """

    record: str
    versions: int
    standing: str
    keys: tuple[tuple[str, str], ...]
    withheld: int = 0


def verify(exported: Mapping[str, Any], *, keys: Keys | None = None) -> Verified:
    """Check every digest, every seal and every rule that can be asked of an exported record by itself.

    `keys` lists, by institution, the did:keys known to be its own; without it the seals show only that nothing changed.
    Raises Refused with the first thing that is wrong and where.
    """
    return _verify(_bundle(exported), keys=keys)[0]


def _verify(bundle: Bundle, *, keys: Keys | None) -> tuple[Verified, History]:
    spoken = [_statement(sealed, f"entries[{place}]", keys) for place, sealed in enumerate(bundle.entries)]
    erased = {digest for said, _ in spoken for digest in said.contents if said.said == "erased"}
    documents = dict(_documents(bundle, erased=erased))
    _check_texts(bundle, [said for said, _ in spoken], erased=erased)
    keyed = {(said.institution, did) for said, did in spoken}
    agreed_before = {version.version: version.header for version in bundle.versions if version.withheld == "agreed"}
    history = History.exported(withheld=agreed_before)
    heard: set[str] = set()
    for place, (said, _) in enumerate(spoken):
        where = f"entries[{place}]"
        if (digest := digest_of(bundle.entries[place])) in heard:
            raise Refused(Reason("%(where)s: this occurs twice", where=where))
        heard.add(digest)
        history = _withheld_before(bundle, history, said.version, keys)
        history, more = _said_once_more(bundle, history, said, where, keys, documents)
        keyed |= more
    history = _withheld_before(bundle, history, None, keys)
    whole = [version for version in bundle.versions if not version.withheld]
    standing = _standing(bundle, history)
    withheld = len(bundle.versions) - len(whole)
    return Verified(bundle.record, len(whole), standing, tuple(sorted(keyed)), withheld), history


def _bundle(exported: Mapping[str, Any]) -> Bundle:
    try:
        return Bundle.model_validate(exported)
    except ValidationError as bad:
        first = bad.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Refused(
            Reason("%(where)s: this is not an exported record: %(problem)s", where=where, problem=first["msg"])
        ) from bad


def _statement(sealed: dict[str, Any], where: str, keys: Keys | None) -> tuple[Statement, str]:
    try:
        did = sealed_by(sealed).did
        said = statement_of(sealed)
    except BadProof as bad:
        raise Refused(Reason("%(where)s.proof: %(problem)s", where=where, problem=bad.reason)) from bad
    except ValidationError as bad:
        raise Refused(
            Reason("%(where)s: this is not a statement: %(problem)s", where=where, problem=bad.errors()[0]["msg"])
        ) from bad
    if keys is not None and did not in keys.get(said.institution, ()):
        raise Refused(
            Reason(
                "%(where)s.proof: sealed with %(key)s, which the list of keys does not name as a key of %(who)s",
                where=where,
                key=did,
                who=said.institution,
            )
        )
    return said, did


# The versions


def _documents(bundle: Bundle, *, erased: set[str]) -> Iterator[tuple[str, Document]]:
    """The documents that are in the bundle, by version, after every header and content was checked."""
    seen: set[str] = set()
    for place, exported in enumerate(bundle.versions):
        where = f"versions[{place}]"
        if exported.version in seen:
            raise Refused(Reason("%(where)s: this occurs twice", where=where))
        if exported.header.parent in bundle.by_version and exported.header.parent not in seen:
            raise Refused(Reason("%(where)s: it comes before the version it replaces", where=where))
        seen.add(exported.version)
        _check_header(bundle, exported, where)
        document = None if exported.withheld else _document(exported, where, erased=erased)
        if document:
            yield exported.version, document


def _check_header(bundle: Bundle, exported: Exported, where: str) -> None:
    header = exported.header
    _expect(header.digest, exported.version, f"{where}.version")
    _expect(header.record, bundle.record, f"{where}.header.record")
    _expect(header.kind, bundle.kind, f"{where}.header.kind")
    if exported.withheld:
        _check_withheld(bundle, exported, where)
    elif header.parent is not None and header.parent not in bundle.by_version:
        raise Refused(Reason("%(where)s.header.parent: the version it replaces is missing", where=where))


def _check_withheld(bundle: Bundle, exported: Exported, where: str) -> None:
    """Raise Refused unless a withheld version is the first of its line, and another one in the bundle replaced it.

    What was recorded before all else is there also where nothing here replaced it: it binds whoever records later. What
    was recorded after another version bears the statement by which it was.
    """
    if bundle.format != FORMAT:
        raise Refused(Reason("%(where)s: no version can be withheld in an exported record of this format", where=where))
    recorded, parent = exported.withheld == "recorded", exported.header.parent
    replaced = any(version.header.parent == exported.version for version in bundle.versions if not version.withheld)
    first = recorded and exported is bundle.versions[0] and parent is None
    in_its_place = first or (recorded and exported.said) or (replaced and parent not in bundle.by_version)
    if not in_its_place or exported.content is not None or exported.salt is not None:
        raise Refused(Reason("%(where)s: only the first versions of a record can be withheld", where=where))


def _document(exported: Exported, where: str, *, erased: set[str]) -> Document | None:
    header = exported.header
    if exported.content is None or exported.salt is None:
        if header.content not in erased:
            raise Refused(Reason("%(where)s.content: it is missing, and no entry says that it was erased", where=where))
        return None
    if header.content in erased:
        raise Refused(Reason("%(where)s.content: it is here, and an entry says that it was erased", where=where))
    _expect(commitment(salt=exported.salt, content=exported.content), header.content, f"{where}.content")
    try:
        document = document_of(exported.content, schema=header.schema_name)
    except Refused as bad:
        raise Refused(Reason("%(where)s: %(problem)s", where=f"{where}.content", problem=bad.reason)) from bad
    except ValueError as bad:
        raise Refused(Reason("%(where)s.content: it does not fit its kind", where=where)) from bad
    _refuse(policies.fits(header, document=document), where)
    return document


def _check_texts(bundle: Bundle, spoken: list[Statement], *, erased: set[str]) -> None:
    """Raise Refused unless every text fits its digest and an entry names it, and each named text is there or erased."""
    given = {said.text: f"entries[{place}]" for place, said in enumerate(spoken) if said.text}
    for place, text in enumerate(bundle.texts):
        _expect(commitment(salt=text.salt, content={"text": text.text}), text.digest, f"texts[{place}]")
        if text.digest not in given:
            raise Refused(Reason("%(where)s: no entry gives this text", where=f"texts[{place}]"))
    for digest, where in given.items():
        if digest not in erased | {text.digest for text in bundle.texts}:
            raise Refused(Reason("%(where)s: its text is missing, and no entry says that it was erased", where=where))


def _withheld_before(bundle: Bundle, history: History, version: str | None, keys: Keys | None) -> History:
    """The history with what was recorded before this version and is withheld: of that, its header alone is here.

    All of it where no version is given. Versions lie in a bundle in the order in which they came to stand.
    """
    places = {exported.version: place for place, exported in enumerate(bundle.versions)}
    until = places.get(version or "", len(places))
    for place, exported in enumerate(bundle.versions[:until]):
        if exported.withheld == "recorded" and exported.version not in history.headers:
            history = history.and_then(_recorded_out_of_sight(bundle, history, exported, f"versions[{place}]", keys))
    return history


def _recorded_out_of_sight(
    bundle: Bundle, history: History, exported: Exported, where: str, keys: Keys | None
) -> Statement:
    header = exported.header
    if exported.said is None:
        return Statement(
            said="recorded",
            institution=exported.recorded_by or header.owners[0],
            by="withheld",
            at="0001-01-01T00:00:00Z",
            record=bundle.record,
            version=exported.version,
            header=header,
        )
    said, _did = _statement(exported.said, f"{where}.said", keys)
    _expect(said.said, "recorded", f"{where}.said.said")
    _expect(said.header.digest if said.header else "", exported.version, f"{where}.said.header")
    _expect(said.institution, exported.recorded_by or "", f"{where}.recorded_by")
    _refuse(policies.leaves_out_who_was_recorded(history, institution=said.institution, header=header), where)
    return said


# What was said


def _said_once_more(
    bundle: Bundle, history: History, said: Statement, where: str, keys: Keys | None, documents: Mapping[str, Document]
) -> tuple[History, set[tuple[str, str]]]:
    """The history with this statement added, after every rule was asked; and the keys of its agreements."""
    _expect(said.record or "", bundle.record, f"{where}.record")
    if said.said == "erased":
        _check_erasing(history, said, where)
        return history.and_then(said), set()
    exported = bundle.by_version.get(said.version or "")
    if exported is None or exported.withheld:
        raise Refused(Reason("%(where)s.version: the version it refers to is missing", where=where))
    match said.said:
        case "recorded":
            _expect(said.header.digest if said.header else "", exported.version, f"{where}.header")
            _refuse(policies.may_record(history, institution=said.institution, header=exported.header), where)
            _check_sources(documents.get(exported.version), where)
        case "checked" | "account differs":
            refused = policies.may_remark(history, institution=said.institution, version=exported.version)
            _refuse(refused, where)
        case "concluded":
            return _concluded(bundle, history, said, exported.header, where, keys, documents)
        case _:
            raise Refused(
                Reason("%(where)s.said: “%(said)s” is not part of an exported record", where=where, said=said.said)
            )
    return history.and_then(said), set()


def _check_sources(document: Document | None, where: str) -> None:
    if document and not (document.sources or document.rests_on_itself):
        raise Refused(Reason("%(where)s: a recorded version must name its sources", where=where))


def _check_erasing(history: History, said: Statement, where: str) -> None:
    """Ask the rule for the contents that are in the bundle; an entry may also name contents that were withheld."""
    here = history.contents
    refused = policies.may_erase(
        history,
        institution=said.institution,
        contents=frozenset(said.contents) & here,
        at_request_of_named=said.at_request_of_named,
    )
    _refuse(refused, where)


def _concluded(
    bundle: Bundle,
    history: History,
    said: Statement,
    header: Header,
    where: str,
    keys: Keys | None,
    documents: Mapping[str, Document],
) -> tuple[History, set[tuple[str, str]]]:
    """The history with a conclusion, which must hold the sealed agreement of each who must agree; and their keys."""
    version = header.digest
    keyed: set[tuple[str, str]] = set()
    agreements: list[Statement] = []
    _check_departures(bundle, header, where, keys, documents)
    place = 0
    for number, sealed in enumerate(said.agreements):
        there = f"{where}.agreements[{number}]"
        agreement, did = _statement(sealed, there, keys)
        _expect(agreement.record or "", bundle.record, f"{there}.record")
        _expect(agreement.version or "", version, f"{there}.version")
        place = _agreed_at(history, place, agreements, agreement, header, there)
        agreements.append(agreement)
        keyed.add((agreement.institution, did))
    history = history.and_then(*agreements)
    if not history.is_proposal(version):
        raise Refused(Reason("%(where)s.agreements: nobody proposed it", where=where))
    missing = history.must_agree(version) - history.agreements(version).keys()
    if missing:
        raise Refused(
            Reason(
                "%(where)s.agreements: the agreement of %(who)s is missing", where=where, who=", ".join(sorted(missing))
            )
        )
    _refuse(policies.may_conclude(history, institution=said.institution, version=version), where)
    return history.and_then(said), keyed


def _agreed_at(
    history: History, after: int, agreements: list[Statement], agreement: Statement, header: Header, where: str
) -> int:
    """The first place among what was said, not before `after`, where this could be agreed to; Refused where nowhere.

    An agreement came before its conclusion, and what was said between the two was not yet said when it was given. A
    letter comes after all that bears an earlier time, so that nobody is spoken for who had spoken (rule 5).
    """
    refused: Reason | None = None
    if agreement.said == "accepted by letter":
        earlier = (place for place, said in enumerate(history.statements, start=1) if said.at < agreement.at)
        after = max(after, *earlier, 0)
    for place in range(after, len(history.statements) + 1):
        refused = _may_agree(history.until(place).and_then(*agreements), agreement, header)
        if refused is None:
            return place
    _refuse(refused, where)
    raise AssertionError("unreachable")


def _may_agree(history: History, agreement: Statement, header: Header) -> Reason | None:
    who, version = agreement.institution, header.digest
    match agreement.said:
        case "proposed":
            if agreement.header is None or agreement.header.digest != version:
                return Reason("The digest named is not that of the header.")
            return policies.may_propose(history, institution=who, header=header)
        case "accepted":
            return policies.may_accept(history, institution=who, version=version)
        case "accepted by letter":
            return policies.may_accept_by_letter(
                history,
                institution=who,
                on_behalf_of=agreement.on_behalf_of or who,
                version=version,
                letter=agreement.letter or "",
                # Who had a key where this was said cannot be told from here: only the rest is asked (rule 5).
                has_key=False,
            )
        case _:
            return Reason("“%(said)s” is no agreement", said=agreement.said)


def _check_departures(
    bundle: Bundle, header: Header, where: str, keys: Keys | None, documents: Mapping[str, Document]
) -> None:
    if not header.departures or header.digest not in documents:
        return
    cited = {departure: _cited(bundle, departure, where, keys) for departure in header.departures}
    replaced, document = documents.get(header.parent or ""), documents[header.digest]
    _refuse(policies.departures_fail(header, replaced=replaced, document=document, cited=cited), where)


def _cited(bundle: Bundle, departure: Departure, where: str, keys: Keys | None) -> Cited:
    programme = next((version for version in bundle.cited if version.record == departure.programme), None)
    exported = programme.by_version.get(departure.version) if programme else None
    if programme is None or exported is None or exported.content is None:
        raise Refused(Reason("%(where)s: the programme version cited is missing", where=where))
    _, history = _verify(programme, keys=keys)
    conclusions = (statement for statement in history.about(departure.version) if statement.said == "concluded")
    document = document_of(exported.content, schema=exported.header.schema_name)
    return Cited(conclusion=next(conclusions, None), then=document, now=document)


def _standing(bundle: Bundle, history: History) -> str:
    """How the latest version stands. Raises Refused where a version was neither recorded nor concluded."""
    for place, exported in enumerate(bundle.versions):
        if not history.stood(exported.version):
            raise Refused(Reason("versions[%(place)s]: no entry gives its status", place=place))
    concluded = next((statement for statement in reversed(history.statements) if statement.said == "concluded"), None)
    if concluded is None:
        return "recorded"
    letters = any(
        statement.on_behalf_of for statement in history.about(str(concluded.version)) if statement.said in AGREEING
    )
    return "agreed by letter" if letters else "agreed"


def _refuse(reason: Reason | None, where: str) -> None:
    if reason:
        raise Refused(Reason("%(where)s: %(problem)s", where=where, problem=reason))


def _expect(actual: str, expected: str, where: str) -> None:
    if actual != expected:
        raise Refused(
            Reason("%(where)s: expected %(expected)s, found %(found)s", where=where, expected=expected, found=actual)
        )
