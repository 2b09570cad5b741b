"""Hangul: what is written, what is said, and which spellings a romanized word can stand for.

Romanization: Revised Romanization of Korean (Ministry of Culture and Tourism notice 2000-8) and
McCune–Reischauer (1939), the latter only as a form of query.
"""

from collections import defaultdict
from functools import cache, lru_cache
from itertools import islice, product

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
SILENT = "ㅇ"
NONE = " "
FIRST, LAST = "가", "힣"

_RR_INITIAL = dict(
    zip(INITIALS, "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" "), strict=True)
)
_RR_VOWEL = dict(zip(VOWELS, "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(), strict=True))
_MR_VOWEL = dict(zip(VOWELS, "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split(), strict=True))
_MR_HARD = dict(zip(INITIALS, "k kk n t tt r m p pp s ss - ch tch ch k t p h".replace("-", "").split(" "), strict=True))
_MR_SOFT = _MR_HARD | {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}
_CLOSED = {
    "ㄱ": "ㄱㄲㅋㄳㄺ",
    "ㄴ": "ㄴㄵㄶ",
    "ㄷ": "ㄷㅅㅆㅈㅊㅌㅎ",
    "ㄹ": "ㄹㄼㄽㄾㅀ",
    "ㅁ": "ㅁㄻ",
    "ㅂ": "ㅂㅍㅄㄿ",
    "ㅇ": "ㅇ",
}
_NEUTRAL = {final: heard for heard, finals in _CLOSED.items() for final in finals} | {NONE: NONE}
_FINAL_LETTERS = {"ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng", NONE: ""}
_SPLIT = {"ㄳ": "ㄱㅆ", "ㄵ": "ㄴㅈ", "ㄶ": " ㄴ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅆ", "ㄾ": "ㄹㅌ",
          "ㄿ": "ㄹㅍ", "ㅀ": " ㄹ", "ㅄ": "ㅂㅆ", "ㅎ": " ㅇ", "ㅇ": "ㅇㅇ"}  # fmt: skip
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_USUAL_FINALS = " ㄱㄴㄹㅁㅂㅇㄷㅅㅆㅈㅊㅋㅌㅍㄲㅎㄶ"
_SINO_KOREAN_FINALS = " ㄱㄴㄹㅁㅂㅇ"
_Y_VOWELS = "ㅑㅒㅕㅖㅛㅠㅣ"
_MOST_SPELLINGS = 48


def is_hangul(char: str) -> bool:
    return FIRST <= char <= LAST


def parts(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and final (a space for none) of one composed syllable."""
    place = ord(syllable) - 0xAC00
    return INITIALS[place // 588], VOWELS[place % 588 // 28], FINALS[place % 28]


def composed(initial: str, vowel: str, final: str = NONE) -> str:
    return chr(0xAC00 + INITIALS.index(initial) * 588 + VOWELS.index(vowel) * 28 + FINALS.index(final))


@cache
def in_use(syllable: str) -> bool:
    """Whether the syllable is one of the 2,350 of everyday Korean (KS X 1001); others need eight bytes in EUC-KR."""
    return len(syllable.encode("euc_kr")) == 2


@cache
def initial_law(syllable: str) -> str:
    """The syllable as it is written at the head of a word in the South (력 → 역, 녀 → 여, 래 → 내)."""
    if not is_hangul(syllable):
        return syllable
    initial, vowel, final = parts(syllable)
    if initial in "ㄴㄹ" and vowel in _Y_VOWELS:
        return composed(SILENT, vowel, final)
    return composed("ㄴ", vowel, final) if initial == "ㄹ" else syllable


def obeys_initial_law(syllable: str) -> bool:
    return initial_law(syllable) == syllable


@cache
def spoken(final: str, initial: str) -> tuple[str, str]:
    """A final and the initial after it as they are said: (ㄱ, ㄹ) → (ㅇ, ㄴ), as in 국립, gungnip."""
    if initial == SILENT:
        kept, moved = tuple(_SPLIT.get(final, NONE + final))
        return (kept, moved) if final != NONE else (NONE, SILENT)
    if final in "ㅎㄶㅀ" and initial in _ASPIRATED:
        return {"ㅎ": NONE, "ㄶ": "ㄴ", "ㅀ": "ㄹ"}[final], _ASPIRATED[initial]
    heard = _NEUTRAL[final]
    if heard in _NASAL and initial in "ㄴㅁ":
        return _NASAL[heard], initial
    if initial == "ㄹ" and heard in "ㄱㄷㅂㅁㅇ":
        return _NASAL.get(heard, heard), "ㄴ"
    if (heard, initial) in {("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")}:
        return "ㄹ", "ㄹ"
    return heard, initial


def romanized(text: str) -> str:
    """Hangul in Revised Romanization, by sound; everything else as it is."""
    letters = []
    final = NONE
    for char in text:
        if not is_hangul(char):
            letters.append(_FINAL_LETTERS[_NEUTRAL[final]] + char)
            final = NONE
            continue
        initial, vowel, coming = parts(char)
        letters.append(_boundary(*spoken(final, initial)) + _RR_VOWEL[vowel])
        final = coming
    return "".join(letters) + _FINAL_LETTERS[_NEUTRAL[final]]


def as_said(text: str) -> str:
    """Hangul respelled as it is said: 국립 → 궁닙."""
    out: list[list[str]] = []
    for char in text:
        now = list(parts(char)) if is_hangul(char) else [char]
        if len(now) == 3 and out and len(out[-1]) == 3:
            out[-1][2], now[0] = spoken(out[-1][2], now[0])
        out.append(now)
    return "".join(composed(*p) if len(p) == 3 else p[0] for p in out)


def _boundary(final: str, initial: str) -> str:
    letters = "l" if (final, initial) == ("ㄹ", "ㄹ") else _RR_INITIAL[initial]
    return _FINAL_LETTERS[final] + letters


def _mr_boundary(final: str, initial: str) -> str:
    soft = final in " ㄴㄹㅁㅇ"
    return _FINAL_LETTERS[final] + (_MR_SOFT if soft else _MR_HARD)[initial]


class _System:
    """One romanization turned round: for letters, what may have been written."""

    def __init__(self, *, old: bool) -> None:
        join = _mr_boundary if old else _boundary
        first = _MR_HARD if old else _RR_INITIAL
        self.vowels: dict[str, list[str]] = defaultdict(list)
        self.initials: dict[str, list[str]] = defaultdict(list)
        self.finals: dict[str, list[str]] = defaultdict(list)
        self.between: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for vowel, letters in (_MR_VOWEL if old else _RR_VOWEL).items():
            self.vowels[letters].append(vowel)
        for initial, letters in first.items():
            self.initials[letters].append(initial)
        for final in _SINO_KOREAN_FINALS if old else _USUAL_FINALS:
            self.finals[_FINAL_LETTERS[_NEUTRAL[final]]].append(final)
            for initial in INITIALS:
                plain = (_NEUTRAL[final], initial)
                for letters in {join(*spoken(final, initial)), join(*plain)}:
                    self.between[letters].append((final, initial))


@cache
def _system(old: bool) -> _System:
    return _System(old=old)


def spellings(letters: str, *, old: bool = False) -> list[list[frozenset[str]]]:
    """Reads plain Latin letters as Korean: for each way of cutting them, the pairs of syllables that may be meant.

    Each way is a list with one set of two-syllable strings for every pair of neighbours, spelled by the
    initial-sound rule. `old` reads McCune–Reischauer without its marks. Empty when it cannot be Korean.
    """
    system = _system(old)
    ways = []
    for consonants, vowels in islice(_cuts(letters, system), 4):
        ways.append([_pairs(old, *_around(consonants, vowels, at)) for at in range(len(vowels) - 1)])
    return [way for way in ways if way and all(way)]


def _cuts(letters: str, system: _System) -> list[tuple[list[str], list[str]]]:
    """All ways to cut letters into consonants and vowels by turns: (n + 1 consonant groups, n vowels)."""
    cuts: list[tuple[list[str], list[str]]] = []

    def go(at: int, consonants: list[str], vowels: list[str]) -> None:
        if len(cuts) > 8:
            return
        end = at
        while end < len(letters) and letters[end] not in "aeiouwy":
            end += 1
        group = letters[at:end]
        if end == len(letters):
            if group in system.finals and vowels:
                cuts.append(([*consonants, group], vowels))
            return
        if group not in (system.between if vowels else system.initials):
            return
        for size in (3, 2, 1):
            if letters[end : end + size] in system.vowels:
                go(end + size, [*consonants, group], [*vowels, letters[end : end + size]])

    go(0, [], [])
    return cuts


# Two vowels, the consonants before, between and after them, and whether the word begins before and ends after them.
Around = tuple[str, str, str, str, str, bool, bool]


def _around(consonants: list[str], vowels: list[str], at: int) -> Around:
    return (vowels[at], vowels[at + 1], *consonants[at : at + 3], at == 0, at + 2 == len(vowels))  # type: ignore[return-value]  # -- three consonants


@lru_cache(maxsize=2048)
def _pairs(
    old: bool, vowel: str, other: str, before: str, middle: str, after: str, begins: bool, ends: bool
) -> frozenset[str]:
    """The pairs of syllables that may be meant."""
    system = _system(old)
    lasts: list[str] = (
        system.finals[after] if ends else sorted({final for final, _ in system.between[after]}, key=_USUAL_FINALS.index)
    )
    firsts: list[str] = (
        system.initials[before]
        if begins
        else sorted({initial for _, initial in system.between[before]}, key=INITIALS.index)
    )
    choices = product(lasts, system.between[middle], firsts, system.vowels[vowel], system.vowels[other])
    pairs: set[str] = set()
    for last, (final, initial), first, one_vowel, next_vowel in islice(choices, 400):
        first_syllable, second_syllable = composed(first, one_vowel, final), composed(initial, next_vowel, last)
        if in_use(first_syllable) and in_use(second_syllable):
            pairs.add(initial_law(first_syllable) + initial_law(second_syllable))
        if len(pairs) >= _MOST_SPELLINGS:
            break
    return frozenset(pairs)
