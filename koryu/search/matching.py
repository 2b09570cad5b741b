"""Where in a form a query matched, and why, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from koryu.values.reason import N_, Reason

from . import asking, han, kana, pinyin, sounded, synonyms
from .documents import PARTS
from .engine import spelled_nearly
from .entries import Form, Hit, Match, Reading
from .folding import Piece, fold, is_han, is_kana
from .hangul import initial_law, is_hangul, romanized, spellings

SAME = N_("%(query)s is written so in %(found)s")
FOLDED = N_("%(query)s matches %(found)s: the same but for width, case, accents or kana")
CHARACTERS = N_("%(query)s matches %(found)s: same characters")
INITIAL_SOUND = N_("%(query)s matches %(found)s: the same word in the spelling of North and South")
GIVEN = N_("%(query)s matches %(found)s: read %(reading)s")
AUTOMATIC = N_("%(query)s matches %(found)s: read %(reading)s (automatic reading)")
SYNONYM = N_("%(query)s matches %(found)s: the same term in other words")
PARTLY = N_("%(query)s matches %(found)s in part")
NEARLY = N_("%(found)s is one letter away from %(query)s")
SIMILAR = N_("%(found)s is close to %(query)s")

Span = tuple[int, int]
Told = tuple[tuple[Span, ...], Reason]
Ways = dict[str, list[tuple[frozenset[str], ...]]]
HAN, HANGUL, KANA, LATIN = "han", "hangul", "kana", "letters"
_WINDOW, _MOST_TEXT = 4_000, 400_000
_FOUND_LENGTH = 40


@dataclass(frozen=True, slots=True)
class _Sounds:
    """One way a stretch of a form sounds: codes, and for each code the place in the text it reads."""

    codes: str
    spans: tuple[Span, ...]
    shown: Callable[[int, int], str]


Heard = Callable[[str], str]


def _unheard(_han: str) -> str:
    return ""


def explainer(
    query: str, reader: str, *, near: bool = False, heard: Heard = _unheard
) -> Callable[[Hit], tuple[Match, ...]]:
    """Makes the function that tells why an entry matched a query, forms in the reader's language first.

    `heard` tells how folded Han characters sound in Japanese, in morae.
    """

    def explain(hit: Hit) -> tuple[Match, ...]:
        found: list[tuple[int, int, bool, Match]] = []
        for place, part in enumerate(PARTS):
            for form in getattr(hit, part):
                match = _in_windows(query, form, part, near=near, heard=heard)
                if match is not None:
                    found.append((place, match[0], not form.lang.startswith(reader[:2] or "?"), match[1]))
        return tuple(match for *_, match in sorted(found, key=lambda each: each[:3]))

    return explain


def _in_windows(query: str, form: Form, part: str, *, near: bool, heard: Heard) -> tuple[int, Match] | None:
    """As `matched`; a long text is looked through a stretch at a time, up to the first that matches."""
    if len(form.text) <= _WINDOW:
        return matched(query, form, part, near=near, heard=heard)
    for start in range(0, min(len(form.text), _MOST_TEXT), _WINDOW):
        found = matched(query, _stretch(form, start, start + _WINDOW + asking.LONGEST_QUERY), part, heard=heard)
        if found is not None:
            spans = tuple((start + first, start + last) for first, last in found[1].spans)
            return found[0], Match(form, part, spans, found[1].why)
    return None


def _stretch(form: Form, start: int, end: int) -> Form:
    words = [(first - start, last - start, morae) for first, last, morae in sounded.unpacked(form.sounds)]
    inside = sounded.within(tuple(words), 0, end - start)
    return Form(form.lang, form.text[start:end], form.readings, sounded.packed(inside))


def matched(
    query: str, form: Form, part: str, *, near: bool = False, heard: Heard = _unheard
) -> tuple[int, Match] | None:
    """How well and why one form matched (0 is best); None when it did not."""
    pieces = fold(query)
    for grade, attempt in enumerate((_as_written, _by_reading, _by_words, _by_synonym)):
        found = attempt(query, pieces, form, heard)
        if found is not None:
            return grade, Match(form, part, found[0], found[1])
    if near:
        spans = _shared(pieces, form)
        letters = "".join(piece.chars for piece in pieces if piece.words)
        message = NEARLY if letters and _one_slip(letters, form) else SIMILAR
        return 9, Match(form, part, spans, _reason(message, query, form, spans))
    return None


def _reason(message: str, query: str, form: Form, spans: Iterable[Span], **values: object) -> Reason:
    marked = " … ".join(form.text[start:end] for start, end in spans) or form.text
    if len(marked) > _FOUND_LENGTH:
        marked = marked[: _FOUND_LENGTH - 1] + "…"
    return Reason(message, query=query.strip(), found=marked, **values)


def _as_written(query: str, pieces: tuple[Piece, ...], form: Form, _heard: Heard) -> Told | None:
    """Every piece of the query stands in the form once both are folded."""
    spans: list[Span] = []
    for piece in pieces:
        found = _places(piece, form)
        if not found:
            return None
        spans.extend(found)
    merged = _merged(spans)
    written = [form.text[start:end] for start, end in merged]
    message = SAME
    if len(merged) == 1 and written[0] != query.strip():
        message = _difference(query, written[0])
    elif len(merged) > 1 and any(text not in query for text in written):
        message = FOLDED
    return merged, _reason(message, query, form, merged)


def _difference(query: str, written: str) -> str:
    ours, theirs = "".join(p.chars for p in fold(query)), "".join(p.chars for p in fold(written))
    if any(is_han(char) for char in ours) and ours == theirs:
        return CHARACTERS
    return INITIAL_SOUND if any(is_hangul(char) for char in ours) else FOLDED


def _places(piece: Piece, form: Form) -> list[Span]:
    found: list[Span] = []
    for other in fold(form.text):
        if piece.words or piece.chars.isdecimal():
            if other.words == piece.words and other.chars == piece.chars:
                found.append((other.starts[0], other.ends[-1]))
            elif not other.words and piece.chars.isdecimal():
                found.extend(_within(piece.chars, other))
        elif not other.words:
            found.extend(_within(piece.chars, other))
    return found


def _within(chars: str, piece: Piece) -> list[Span]:
    found, at = [], piece.chars.find(chars)
    while at >= 0:
        found.append((piece.starts[at], piece.ends[at + len(chars) - 1]))
        at = piece.chars.find(chars, at + 1)
    return found


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in sorted(set(spans)):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _by_reading(query: str, pieces: tuple[Piece, ...], form: Form, heard: Heard) -> Told | None:
    """The query, taken as sounds, stands in a reading of the form: one on record first, else an automatic one."""
    asked = _asked(query, pieces, heard)
    for reading in form.readings:
        if _reading_matches(asked, pieces, reading):
            whole = ((0, len(form.text)),)
            return whole, _reason(GIVEN, query, form, whole, reading=reading.text)
    given = {reading.lang.split("-")[0] for reading in form.readings}
    own = form.lang.split("-")[0]
    for language in sorted(("ja", "ko", "zh"), key=lambda each: each != own):
        if language in given or not asked[language]:
            continue
        for sounds in _sounds_of(form, language, _scripts_asked(pieces)):
            for way in asked[language]:
                at = _find(way, sounds.codes)
                if at >= 0:
                    spans = ((sounds.spans[at][0], sounds.spans[at + len(way) - 1][1]),)
                    shown = sounds.shown(at, at + len(way))
                    return spans, _reason(AUTOMATIC, query, form, spans, reading=shown)
    return None


def _find(way: tuple[frozenset[str], ...], codes: str) -> int:
    for at in range(len(codes) - len(way) + 1):
        if all(codes[at + place] in options for place, options in enumerate(way)):
            return at
    return -1


def _asked(query: str, pieces: tuple[Piece, ...], heard: Heard) -> Ways:
    """For each language, the ways a query sounds: for each place, the codes that may stand there."""
    ways = _asked_sounds(query, pieces)
    chars = "".join(piece.chars for piece in pieces)
    words = [chars] if _scripts_asked(pieces) == HAN else han.han_words(chars)[:2]
    japanese = [_single(morae) for word in words if len(morae := heard(word)) > 1]
    return ways | {"ja": [*ways["ja"], *japanese]}


@lru_cache(maxsize=128)
def _asked_sounds(query: str, pieces: tuple[Piece, ...]) -> Ways:
    """As `_asked`, but for the Japanese sounds of Han characters."""
    ways: dict[str, list[tuple[frozenset[str], ...]]] = {"ja": [], "zh": [], "ko": []}
    letters = [piece.chars for piece in pieces if piece.words]
    chars = "".join(piece.chars for piece in pieces)
    if letters and len(letters) == len(pieces):
        for text in dict.fromkeys(("".join(letters), "".join(letters[1:] + letters[:1]))):
            ways["ja"] += [_single(way) for way in kana.ways_of_letters(text[:80])]
            ways["zh"] += [_single(way) for way in pinyin.ways_of_letters(text[:80])]
            ways["ko"] += _korean_ways(text[:80])
        syllables = [asking.with_apostrophes(piece) for piece in pieces]
        ways["zh"] += [_single(way) for way in pinyin.ways_of_wade_giles(syllables)]
    elif all(is_kana(char) for char in chars):
        ways["ja"] += [_single(way) for way in kana.ways_of_kana(chars)]
    elif any(is_hangul(char) for char in chars) and not any(is_kana(char) for char in chars):
        ways["ko"].append(_single(_hangul_of(chars, chars)))
        for word in han.han_words(chars)[:2]:
            ways["zh"].append(_single(pinyin.syllables_of_han(word, word)))
    elif any(is_han(char) for char in chars):
        written = "".join(query[at] for piece in pieces for at in piece.starts)
        ways["ko"].append(_single(_hangul_of(chars, written)))
        ways["zh"].append(_single(pinyin.syllables_of_han(chars, written)))
    return {language: [way for way in found if len(way) > 1] for language, found in ways.items()}


def _single(codes: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(code) for code in codes)


def _hangul_of(chars: str, written: str) -> str:
    read = han.korean_of_han(chars, written)
    return "".join(initial_law(read[at]) if is_han(char) else char for at, char in enumerate(chars))


def _korean_ways(letters: str) -> list[tuple[frozenset[str], ...]]:
    found = []
    for old in (False, True):
        for slots in spellings(letters, old=old):
            first = [frozenset(pair[0] for pair in slots[0])]
            found.append((*first, *(frozenset(pair[1] for pair in slot) for slot in slots)))
    return found


def _scripts_asked(pieces: tuple[Piece, ...]) -> str:
    chars = "".join(piece.chars for piece in pieces if not piece.words)
    if not chars:
        return LATIN
    return HAN if any(is_han(char) for char in chars) else HANGUL if any(is_hangul(char) for char in chars) else KANA


def _unlike(asked: str, language: str, chars: str) -> bool:
    """Whether a stretch is never matched by sound: Han asked against Han, or words of another country by hangul."""
    if any(is_han(char) for char in chars):
        return asked == HAN or (asked == HANGUL and language != "ko")
    return asked in (HAN, HANGUL) and language != "ko" and any(is_hangul(char) for char in chars)


def _sounds_of(form: Form, language: str, asked: str) -> list[_Sounds]:
    text = form.text
    found = []
    for piece in fold(text):
        if piece.words or _unlike(asked, language, piece.chars):
            continue
        written = "".join(text[at] for at in piece.starts)
        spans = tuple(zip(piece.starts, piece.ends, strict=True))
        if language == "ko":
            codes = _hangul_of(piece.chars, written)
            found.append(_Sounds(codes, spans, _show_korean(codes, written, latin=asked == LATIN)))
        elif language == "zh":
            codes = pinyin.syllables_of_han(sounded.guessed(piece.chars), sounded.guessed(written))
            found.append(_Sounds(codes, spans, _show_chinese(codes)))
        else:
            found.append(_japanese_sounds(form, piece))
    if all(piece.words for piece in fold(text)):
        found.extend(_sounds_of_letters(text, language))
    return found


def _japanese_sounds(form: Form, piece: Piece) -> _Sounds:
    codes, spans = "", []
    for start, end, morae in sounded.within(sounded.unpacked(form.sounds), piece.starts[0], piece.ends[-1]):
        codes += morae
        spans.extend([(start, end)] * len(morae))
    return _Sounds(codes, tuple(spans), lambda at, to: kana.hepburn(codes[at:to]))


def _sounds_of_letters(text: str, language: str) -> list[_Sounds]:
    pieces = fold(text)
    letters = "".join(piece.chars for piece in pieces)[:80]
    whole = (pieces[0].starts[0], pieces[-1].ends[-1]) if pieces else (0, 0)
    if language == "ja":
        ways = kana.ways_of_letters(letters)
    elif language == "zh":
        ways = list(pinyin.ways_of_letters(letters))
    else:
        ways = ["".join(min(options) for options in way) for way in _korean_ways(letters)[:2]]
    return [_Sounds(codes, (whole,) * len(codes), lambda _at, _to: text) for codes in ways]


def _show_korean(codes: str, written: str, *, latin: bool) -> Callable[[int, int], str]:
    def show(at: int, to: int) -> str:
        read = han.korean_of_han(codes[at:to], written[at:to])
        full = [char if is_hangul(char) else read[place] for place, char in enumerate(written[at:to])]
        full = [char if char.strip() else codes[at + place] for place, char in enumerate(full)]
        shown = han.as_written_in_korea("".join(full))
        return romanized(shown) if latin else shown

    return show


def _show_chinese(codes: str) -> Callable[[int, int], str]:
    letters = pinyin.letters_of_codes()
    return lambda at, to: "".join(letters.get(code, " ") for code in codes[at:to])


def _reading_matches(
    asked: dict[str, list[tuple[frozenset[str], ...]]], pieces: tuple[Piece, ...], reading: Reading
) -> bool:
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
    return any(_find(way, codes) >= 0 for way in asked.get(language, []) for codes in options)


def _by_words(query: str, pieces: tuple[Piece, ...], form: Form, heard: Heard) -> Told | None:
    """Each word of the query matches in its own way."""
    parts = [query[piece.starts[0] : piece.ends[-1]] for piece in pieces]
    parts = [word for part in parts for word in part.split()]
    if len(parts) < 2 or parts == [query.strip()]:
        return None
    found = [matched(part, form, "", heard=heard) for part in parts]
    if not any(found):
        return None
    spans = _merged(span for each in found if each for span in each[1].spans)
    if all(found):
        best = max((each for each in found if each), key=lambda each: each[0])
        return spans, best[1].why
    return spans, _reason(PARTLY, query, form, spans)


def _by_synonym(query: str, pieces: tuple[Piece, ...], form: Form, heard: Heard) -> Told | None:
    for other in synonyms.alternatives(pieces):
        found = _as_written(other, fold(other), form, heard) or _by_reading(other, fold(other), form, heard)
        if found is not None:
            return found[0], _reason(SYNONYM, query, form, found[0])
    return None


def _shared(pieces: tuple[Piece, ...], form: Form) -> tuple[Span, ...]:
    """The pairs of characters and the words a form shares with the query."""
    spans: list[Span] = []
    for piece in pieces:
        for at in range(0 if piece.words else len(piece.chars) - 1):
            for other in fold(form.text):
                if not other.words:
                    spans.extend(_within(piece.chars[at : at + 2], other))
    return _merged(spans)


def _one_slip(letters: str, form: Form) -> bool:
    return spelled_nearly(letters, {piece.chars for piece in fold(form.text) if piece.words})
