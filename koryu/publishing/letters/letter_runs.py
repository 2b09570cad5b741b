"""Runs out of records: each text in the letter's language, else in its own, marked; and what is missing, counted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from koryu.archive.queries import Line
from koryu.publishing.letters.blocks import LetterRun, Runs
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import Refused
from koryu.values.text import Text
from koryu.wording.labels import chosen
from koryu.wording.languages import slug_of
from koryu.wording.letters.letter_words import bracketed, list_joint, only_in, words
from koryu.wording.messages import translated

Group = Mapping[str, Any]
# A reading is set over Han characters, and over nothing else.
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Readers of these read each other's names in Han characters as they are written.
_READS_HAN = ("ja", "zh")


@dataclass
class RunMaker:
    """Makes runs for one language; `missing` says of the texts that are not in it what each is (`title`), by path.

    `sign` follows the names of fields for this language in a template: that of the second of two.
    """

    tag: str
    lines: Mapping[str, Line]
    missing: dict[str, str] = field(default_factory=dict)
    sign: str = ""

    def said(self, key: str, *, strong: bool = False, **values: object) -> Runs:
        """The letter's own words; nothing where the language has none there."""
        text = words(key, self.tag, **values)
        return (LetterRun(text=text, lang=self.tag, strong=strong),) if text else ()

    def plain(self, text: str, path: str = "", *, slot: str = "", lang: str = "") -> Runs:
        """A text in the letter's language, or in none: a number, a date."""
        return (LetterRun(text=text, lang=lang or self.tag, path=path, slot=slot),) if text else ()

    def text(self, value: object, path: str, *, sort: str) -> Runs:
        """A text of a record."""
        text = text_of(value)
        if text is None:
            return ()
        shown = text.shown(self.tag)
        run = LetterRun(text=shown.text, lang=str(shown.lang), path=f"{path}.{shown.lang}")
        if shown.wanted:
            return (run,)
        self.missing[run.path] = sort
        return (run, *self._mark(str(shown.lang)))

    def name(self, value: object, path: str, *, readings: Mapping[str, str] | None = None) -> Runs:
        """A person's name in its own order and its own characters, with its reading where the reader needs it.

        No reading is printed but one that somebody has put on record.
        """
        text = text_of(value)
        if text is None:
            return ()
        shown = text.shown(self.tag)
        run = LetterRun(text=shown.text, lang=str(shown.lang), path=f"{path}.{shown.lang}")
        reading = self._reading(str(shown.lang), readings or {})
        if self._reads(shown.lang, wanted=shown.wanted):
            if reading and _HAN.search(run.text):
                return (run.model_copy(update={"ruby": reading[0].text}),)
            return (run, *self._bracketed(reading))
        if reading and self.tag == "en":
            # Whoever reads Latin letters alone reads the name first, and sees how it is written behind it.
            return (reading[0].model_copy(update={"small": False}), *self._bracketed((run,)))
        self.missing[run.path] = "name"
        return (run, *self._bracketed(reading), *self._mark(str(shown.lang)))

    def institution(self, uri: object, path: str) -> Runs:
        """An institution by its name in the letter's language; by its own where it has none there."""
        line = self.lines.get(str(uri))
        return self.text(line.title.as_json(), path, sort="institution") if line else ()

    def choice(self, code: object, path: str) -> Runs:
        """What a code of a record is called."""
        written = str(code or "")
        return self.plain(translated(chosen(written), slug_of(self.tag)), path) if written else ()

    def listed(self, many: Iterable[Runs]) -> Runs:
        """Several values as the language lists things."""
        runs: list[LetterRun] = []
        for each in filter(None, many):
            runs += [*([LetterRun(text=list_joint(self.tag), lang=self.tag)] if runs else []), *each]
        return tuple(runs)

    def lines_of(self, many: Iterable[Runs]) -> Runs:
        """Several values, each on a line of its own."""
        runs: list[LetterRun] = []
        for each in filter(None, many):
            runs += [*([LetterRun(text="\n", lang=self.tag)] if runs else []), *each]
        return tuple(runs)

    def _mark(self, lang: str) -> Runs:
        mark = only_in(lang, self.tag)
        return (LetterRun(text=mark, lang=self.tag, small=True),) if mark else ()

    def _reads(self, lang: LanguageTag, *, wanted: bool) -> bool:
        both = {lang.language, self.tag.partition("-")[0]}
        return wanted or both <= set(_READS_HAN) or (self.tag == "en" and lang.script == "Latn")

    def _reading(self, lang: str, readings: Mapping[str, str]) -> Runs:
        reading = readings.get(lang, "")
        own = lang.partition("-")[0]
        # A reader of Chinese needs no pinyin, and of a name in Latin letters nobody needs how it is read.
        if not reading or (own == "zh" and self.tag == "zh-Hans") or own in ("en", "ko"):
            return ()
        reading_lang = "ja-Kana" if own == "ja" and not reading.isascii() else f"{own}-Latn"
        if self.tag == "en" and reading_lang == "ja-Kana":
            return ()
        return (LetterRun(text=reading, lang=reading_lang, small=True),)

    def _bracketed(self, runs: Runs) -> Runs:
        if not runs:
            return ()
        opened, closed = bracketed("\0", self.tag).split("\0")
        return (
            LetterRun(text=opened, lang=self.tag, small=True),
            *runs,
            LetterRun(text=closed, lang=self.tag, small=True),
        )


def text_of(value: object) -> Text | None:
    """A text of a content that may be unfinished; None where there is none. What is a text already stays one."""
    if isinstance(value, Text):
        return value
    if not isinstance(value, Mapping) or not value:
        return None
    try:
        return _text(tuple(value.items()))
    except (Refused, TypeError, ValueError):
        return None


@lru_cache(maxsize=4096)
def _text(forms: tuple[tuple[str, str], ...]) -> Text:
    """The same text for the same forms: a list in two languages asks for each twice, and each look at it again."""
    return Text(dict(forms))


def groups(value: object) -> Iterator[Group]:
    """The items of a list of a content that may be unfinished."""
    return (each for each in value if isinstance(each, Mapping)) if isinstance(value, list | tuple) else iter(())


def uris_in(value: object) -> tuple[str, ...]:
    """The URIs of a list of a content that may be unfinished."""
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list | tuple) else ()


def item_path(base: str, field_name: str, item: Group) -> str:
    """Where an item of a list stands."""
    return f"{base}{field_name}[{item.get('id', '')}]"


def small(runs: Iterable[LetterRun]) -> Runs:
    """The same, a size smaller."""
    return tuple(run.model_copy(update={"small": True}) for run in runs)


def strong(runs: Iterable[LetterRun]) -> Runs:
    """The same, bold."""
    return tuple(run.model_copy(update={"strong": True}) for run in runs)
