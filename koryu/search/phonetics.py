"""How a query and a form may sound in Japanese, Chinese and Korean, so that they can be compared by sound."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from koryu.search import han, japanese_sounds, kana, pinyin
from koryu.search.entries import WrittenForm, WrittenReading
from koryu.search.folding import Stretch, fold, is_han, is_kana
from koryu.search.hangul import initial_law, is_hangul, spellings
from koryu.search.query import with_apostrophes

Span = tuple[int, int]
# The codes of one way to say a query; where several may stand in one place, a set of them for each place.
Way = str | tuple[frozenset[str], ...]
Ways = dict[str, list[Way]]
Heard = Callable[[str], str]
HAN, HANGUL, KANA, LATIN = "han", "hangul", "kana", "letters"
_LONGEST_WORD = 80


@dataclass(frozen=True, slots=True)
class Sounds:
    """One way a stretch of a form sounds: codes, and for each code the place in the text it reads."""

    codes: str
    spans: tuple[Span, ...]


@lru_cache(maxsize=4)
def folded(text: str) -> tuple[Stretch, ...]:
    """As `fold`; a long text is kept while it is looked through in several ways."""
    return fold(text)


def place_of(way: Way, codes: str) -> int:
    """The index in `codes` at which this way to say it begins; -1 where it is not in them."""
    if isinstance(way, str):
        return codes.find(way)
    for at in range(len(codes) - len(way) + 1):
        if codes[at] in way[0] and all(codes[at + place] in options for place, options in enumerate(way)):
            return at
    return -1


def ways_of(query: str, pieces: tuple[Stretch, ...], heard: Heard) -> Ways:
    """For each language, the ways a query may sound. `heard` tells how folded Han characters sound in Japanese."""
    ways = _ways_but_japanese_of_han(query, pieces)
    chars = "".join(piece.chars for piece in pieces)
    words = [chars] if script_of(pieces) == HAN else han.han_words(chars)[:2]
    japanese = [morae for word in words if len(morae := heard(word)) > 1]
    return ways | {"ja": [*ways["ja"], *japanese]}


@lru_cache(maxsize=128)
def _ways_but_japanese_of_han(query: str, pieces: tuple[Stretch, ...]) -> Ways:
    ways: Ways = {"ja": [], "zh": [], "ko": []}
    letters = [piece.chars for piece in pieces if piece.words]
    chars = "".join(piece.chars for piece in pieces)
    if letters and len(letters) == len(pieces):
        for text in dict.fromkeys(("".join(letters), "".join(letters[1:] + letters[:1]))):
            ways["ja"] += kana.ways_of_letters(text[:_LONGEST_WORD])
            ways["zh"] += pinyin.ways_of_letters(text[:_LONGEST_WORD])
            ways["ko"] += _korean_ways(text[:_LONGEST_WORD])
        syllables = [with_apostrophes(piece) for piece in pieces]
        ways["zh"] += pinyin.ways_of_wade_giles(syllables)
    elif all(is_kana(char) for char in chars):
        ways["ja"] += kana.ways_of_kana(chars)
    elif any(is_hangul(char) for char in chars) and not any(is_kana(char) for char in chars):
        ways["ko"].append(_hangul_of(chars, chars))
        for word in han.han_words(chars)[:2]:
            ways["zh"].append(pinyin.syllables_of_han(word, word))
    elif any(is_han(char) for char in chars):
        written = "".join(query[at] for piece in pieces for at in piece.starts)
        ways["ko"].append(_hangul_of(chars, written))
        ways["zh"].append(pinyin.syllables_of_han(chars, written))
    return {language: [way for way in candidates if len(way) > 1] for language, candidates in ways.items()}


def _hangul_of(chars: str, written: str) -> str:
    read = han.korean_of_han(chars, written)
    return "".join(initial_law(read[at]) if is_han(char) else char for at, char in enumerate(chars))


def _korean_ways(letters: str) -> list[Way]:
    ways: list[Way] = []
    for old in (False, True):
        for slots in spellings(letters, old=old):
            first = [frozenset(pair[0] for pair in slots[0])]
            ways.append((*first, *(frozenset(pair[1] for pair in slot) for slot in slots)))
    return ways


def script_of(pieces: tuple[Stretch, ...]) -> str:
    """The script of a query: one of HAN, HANGUL, KANA and LATIN."""
    chars = "".join(piece.chars for piece in pieces if not piece.words)
    if not chars:
        return LATIN
    return HAN if any(is_han(char) for char in chars) else HANGUL if any(is_hangul(char) for char in chars) else KANA


def _unlike(asked: str, language: str, chars: str) -> bool:
    """Whether a stretch is never matched by sound: Han asked against Han, or words of another country by hangul."""
    if any(is_han(char) for char in chars):
        return asked == HAN or (asked == HANGUL and language != "ko")
    return asked in (HAN, HANGUL) and language != "ko" and any(is_hangul(char) for char in chars)


def sounds_of(form: WrittenForm, language: str, asked: str) -> tuple[Sounds, ...]:
    """What a form sounds like in a language, for a query in the script `asked`."""
    return _sounds_of(form.text, form.sounds, language, asked)


@lru_cache(maxsize=8)
def _sounds_of(text: str, heard: str, language: str, asked: str) -> tuple[Sounds, ...]:
    pieces = folded(text)
    sounds = []
    for piece in pieces:
        if piece.words or _unlike(asked, language, piece.chars):
            continue
        written = "".join(text[at] for at in piece.starts)
        spans = tuple(zip(piece.starts, piece.ends, strict=True))
        if language == "ko":
            codes = _hangul_of(piece.chars, written)
            sounds.append(Sounds(codes, spans))
        elif language == "zh":
            codes = pinyin.syllables_of_han(japanese_sounds.guessed(piece.chars), japanese_sounds.guessed(written))
            sounds.append(Sounds(codes, spans))
        else:
            sounds.append(_japanese_sounds(heard, piece))
    if all(piece.words for piece in pieces):
        sounds.extend(_sounds_of_letters(text, language))
    return tuple(sounds)


def _japanese_sounds(heard: str, piece: Stretch) -> Sounds:
    codes, spans = "", []
    for start, end, morae in japanese_sounds.within(japanese_sounds.unpacked(heard), piece.starts[0], piece.ends[-1]):
        codes += morae
        spans.extend([(start, end)] * len(morae))
    return Sounds(codes, tuple(spans))


def _sounds_of_letters(text: str, language: str) -> list[Sounds]:
    pieces = fold(text)
    letters = "".join(piece.chars for piece in pieces)[:_LONGEST_WORD]
    whole = (pieces[0].starts[0], pieces[-1].ends[-1]) if pieces else (0, 0)
    if language == "ja":
        ways = kana.ways_of_letters(letters)
    elif language == "zh":
        ways = list(pinyin.ways_of_letters(letters))
    else:
        ways = ["".join(min(options) for options in way) for way in _korean_ways(letters)[:2]]
    return [Sounds(codes, (whole,) * len(codes)) for codes in ways]


def is_heard_in(reading: WrittenReading, pieces: tuple[Stretch, ...], ways: Ways) -> bool:
    """Whether a query matches a reading on record, by its words or by its sounds."""
    theirs = fold(reading.text)
    words = {piece.chars for piece in theirs if piece.words}
    if words and pieces and all(piece.words and piece.chars in words for piece in pieces):
        return True
    language = reading.lang.split("-")[0]
    chars = "".join(piece.chars for piece in theirs)
    if all(is_kana(char) for char in chars):
        options = [kana.morae_of_kana(chars)]
    elif all(is_hangul(char) for char in chars):
        options = [chars]
    else:
        options = [sounds.codes for sounds in _sounds_of_letters(reading.text, language)]
    return any(place_of(way, codes) >= 0 for way in ways.get(language, []) for codes in options)
