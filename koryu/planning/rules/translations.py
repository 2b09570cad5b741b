"""What of the texts of an exchange is translated, missing, out of date or not needed, and who owes it by when. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from koryu.planning.rules.steps_typed import LONGEST_WHO, is_day_or_month
from koryu.sheets.translated_texts import TextAtPath
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason

# How long it is kept who was asked for what, counted from when it was last changed.
KEPT_FOR: Final = timedelta(days=2 * 365)


class WordsState(StrEnum):
    """How a text is there in one language."""

    ORIGINAL = N_("as given")
    TRANSLATED = N_("in translation")
    STALE = N_("the original has changed since")
    MISSING = N_("missing")
    NOT_NEEDED = N_("not needed")

    @property
    def is_owed(self) -> bool:
        """Whether somebody has still to write it."""
        return self in (WordsState.MISSING, WordsState.STALE)


class TranslationPlace(NamedTuple):
    """A text in one language: the record, the path of the text in it, the language."""

    record: str
    path: str
    language: str


@dataclass(frozen=True, kw_only=True)
class KeptTranslation:
    """What an institution keeps of a text in one language.

    `made_of` tells of which original the translation was made, '' where that is not known; `made_by` is who typed it.
    It was asked of one of our people (`person`, a username) or of somebody else (`who`: an institution, or words), by
    `due`; all three may be ''. Where not `needed`, nobody is to write it.
    """

    exchange: str
    at: TranslationPlace
    made_of: str = ""
    made_by: str = ""
    made_at: str = ""
    person: str = ""
    who: str = ""
    due: str = ""
    needed: bool = True
    asked: bool = False

    @property
    def due_date(self) -> Edtf | None:
        return Edtf(self.due) if self.due else None


def words_state(text: TextAtPath, tag: str, kept: KeptTranslation | None, *, working: Iterable[str]) -> WordsState:
    """How a text is there in a language; `working` are the languages in which each text is needed."""
    if tag == text.source:
        return WordsState.ORIGINAL
    if tag in text.forms:
        return WordsState.STALE if is_stale(text, kept) else WordsState.TRANSLATED
    if kept is not None and not kept.needed:
        return WordsState.NOT_NEEDED
    asked = kept is not None and kept.asked
    return WordsState.MISSING if asked or tag in working else WordsState.NOT_NEEDED


def is_stale(text: TextAtPath, kept: KeptTranslation | None) -> bool:
    """Whether the original is another one than that of which the translation was made, as far as that is known."""
    return kept is not None and kept.made_of not in ("", text.made_of)


def is_mine(kept: KeptTranslation | None, state: WordsState, *, username: str, translates: bool) -> bool:
    """Whether a text in a language is to be written by somebody: who was asked for it, else who `translates` here, else
    of what is out of date who wrote it."""
    if not state.is_owed:
        return False
    if kept is not None and (kept.person or kept.who):
        return kept.person == username
    return translates or (kept is not None and state is WordsState.STALE and kept.made_by == username)


def working_languages(plan: Mapping[str, Any], homes: Iterable[str]) -> tuple[str, ...]:
    """The languages in which each text of an exchange is needed: those its plan names, else those of its
    institutions."""
    named = plan.get("languages")
    if isinstance(named, list | tuple) and named and all(isinstance(tag, str) for tag in named):
        return tuple(dict.fromkeys(named))
    return tuple(dict.fromkeys(homes))


def asking_fails(*, person: str, who: str, due: str, staff: Iterable[str]) -> Reason | None:
    """Why nobody can be asked so; None if they can. `staff` are the usernames of the institution's people."""
    if person and person not in staff:
        return Reason("Choose one of your people.")
    if len(who) > LONGEST_WHO:
        return Reason("A name has at most %(most)s characters.", most=LONGEST_WHO)
    return None if not due or is_day_or_month(due) else Reason("“%(typed)s” is not understood as a date.", typed=due)


def delete_on(today: date) -> date:
    """The day on which what is kept of a translation goes, when it is changed today."""
    return today + KEPT_FOR
