"""Tables written as text: in which encoding, with which sign between the cells.

UTF-8 is certain where it reads at all, and so is UTF-16 with its mark. Of the national encodings several may read the
same bytes: the one in which most known heads of columns appear is taken, and the page says which it was.
"""

import csv
from collections.abc import Collection, Iterable, Iterator
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
NO_ENCODING: Final = Reason("The letters of this file cannot be read. Save it again as CSV in UTF-8, or as .xlsx.")


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
    readings = {encoding: text for encoding in NATIONAL if (text := _read(body, encoding)) is not None}
    if not readings:
        raise Refused(NO_ENCODING)
    letters = frozenset("".join(words)) - frozenset(map(chr, range(128)))
    best = max(readings, key=lambda encoding: _likelihood(readings[encoding][:_SAMPLE], words, letters))
    return readings[best], best


def _likelihood(text: str, words: Iterable[str], letters: Collection[str]) -> tuple[int, int, float]:
    """By how many of the known heads are cells of it, how few letters nobody uses it has, how many are known."""
    cells = {
        cell.strip(' "\t')
        for line in text.splitlines()[:25]
        for cell in line.replace(";", ",").replace("\t", ",").split(",")
    }
    heads = sum(word in cells for word in words)
    odd = sum("\ue000" <= letter <= "\uf8ff" or "\uff61" <= letter <= "\uff9f" for letter in text)
    foreign = [letter for letter in text if letter > "\x7f"]
    share = sum(letter in letters for letter in foreign) / (len(foreign) or 1)
    return heads, -odd, share


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
GUARDED: Final = ("=", "+", "-", "@", "\t", "\r")


def _separator(text: str) -> str:
    """The sign that stands in most of the first lines, the same number of times."""
    lines = [line for line in islice(text.splitlines(), 40) if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in _SEPARATORS}
    return max(_SEPARATORS, key=lambda sign: (sum(map(bool, counts[sign])), sum(counts[sign])))
