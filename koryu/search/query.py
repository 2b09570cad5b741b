"""What a typed query can mean: a tree of tokens to look for, in texts as written and as read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from koryu.search import han, kana, pinyin, synonyms
from koryu.search.folding import Stretch, fold, is_han, is_kana, living_variants
from koryu.search.hangul import as_said, initial_law, is_hangul, spellings
from koryu.search.tokens import EXACT, SAID_IN_KOREAN, pairs_of, start_of, triples_of

LONGEST_QUERY = 200
MOST_PARTS = 12
_LONGEST_SOUNDED = 50
# By how frequent the letters are in romanized Japanese, Chinese and Korean.
_ALPHABET = "aiuoenkghstyrjmbdwzcplfxqv"
WRITTEN, READ = "written", "read"
# The weight of a match by other means than the writing. The steps are wider than the effect of a title's length on its
# score, so that what is written so comes first, then what is usually read so, then what is rarely meant.
APART, TURNED = 0.8, 0.9
SOUND, RARELY, ROUNDABOUT = 0.12, 0.04, 0.02


@dataclass(frozen=True, slots=True)
class TokenNode:
    """One token, as written or as read; a prefix stands for every token that begins so."""

    side: str
    token: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens that overlap, in the order in which they must stand."""

    side: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Every:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Less:
    """A node that counts for less: a reading counts less than the writing."""

    node: "Node"
    weight: float


@dataclass(frozen=True, slots=True)
class Sounded:
    """The Japanese sounds of Han characters, which only the index can tell: it keeps how its own texts are read."""

    side: str
    han: str


