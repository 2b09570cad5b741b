"""The sheets of arrangements: who arrives when, who sleeps where, what they do not eat, whom to call; a sheet that an
office names itself; and the terms of a programme. Their rows are in no record."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from koryu.records.schema import Field, FieldType
from koryu.sheets.rows.arrangement_cells import ClockCell, DateCell, MemberCell
from koryu.sheets.rows.chosen_cells import ChosenCell, PlainCell
from koryu.sheets.rows.row_sheet import CellMark, CellReader, Column, RowSheet, items_of
from koryu.sheets.rows.session_cells import whole_day
from koryu.sheets.rows.text_cells import TextCell
from koryu.values.reason import N_, Reason

_LEAVES_FIRST: Final = Reason("The check-out is before the check-in.")
_TWICE: Final = Reason("The same person twice.")
_PERSON_HEADS: Final = {
    "en": "person name guest",
    "ja": "氏名 名前 お名前 来訪者",
    "zh-Hans": "姓名 人员 客人",
    "ko": "성명 이름 방문자",
}
_REMARK: Final = Column(
    key="remark",
    cell=PlainCell("remark"),
    called=N_("Remarks"),
    path="remark",
    width="l",
    heads={"en": "remark remarks note notes", "ja": "備考 摘要", "zh-Hans": "备注 備註", "ko": "비고"},
)
_PERSON: Final = Column(
    key="person", cell=MemberCell(), called=N_("Full name"), path="person", width="l", heads=_PERSON_HEADS
)
_DAY_HEADS: Final = {"en": "day date", "ja": "日 日付 月日", "zh-Hans": "日期", "ko": "일자 날짜"}
_YES_NO: Final = (("yes", N_("yes")), ("no", N_("no")))
_YES_NO_WORDS: Final = (("yes", "y ○ 有 あり 要 是 含 예 있음 포함"), ("no", "n × 無 なし 不要 否 不含 아니오 없음"))


def _plain(key: str, called: str, *, width: str = "m", **heads: str) -> Column:
    by_language = {"zh-Hans" if tag == "zh" else tag: words for tag, words in heads.items()}
    return Column(key=key, cell=PlainCell(key), called=called, path=key, width=width, heads=by_language)


def _day(key: str, called: str, heads: Mapping[str, str]) -> Column:
    return Column(key=key, cell=DateCell(key), called=called, path=key, width="m", heads=heads, stops=True)


def _clock(key: str, called: str) -> Column:
    heads = {"en": "time", "ja": "時刻 時間", "zh-Hans": "时间 時間", "ko": "시각 시간"}
    return Column(key=key, cell=ClockCell(key), called=called, path=key, width="s", heads=heads, stops=True)


def _rows(kind: str, called: str, *columns: Column, **more: Any) -> RowSheet:
    """A sheet of private rows: what a row may hold is said by its columns."""
    names = dict.fromkeys(column.path for column in columns)
    texts = {column.path for column in columns if column.by_language}
    fields = [Field(name=name, sort=FieldType.TEXT if name in texts else FieldType.PLAIN) for name in names]
    if any(isinstance(column.cell, MemberCell) for column in columns):
        fields.append(Field(name="member", sort=FieldType.PLAIN))
    return RowSheet(kind=kind, path="rows", called=called, columns=columns, own_fields=tuple(fields), **more)


def _stays(content: Mapping[str, Any], _reader: CellReader, _known: Mapping[str, Any]) -> Iterator[CellMark]:
    """Stays that end before they begin."""
    for item in items_of(ROOMS, content):
        first, last = whole_day(item.get("from")), whole_day(item.get("until"))
        if first and last and last < first:
            yield CellMark(item["id"], "until", _LEAVES_FIRST)


def _once(content: Mapping[str, Any], _reader: CellReader, _known: Mapping[str, Any]) -> Iterator[CellMark]:
    """Somebody of whom two rows say what they do not eat."""
    seen: set[str] = set()
    for item in items_of(DIET, content):
        who = str(item.get("member") or item.get("person") or "")
        if who and who in seen:
            yield CellMark(item["id"], "person", _TWICE)
        seen.add(who)


ARRIVALS: Final = _rows(
    "arrivals",
    N_("Arrivals and departures"),
    _PERSON,
    Column(
        key="way",
        cell=ChosenCell(
            "way",
            (("arrives", N_("arrives")), ("leaves", N_("leaves"))),
            (
                ("arrives", "arrival in 到着 着 入国 来日 抵达 到达 抵達 来华 도착 입국"),
                ("leaves", "departure out departs 出発 発 帰国 出国 离开 出发 返程 離開 출발 귀국 출국"),
            ),
        ),
        called=N_("Arrives or leaves"),
        path="way",
        width="m",
        heads={"en": "way", "ja": "区分 発着", "zh-Hans": "抵离 往返", "ko": "구분"},
        stops=True,
    ),
    _day("day", N_("Day"), _DAY_HEADS),
    _clock("time", N_("Time")),
    _plain(
        "train",
        N_("Flight or train"),
        en="flight train",
        ja="便名 便 列車 航空便",
        zh="航班 航班号 车次 航班车次",
        ko="편명 항공편 열차",
    ),
    _plain("place", N_("Place"), en="place airport station from", ja="空港 駅 場所", zh="机场 车站 地点", ko="공항 역"),
    _plain("met", N_("Met by"), en="met_by escort", ja="出迎え 見送り", zh="接机 接站 送机 迎送", ko="마중 배웅"),
    _plain("car", N_("Car"), en="car vehicle", ja="車 車両 配車", zh="用车 车辆", ko="차량"),
    _REMARK,
    keyed_by=("person", "way"),
    keyed_together=True,
)
ROOMS: Final = _rows(
    "rooms",
    N_("Rooms"),
    _PERSON,
    _day(
        "from",
        N_("Check-in"),
        {"en": "from check-in", "ja": "チェックイン 宿泊開始", "zh-Hans": "入住", "ko": "체크인"},
    ),
    _day(
        "until",
        N_("Check-out"),
        {"en": "to until check-out", "ja": "チェックアウト", "zh-Hans": "退房 离店", "ko": "체크아웃"},
    ),
    _plain("hotel", N_("Hotel"), width="l", en="hotel", ja="ホテル 宿舎 宿泊先", zh="酒店 宾馆 住宿", ko="호텔 숙소"),
    _plain("room", N_("Room"), width="s", en="room", ja="部屋 部屋番号", zh="房间 房号 房型", ko="객실 방"),
    Column(
        key="breakfast",
        cell=ChosenCell("breakfast", _YES_NO, _YES_NO_WORDS),
        called=N_("Breakfast"),
        path="breakfast",
        width="s",
        heads={"en": "breakfast", "ja": "朝食", "zh-Hans": "早餐", "ko": "조식"},
        stops=True,
    ),
    Column(
        key="smoking",
        cell=ChosenCell("smoking", _YES_NO, (("yes", "喫煙 吸烟 흡연"), ("no", "禁煙 不吸烟 禁烟 금연"))),
        called=N_("Smoking"),
        path="smoking",
        width="s",
        heads={"en": "smoking", "ja": "喫煙", "zh-Hans": "吸烟", "ko": "흡연"},
        stops=True,
    ),
    Column(
        key="paid",
        cell=ChosenCell(
            "paid",
            (("host", N_("the host")), ("sender", N_("the sending side")), ("guest", N_("the guest"))),
            (
                ("host", "host 受入側 招待側 主办方 接待方 초청측"),
                ("sender", "sender 派遣側 派出方 파견측"),
                ("guest", "guest 本人 自费 본인"),
            ),
        ),
        called=N_("Paid by"),
        path="paid",
        heads={"en": "paid_by paid", "ja": "費用負担 負担", "zh-Hans": "费用承担 付费", "ko": "비용부담"},
        stops=True,
    ),
    _REMARK,
    keyed_by=("person",),
    checks=(_stays,),
)
DIET: Final = _rows(
    "diet",
    N_("Diet and care"),
    _PERSON,
    _plain(
        "diet",
        N_("Does not eat"),
        width="l",
        en="diet allergies",
        ja="食事制限 アレルギー 食べられないもの",
        zh="饮食禁忌 忌口 过敏",
        ko="못먹는음식 알레르기 식이",
    ),
    _plain("care", N_("Care needed"), width="l", en="care needs", ja="配慮事項", zh="照顾 特殊需求", ko="배려사항"),
    _plain(
        "emergency",
        N_("In an emergency"),
        width="l",
        en="emergency emergency_contact",
        ja="緊急連絡先",
        zh="紧急联系人",
        ko="비상연락처",
    ),
    keyed_by=("person",),
    checks=(_once,),
)
CALLS: Final = _rows(
    "calls",
    N_("Whom to call"),
    _plain("who", N_("Full name"), width="l", en="who name", ja="氏名 担当", zh="姓名 联系人", ko="성명 담당"),
    _plain("what", N_("For what"), width="l", en="for", ja="用件", zh="事项", ko="용건"),
    _plain("phone", N_("Telephone"), en="telephone phone mobile", ja="電話 電話番号 携帯", zh="电话 手机", ko="전화"),
    _REMARK,
    keyed_by=("who",),
)
FREE: Final = _rows(
    "free",
    N_("A sheet of our own"),
    _day("day", N_("Day"), _DAY_HEADS),
    _clock("time", N_("Time")),
    _plain("what", N_("What"), width="l", en="what item", ja="内容 品名 件名", zh="内容 名称", ko="내용 품명"),
    _plain("who", N_("Full name"), width="l", en="who persons", ja="対象 氏名", zh="人员 姓名", ko="대상 성명"),
    _plain("where", N_("Where"), en="where place", ja="場所", zh="地点", ko="장소"),
    _plain("number", N_("Quantity"), width="s", en="number quantity", ja="数 数量", zh="数量", ko="수량"),
    _REMARK,
    keyed_by=("what",),
)
TERMS: Final = _rows(
    "terms",
    N_("Terms of the programme"),
    Column(
        key="term",
        cell=TextCell("term"),
        called=N_("Expression"),
        path="term",
        width="l",
        by_language=True,
        heads={"en": "term english", "ja": "用語 日本語", "zh-Hans": "术语 中文", "ko": "용어 한국어"},
    ),
    _REMARK,
    keyed_by=("term",),
)
ARRANGED: Final = (ARRIVALS, ROOMS, DIET, CALLS, FREE)
