"""Uncertain dates as people type them, in any of the four languages: "May 1999", "1985–86", "2003年1月から".

A text is taken to pieces (`scan`), its pieces are recognised as one date by their letters (`side`), and two dates make
a span (`span`). Each step looks at a text once or a few times, and a text longer than a date is not looked at.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from koryu.values.edtf import Edtf
from koryu.values.reason import Reason, Refused
from koryu.values.typed.scan import DatePiece, pieces, plain
from koryu.values.typed.side import DateSide, side_of
from koryu.values.typed.span import joined

MOST: Final = 100
"""The most characters a typed date has."""
_MOST_PIECES: Final = 32
_JOINTS: Final = "DSKVh/"

_Found = Edtf | None


def as_typed(typed: str) -> Edtf:
    """The date that somebody typed, in English, Japanese, Chinese or Korean, or as EDTF.

    What the pages write is read back as the same date. Raises Refused with what is wrong, with the two dates it may
    be, or with how dates are written where nothing was understood.
    """
    if len(typed) > MOST:
        raise Refused(
            Reason(
                "A date has at most %(most)s characters; this has %(length)s. Put the rest in a note.",
                most=MOST,
                length=len(typed),
            )
        )
    text = plain(typed)
    # A full-width tilde means from: only a half-width one is the mark for "about" that records write.
    if exact := _exactly(typed.strip()) or ("~" not in text and _exactly(text)):
        return exact
    read = pieces(text)
    if read and len(read) <= _MOST_PIECES and (understood := _understood(read, typed.strip())):
        return understood
    raise Refused(
        Reason(
            "“%(typed)s” is not understood as a date; it can be written like May 1999, 1985–1986, about 2003, "
            "from January 2003, 12–16 November 2019.",
            typed=typed.strip(),
        )
    )


def _exactly(text: str) -> _Found:
    """The date, if it is written as EDTF already; an impossible day is refused later, with a better message."""
    try:
        return Edtf(text.upper())
    except Refused:
        return None


def _understood(read: Sequence[DatePiece], typed: str) -> _Found:
    """The first way of reading it that makes a date; what is wrong with the first way otherwise, if it says so."""
    wrong = None
    for attempt in (_one, _until_today, _between, _from, _until, _span):
        try:
            if date := attempt(read):
                if attempt is _one or attempt is _span:
                    _ask_if_ambiguous(read, typed)
                return date
        except Refused as refused:
            wrong = wrong or refused
    if wrong:
        raise wrong
    return None


def _letters(read: Sequence[DatePiece]) -> str:
    return "".join(piece.letter for piece in read)


def _one(read: Sequence[DatePiece]) -> _Found:
    side = side_of(read)
    return side.edtf if side and side.is_whole else None


def _until_today(read: Sequence[DatePiece]) -> _Found:
    """1981年至今, 1981–present, since May 1981 until today."""
    letters = _letters(read).rstrip("U")
    if not letters.endswith("P"):
        return None
    begin = letters[:-1].rstrip("DSKVEh")
    return _opening(read[letters.startswith("F") : len(begin)])


def _from(read: Sequence[DatePiece]) -> _Found:
    letters = _letters(read)
    begin = letters[:-1] if letters[-1] in "EKD" else letters
    if begin == letters and letters[0] != "F":
        return None
    return _opening(read[letters[0] == "F" : len(begin)])


def _opening(read: Sequence[DatePiece]) -> _Found:
    begin = _one(read) if read else None
    return Edtf(f"{begin}/..") if begin else None


def _until(read: Sequence[DatePiece]) -> _Found:
    letters = _letters(read)
    first, last = letters[0] in "VLD", letters[-1] == "U"
    end = _one(read[first : len(letters) - last]) if first or last else None
    return Edtf(f"../{end}") if end else None


def _between(read: Sequence[DatePiece]) -> _Found:
    """Between two dates."""
    letters = _letters(read)
    if letters[0] == "B":
        joints, inner = "A", read[1:]
    elif letters[-1] in "Gg":
        # から10日間 is how long something took, から10日の間 between two days.
        joints, inner = ("V" if letters[-1] == "g" else "KVR"), read[:-1]
    else:
        return None
    if _letters(inner).endswith("U"):
        inner = inner[:-1]
    for begin, end, _ in _sides(inner, joints):
        says_itself = (begin.is_whole or not end.bare) and (end.is_whole or letters[-1] != "g")
        if says_itself and (span := joined(begin, end)):
            return span
    return None


def _span(read: Sequence[DatePiece]) -> _Found:
    letters = _letters(read)
    ended = letters[-1] == "U"
    inner = read[letters[0] == "F" : len(read) - ended]
    wrong = None
    for begin, end, joint in _sides(inner, _JOINTS):
        if not _may_join(begin, end, joint, ended=ended):
            continue
        both = joint.tight and not (begin.about_after or end.about_before)
        try:
            if span := joined(begin, end, both=both and bool(begin.qualifier) != bool(end.qualifier)):
                return span
        except Refused as refused:
            wrong = wrong or refused
    if wrong:
        raise wrong
    return None


def _may_join(begin: DateSide, end: DateSide, joint: DatePiece, *, ended: bool) -> bool:
    if joint.letter == "/":
        # 85/86 and 1/2 2004 are anybody's guess; 1985/86 and May/June 2004 are not.
        return begin.is_whole or (begin.named and end.named and begin.day is None)
    if joint.letter == "K":
        # 2004年から3年 is as likely how long something took.
        return ended or end.is_whole or end.month is not None
    # Nobody writes 2004年～5年 for 2005.
    return not (end.short and end.short[1] == 1 and begin.era is None)


def _sides(read: Sequence[DatePiece], joints: str) -> Iterator[tuple[DateSide, DateSide, DatePiece]]:
    """Both sides of each place where the text may be cut, the clearest cuts first."""
    cuts = [at for at, piece in enumerate(read) if piece.letter in joints and 0 < at < len(read) - 1]
    for at in sorted(cuts, key=lambda at: (read[at].letter in "h/", not read[at].spaced)):
        begin, end = side_of(read[:at]), side_of(read[at + 1 :])
        if begin and end:
            yield begin, end, read[at]


def _ask_if_ambiguous(read: Sequence[DatePiece], typed: str) -> None:
    """1985/6 is June 1985, or 1985 and 1986: raise Refused with both."""
    if _letters(read) not in ("YhN", "Y/N", "YDN") or read[1].spaced or read[1].text == "~":
        return
    (first, sign, second), year = read, read[0].value
    if not 1 <= second.value <= 12:
        return
    ten = 10 if second.digits == 1 else 100
    last = year // ten * ten + second.value
    if last <= year or last - year > 20 or (sign.letter == "/" and last != year + 1):
        return
    raise Refused(
        Reason(
            "“%(typed)s” may be the month %(month)s or the years %(years)s; write it like one of these.",
            typed=typed,
            month=f"{first.value:04}-{second.value:02}",
            years=f"{year}–{last}",
        )
    )
