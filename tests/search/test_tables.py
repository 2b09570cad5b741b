from importlib import resources

import pytest

from koryu.search.tables import SECTIONS, fingerprint, section


def test_the_tables_are_small_and_bring_their_licences() -> None:
    folder = resources.files("koryu.search").joinpath("data")
    assert len(folder.joinpath("tables.xz").read_bytes()) <= 300_000
    licences = folder.joinpath("LICENCES.md").read_text("utf-8")
    named = ("UNICODE, INC. LICENSE AGREEMENT", "Apache License", "BSD-3-Clause", "MIT License")
    assert [licence for licence in named if licence not in licences] == []


def test_every_section_is_there() -> None:
    assert [name for name in SECTIONS if not section(name)] == []
    with pytest.raises(KeyError):
        section("nothing of the kind")


def test_no_character_is_in_two_classes() -> None:
    chars = "".join(section("variants"))
    assert len(chars) == len(set(chars))


def test_the_fingerprint_is_the_same_each_time() -> None:
    assert fingerprint() == fingerprint()
