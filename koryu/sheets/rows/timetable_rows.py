"""The timetable, the sheet: one row is one session of what the host arranges."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from koryu.sheets.rows.attending_cells import PapersCell, WhoCell
from koryu.sheets.rows.chosen_cells import PlainCell
from koryu.sheets.rows.private_rows import recorded
from koryu.sheets.rows.row_sheet import CellMark, CellReader, Column, RowSheet, items_of
from koryu.sheets.rows.session_cells import (
    DayCell,
    HoursCell,
    LocalTimeCell,
    PlaceCell,
    SessionTypeCell,
    ThemesCell,
)
from koryu.sheets.rows.text_cells import TextCell
from koryu.sheets.rows.timetable_checks import timetable_marks
from koryu.values.reason import N_

_COLUMNS: Final = (
    Column(
        key="day",
        cell=DayCell(),
        called=N_("Day"),
        path="date",
        width="l",
        heads={"en": "day date", "ja": "日 日付 月日 日程", "zh-Hans": "日期 日", "ko": "일자 날짜 일"},
        stops=True,
    ),
    Column(
        key="hours",
        cell=HoursCell(),
        called=N_("Time"),
        path="start",
        width="l",
        heads={"en": "time hours", "ja": "時間 時刻", "zh-Hans": "时间 時間", "ko": "시간 시각"},
        stops=True,
    ),
    Column(
        key="type",
        cell=SessionTypeCell("type"),
        called=N_("Kind"),
        path="type",
        width="l",
        heads={"en": "kind type", "ja": "種別 区分", "zh-Hans": "类别 类型", "ko": "구분 종류"},
        stops=True,
    ),
    Column(
        key="title",
        cell=TextCell("title"),
        called=N_("Title"),
        path="title",
        width="xl",
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
        key="who",
        cell=WhoCell(),
        called=N_("Who"),
        path="taking_part",
        width="l",
        heads={
            "en": "who participants attending",
            "ja": "出席者 参加者 出席 対応者 対応",
            "zh-Hans": "参加人员 出席人员 人员 参加人",
            "ko": "참석자 참가자 참석",
        },
        stops=True,
    ),
    Column(
        key="papers",
        cell=PapersCell(),
        called=N_("Papers"),
        path="papers",
        heads={"en": "papers paper", "ja": "報告 発表", "zh-Hans": "报告 发言", "ko": "발표"},
        stops=True,
    ),
    Column(
        key="number",
        cell=PlainCell("number"),
        called=N_("Number of the session"),
        path="number",
        width="s",
        heads={"en": "session_number"},
    ),
    Column(
        key="at",
        cell=PlaceCell(),
        called=N_("Institution"),
        path="at",
        kinds=("institution",),
        heads={"en": "institution_visited", "ja": "訪問先 見学先", "zh-Hans": "参观单位", "ko": "방문기관"},
        stops=True,
    ),
    Column(
        key="themes",
        cell=ThemesCell(),
        called=N_("Themes"),
        path="themes",
        by_language=True,
        heads={"en": "theme themes topic", "ja": "テーマ 議題", "zh-Hans": "主题 议题", "ko": "주제 의제"},
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
    yield from timetable_marks(content, list(items_of(TIMETABLE, content)), reader)


def local_time_column(key: str, called: str, *, own: str, other: str) -> Column:
    """The column that shows when each session begins in another zone (both IANA); `called` is its head."""
    return Column(key=key, cell=LocalTimeCell(own, other), called=called, path=key, width="s")


TIMETABLE: Final = RowSheet(
    kind="timetable",
    path="sessions",
    called=N_("Timetable"),
    columns=_COLUMNS,
    keyed_by=("day", "hours"),
    keyed_together=True,
    as_above=frozenset({"day"}),
    checks=(_checks,),
    recorded=recorded,
)
