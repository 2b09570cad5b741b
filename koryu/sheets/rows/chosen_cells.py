"""Cells that hold a field of a row as it is: a short text, or one of a few codes chosen by what it is called."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from koryu.sheets.rows.row_sheet import CellReader, CellSort, RowItem, item_with
from koryu.values.reason import N_, Reason
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import translated

_NONE_OF: Final = N_("“%(typed)s” is none of these: %(words)s.")


@dataclass(frozen=True)
class PlainCell(CellSort):
    """A short text without a language, such as a number as it is printed."""

    field: str

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return str(item.get(self.field) or "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item_with(item, self.field, self.meant(typed) or None)

    def meant(self, typed: str) -> str:
        """What is kept of what was typed: that itself where it is not understood."""
        return typed


@dataclass(frozen=True)
class ChosenCell(PlainCell):
    """One of a few codes, chosen by what each is called; `words` are others by which each is understood."""

    options: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...] = ()
    looks = "choice"

    def meant(self, typed: str) -> str:
        return _codes(self).get(folded_word(typed), typed)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        typed = item.get(self.field)
        if typed is None or typed in dict(self.options):
            return None
        called = (translated(name, reader.slug) for _code, name in self.options)
        return Reason(_NONE_OF, typed=str(typed), words=reader.listed(called))

    def fits(self, typed: str, tag: str) -> bool:
        return folded_word(typed) in _codes(self)

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return tuple((code, translated(name, reader.slug)) for code, name in self.options)


def code_cell(field: str, words: Mapping[Any, str]) -> ChosenCell:
    """A cell of the codes of a kind of record, by what these are called everywhere; `words` are others of each."""
    options = tuple((str(code), chosen(str(code))) for code in words)
    return ChosenCell(field, options, tuple((str(code), listed) for code, listed in words.items()))


@lru_cache(maxsize=32)
def _codes(cell: ChosenCell) -> dict[str, str]:
    """The code by each word that means it: itself, what it is called in any language, and the others."""
    codes = {folded_word(translated(name, slug)): code for code, name in cell.options for slug in LANGUAGES}
    others = {folded_word(word): code for code, listed in cell.words for word in listed.split()}
    return {**others, **codes, **{code: code for code, _name in cell.options}}


def folded_word(word: str) -> str:
    """A word for comparing: capitals and widths folded, one blank where there are several, none around it."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", word).casefold()).strip()