Node = TokenNode | Run | Every | Either | Less | Sounded


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query understood: parts that must all be found, the very characters typed, for which to rank higher,
    and its words when it is nothing but words in letters.
    """

    parts: tuple[Node, ...]
    exact: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(maxsize=128)
def understood(query: str, *, unfinished: bool = False) -> Meaning | None:
    """What a query means; None when there is nothing in it to look for. Any string is accepted.

    Only the first 200 characters and twelve parts count. `unfinished` takes the last word as still being typed.
    """
    query = query[:LONGEST_QUERY]
    pieces = fold(query)
    stretches = list(_stretches(pieces))
    if not stretches:
        return None
    parts: list[Node] = []
    for number, stretch in enumerate(stretches):
        last = unfinished and number == len(stretches) - 1
        parts.append(_letters(stretch, query, last) if _is_letters(stretch) else _joined(stretch[0], query))
    # A bound on the work that one query can cause.
    parts = parts[:MOST_PARTS]
    same = [_and(_plain(other)) for other in synonyms.alternatives(pieces)]
    if same:
        parts = [_any([_and(parts), *(Less(node, RARELY) for node in same)])]
    exact = tuple(dict.fromkeys(EXACT + char for char in query if char in living_variants()))
    words = tuple(piece.chars for piece in pieces) if all(piece.words for piece in pieces) else ()
    return Meaning(tuple(parts), exact, words)


def _plain(text: str) -> list[Node]:
    stretches = _stretches(fold(text))
    return [_letters(each, text, False) if _is_letters(each) else _joined(each[0], text) for each in stretches]


def _stretches(pieces: tuple[Stretch, ...]) -> Iterator[tuple[Stretch, ...]]:
    """Words in letters together, everything else piece by piece."""
    words: list[Stretch] = []
    for piece in pieces:
        if _is_letters((piece,)):
            words.append(piece)
            continue
        if words:
            yield tuple(words)
            words = []
        yield (piece,)
    if words:
        yield tuple(words)


def _is_letters(stretch: tuple[Stretch, ...]) -> bool:
    return stretch[0].words or stretch[0].chars.isdecimal()


def _and(nodes: Iterable[Node]) -> Node:
    kept = tuple(nodes)
    return kept[0] if len(kept) == 1 else Every(kept)


def _any(nodes: Iterable[Node]) -> Node:
    kept = tuple(dict.fromkeys(nodes))
    return kept[0] if len(kept) == 1 else Either(kept)


def _terms(side: str, tokens: Iterable[str]) -> Node:
    kept = tuple(tokens)
    return TokenNode(side, kept[0]) if len(kept) == 1 else Run(side, kept)


def _joined(piece: Stretch, text: str) -> Node:
    """A stretch of Han, kana and hangul: as one, or its words apart where spaces were typed between them."""
    whole = _run(piece.chars, _written(piece, text, 0, len(piece.chars)))
    spaces = sorted(gap for gap in piece.gaps if text[piece.ends[gap - 1] : piece.starts[gap]].isspace())
    cuts = [0, *spaces, len(piece.chars)]
    words = list(pairwise(cuts))
    if len(words) == 1 or any(end - start < 2 for start, end in words):
        return whole
    apart = [_run(piece.chars[start:end], _written(piece, text, start, end)) for start, end in words[:MOST_PARTS]]
    return _any([whole, Less(_and(apart), APART)])


def _written(piece: Stretch, text: str, start: int, end: int) -> str:
    return "".join(text[at] for at in piece.starts[start:end])


@lru_cache(maxsize=256)
def _run(chars: str, written: str) -> Node:
    if len(chars) == 1:
        return _any([TokenNode(WRITTEN, chars, prefix=True)])
    nodes: list[Node] = [_terms(WRITTEN, pairs_of(chars))]
    scripts = list(_scripts(chars))
    if len(scripts) == 1:
        nodes.extend(_other_scripts(chars, written))
    elif all(len(part) > 1 for _, part in scripts):
        at, parts = 0, []
        for _, part in scripts:
            parts.append(_run(part, written[at : at + len(part)]))
            at += len(part)
        nodes.append(Less(_and(parts), APART))
    elif any(is_kana(char) for char in chars) and not any(is_hangul(char) for char in chars):
        nodes.append(Less(Sounded(READ, chars), RARELY))
    return _any(nodes)


def _scripts(chars: str) -> Iterator[tuple[str, str]]:
    run, kind = "", ""
    for char in chars:
        now = "kana" if is_kana(char) else "hangul" if is_hangul(char) else "han" if is_han(char) else kind or "han"
        if now != kind and run:
            yield kind, run
            run = ""
        run, kind = run + char, now
    if run:
        yield kind, run


def _other_scripts(chars: str, written: str) -> Iterator[Node]:
    """Han is looked for in hangul and in texts written in sounds; kana and hangul in readings."""
    if all(is_kana(char) for char in chars):
        yield from _japanese(kana.ways_of_kana(chars), SOUND)
    elif all(is_hangul(char) for char in chars):
        yield Less(_terms(READ, pairs_of(chars)), SOUND)
        yield Less(_terms(WRITTEN, [SAID_IN_KOREAN + pair for pair in pairs_of(_said(chars))]), RARELY)
        yield from _by_han_word(chars)
    elif any(is_han(char) for char in chars):
        yield from _of_han(chars, written)


def _of_han(chars: str, written: str) -> Iterator[Node]:
    korean = "".join(initial_law(char) for char in han.korean_of_han(chars, written))
    if " " not in korean and not any(char.isdecimal() for char in chars):
        yield Less(_terms(WRITTEN, pairs_of(korean)), SOUND)
        yield Less(_terms(WRITTEN, [SAID_IN_KOREAN + pair for pair in pairs_of(_said(korean))]), RARELY)
    chinese = pinyin.syllables_of_han(chars, written)
    if " " not in chinese:
        yield Less(_terms(WRITTEN, pairs_of(chinese)), RARELY)
    yield Less(Sounded(WRITTEN, chars), RARELY)


def _said(hangul: str) -> str:
    return "".join(initial_law(char) for char in as_said(hangul))


def _by_han_word(hangul: str) -> Iterator[Node]:
    """A Korean word looked for in Japanese and Chinese texts written in sounds, by way of its Han characters."""
    for word in han.han_words(hangul)[:2]:
        yield Less(Sounded(WRITTEN, word), ROUNDABOUT)
        yield Less(_terms(WRITTEN, pairs_of(pinyin.syllables_of_han(word, word))), ROUNDABOUT)


def _japanese(ways: list[str], weight: float) -> Iterator[Node]:
    for way in ways:
        if len(way) < 2:
            continue
        tokens = triples_of(way) or start_of(way)
        for side in (WRITTEN, READ):
            yield Less(_terms(side, tokens), weight)


def _letters(words: tuple[Stretch, ...], text: str, unfinished: bool) -> Node:
    """Words in letters: each as a word, and all of them together as one romanized word, in either order."""
    names = [piece.chars for piece in words]
    each = [_word(name, unfinished and place == len(names) - 1) for place, name in enumerate(names[:MOST_PARTS])]
    nodes: list[Node] = [_and(each)]
    for place in range(len(names) - 1):
        if len(names) <= 4:
            joined = TokenNode(WRITTEN, names[place] + names[place + 1])
            nodes.append(_and([*each[:place], joined, *each[place + 2 :]]))
    if len(names) > 1:
        nodes.extend(sounds("".join(names)))
        if len(names) <= 3:
            nodes.extend(Less(node, TURNED) for node in sounds("".join(names[1:] + names[:1])))
    nodes.extend(_wade_giles(words, text))
    return _any(nodes)


def _word(name: str, unfinished: bool) -> Node:
    nodes: list[Node] = [TokenNode(WRITTEN, name), Less(TokenNode(READ, name), SOUND)]
    if unfinished:
        nodes.append(Less(TokenNode(WRITTEN, name, prefix=True), TURNED))
        nodes.extend(sounds(name.rstrip("bcdfghjklmpqrstvwxyz")) if len(name) > 3 else ())
    nodes.extend(sounds(name))
    return _any(nodes)


@lru_cache(maxsize=256)
def sounds(letters: str, *, plainly: bool = False) -> tuple[Node, ...]:
    """What romanized letters may sound like in Japanese, Chinese and Korean: of two syllables or more.

    `plainly` leaves out what is rarely meant.
    """
    if len(letters) < 3 or len(letters) > _LONGEST_SOUNDED or not letters.isascii():
        return ()
    return (*_japanese(kana.ways_of_letters(letters), SOUND), *_chinese(letters), *_korean(letters, plainly))


def _chinese(letters: str) -> Iterator[Node]:
    for way in pinyin.ways_of_letters(letters):
        if len(way) > 1:
            yield Less(_terms(WRITTEN, pairs_of(way)), SOUND)
            yield Less(_terms(READ, pairs_of(way)), SOUND)


def _korean(letters: str, plainly: bool) -> Iterator[Node]:
    for old in (False, True):
        if old and (plainly or len(letters) < 6):
            return
        for slots in spellings(letters, old=old):
            weight = RARELY if old else SOUND
            for side in (WRITTEN, READ):
                yield Less(_and(_any_pair(side, slot) for slot in slots), weight)
            if not old and not plainly:
                yield Less(_and(_any_pair(WRITTEN, slot, SAID_IN_KOREAN) for slot in slots), RARELY)


@lru_cache(maxsize=1024)
def _any_pair(side: str, pairs: frozenset[str], mark: str = "") -> Node:
    return _any(TokenNode(side, mark + pair) for pair in sorted(pairs))


def _wade_giles(words: tuple[Stretch, ...], text: str) -> Iterator[Node]:
    """Wade–Giles is read only where its marks are: hyphens between syllables, or apostrophes after a consonant."""
    syllables = [with_apostrophes(piece) for piece in words]
    marked = any("'" in syllable for syllable in syllables) or "-" in text
    if marked and len(syllables) > 1:
        for way in pinyin.ways_of_wade_giles(syllables):
            yield Less(_terms(WRITTEN, pairs_of(way)), RARELY)
            yield Less(_terms(READ, pairs_of(way)), RARELY)


def with_apostrophes(piece: Stretch) -> str:
    """A word in letters with its apostrophes put back, as Wade–Giles needs them."""
    return "".join(("'" if at in piece.gaps else "") + char for at, char in enumerate(piece.chars))


def slips(letters: str) -> Iterator[str]:
    """Every string one slip of a finger away, the likely ones first: two letters in the wrong order, one too many, and
    for each letter of the alphabet, the frequent ones first, that letter mistyped or left out anywhere.
    """
    for at in range(len(letters) - 1):
        yield letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    for at in range(len(letters)):
        yield letters[:at] + letters[at + 1 :]
    for letter in _ALPHABET:
        for at in range(len(letters)):
            yield letters[:at] + letter + letters[at + 1 :]
        for at in range(len(letters) + 1):
            yield letters[:at] + letter + letters[at:]
