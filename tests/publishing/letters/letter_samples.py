"""One exchange with all that a letter may print of it: names that must not be changed, gaps, four languages."""

from typing import Any, Final

from koryu.archive.queries import Line
from koryu.publishing.letters.letter_source import LetterSource, PrintedRecord
from koryu.publishing.letters.make import LetterIdentity, MadeLetter, make_letter
from koryu.records.listed_values import Summary

BASE: Final = "tag:example.org,2026:"
NDL, NLC = f"{BASE}institution/ndl", f"{BASE}institution/nlc"
DIGEST: Final = "sha256:" + "ab" * 32
IDENTITY: Final = LetterIdentity(number="7Q42M9A", host="library.example")
# U+FA19, a compatibility ideograph: NFC would make another character of it.
KAMIO: Final = "\ufa19尾 健一"


def line(uri: str, kind: str, title: dict[str, str], **readings: str) -> Line:
    summary = Summary(title=title, readings={tag.replace("_", "-"): text for tag, text in readings.items()})
    return Line(uri=uri, kind=kind, slug=uri.rpartition("/")[2], basis="agreed", summary=summary)


LINES: Final = {
    each.uri: each
    for each in (
        line(
            NDL,
            "institution",
            {
                "ja": "国立国会図書館",
                "zh-Hans": "日本国立国会图书馆",
                "ko": "일본 국립국회도서관",
                "en": "National Diet Library",
                "source": "ja",
            },
        ),
        line(
            NLC,
            "institution",
            {
                "zh-Hans": "中国国家图书馆",
                "ja": "中国国家図書館",
                "ko": "중국 국가도서관",
                "en": "National Library of China",
                "source": "zh-Hans",
            },
        ),
        line(f"{BASE}person/a", "person", {"ja": KAMIO, "en": "KAMIO Kenichi", "source": "ja"}, ja="かみお けんいち"),
        line(f"{BASE}person/b", "person", {"zh-Hans": "沈文远"}, zh_Hans="Shen Wenyuan"),
    )
}
HEAD_POST: Final = [
    {
        "id": "p",
        "unit": {
            "ja": "総務部",
            "zh-Hans": "总务部",
            "ko": "총무부",
            "en": "Administrative Department",
            "source": "ja",
        },
        "post": {"ja": "部長", "zh-Hans": "部长", "ko": "부장", "en": "Director General", "source": "ja"},
    }
]
PLAN: Final[dict[str, Any]] = {
    "kind": "exchange",
    "title": {
        "ja": "第37回日中業務交流",
        "zh-Hans": "第37次中日业务交流",
        "ko": "제37회 중·일 업무교류",
        "en": "37th NDL–NLC exchange",
        "source": "ja",
    },
    "form": "visit",
    "event": {"state": "planned"},
    "institutions": [NDL, NLC],
    "hosts": [NDL],
    "planned_size": 5,
    "languages": ["ja", "zh-Hans", "de"],
    "dates": [
        {"id": "trip", "scope": "trip", "date": "2027-09-06/2027-09-12"},
        {"id": "s", "scope": "session", "date": "2027-09-07"},
    ],
    "places": [
        {"id": "p", "city": {"ja": "東京", "zh-Hans": "东京", "ko": "도쿄", "en": "Tokyo", "source": "ja"}},
        {"id": "q", "city": {"ja": "京都（関西館）"}},
    ],
    "themes": [
        {
            "id": "t",
            "level": "main theme",
            "text": {"ja": "骨直誤：デジタル化資料の提供", "zh-Hans": "数字化资源的服务", "source": "ja"},
        },
        {"id": "u", "level": "sub-theme", "text": {"ja": "著作権処理"}},
    ],
    "open": [
        {"id": "o", "field": "themes", "note": {"ja": "サブテーマ2を決める", "zh-Hans": "待定分议题二", "source": "ja"}}
    ],
}
THEIRS: Final[dict[str, Any]] = {
    "kind": "participation",
    "institution": NLC,
    "members": [
        {
            "id": "m1",
            "person": f"{BASE}person/b",
            "roles": ["head of delegation"],
            "posts": [{"id": "p", "post": {"zh-Hans": "副馆长", "ja": "副館長", "ko": "부관장", "source": "zh-Hans"}}],
        },
        {
            "id": "m2",
            "printed": {"zh-Hans": "何静", "en": "HE Jing", "ko": "허징", "source": "zh-Hans"},
            "roles": ["interpreter", "member"],
            "posts": [{"id": "p", "unit": {"zh-Hans": "国际交流处"}, "post": {"zh-Hans": "处长"}}],
        },
    ],
}
OURS: Final[dict[str, Any]] = {
    "kind": "participation",
    "institution": NDL,
    "members": [
        {"id": "m1", "person": f"{BASE}person/a", "roles": ["head of delegation"], "posts": HEAD_POST},
        {"id": "m2", "printed": {"ko": "홍길동"}, "roles": ["member"]},
    ],
}
KEYNOTE: Final[dict[str, Any]] = {
    "kind": "paper",
    "institution": NDL,
    "type": "keynote",
    "label": "1",
    "title": {"ja": "デジタル化の現在"},
    "wordings": [{"id": "w", "lang": "zh-Hans", "title": "数字化的现状", "status": "in translation"}],
    "speakers": [{"id": "s", "person": f"{BASE}person/a", "posts": HEAD_POST}],
}
RARE: Final[dict[str, Any]] = {
    "kind": "paper",
    "institution": NLC,
    "type": "paper",
    "title": {
        "zh-Hans": "古籍保护与服务",
        "ja": "古籍の保存と提供",
        "ko": "고서 보존과 서비스",
        "en": "Preserving and serving rare books",
        "source": "zh-Hans",
    },
    "speakers": [{"id": "s", "person": f"{BASE}person/b"}],
}
TIMETABLE: Final[dict[str, Any]] = {
    "kind": "timetable",
    "arranged_by": NDL,
    "time_zone": "Asia/Tokyo",
    "provisional": True,
    "sessions": [
        {
            "id": "a",
            "type": "opening session",
            "date": "2027-09-07",
            "start": "09:30",
            "end": "10:00",
            "at": NDL,
            "venue": {"ja": "新館大会議室", "zh-Hans": "新馆大会议室", "source": "ja"},
        },
        {
            "id": "b",
            "type": "working session",
            "number": "1",
            "date": "2027-09-07",
            "start": "10:00",
            "end": "12:00",
            "papers": [f"{BASE}paper/a", f"{BASE}paper/b"],
        },
        {"id": "c", "type": "site visit", "date": "2027-09-09", "start": "14:00", "title": {"ja": "関西館見学"}},
        {"id": "d", "type": "reception"},
    ],
}
TYPED: Final = {
    "to_institution": "中国国家图书馆",
    "to_post": "馆长",
    "to_name": "熊远明",
    "sender_institution": "国立国会図書館",
    "sender_post": "館長",
    "sender_name": "倉田敬子",
    "sender_address": "東京都千代田区永田町1-10-1",
    "sender_telephone": "+81-3-3581-2331",
    "contact_unit": "支部図書館・協力課",
    "costs": "国際航空賃は派遣館、滞在費は受入館が負担",
    "enclosures": "日程表\n参加者名簿",
    "text": "よろしくお願いします。",
    "deadline": "2027-06-30",
    "reasons": "昨年の合意に基づく。",
}


