"""Values of a plan as a partner typed them: days, numbers, choices, languages, institutions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from koryu.records.exchange import ExchangeForm
from koryu.sheets import clean
from koryu.sheets.operations import is_tag
from koryu.sheets.parse import date_typed
from koryu.sheets.placing.likeness import folded
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import Text
from koryu.wording.labels import chosen
from koryu.wording.languages import slug_of
from koryu.wording.letters.letter_kinds import LANGS
from koryu.wording.letters.letter_words import words
from koryu.wording.messages import translated

_NO_DATE: Final = N_("“%(typed)s” is not a date that is understood; it is left as it was.")
_NO_NUMBER: Final = N_("“%(typed)s” is not a number; it is left as it was.")
_NO_CHOICE: Final = N_("“%(typed)s” is none of the forms of an exchange; it is left as it was.")
_NO_LANGUAGE: Final = N_("“%(typed)s” is not a language that is known here; it is left as it was.")
_NO_INSTITUTION: Final = N_("“%(typed)s” is not the name of an institution of this exchange; it is left as it was.")
BY_HAND: Final = N_("This cannot be taken over; put it in by hand.")
_JOINTS: Final = re.compile(r"[、,，;；・\n]|\s+(?:and|및|和|与|と)\s+")
_TAGS: Final[Mapping[str, str]] = {"ja": "ja", "zh": "zh-Hans", "ko": "ko", "en": "en"}
_NUMBER: Final = re.compile(r"\D{0,8}(\d{1,4})\D{0,12}")
_TEXTS: Final = re.compile(r"(?:title|(?:themes|places|open)\[[^\[\]]*\]\.(?:text|city|venue|note))\.(?P<lang>[\w-]+)")
# Cells that are one list, whichever of its values was changed.
WHOLE: Final[Mapping[str, str]] = {"host": "hosts", "institutions": "institutions", "languages": "languages"}


@dataclass(frozen=True)
class PlanNames:
    """What the institutions of an exchange are called, by URI."""

    institutions: Mapping[str, Text]

    def institution(self, typed: str) -> str:
        """The URI of the one that is called so in any language; '' where none or several are."""
        wanted = folded(typed)
        named = [
            uri
            for uri, text in self.institutions.items()
            if any(folded(name) == wanted for tag, name in text.as_json().items() if tag != "source")
        ]
        return named[0] if len(named) == 1 else ""


def language_in_path(path: str) -> str:
    """The language at the end of the path of a text; '' where it is none."""
    match = _TEXTS.fullmatch(path)
    return match["lang"] if match else ""


def value_typed(path: str, typed: str) -> Any:
    """The value at this path that was meant by what was typed. Raises Refused for what is not understood."""
    if language_in_path(path):
        return clean.prose(typed).strip()
    if path.startswith("dates[") and path.endswith("].date"):
        return _date(typed)
    if path == "planned_size":
        return _size(typed)
    if path == "form":
        return _form(typed)
    raise Refused(Reason(BY_HAND))


def list_typed(key: str, typed: str, names: PlanNames, *, printed: str) -> list[str]:
    """The values of a cell that is one list: URIs, or languages. Raises Refused for one that is neither known nor one
    of those that were `printed`."""
    return [_listed(key, part, names, _parts(printed)) for part in _parts(typed)]


def _parts(typed: str) -> list[str]:
    return [part.strip() for part in _JOINTS.split(typed) if part.strip()]


def _listed(key: str, part: str, names: PlanNames, printed: Sequence[str]) -> str:
    if key == "languages":
        # A language that letters have no word for is printed as its tag.
        own = part if part in printed and is_tag(part) else ""
        tag = own or next((_TAGS[code] for code in _TAGS if folded(part) in _words_of(code)), "")
        if not tag:
            raise Refused(Reason(_NO_LANGUAGE, typed=part))
        return tag
    if uri := names.institution(part):
        return uri
    raise Refused(Reason(_NO_INSTITUTION, typed=part))


def _words_of(code: str) -> Sequence[str]:
    return [folded(words(f"language.{code}", tag)) for tag in LANGS]


def _date(typed: str) -> str:
    try:
        return str(date_typed(clean.line(typed)))
    except Refused as refused:
        raise Refused(Reason(_NO_DATE, typed=typed[:60])) from refused


def _size(typed: str) -> int:
    match = _NUMBER.fullmatch(clean.digits(typed))
    if match is None or not int(match[1]):
        raise Refused(Reason(_NO_NUMBER, typed=typed[:60]))
    return int(match[1])


def _form(typed: str) -> str:
    for code in map(str, ExchangeForm):
        if any(folded(translated(chosen(code), slug_of(tag))) == folded(typed) for tag in LANGS):
            return code
    raise Refused(Reason(_NO_CHOICE, typed=typed[:60]))
