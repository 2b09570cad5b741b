"""Ordinal numbers written in Han characters, as figures: 第四次 is 第4次, 第二十四回 is 第24回."""

import re
from functools import cache
from typing import Final

from koryu.search.folding import Stretch, fold

_DIGITS: Final = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_TENS: Final = {"十": 10, "百": 100}
_ORDINAL: Final = re.compile(f"第([{''.join(_DIGITS)}{''.join(_TENS)}]{{1,6}})")


def in_figures(pieces: tuple[Stretch, ...]) -> str:
    """A query with its ordinals in figures and apart from what follows, its words apart where they were; '' where that
    is how it was typed."""
    words = [_apart(piece) for piece in pieces]
    made = [_counted().sub(r"\1 ", _ORDINAL.sub(_figure, word)) for word in words]
    return " ".join(made) if made != words else ""


@cache
def _counted() -> re.Pattern[str]:
    """An ordinal with what it counts, and more right behind it: 第4回清水."""
    counters = "".join(char for each in "回次届屆期회차" for piece in fold(each) for char in piece.chars)
    return re.compile(f"([第제][0-9]+[{counters}])(?=[^ ])")


def _apart(piece: Stretch) -> str:
    return "".join(f" {char}" if place in piece.gaps else char for place, char in enumerate(piece.chars))


def _figure(match: re.Match[str]) -> str:
    value = number_of(match[1])
    return match[0] if value is None else f"第{value}"


def number_of(han: str) -> int | None:
    """The number that these characters write: 二十四, 二四, 百; None where they write none."""
    if not any(char in _TENS for char in han):
        return int("".join(str(_DIGITS[char]) for char in han))
    whole, units = 0, None
    for char in han:
        if char in _DIGITS:
            # A zero only holds a place: 一百零三.
            if units:
                return None
            units = _DIGITS[char]
        else:
            whole, units = whole + (1 if units is None else units) * _TENS[char], None
    return whole + (units or 0)


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text folded for comparing, ordinals in figures."""
    pieces = fold(text)
    return tuple((in_figures(pieces) or " ".join(map(_apart, pieces))).split())
