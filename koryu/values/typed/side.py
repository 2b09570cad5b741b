"""One date, or the part of one that stands on one side of a span."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from koryu.values.edtf import Edtf, Qualifier
from koryu.values.reason import N_, Reason, Refused
from koryu.values.typed import eras
from koryu.values.typed.scan import DatePiece

_DAY: Final = "(?P<d>[NO])"
_MONTH: Final = "(?P<m>m)"
_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (
        # 2004年11月8日, 平成12年9月; 2004年8 before 至10月
        *(r"(?P<y>Y)y?", r"(?P<y>Y)y(?P<m>N)o?", r"(?P<y>Y)y(?P<m>N)o(?P<d>N)d?"),
        *(r"(?P<y>e)y?", r"(?P<y>e)y(?P<m>N)o?", r"(?P<y>e)y(?P<m>N)o(?P<d>N)d?"),
        *(r"(?P<short>N)y", r"(?P<short>N)y(?P<m>N)o", r"(?P<short>N)y(?P<m>N)o(?P<d>N)d?"),
        *(r"(?P<m>N)o", r"(?P<m>N)o(?P<d>N)d?", r"(?P<d>N)d"),
        # 2004. 11. 8., 2004/11/8, 2004-11-8, H12.9.5
        *(rf"(?P<y>[Ye])y?{at}(?P<m>N)(?:{at}(?P<d>N))?{end}" for at, end in ((r"\.", r"\.?"), ("/", ""), ("h", ""))),
        # 21.5.1999 is written day first; of 21/5/1999 the numbers must say it (`_day_first`)
        *(r"(?P<dayfirst>N)\.(?P<m>N)\.(?P<y>Y)", r"(?P<one>N)(?P<at>[/h])(?P<other>N)(?P=at)(?P<y>Y)"),
        *(r"(?P<p1>N)\.(?P<p2>N)\.?", r"(?P<p1>N)/(?P<p2>N)", r"(?P<p1>N)h(?P<p2>N)", r"(?P<bare>N)\.?", r"(?P<d>O)"),
        # 8 November 2004, November 8, 2004, 2004 Nov 8, 8-Nov-2004
        *(rf"{_DAY}\.?f?{_MONTH}(?:,?(?P<y>Y))?", rf"{_MONTH}(?:{_DAY}(?:,?(?P<y>Y))?)?", rf"{_MONTH},?(?P<y>Y)"),
        *(rf"(?P<y>Y),?{_MONTH}{_DAY}?", rf"{_DAY},?(?P<y>Y)", rf"{_DAY}h{_MONTH}h(?P<y>Y)", rf"{_DAY}f"),
        *(rf"{_DAY}/{_MONTH}/(?P<y>Y)", rf"{_MONTH}[h/](?P<y>Y)", rf"(?P<y>Y)[h/.]{_MONTH}(?:[h/.]{_DAY})?"),
        # the 28th of some month of 2020, 2020年某月28日
        *(r"(?P<some>[NO]),?f?M,?f?(?P<y>Y)", r"(?P<y>Y)y?M(?P<some>N)d?", r"(?P<decade>Z)"),
    )
)
WEEKDAYS: Final = (
    N_("“%(typed)s” is a Monday. Correct the day, or leave the day of the week out."),
    N_("“%(typed)s” is a Tuesday. Correct the day, or leave the day of the week out."),
    N_("“%(typed)s” is a Wednesday. Correct the day, or leave the day of the week out."),
    N_("“%(typed)s” is a Thursday. Correct the day, or leave the day of the week out."),
    N_("“%(typed)s” is a Friday. Correct the day, or leave the day of the week out."),
    N_("“%(typed)s” is a Saturday. Correct the day, or leave the day of the week out."),
    N_("“%(typed)s” is a Sunday. Correct the day, or leave the day of the week out."),
)


Turned = Literal["", "x", "s", "z"]
_TURNED: Final[tuple[Turned, ...]] = ("x", "s", "z")
_BEFORE: Final = re.compile(r"^(?:[aqxsz]|w,*)+")
# 17.(수). has a full stop after the day of the week.
_AFTER: Final = re.compile(r"(?:,*[aqxszw]|(?<=w)\.)+$")


@dataclass(frozen=True)
class DateSide:
    """What is written of one date. The other side tells whether `bare` and `pair` are days, months or years."""

    typed: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    short: tuple[int, int] | None = None
    bare: tuple[int, int] | None = None
    pair: tuple[int, int] | None = None
    named: bool = False
    day_first: bool = False
    era: eras.Era | None = None
    weekday: int | None = None
    whole: str = ""
    qualifier: Qualifier = ""
    about_before: bool = False
    about_after: bool = False
    turned: Turned = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is a date on its own."""
        if self.turned or self.short or self.bare or self.pair:
            return False
        return bool(self.whole) or (self.year is not None and (self.day is None or self.month is not None))

    @property
    def edtf(self) -> Edtf:
        """The whole date. Raises Refused if it never was, lies outside its era, or was another day of the week."""
        written = Edtf(
            self.whole or f"{self.year:04}" + "".join(f"-{n:02}" for n in (self.month, self.day) if n is not None)
        )
        if self.era:
            eras.check(self.era, self.typed, written.earliest, written.latest, to_the_month=self.month is not None)
        if self.weekday is not None and self.day is not None and written.earliest.weekday() != self.weekday:
            raise Refused(Reason(WEEKDAYS[written.earliest.weekday()], typed=str(written)))
        return Edtf(written + self.qualifier)


