"""The Japanese sounds of a form, word by word, packed into a short string that the index keeps with the form."""

import re
from collections.abc import Iterator
from functools import lru_cache

from koryu.search import han
from koryu.search.folding import Stretch, fold
from koryu.search.hangul import initial_law, is_hangul
from koryu.search.japanese import read_finely
from koryu.search.kana import CODES, MORAE

# (start, end, morae): the place of a word in the text, and its sounds.
Word = tuple[int, int, str]

_ASCII = [chr(code) for code in range(0x21, 0x7F) if chr(code) not in '0123456789+"\\']
_SIGNS = [*_ASCII, *(chr(code) for code in range(0xC0, 0x180))]
# Short morae are the frequent ones: they get the signs of one byte.
_SIGN_OF = {
    CODES[mora]: sign
    for mora, sign in zip(sorted(MORAE, key=lambda spelled: (len(spelled), spelled)), _SIGNS, strict=False)
}
_CODE_OF = {sign: code for code, sign in _SIGN_OF.items()}
_PACKED = re.compile(r"(?:(\d+)\+)?(\d+)([^0-9+]+)")


def heard_in(text: str) -> tuple[Word, ...]:
    """The Japanese words of a text as the dictionary reads them; hangul by way of the Han words it likely stands for.

    Loads the dictionary: only for whoever writes the index.
    """
    return tuple(word for piece in fold(text) if not piece.words for word in _heard(text, piece))


def _heard(text: str, piece: Stretch) -> Iterator[Word]:
    start, end = piece.starts[0], piece.ends[-1]
    written = text[start:end]
    guess = guessed(written) if len(written) == end - start else written
    for first, last, morae in read_finely(guess):
        yield start + min(first, len(written)), start + min(last, len(written)), morae


def guessed(chars: str) -> str:
    """Hangul with the Han words it most likely stands for put in their place."""
    if not any(is_hangul(char) for char in chars):
        return chars
    folded, out = "".join(initial_law(char) for char in chars), list(chars)
    for start, end, words in han.han_guess(folded):
        out[start:end] = words[0]
    return "".join(out)


def packed(words: tuple[Word, ...]) -> str:
    """Words as one string: for each the gap before it, its length, and a sign for each of its morae."""
    out, at = [], 0
    for start, end, morae in words:
        gap = f"{start - at}+" if start > at else ""
        out.append(f"{gap}{max(end - start, 0)}{''.join(_SIGN_OF[code] for code in morae)}")
        at = max(end, start)
    return "".join(out)


@lru_cache(maxsize=64)
def unpacked(string: str) -> tuple[Word, ...]:
    """The words in a packed string."""
    words: list[Word] = []
    at = 0
    for gap, size, signs in _PACKED.findall(string):
        start = at + int(gap or 0)
        at = start + int(size)
        words.append((start, at, "".join(_CODE_OF[sign] for sign in signs)))
    return tuple(words)


def within(words: tuple[Word, ...], start: int, end: int) -> tuple[Word, ...]:
    """The words that lie between two places of the text."""
    return tuple(word for word in words if start <= word[0] and word[1] <= end)


def sounds_of(chars: str, *, text: str, words: tuple[Word, ...]) -> str:
    """The morae of a folded run of Han characters where the text holds it as whole words; empty where it does not."""
    for piece in fold(text):
        at = piece.chars.find(chars) if not piece.words else -1
        while at >= 0:
            start, end = piece.starts[at], piece.ends[at + len(chars) - 1]
            inside = within(words, start, end)
            if inside and inside[0][0] == start and sum(last - first for first, last, _ in inside) == end - start:
                return "".join(morae for _, _, morae in inside)
            at = piece.chars.find(chars, at + 1)
    return ""
