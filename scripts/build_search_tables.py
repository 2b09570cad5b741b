"""Builds koryu/search/data/tables.xz, the tables by which a text is found in any script.

Run it by hand, from the root of the project, when a source has a new edition:

    apt install unicode-data libhangul-data
    pip install opencc pypinyin lindera-python-ipadic
    python scripts/build_search_tables.py

Sources: the Unicode Han Database, OpenCC, libhangul's hanja.txt and pypinyin; lindera's IPADIC only
answers the question "is this a word of Japanese?". Their licences are in koryu/search/data/LICENCES.md.
"""

import argparse
import bz2
import lzma
import re
import subprocess
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import lindera
import opencc
from pypinyin.constants import PHRASES_DICT

from koryu.search.hangul import initial_law, obeys_initial_law
from koryu.search.tables import SECTIONS, join_sections

UNIHAN = Path("/usr/share/unicode")
HANJA = Path("/usr/share/libhangul/hanja/hanja.txt")
TARGET = Path("koryu/search/data/tables.xz")
LIMIT = 300_000
JAPANESE = 2_000_000  # more than any count of use: a word Japanese has goes before one it has not
CHARACTER_LISTS = (
    "STCharacters", "TSCharacters", "TSCharactersExt", "TWVariants", "HKVariants",
    "JPShinjitaiCharacters", "JPShinjitaiCharactersRev",
)  # fmt: skip
SURE = {"kSimplifiedVariant", "kTraditionalVariant", "kZVariant"}
# Forms that no source links: seen in people's names, and 満州 for 満洲.
BY_HAND = ("高髙", "邊邉", "吉𠮷", "崎﨑", "徳德", "柳栁", "桑桒", "州洲")
HAN_WORD = re.compile("[\u3400-\u9fff\uf900-\ufaff]{2,4}")