def printed(name: str, content: dict[str, Any], digest: str = DIGEST) -> PrintedRecord:
    return PrintedRecord(uri=f"{BASE}{name}", content=content, digest=digest)


SOURCE: Final = LetterSource(
    me=NDL,
    exchange=printed("exchange/e", PLAN),
    before={**PLAN, "planned_size": 4},
    participations=(printed("participation/c", THEIRS), printed("participation/d", OURS)),
    timetable=printed("timetable/t", TIMETABLE),
    papers=(printed("paper/a", KEYNOTE), printed("paper/b", RARE)),
    lines=LINES,
    typed=TYPED,
)


def made(kind: str, *langs: str, source: LetterSource = SOURCE, identity: LetterIdentity = IDENTITY) -> MadeLetter:
    """The letter as it would be printed."""
    return make_letter(kind, langs, source, identity)


def rows(number: int) -> LetterSource:
    """The same exchange with as many participants as asked for."""
    members = [
        {
            "id": f"m{place}",
            "printed": {"ja": f"図書 館子{place}", "zh-Hans": f"图书馆子{place}", "source": "ja"},
            "roles": ["member"],
            "posts": HEAD_POST,
        }
        for place in range(number)
    ]
    listed = printed("participation/d", {**OURS, "members": members})
    return LetterSource(me=NDL, exchange=SOURCE.exchange, participations=(listed,), lines=LINES)
