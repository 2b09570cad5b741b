"""Cells of arrangements: a person of the exchange, a day, a time, one of a few words."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from koryu.sheets.rows.hours import hours_typed
from koryu.sheets.rows.row_sheet import CellReader, RowItem, item_with
from koryu.sheets.rows.session_cells import DayCell, is_clock
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import translated

_NONE_OF: Final = N_("“%(typed)s” is none of these: %(words)s.")
_ONE_TIME: Final = N_("“%(typed)s” is not one time of the day; write it like 14:05.")
_BETWEEN: Final = N_(", ")
_DAY: Final = DayCell()


@dataclass(frozen=True)
class MemberCell:
    """Somebody of the exchange: one of those in the lists of people, of whom `member` says which; else as typed."""

    looks: str = "line"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        participation, _, member = str(item.get("member") or "").partition(" ")
        return (reader.around.member_called(participation, member) if member else "") or str(item.get("person") or "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        known = reader.around.member(typed) if typed else None
        which = f"{known.participation} {known.member}" if known else None
        return item_with(item_with(item, "person", (known.called if known else typed) or None), "member", which)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        return None

    def fits(self, typed: str, tag: str) -> bool:
        return False

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return ()


def people_offered(reader: CellReader) -> tuple[str, ...]:
    """What the people of the exchange are called, to be offered while one types."""
    return tuple(dict.fromkeys(each.called for each in reader.around.people if each.called))


@dataclass(frozen=True)
class DateCell:
    """A day under a name of its own; typed and shown as the day of a session is."""

    field: str
    looks: str = "line"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return _DAY.shown({"date": item.get(self.field)}, tag, reader)

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item_with(item, self.field, _DAY.with_typed({}, typed, tag, reader).get("date"))

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        return _DAY.wrong({"date": item.get(self.field)}, tag, reader)

    def fits(self, typed: str, tag: str) -> bool:
        return _DAY.fits(typed, tag)

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return ()


@dataclass(frozen=True)
class ClockCell:
    """One time of the day, as `14:05`."""

    field: str
    looks: str = "line"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return str(item.get(self.field) or "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item_with(item, self.field, (_clock_of(typed) or typed) if typed else None)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        typed = str(item.get(self.field) or "")
        return Reason(_ONE_TIME, typed=typed) if typed and not is_clock(typed) else None

    def fits(self, typed: str, tag: str) -> bool:
        return ":" in unicodedata.normalize("NFKC", typed) and bool(_clock_of(typed))

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return ()


@lru_cache(maxsize=1024)
def _clock_of(typed: str) -> str:
    """The time that was typed; '' where it is none, or more than one."""
    try:
        hours = hours_typed(typed)
    except Refused:
        return ""
    return hours.start if not hours.end and not hours.days else ""


@dataclass(frozen=True)
class ChosenCell:
    """One of a few codes, chosen by what each is called; `words` are others by which each is understood."""

    field: str
    options: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...] = ()
    looks: str = "choice"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return str(item.get(self.field) or "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item_with(item, self.field, _codes(self).get(_folded(typed), typed) or None)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        typed = item.get(self.field)
        if typed is None or typed in dict(self.options):
            return None
        called = (translated(name, reader.slug) for _code, name in self.options)
        return Reason(_NONE_OF, typed=str(typed), words=translated(_BETWEEN, reader.slug).join(called))

    def fits(self, typed: str, tag: str) -> bool:
        return _folded(typed) in _codes(self)

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return tuple((code, translated(name, reader.slug)) for code, name in self.options)


@lru_cache(maxsize=32)
def _codes(cell: ChosenCell) -> dict[str, str]:
    """The code by each word that means it: itself, what it is called in any language, and the others."""
    codes = {_folded(translated(name, slug)): code for code, name in cell.options for slug in LANGUAGES}
    others = {_folded(word): code for code, listed in cell.words for word in listed.split()}
    return {**others, **codes, **{code: code for code, _name in cell.options}}


def _folded(word: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", word).casefold()).strip()


@dataclass(frozen=True)
class ChangedCell:
    """Who changed a row last, and when: in words, by the id of the row. Nobody types into it."""

    by_row: Mapping[str, str]
    looks: str = "shown"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return self.by_row.get(str(item.get("id")), "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        return None

    def fits(self, typed: str, tag: str) -> bool:
        return False

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return ()
