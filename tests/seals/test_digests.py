import base64

import pytest

from koryu.seals.digests import commitment, digest, digest_of, is_digest, new_salt
from koryu.values.reason import Refused

# FIPS 180-4: SHA-256 of the empty message, and of "abc".
EMPTY = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_digest_is_sha_256_in_hexadecimal() -> None:
    assert (digest(b""), digest(b"abc")) == (EMPTY, ABC)


def test_the_digest_of_a_value_is_that_of_its_canonical_form() -> None:
    assert digest_of({"b": 1.0, "a": "交流"}) == digest('{"a":"交流","b":1}'.encode())
    with pytest.raises(Refused):
        digest_of({"a": float("nan")})


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (EMPTY, True),
        (EMPTY.upper(), False),
        (EMPTY[:-1], False),
        (EMPTY + "\n", False),
        (EMPTY[7:], False),
        ("sha512:" + EMPTY[7:], False),
        ("", False),
    ],
)
def test_only_what_digest_writes_is_a_digest(text: str, answer: bool) -> None:
    assert is_digest(text) is answer


def test_a_salt_has_128_bits_and_comes_once() -> None:
    salts = {new_salt() for _ in range(100)}
    assert len(salts) == 100
    assert {(len(salt), len(base64.urlsafe_b64decode(salt + "=="))) for salt in salts} == {(22, 16)}


def test_a_commitment_depends_on_salt_and_content() -> None:
    assert commitment(salt="s", content={"a": 1}) == digest(b'{"content":{"a":1},"salt":"s"}')
    assert commitment(salt="s", content={"a": 1}) != commitment(salt="t", content={"a": 1})
    assert commitment(salt="s", content={"a": 1}) != commitment(salt="s", content={"a": 2})
