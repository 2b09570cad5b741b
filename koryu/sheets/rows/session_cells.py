"""Cells of a timetable: the day, the hours and what sort of session it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from koryu.records.timetable import SessionType
from koryu.sheets.parse import is_date, is_record
from koryu.sheets.rows.chosen_cells import PlainCell, folded_word
from koryu.sheets.rows.days import day_typed
from koryu.sheets.rows.hours import BACKWARDS, TypedHours, hours_typed
from koryu.sheets.rows.private_rows import OURS, PRIVATE_KINDS
from koryu.sheets.rows.row_sheet import CellReader, CellSort, RowItem, item_with, kept_text, text_with
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words, translated, weekday_in_words

_WHOLE_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_NO_DAY: Final = N_("For +1 the row needs its day.")
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
    SessionType.COURTESY_CALL: "courtesy_call 表敬 表敬訪問 礼节性拜访 拜会 拜訪 예방",
    SessionType.ORIENTATION: "orientation briefing オリエンテーション 情况介绍 说明会 오리엔테이션 안내",
}
_PRIVATE_WORDS: Final[Mapping[str, str]] = {
    "meal": "meal lunch breakfast 昼食 朝食 食事 午餐 早餐 工作午餐 用餐 점심 오찬 조찬 식사",
    "transfer": "transfer move travel 移動 移动 乘车 乘車 이동",
    "free time": "free free_time break 自由時間 休憩 自由活动 休息 자유시간 휴식",
    OURS: "ours internal 内部 내부",
}


@dataclass(frozen=True)
class DayCell(CellSort):
    """One day: shown in words that are read back as the same."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        value = item.get("date")
        if not isinstance(value, str) or not is_date(value):
            return "" if value is None else str(value)
        return _day_in_words(value, reader.slug, reader.days)

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        over = days_over(item)
        moved = item_with(item, "date", (_day(typed, reader) or typed) if typed else None)
        # What ends on the day after still does, on whichever day it begins.
        return item_with(moved, "until", _days_after(moved.get("date"), over)) if over else moved

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


# Reading back takes a hundred times as long as looking it up, and a timetable has few days.
@lru_cache(maxsize=4096)
def _day_in_words(value: str, slug: str, days: tuple[date, date] | None) -> str:
    """A day without its year and with the day of the week, where that is read back as the same day: in the exchange.

    Else in full, or as records write it.
    """
    reader = CellReader(slug=slug, days=days)
    words = (weekday_in_words(Edtf(value), slug), date_in_words(Edtf(value), slug))
    return next((each for each in words if each and _day(each, reader) == value), value)


def _day(typed: str, reader: CellReader) -> str:
    """The day as records write it; dates that are no one day too, for records have them; '' for what is none."""
    try:
        return str(day_typed(typed, **_days(reader)))
    except Refused:
        return typed if is_date(typed) else ""


def _days(reader: CellReader) -> dict[str, Any]:
    return {"first": reader.days[0], "last": reader.days[1]} if reader.days else {}


def days_over(item: Mapping[str, Any]) -> int:
    """How many days after its day a session ends; 0 for one that ends on its day, or where that is not known."""
    if not item.get("until"):
        return 0
    day, until = whole_day(item.get("date")), whole_day(item.get("until"))
    return (until - day).days if day and until and until > day else 0


def _days_after(day: object, days: int) -> str | None:
    whole = whole_day(day)
    return (whole + timedelta(days=days)).isoformat() if whole else None


def is_clock(typed: object) -> bool:
    """Whether this is a time of the day as records write it."""
    return isinstance(typed, str) and _CLOCK.fullmatch(typed) is not None


def whole_day(day: object) -> date | None:
    """The day that this is, as records write it; None for what is none, or not known to the day."""
    return _whole_day(day) if isinstance(day, str) else None


@lru_cache(maxsize=4096)
def _whole_day(day: str) -> date | None:
    return date.fromisoformat(day) if _WHOLE_DAY.fullmatch(day) and is_date(day) else None


@lru_cache(maxsize=4096)
def _wrong_hours(shown: str) -> tuple[Reason | None, bool]:
    """(what is wrong with these hours, whether they end on a later day)."""
    try:
        hours = hours_typed(shown)
    except Refused as refused:
        return refused.reason, False
    return (BACKWARDS if hours.ends_before_it_starts else None), hours.days > 0


