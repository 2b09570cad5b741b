"""The schedules to begin with, by the form of an exchange: visits, online exchanges, staff dispatch, training.

They are a copy to be changed, not a rule: working days of who acts, as far as the record of past exchanges teaches
them. In China a visit must stand in the year's plan (财行[2013]516, articles 4 and 5), so it is planned first.
"""

from collections.abc import Mapping
from typing import Any, Final

from koryu.planning.rules.schedule.schedule_steps import Acts, Anchor, Condition, ScheduleStep, StepPaper
from koryu.records.exchange import ExchangeForm
from koryu.values.text import Text

_HOST, _GUEST, _EACH, _OWN = Acts.HOST, Acts.GUEST, Acts.EACH, Acts.OWN
_TRAVEL: Final[dict[str, Any]] = {"travel": True}
_SHOWN: Final[dict[str, Any]] = {"shown": True}
_AFTER: Final[dict[str, Any]] = {"anchor": Anchor.DEPARTURE}


def _step(code: str, acts: Acts, n: int, words: tuple[str, str, str, str], **more: Any) -> ScheduleStep:
    en, ja, zh, ko = words
    return ScheduleStep(code=code, acts=acts, n=n, words=Text.of(en=en, ja=ja, zh_Hans=zh, ko=ko, source="en"), **more)


def starter(form: str) -> tuple[ScheduleStep, ...]:
    """The steps to begin with for an exchange of this form; those of a visit for one that has none of its own."""
    return _BY_FORM.get(form, _VISIT)


def form_of_template(form: str) -> str:
    """Under which form an exchange of this one has its template: what is a meeting in person is planned as a visit."""
    return form if form in _BY_FORM else ExchangeForm.VISIT


_TURN: Final = (
    "Confirm whose turn it is, and the year",
    "受入機関（順番）と年度を確認する",
    "确认轮到哪方接待及年度",
    "차례인 기관과 연도 확인",
)
_CANDIDATES: Final = ("Choose candidate dates", "候補日程を決める", "拟定备选日期", "후보 일정 정하기")
_APPROVAL: Final = ("Obtain internal approval", "内部の決裁を得る", "完成内部审批", "내부 결재 받기")
_PROPOSE: Final = ("Propose dates and themes", "日程とテーマを提案する", "提出日期和主题建议", "일정과 주제 제안")
_AGREED: Final = ("Agree on the dates", "日程に合意する", "商定日期", "일정 합의")
_ANSWER: Final = ("Answer the proposal", "提案に回答する", "答复建议方案", "협의안에 회신")
_NAMES: Final = ("Send the list of participants", "参加者名簿を送る", "发送参加人员名单", "참가자 명단 보내기")
_ASK_NAMES: Final = (
    "Ask for the names of the participants",
    "参加者名を照会する",
    "征询参加人员姓名",
    "참가자 명단 요청",
)
_INTERPRETER: Final = ("Engage the interpreter", "通訳を手配する", "安排翻译（口译）", "통역 섭외")
_TITLES: Final = ("Send the titles of the papers", "報告の題名を送る", "发送交流报告题名", "발표문 제목 보내기")
_TEXTS: Final = ("Send the texts of the papers", "報告の原稿を送る", "发送交流报告全文", "발표문 원고 보내기")
_TRANSLATIONS: Final = ("Have the papers translated", "報告の翻訳を整える", "完成交流报告的翻译", "발표문 번역 마치기")
_DRAFT_TIMETABLE: Final = ("Send the draft timetable", "日程表の案を送る", "发送日程表草案", "일정표 초안 보내기")
_FIX_TIMETABLE: Final = ("Fix the timetable", "日程表を確定する", "确定日程表", "일정표 확정")
_BRIEFING: Final = ("Brief the participants", "参加者に事前説明を行う", "召开行前说明会", "참가자 사전 설명")
_THANKS: Final = ("Send a letter of thanks", "礼状を送る", "发送感谢信", "감사 서한 보내기")
_REPORT: Final = ("Write our report", "実施報告書をまとめる", "撰写交流情况报告", "결과 보고서 작성")
_FOLLOW_UPS: Final = ("Note the follow-up items", "今後の対応事項を整理する", "整理后续事项", "후속 조치 사항 정리")
_SUMMARY: Final = ("Agree on the summary record", "協議の記録を確定する", "商定交流记录", "협의 기록 확정")
_ACCOUNTS: Final = ("Settle the accounts", "精算する", "结算经费", "비용 정산")
_ACCOUNTS_YEAR: Final = (
    "Settle the accounts before the budget year closes",
    "年度末までに精算する",
    "在预算年度结束前结算经费",
    "회계연도 마감 전에 비용 정산",
)
_BUDGET: Final = (
    "Put the visit into the year’s plan and budget",
    "年度計画と予算に計上する",
    "列入年度计划和预算",
    "연간 계획과 예산에 반영",
)
_INVITATION: Final = ("Send the letter of invitation", "招へい状を送る", "发送邀请函", "초청장 보내기")
_INVITED: Final = ("Receive the letter of invitation", "招へい状を受け取る", "收到邀请函", "초청장 받기")
_TRAVEL_APPROVED: Final = ("Have the travel approved", "出張の承認を得る", "完成出访审批", "출장 승인 받기")
_PASSPORTS: Final = ("Passports and visas", "旅券と査証を準備する", "办理护照和签证", "여권과 비자 준비")
_HOTEL: Final = ("Book the hotel", "宿泊先を予約する", "预订酒店", "숙소 예약")
_CARDS: Final = ("Name cards and bound papers", "名札と資料集を用意する", "准备名牌和资料汇编", "명패와 자료집 준비")
_ARRIVAL: Final = ("Arrival", "到着", "抵达", "도착")

