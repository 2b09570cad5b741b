"""Numbers of letters: six characters of base 32 without I, L, O and U, and a check character. Pure."""

from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 6
_BITS: Final = 5
# x^5 + x^2 + 1: in the field of 32 elements, doubling runs through all but zero.
_POLYNOMIAL: Final = 0b100101
# What somebody writes who reads a letter for a figure.
_MISREAD: Final = str.maketrans("OILU", "011V")


def numbered(value: int) -> str:
    """The number of a letter for a value below 2**30: seven characters."""
    characters = "".join(ALPHABET[value >> _BITS * place & 31] for place in reversed(range(LENGTH)))
    return characters + _check(characters)


def as_number(written: str) -> str:
    """A number as it is kept, of one that somebody typed: small letters, blanks, O for 0 forgiven; '' where it is none.

    Any one wrong character, and any two neighbours that were exchanged, are noticed.
    """
    plain = "".join(written.split()).replace("-", "").upper().translate(_MISREAD)
    if len(plain) != LENGTH + 1 or set(plain) - set(ALPHABET) or _check(plain[:LENGTH]) != plain[LENGTH]:
        return ""
    return plain


def _check(characters: str) -> str:
    """A sum in which each place weighs twice the one before (in the field of 32 elements)."""
    total, weight = 0, 1
    for character in characters:
        weight = _doubled(weight)
        total ^= _times(ALPHABET.index(character), weight)
    return ALPHABET[total]


def _doubled(element: int) -> int:
    doubled = element << 1
    return doubled ^ _POLYNOMIAL if doubled >> _BITS else doubled


def _times(first: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= first
        first, other = _doubled(first), other >> 1
    return product
