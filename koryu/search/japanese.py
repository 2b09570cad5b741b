"""How Japanese text is read, by the IPADIC dictionary in the lindera wheel, corrected by data/readings.yaml.

The dictionary takes about 110 MB of memory, once for each process, from the first text read.
"""

import threading
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Protocol

import yaml

from koryu.search.folding import is_han, is_kana
from koryu.search.han import japanese_form
from koryu.search.kana import morae_of_kana, to_hiragana


class Token(Protocol):
    """A word as the dictionary gives it."""

    surface: str
    details: list[str] | None
    is_unknown: bool


class Tokenizer(Protocol):
    def tokenize(self, text: str) -> list[Token]: ...


_LOADING = threading.Lock()
_SHORT = 200  # what is kept in memory for the next time; long texts would fill it


@cache
def _tokenizer() -> Tokenizer:
    import lindera  # loaded late, for it is large

    with _LOADING:
        made: Tokenizer = lindera.Tokenizer(lindera.load_dictionary("embedded://ipadic"), mode="normal")
    return made


@cache
def _corrections() -> dict[str, str]:
    source = resources.files("koryu.search").joinpath("data/readings.yaml").read_text("utf-8")
    return dict(yaml.load(source, Loader=yaml.BaseLoader)["ja"])  # noqa: S506 -- BaseLoader only makes strings


def read(text: str) -> tuple[tuple[int, int, str], ...]:
    """Reads Japanese: (start, end, morae) for each word that has a reading; other Han is read in its Japanese form.

    Places count characters of `text` in NFKC. Words without a reading (Latin, digits, marks) are left out.
    """
    return _read_short(text) if len(text) <= _SHORT else _read_all(text)


@lru_cache(maxsize=8192)
def _read_short(text: str) -> tuple[tuple[int, int, str], ...]:
    return _read_all(text)


def _read_all(text: str) -> tuple[tuple[int, int, str], ...]:
    plain = japanese_form(unicodedata.normalize("NFKC", text))
    words: list[tuple[int, int, str]] = []
    at = 0
    for start, end in _corrected(plain):
        words.extend(_read(plain[at:start], at))
        words.append((start, end, morae_of_kana(_corrections()[plain[start:end]])))
        at = end
    words.extend(_read(plain[at:], at))
    return tuple(words)


def in_kana(text: str) -> str:
    """A text wholly in hiragana as the dictionary spells it, words parted by spaces; empty where a word has none."""
    plain = japanese_form(unicodedata.normalize("NFKC", text)).encode("utf-8", "replace").decode()
    words: list[str | None] = []
    at = 0
    for start, end in _corrected(plain):
        words += [_spelled(token) for token in _tokens(plain[at:start])]
        words.append(_corrections()[plain[start:end]])
        at = end
    words += [_spelled(token) for token in _tokens(plain[at:])]
    return "" if None in words else " ".join(word for word in words if word)


def _tokens(text: str) -> list[Token]:
    return _tokenizer().tokenize(text) if text.strip() else []


def _spelled(token: Token) -> str | None:
    details = token.details or []
    if len(details) > 7 and details[7] != "*":
        return to_hiragana(details[7])
    return to_hiragana(token.surface) if not any(is_han(char) for char in token.surface) else None


def read_finely(text: str) -> tuple[tuple[int, int, str], ...]:
    """As `read`, with long words cut where their halves read alone give the same sounds (国会|図書館)."""
    return tuple(
        (start + first, start + last, part)
        for start, end, morae in read(text)
        for first, last, part in _halves(text[start:end], morae)
    )


@lru_cache(maxsize=32768)
def _halves(word: str, morae: str) -> tuple[tuple[int, int, str], ...]:
    for cut in range(1, len(word)) if len(word) > 2 and is_han(word[0]) else ():
        left = "".join(part for _, _, part in read(word[:cut]))
        right = "".join(part for _, _, part in read(word[cut:]))
        if left and right and left + right == morae:
            rest = ((cut + start, cut + end, part) for start, end, part in _halves(word[cut:], right))
            return (*_halves(word[:cut], left), *rest)
    return ((0, len(word), morae),)


def _corrected(text: str) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    for word in sorted(_corrections(), key=len, reverse=True):
        at = text.find(word)
        while at >= 0:
            if not any(start < at + len(word) and at < end for start, end in places):
                places.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    return sorted(places)


def _read(text: str, offset: int) -> list[tuple[int, int, str]]:
    raw = text.encode("utf-8", "replace").decode()
    words: list[tuple[int, int, str]] = []
    place = 0
    for token in _tokens(raw):
        at = raw.find(token.surface, place)
        place = at + len(token.surface)
        if token.is_unknown and place - at > 1 and is_han(token.surface[0]):
            for part in range(at, place):
                words.extend(_read(raw[part], offset + part))
            continue
        morae = morae_of_kana(_sound(token))
        if morae:
            words.append((offset + at, offset + place, morae))
    return words


def _sound(token: Token) -> str:
    details = token.details or []
    if len(details) > 8 and details[8] != "*":
        return str(details[8])
    return token.surface if all(is_kana(char) or char == "ー" for char in token.surface) else ""


def readable(text: str) -> bool:
    """Whether there is anything in the text that Japanese has a reading for."""
    return any(is_han(char) or is_kana(char) for char in text)
