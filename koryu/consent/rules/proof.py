"""Checking an exported record with nothing but itself and, if given, a list of whose keys are whose (rule 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field, ValidationError

from koryu.consent.rules.history import AGREEING
from koryu.consent.rules.speaking import fits, had_left
from koryu.consent.rules.statement import Header, Statement, statement_of
from koryu.records.document import Digest
from koryu.records.kinds import document_of
from koryu.records.programme import Programme
from koryu.seals.digests import commitment
from koryu.seals.proofs import BadProof, sealed_by
from koryu.values.model import Frozen
from koryu.values.reason import Reason, Refused

FORMAT = "koryu/bundle/1"
Keys = Mapping[str, list[str]]


class Exported(Frozen):
    """One version in a bundle; salt and content are missing where they were erased."""

    version: Digest
    header: Header
    salt: str | None = None
    content: dict[str, Any] | None = None


class ExportedText(Frozen):
    """A remark in a bundle, which an entry names by its digest."""

    digest: Digest
    salt: str
    text: dict[str, Any]


class Bundle(Frozen):
    """An exported record."""

    format: str = Field(pattern=f"^{FORMAT}$")
    record: str
    kind: str
    versions: tuple[Exported, ...] = Field(min_length=1)
    entries: tuple[dict[str, Any], ...] = Field(min_length=1)
    texts: tuple[ExportedText, ...] = ()
    cited: tuple["Bundle", ...] = ()

    @property
    def headers(self) -> dict[str, Header]:
        return {exported.version: exported.header for exported in self.versions}


@dataclass(frozen=True)
class Verified:
    """What was found in order: the record, how many versions, who said so with which key, and how each stands."""

    record: str
    versions: int
    standing: str
    keys: tuple[tuple[str, str], ...]


def verify(exported: Mapping[str, Any], *, keys: Keys | None = None) -> Verified:
    """Check every digest, every seal and every agreement in an exported record.

    `keys` lists, by institution, the did:keys known to be its own; without it the seals show only that nothing changed.
    Raises Refused with the first thing that is wrong and where.
    """
    return _verify(_bundle(exported), keys=keys)


def _verify(bundle: Bundle, *, keys: Keys | None) -> Verified:
    spoken = [_statement(sealed, f"entries[{place}]", keys) for place, sealed in enumerate(bundle.entries)]
    erased = {digest for said, _ in spoken for digest in said.contents if said.said == "erased"}
    for place, version in enumerate(bundle.versions):
        _check_version(bundle, version, f"versions[{place}]", erased=erased)
    _check_texts(bundle, [said for said, _ in spoken], erased=erased)
    keyed = {(said.institution, did) for said, did in spoken}
    for place, (said, _) in enumerate(spoken):
        keyed |= _check_entry(bundle, said, f"entries[{place}]", keys)
    standing = _check_standing(bundle, [said for said, _ in spoken])
    return Verified(bundle.record, len(bundle.versions), standing, tuple(sorted(keyed)))


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


def _check_version(bundle: Bundle, exported: Exported, where: str, *, erased: set[str]) -> None:
    header = exported.header
    _expect(header.digest, exported.version, f"{where}.version")
    _expect(header.record, bundle.record, f"{where}.header.record")
    if header.parent is not None and header.parent not in bundle.headers:
        raise Refused(Reason("%(where)s.header.parent: the version it replaces is missing", where=where))
    if exported.content is None or exported.salt is None:
        if header.content not in erased:
            raise Refused(Reason("%(where)s.content: it is missing, and no entry says that it was erased", where=where))
        return
    digest = commitment(salt=exported.salt, content=exported.content)
    _expect(digest, header.content, f"{where}.content")
    try:
        problem = fits(header, document=document_of(exported.content))
    except ValueError as bad:
        raise Refused(Reason("%(where)s.content: it does not fit its kind", where=where)) from bad
    if problem:
        raise Refused(Reason("%(where)s: %(problem)s", where=where, problem=problem))


def _check_texts(bundle: Bundle, spoken: list[Statement], *, erased: set[str]) -> None:
    """Every text is the one its digest names and an entry gives, and every entry's text is there or was erased."""
    given = {said.text: f"entries[{place}]" for place, said in enumerate(spoken) if said.text}
    for place, text in enumerate(bundle.texts):
        _expect(commitment(salt=text.salt, content={"text": text.text}), text.digest, f"texts[{place}]")
        if text.digest not in given:
            raise Refused(Reason("%(where)s: no entry gives this text", where=f"texts[{place}]"))
    for digest, where in given.items():
        if digest not in erased | {text.digest for text in bundle.texts}:
            raise Refused(Reason("%(where)s: its text is missing, and no entry says that it was erased", where=where))


