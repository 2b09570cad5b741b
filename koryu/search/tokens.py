"""The tokens by which a form is found: those of its writing, and those of how it is read.

Writing: neighbouring pairs of Han, kana, hangul and digits; words in letters; and for a text that is written
in sounds (kana, romanization) the sounds themselves. Reading: of Han text the Korean as pairs of syllables,
the Chinese as pairs of syllables, the Japanese as triples of morae; of hangul the Chinese and Japanese of the
Han words it most likely stands for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from koryu.search import han, japanese, kana, pinyin
from koryu.search.entries import WrittenForm, WrittenReading
from koryu.search.folding import Stretch, fold, is_han, is_kana, living_variants
from koryu.search.hangul import initial_law, is_hangul, spellings

END, START = "$", "^"
EXACT = "="
SAID_IN_KOREAN = "k"
_MOST_HEARD = 60
_HYPHENS = frozenset("-‐‑–.'’ʼ")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens by which a form is found as written, and as read."""

    written: tuple[str, ...]
    read: tuple[str, ...]


def tokens_of(form: WrittenForm, *, is_name: bool = False) -> Tokens:
    """All tokens of one form. Names are also found with their words joined, and by sound with their order turned."""
    pieces = fold(form.text)
    given = {reading.lang.split("-")[0] for reading in form.readings}
    written: list[str] = []
    read: list[str] = []
    for piece in pieces:
        if piece.words:
            written.append(piece.chars)
        else:
            written.extend(_of_writing(piece, form.text))
            read.extend(_of_readings(piece, form.text, given))
    written.extend(_joined_words(pieces, form.text, all_pairs=is_name))
    written.extend(_heard(pieces, form.lang, is_name=is_name))
    for reading in form.readings:
        read.extend(tokens_of_reading(reading))
    return Tokens(tuple(written), tuple(read))


def pairs_of(chars: str) -> list[str]:
    return [chars[at : at + 2] for at in range(len(chars) - 1)]


def triples_of(morae: str) -> list[str]:
    """The tokens of a stretch of three morae or more; none for a shorter one."""
    return [morae[at : at + 3] for at in range(len(morae) - 2)]


def start_of(morae: str) -> list[str]:
    """The token of two morae, which is looked for at the head of a word only: elsewhere two morae match by chance."""
    return [START + morae[:2]] if len(morae) > 1 else []


def _of_sound(morae: str) -> list[str]:
    return triples_of(morae) + start_of(morae)


def _of_writing(piece: Stretch, text: str) -> Iterator[str]:
    chars = piece.chars
    yield from pairs_of(chars)
    if chars.isdecimal():
        yield chars
        return
    yield chars[-1] + END
    yield from _numbers(chars)
    living = living_variants()
    yield from {EXACT + text[start] for start in piece.starts if text[start] in living}


def _numbers(chars: str) -> Iterator[str]:
    number = ""
    for char in chars + END:
        if char.isdecimal():
            number += char
        elif number:
            yield number
            number = ""


def _of_readings(piece: Stretch, text: str, given: set[str]) -> Iterator[str]:
    """Tokens of the automatic readings of a piece, but for languages in which a reading is on record."""
    has_han = any(is_han(char) for char in piece.chars)
    if has_han:
        written = "".join(text[start] for start in piece.starts)
        if "ko" not in given:
            yield from korean_pairs(piece.chars, written)
        if "zh" not in given:
            yield from _within(pinyin.syllables_of_han(piece.chars, written), " ")
    if "ja" not in given and (has_han or any(is_kana(char) for char in piece.chars)):
        yield from japanese_tokens(text[piece.starts[0] : piece.ends[-1]])
    if not has_han and any(is_hangul(char) for char in piece.chars):
        yield from _guessed(piece.chars, given)


def korean_pairs(folded: str, written: str) -> Iterator[str]:
    """Pairs of syllables of Han characters, and hangul among them, read in Korean by the initial-sound rule."""
    sounds = [initial_law(char) for char in han.korean_of_han(folded, written)]
    for at, char in enumerate(folded):
        if not is_han(char):
            sounds[at] = char if is_hangul(char) else " "
    yield from _within("".join(sounds), " ")
    name = initial_law(han.SURNAMES.get(folded[0], " "))
    if name != " " and len(sounds) > 1 and sounds[1] != " ":
        yield name + sounds[1]