_PAPERS_OF_GUESTS: Final = (
    _step("guest-titles", _GUEST, -40, _TITLES, condition=Condition.PAPERS_TITLED, makes=StepPaper.PAPERS, **_SHOWN),
    _step("guest-texts", _GUEST, -25, _TEXTS, condition=Condition.PAPERS_TEXTS, makes=StepPaper.PAPERS, **_SHOWN),
    _step("guest-translations", _GUEST, -10, _TRANSLATIONS, condition=Condition.PAPERS_TRANSLATED),
)
_PAPERS_OF_HOST: Final = (
    _step("host-titles", _HOST, -40, _TITLES, condition=Condition.PAPERS_TITLED, makes=StepPaper.PAPERS, **_SHOWN),
    _step("host-texts", _HOST, -20, _TEXTS, condition=Condition.PAPERS_TEXTS, makes=StepPaper.PAPERS, **_SHOWN),
    _step("host-translations", _HOST, -10, _TRANSLATIONS, condition=Condition.PAPERS_TRANSLATED),
)
_VISIT: Final = (
    _step("guest-budget", _GUEST, -200, _BUDGET, lead=20),
    _step("host-turn", _HOST, -160, _TURN),
    _step("host-candidates", _HOST, -150, _CANDIDATES, makes=StepPaper.DATES),
    _step("host-approval", _HOST, -130, _APPROVAL, condition=Condition.APPROVED, lead=10),
    _step("host-propose", _HOST, -120, _PROPOSE, condition=Condition.PROPOSED, makes=StepPaper.PROPOSAL, **_SHOWN),
    _step("guest-answer", _GUEST, -110, _ANSWER, condition=Condition.BY_LETTER, **_SHOWN),
    _step("host-agreed", _HOST, -100, _AGREED, condition=Condition.AGREED),
    _step(
        "host-invitation",
        _HOST,
        -90,
        _INVITATION,
        condition=Condition.LETTER_SENT,
        makes=StepPaper.INVITATION,
        **_TRAVEL,
        **_SHOWN,
    ),
    _step("guest-invited", _GUEST, -85, _INVITED, **_TRAVEL),
    _step("guest-travel", _GUEST, -75, _TRAVEL_APPROVED, lead=10, **_TRAVEL),
    _step("host-names", _HOST, -60, _ASK_NAMES, condition=Condition.LETTER_SENT),
    _step("guest-names", _GUEST, -60, _NAMES, condition=Condition.PEOPLE_NAMED, makes=StepPaper.PARTICIPANTS, **_SHOWN),
    _step("guest-passports", _GUEST, -50, _PASSPORTS, makes=StepPaper.VISA, lead=15, **_TRAVEL),
    _step("host-hotel", _HOST, -45, _HOTEL, **_TRAVEL),
    _step("host-interpreter", _HOST, -45, _INTERPRETER, condition=Condition.INTERPRETER),
    *_PAPERS_OF_HOST[:1],
    *_PAPERS_OF_GUESTS[:2],
    _step("host-timetable", _HOST, -30, _DRAFT_TIMETABLE, makes=StepPaper.TIMETABLE),
    *_PAPERS_OF_HOST[1:],
    *_PAPERS_OF_GUESTS[2:],
    _step(
        "host-fixed",
        _HOST,
        -7,
        _FIX_TIMETABLE,
        condition=Condition.TIMETABLE_FIXED,
        makes=StepPaper.TIMETABLE,
        **_SHOWN,
    ),
    _step("host-cards", _HOST, -5, _CARDS, makes=StepPaper.CARDS),
    _step("guest-briefing", _GUEST, -5, _BRIEFING),
    _step("arrival", _EACH, 0, _ARRIVAL, **_TRAVEL),
    _step("thanks", _EACH, 5, _THANKS, condition=Condition.LETTER_SENT, makes=StepPaper.THANKS, **_AFTER),
    _step("host-report", _HOST, 15, _REPORT, condition=Condition.REPORT, makes=StepPaper.REPORT, **_AFTER),
    _step("guest-report", _GUEST, 20, _REPORT, condition=Condition.REPORT, makes=StepPaper.REPORT, **_AFTER),
    _step("follow-ups", _EACH, 20, _FOLLOW_UPS, condition=Condition.FOLLOW_UPS, **_AFTER),
    _step("guest-accounts", _GUEST, 30, _ACCOUNTS_YEAR, makes=StepPaper.ACCOUNTS, **_AFTER),
    _step("host-summary", _HOST, 40, _SUMMARY, condition=Condition.SUMMARY_RECORD, makes=StepPaper.SUMMARY, **_AFTER),
    _step("host-accounts", _HOST, 40, _ACCOUNTS, makes=StepPaper.ACCOUNTS, **_AFTER),
)

