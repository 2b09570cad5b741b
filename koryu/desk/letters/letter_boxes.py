"""What is typed for a letter: its boxes by kind, with what they are called, and how they come out of a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from koryu.values.reason import N_
from koryu.wording.letters.letter_kinds import LETTER_KINDS

Sort = Literal["line", "text", "day", "tick", "seal", "honorific", "source", "whose"]


@dataclass(frozen=True)
class LetterBox:
    """A box of the form: `group` is the heading under which it stands."""

    name: str
    label: str
    sort: Sort = "line"
    group: str = ""


_TO: Final = N_("To whom")
_FROM: Final = N_("From whom")
_TEXT: Final = N_("What it says")
_MADE: Final = N_("How it is made")
_HEAD: Final = (
    LetterBox("to_institution", N_("Institution"), group=_TO),
    LetterBox("to_unit", N_("Unit"), group=_TO),
    LetterBox("to_post", N_("Post"), group=_TO),
    LetterBox("to_name", N_("Name of the person"), group=_TO),
    LetterBox("to_honorific", N_("Form of address"), "honorific", _TO),
    LetterBox("subject", N_("Subject line"), group=_TEXT),
    LetterBox("their_number", N_("Number of their letter"), group=_TEXT),
    LetterBox("their_date", N_("Date of their letter"), "day", _TEXT),
)
_FOOT: Final = (
    LetterBox("enclosures", N_("Enclosures, one a line"), "text", _TEXT),
    LetterBox("sender_institution", N_("Institution"), group=_FROM),
    LetterBox("sender_unit", N_("Unit"), group=_FROM),
    LetterBox("sender_post", N_("Post"), group=_FROM),
    LetterBox("sender_name", N_("Name of the person"), group=_FROM),
    LetterBox("sender_address", N_("Postal address"), group=_FROM),
    LetterBox("sender_telephone", N_("Telephone number"), group=_FROM),
    LetterBox("sender_mail", N_("E-mail address"), group=_FROM),
    LetterBox("contact_unit", N_("Unit to be asked"), group=_FROM),
    LetterBox("contact_name", N_("Person to be asked"), group=_FROM),
    LetterBox("seal", N_("Place for a seal or signature"), "seal", _MADE),
)
_OWN: Final = {
    "covering": LetterBox("covering", N_("Covering sentence"), "text", _TEXT),
    "notes": LetterBox("notes", N_("Notes below the table"), "text", _TEXT),
    "purpose": LetterBox("purpose", N_("Purpose of the visit (else the themes)"), group=_TEXT),
    "cities": LetterBox("cities", N_("Cities to be visited (else the places of the plan)"), group=_TEXT),
    "costs": LetterBox("costs", N_("Who bears which costs"), "text", _TEXT),
    "text": LetterBox("text", N_("Your own text"), "text", _TEXT),
    "deadline": LetterBox("deadline", N_("Reply requested by"), "day", _TEXT),
    "translation": LetterBox("translation", N_("It is the translation of our letter, and says so"), "tick", _MADE),
    "reasons": LetterBox("reasons", N_("Reasons for it"), "text", _TEXT),
}
_AT_SENDING: Final = (
    LetterBox("number", N_("Document number of your institution"), group=_MADE),
    LetterBox("date", N_("Date of the letter"), "day", _MADE),
    LetterBox("era", N_("Japanese year of the era"), "tick", _MADE),
)
_FROM_WHAT: Final = LetterBox("printed", N_("Printed from"), "source", _MADE)
_WHOSE: Final = LetterBox("whose", N_("Whose"), "whose", _MADE)
_PRIVATE: Final = LetterBox("private", N_("It holds private data; delete its files after the visit"), "tick", _MADE)
# What is taken over from the last letter in the same language.
GOES_ON: Final = tuple(box.name for box in _FOOT if box.group == _FROM)


def boxes_of(kind: str, lang: str) -> tuple[LetterBox, ...]:
    """The boxes of a kind of letter in this language, group by group."""
    spec = LETTER_KINDS[kind]
    own = tuple(_OWN[name] for name in spec.boxes)
    sending = tuple(box for box in _AT_SENDING if box.name != "era" or lang == "ja")
    if spec.is_list:
        dated = tuple(box for box in sending if box.name != "number")
        whose = (_WHOSE,) if kind in ("participants", "papers") else ()
        return (*own, _FROM_WHAT, *whose, *dated, _PRIVATE)
    return (*_HEAD, *own, *_FOOT, _FROM_WHAT, *sending, _PRIVATE)


def groups_of(kind: str, lang: str) -> list[tuple[str, list[LetterBox]]]:
    """The same, by their headings in order."""
    groups: dict[str, list[LetterBox]] = {}
    for box in boxes_of(kind, lang):
        groups.setdefault(box.group, []).append(box)
    return list(groups.items())


def typed_in(kind: str, lang: str, posted: Mapping[str, str]) -> dict[str, str]:
    """What a form says for the boxes of this kind, with line breaks as records have them; what is empty is left out."""
    typed = {}
    for box in boxes_of(kind, lang):
        text = posted.get(box.name, "").replace("\r\n", "\n").replace("\r", "\n")
        text = text.strip() if box.sort == "text" else " ".join(text.split("\n")).strip(" \t")
        if text:
            typed[box.name] = text
    return typed
