"""Cells of arrangements: a person of the exchange, a day, a time, who changed a row."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from koryu.sheets.rows.chosen_cells import PlainCell
from koryu.sheets.rows.hours import hours_typed
from koryu.sheets.rows.row_sheet import CellReader, CellSort, RowItem, item_with
from koryu.sheets.rows.session_cells import DayCell, is_clock
from koryu.values.reason import N_, Reason, Refused

_ONE_TIME: Final = N_("“%(typed)s” is not one time of the day; write it like 14:05.")
_DAY: Final = DayCell()


@dataclass(frozen=True)
class MemberCell(CellSort):
    """Somebody of the exchange: one of those in the lists of people, of whom `member` says which; else as typed."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        participation, _, member = str(item.get("member") or "").partition(" ")
        return (reader.around.member_called(participation, member) if member else "") or str(item.get("person") or "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        known = reader.around.member(typed) if typed else None
        which = f"{known.participation} {known.member}" if known else None
        return item_with(item_with(item, "person", (known.called if known else typed) or None), "member", which)


def people_offered(reader: CellReader) -> tuple[str, ...]:
    """What the people of the exchange are called, to be offered while one types."""
    return tuple(dict.fromkeys(each.called for each in reader.around.people if each.called))


@dataclass(frozen=True)
class DateCell(CellSort):
    """A day under a name of its own; typed and shown as the day of a session is."""

    field: str

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return _DAY.shown({"date": item.get(self.field)}, tag, reader)

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item_with(item, self.field, _DAY.with_typed({}, typed, tag, reader).get("date"))

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        return _DAY.wrong({"date": item.get(self.field)}, tag, reader)

    def fits(self, typed: str, tag: str) -> bool:
        return _DAY.fits(typed, tag)


@dataclass(frozen=True)
class ClockCell(PlainCell):
    """One time of the day, as `14:05`."""

    def meant(self, typed: str) -> str:
        return _clock_of(typed) or typed

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        typed = str(item.get(self.field) or "")
        return Reason(_ONE_TIME, typed=typed) if typed and not is_clock(typed) else None

    def fits(self, typed: str, tag: str) -> bool:
        return ":" in unicodedata.normalize("NFKC", typed) and bool(_clock_of(typed))


@lru_cache(maxsize=1024)
def _clock_of(typed: str) -> str:
    """The time that was typed; '' where it is none, or more than one."""
    try:
        hours = hours_typed(typed)
    except Refused:
        return ""
    return hours.start if not hours.end and not hours.days else ""


@dataclass(frozen=True)
class ChangedCell(CellSort):
    """Who changed a row last, and when: in words, by the id of the row. Nobody types into it."""

    by_row: Mapping[str, str]
    looks = "shown"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return self.by_row.get(str(item.get("id")), "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item