@dataclass(frozen=True)
class HoursCell(CellSort):
    """From when until when; `+1` where it ends on the day after."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        start, end = str(item.get("start") or ""), str(item.get("end") or "")
        if not _CLOCK.fullmatch(start):
            return f"{start}–{end}" if end else start
        return str(TypedHours(start, end, days_over(item) if end else 0))

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        try:
            hours = hours_typed(typed) if typed else TypedHours("")
        except Refused:
            hours = TypedHours(typed)
        until = _days_after(item.get("date"), hours.days) if hours.days else None
        # Until which day is said by the day on which it begins; without one it stays as it was typed.
        if hours.days and until is None:
            hours = TypedHours(typed)
        timed = item_with(item_with(item, "start", hours.start or None), "end", hours.end or None)
        return item_with(timed, "until", until)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        shown = self.shown(item, tag, reader)
        if not shown or shown.startswith("–"):
            return None
        wrong, over = _wrong_hours(shown)
        return Reason(_NO_DAY) if over and not item.get("until") else wrong

    def fits(self, typed: str, tag: str) -> bool:
        try:
            return bool(hours_typed(typed)) and not typed.isdecimal()
        except Refused:
            return False


@dataclass(frozen=True)
class SessionTypeCell(PlainCell):
    """What sort of session it is, or of private row: chosen, or pasted in words of any of the languages."""

    looks = "choice"

    def meant(self, typed: str) -> str:
        return _sorts().get(folded_word(typed), typed)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        value = item.get(self.field)
        if value is None or value in set(SessionType) or value in PRIVATE_KINDS:
            return None
        return Reason(_NO_SORT, typed=str(value), sorts=reader.listed(map(reader.word, SessionType)))

    def fits(self, typed: str, tag: str) -> bool:
        return folded_word(typed) in _sorts()

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        private = ((kind, translated(called, reader.slug)) for kind, called in PRIVATE_KINDS.items())
        return (*((str(sort), reader.word(sort)) for sort in SessionType), *private)


@lru_cache(maxsize=1)
def _sorts() -> dict[str, str]:
    listed_words = {**{str(sort): listed for sort, listed in _WORDS.items()}, **_PRIVATE_WORDS}
    words = {
        folded_word(word.replace("_", " ")): str(sort)
        for sort, listed in listed_words.items()
        for word in listed.split()
    }
    private = {
        folded_word(translated(called, slug)): kind for kind, called in PRIVATE_KINDS.items() for slug in LANGUAGES
    }
    labels = {folded_word(translated(chosen(sort), slug)): str(sort) for sort in SessionType for slug in LANGUAGES}
    return {**words, **private, **labels, **{folded_word(sort): str(sort) for sort in SessionType}}


@dataclass(frozen=True)
class PlaceCell(CellSort):
    """The institution at which a session is, chosen from the records."""

    looks = "record"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        place = str(item.get("at") or "")
        return reader.around.called(place) or reader.best_name(place) or place

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        place = reader.around.institution(typed) or reader.named(typed) or typed
        return item_with(item, "at", place or None)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        place = item.get("at")
        if place is None or is_record(place):
            return None
        return Reason("“%(typed)s” was not chosen from the records yet.", typed=str(place))


@dataclass(frozen=True)
class ThemesCell(CellSort):
    """The themes of a session in their own words, with `;` between them, each in its place."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return "; ".join(kept_text(theme.get("text")).get(tag, "") for theme in _themes(item)).rstrip("; ")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        words = [word.strip() for word in re.split("[;；]", typed)] if typed else []
        themes = _themes(item)
        for place in range(max(len(words), len(themes))):
            word = words[place] if place < len(words) else ""
            if place == len(themes):
                themes.append({"id": _new_id("theme", themes)})
            themes[place] = item_with(themes[place], "text", text_with(themes[place].get("text"), tag, word))
        return item_with(item, "themes", [theme for theme in themes if len(theme) > 1] or None)


def _themes(item: RowItem) -> list[dict[str, Any]]:
    themes = item.get("themes")
    return [dict(theme) for theme in themes if isinstance(theme, dict)] if isinstance(themes, list) else []


def _new_id(base: str, listed: list[dict[str, Any]]) -> str:
    taken = {each.get("id") for each in listed}
    names = (base, *(f"{base}-{number}" for number in range(2, len(listed) + 3)))
    return next(name for name in names if name not in taken)


@dataclass(frozen=True)
class LocalTimeCell(CellSort):
    """When a session begins where another institution is; cannot be typed into."""

    own: str
    other: str
    looks = "shown"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        start, day = str(item.get("start") or ""), whole_day(item.get("date"))
        if day is None or not _CLOCK.fullmatch(start):
            return ""
        here = datetime.combine(day, time.fromisoformat(start), ZoneInfo(self.own))
        there = here.astimezone(ZoneInfo(self.other))
        days = (there.date() - day).days
        return f"{there:%H:%M}" + (f" {days:+d}" if days else "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item