_ROOMS: Final = ("Try the connection", "接続テストを行う", "测试网络连接", "접속 시험")
_ADDRESS: Final = ("Send the address of the meeting", "会議の接続先を送る", "发送会议链接", "회의 접속 주소 보내기")
_ONLINE: Final = (
    _step("host-turn", _HOST, -120, _TURN),
    _step("host-approval", _HOST, -100, _APPROVAL, condition=Condition.APPROVED, lead=10),
    _step("host-propose", _HOST, -90, _PROPOSE, condition=Condition.PROPOSED, makes=StepPaper.PROPOSAL, **_SHOWN),
    _step("guest-answer", _GUEST, -80, _ANSWER, condition=Condition.BY_LETTER, **_SHOWN),
    _step("host-agreed", _HOST, -75, _AGREED, condition=Condition.AGREED),
    _step("guest-names", _GUEST, -45, _NAMES, condition=Condition.PEOPLE_NAMED, makes=StepPaper.PARTICIPANTS, **_SHOWN),
    _step("host-interpreter", _HOST, -40, _INTERPRETER, condition=Condition.INTERPRETER),
    _step("titles", _EACH, -40, _TITLES, condition=Condition.PAPERS_TITLED, makes=StepPaper.PAPERS, **_SHOWN),
    _step("host-timetable", _HOST, -30, _DRAFT_TIMETABLE, makes=StepPaper.TIMETABLE),
    _step("texts", _EACH, -20, _TEXTS, condition=Condition.PAPERS_TEXTS, makes=StepPaper.PAPERS, **_SHOWN),
    _step("translations", _EACH, -10, _TRANSLATIONS, condition=Condition.PAPERS_TRANSLATED),
    _step(
        "host-fixed",
        _HOST,
        -7,
        _FIX_TIMETABLE,
        condition=Condition.TIMETABLE_FIXED,
        makes=StepPaper.TIMETABLE,
        **_SHOWN,
    ),
    _step("host-address", _HOST, -5, _ADDRESS, **_SHOWN),
    _step("connection", _EACH, -3, _ROOMS),
    _step("thanks", _EACH, 3, _THANKS, condition=Condition.LETTER_SENT, makes=StepPaper.THANKS, **_AFTER),
    _step("report", _EACH, 15, _REPORT, condition=Condition.REPORT, makes=StepPaper.REPORT, **_AFTER),
    _step("follow-ups", _EACH, 20, _FOLLOW_UPS, condition=Condition.FOLLOW_UPS, **_AFTER),
    _step("host-summary", _HOST, 30, _SUMMARY, condition=Condition.SUMMARY_RECORD, makes=StepPaper.SUMMARY, **_AFTER),
)

