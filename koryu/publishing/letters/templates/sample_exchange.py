"""A made-up exchange of two made-up libraries: what templates are shown with, and what names of fields stand in for."""

from typing import Any, Final

from koryu.archive.queries import Line
from koryu.publishing.letters.letter_source import LetterSource, PrintedRecord
from koryu.publishing.letters.make import LetterIdentity
from koryu.records.listed_values import Summary
from koryu.wording.letters.letter_words import HONORIFICS

_BASE: Final = "tag:example.org,2026:"
_OURS, _THEIRS = f"{_BASE}institution/ours", f"{_BASE}institution/theirs"
SAMPLE_NUMBER: Final = "0000000"


def sample_identity(host: str) -> LetterIdentity:
    """A letter that was never written, which corrects another that was not."""
    return LetterIdentity(number=SAMPLE_NUMBER, host=host, version=1, replaces="12345", replaced_on="2027-04-01")


def sample_source(tag: str, *, named_in: str = "") -> LetterSource:
    """What a letter in this language would print of the made-up exchange."""
    return LetterSource(
        me=_OURS,
        exchange=_printed("exchange/sample", _PLAN),
        before={**_PLAN, "planned_size": 4},
        participations=(_printed("participation/theirs", _DELEGATION), _printed("participation/ours", _HOSTS)),
        timetable=_printed("timetable/sample", _TIMETABLE),
        papers=(_printed("paper/a", _PAPER),),
        lines={
            _OURS: _line(_OURS, _in_four("見本図書館", "示例图书馆", "견본도서관", "Sample Library")),
            _THEIRS: _line(_THEIRS, _in_four("友好図書館", "友好图书馆", "우호도서관", "Friendship Library")),
        },
        typed={} if named_in else {**_TYPED[tag], "to_honorific": HONORIFICS[tag][0], **_ALWAYS},
        named_in=named_in,
    )


def _in_four(ja: str, zh: str, ko: str, en: str) -> dict[str, str]:
    return {"ja": ja, "zh-Hans": zh, "ko": ko, "en": en, "source": "ja"}


def _line(uri: str, title: dict[str, str]) -> Line:
    return Line(uri=uri, kind="institution", slug=uri.rpartition("/")[2], basis="agreed", summary=Summary(title=title))


def _printed(name: str, content: dict[str, Any]) -> PrintedRecord:
    return PrintedRecord(uri=f"{_BASE}{name}", content=content, digest="sha256:" + "0" * 64)


