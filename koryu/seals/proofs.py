"""Seals on documents: W3C Data Integrity proofs of the cryptosuite eddsa-jcs-2022."""

import hashlib
import re
from datetime import datetime
from typing import Any, Final

from koryu.seals.canonical import canonical
from koryu.seals.keys import PublicKey, SecretKey, from_multibase, to_multibase
from koryu.values.reason import Reason, Refused

_CONTEXT: Final = "@context"
_FIXED: Final = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-jcs-2022",
    "proofPurpose": "assertionMethod",
}
# Other members of a proof (expires, domain, challenge, previousProof) ask for checks that are not made here.
_MEMBERS: Final = {*_FIXED, _CONTEXT, "created", "verificationMethod", "proofValue"}
_CREATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")


class BadProof(Refused):
    """The document is not sealed as it says; `reason` tells why in one sentence."""


def seal(document: dict[str, Any], *, key: SecretKey, created: str) -> dict[str, Any]:
    """`document` with a `proof` by `key`; `created` is the time as `2009-09-10T01:00:00Z`.

    W3C Data Integrity EdDSA Cryptosuites v1.0, section 3.3.1. Raises BadProof if the document has a proof already or no
    canonical form, or if `created` is no time.
    """
    if "proof" in document:
        raise BadProof(Reason("the document has a proof already"))
    proof = {**_FIXED, "created": created, "verificationMethod": key.public.method}
    if _CONTEXT in document:
        proof[_CONTEXT] = document[_CONTEXT]
    _check_created(proof)
    return {**document, "proof": {**proof, "proofValue": to_multibase(key.sign(_to_sign(document, proof)))}}


def sealed_by(document: dict[str, Any]) -> PublicKey:
    """The key whose seal the document bears, once it is verified; raises BadProof otherwise.

    The proof must name its key as did:key. That the key is whose it should be is for the caller to know.
    """
    method = _proof(document)["verificationMethod"]
    key = _named_key(method)
    if key.method != method:
        raise BadProof(Reason("the proof must name its key as did:key:z…#z…"))
    verify(document, key)
    return key


def verify(document: dict[str, Any], key: PublicKey) -> None:
    """Return if the proof is one by `key` over exactly this document and this proof; raise BadProof otherwise.

    Section 3.3.2, and stricter: an `@context` in the proof must be the document's, whole.
    """
    proof = _proof(document)
    if proof["verificationMethod"].startswith("did:key:") and proof["verificationMethod"] != key.method:
        raise BadProof(Reason("the proof names another key"))
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if not key.signed(_to_sign(unsecured, options), _signature(proof["proofValue"])):
        raise BadProof(Reason("the proof does not fit the document: one of them was changed, or another key made it"))


def _to_sign(document: dict[str, Any], options: dict[str, Any]) -> bytes:
    return _hash(options) + _hash(document)


def _hash(value: Any) -> bytes:
    try:
        return hashlib.sha256(canonical(value)).digest()
    except Refused as refused:
        raise BadProof(refused.reason) from refused


def _proof(document: Any) -> dict[str, Any]:
    proof = document.get("proof") if isinstance(document, dict) else None
    if not isinstance(proof, dict):
        raise BadProof(Reason("the document has no proof"))
    for name, expected in _FIXED.items():
        if proof.get(name) != expected:
            raise BadProof(Reason("the %(name)s of the proof must be %(expected)s", name=name, expected=expected))
    for name in ("verificationMethod", "proofValue"):
        if not isinstance(proof.get(name), str):
            raise BadProof(Reason("the proof must have a %(name)s", name=name))
    _check_members(document, proof)
    _check_created(proof)
    return proof


def _check_members(document: dict[str, Any], proof: dict[str, Any]) -> None:
    if not set(proof) <= _MEMBERS:
        raise BadProof(Reason("the proof has members that are not checked here"))
    if _CONTEXT not in proof:
        return
    # Compared as they are hashed: == would take true for 1, and can run out of stack.
    if _CONTEXT not in document or _hash(proof[_CONTEXT]) != _hash(document[_CONTEXT]):
        raise BadProof(Reason("the @context of the proof must be that of the document"))


def _check_created(proof: dict[str, Any]) -> None:
    if "created" not in proof:
        return
    created = proof["created"]
    try:
        if not isinstance(created, str) or not _CREATED.fullmatch(created):
            raise ValueError(created)
        datetime.fromisoformat(created)
    except ValueError:
        raise BadProof(Reason("the time of the proof must be written as 2009-09-10T01:00:00Z")) from None


def _signature(text: str) -> bytes:
    try:
        return from_multibase(text)
    except Refused as refused:
        raise BadProof(refused.reason) from refused


def _named_key(method: str) -> PublicKey:
    try:
        return PublicKey.from_did(method.partition("#")[0])
    except Refused as refused:
        raise BadProof(refused.reason) from refused
