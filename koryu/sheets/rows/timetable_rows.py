"""The timetable, the sheet: one row is one session of what the host arranges."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from koryu.sheets.parse import is_date
from koryu.sheets.rows.row_sheet import CellMark, CellReader, Column, RowItem, RowSheet, items_of
from koryu.sheets.rows.session_cells import DayCell, HoursCell, SessionTypeCell
from koryu.sheets.rows.text_cells import TextCell
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason

_OVERLAPS: Final = N_("Begins at %(start)s, before the row above has ended (%(end)s).")
_OUTSIDE: Final = N_("Outside the days of the exchange, %(first)s to %(last)s.")

_COLUMNS: Final = (
    Column(
        key="day",
        cell=DayCell(),
        called=N_("Day"),
        path="date",
        heads={"en": "day date", "ja": "日 日付 月日 日程", "zh-Hans": "日期 日", "ko": "일자 날짜 일"},
        stops=True,
    ),
    Column(
        key="hours",
        cell=HoursCell(),
        called=N_("Time"),
        path="start",
        heads={"en": "time hours", "ja": "時間 時刻", "zh-Hans": "时间 時間", "ko": "시간 시각"},
        stops=True,
    ),
    Column(
        key="type",
        cell=SessionTypeCell(),
        called=N_("Kind"),
        path="type",
        heads={"en": "kind type", "ja": "種別 区分", "zh-Hans": "类别 类型", "ko": "구분 종류"},
        stops=True,
    ),
    Column(
        key="title",
        cell=TextCell("title"),
        called=N_("Title"),
        path="title",
        width="l",
        by_language=True,
        heads={
            "en": "title what programme event item",
            "ja": "内容 題名 行事 プログラム 件名",
            "zh-Hans": "内容 活动 活动内容 议程 日程 日程安排 名称",
            "ko": "내용 행사 일정 제목 프로그램",
        },
    ),
    Column(
        key="venue",
        cell=TextCell("venue"),
        called=N_("Venue"),
        path="venue",
        by_language=True,
        heads={
            "en": "venue where place location",
            "ja": "場所 会場",
            "zh-Hans": "地点 地點 场所 会场",
            "ko": "장소 회의장",
        },
    ),
    Column(
        key="remark",
        cell=TextCell("remark"),
        called=N_("Remarks"),
        path="remark",
        by_language=True,
        heads={
            "en": "remark remarks note notes",
            "ja": "備考 摘要",
            "zh-Hans": "备注 備註",
            "ko": "비고",
        },
    ),
)


def _checks(content: Mapping[str, Any], reader: CellReader, _known: Mapping[str, Any]) -> Iterator[CellMark]:
    sessions = list(items_of(TIMETABLE, content))
    yield from overlapping(sessions)
    yield from outside(sessions, reader)


def overlapping(sessions: list[RowItem]) -> Iterator[CellMark]:
    """Each session that begins, on the day of the row above, before that has ended."""
    for above, session in pairwise(sessions):
        start, end = session.get("start"), above.get("end")
        on_one_day = session.get("date") and session.get("date") == above.get("date")
        if on_one_day and isinstance(start, str) and isinstance(end, str) and start < end:
            yield CellMark(session["id"], "hours", Reason(_OVERLAPS, start=start, end=end))


def outside(sessions: list[RowItem], reader: CellReader) -> Iterator[CellMark]:
    """Each session that lies outside the days of the exchange, where these are known."""
    if reader.days is None:
        return
    first, last = reader.days
    for session in sessions:
        day = session.get("date")
        if isinstance(day, str) and is_date(day) and (Edtf(day).latest < first or Edtf(day).earliest > last):
            words = Reason(_OUTSIDE, first=first.isoformat(), last=last.isoformat())
            yield CellMark(session["id"], "day", words)


TIMETABLE: Final = RowSheet(
    kind="timetable",
    path="sessions",
    called=N_("Timetable"),
    columns=_COLUMNS,
    keyed_by=("day", "hours"),
    keyed_together=True,
    as_above=frozenset({"day"}),
    checks=(_checks,),
)
