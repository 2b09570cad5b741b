"""An exchange of which plan, people, papers and timetable stand, for the tests of arrangements and private links."""

from datetime import date
from typing import Any, Final

from koryu.consent import actions
from koryu.records.document import Document
from koryu.records.kinds import document_of
from tests.world import (
    COMPILER,
    EXCHANGE,
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    WORK,
    give_voice,
    library,
    paper,
    participation,
    programme,
    put_on_record,
    stands,
    timetable,
    under,
    uri,
)

TODAY: Final = date(2027, 11, 9)
NOW: Final = "2027-11-08T23:30:00Z"
TRIP: Final = [{"id": "d", "scope": "trip", "date": "2027-11-08/2027-11-15"}]
GUESTS: Final = uri("participation/e-nlc")
HOSTS: Final = uri("participation/e-ndl")
DAYS: Final = uri("timetable/e-ndl")
LECTURE: Final = uri("paper/e-nlc-1")
TITLE: Final = {
    "en": "37th exchange of the NDL and the NLC",
    "ja": "第37回日中業務交流",
    "zh-Hans": "第37次中日业务交流",
    "ko": "제37회 일중 업무교류",
    "source": "ja",
}
# Shen speaks, He interprets.
MEMBERS: Final = [
    {
        "id": "shen",
        "printed": {
            "zh-Hans": "沈文远",
            "zh-Latn-pinyin": "Shen Wenyuan",
            "ja-Hira": "しん・ぶんえん",
            "source": "zh-Hans",
        },
        "posts": [{"id": "p", "post": {"zh-Hans": "副馆长", "ja": "副館長", "source": "zh-Hans"}}],
        "roles": ["head of delegation", "speaker"],
    },
    {
        "id": "he",
        "printed": {"zh-Hans": "何静", "zh-Latn-pinyin": "He Jing", "source": "zh-Hans"},
        "roles": ["interpreter"],
    },
]
SESSIONS: Final[list[dict[str, Any]]] = [
    {
        "id": "opening",
        "type": "opening session",
        "title": {"ja": "業務交流 開会式", "zh-Hans": "业务交流开幕式", "en": "Opening", "source": "ja"},
        "date": "2027-11-09",
        "start": "10:00",
        "end": "11:30",
        "venue": {"en": "Main Library, 6F", "ja": "東京本館6階", "source": "ja"},
        "attending": [{"id": "a", "participation": GUESTS, "member": "he", "does": "interprets"}],
        "papers": [LECTURE],
    },
    {"id": "visit", "type": "site visit", "title": {"en": "National Archives"}, "date": "2027-11-10", "start": "14:00"},
    {
        "id": "hosts",
        "type": "meeting",
        "title": {"en": "Hosts among themselves"},
        "date": "2027-11-10",
        "start": "17:00",
        "taking_part": [NDL],
    },
]


def houses() -> None:
    """Two libraries of one programme and one of another, with their zones; nothing else."""
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NLK, NAL, COMPILER)
    for institution, zone in ((NDL, "Asia/Tokyo"), (NLC, "Asia/Shanghai")):
        seat = [{"id": "seat", "role": "seat", "name": {"en": "Seat"}, "time_zone": zone}]
        said = {**library(institution).content(), "places": seat, "sources": [{"id": "page", "work": WORK}]}
        actions.record(institution=COMPILER, record=institution, document=document_of(said), **HEAD)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)


def plan(**more: Any) -> Document:
    """The exchange: for its institutions alone, in Tokyo, in two languages."""
    said = {"title": TITLE, "dates": TRIP, "shown_to": "institutions", "hosts": [NDL], "languages": ["ja", "zh-Hans"]}
    return document_of({**under(NDL, NLC).content(), **said, **more})


def days(sessions: list[dict[str, Any]] = SESSIONS, **more: Any) -> Document:
    """The timetable of the hosts."""
    return timetable(NDL, sessions=sessions, time_zone="Asia/Tokyo", shown_to="institutions", **more)


def lecture(**more: Any) -> Document:
    """A paper in Chinese, of which the Japanese title and every text are missing."""
    speakers = [{"id": "s", "printed": {"zh-Hans": "沈文远"}}]
    wordings = [{"id": "w", "lang": "zh-Hans", "title": "国家图书馆的新馆", "status": "as given"}]
    said = {"title": {"zh-Hans": "国家图书馆的新馆"}, "label": "L1", "speakers": speakers, "wordings": wordings}
    return paper(NLC, shown_to="institutions", **{**said, **more})


def says(institution: str, document: Document, record: str, replaces: str | None = None) -> str:
    """What one institution says of what is its own, and so stands at once."""
    return actions.propose(institution=institution, record=record, document=document, replaces=replaces, **HEAD)


def halves() -> None:
    """The people of both sides and the paper stand."""
    says(NLC, participation(NLC, members=MEMBERS, shown_to="institutions"), GUESTS)
    hosts = [{"id": "mori", "printed": {"ja": "森 健一", "ja-Hira": "もり けんいち", "source": "ja"}}]
    hosting = {**participation(NDL, members=hosts, shown_to="institutions").content(), "side": "hosting"}
    says(NDL, document_of(hosting), HOSTS)
    says(NLC, lecture(), LECTURE)


def visit(sessions: list[dict[str, Any]] = SESSIONS) -> str:
    """Everything of the visit stands. Returns the version of the timetable."""
    stands(plan(), NDL, NLC, record=EXCHANGE)
    halves()
    return says(NDL, days(sessions), DAYS)
