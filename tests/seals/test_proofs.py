import base64
import copy
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.seals.canonical import canonical
from koryu.seals.keys import PublicKey, SecretKey, from_multibase, to_multibase
from koryu.seals.proofs import BadProof, seal, sealed_by, verify
from koryu.values.reason import Reason

CONFORMANCE = Path(__file__).parents[1] / "conformance"
WALK = CONFORMANCE / "vc-di-eddsa/TestVectors"
JCS = WALK / "eddsa-jcs-2022"
PAIR = json.loads((WALK / "keyPair.json").read_text("utf-8"))
KEY = SecretKey.from_text(PAIR["privateKeyMultibase"])
WHEN = "2023-02-24T23:36:38Z"
CHANGED = Reason("the proof does not fit the document: one of them was changed, or another key made it")


def text(name: str) -> str:
    return (JCS / name).read_text("utf-8").strip()


UNSIGNED: dict[str, Any] = json.loads((WALK / "unsigned.json").read_text("utf-8"))
SIGNED: dict[str, Any] = json.loads(text("signedJCS.json"))
FEP_NOW = json.loads((CONFORMANCE / "fep-8b32/fep-8b32-current-vector.json").read_text("utf-8"))
FEP_FEATURE = (CONFORMANCE / "fep-8b32/fep-8b32.feature").read_text("utf-8")
FEP_THEN = [json.loads(block) for block in re.findall(r'"""\n(.*?)"""', FEP_FEATURE, re.DOTALL)]


# The walk of W3C Data Integrity EdDSA Cryptosuites, step by step.


def test_the_canonical_forms_and_hashes_are_those_of_the_w3c_walk() -> None:
    options = json.loads(text("proofConfigJCS.json"))
    assert canonical(UNSIGNED).decode() == text("canonDocJCS.txt")
    assert canonical(options).decode() == text("proofCanonJCS.txt")
    assert hashlib.sha256(canonical(UNSIGNED)).hexdigest() == text("docHashJCS.txt")
    assert hashlib.sha256(canonical(options)).hexdigest() == text("proofHashJCS.txt")
    assert text("proofHashJCS.txt") + text("docHashJCS.txt") == text("combinedHashJCS.txt")


def test_the_signature_is_that_of_the_w3c_walk() -> None:
    assert KEY.sign(bytes.fromhex(text("combinedHashJCS.txt"))).hex() == text("sigHexJCS.txt")
    assert from_multibase(text("sigBTC58JCS.txt")).hex() == text("sigHexJCS.txt")


def test_sealing_gives_the_document_of_the_w3c_walk() -> None:
    assert seal(UNSIGNED, key=KEY, created=WHEN) == SIGNED


def test_the_document_of_the_w3c_walk_is_sealed_by_its_key() -> None:
    assert sealed_by(SIGNED) == PublicKey.from_multibase(PAIR["publicKeyMultibase"])


# FEP-8b32: the key is given, since the proof names it by a web address.


def test_the_present_vector_of_fep_8b32_is_verified() -> None:
    verify(FEP_NOW["signed"], jwk(FEP_NOW["publicKeyJwkX"]))


def test_the_older_vector_of_fep_8b32_is_verified() -> None:
    unsigned, signed, signed_again, actor = FEP_THEN
    assert signed == signed_again
    assert {name: value for name, value in signed.items() if name != "proof"} == unsigned
    verify(signed, PublicKey.from_multibase(actor["assertionMethod"][0]["publicKeyMultibase"]))
    assert KEY.public.multibase == actor["assertionMethod"][0]["publicKeyMultibase"]


def test_the_older_vector_of_fep_8b32_is_made_by_its_secret_key() -> None:
    unsigned, signed = FEP_THEN[:2]
    options = {name: value for name, value in signed["proof"].items() if name != "proofValue"}
    hashed = hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(unsigned)).digest()
    assert KEY.sign(hashed) == from_multibase(signed["proof"]["proofValue"])


@pytest.mark.parametrize("document", [FEP_NOW["signed"], FEP_THEN[1]])
def test_a_proof_that_names_its_key_by_address_does_not_tell_the_key(document: dict[str, Any]) -> None:
    assert refusal(document) == Reason("a key beginning with did:key: was expected")


@pytest.mark.parametrize("document", [FEP_NOW["signed"], FEP_THEN[1], SIGNED])
def test_another_key_does_not_verify(document: dict[str, Any]) -> None:
    with pytest.raises(BadProof):
        verify(document, SecretKey.generate().public)


# Our own documents.

EXCHANGE = {"title": {"ja": "第36回業務交流", "ko": "제36회"}, "people": ["\ufa19", "か\u3099"], "size": 5}
SEALED = seal(EXCHANGE, key=KEY, created=WHEN)


def test_a_sealed_document_tells_who_sealed_it() -> None:
    assert sealed_by(json.loads(json.dumps(SEALED))) == KEY.public
    assert "proof" not in EXCHANGE


def test_a_document_without_context_has_a_proof_without() -> None:
    assert SEALED["proof"] == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "proofPurpose": "assertionMethod",
        "created": WHEN,
        "verificationMethod": KEY.public.method,
        "proofValue": SEALED["proof"]["proofValue"],
    }


@pytest.mark.parametrize(
    "change",
    [
        {"title": {"ja": "第37回業務交流", "ko": "제36회"}},
        {"people": ["\u795e", "か\u3099"]},
        {"people": ["\ufa19", "が"]},
        {"people": ["か\u3099", "\ufa19"]},
        {"size": 6},
        {"size": "5"},
        {"note": ""},
    ],
)
def test_a_changed_document_is_refused(change: dict[str, Any]) -> None:
    assert refusal({**SEALED, **change}) == CHANGED


