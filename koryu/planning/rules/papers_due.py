"""By when titles, texts and translations of papers are due, as the steps of an exchange say in words. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from koryu.values.edtf import Edtf


class Owed(StrEnum):
    """What of a paper somebody owes by a date."""

    TITLES = "titles"
    TEXTS = "texts"
    TRANSLATIONS = "translations"


class DatedStep(Protocol):
    """A step: what is to be done, by whom in words, and the day by which it is due."""

    @property
    def what(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def date(self) -> Edtf | None: ...


# A translation of titles is a translation: what comes first is tried first.
_WORDS: Final[Mapping[Owed, tuple[str, ...]]] = {
    Owed.TRANSLATIONS: ("translat", "翻訳", "訳文", "翻译", "译文", "翻譯", "번역"),
    Owed.TITLES: ("title", "題名", "題目", "タイトル", "题目", "题名", "제목"),
    Owed.TEXTS: ("text", "manuscript", "原稿", "本文", "正文", "稿件", "文稿", "원고", "본문"),
}


def owed_by(what: str) -> Owed | None:
    """What a step is about, by its words in any of the four languages."""
    folded = what.casefold()
    return next((owed for owed, words in _WORDS.items() if any(word in folded for word in words)), None)


def due_by(steps: Iterable[DatedStep], called: Mapping[str, Collection[str]]) -> dict[tuple[str, Owed], Edtf]:
    """The first day by which each institution owes what; `called` are their names by URI.

    A step that names none of them in `who` is everybody's who has none of their own.
    """
    own: dict[tuple[str, Owed], list[Edtf]] = {}
    for step in steps:
        owed = owed_by(step.what)
        if owed is None or step.date is None:
            continue
        named = [uri for uri, names in called.items() if any(name and name in step.who for name in names)]
        for uri in named or [""]:
            own.setdefault((uri, owed), []).append(step.date)
    return {
        (uri, owed): min(days, key=_latest)
        for uri in called
        for owed in Owed
        if (days := own.get((uri, owed)) or own.get(("", owed)))
    }


def _latest(day: Edtf) -> date:
    return day.latest