_POST: Final = [
    {
        "id": "p",
        "unit": _in_four("国際課", "国际合作处", "국제협력과", "International Division"),
        "post": _in_four("課長", "处长", "과장", "Director"),
    }
]
_PLAN: Final[dict[str, Any]] = {
    "kind": "exchange",
    "title": _in_four("第5回業務交流", "第5次业务交流", "제5회 업무교류", "5th Exchange"),
    "form": "visit",
    "event": {"state": "planned"},
    "institutions": [_OURS, _THEIRS],
    "hosts": [_OURS],
    "planned_size": 5,
    "languages": ["ja", "zh-Hans"],
    "dates": [{"id": "trip", "scope": "trip", "date": "2027-09-06/2027-09-08"}],
    "places": [{"id": "p", "city": _in_four("京都", "京都", "교토", "Kyoto")}],
    "themes": [
        {
            "id": "t",
            "level": "main theme",
            "text": _in_four("地図の保存", "地图的保存", "지도의 보존", "Preserving maps"),
        },
        {"id": "u", "level": "sub-theme", "text": _in_four("複製", "复制", "복제", "Copies")},
    ],
    "open": [{"id": "o", "field": "themes", "note": _in_four("副題", "副题", "부제", "Subtitle")}],
}
_DELEGATION: Final[dict[str, Any]] = {
    "kind": "participation",
    "institution": _THEIRS,
    "members": [
        {
            "id": "m1",
            "printed": _in_four("見本 花子", "样本 花子", "견본 하나코", "MIHON Hanako"),
            "roles": ["head of delegation"],
            "posts": _POST,
        },
        {
            "id": "m2",
            "printed": _in_four("例 太郎", "例 太郎", "예 다로", "REI Taro"),
            "roles": ["interpreter"],
            "posts": _POST,
        },
    ],
}
_HOSTS: Final[dict[str, Any]] = {**_DELEGATION, "institution": _OURS}
_PAPER: Final[dict[str, Any]] = {
    "kind": "paper",
    "institution": _OURS,
    "type": "keynote",
    "label": "1",
    "title": _in_four("古地図の修復", "古地图修复", "고지도 복원", "Restoring old maps"),
    "speakers": [
        {"id": "s", "printed": _in_four("見本 花子", "样本 花子", "견본 하나코", "MIHON Hanako"), "posts": _POST}
    ],
}
_TIMETABLE: Final[dict[str, Any]] = {
    "kind": "timetable",
    "arranged_by": _OURS,
    "time_zone": "Asia/Tokyo",
    "provisional": True,
    "sessions": [
        {
            "id": "a",
            "type": "opening session",
            "date": "2027-09-06",
            "start": "09:30",
            "end": "10:00",
            "venue": _in_four("大会議室", "大会议室", "대회의실", "Main hall"),
        },
        {"id": "b", "type": "working session", "date": "2027-09-07", "start": "14:00", "papers": [f"{_BASE}paper/a"]},
    ],
}
_ALWAYS: Final = {
    "number": "123",
    "date": "2027-05-10",
    "their_number": "45",
    "their_date": "2027-04-20",
    "deadline": "2027-06-30",
    "sender_telephone": "+00-0-0000-0000",
    "sender_mail": "sample@library.example",
    "translation": "1",
    "seal": "omitted",
}
_BOXES: Final = (
    *("to_institution", "to_unit", "to_post", "to_name", "sender_institution", "sender_unit", "sender_post"),
    *("sender_name", "sender_address", "contact_unit", "contact_name", "costs", "enclosures", "text", "reasons"),
    *("covering", "notes"),
)
_TYPED: Final = {
    tag: dict(zip(_BOXES, words, strict=True))
    for tag, words in {
        "ja": (
            *("友好図書館", "総務部", "館長", "例 一郎", "見本図書館", "総務部", "館長", "見本 次郎", "見本市本町1-1"),
            *("国際課", "見本 三子", "往復の航空賃は派遣機関、滞在費は受入機関", "日程表\n参加者名簿"),
            *(
                "どうぞよろしくお願いいたします。",
                "昨年の合意によります。",
                "協議案をお送りします。",
                "会場は変わることがあります。",
            ),
        ),
        "zh-Hans": (
            *("友好图书馆", "办公室", "馆长", "例一郎", "示例图书馆", "办公室", "馆长", "样本次郎", "示例市中心路1号"),
            *("国际合作处", "样本三子", "往返机票由派出方承担，在访费用由接待方承担", "日程安排\n参加人员名单"),
            *("请多关照。", "根据去年的协议。", "现送上建议稿。", "会场可能有变。"),
        ),
        "ko": (
            *(
                "우호도서관",
                "총무부",
                "관장",
                "예이치로",
                "견본도서관",
                "총무부",
                "관장",
                "견본지로",
                "견본시 중앙로 1",
            ),
            *("국제협력과", "견본미코", "왕복 항공료는 파견 기관, 체재비는 개최 기관 부담", "일정표\n참가자 명단"),
            *("잘 부탁드립니다.", "작년 합의에 따름.", "협의안을 보내드립니다.", "장소는 바뀔 수 있습니다."),
        ),
        "en": (
            *("Friendship Library", "Administration", "Director General", "REI Ichiro", "Sample Library"),
            *("Administration", "Director General", "MIHON Jiro", "1 Main Street, Sample City"),
            *("International Division", "MIHON Miko", "Travel: sending side; stay: receiving side"),
            *("Programme\nList of participants", "We look forward to it.", "As agreed last year."),
            *("Please find our proposal below.", "Rooms may change."),
        ),
    }.items()
}
