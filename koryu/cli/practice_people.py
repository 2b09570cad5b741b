"""The invented libraries of the practice area, and the people who practise there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

PASSWORD: Final = "practice makes steady"  # noqa: S105 -- of people who are invented, and printed at the start
BASE: Final = "tag:practice.example,2026:"
OPERATOR: Final = ("technician", "The operator of this server")
ROLES: Final = ("head", "officer", "contributor", "translator", "reader")


@dataclass(frozen=True, kw_only=True)
class Library:
    """An invented library: `people` are those who have the ROLES there, in their order."""

    name: str
    language: str
    title: dict[str, str]
    short: dict[str, str]
    zone: str
    country: str = ""
    people: tuple[str, ...] = ()

    @property
    def uri(self) -> str:
        return f"{BASE}institution/{self.name}"

    def username(self, role: str) -> str:
        return f"{self.name}-{role}"

    def content(self) -> dict[str, Any]:
        """Its own record."""
        names = [
            {"id": f"short-{tag.lower()}", "lang": tag, "written": written, "use": "short name"}
            for tag, written in self.short.items()
        ]
        return {
            "kind": "institution",
            "type": "national library",
            "title": self.title,
            "kept_by": self.uri,
            "names": names,
            "places": [{"id": "seat", "role": "seat", "name": self.title, "time_zone": self.zone}],
        }


AOYAMA: Final = Library(
    name="aoyama",
    language="ja",
    title={
        "ja": "架空青山図書館",
        "en": "Invented Library of Aoyama",
        "zh-Hans": "虚构青山图书馆",
        "ko": "가상 아오야마 도서관",
        "source": "ja",
    },
    short={"ja": "青山館", "en": "Aoyama", "zh-Hans": "青山馆", "ko": "아오야마"},
    zone="Asia/Tokyo",
    country="JP",
    people=("青木 春子", "森 健一", "林 みどり", "川口 真", "石井 薫"),
)
QINGSHUI: Final = Library(
    name="qingshui",
    language="zh-hans",
    title={
        "zh-Hans": "虚构清水图书馆",
        "en": "Invented Library of Qingshui",
        "ja": "架空清水図書館",
        "ko": "가상 칭수이 도서관",
        "source": "zh-Hans",
    },
    short={"zh-Hans": "清水馆", "en": "Qingshui", "ja": "清水館", "ko": "칭수이"},
    zone="Asia/Shanghai",
    country="CN",
    people=("沈文远", "何静", "吕晓明", "宋岚", "方洁"),
)
SOLNAE: Final = Library(
    name="solnae",
    language="ko",
    title={
        "ko": "가상 솔내 도서관",
        "en": "Invented Library of Solnae",
        "ja": "架空ソルネ図書館",
        "zh-Hans": "虚构松川图书馆",
        "source": "ko",
    },
    short={"ko": "솔내관", "en": "Solnae", "ja": "ソルネ館", "zh-Hans": "松川馆"},
    zone="Asia/Seoul",
    country="KR",
    people=("한가람", "윤서진", "오하늘", "문소라", "배은결"),
)
# A partner who never signs in: it has no key here and answers by letter.
HARBOUR: Final = Library(
    name="harbour",
    language="en",
    title={
        "en": "Invented Harbour Library",
        "ja": "架空みなと図書館",
        "zh-Hans": "虚构海港图书馆",
        "ko": "가상 항구 도서관",
        "source": "en",
    },
    short={"en": "Harbour", "ja": "みなと館", "zh-Hans": "海港馆", "ko": "항구관"},
    zone="UTC",
)
LIBRARIES: Final = (AOYAMA, QINGSHUI, SOLNAE)


def people() -> Iterator[tuple[str, str, str]]:
    """(username, role, name) of everybody who can sign in."""
    for library in LIBRARIES:
        for role, name in zip(ROLES, library.people, strict=True):
            yield library.username(role), role, f"{name} ({library.title['en']})"
    yield OPERATOR[0], "operator", OPERATOR[1]
