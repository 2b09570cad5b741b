"""Messages, dates and durations in words, in the reader's language."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from django.utils import translation

from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.wording import dates
from koryu.wording.languages import LANGUAGES

_BETWEEN: Final = N_(", ")


@lru_cache(maxsize=4096)
def translated(word: str, slug: str) -> str:
    """The translation of a field name or a choice; the word itself where there is none. It is not escaped for HTML."""
    with translation.override(slug):
        return translation.gettext(word)


def listed(words: Iterable[str], slug: str) -> str:
    """Words one after the other, as they are separated in a language of the pages."""
    return translated(_BETWEEN, slug).join(words)


@lru_cache(maxsize=16384)
def date_in_words(date: Edtf, slug: str) -> str:
    """The date in words of this language."""
    with translation.override(slug):
        return dates.in_words(date, language=LANGUAGES[slug][0], translate=translation.gettext)


@lru_cache(maxsize=4096)
def weekday_in_words(date: Edtf, slug: str) -> str | None:
    """A day by its month, number and day of the week, without the year; None where it is not known to the day."""
    return dates.weekday_in_words(date, language=LANGUAGES[slug][0])


def length_in_words(written: str) -> str:
    """A length of time such as P3M, in words of the active language."""
    return " ".join([_units(int(number), unit) for number, unit in re.findall(r"(\d+)([YMWD])", written)])


def _units(n: int, unit: str) -> str:
    match unit:
        case "Y":
            message = translation.ngettext("%(n)s year", "%(n)s years", n)
        case "M":
            message = translation.ngettext("%(n)s month", "%(n)s months", n)
        case "W":
            message = translation.ngettext("%(n)s week", "%(n)s weeks", n)
        case _:
            message = translation.ngettext("%(n)s day", "%(n)s days", n)
    return message % {"n": n}