def _check_entry(bundle: Bundle, said: Statement, where: str, keys: Keys | None) -> set[tuple[str, str]]:
    _expect(said.record or "", bundle.record, f"{where}.record")
    if said.said == "erased":
        return _check_erasing(bundle, said, where)
    header = bundle.headers.get(said.version or "")
    if header is None:
        raise Refused(Reason("%(where)s.version: the version it speaks of is missing", where=where))
    if said.said == "recorded":
        _expect(said.header.digest if said.header else "", said.version or "", f"{where}.header")
    if said.said != "concluded":
        return set()
    return _check_conclusion(bundle, said, header, where, keys)


def _check_erasing(bundle: Bundle, said: Statement, where: str) -> set[tuple[str, str]]:
    recorders = {str(one["institution"]) for one in bundle.entries if one.get("said") == "recorded"}
    owners = {owner for header in bundle.headers.values() for owner in header.owners}
    if said.institution not in owners | recorders:
        raise Refused(Reason("%(where)s: %(who)s could not have it erased", where=where, who=said.institution))
    return set()


def _check_conclusion(
    bundle: Bundle, said: Statement, header: Header, where: str, keys: Keys | None
) -> set[tuple[str, str]]:
    """A conclusion holds, for each who must agree, its own proof or the proof of the letter."""
    agreed: set[str] = set()
    keyed: set[tuple[str, str]] = set()
    for place, sealed in enumerate(said.agreements):
        there = f"{where}.agreements[{place}]"
        agreement, did = _statement(sealed, there, keys)
        _expect(agreement.version or "", said.version or "", f"{there}.version")
        if agreement.said not in AGREEING:
            raise Refused(Reason("%(where)s.said: “%(said)s” is no agreement", where=there, said=agreement.said))
        agreed.add(agreement.agreed_by)
        keyed.add((agreement.institution, did))
    missing = _must_agree(bundle, header, where, keys) - agreed
    if missing:
        raise Refused(
            Reason(
                "%(where)s.agreements: the agreement of %(who)s is missing", where=where, who=", ".join(sorted(missing))
            )
        )
    return keyed


def _must_agree(bundle: Bundle, header: Header, where: str, keys: Keys | None) -> set[str]:
    replaced = bundle.headers.get(header.parent or "")
    old = set(replaced.owners) if replaced else set()
    for departure in header.departures:
        cited = next((one for one in bundle.cited if one.record == departure.programme), None)
        exported = next((one for one in cited.versions if one.version == departure.version), None) if cited else None
        if cited is None or exported is None or exported.content is None:
            raise Refused(Reason("%(where)s: the programme version cited is missing", where=where))
        _verify(cited, keys=keys)
        programme = document_of(exported.content)
        left = frozenset(programme.departed()) if isinstance(programme, Programme) else frozenset()
        concluded = (statement_of(one) for one in cited.entries if one.get("said") == "concluded")
        conclusion = next((one for one in concluded if one.version == departure.version), None)
        problem = had_left(departure, conclusion=conclusion, departed_then=left, departed_now=left)
        if problem:
            raise Refused(Reason("%(where)s: %(problem)s", where=where, problem=problem))
        old.discard(departure.institution)
    return set(header.owners) | old


def _check_standing(bundle: Bundle, spoken: list[Statement]) -> str:
    """Every version was recorded or concluded; how the latest stands."""
    stood = {said.version: said for said in spoken if said.said in ("recorded", "concluded")}
    for place, exported in enumerate(bundle.versions):
        if exported.version not in stood:
            raise Refused(Reason("versions[%(place)s]: no entry says how it stands", place=place))
    last = next(said for said in reversed(spoken) if said.said in ("recorded", "concluded"))
    if last.said == "recorded":
        return "recorded"
    return "agreed by letter" if any("letter" in one for one in last.agreements) else "agreed"


def _expect(found: str, expected: str, where: str) -> None:
    if found != expected:
        raise Refused(
            Reason("%(where)s: expected %(expected)s, found %(found)s", where=where, expected=expected, found=found)
        )
