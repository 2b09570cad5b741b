"""Japanese sounds: kana and romanized Japanese as strings of morae, one private character each.

Long vowels are dropped, so that kōryū, koryu, kouryuu and こうりゅう are one; Hepburn and Kunrei are read alike.
"""

import re
from functools import cache, lru_cache

_ROWS = """
あ a い i う u え e お o か ka き ki く ku け ke こ ko が ga ぎ gi ぐ gu げ ge ご go
さ sa し shi す su せ se そ so ざ za じ ji ず zu ぜ ze ぞ zo た ta ち chi つ tsu て te と to
だ da ぢ ji づ zu で de ど do な na に ni ぬ nu ね ne の no は ha ひ hi ふ fu へ he ほ ho
ば ba び bi ぶ bu べ be ぼ bo ぱ pa ぴ pi ぷ pu ぺ pe ぽ po ま ma み mi む mu め me も mo
や ya ゆ yu よ yo ら ra り ri る ru れ re ろ ro わ wa ゐ i ゑ e を o ん n っ q ゔ bu
きゃ kya きゅ kyu きょ kyo ぎゃ gya ぎゅ gyu ぎょ gyo しゃ sha しゅ shu しょ sho じゃ ja じゅ ju じょ jo
ちゃ cha ちゅ chu ちょ cho ぢゃ ja ぢゅ ju ぢょ jo にゃ nya にゅ nyu にょ nyo ひゃ hya ひゅ hyu ひょ hyo
びゃ bya びゅ byu びょ byo ぴゃ pya ぴゅ pyu ぴょ pyo みゃ mya みゅ myu みょ myo りゃ rya りゅ ryu りょ ryo
ふぁ fa ふぃ fi ふぇ fe ふぉ fo てぃ chi でぃ ji とぅ tsu どぅ zu うぃ wi うぇ we うぉ wo しぇ she じぇ je ちぇ che
つぁ tsa つぃ tsi つぇ tse つぉ tso ゔぁ ba ゔぃ bi ゔぇ be ゔぉ bo でゅ ju てゅ chu ふゅ fyu
くぁ kwa くぃ kwi くぇ kwe くぉ kwo
ぁ a ぃ i ぅ u ぇ e ぉ o ゃ ya ゅ yu ょ yo
"""
_OTHER_SPELLINGS = """
si shi ti chi tu tsu hu fu zi ji di ji du zu sya sha syu shu syo sho tya cha tyu chu tyo cho zya ja zyu ju zyo jo
jya ja jyu ju jyo jo dya ja dyu ju dyo jo cya cha cyu chu cyo cho va ba vi bi vu bu ve be vo bo
la ra li ri lu ru le re lo ro wo o
"""
_FIRST_CODE = 0xE000
_MOST_WAYS = 6


def _pairs(rows: str) -> dict[str, str]:
    words = rows.split()
    return dict(zip(words[::2], words[1::2], strict=True))


KANA = _pairs(_ROWS)
MORAE = sorted(set(KANA.values()))
CODES = {mora: chr(_FIRST_CODE + place) for place, mora in enumerate(MORAE)}
LETTERS = {code: mora for mora, code in CODES.items()}
_OF_KANA = {kana: CODES[mora] for kana, mora in KANA.items()}
_OF_LETTERS = CODES | {other: CODES[usual] for other, usual in _pairs(_OTHER_SPELLINGS).items()}
_STOP, _SYLLABIC_N = CODES["q"], CODES["n"]
_DOUBLED = re.compile(r"([kstpcgdbzjfhr])(?=\1)|t(?=ch)")
_HIRAGANA = {ord("ァ") + place: ord("ぁ") + place for place in range(86)}


def to_hiragana(text: str) -> str:
    return text.translate(_HIRAGANA)


def _vowel(code: str) -> str:
    return LETTERS[code][-1]


def _lengthens(before: str, code: str) -> bool:
    """Whether a mora only lengthens the vowel before it (ko+u, o+o, u+u, a+a, i+i, e+e)."""
    vowel, now = _vowel(before), LETTERS[code]
    return before not in (_STOP, _SYLLABIC_N) and (now == vowel or (vowel, now) == ("o", "u"))


@lru_cache(maxsize=4096)
def morae_of_kana(kana: str) -> str:
    """The morae of a word in hiragana or katakana, long vowels dropped; what is not kana is left out."""
    out = ""
    kana = to_hiragana(kana)
    at = 0
    while at < len(kana):
        size = 2 if kana[at : at + 2] in _OF_KANA else 1
        code = _OF_KANA.get(kana[at : at + size], "")
        at += size
        if code and not (out and _lengthens(out[-1], code)):
            out += code
    return out.rstrip(_STOP)


def ways_of_kana(kana: str) -> list[str]:
    """The morae a typed word in kana may stand for: long vowels dropped, or kept where two words may meet."""
    kana = to_hiragana(kana)
    codes = []
    at = 0
    while at < len(kana):
        size = 2 if kana[at : at + 2] in _OF_KANA else 1
        if kana[at : at + size] not in _OF_KANA:
            return []
        codes.append(_OF_KANA[kana[at : at + size]])
        at += size
    return _shortened(codes)


def _shortened(codes: list[str]) -> list[str]:
    long = [at for at in range(1, len(codes)) if _lengthens(codes[at - 1], codes[at])]
    ways = ["".join(code for at, code in enumerate(codes) if at not in long)]
    for kept in long[: _MOST_WAYS - 1]:
        ways.append("".join(code for at, code in enumerate(codes) if at not in long or at == kept))
    return list(dict.fromkeys(ways))


def ways_of_letters(letters: str) -> list[str]:
    """The morae that plain lower-case Latin letters may stand for, best first; none when it is not Japanese."""
    ways: list[str] = []
    for codes in _cuts(letters):
        ways.extend(way for way in _shortened(list(codes)) if way not in ways)
        if len(ways) >= _MOST_WAYS:
            break
    return ways[:_MOST_WAYS]


@lru_cache(maxsize=512)
def _cuts(letters: str) -> tuple[str, ...]:
    cuts: list[str] = []

    def go(at: int, codes: str) -> None:
        if len(cuts) >= 4 or at == len(letters):
            cuts.extend([codes] if at == len(letters) and len(cuts) < 4 else [])
            return
        if _DOUBLED.match(letters, at):
            go(at + 1, codes + _STOP)
            return
        for size in (3, 2, 1):
            code = _OF_LETTERS.get(letters[at : at + size])
            if code and at + size <= len(letters) and code not in (_STOP, _SYLLABIC_N):
                go(at + size, codes + code)
                break
        rest = letters[at + 1 : at + 2]
        if letters[at] == "n" or (letters[at] == "m" and rest in ("b", "p", "m")):
            go(at + 1, codes + _SYLLABIC_N)
        elif letters[at] == "h" and codes and _vowel(codes[-1]) == "o" and rest not in tuple("aiueoy"):
            go(at + 1, codes)

    go(0, "")
    return tuple(filter(None, cuts))


@cache
def _geminate() -> dict[str, str]:
    return {mora: ("t" if mora.startswith("ch") else mora[0]) for mora in MORAE}


def hepburn(morae: str) -> str:
    """Morae in Hepburn letters without long vowels, for showing how a text was read."""
    out = ""
    for at, code in enumerate(morae):
        if code == _STOP and at + 1 < len(morae):
            out += _geminate()[LETTERS[morae[at + 1]]]
        elif code in LETTERS and code != _STOP:
            out += LETTERS[code]
        else:
            out += "" if code == _STOP else code
    return out
