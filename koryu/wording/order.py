"""The order of institutions, and of whatever has no date, on a page: alphabetical in the reader's language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from koryu.archive.queries import Line
from koryu.search.entries import WrittenForm
from koryu.search.folding import is_han
from koryu.search.han import japanese_form
from koryu.search.kana import to_hiragana
from koryu.search.readings import automatic_reading

# A name by its letters; what tells names of the same letters apart; the name itself.
Key = tuple[tuple[tuple[int, str, bytes], ...], str, str]

_LETTERS, _KANA, _OTHERS = range(3)
# JIS X 0208 arranges the everyday characters by sound: the first of them for each kana with which one may begin.
_FIRST_BY_SOUND: Final = tuple(
    (kanji.encode("euc_jp"), kana)
    for kana, kanji in zip(
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ",
        "亜以右荏於下企九卦乎些仕笥世噌他値津亭兎奈二濡禰乃巴匪不丙保摩味務冥摸也愉予羅利瑠令呂倭",
        strict=True,
    )
)
# The last everyday character: those after it are arranged by their shape.
_LAST_BY_SOUND: Final = "腕".encode("euc_jp")
# Words that libraries' names are full of, and that do not begin as their first character usually is read.
_READ_ELSEWHERE: Final = {"図書": "としょ", "北京": "ぺきん", "大阪": "おおさか", "神戸": "こうべ"}
_ELSEWHERE: Final = re.compile("|".join(_READ_ELSEWHERE))
_SMALL: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_VOWELS: Final = {
    kana: row[0]
    for row in (
        "あかさたなはまやらわ",
        "いきしちにひみりゐ",
        "うくすつぬふむゆる",
        "えけせてねへめれゑ",
        "おこそとのほもよろを",
    )
    for kana in row
}


def alphabetical(text: str, *, reader: str) -> Key:
    """A key that sorts texts as a library in the language of `reader` does: kana order, pinyin, hangul, a–z.

    What is in Han characters goes by how it sounds, as far as that is known without a dictionary. It is a guess, good
    enough for a place in a list: it is shown to nobody.
    """
    return _key(text, reader)


@lru_cache(maxsize=4096)
def _key(text: str, reader: str) -> Key:
    plain = unicodedata.normalize("NFKC", text).casefold()
    match reader:
        case "ja":
            kana = to_hiragana(_ELSEWHERE.sub(lambda word: _READ_ELSEWHERE[word[0]], japanese_form(plain)))
            # Of two that are alike but for it, the one with the mark of length comes first.
            return tuple(_in_japanese(kana)), kana.replace("ー", "\u3040"), text
        case "zh-Hans" | "ko" if any(map(is_han, plain)):
            read = automatic_reading(WrittenForm(reader, plain))
            plain = read.text if read else plain
    bare = _bare(plain) if reader != "ko" else plain
    # Pinyin is written now in one word, now in several.
    letters = (letter for letter in bare if letter.isalnum() or (letter == " " and reader not in ("zh-Hans", "ko")))
    return tuple((_LETTERS, letter, b"") for letter in letters), plain, text


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _in_japanese(kana: str) -> Iterable[tuple[int, str, bytes]]:
    """A text in hiragana, Han characters and letters, place by place, in the manner of JIS X 4061.

    Voiced or not, small or large, a kana is one letter; a mark of length is the vowel that it lengthens.
    """
    before = ""
    for letter in _bare(kana).translate(_SMALL):
        if letter == "ー":
            yield _KANA, _VOWELS.get(before, letter), b""
        elif "ぁ" <= letter <= "ゖ":
            before = letter
            yield _KANA, letter, b""
        elif letter.isalnum():
            yield _by_sound(letter)


def _by_sound(letter: str) -> tuple[int, str, bytes]:
    """The place of a Han character among the kana with which its usual reading begins, or of a letter before them."""
    if letter.isascii():
        return _LETTERS, letter, b""
    try:
        place = letter.encode("euc_jp")
    except UnicodeEncodeError:
        return _OTHERS, letter, b""
    if not _FIRST_BY_SOUND[0][0] <= place <= _LAST_BY_SOUND:
        return _OTHERS, "", place
    return _KANA, next(kana for first, kana in reversed(_FIRST_BY_SOUND) if first <= place), place


def by_name(lines: Iterable[Line], *, reader: str) -> list[Line]:
    """Lines by their names as this reader sees them."""
    return sorted(lines, key=lambda line: (key_of(line, reader=reader), line.uri))


def key_of(line: Line, *, reader: str) -> Key:
    """The key that sorts a record by its name, as it is read where the record says how, else as it is written."""
    reading = line.summary.readings.get(reader, "") if reader in ("ja", "zh-Hans") else ""
    # A Japanese name may be read in letters too, and has its place among the kana all the same.
    if reader == "ja" and reading.isascii():
        reading = ""
    return alphabetical(reading or line.title.shown(reader).text, reader=reader)


def participants(
    uris: Iterable[str], *, lines: Mapping[str, Line], reader: str, hosts: Iterable[str] = ()
) -> list[str]:
    """Hosts first, in the order given; the others by name, but in a pair each language names its own first."""
    first, every = list(hosts), list(dict.fromkeys(uris))
    others = [uri for uri in every if uri not in first]
    named = [line.uri for line in by_name((lines[uri] for uri in others if uri in lines), reader=reader)]
    if not first and own_first(every, lines=lines, reader=reader):
        named.sort(key=lambda uri: not _speaks(lines[uri], reader))
    return [*first, *named, *(uri for uri in others if uri not in lines)]


def own_first(uris: Iterable[str], *, lines: Mapping[str, Line], reader: str) -> bool:
    """Whether these are two institutions, exactly letter of which is of the reader's language."""
    pair = set(uris)
    return len(pair) == 2 and sum(_speaks(lines[uri], reader) for uri in pair if uri in lines) == 1


def tree(ways: Iterable[Sequence[Line]]) -> list[tuple[Line, list[Any]]]:
    """Ways as a tree: (line, the trees that follow it), where ways that begin alike share their beginning."""
    onwards: dict[str, list[Sequence[Line]]] = {}
    lines: dict[str, Line] = {}
    for way in filter(None, ways):
        lines[way[0].uri] = way[0]
        onwards.setdefault(way[0].uri, []).append(way[1:])
    return [(line, tree(onwards[uri])) for uri, line in lines.items()]


def _speaks(line: Line, reader: str) -> bool:
    return line.title.source.split("-")[0] == reader.split("-")[0]