def unihan(file: str, *wanted: str) -> Iterator[tuple[str, str, str]]:
    """Yields (character, property, value) of the wanted properties."""
    with bz2.open(UNIHAN / f"Unihan_{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 3 and fields[1] in wanted:
                yield chr(int(fields[0][2:], 16)), fields[1], fields[2]


def code_points(value: str) -> list[str]:
    return [chr(int(point, 16)) for point in re.findall(r"U\+([0-9A-F]+)", value)]


def opencc_list(name: str) -> dict[str, list[str]]:
    """One of OpenCC's lists, unpacked with OpenCC's own tool."""
    home = Path(opencc.__file__).parent / "clib"
    with tempfile.NamedTemporaryFile("r", suffix=".txt", encoding="utf-8") as out:
        source = home / "share/opencc" / f"{name}.ocd2"
        command = [str(home / "bin/opencc_dict"), "-i", str(source), "-o", out.name, "-f", "ocd2", "-t", "text"]
        subprocess.run(command, check=True, capture_output=True)
        rows = (line.rstrip("\n").split("\t") for line in Path(out.name).read_text("utf-8").splitlines())
        return {row[0]: row[1].split(" ") for row in rows}


class Classes:
    """Sets of characters that are one character in different dress (union-find)."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def top(self, char: str) -> str:
        while self.parent.setdefault(char, char) != char:
            char = self.parent[char]
        return char

    def join(self, one: str, other: str) -> None:
        one, other = unicodedata.normalize("NFKC", one), unicodedata.normalize("NFKC", other)
        if len(one) == len(other) == 1 and self.top(one) != self.top(other):
            self.parent[self.top(one)] = self.top(other)

    def sets(self) -> list[list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for char in sorted(self.parent):
            found[self.top(char)].append(char)
        return [members for members in found.values() if len(members) > 1]


def repertoires() -> dict[str, set[str]]:
    """The characters each country's own character set holds, and the two Japanese lists for daily use."""
    names = {"kJis0": "ja", "kGB0": "zh", "kBigFive": "zh-Hant", "kKSC0": "ko", "kJoyoKanji": "joyo"}
    sets: dict[str, set[str]] = defaultdict(set)
    for char, name, value in unihan("OtherMappings", *names, "kJinmeiyoKanji"):
        if name in names and not (name == "kJoyoKanji" and "U+" in value):
            sets[names[name]].add(char)
        elif name == "kJinmeiyoKanji" and "U+" not in value:
            sets["jinmeiyo"].add(char)
    return sets


def variant_classes(known: dict[str, set[str]]) -> list[list[str]]:
    classes = Classes()
    for name in CHARACTER_LISTS:
        for char, forms in opencc_list(name).items():
            for form in forms:
                classes.join(char, form)
    for char, _, value in unihan("OtherMappings", "kJoyoKanji", "kJinmeiyoKanji"):
        for form in code_points(value):
            classes.join(char, form)
    for char, _, value in unihan("Variants", *SURE):
        for form in code_points(value):
            classes.join(char, form)
    for group in BY_HAND:
        classes.join(*group)
    join_rare(classes, set().union(*known.values()))
    return classes.sets()


def join_rare(classes: Classes, common: set[str]) -> None:
    """Unihan's "semantic variants" also link words that are merely alike in meaning, and chain into heaps.

    So only a character in no national set is drawn to a common one, and only when one class claims it.
    """
    claims: dict[str, set[str]] = defaultdict(set)
    for char, _, value in unihan("Variants", "kSemanticVariant"):
        for form in code_points(value):
            for rare, usual in ((char, form), (form, char)):
                if rare not in common and usual in common:
                    claims[rare].add(usual)
    for rare, claimed in claims.items():
        if len({classes.top(char) for char in claimed}) == 1 and classes.top(rare) == rare:
            classes.join(rare, min(claimed))


def frequencies() -> Counter[str]:
    counts: Counter[str] = Counter()
    for char, _, value in unihan("Readings", "kHanyuPinlu"):
        counts[char] = sum(int(number) for number in re.findall(r"\((\d+)\)", value))
    return counts


def ordered_classes(known: dict[str, set[str]], often: Counter[str]) -> list[str]:
    """Each class with its most Japanese member first: Japanese readings are looked up by that form."""

    def rank(char: str) -> tuple[int, int, str]:
        order = ("joyo", "jinmeiyo", "ja", "zh-Hant", "ko", "zh")
        return (next((n for n, name in enumerate(order) if char in known[name]), 9), -often[char], char)

    return sorted("".join(sorted(members, key=rank)) for members in variant_classes(known))


def mandarin(often_read: dict[str, str]) -> dict[str, str]:
    readings = {}
    for char, _, value in unihan("Readings", "kMandarin"):
        readings[char] = toneless(often_read.get(char) or value.split()[0])
    return readings


def most_read() -> dict[str, str]:
    found = {}
    for char, _, value in unihan("Readings", "kHanyuPinlu"):
        pairs = re.findall(r"(\S+?)\((\d+)\)", value)
        totals: Counter[str] = Counter()
        for reading, number in pairs:
            # The ending -r of spoken Beijing (儿) is no syllable that anybody types.
            totals["er" if reading == "r" else toneless(reading)] += int(number)
        found[char] = totals.most_common(1)[0][0]
    return found


def toneless(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading.replace("ü", "v").replace("ǘ", "v").replace("ǚ", "v"))
    plain = plain.replace("u\u0308", "v")
    return re.sub(r"[^a-z]", "", "".join(c for c in plain if not unicodedata.combining(c)).lower())


def hanja() -> Iterator[tuple[str, str]]:
    """Yields (hangul, hanja) pairs of one syllable a character."""
    for line in HANJA.read_text("utf-8").splitlines():
        fields = line.split(":")
        if line.startswith("#") or len(fields) < 3 or not re.fullmatch("[가-힣]+", fields[0]):
            continue
        written = unicodedata.normalize("NFKC", fields[1])
        if len(written) == len(fields[0]):
            yield fields[0], written


def korean(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """The usual reading of each character: the one most words of hanja.txt use, never the initial-sound form
    where the full form (력) is known, since that form can be derived from it and not the other way."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for sound, written in pairs:
        for place, (syllable, char) in enumerate(zip(sound, written, strict=True)):
            votes[char][syllable] += 2 if place else 1
    best: dict[str, str] = {}
    for char, counts in votes.items():
        merged: Counter[str] = Counter()
        for syllable, number in counts.items():
            merged[initial_law(syllable)] += number
        top = merged.most_common(1)[0][0]
        full = [s for s, _ in counts.most_common() if initial_law(s) == top]
        best[char] = next((s for s in full if not obeys_initial_law(s)), full[0])
    for char, _, value in unihan("Readings", "kHangul"):
        if char not in best:
            best[char] = value.split()[0].split(":")[0]
    return best


class JapaneseWords:
    def __init__(self) -> None:
        self.tokenizer = lindera.Tokenizer(lindera.load_dictionary("embedded://ipadic"), mode="normal")

    def know(self, written: str) -> bool:
        tokens = self.tokenizer.tokenize(written)
        return len(tokens) == 1 and not tokens[0].is_unknown


def shared_words(
    pairs: list[tuple[str, str]], fold: dict[str, str], often: Counter[str], chinese: set[str]
) -> list[str]:
    """Words of Korean that are also words of Japanese or Chinese, commonest first among those of one sound."""
    japanese = JapaneseWords()
    weight: Counter[str] = Counter()
    for char, number in often.items():
        weight[fold.get(char, char)] += number
    by_sound: dict[str, dict[str, float]] = defaultdict(dict)
    for sound, written in pairs:
        if not HAN_WORD.fullmatch(written):
            continue
        word = "".join(fold.get(char, char) for char in written)
        points = 2 * japanese.know(word) + (word in chinese)
        if points > 1 or (points and len(word) == 2):
            key = initial_law(sound[0]) + sound[1:]
            by_sound[key][word] = points * JAPANESE / 2 + min(weight[char] for char in word)
    lines = []
    for sound, words in sorted(by_sound.items()):
        first, *others = sorted(words, key=lambda word: -words[word])[:3]
        lines.append(sound + first + "".join(word for word in others if words[word] >= JAPANESE))
    return lines


def words_of_line(line: str) -> list[str]:
    """The words of a line "도서관図書館": as long as their sound is, one after the other."""
    size = sum(1 for char in line if "가" <= char <= "힣")
    return [line[at : at + size] for at in range(size, len(line), size)]


def grouped(readings: dict[str, str]) -> list[str]:
    by_reading: dict[str, list[str]] = defaultdict(list)
    for char, reading in readings.items():
        by_reading[reading].append(char)
    return [f"{reading} {''.join(sorted(chars))}" for reading, chars in sorted(by_reading.items()) if reading]


def chinese_exceptions(usual: dict[str, str], fold: dict[str, str]) -> list[str]:
    """Phrases in which a character is not read in its usual way (重庆 chongqing)."""
    found = set()
    for phrase, syllables in PHRASES_DICT.items():
        if not 2 <= len(phrase) <= 3 or not HAN_WORD.fullmatch(phrase):
            continue
        read = [toneless(options[0]) for options in syllables]
        if read != [usual.get(char, "") for char in phrase] and all(read):
            found.add(f"{''.join(fold.get(char, char) for char in phrase)} {' '.join(read)}")
    return sorted(found)


def korean_exceptions(
    pairs: list[tuple[str, str]], usual: dict[str, str], fold: dict[str, str], words: set[str]
) -> list[str]:
    found: dict[str, str] = {}
    for sound, written in pairs:
        word = "".join(fold.get(char, char) for char in written)
        if not 2 <= len(word) <= 3 or word not in words:
            continue
        default = "".join(usual.get(char, "?") for char in written)
        if [initial_law(s) for s in sound] != [initial_law(s) for s in default]:
            found.setdefault(word, sound)
    return sorted(f"{word} {sound}" for word, sound in found.items())


def japanese_forms(classes: list[str], known: dict[str, set[str]], fold: dict[str, str]) -> list[str]:
    """Old forms Japan still has in its character set, with the new (圖 → 図); and characters Japan does not write
    whose Japanese form is not the first of their class (髮 → 髪, not 発)."""
    shinjitai = {old: new for new, olds in opencc_list("JPShinjitaiCharacters").items() for old in olds if old != new}
    traditional = opencc_list("STCharacters")
    daily = known["joyo"] | known["jinmeiyo"]
    found = []
    for char in "".join(classes):
        old = char if char in daily else traditional.get(char, [char])[0]
        form = shinjitai.get(old, old)
        expected = char if char in known["ja"] else fold[char]
        if form != expected and form in known["ja"]:
            found.append(char + form)
    return sorted(found)


def build() -> dict[str, list[str]]:
    known, often = repertoires(), frequencies()
    classes = ordered_classes(known, often)
    fold = {char: members[0] for members in classes for char in members}
    national = set().union(*(known[name] for name in ("ja", "zh", "zh-Hant", "ko")))
    chinese_usual = {c: r for c, r in mandarin(most_read()).items() if c in national or ord(c) < 0xA000}
    pairs = list(hanja())
    korean_usual = korean(pairs)
    chinese_words = {"".join(fold.get(char, char) for char in phrase) for phrase in PHRASES_DICT}
    shared = shared_words(pairs, fold, often, chinese_words)
    words = {word for line in shared for word in words_of_line(line)}
    return {
        "variants": classes,
        "living": [
            "".join(sorted(c for m in classes if sum(x in national for x in m) > 1 for c in m if c in national))
        ],
        "japanese": ["".join(japanese_forms(classes, known, fold))],
        "pinyin": grouped(chinese_usual),
        "pinyin phrases": chinese_exceptions(chinese_usual, fold),
        "hangul": grouped({char: sound for char, sound in korean_usual.items() if char in national}),
        "hangul words": korean_exceptions(pairs, korean_usual, fold, words),
        "shared words": shared,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=TARGET, help="where to write (%(default)s)")
    target = parser.parse_args().to
    sections = build()
    packed = lzma.compress(join_sections(sections), preset=9 | lzma.PRESET_EXTREME)
    for name in SECTIONS:
        size = len(lzma.compress("\n".join(sections[name]).encode(), preset=9))
        print(f"{name:16} {len(sections[name]):7} lines {size:8} bytes compressed")
    print(f"{'together':16} {len(packed):30} bytes")
    if len(packed) > LIMIT:
        raise SystemExit(f"The tables are over {LIMIT} bytes.")
    target.write_bytes(packed)


if __name__ == "__main__":
    main()
