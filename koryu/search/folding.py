"""Folding: a text cut into runs in which every spelling of one word looks the same.

Width, case, accents, kana and the variants of a Han character are folded away; where each piece stood in
the text as written is kept, so that what matched can be marked there.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from koryu.search.hangul import initial_law, is_hangul
from koryu.search.tables import section

# One piece of text that normalises on its own: a letter with its marks, conjoining jamo, half-width kana with its dots.
_PIECE = re.compile(
    "[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6]?[\u11a8-\u11ff\ud7cb-\ud7fb]?"
    "|[\uac00-\ud7a3][\u11a8-\u11ff]?"
    "|.[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef]*",
    re.DOTALL,
)
# Text in nothing but Han, kana and hangul, each character of which folds to one: most titles, folded at one stroke.
_PLAIN = re.compile("[\u3041-\u3096\u30a1-\u30f6\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+")
_STROKED = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
_OLD_KANA = {"ゐ": "い", "ゑ": "え", "ゎ": "わ", "ゕ": "か", "ゖ": "け"}
_VOICED_W = {"ヷ": "わ", "ヸ": "い", "ヹ": "え", "ヺ": "を"}
# Marks that stand inside a word or between words of one phrase; every other mark ends the phrase.
_SOFT = frozenset(" \t\u00a0\u3000\u200b-‐‑‒–—―−/·・‧•⋅'’‘ʼʻ`´\"“”ー〜~,&+_=")
_APOSTROPHES = frozenset("'’‘ʼʻ`´")

_SHORT = 200  # what is kept in memory for the next time; long texts would fill it

JOINED, WORD, SOFT, HARD, APOSTROPHE, DIGIT = range(6)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one kind: `chars` folded, and for each char the place in the text it came from.

    `words` is True for Latin and other letters, where chars is one word; else chars are Han, kana, hangul and
    digits, with nothing but soft marks between them.
    """

    words: bool
    chars: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: frozenset[int] = frozenset()


@cache
def han_classes() -> dict[str, str]:
    """Each Han character that has variants → the one that stands for them all (the Japanese form if there is one)."""
    return {char: line[0] for line in section("variants") for char in line}


@cache
def living_variants() -> frozenset[str]:
    """Characters of which more than one form is in use today (図, 圖, 图): there, the form typed is worth a look."""
    return frozenset(section("living")[0])


def is_han(char: str) -> bool:
    """Whether the character is a Han ideograph, the zero 〇 and the repetition mark 々 included."""
    if "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char in "々〇":
        return True
    return "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"


def is_kana(char: str) -> bool:
    return "ぁ" <= char <= "ゖ" or "ァ" <= char <= "ヺ"


@lru_cache(maxsize=16384)
def fold_piece(piece: str) -> tuple[int, str]:
    """The kind of one piece of text and what it folds to (nothing for a mark)."""
    if piece in _APOSTROPHES:
        return APOSTROPHE, ""
    if piece in _SOFT:
        return SOFT, ""
    if piece in "ーｰ":
        return JOINED, ""
    plain = unicodedata.normalize("NFKC", piece).casefold()
    if plain in _APOSTROPHES:
        return APOSTROPHE, ""
    kinds_and_chars = [_fold_char(char) for char in plain]
    kept = "".join(char for _, char in kinds_and_chars)
    if not kept:
        return (SOFT, "") if plain.strip() in _SOFT or not plain.strip(" ") else (HARD, "")
    kinds = {kind for kind, char in kinds_and_chars if char}
    return (kinds.pop() if len(kinds) == 1 else WORD), kept


def _fold_char(char: str) -> tuple[int, str]:
    char = _VOICED_W.get(char, char)
    if "ァ" <= char <= "ヶ":
        char = chr(ord(char) - 0x60)
    if "ぁ" <= char <= "ゖ":
        return JOINED, _OLD_KANA.get(char, char)
    if is_han(char):
        return JOINED, han_classes().get(char, char)
    if is_hangul(char):
        return JOINED, initial_law(char)
    if char.isdecimal():
        return DIGIT, str(unicodedata.decimal(char))
    bare = unicodedata.normalize("NFD", _STROKED.get(char, char))
    letters = "".join(part for part in bare if unicodedata.category(part)[0] in "LN")
    return (WORD, letters) if letters else (HARD, "")


def fold(text: str) -> tuple[Stretch, ...]:
    """The pieces of a text, in order. Any string is accepted; what is neither letter nor digit only parts pieces."""
    return _fold_short(text) if len(text) <= _SHORT else _fold_all(text)


@lru_cache(maxsize=512)
def _fold_short(text: str) -> tuple[Stretch, ...]:
    return _fold_all(text)


def _fold_all(text: str) -> tuple[Stretch, ...]:
    if _PLAIN.fullmatch(text):
        size = len(text)
        return (Stretch(False, text.translate(_folded_chars), tuple(range(size)), tuple(range(1, size + 1))),)
    return tuple(_Folding(text).pieces())


class _FoldedChars(dict[int, str]):
    """What each character folds to, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = fold_piece(chr(code))[1]
        return self[code]


_folded_chars = _FoldedChars()


class _Folding:
    """One pass over a text, gathering a joined stretch and a word at a time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.done: list[Stretch] = []
        self.chars: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.gaps: set[int] = set()
        self.words = False
        self.parted = False

    def pieces(self) -> list[Stretch]:
        simple = unicodedata.is_normalized("NFKC", self.text)
        at = 0
        for piece in self.text if simple else _PIECE.findall(self.text):
            kind, folded = fold_piece(piece)
            self._take(kind, folded, at, at + len(piece))
            at += len(piece)
        self._close()
        return self.done

    def _take(self, kind: int, folded: str, start: int, end: int) -> None:
        if kind == HARD:
            self._close()
        elif kind == SOFT or (kind == APOSTROPHE and not self.words):
            if self.words:
                self._close()
            self.parted = True
        elif kind == APOSTROPHE:
            self.gaps.add(len(self.chars))
        else:
            self._letters(kind, folded, start, end)

    def _letters(self, kind: int, folded: str, start: int, end: int) -> None:
        words = kind == WORD or (kind == DIGIT and self.words and bool(self.chars))
        if words and not self.words and self.chars and not self.parted and self.chars[-1].isdecimal():
            self.words = all(char.isdecimal() for char in self.chars)  # 22 becomes part of "22nd"
        if self.chars and words != self.words:
            self._close()
        if self.parted and self.chars:
            self.gaps.add(len(self.chars))
        self.parted = False
        self.words = words
        if folded == "々" and self.chars:
            folded = self.chars[-1]
        self.chars.extend(folded)
        self.starts.extend([start] * len(folded))
        self.ends.extend([end] * len(folded))

    def _close(self) -> None:
        if self.chars:
            gaps = frozenset(self.gaps)
            piece = Stretch(self.words, "".join(self.chars), tuple(self.starts), tuple(self.ends), gaps)
            self.done.append(piece)
        self.chars, self.starts, self.ends, self.gaps = [], [], [], set()
        self.words = self.parted = False