def _within(chars: str, gap: str) -> Iterator[str]:
    for run in chars.split(gap):
        yield from pairs_of(run)


def japanese_tokens(text: str) -> Iterator[str]:
    """Triples of morae of Japanese text and the heads of its words."""
    yield from japanese_triples(text)
    for _, _, morae in japanese.read_finely(text):
        yield from start_of(morae)


def japanese_triples(text: str) -> Iterator[str]:
    """Triples of morae of Japanese text; words the dictionary cannot read part the text in two."""
    run, last = "", None
    for start, end, morae in japanese.read(text):
        if last is not None and start - last > 1:
            yield from triples_of(run)
            run = ""
        run, last = run + morae, end
    yield from triples_of(run)


def _guessed(chars: str, given: set[str]) -> Iterator[str]:
    run: list[str] = []
    last = 0
    for start, end, words in [*han.han_guess(chars), (len(chars) + 2, 0, ())]:
        if run and start > last:
            yield from _of_guess("".join(run), given)
            run = []
        for word in words[1:]:
            yield from _of_guess(word, given)
        run.extend(words[:1])
        last = end


def _of_guess(word: str, given: set[str]) -> Iterator[str]:
    if "zh" not in given:
        yield from _within(pinyin.syllables_of_han(word, word), " ")
    if "ja" not in given:
        yield from japanese_tokens(word)


def _joined_words(pieces: tuple[Stretch, ...], text: str, *, all_pairs: bool) -> Iterator[str]:
    for before, after in pairwise(pieces):
        between = text[before.ends[-1] : after.starts[0]]
        digits = before.chars.isdecimal() or after.chars.isdecimal()
        if not (before.words or after.words) or not ((before.words and after.words) or digits):
            continue
        if between in _HYPHENS or (all_pairs and between == " "):
            yield before.chars + after.chars


def _heard(pieces: tuple[Stretch, ...], lang: str, *, is_name: bool) -> Iterator[str]:
    """Sounds of a form that is written in nothing but sounds: kana, or letters marked as a romanization."""
    if not pieces:
        return
    if all(not piece.words and all(is_kana(char) for char in piece.chars) for piece in pieces):
        for piece in pieces:
            yield from _of_sound(kana.morae_of_kana(piece.chars))
        return
    words = [piece.chars for piece in pieces if piece.words]
    if len(words) != len(pieces) or not (is_name or "-Latn" in lang):
        return
    language = lang.split("-")[0] if "-Latn" in lang else ""
    orders = [words, words[1:] + words[:1]] if is_name and 1 < len(words) < 4 else [words]
    for order in orders:
        yield from sounds_of_letters("".join(order), language)


def sounds_of_letters(letters: str, language: str) -> Iterator[str]:
    """Sounds that letters stand for in a language, or in each they can be read in when none is given."""
    if language in ("ja", ""):
        yield from (token for way in kana.ways_of_letters(letters)[:2] for token in _of_sound(way))
    if language in ("zh", ""):
        yield from (token for way in pinyin.ways_of_letters(letters)[:2] for token in pairs_of(way))
    if language in ("ko", ""):
        slots = [slot for way in spellings(letters)[:2] for slot in way]
        yield from [SAID_IN_KOREAN + pair for slot in slots for pair in sorted(slot)][:_MOST_HEARD]


def tokens_of_reading(reading: WrittenReading) -> Iterable[str]:
    """Tokens of a reading on record: its sounds, and its words where it is in letters."""
    pieces = fold(reading.text)
    language = reading.lang.split("-")[0]
    tokens: list[str] = []
    for piece in pieces:
        if piece.words:
            tokens.append(piece.chars)
        elif all(is_hangul(char) for char in piece.chars):
            tokens.extend(pairs_of(piece.chars))
        else:
            tokens.extend(_of_sound(kana.morae_of_kana(piece.chars)))
    words = [piece.chars for piece in pieces if piece.words]
    if words:
        for token in sounds_of_letters("".join(words), language):
            tokens.append(token.removeprefix(SAID_IN_KOREAN) if language == "ko" else token)
    return tokens