_PERSON: Final = ("Choose whom to send", "派遣職員を決める", "确定派出人员", "파견 직원 선정")
_UNIT: Final = (
    "Name the unit and the supervisor",
    "受入部署と指導担当者を決める",
    "确定接收部门和指导人员",
    "수용 부서와 지도 담당자 정하기",
)
_LODGING: Final = ("Find lodging", "宿舎を手配する", "安排住宿", "숙소 마련")
_INSURANCE: Final = ("Take out insurance", "保険に加入する", "办理保险", "보험 가입")
_INTERIM: Final = ("First monthly report", "最初の月例報告を出す", "提交首份月度报告", "첫 월례 보고서 제출")
_FAREWELL: Final = ("Talk about what was learned", "研修成果の報告会を開く", "举行成果汇报会", "성과 보고회 개최")
_STAYS: Final = (
    _step("guest-budget", _GUEST, -200, _BUDGET, lead=20),
    _step("host-approval", _HOST, -130, _APPROVAL, condition=Condition.APPROVED, lead=10),
    _step("host-propose", _HOST, -120, _PROPOSE, condition=Condition.PROPOSED, makes=StepPaper.PROPOSAL, **_SHOWN),
    _step("guest-person", _GUEST, -110, _PERSON),
    _step("guest-answer", _GUEST, -100, _ANSWER, condition=Condition.BY_LETTER, **_SHOWN),
    _step(
        "host-invitation",
        _HOST,
        -90,
        _INVITATION,
        condition=Condition.LETTER_SENT,
        makes=StepPaper.INVITATION,
        **_TRAVEL,
        **_SHOWN,
    ),
    _step("guest-names", _GUEST, -80, _NAMES, condition=Condition.PEOPLE_NAMED, makes=StepPaper.PARTICIPANTS, **_SHOWN),
    _step("guest-travel", _GUEST, -75, _TRAVEL_APPROVED, lead=10, **_TRAVEL),
    _step("host-unit", _HOST, -60, _UNIT, **_SHOWN),
    _step("guest-passports", _GUEST, -50, _PASSPORTS, makes=StepPaper.VISA, lead=15, **_TRAVEL),
    _step("host-lodging", _HOST, -45, _LODGING, **_TRAVEL),
    _step("guest-insurance", _GUEST, -20, _INSURANCE, **_TRAVEL),
)
_DISPATCH: Final = (
    *_STAYS,
    _step("guest-briefing", _GUEST, -5, _BRIEFING),
    _step("arrival", _EACH, 0, _ARRIVAL, **_TRAVEL),
    _step("guest-interim", _GUEST, 20, _INTERIM),
    _step("farewell", _HOST, -5, _FAREWELL, **_AFTER),
    _step("thanks", _GUEST, 5, _THANKS, condition=Condition.LETTER_SENT, makes=StepPaper.THANKS, **_AFTER),
    _step("guest-report", _GUEST, 20, _REPORT, condition=Condition.REPORT, makes=StepPaper.REPORT, **_AFTER),
    _step("host-report", _HOST, 20, _REPORT, condition=Condition.REPORT, makes=StepPaper.REPORT, **_AFTER),
    _step("guest-accounts", _GUEST, 30, _ACCOUNTS_YEAR, makes=StepPaper.ACCOUNTS, **_AFTER),
)
_PROGRAMME: Final = ("Send the programme of the training", "研修計画を送る", "发送进修计划", "연수 계획 보내기")
_TEACHERS: Final = ("Ask the teachers", "講師に依頼する", "邀请授课人员", "강사 의뢰")
_CERTIFICATE: Final = ("Prepare the certificates", "修了証を用意する", "准备结业证书", "수료증 준비")
_TRAINING: Final = (
    *_STAYS,
    _step("host-teachers", _HOST, -60, _TEACHERS),
    _step("host-interpreter", _HOST, -45, _INTERPRETER, condition=Condition.INTERPRETER),
    _step(
        "host-programme",
        _HOST,
        -30,
        _PROGRAMME,
        condition=Condition.TIMETABLE_COMPLETE,
        makes=StepPaper.TIMETABLE,
        **_SHOWN,
    ),
    _step("guest-briefing", _GUEST, -5, _BRIEFING),
    _step("arrival", _EACH, 0, _ARRIVAL, **_TRAVEL),
    _step("host-certificates", _HOST, -5, _CERTIFICATE, **_AFTER),
    _step("thanks", _GUEST, 5, _THANKS, condition=Condition.LETTER_SENT, makes=StepPaper.THANKS, **_AFTER),
    _step("guest-report", _GUEST, 20, _REPORT, condition=Condition.REPORT, makes=StepPaper.REPORT, **_AFTER),
    _step("host-report", _HOST, 20, _REPORT, condition=Condition.REPORT, makes=StepPaper.REPORT, **_AFTER),
    _step("guest-accounts", _GUEST, 30, _ACCOUNTS_YEAR, makes=StepPaper.ACCOUNTS, **_AFTER),
)
_BY_FORM: Final[Mapping[str, tuple[ScheduleStep, ...]]] = {
    ExchangeForm.VISIT: _VISIT,
    ExchangeForm.ONLINE: _ONLINE,
    ExchangeForm.DISPATCH: _DISPATCH,
    ExchangeForm.TRAINING: _TRAINING,
}
# The forms that have a template of their own, in the order in which they are listed.
TEMPLATE_FORMS: Final = tuple(_BY_FORM)
