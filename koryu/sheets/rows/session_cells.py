"""Cells of a timetable: the day, the hours and what sort of session it is."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from koryu.records.timetable import SessionType
from koryu.sheets.parse import is_date
from koryu.sheets.rows.days import day_typed
from koryu.sheets.rows.hours import BACKWARDS, TypedHours, hours_typed
from koryu.sheets.rows.row_sheet import CellReader, RowItem, item_with
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words, translated

_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_NEXT_DAY: Final = N_("A session on record ends on the day on which it begins: make two of it, or leave the end out.")
_NO_SORT: Final = N_("“%(typed)s” is not a sort of session; choose from: %(sorts)s.")
_WORDS: Final[Mapping[SessionType, str]] = {
    SessionType.OPENING: "opening 開会 開会式 开幕 开幕式 開幕式 개회 개회식",
    SessionType.KEYNOTE: "keynote 基調講演 基調報告 主旨报告 主题演讲 기조강연 기조발표",
    SessionType.SESSION: "session セッション 業務交流 业务交流 研讨 세션 업무교류",
    SessionType.DELIBERATION: "discussion 全体討議 討議 讨论 讨论会 토의 종합토론",
    SessionType.MEETING: "meeting 会談 会議 会谈 会议 회담 회의",
    SessionType.CLOSING: "closing 閉会 閉会式 闭幕 闭幕式 閉幕式 폐회 폐회식",
    SessionType.SITE_VISIT: "visit tour 見学 視察 参观 考察 參觀 견학 시찰",
    SessionType.RECEPTION: "reception dinner banquet 歓迎会 懇親会 招待会 欢迎会 宴会 환영회 만찬",
}


@dataclass(frozen=True)
class DayCell:
    """One day: shown in words that are read back as the same."""

    looks: str = "line"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        value = item.get("date")
        if not isinstance(value, str) or not is_date(value):
            return "" if value is None else str(value)
        words = date_in_words(Edtf(value), reader.slug)
        return words if _day(words, reader) == value else value

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item_with(item, "date", (_day(typed, reader) or typed) if typed else None)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        value = item.get("date")
        if value is None or is_date(value):
            return None
        try:
            day_typed(str(value), **_days(reader))
        except Refused as refused:
            return refused.reason
        return None

    def fits(self, typed: str, tag: str) -> bool:
        try:
            day_typed(typed, first=date(2000, 1, 1))
        except Refused as refused:
            return "%(typed)s” is a " in refused.reason.message
        return True

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return ()


def _day(typed: str, reader: CellReader) -> str:
    """The day as records write it; dates that are no one day too, for records have them; '' for what is none."""
    try:
        return str(day_typed(typed, **_days(reader)))
    except Refused:
        return typed if is_date(typed) else ""


def _days(reader: CellReader) -> dict[str, Any]:
    return {"first": reader.days[0], "last": reader.days[1]} if reader.days else {}


@dataclass(frozen=True)
class HoursCell:
    """From when until when."""

    looks: str = "line"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        start, end = str(item.get("start") or ""), str(item.get("end") or "")
        if not _CLOCK.fullmatch(start):
            return f"{start}–{end}" if end else start
        return str(TypedHours(start, end))

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        try:
            hours = hours_typed(typed) if typed else TypedHours("")
        except Refused:
            hours = TypedHours(typed)
        # The record has no place for the day after yet: what cannot be said in it stays as it was typed.
        if hours.days:
            hours = TypedHours(typed)
        return item_with(item_with(item, "start", hours.start or None), "end", hours.end or None)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        shown = self.shown(item, tag, reader)
        if not shown or shown.startswith("–"):
            return None
        try:
            hours = hours_typed(shown)
        except Refused as refused:
            return refused.reason
        return Reason(_NEXT_DAY) if hours.days else BACKWARDS if hours.ends_before_it_starts else None

    def fits(self, typed: str, tag: str) -> bool:
        try:
            return bool(hours_typed(typed)) and not typed.isdecimal()
        except Refused:
            return False

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return ()


@dataclass(frozen=True)
class SessionTypeCell:
    """What sort of session it is: chosen, or pasted in words of any of the languages."""

    looks: str = "choice"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return str(item.get("type") or "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item_with(item, "type", _sorts().get(_folded(typed), typed) or None)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        value = item.get("type")
        if value is None or value in set(SessionType):
            return None
        return Reason(_NO_SORT, typed=str(value), sorts=", ".join(reader.word(sort) for sort in SessionType))

    def fits(self, typed: str, tag: str) -> bool:
        return _folded(typed) in _sorts()

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return tuple((str(sort), reader.word(sort)) for sort in SessionType)


@lru_cache(maxsize=1)
def _sorts() -> dict[str, str]:
    words = {_folded(word): str(sort) for sort, listed in _WORDS.items() for word in listed.split()}
    labels = {_folded(translated(chosen(sort), slug)): str(sort) for sort in SessionType for slug in LANGUAGES}
    return {**words, **labels, **{_folded(sort): str(sort) for sort in SessionType}}


def _folded(word: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", word).casefold()).strip()