def side_of(pieces: Sequence[DatePiece]) -> DateSide | None:
    """The date these pieces are, or the part of one; None where they are neither."""
    inner, before, after = _bared(pieces)
    said = "".join(piece.letter for piece in (*before, *after))
    weekday = next((piece.value for piece in (*before, *after) if piece.letter == "w"), None)
    if not inner or any(said.count(letter) > 1 for letter in "aqw") or sum(said.count(letter) for letter in "xsz") > 1:
        return None
    side = _core(_same_year_twice(inner))
    if side is None or (weekday is not None and not (side.day or side.whole or side.bare or side.pair)):
        return None
    return replace(
        side,
        typed="".join(piece.text for piece in inner),
        weekday=weekday,
        qualifier="%" if "a" in said and "q" in said else "?" if "q" in said else "~" if "a" in said else "",
        about_before=any(piece.letter in "aq" for piece in before),
        about_after=any(piece.letter in "aq" for piece in after),
        turned=next((letter for letter in _TURNED if letter in said), ""),
    )


def _bared(pieces: Sequence[DatePiece]) -> tuple[tuple[DatePiece, ...], tuple[DatePiece, ...], tuple[DatePiece, ...]]:
    """The date itself, and what is said before and after it of its day of the week, its year, how sure it is."""
    letters = "".join(piece.letter for piece in pieces)
    first = len(letters) - len(_BEFORE.sub("", letters))
    last = len(_AFTER.sub("", letters[first:])) + first
    return tuple(pieces[first:last]), tuple(pieces[:first]), tuple(pieces[last:])


def _same_year_twice(pieces: tuple[DatePiece, ...]) -> tuple[DatePiece, ...]:
    """平成12年（2000年） says one year twice; if it says two, it is refused."""
    letters = "".join(piece.letter for piece in pieces)
    match = re.match(r"([Ye]y?)\(([Ye])y?\)(y?)", letters)
    if not match:
        return pieces
    first, second = pieces[0], pieces[match.start(2)]
    if first.value != second.value:
        raise Refused(
            Reason(
                "“%(typed)s” names two different years. Leave the wrong one out.",
                typed="".join(piece.text for piece in pieces),
            )
        )
    era = first if first.letter == "e" else second
    return (era, *(pieces[match.start(3) : match.end(3)] or pieces[1 : match.end(1)]), *pieces[match.end() :])


@lru_cache(maxsize=2048)
def _shape(letters: str) -> tuple[tuple[str, int], ...] | None:
    """(role, index) of each piece that has one, by the letters of all pieces; None where they make no date."""
    for shape in _SHAPES:
        if match := shape.fullmatch(letters):
            return tuple((name, match.start(name)) for name in shape.groupindex if match[name] is not None)
    return None


def _core(pieces: tuple[DatePiece, ...]) -> DateSide | None:
    places = _shape("".join(piece.letter for piece in pieces)) if len(pieces) <= 12 else None
    if places is None:
        return None
    at = {name: pieces[index] for name, index in places}
    typed = "".join(piece.text for piece in pieces)
    if "decade" in at:
        return DateSide(typed, whole=at["decade"].text)
    if "some" in at:
        return DateSide(typed, whole=f"{at['y'].value:04}-XX-{at['some'].value:02}")
    if "one" in at:
        return _day_first(typed, at["one"].value, at["other"].value, at["y"].value)
    year, month, day = (at[name].value if name in at else None for name in ("y", "m", "d"))
    number, short = at.get("bare"), at.get("short")
    return DateSide(
        typed,
        year=year,
        month=month,
        day=at["dayfirst"].value if "dayfirst" in at else day,
        short=(short.value, short.digits) if short else None,
        bare=(number.value, number.digits) if number else None,
        pair=(at["p1"].value, at["p2"].value) if "p1" in at else None,
        named="m" in at and at["m"].letter == "m",
        day_first="dayfirst" in at,
        era=at["y"].era if "y" in at else None,
    )


def _day_first(typed: str, first: int, other: int, year: int) -> DateSide:
    """25/12/2003 can be read one way only; 5/12/2003 cannot."""
    if first <= 12 and other <= 12 and first != other:
        raise Refused(Reason("“%(typed)s” may be either of two days; write the month in words.", typed=typed))
    day, month = (other, first) if other > 12 else (first, other)
    return DateSide(typed, year=year, month=month, day=day, day_first=first > 12)
