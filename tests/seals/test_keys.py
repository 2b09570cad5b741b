import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.seals.keys import PublicKey, SecretKey, from_multibase, to_multibase
from koryu.values.reason import Refused

PAIR = json.loads((Path(__file__).parents[1] / "conformance/vc-di-eddsa/TestVectors/keyPair.json").read_text("utf-8"))
PUBLIC, SECRET = PAIR["publicKeyMultibase"], PAIR["privateKeyMultibase"]


def test_the_key_pair_of_the_w3c_reads_and_writes() -> None:
    secret = SecretKey.from_text(SECRET)
    assert secret.to_text() == SECRET
    assert secret.public == PublicKey.from_did(f"did:key:{PUBLIC}")
    assert secret.public == PublicKey.from_multibase(PUBLIC)
    assert (secret.public.did, secret.public.method) == (f"did:key:{PUBLIC}", f"did:key:{PUBLIC}#{PUBLIC}")


def test_a_new_key_is_written_and_read_again() -> None:
    secret = SecretKey.generate()
    assert SecretKey.from_text(secret.to_text()) == secret
    assert secret != SecretKey.generate()
    assert secret.public.did[:12] == "did:key:z6Mk"


def test_a_secret_key_never_shows_its_secret() -> None:
    secret = SecretKey.from_text(SECRET)
    assert {repr(secret), str(secret), f"{secret}"} == {f"SecretKey(of did:key:{PUBLIC})"}


def test_a_signature_holds_for_its_bytes_and_key_alone() -> None:
    secret = SecretKey.from_text(SECRET)
    signature = secret.sign(b"2009")
    assert [
        secret.public.signed(b"2009", signature),
        secret.public.signed(b"2010", signature),
        secret.public.signed(b"2009", signature[:-1]),
        SecretKey.generate().public.signed(b"2009", signature),
    ] == [True, False, False, False]


@pytest.mark.parametrize(
    "did",
    [
        "",
        PUBLIC,
        f"did:web:{PUBLIC}",
        "did:key:",
        f"did:key:{SECRET}",
        f"did:key:{PUBLIC}#{PUBLIC}",
        f"did:key:{PUBLIC} ",
        f"did:key:{PUBLIC}\n",
        f"did:key:{PUBLIC[:-1]}",
        f"did:key:{PUBLIC}1",
        f"did:key:{PUBLIC[:10]}0{PUBLIC[11:]}",
        f"did:key:m{PUBLIC[1:]}",
        "did:key:z6Mkあ",
        "did:key:z" + "1" * 100_000,
    ],
)
def test_what_names_no_key_is_refused(did: str) -> None:
    with pytest.raises(Refused):
        PublicKey.from_did(did)


@pytest.mark.parametrize("text", ["", PUBLIC, SECRET[:-1], SECRET + " ", "z" + SECRET])
def test_a_wrong_secret_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(Refused) as refused:
        SecretKey.from_text(text)
    assert str(refused.value) in {
        "a base58 text beginning with z was expected",
        "an Ed25519 secret key of 32 bytes was expected",
    }


@given(st.binary(max_size=64))
def test_multibase_is_written_and_read_again(data: bytes) -> None:
    assert from_multibase(to_multibase(data)) == data
