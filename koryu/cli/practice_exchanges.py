"""The exchanges of the practice area: one for each sentence that can be said of how an exchange stands.

Each is seen from the library of Aoyama; the others see the same exchanges from their own side.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from koryu.cli.practice_people import AOYAMA, BASE, HARBOUR, QINGSHUI, SOLNAE, Library
from koryu.consent import actions, queries
from koryu.files.actions import bring
from koryu.planning import actions as planning
from koryu.records.kinds import document_of
from koryu.values.text import Text

Moment = Callable[[int], str]
PROGRAMME: Final = f"{BASE}programme/aoyama-qingshui"
_LETTER: Final = b"Dear colleagues,\nwe agree to the plan that you sent us.\nInvented Harbour Library\n"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One exchange: what it is called in English, Japanese, Chinese and Korean, with whom it is, on which days from
    today it is held, and what was done with it. `number` is its number in the programme of the two."""

    name: str
    called: tuple[str, str, str, str]
    was_done: tuple["Deed", ...]
    partners: tuple[Library, ...] = (QINGSHUI,)
    days: tuple[int, int] | None = (300, 304)
    month: bool = False
    form: str = "visit"
    number: str = ""
    hosted: bool = True
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def record(self) -> str:
        return f"{BASE}exchange/{self.name}"

    @property
    def libraries(self) -> tuple[Library, ...]:
        return (AOYAMA, *self.partners) if self.hosted else (*self.partners, AOYAMA)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A situation while it is acted: `at` gives the moment so many days ago, `today` the day it is."""

    situation: Situation
    at: Moment
    today: date

    def content(self, **fields: Any) -> dict[str, Any]:
        """What the exchange says, with these fields otherwise."""
        case = self.situation
        held_under = [{"id": "two", "programme": PROGRAMME, "number": case.number}] if case.number else []
        return {
            "kind": "exchange",
            "form": case.form,
            "event": {"state": "planned"},
            "title": dict(zip(("en", "ja", "zh-Hans", "ko"), case.called, strict=True)) | {"source": "en"},
            "institutions": [library.uri for library in case.libraries],
            "hosts": [case.libraries[0].uri],
            **({"programmes": held_under} if held_under else {}),
            **({"dates": [{"id": "trip", "scope": "trip", "date": self.date()}]} if case.days else {}),
            "shown_to": "institutions",
            **case.more,
            **fields,
        }

    def date(self) -> str:
        assert self.situation.days
        first, last = (self.today + timedelta(days=days) for days in self.situation.days)
        return f"{first:%Y-%m}" if self.situation.month else f"{first}/{last}"

    def said(self, library: Library, *, ago: int, role: str = "head") -> dict[str, Any]:
        """For whom something is said of the exchange, by whom and when."""
        named = {"institution": library.uri, "by": library.username(role), "at": self.at(ago)}
        return {**named, "record": self.situation.record}

    def kept(self) -> dict[str, Any]:
        """The same for what Aoyama keeps to itself of it."""
        by = AOYAMA.username("officer")
        return {"institution": AOYAMA.uri, "exchange": self.situation.record, "by": by, "at": self.at(2)}


Deed = Callable[[Scene], object]


def put_on_record(at: Moment, today: date) -> None:
    """All of them, said through the same verbs as anything real."""
    _programme(at)
    for situation in SITUATIONS:
        scene = Scene(situation=situation, at=at, today=today)
        for deed in situation.was_done:
            deed(scene)


def _programme(at: Moment) -> None:
    content = {
        "kind": "programme",
        "type": "mutual visit programme",
        "title": {
            "en": "Practice programme of Aoyama and Qingshui",
            "ja": "青山館と清水館の練習用業務交流",
            "zh-Hans": "青山馆与清水馆业务交流（练习）",
            "ko": "아오야마와 칭수이의 연습용 업무교류",
            "source": "en",
        },
        "institutions": [{"id": each.name, "institution": each.uri} for each in (AOYAMA, QINGSHUI)],
    }
    said: dict[str, Any] = {"record": PROGRAMME, "at": at(360)}
    by = AOYAMA.username("head")
    version = actions.propose(institution=AOYAMA.uri, by=by, document=document_of(content), replaces=None, **said)
    actions.accept(institution=QINGSHUI.uri, by=QINGSHUI.username("head"), version=version, **said)


# What is done with an exchange


def agreed(**fields: Any) -> Deed:
    """The plan is agreed by all, with these fields otherwise; whatever stood before is replaced."""

    def do(scene: Scene) -> None:
        version = _proposed(scene, AOYAMA, ago=30, **fields)
        for partner in scene.situation.partners:
            actions.accept(version=version, **scene.said(partner, ago=25))

    return do


def agreed_by_letter(scene: Scene) -> None:
    version = _proposed(scene, AOYAMA, ago=30)
    said = scene.said(AOYAMA, ago=20)
    brought = {name: said[name] for name in ("institution", "record", "by", "at")}
    letter = bring(name="letter-from-the-harbour.txt", media_type="text/plain", body=_LETTER, **brought)
    actions.accept_by_letter(on_behalf_of=HARBOUR.uri, letter=letter, version=version, **said)


def on_record(state: str) -> Deed:
    """Put on record from what was published."""

    def do(scene: Scene) -> None:
        sources = [{"id": "newsletter", "work": f"{BASE}work/aoyama-newsletter"}]
        content = scene.content(event={"state": state}, sources=sources, shown_to="public")
        actions.record(document=document_of(content), **scene.said(AOYAMA, ago=40))

    return do


def proposed_by(*libraries: Library) -> Deed:
    """A plan, or a change of it, is sent by the first, accepted by the others, and open to whoever is left."""

    def do(scene: Scene) -> None:
        version = _proposed(scene, libraries[0], ago=12, planned_size=6)
        for library in libraries[1:]:
            actions.accept(version=version, **scene.said(library, ago=11))

    return do


def trainees_sent_by(library: Library, host: Library) -> Deed:
    """Who is sent for a training, which the host has to accept too."""

    def do(scene: Scene) -> None:
        content = {
            "kind": "participation",
            "title": {"en": "Trainees", "ja": "研修生", "zh-Hans": "进修人员", "ko": "연수생", "source": "en"},
            "exchange": scene.situation.record,
            "institution": library.uri,
            "host": host.uri,
            "side": "visiting",
            "size_stated": 2,
            "shown_to": "institutions",
        }
        said = scene.said(library, ago=9) | {"record": f"{BASE}participation/{scene.situation.name}-{library.name}"}
        actions.propose(document=document_of(content), replaces=None, **said)

    return do


def declined(scene: Scene) -> None:
    reason = {
        "zh-Hans": "该月我馆正值馆藏清点，恐难成行。",
        "en": "That month we take stock, and could not come.",
        "ja": "その月は蔵書点検のため、伺うことができません。",
        "ko": "그달에는 장서 점검이 있어 방문이 어렵습니다.",
        "source": "zh-Hans",
    }
    version = _proposed(scene, AOYAMA, ago=20)
    actions.decline(version=version, reason=Text(reason), **scene.said(QINGSHUI, ago=15))


def drafted(scene: Scene) -> int:
    return _drafted(scene, AOYAMA)


def waiting_for_the_head(scene: Scene) -> None:
    number = _drafted(scene, AOYAMA)
    laid = queries.draft(number)
    assert laid
    actions.submit(draft=number, shown=laid.digest, by=AOYAMA.username("officer"), at=scene.at(3))


def shown_by(library: Library) -> Deed:
    """A draft is shown to the others, who may say what they think of it."""

    def do(scene: Scene) -> None:
        actions.share(draft=_drafted(scene, library), by=library.username("officer"), at=scene.at(6))

    return do


def to_do(what: str, *, who: str = "", in_days: int | None = None) -> Deed:
    """A step that Aoyama keeps for itself."""

    def do(scene: Scene) -> None:
        due = str(scene.today + timedelta(days=in_days)) if in_days is not None else ""
        planning.add_step(what=what, who=who, due=due, **scene.kept())

    return do


def closed(scene: Scene) -> None:
    planning.close(**scene.kept())


def _proposed(scene: Scene, library: Library, *, ago: int, **fields: Any) -> str:
    replaces = queries.history(scene.situation.record).in_force
    document = document_of(scene.content(**fields))
    return actions.propose(document=document, replaces=replaces, **scene.said(library, ago=ago))


def _drafted(scene: Scene, library: Library) -> int:
    return actions.draft(content=scene.content(), replaces=None, **scene.said(library, ago=7, role="officer"))


_HELD: Final = {"event": {"state": "held"}}


def _situations() -> Iterator[Situation]:
    yield Situation(
        name="reading-rooms",
        called=("Reading rooms for children", "児童のための閲覧室", "儿童阅览室", "어린이 열람실"),
        was_done=(on_record("held"),),
        days=(-1400, -1396),
        number="1",
    )
    yield Situation(
        name="old-maps",
        called=("Cataloguing old maps", "古地図の目録", "古地图编目", "고지도 목록"),
        was_done=(agreed(**_HELD), closed),
        days=(-1060, -1056),
        number="2",
        hosted=False,
    )
    yield Situation(
        name="newspapers",
        called=("Keeping newspapers", "新聞の保存", "报纸保存", "신문 보존"),
        was_done=(agreed(**_HELD), to_do("報告書の翻訳"), closed),
        days=(-700, -695),
        number="3",
    )
    yield Situation(
        name="rare-books",
        called=("Lending rare books", "貴重書の貸出", "善本外借", "귀중서 대출"),
        was_done=(agreed(**_HELD), to_do("写真の送付", who="清水館", in_days=10)),
        days=(-340, -335),
        number="4",
        hosted=False,
    )
    yield Situation(
        name="binding",
        called=("A workshop on binding", "製本の実習", "装订工作坊", "제본 실습"),
        was_done=(agreed(**_HELD), to_do("礼状の送付", in_days=5)),
        days=(-40, -38),
        partners=(SOLNAE,),
        form="training",
    )
    yield Situation(
        name="statistics",
        called=("Figures of use", "利用統計", "利用统计", "이용 통계"),
        was_done=(agreed(**_HELD),),
        days=None,
        partners=(QINGSHUI, SOLNAE),
        form="online exchange",
    )
    yield Situation(
        name="sound-archive",
        called=("The sound archive", "録音資料", "录音资料", "음향 자료"),
        was_done=(on_record("planned"),),
        days=(-1800, -1796),
        partners=(SOLNAE,),
    )
    yield Situation(
        name="acquisition",
        called=("Acquiring publications from abroad", "外国資料の収集", "外文文献采访", "외국 자료 수집"),
        was_done=(agreed(),),
        days=(-20, -16),
    )
    yield Situation(
        name="under-way",
        called=("Preserving films", "フィルムの保存", "胶片保存", "필름 보존"),
        was_done=(agreed(),),
        days=(-1, 3),
        partners=(QINGSHUI, SOLNAE),
    )
    yield Situation(
        name="cancelled",
        called=("A tour of branch libraries", "分館の見学", "分馆参观", "분관 견학"),
        was_done=(agreed(), agreed(event={"state": "cancelled"})),
        days=(60, 62),
        hosted=False,
    )
    yield Situation(
        name="postponed",
        called=("Rooms for research", "研究室の運営", "研究室管理", "연구실 운영"),
        was_done=(agreed(), lambda scene: agreed(event=_postponed(scene))(scene)),
        days=(40, 44),
    )
    yield Situation(
        name="postponed-open",
        called=("A seminar of three libraries", "三館セミナー", "三馆研讨会", "세 도서관 세미나"),
        was_done=(agreed(), agreed(event={"state": "postponed"})),
        days=(50, 52),
        partners=(QINGSHUI, SOLNAE),
        form="seminar",
    )
    yield Situation(
        name="by-letter",
        called=("Visit of the harbour", "みなと館の来訪", "海港馆来访", "항구관의 방문"),
        was_done=(agreed_by_letter, to_do("通訳の手配", who="森", in_days=20)),
        days=(75, 79),
        partners=(HARBOUR,),
    )
    yield Situation(
        name="agreed",
        called=("Digitising manuscripts", "写本のデジタル化", "写本数字化", "필사본 디지털화"),
        was_done=(agreed(), to_do("講演題目の決定")),
        days=(130, 134),
    )
    yield Situation(
        name="agreed-month",
        called=("Librarians for schools", "学校図書館の支援", "支持学校图书馆", "학교도서관 지원"),
        was_done=(agreed(),),
        days=(200, 200),
        month=True,
        partners=(QINGSHUI, SOLNAE),
    )
    yield Situation(
        name="agreed-no-date",
        called=("Copyright in libraries", "図書館と著作権", "图书馆与著作权", "도서관과 저작권"),
        was_done=(agreed(),),
        days=None,
        partners=(SOLNAE,),
        form="online exchange",
    )
    yield Situation(
        name="announced",
        called=("A festival of books", "書物の祭典", "书香节", "책 축제"),
        was_done=(on_record("planned"),),
        days=(220, 222),
        partners=(SOLNAE,),
    )
    yield Situation(
        name="sent-to-both",
        called=("Names of authors", "著者名典拠", "名称规范", "저자명 전거"),
        was_done=(proposed_by(AOYAMA),),
        partners=(QINGSHUI, SOLNAE),
    )
    yield Situation(
        name="one-has-accepted",
        called=("Law libraries", "法律図書館", "法律图书馆", "법률 도서관"),
        was_done=(proposed_by(AOYAMA, SOLNAE),),
        partners=(QINGSHUI, SOLNAE),
    )
    yield Situation(
        name="two-texts-sent",
        called=("Training in paper repair", "紙資料の修復研修", "纸质文献修复进修", "종이 자료 보수 연수"),
        was_done=(agreed(), proposed_by(AOYAMA), trainees_sent_by(AOYAMA, QINGSHUI)),
        form="training",
        hosted=False,
    )
    yield Situation(
        name="asked",
        called=("Reading for the blind", "視覚障害者サービス", "视障读者服务", "시각장애인 서비스"),
        was_done=(proposed_by(QINGSHUI, SOLNAE),),
        partners=(QINGSHUI, SOLNAE),
        hosted=False,
    )
    yield Situation(
        name="asked-twice",
        called=("Training in cataloguing", "目録の研修", "编目进修", "목록 연수"),
        was_done=(agreed(), proposed_by(QINGSHUI), trainees_sent_by(QINGSHUI, AOYAMA)),
        form="training",
    )
    yield Situation(
        name="not-accepted",
        called=("Stocktaking", "蔵書点検", "馆藏清点", "장서 점검"),
        was_done=(declined,),
    )
    yield Situation(
        name="with-the-head",
        called=("Libraries and museums", "図書館と博物館", "图书馆与博物馆", "도서관과 박물관"),
        was_done=(waiting_for_the_head,),
        partners=(QINGSHUI, SOLNAE),
    )
    yield Situation(
        name="shown",
        called=("Storing electronic journals", "電子雑誌の保存", "电子期刊保存", "전자저널 보존"),
        was_done=(shown_by(AOYAMA),),
    )
    yield Situation(
        name="shown-to-us",
        called=("Old photographs", "古写真", "老照片", "옛 사진"),
        was_done=(shown_by(SOLNAE),),
        partners=(SOLNAE,),
        hosted=False,
    )
    yield Situation(
        name="drafted",
        called=("Libraries of the future", "これからの図書館", "未来的图书馆", "미래의 도서관"),
        was_done=(drafted,),
        partners=(QINGSHUI, SOLNAE),
    )


def _postponed(scene: Scene) -> dict[str, str]:
    """To some month a year from now."""
    return {"state": "postponed", "postponed_to": f"{scene.today + timedelta(days=365):%Y-%m}"}


SITUATIONS: Final = tuple(_situations())
