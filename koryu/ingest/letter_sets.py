"""Letters of mails and their headers: which encoding is meant by the name of another, and which where none is named.

Mail programs of East Asia write more letters than the encoding has that they name: ①, ㈱ and 髙 under ISO-2022-JP, all
of GB 18030 under GB2312. What is named is therefore read as the larger set that the program has in truth.
"""

import re
from typing import Final

from koryu.ingest.text_tables import likeliest

# The names under which mail programs write, and what they write.
_WIDER: Final = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "big5": "cp950",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
}
# What Python knows as encodings of texts and no mail is written in.
_NO_LETTERS: Final = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
_JAPANESE: Final = re.compile(r"(?:cs)?iso-?2022-?jp.*|cp5022\d", re.IGNORECASE)
_ESCAPE: Final = re.compile(rb"\x1b(\$[@B]|\([BJI]|\$\([DOQ])")
_LOST: Final = "\ufffd"


def letters_of(body: bytes, named: str) -> str:
    """The text of these bytes, which are said to be in this encoding ('' where nothing is said). Never raises.

    What cannot be read is U+FFFD.
    """
    name = named.strip().strip("\"'").lower()
    if _JAPANESE.fullmatch(name) or (not name and _ESCAPE.search(body)):
        return _from_japanese(body)
    if not name or name in ("us-ascii", "ascii", "unknown-8bit", "x-unknown", "default", "8bit", "binary"):
        return _guessed(body)
    if name.replace("_", "-") in _NO_LETTERS:
        return _guessed(body)
    try:
        return body.decode(_WIDER.get(name, name), "replace")
    except (LookupError, ValueError):
        return _guessed(body)


def _guessed(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return likeliest(body) or body.decode("utf-8", "replace")


def _from_japanese(body: bytes) -> str:
    try:
        return body.decode("iso2022_jp_3" if b"\x1b$(" in body else "iso2022_jp")
    except UnicodeDecodeError:
        return _by_arithmetic(body)


def _by_arithmetic(body: bytes) -> str:
    """ISO-2022-JP with the letters of Windows: each pair is moved to where Shift_JIS has it (JIS X 0208, annex 1)."""
    words: list[str] = []
    mode = b"(B"
    at = 0
    for escape in (*_ESCAPE.finditer(body), None):
        run = body[at : escape.start() if escape else len(body)]
        if mode in (b"$@", b"$B"):
            words.append(_pairs(run))
        elif mode == b"(I":
            words.append(bytes(each | 0x80 for each in run).decode("cp932", "replace"))
        elif mode in (b"(B", b"(J"):
            words.append(run.decode("cp932", "replace"))
        else:
            words.append(_LOST * (len(run) // 2))
        if escape:
            mode, at = escape[1], escape.end()
    return "".join(words)


def _pairs(run: bytes) -> str:
    made = bytearray()
    lead = 0
    for each in run:
        if each < 0x21 or each > 0x7E:
            # A line ends without going back to ASCII first; half a pair before it is lost.
            lead = 0
            made.append(each if each < 0x80 else 0x3F)
        elif not lead:
            lead = each
        else:
            first = ((lead - 0x21) >> 1) + 0x81
            first += 0x40 if first > 0x9F else 0
            second = each + 0x1F + (each >= 0x60) if lead & 1 else each + 0x7E
            made += bytes((first, second))
            lead = 0
    return made.decode("cp932", "replace")