def test_a_document_with_less_in_it_is_refused() -> None:
    assert refusal({name: value for name, value in SEALED.items() if name != "size"}) == CHANGED


def test_a_proof_moved_to_another_time_is_refused() -> None:
    assert refusal(with_proof(created="2023-02-24T23:36:39Z")) == CHANGED


def test_a_proof_does_not_fit_another_document() -> None:
    assert refusal({**EXCHANGE, "size": 4, "proof": SEALED["proof"]}) == CHANGED


def test_a_proof_by_another_key_under_this_name_is_refused() -> None:
    other = seal(EXCHANGE, key=SecretKey.generate(), created=WHEN)["proof"]["proofValue"]
    assert refusal(with_proof(proofValue=other)) == CHANGED


NO_TIME = Reason("the time of the proof must be written as 2009-09-10T01:00:00Z")
BASE58 = Reason("a base58 text beginning with z was expected")


def fixed(name: str, expected: str) -> Reason:
    return Reason("the %(name)s of the proof must be %(expected)s", name=name, expected=expected)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "Ed25519Signature2020"}, fixed("type", "DataIntegrityProof")),
        ({"cryptosuite": "eddsa-rdfc-2022"}, fixed("cryptosuite", "eddsa-jcs-2022")),
        ({"proofPurpose": "authentication"}, fixed("proofPurpose", "assertionMethod")),
        ({"proofValue": None}, Reason("the proof must have a %(name)s", name="proofValue")),
        ({"verificationMethod": 1}, Reason("the proof must have a %(name)s", name="verificationMethod")),
        ({"proofValue": "z"}, CHANGED),
        ({"proofValue": "z1111"}, CHANGED),
        ({"proofValue": "m" + SEALED["proof"]["proofValue"][1:]}, BASE58),
        ({"proofValue": SEALED["proof"]["proofValue"] + "\n"}, BASE58),
        ({"verificationMethod": KEY.public.did}, Reason("the proof must name its key as did:key:z…#z…")),
        ({"verificationMethod": KEY.public.method + "#"}, Reason("the proof must name its key as did:key:z…#z…")),
        ({"created": "yesterday"}, NO_TIME),
        ({"created": "2023-02-30T00:00:00Z"}, NO_TIME),
        ({"created": "2023-02-24"}, NO_TIME),
        ({"created": 1677281798}, NO_TIME),
        ({"expires": "2024-01-01T00:00:00Z"}, Reason("the proof has members that are not checked here")),
        ({"@context": []}, Reason("the @context of the proof must be that of the document")),
    ],
)
def test_a_proof_of_another_make_is_refused(change: dict[str, Any], reason: Reason) -> None:
    assert refusal(with_proof(**change)) == reason


@pytest.mark.parametrize("proof", [None, [], [SEALED["proof"]], "z", {}])
def test_a_document_has_one_proof(proof: Any) -> None:
    assert refusal({**EXCHANGE, "proof": proof}) == (
        fixed("type", "DataIntegrityProof") if proof == {} else Reason("the document has no proof")
    )


@pytest.mark.parametrize("document", [None, [], "z", EXCHANGE])
def test_a_document_without_proof_is_refused(document: Any) -> None:
    assert refusal(document) == Reason("the document has no proof")


def test_a_context_added_after_sealing_is_refused() -> None:
    longer = {**SIGNED, "@context": [*SIGNED["@context"], "https://example.org/more"]}
    assert refusal(longer) == Reason("the @context of the proof must be that of the document")


def test_a_context_taken_out_of_the_proof_is_refused() -> None:
    stripped = copy.deepcopy(SIGNED)
    del stripped["proof"]["@context"]
    assert refusal(stripped) == CHANGED


def test_a_document_without_canonical_form_is_refused_and_not_an_error() -> None:
    assert refusal({**SEALED, "size": float("nan")}) == Reason(
        "the document has no canonical form: %(cause)s", cause="nan is not representable in JCS"
    )


def test_a_context_nested_too_deeply_is_refused_and_not_an_error() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    forged = {**SIGNED, "@context": deep, "proof": {**SIGNED["proof"], "@context": deep}}
    assert refusal(forged) == Reason("the document is nested too deeply to be digested")


def test_a_given_key_must_be_the_one_the_proof_names() -> None:
    with pytest.raises(BadProof, match="the proof names another key"):
        verify(SEALED, SecretKey.generate().public)


def test_a_proof_may_leave_out_its_time() -> None:
    options = {name: value for name, value in SEALED["proof"].items() if name not in ("created", "proofValue")}
    hashed = hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(EXCHANGE)).digest()
    assert sealed_by({**EXCHANGE, "proof": {**options, "proofValue": to_multibase(KEY.sign(hashed))}}) == KEY.public


def test_a_document_is_sealed_once() -> None:
    with pytest.raises(BadProof, match="the document has a proof already"):
        seal(SEALED, key=KEY, created=WHEN)


def test_a_seal_needs_a_time() -> None:
    with pytest.raises(BadProof, match="the time of the proof must be written as 2009-09-10T01:00:00Z"):
        seal(EXCHANGE, key=KEY, created="10 September 2009")


@given(st.dictionaries(st.text().filter(lambda name: name not in ("proof", "@context")), st.text() | st.integers(0, 9)))
def test_whatever_is_sealed_is_verified(document: dict[str, Any]) -> None:
    assert sealed_by(seal(document, key=KEY, created=WHEN)) == KEY.public


def refusal(document: Any) -> Reason:
    with pytest.raises(BadProof) as refused:
        sealed_by(document)
    return refused.value.reason


def with_proof(**change: Any) -> dict[str, Any]:
    return {**SEALED, "proof": {**SEALED["proof"], **change}}


def jwk(x: str) -> PublicKey:
    return PublicKey(base64.urlsafe_b64decode(x + "="))
