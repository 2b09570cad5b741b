"""Characters that cannot be seen: what they do to a reader's eyes, and which of them a script needs.

A mark of direction turns 101 into what looks like 110, a tag character hides a sentence in a name, and a filler makes
two titles look like one. In names, titles and identifiers they are refused; elsewhere they are shown as signs.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from koryu.values.reason import Reason, Refused

# Whatever a face draws as nothing: Unicode's Default_Ignorable_Code_Point and what else is of category Cf, Zl or Zp,
# with the fillers and blanks that are letters or symbols by their category.
_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SUSPECT: Final = re.compile(f"[{_UNSEEN}]")
_SELECTORS: Final = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINERS: Final = "\u200c\u200d"
# Scripts in which a joiner changes how letters are drawn: Arabic to Tibetan, Myanmar, Khmer, Mongolian, Arabic forms.
_JOINED: Final = re.compile(
    "[\u0600-\u0fff\u1000-\u109f\u1780-\u18af\ua840-\ua87f\ua8e0-\uabff\ufb50-\ufdff\ufe70-\ufefc]"
)
_HAN: Final = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# What is written from right to left, or may be; a text without it needs nothing to keep it apart from its neighbours.
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def unseen(text: str) -> tuple[int, ...]:
    """Where characters stand that nobody sees and no script needs there."""
    if not _SUSPECT.search(text):
        return ()
    return tuple(at for at, character in enumerate(text) if _SUSPECT.match(character) and not _needed(text, at))


def code(character: str) -> str:
    """The code point as standards write it: U+202E."""
    return f"U+{ord(character):04X}"


def spelt(text: str) -> str:
    """The code points of a text, one after the other."""
    return " ".join(map(code, text))


def check_seen(text: str) -> None:
    """Raise Refused for a text with a character that cannot be seen and that no script needs there."""
    for at in unseen(text):
        raise Refused(
            Reason(
                "“%(text)s” contains a character that cannot be seen (%(code)s). Delete it, or type the text again.",
                text=signed(text),
                code=code(text[at]),
            )
        )


def signed(text: str, *, sign: tuple[str, str] = ("[", "]")) -> str:
    """The text with a sign such as [U+202E] for each character that cannot be seen and is not needed."""
    places = set(unseen(text))
    if not places:
        return text
    return "".join(
        f"{sign[0]}{code(character)}{sign[1]}" if at in places else character for at, character in enumerate(text)
    )


def signed_throughout(value: Any, *, addresses: Collection[str] = ()) -> Any:
    """Plain JSON values with such signs in every text; in `addresses`, which are keys, as addresses write a character.

    For whatever leaves here as data and is no sealed content, which goes out letter for letter.
    """
    match value:
        case str():
            return signed(value)
        case Mapping():
            return {
                name: percent_signed(each)
                if name in addresses and isinstance(each, str)
                else signed_throughout(each, addresses=addresses)
                for name, each in value.items()
            }
        case list() | tuple():
            return [signed_throughout(each, addresses=addresses) for each in value]
    return value


def percent_signed(address: str) -> str:
    """An address of the web in which a character that cannot be seen stands as its code: it leads to the same place."""
    places = set(unseen(address))
    return (
        "".join(quote(character) if at in places else character for at, character in enumerate(address))
        if places
        else address
    )


def without_unseen(text: str) -> str:
    """The text without the characters that cannot be seen and are not needed: for what is to be searched for."""
    places = set(unseen(text))
    return "".join(character for at, character in enumerate(text) if at not in places) if places else text


def isolated(text: str) -> str:
    """As `signed`, for plain text among other words: isolated from them if it is written from right to left."""
    if text.isascii():
        return text
    text = signed(text)
    return f"\u2068{text}\u2069" if turns(text) else text


def look_alike(text: str, other: str) -> bool:
    """Whether two different texts may look the same on a page: by what is unseen, or by compatibility characters."""
    return text != other and _face(text) == _face(other)


def differing(text: str, other: str) -> tuple[str, str]:
    """What is left of two texts without what they share at their beginning and end: 辻 and 辻󠄀, each whole."""
    while text and other and text[-1] == other[-1]:
        text, other = text[:-1], other[:-1]
    shared = (at for at, (left, right) in enumerate(zip(text, other, strict=False)) if left != right)
    start = next(shared, min(len(text), len(other)))
    # A selector is nothing without what it varies.
    start -= bool(start and _SUSPECT.match((text[start:] or other[start:])[:1]))
    return text[start:], other[start:]


def turns(text: str) -> bool:
    """Whether something in it is written from right to left, so that it must be kept apart from what stands beside."""
    return _RIGHT_TO_LEFT.search(text) is not None


def _face(text: str) -> str:
    return unicodedata.normalize("NFKC", _SUSPECT.sub("", text))


def _needed(text: str, at: int) -> bool:
    """Whether the script needs the character there: a selector after what it varies, a joiner between what it joins."""
    character, before = text[at], text[at - 1 : at]
    if _SELECTORS.match(character):
        return bool(before) and _takes_selector(before, character)
    return character in _JOINERS and any(_joins(side) for side in _beside(text, at))


def _beside(text: str, at: int) -> Iterator[str]:
    """The letter before a joiner and the one after it, where both are of one such script; selectors stand between."""
    before = _SELECTORS.sub("", text[max(0, at - 3) : at])[-1:]
    after = text[at + 1 : at + 2]
    if _joins(before) and (_joins(after) or (_JOINED.match(before) and not after.strip())):
        yield before


def _joins(character: str) -> bool:
    return bool(character) and (bool(_JOINED.match(character)) or unicodedata.category(character) in ("So", "Sk"))


def _takes_selector(before: str, selector: str) -> bool:
    if selector >= "\U000e0100":
        return bool(_HAN.match(before))
    if "\u180b" <= selector <= "\u180f":
        return "\u1800" <= before <= "\u18af"
    if "\ufe00" <= selector <= "\ufe02" and _HAN.match(before):
        return True
    varies = unicodedata.category(before) in ("So", "Sk", "Sm", "Po", "Pd") or before in "0123456789#*"
    return varies or _myanmar(before)


def _myanmar(character: str) -> bool:
    return "\u1000" <= character <= "\u109f" or "\uaa60" <= character <= "\uaa7f"
