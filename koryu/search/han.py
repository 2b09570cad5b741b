"""Han characters: their Japanese forms, their Korean readings, and the Han words a hangul text may stand for."""

from collections import defaultdict
from functools import cache

from koryu.search.folding import han_classes
from koryu.search.hangul import initial_law, is_hangul, parts
from koryu.search.tables import section

# Family names whose reading is not the usual one of the character.
SURNAMES = {"金": "김", "沈": "심", "葉": "엽", "賈": "가", "車": "차", "単": "선", "丁": "정"}
_LONGEST_WORD = 4


@cache
def _japanese_forms() -> dict[str, str]:
    pairs = section("japanese")[0]
    return {pairs[at]: pairs[at + 1] for at in range(0, len(pairs), 2)}


@cache
def _in_japanese_use() -> frozenset[str]:
    def is_jis(char: str) -> bool:
        try:
            char.encode("shift_jis")
        except UnicodeEncodeError:
            return False
        return True

    return frozenset(char for line in section("variants") for char in line if is_jis(char))


@cache
def _japanese_table() -> dict[int, str]:
    in_use, special = _in_japanese_use(), _japanese_forms()
    usual = {char: form for char, form in han_classes().items() if char not in in_use and char != form}
    return {ord(char): form for char, form in (usual | special).items()}


def japanese_form(text: str) -> str:
    """A text in Han characters as Japan writes it (图书馆 → 図書館), one character for one."""
    return text.translate(_japanese_table())


@cache
def usual_korean() -> dict[str, str]:
    """Each Han character → its usual Korean syllable, in full form (력, not 역)."""
    return {char: line.split(" ")[0] for line in section("hangul") for char in line.split(" ")[1]}


@cache
def _korean_words() -> dict[str, str]:
    return dict(line.split(" ") for line in section("hangul words"))


def korean_of_han(folded: str, written: str) -> str:
    """Han characters read in Korean, one syllable for each char, in full forms; a space where one has no reading."""
    usual, words = usual_korean(), _korean_words()
    out = [usual.get(char) or usual.get(plain, " ") for char, plain in zip(written, folded, strict=True)]
    for at, char in enumerate(folded[:-1]):
        if char == "不" and is_hangul(out[at + 1]):
            out[at] = "부" if parts(out[at + 1])[0] in "ㄷㅈ" else "불"
        for size in (3, 2):
            read = words.get(folded[at : at + size])
            if read:
                out[at : at + size] = read
                break
    return "".join(out)


def as_written_in_korea(syllables: str) -> str:
    """Full forms respelled as a Korean word is: the initial-sound rule at its head, 열 and 율 after a vowel or ㄴ."""
    out = [initial_law(char) if not at else char for at, char in enumerate(syllables)]
    for at, char in enumerate(out[1:], 1):
        if char in "렬률" and is_hangul(out[at - 1]) and parts(out[at - 1])[2] in " ㄴ":
            out[at] = initial_law(char)
    return "".join(out)


@cache
def _words_by_first_sound() -> dict[str, str]:
    """First syllable → a line "sound:words" for each sound that begins so, its words one after the other.

    As strings, not as a table of 26,000 small ones: that takes a tenth of the memory, and a look takes a microsecond.
    """
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for line in section("shared words"):
        size = sum(1 for char in line if is_hangul(char))
        sound = "".join(initial_law(char) for char in line[:size])
        group = groups[sound[0]]
        group[sound] = group.get(sound, "") + line[size:]
    return {
        first: "\n" + "".join(f"{sound}:{words}\n" for sound, words in group.items()) for first, group in groups.items()
    }


def han_words(hangul: str) -> tuple[str, ...]:
    """The Han words of just this sound that Korean shares with Japanese or Chinese, likeliest first."""
    group, size = _words_by_first_sound().get(hangul[:1], ""), len(hangul)
    at = group.find(f"\n{hangul}:")
    if at < 0 or not hangul:
        return ()
    words = group[at + size + 2 : group.index("\n", at + 1)]
    return tuple(words[at : at + size] for at in range(0, len(words), size))


def han_guess(hangul: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Cuts folded hangul into shared words: (start, end, likely Han words); what is in no such word is left out.

    The cut covers as many syllables as can be, with as few words as can be.
    """
    size = len(hangul)
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (size + 1)
    for at in range(size - 1, -1, -1):
        best[at] = (best[at + 1][0], best[at + 1][1], 1)
        for length in range(2, min(_LONGEST_WORD, size - at) + 1):
            if han_words(hangul[at : at + length]):
                covered, words, _ = best[at + length]
                best[at] = max(best[at], (covered + length, words - 1, length))
    guesses, at = [], 0
    while at < size:
        length = best[at][2]
        if length > 1:
            guesses.append((at, at + length, han_words(hangul[at : at + length])))
        at += length
    return guesses
