"""Whom a letter is addressed to: the kinds of letter, and how somebody is written to in a language. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Protocol

from koryu.values.edtf import Edtf
from koryu.values.person_names import NameForm
from koryu.values.reason import N_
from koryu.values.text import Text
from koryu.wording.letters.letter_kinds import LETTER_KINDS

# '' is every kind for which nobody else is named.
ANY_LETTER: Final = ""
# The kinds of letter for which somebody can be named to whom they are addressed: those that go to a partner.
ADDRESSED_KINDS: Final[Mapping[str, str]] = {
    ANY_LETTER: N_("every letter"),
    **{kind.code: kind.name for kind in LETTER_KINDS.values() if not kind.stays},
}


class Addressed(Protocol):
    """Of somebody who is written to, what is written: unit, post, the forms of a name, and honorifics by language."""

    @property
    def unit(self) -> Text | None: ...
    @property
    def post(self) -> Text | None: ...
    @property
    def names(self) -> tuple[NameForm, ...]: ...
    @property
    def honorifics(self) -> Mapping[str, str]: ...


def name_in(names: Iterable[NameForm], tag: str) -> NameForm | None:
    """The form of a name for a letter in this language: written in it, else in its script, else the first there is."""
    forms = tuple(names)
    nearest = (form for wanted in (tag, tag.partition("-")[0]) for form in forms if form.lang == wanted)
    same_language = (form for form in forms if form.lang.partition("-")[0] == tag.partition("-")[0])
    return next(nearest, None) or next(same_language, None) or next(iter(forms), None)


def called_in(contact: Addressed, tag: str) -> str:
    """Somebody as a letter in this language names them, with the honorific that was chosen for it and no other.

    A desk is called by its post, else its unit. In English the honorific comes before, elsewhere behind.
    """
    name = name_in(contact.names, tag)
    text = contact.post or contact.unit
    called = name.written if name else text.shown(tag).text if text else ""
    honorific = contact.honorifics.get(tag, "")
    if not honorific or not called:
        return called
    if tag == "en":
        return f"{honorific} {called}"
    # Chinese sets no space between a name and what follows it.
    return f"{called}{honorific}" if tag.startswith("zh") else f"{called} {honorific}"


def boxes_in(contact: Addressed, tag: str) -> dict[str, str]:
    """What a letter in this language has in its boxes for the addressee: unit, post, name and form of address."""
    name = name_in(contact.names, tag)
    return {
        "to_unit": contact.unit.shown(tag).text if contact.unit else "",
        "to_post": contact.post.shown(tag).text if contact.post else "",
        "to_name": name.written if name else "",
        "to_honorific": contact.honorifics.get(tag, ""),
    }


def holds_on(since: str, until: str, day: date) -> bool:
    """Whether somebody may still hold a post on a day, by the dates known of it; a date left open counts for it."""
    return not ((since and Edtf(since).earliest > day) or (until and Edtf(until).latest < day))
