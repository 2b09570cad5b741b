"""How alike two values are as people see them: width, case and spaces apart. Pure."""

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Final

# What typing programs put in by themselves, and people do not mean.
_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»『』「」〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛′｀＇", "'"),
        **dict.fromkeys("‐‑‒–—―−－ー～〜~", "-"),
    }
)


@lru_cache(maxsize=4096)
def folded(value: str) -> str:
    """A value without what nobody looks at: full and half width, capitals, spaces. Only for comparing."""
    return "".join(unicodedata.normalize("NFKC", value).casefold().split())


def differs_in_typography_only(value: str, other: str) -> bool:
    """Whether two values that are not equal differ in width, quotation marks, dashes and spaces alone."""
    return value != other and _plain(value) == _plain(other)


def _plain(value: str) -> str:
    return "".join(unicodedata.normalize("NFKC", value.translate(_ALIKE)).translate(_ALIKE).split())


@lru_cache(maxsize=4096)
def pairs_of_letters(value: str) -> frozenset[tuple[str, int]]:
    """The pairs of letters in a value, each with its how-manieth; of a value of one letter, that letter."""
    text = folded(value)
    pairs = [text[place : place + 2] for place in range(len(text) - 1)] or ([text] if text else [])
    seen: Counter[str] = Counter()
    numbered = []
    for pair in pairs:
        seen[pair] += 1
        numbered.append((pair, seen[pair]))
    return frozenset(numbered)


def likeness(value: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (equal but for width, capitals and spaces); two empty values are equal."""
    if value == other:
        return 1.0
    first, second = pairs_of_letters(value), pairs_of_letters(other)
    if not first or not second:
        return 1.0 if first == second else 0.0
    return 2 * len(first & second) / (len(first) + len(second))
