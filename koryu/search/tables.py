"""The tables of character variants and readings that come with the package, unpacked when first needed."""

import lzma
from functools import cache
from importlib import resources
from zlib import crc32

SECTIONS = (
    "variants",
    "living",
    "japanese",
    "pinyin",
    "pinyin phrases",
    "hangul",
    "hangul words",
    "shared words",
)


def join_sections(sections: dict[str, list[str]]) -> bytes:
    """The form in which the tables are packed: sections parted by a blank line, in the order of SECTIONS."""
    return "\n\n".join("\n".join(sections[name]) for name in SECTIONS).encode()


def section(name: str) -> list[str]:
    """The lines of one section of the tables. They are not kept: whoever asks makes something of them once.

    Raises KeyError for a section there is not.
    """
    return _sections()[name].decode().split("\n")


@cache
def _sections() -> dict[str, bytes]:
    packed = resources.files("koryu.search").joinpath("data/tables.xz").read_bytes()
    return dict(zip(SECTIONS, lzma.decompress(packed).split(b"\n\n"), strict=True))


@cache
def fingerprint() -> str:
    """Changes whenever the tables change: an index folded with other tables must be rebuilt."""
    packed = resources.files("koryu.search").joinpath("data/tables.xz").read_bytes()
    return format(crc32(packed), "08x")
