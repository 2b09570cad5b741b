"""The exchanges of the practice area: one for each sentence that can be said of how an exchange stands.

Each is seen from the library of Aoyama; the others see the same exchanges from their own side.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from koryu.cli.practice_parts import with_parts
from koryu.cli.practice_people import AOYAMA, HARBOUR, QINGSHUI, SOLNAE
from koryu.cli.practice_scenes import (
    Moment,
    Scene,
    Situation,
    accepted_by_letter,
    agreed,
    agreed_by_letter,
    closed,
    dates_asked,
    dates_asked_by,
    declined,
    drafted,
    on_record,
    programme_with,
    proposed_by,
    shown_by,
    to_do,
    trainees_sent_by,
    waiting_for_the_head,
    would_be_changed_for,
)
from koryu.consent import actions
from koryu.records.kinds import document_of


def put_on_record(at: Moment, today: date) -> None:
    """All of them, said through the same verbs as anything real."""
    _programmes(at)
    for situation in SITUATIONS:
        scene = Scene(situation=situation, at=at, today=today)
        for deed in situation.was_done:
            deed(scene)


def _programmes(at: Moment) -> None:
    """Those of Aoyama with one other library each; the one at the harbour accepted by letter."""
    for partner in (QINGSHUI, HARBOUR):
        titles = {
            "en": f"Practice programme of Aoyama and {partner.short['en']}",
            "ja": f"青山館と{partner.short['ja']}の練習用業務交流",
            "zh-Hans": f"青山馆与{partner.short['zh-Hans']}业务交流（练习）",
            "ko": f"아오야마와 {partner.short['ko']}의 연습용 업무교류",
        }
        content = {
            "kind": "programme",
            "type": "mutual visit programme",
            "title": titles | {"source": "en"},
            "institutions": [{"id": each.name, "institution": each.uri} for each in (AOYAMA, partner)],
        }
        said: dict[str, Any] = {
            "institution": AOYAMA.uri,
            "by": AOYAMA.username("head"),
            "record": programme_with(partner),
            "at": at(360),
        }
        version = actions.propose(document=document_of(content), replaces=None, **said)
        if partner is HARBOUR:
            accepted_by_letter(version, said)
        else:
            accepting = said | {"institution": partner.uri, "by": partner.username("head")}
            actions.accept(version=version, **accepting)


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
        was_done=(
            agreed(**_HELD, shown_to="public"),
            with_parts(shown_to="public"),
            to_do("写真の送付", who="清水館", in_days=10),
        ),
        days=(-340, -335),
        number="4",
        hosted=False,
    )
    yield Situation(
        name="harbour-1",
        called=("A library by the sea", "海辺の図書館", "海边的图书馆", "바닷가 도서관"),
        was_done=(agreed_by_letter(**_HELD, planned_size=3, shown_to="public"), closed),
        days=(-400, -396),
        partners=(HARBOUR,),
        number="1",
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
        was_done=(agreed(), with_parts(shown_to="institutions")),
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
        was_done=(agreed_by_letter(), to_do("通訳の手配", who="森", in_days=20)),
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
        name="wants-changed",
        called=("A visit in autumn", "秋の訪問", "秋季访问", "가을 방문"),
        was_done=(would_be_changed_for(HARBOUR),),
        days=(310, 314),
        partners=(HARBOUR,),
        hosted=False,
    )
    yield Situation(
        name="postponed-again",
        called=("Maps of coasts", "海岸の地図", "海岸地图", "해안 지도"),
        was_done=(agreed(), agreed(event={"state": "postponed"}), proposed_by(AOYAMA)),
        days=(70, 74),
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
        name="dates-asked",
        called=("Books for sailors", "船員のための図書", "面向海员的图书", "선원을 위한 책"),
        was_done=(dates_asked(260, 274, 288),),
        partners=(HARBOUR,),
        days=(260, 288),
        month=True,
    )
    yield Situation(
        name="shown",
        called=("Storing electronic journals", "電子雑誌の保存", "电子期刊保存", "전자저널 보존"),
        was_done=(shown_by(AOYAMA),),
    )
    yield Situation(
        name="dates-to-answer",
        called=("Maps for children", "子どものための地図", "面向儿童的地图", "어린이를 위한 지도"),
        was_done=(dates_asked_by(SOLNAE, 262, 276),),
        partners=(SOLNAE,),
        days=(262, 280),
        month=True,
        hosted=False,
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
