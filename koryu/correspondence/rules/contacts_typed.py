"""What can be kept of a contact, as it was typed. Pure."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from koryu.values.edtf import Edtf
from koryu.values.frozen import complaints
from koryu.values.invisible import check_seen
from koryu.values.person_names import NameForm
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text, check_characters

MOST_NAMES: Final = 8
_LONGEST: Final = {"telephone": 100, "email": 254, "address": 1000, "remark": 5000, "person": 500}
_LONGEST_HONORIFIC: Final = 40
_LONGEST_WORDS: Final = 300
_LONGEST_NAME: Final = 200
CHANGED: Final = Reason("Somebody else has changed this contact meanwhile. Look at it, and save again.")
GONE: Final = Reason("This contact is no longer there.")
NOBODY: Final = Reason("Enter a name, a post or a unit: without one nobody can be written to.")


@dataclass(frozen=True, kw_only=True)
class TypedContact:
    """A contact as somebody typed it; `names` are the written forms of the name, as a person's record has them."""

    of: str
    unit: Text | None = None
    post: Text | None = None
    names: tuple[Mapping[str, str], ...] = ()
    honorifics: Mapping[str, str] = field(default_factory=dict)
    email: str = ""
    telephone: str = ""
    address: str = ""
    languages: tuple[str, ...] = ()
    assistant: int = 0
    since: str = ""
    until: str = ""
    remark: str = ""
    person: str = ""


def contact_fails(typed: TypedContact) -> Reason | None:
    """Why a contact cannot be kept as it was typed; None where it can."""
    if not (typed.names or typed.post or typed.unit):
        return NOBODY
    for name, longest in _LONGEST.items():
        if len(getattr(typed, name)) > longest:
            return Reason("Too long: at most %(most)s characters can be kept here.", most=longest)
    words = [form for text in (typed.unit, typed.post) if text for form in text.forms.values()]
    if any(len(form) > _LONGEST_WORDS for form in words):
        return Reason("Too long: at most %(most)s characters can be kept here.", most=_LONGEST_WORDS)
    if any(len(honorific) > _LONGEST_HONORIFIC for honorific in typed.honorifics.values()):
        return Reason("Too long: at most %(most)s characters can be kept here.", most=_LONGEST_HONORIFIC)
    if typed.email and not _is_address(typed.email):
        return Reason("This is not an e-mail address.")
    return _names_fail(typed.names) or _dates_fail(typed.since, typed.until) or _unseen(typed)


def _is_address(written: str) -> bool:
    """Whether this can be an e-mail address that goes into the head of a letter: one, without spaces or controls."""
    name, at, host = written.rpartition("@")
    plain = all(unicodedata.category(letter)[0] not in "CZ" and letter not in '<>,;:"()' for letter in written)
    return bool(name and at and host) and plain and "@" not in name


def _names_fail(names: Sequence[Mapping[str, str]]) -> Reason | None:
    if len(names) > MOST_NAMES:
        return Reason("At most %(most)s forms of a name can be kept.", most=MOST_NAMES)
    for form in names:
        written = form.get("written", "")
        if any(len(part) > _LONGEST_NAME for part in form.values()):
            return Reason("Too long: at most %(most)s characters can be kept here.", most=_LONGEST_NAME)
        try:
            NameForm.model_validate(form)
        except ValidationError as bad:
            where, problem = complaints(bad)[0]
            why = Reason("%(field)s: %(problem)s", field=where, problem=problem) if where else problem
            return Reason("“%(name)s”: %(why)s", name=written, why=why)
    return None


def _dates_fail(since: str, until: str) -> Reason | None:
    try:
        first, last = Edtf(since) if since else None, Edtf(until) if until else None
    except Refused as refused:
        return refused.reason
    if first is not None and last is not None and last.latest < first.earliest:
        return Reason("The last day comes before the first.")
    return None


def _unseen(typed: TypedContact) -> Reason | None:
    """Why something that was typed holds what cannot be seen or kept."""
    lines = (typed.telephone, typed.email, *typed.honorifics.values())
    try:
        for written in filter(None, lines):
            check_characters(written)
            check_seen(written)
        for written in filter(None, (typed.address, typed.remark)):
            check_characters(written, allowed="\n")
    except Refused as refused:
        return refused.reason
    return None
