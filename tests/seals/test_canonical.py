import hashlib
import json
import re
import struct
from collections.abc import Iterator
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.seals.canonical import canonical
from koryu.values.reason import Refused

TESTDATA = Path(__file__).parents[1] / "conformance/rfc8785/testdata"
README = (TESTDATA / "README.md").read_text("utf-8")
HASHES = {int(lines): digest for digest, lines in re.findall(r"\| ([0-9a-f]{64}) \| (\d+) ", README)}
LARGEST = 2**53 - 1
documents = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.floats(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize("name", sorted(path.stem for path in (TESTDATA / "input").iterdir()))
def test_the_documents_of_the_rfc_come_out_byte_for_byte(name: str) -> None:
    value = json.loads((TESTDATA / f"input/{name}.json").read_text("utf-8"))
    assert canonical(value) == (TESTDATA / f"output/{name}.json").read_bytes()
    assert canonical(value) == bytes.fromhex((TESTDATA / f"outhex/{name}.txt").read_text("ascii"))


@pytest.mark.parametrize("lines", [1_000, 10_000])
def test_the_es6_numbers_come_out_byte_for_byte(lines: int) -> None:
    written = hashlib.sha256()
    for number in islice(es6_numbers(), lines):
        written.update(b"%x,%s\n" % (struct.unpack(">Q", struct.pack(">d", number))[0], canonical(number)))
    assert written.hexdigest() == HASHES[lines]


def es6_numbers() -> Iterator[float]:
    """The sequence that the README defines."""
    for code in re.findall(r"0x([0-9a-f]{16})n[,\n]", README.split("serialU64s", 1)[0]):
        yield struct.unpack(">d", bytes.fromhex(code))[0]
    for step in range(2000):
        yield struct.unpack(">d", struct.pack(">Q", 0x0010000000000000 + step))[0]
    block = bytes(32)
    while True:
        block = hashlib.sha256(block).digest()
        yield from (number for number in struct.unpack("<4d", block) if number != 0 and isfinite(number))


@given(documents)
def test_canonical_json_reads_as_the_same_document_and_is_stable(document: Any) -> None:
    read = json.loads(canonical(document))
    assert read == document
    assert canonical(read) == canonical(document)


def test_a_float_beyond_the_safe_integers_is_written_as_an_integer_and_then_refused() -> None:
    assert canonical(2.0**53) == b"9007199254740992"
    with pytest.raises(Refused):
        canonical(json.loads(canonical(2.0**53)))


def test_texts_are_not_normalised() -> None:
    assert canonical({"a": "\ufa19", "b": "か\u3099"}) == '{"a":"\ufa19","b":"か\u3099"}'.encode()


def wrapped(value: Any, times: int) -> Any:
    for _ in range(times):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        float("-inf"),
        2**53,
        -(2**53),
        10**5000,
        "\ud800",
        {"\udfff": 1},
        {1: "a"},
        {"a": b"bytes"},
        {"a": {1, 2}},
        wrapped([], 100_000),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(Refused):
        canonical(value)


def test_the_largest_safe_integers_are_taken() -> None:
    assert canonical([LARGEST, -LARGEST]) == b"[9007199254740991,-9007199254740991]"
