"""Chinese sounds: Han text and romanized Chinese as strings of syllables without tone, one private character each.

Hanyu pinyin (ISO 7098); Wade–Giles only as a form of query.
"""

from collections.abc import Iterator
from functools import cache, lru_cache

from koryu.search.tables import section

_FIRST_CODE = 0xE400
_MOST_WAYS = 8
_INITIALS = dict(
    pair.split(":") for pair in "b:p p:p' d:t t:t' g:k k:k' j:ch q:ch' x:hs zh:ch ch:ch' sh:sh z:ts c:ts' r:j".split()
)
_WHOLE_SYLLABLES = """
zhi:chih chi:ch'ih shi:shih ri:jih zi:tzu ci:tz'u si:ssu er:erh you:yu yi:i yan:yen ye:yeh yong:yung
ge:ko ke:k'o he:ho e:o gui:kuei kui:k'uei guo:kuo kuo:k'uo huo:huo shuo:shuo yue:yueh
"""
_WHOLE = dict(pair.split(":") for pair in _WHOLE_SYLLABLES.split())


def _usual_readings() -> Iterator[tuple[str, str]]:
    """(letters without tone, ü as u; the Han characters usually read so in Chinese)."""
    for line in section("pinyin"):
        letters, chars = line.split(" ")
        yield letters.replace("v", "u"), chars


@cache
def codes() -> dict[str, str]:
    letters = sorted({letters for letters, _ in _usual_readings()})
    return {syllable: chr(_FIRST_CODE + place) for place, syllable in enumerate(letters)}


@cache
def _code_of_char() -> dict[str, str]:
    known = codes()
    return {char: known[letters] for letters, chars in _usual_readings() for char in chars}


@cache
def letters_of_codes() -> dict[str, str]:
    return {code: letters for letters, code in codes().items()}


@cache
def _phrases() -> dict[str, str]:
    known, phrases = codes(), {}
    for line in section("pinyin phrases"):
        phrase, *syllables = line.replace("v", "u").split(" ")
        if all(syllable in known for syllable in syllables):
            phrases[phrase] = "".join(known[syllable] for syllable in syllables)
    return phrases


@cache
def _heads() -> frozenset[str]:
    return frozenset(phrase[:2] for phrase in _phrases())


def syllables_of_han(folded: str, written: str) -> str:
    """The usual reading of Han characters, one code for each char; a space where one has none.

    `folded` is looked up for phrases (重庆), `written` first for single characters: 干 and 乾 differ in sound.
    """
    known = _code_of_char()
    out = [known.get(char) or known.get(plain, " ") for char, plain in zip(written, folded, strict=True)]
    heads, phrases = _heads(), _phrases()
    for at in range(len(folded) - 1):
        if folded[at : at + 2] in heads:
            for size in (3, 2):
                read = phrases.get(folded[at : at + size])
                if read:
                    out[at : at + size] = read
                    break
    return "".join(out)


@lru_cache(maxsize=512)
def ways_of_letters(letters: str) -> tuple[str, ...]:
    """The syllables that plain Latin letters may stand for, longest syllables first; none when it is not Chinese."""
    known = codes()
    letters = letters.replace("v", "u")
    ways: list[str] = []

    def go(at: int, out: str) -> None:
        if len(ways) >= _MOST_WAYS:
            return
        if at == len(letters):
            ways.append(out)
            return
        for size in range(6, 0, -1):
            code = known.get(letters[at : at + size])
            if code and at + size <= len(letters) and letters[at : at + size] not in ("n", "m", "ng", "hm", "hng"):
                go(at + size, out + code)

    go(0, "")
    return tuple(sorted(filter(None, ways), key=len))


@cache
def _wade_giles() -> dict[str, tuple[str, ...]]:
    table: dict[str, set[str]] = {}
    for syllable, code in codes().items():
        spelled = _WHOLE.get(syllable) or _spelled(syllable)
        for form in {spelled, spelled.replace("'", "")}:
            table.setdefault(form, set()).add(code)
    return {form: tuple(sorted(syllables)) for form, syllables in table.items()}


def _spelled(syllable: str) -> str:
    size = next((n for n in (2, 1) if syllable[:n] in _INITIALS), 0)
    initial, final = syllable[:size], syllable[size:]
    final = final.replace("ong", "ung")
    if initial in ("j", "q", "x") and final in ("ue", "uan", "un", "u"):
        final = {"ue": "ueh"}.get(final, final)
    if final in ("ian", "ie"):
        final = {"ian": "ien", "ie": "ieh"}[final]
    if syllable[:1] in "dtnlzcsr" and final == "uo":
        final = "o"
    if initial in ("zh", "ch", "") and final == "uo":
        final = "o"
    return _INITIALS.get(initial, initial) + final


def ways_of_wade_giles(syllables: list[str]) -> list[str]:
    """The syllables that a Wade–Giles spelling may stand for, given cut at its hyphens, apostrophes kept as '."""
    ways = [""]
    for syllable in syllables:
        options = _wade_giles().get(syllable, ())
        ways = [way + option for way in ways for option in options][:_MOST_WAYS]
    return [way for way in ways if way]
