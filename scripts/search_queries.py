"""Makes tests/search/queries.yaml from the shipped record: what may be typed, and which records it must find.

The forms are made with other means than the search's own tables where there are any: OpenCC turns characters,
pypinyin reads Chinese, and Japanese is romanized here from the kana on record. `python -m scripts.search_queries`
writes the file anew; what no rule can make stands in tests/search/queries-by-hand.yaml.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import yaml
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from koryu.ingest.dataset import read
from koryu.search.entries import PUBLIC, SearchEntry, WrittenForm
from koryu.search.kana import KANA

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "tests" / "search" / "queries.yaml"
BASE = "tag:koryu,2026:"
TO_TRADITIONAL, TO_SIMPLIFIED, TO_OLD_JAPANESE = OpenCC("s2t"), OpenCC("t2s"), OpenCC("jp2t")
HAN = re.compile("[\u4e00-\u9fff]")
HANGUL = re.compile("[가-힣]")
KATAKANA = re.compile("[ァ-ヺ]{2,}")
TITLES = ("theme", "programme", "exchange", "paper", "agreement", "outcome", "report", "service")
ONE_TITLE_IN = 4
# Words of two characters: Japanese, old or traditional, simplified, Korean.
WORDS = """
国会 國會 国会 국회; 交流 交流 交流 교류; 児童 兒童 儿童 어린이; 複写 複寫 复制 복사;
書誌 書誌 书目 서지; 研修 研修 研修 연수; 保存 保存 保存 보존; 目録 目錄 目录 목록;
雑誌 雜誌 杂志 잡지; 写真 寫眞 照片 사진; 点字 點字 盲文 점자; 法律 法律 法律 법률;
障害 障害 障碍 장애; 議会 議會 议会 의회; 電子 電子 电子 전자; 憲法 憲法 宪法 헌법;
総督 總督 总督 총독; 関西 關西 关西 간사이;
""".split(";")


def documents() -> list[SearchEntry]:
    """What each shipped record says it is to be found by."""
    sets = [read(file) for file in sorted((ROOT / "koryu" / "data").glob("**/*.yaml"))]
    return [record.document.found_by(record.uri, audience=(PUBLIC,)) for one in sets for record in one.records]


def main() -> None:
    entries = documents()
    groups: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entry in entries:
        for form in entry.names:
            for group, query in of_name(form):
                groups[group][query].add(entry.uri)
        for form in entry.titles if entry.kind in TITLES else ():
            for group, query in of_title(form):
                groups[group][query].add(entry.uri)
    share_names(groups, entries)
    for forms in filter(str.strip, WORDS):
        for query in dict.fromkeys(forms.split()):
            groups["two characters"][query] = holding(forms.split(), entries)
    write({group: dict(pairs) for group, pairs in groups.items()})


def of_name(form: WrittenForm) -> Iterator[tuple[str, str]]:
    """(group, query) for everything that a name may be typed as."""
    text, lang = form.text, form.lang
    yield "as written", text
    if text.isascii():
        yield "full width", "".join(chr(ord(char) + 0xFEE0) if char > " " else "\u3000" for char in text)
        yield "lower case", text.lower()
        words = text.split()
        if lang.endswith(("Latn", "pinyin")) and len(words) == 2:
            yield "names turned round", f"{words[1]} {words[0]}"
            if max(map(len, words)) > 4:
                yield "slips", slip(text)
    if HAN.search(text):
        yield from characters(text, lang)
    if HANGUL.search(text):
        yield "NFD", unicodedata.normalize("NFD", text)
        yield "spaces", "".join(text.split()) if " " in text else f"{text[:2]} {text[2:]}"
    if KATAKANA.search(text):
        yield "half-width kana", half_width(text)
    for reading in form.readings:
        yield from of_reading(reading.text)


def of_title(form: WrittenForm) -> Iterator[tuple[str, str]]:
    """The same for one in some of the titles, taken by their digest, so that it does not change."""
    if int(sha256(form.text.encode()).hexdigest(), 16) % ONE_TITLE_IN or len(form.text) < 4:
        return
    if HAN.search(form.text):
        yield from characters(form.text, form.lang)
    elif HANGUL.search(form.text):
        yield "NFD", unicodedata.normalize("NFD", form.text)
        yield "spaces", "".join(form.text.split())


def characters(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """A text in Han characters in other forms of them, and in pinyin where it is Chinese and nothing else."""
    old = TO_OLD_JAPANESE.convert(text) if lang.startswith("ja") else TO_TRADITIONAL.convert(text)
    if old != text:
        yield "old and traditional", old
    if lang.startswith("ja") and TO_SIMPLIFIED.convert(old) != text:
        yield "simplified", TO_SIMPLIFIED.convert(old)
    if lang.startswith("zh") and len(text) < 14 and all(map(HAN.match, text)):
        yield "pinyin", "".join(lazy_pinyin(text, style=Style.TONE))
        yield "pinyin without tones", " ".join(lazy_pinyin(text, v_to_u=True)).replace("ü", "u")


def of_reading(reading: str) -> Iterator[tuple[str, str]]:
    """A reading on record, in its own script and others."""
    if re.fullmatch("[ぁ-ゖー]+", reading):
        yield "kana", reading
        katakana = "".join(chr(ord(char) + 0x60) if char != "ー" else char for char in reading)
        yield "katakana", katakana
        yield "half-width kana", half_width(katakana)
        letters = romanized(reading)
        yield "Hepburn", letters.replace("ou", "ō").replace("uu", "ū")
        yield "Hepburn as typed", letters
    else:
        yield "readings", reading
        yield "readings", plain(reading)


def romanized(kana: str) -> str:
    """Kana in Hepburn, letter by letter: long vowels as they are spelled."""
    letters, at = "", 0
    while at < len(kana):
        size = 2 if kana[at : at + 2] in KANA else 1
        letters += KANA[kana[at : at + size]]
        at += size
    return re.sub("q(.)", r"\1\1", letters).replace("cch", "tch")


def plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text) if text.isascii() or not KATAKANA.search(text) else text
    return "".join(char for char in bare if not unicodedata.combining(char)).lower()


def half_width(text: str) -> str:
    table = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
    marks = {"\u3099": "ﾞ", "\u309a": "ﾟ"}
    return "".join(marks.get(char, table.get(char, char)) for char in unicodedata.normalize("NFD", text))


def slip(name: str) -> str:
    """A name with one letter of its longest word left out."""
    longest = max(name.split(), key=len)
    return name.replace(longest, longest[: len(longest) // 2] + longest[len(longest) // 2 + 1 :])


def share_names(groups: dict[str, dict[str, set[str]]], entries: Iterable[SearchEntry]) -> None:
    """Whoever bears the very name that was typed must be found too."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for form in entry.names:
            bearers[plain(form.text)].add(entry.uri)
    for pairs in groups.values():
        for query, wanted in pairs.items():
            wanted |= bearers.get(plain(query), set())


def holding(forms: list[str], entries: Iterable[SearchEntry]) -> set[str]:
    """The records with one of these words in a name or title."""
    return {
        entry.uri
        for entry in entries
        for form in (*entry.names, *entry.titles)
        if any(one in form.text for one in forms)
    }


def write(groups: dict[str, dict[str, set[str]]]) -> None:
    found = {
        group: {
            query: sorted(uri.removeprefix(BASE) for uri in wanted) for query, wanted in sorted(pairs.items()) if wanted
        }
        for group, pairs in sorted(groups.items())
    }
    told = "# What is typed: what must be found. Made by scripts/search_queries.py from the shipped record.\n"
    TARGET.write_text(told + yaml.safe_dump(found, allow_unicode=True, width=120, sort_keys=False), "utf-8")
    print(f"{sum(map(len, found.values()))} queries in {len(found)} groups")


if __name__ == "__main__":
    main()
