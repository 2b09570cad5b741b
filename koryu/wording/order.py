"""The order of institutions, and of whatever has no date, on a page: alphabetical in the reader's language."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from koryu.archive.queries import Line

# Both national character sets arrange their everyday characters by sound, and hangul syllables are in order anyway.
_BY_SOUND: Final = {"ja": "euc_jp", "zh-Hans": "gb2312"}


def alphabetical(text: str, *, reader: str) -> tuple[bytes, ...]:
    """A key that sorts texts as a library in the language of `reader` does: kana order, pinyin, hangul, a–z."""
    charset = _BY_SOUND.get(reader)
    if charset is None:
        bare = "".join(
            character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
        )
        return (bare.casefold().encode(),) if reader == "en" else (text.encode(),)
    return tuple(_place(character, charset) for character in text.casefold())


def by_name(lines: Iterable[Line], *, reader: str) -> list[Line]:
    """Lines by their names as this reader sees them."""
    return sorted(lines, key=lambda line: (alphabetical(_sounded(line, reader), reader=reader), line.uri))


def _sounded(line: Line, reader: str) -> str:
    """A name as it is read where the record says how, in Japanese and Chinese; else as it is written."""
    reading = line.summary.readings.get(reader) if reader in _BY_SOUND else None
    if reading is None:
        return line.title.shown(reader).text
    return reading if reader == "ja" else alphabetical(reading, reader="en")[0].decode()


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
    """Whether these are two institutions, exactly one of which is of the reader's language."""
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


def _place(character: str, charset: str) -> bytes:
    try:
        return character.encode(charset)
    except UnicodeEncodeError:
        return b"\xff" + character.encode()
