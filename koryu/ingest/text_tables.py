"""Tables written as text: in which encoding, with which sign between the cells.

UTF-8 is certain where it reads at all, and so is UTF-16 with its mark. Of the national encodings several may read the
same bytes: the one in which most known heads of columns appear is taken, and the page says which it was.
"""

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from koryu.values.reason import Reason, Refused

# In the order in which they are tried, and offered.
NATIONAL: Final = ("cp932", "gb18030", "cp949", "euc_jp")
OFFERED: Final = ("utf-8", *NATIONAL, "big5", "utf-16")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE: Final = 200_000
_SEPARATORS: Final = ("\t", ",", ";")
_LONGEST_CELL: Final = 1_000_000
NO_ENCODING: Final = Reason("The characters in this file cannot be read. Save it again as CSV in UTF-8, or as .xlsx.")


def decoded(body: bytes, *, words: Collection[str], wanted: str = "") -> tuple[str, str]:
    """(the text, the encoding it was read in): the `wanted` one, else the likeliest. Raises Refused where none reads.

    `words` are the heads of columns that are known.
    """
    if wanted in OFFERED:
        name = "utf-8-sig" if wanted == "utf-8" else wanted
        # What somebody chose is shown as far as it reads.
        return body.decode(name, "replace"), wanted
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _strictly(body, encoding), "utf-8" if encoding == "utf-8-sig" else "utf-16"
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    readings = _readings(body)
    if not readings:
        raise Refused(NO_ENCODING)
    best = max(readings, key=lambda encoding: _likelihood(readings[encoding][:_SAMPLE], encoding, words))
    return readings[best], best


def likeliest(body: bytes) -> str | None:
    """A text in no known encoding as it most likely reads; None where it reads in none."""
    readings = _readings(body)
    if not readings:
        return None
    return readings[max(readings, key=lambda encoding: _likelihood(readings[encoding][:_SAMPLE], encoding, ()))]


def _readings(body: bytes) -> dict[str, str]:
    return {encoding: text for encoding in NATIONAL if (text := _read(body, encoding)) is not None}


def _likelihood(text: str, encoding: str, words: Iterable[str]) -> tuple[int, int, float]:
    """How many of the known heads are cells of it; how few letters it has that nobody uses; how much it looks like what
    is written in that script."""
    lines = [line.replace(";", ",").replace("\t", ",").split(",") for line in text.splitlines()[:25]] if words else []
    cells = {cell.strip(' "\t') for line in lines for cell in line}
    heads = sum(word in cells for word in words)
    odd = sum("\ue000" <= letter <= "\uf8ff" or "\uff61" <= letter <= "\uff9f" for letter in text)
    return heads, -odd, _looks_written([letter for letter in text if letter > "\x7f"], encoding)


def _looks_written(letters: Sequence[str], encoding: str) -> float:
    """Korean is nearly all Hangul, Japanese has kana among its characters, Chinese has neither.

    Each of them read in the encoding of another gives some of what that writes, and never most of it.
    """
    count = len(letters) or 1
    hangul = sum("\uac00" <= letter <= "\ud7a3" for letter in letters) / count
    kana = sum("\u3041" <= letter <= "\u30fe" for letter in letters) / count
    han = sum("\u4e00" <= letter <= "\u9fff" or "\u3000" <= letter <= "\u303f" for letter in letters) / count
    if hangul > 0.9:
        return 1.0
    # The kana stand at the same place in GB 18030 as in EUC-JP, and nobody writes Japanese in it.
    if kana > 0.1 and encoding != "gb18030":
        return 0.95 * (kana + han)
    return 0.9 * han


def _strictly(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(NO_ENCODING) from error


def _read(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None


def cells_in(text: str, *, most: int) -> Iterator[tuple[int, list[str]]]:
    """(the number of the line, its cells) for lines that are not empty, `most` and one of them; the rest unread.

    A cell that was guarded so that no spreadsheet takes it for a formula comes without its guard.
    """
    separator = _separator(text)
    # Of a thread that is a process of its own.
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(text.replace("\x00", "").splitlines(keepends=True), delimiter=separator)
    try:
        filled = ((number, row) for number, row in enumerate(lines, 1) if any(cell.strip() for cell in row))
        for number, row in islice(filled, most + 1):
            yield number, [_without_guard(cell) for cell in row]
    except csv.Error as error:
        raise Refused(Reason("This file cannot be read as a table: a quotation mark is not closed.")) from error


def _without_guard(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'").startswith(GUARDED) else cell


# What a spreadsheet takes for the beginning of a formula; see `koryu.publishing.spreadsheets`.
GUARDED: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _separator(text: str) -> str:
    """The sign that stands in most of the first lines, the same number of times."""
    lines = [line for line in islice(text.splitlines(), 40) if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in _SEPARATORS}
    return max(_SEPARATORS, key=lambda sign: (sum(map(bool, counts[sign])), sum(counts[sign])))
