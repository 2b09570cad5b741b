"""What the fields of a letter template are called, in the four languages; any of these names is understood in any.

A name is typed between `{{` and `}}`. It is compared without blanks, and small letters are as good as large ones.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

_ORDER: Final = ("ja", "zh-Hans", "ko", "en")
# By code: the names in ja, zh-Hans, ko, en. What is printed for each is said by the fields themselves.
FIELD_NAMES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "number": ("文書番号", "文号", "문서번호", "document number"),
    "date": ("文書の日付", "发文日期", "문서 일자", "letter date"),
    "title": ("文書の種類", "文件名称", "문서 종류", "kind of letter"),
    "reference": ("管理番号", "管理编号", "관리 번호", "reference line"),
    "replaces": ("差替えの注記", "替代说明", "대체 안내", "replacement note"),
    "cites": ("記載した版", "所依据的版本", "표시한 판", "versions printed"),
    "exchange": ("交流の名称", "交流名称", "교류 명칭", "exchange"),
    "form": ("交流の形式", "交流形式", "교류 형식", "form of exchange"),
    "dates": ("交流の期間", "交流时间", "교류 기간", "exchange dates"),
    "places": ("開催地", "举办地点", "개최지", "places"),
    "host": ("受入機関", "接待方", "개최 기관", "host"),
    "institutions": ("参加機関", "参与机构", "참여 기관", "institutions"),
    "main themes": ("テーマ", "主题", "주제", "main themes"),
    "sub-themes": ("サブテーマ", "分议题", "세부 주제", "sub-themes"),
    "size": ("派遣人数", "代表团人数", "대표단 인원", "size of delegation"),
    "languages": ("使用言語", "工作语言", "사용 언어", "working languages"),
    "open": ("未定の事項", "待定事项", "미정 사항", "points open"),
    "to.lines": ("宛先", "收件人", "수신자", "addressee"),
    "to.institution": ("宛先の機関", "收件机构", "수신 기관", "addressee institution"),
    "to.unit": ("宛先の部署", "收件部门", "수신 부서", "addressee unit"),
    "to.post": ("宛先の職名", "收件人职务", "수신자 직위", "addressee post"),
    "to.name": ("宛先の氏名", "收件人姓名", "수신자 성명", "addressee name"),
    "to.honorific": ("宛先の敬称", "收件人称谓", "수신자 경칭", "addressee form of address"),
    "to.addressed": ("敬称付きの氏名", "姓名及称谓", "경칭을 붙인 성명", "addressee as addressed"),
    "salutation": ("呼びかけ", "称呼", "호칭", "salutation"),
    "subject": ("件名", "事由", "제목", "subject"),
    "their.letter": ("貴信", "来函", "관련 문서", "their letter"),
    "their.number": ("貴信の番号", "来函文号", "관련 문서 번호", "their letter number"),
    "their.date": ("貴信の日付", "来函日期", "관련 문서 일자", "their letter date"),
    "body": ("本文", "正文", "본문", "body"),
    "text": ("自由記載", "补充文字", "추가 내용", "own text"),
    "ending": ("結びの文", "结束语", "맺음말", "last sentence"),
    "end mark": ("終わりの印", "结束标记", "끝 표시", "end mark"),
    "enclosures": ("添付", "附件", "붙임", "enclosures"),
    "sender.lines": ("差出人", "发件人", "발신자", "sender"),
    "sender.institution": ("差出人の機関", "发件机构", "발신 기관", "sender institution"),
    "sender.unit": ("差出人の部署", "发件部门", "발신 부서", "sender unit"),
    "sender.post": ("差出人の職名", "发件人职务", "발신자 직위", "sender post"),
    "sender.name": ("差出人の氏名", "发件人姓名", "발신자 성명", "sender name"),
    "sender.address": ("差出人の住所", "发件地址", "발신자 주소", "sender address"),
    "sender.telephone": ("差出人の電話", "发件人电话", "발신자 전화", "sender telephone"),
    "sender.mail": ("差出人のメール", "发件人邮箱", "발신자 전자우편", "sender e-mail"),
    "contact.line": ("担当", "联系方式", "담당", "contact"),
    "contact.unit": ("担当の部署", "联系部门", "담당 부서", "contact unit"),
    "contact.name": ("担当の氏名", "联系人", "담당자", "contact name"),
    "invited": ("招へい者", "受邀人员", "초청 대상", "persons invited"),
    "purpose": ("訪問の目的", "来访目的", "방문 목적", "purpose"),
    "stay": ("滞在期間", "在访时间", "방문 기간", "dates of stay"),
    "cities": ("訪問都市", "访问城市", "방문 도시", "cities"),
    "costs": ("費用の負担", "费用承担", "비용 부담", "costs"),
    "translation": ("訳文の表示", "译文标记", "번역문 표시", "translation mark"),
    "points": ("照会事項", "商洽事项", "협의 사항", "points"),
    "deadline": ("回答期限", "回复期限", "회신 기한", "reply by"),
    "reasons": ("理由", "申请理由", "사유", "reasons"),
    "covering": ("前書き", "前言", "머리말", "covering sentence"),
    "notes": ("注記", "说明", "비고", "notes"),
    "provisional": ("暫定の表示", "暂定标记", "잠정 표시", "provisional mark"),
    "zone": ("時刻の注記", "时间说明", "시간 안내", "local time note"),
    "invited.title": ("招へい者の見出し", "受邀人员标题", "초청 대상 머리글", "persons invited heading"),
    "invited.name": ("招へい者の氏名", "受邀人姓名", "초청 대상자 성명", "invited person name"),
    "invited.post": ("招へい者の職名", "受邀人职务", "초청 대상자 직위", "invited person post"),
    "half-day.title": ("日程の見出し", "日程标题", "일정 머리글", "programme heading"),
    "half-day.day": ("日程の日付", "日程日期", "일정 날짜", "programme day"),
    "half-day.morning": ("午前の日程", "上午日程", "오전 일정", "programme morning"),
    "half-day.afternoon": ("午後の日程", "下午日程", "오후 일정", "programme afternoon"),
    "half-day.city": ("日程の都市", "日程城市", "일정 도시", "programme city"),
    "change.title": ("変更点の見出し", "变更标题", "변경 머리글", "changes heading"),
    "change.item": ("変更項目", "变更项目", "변경 항목", "changed item"),
    "change.now": ("変更前", "变更前", "변경 전", "value now"),
    "change.new": ("変更後", "变更后", "변경 후", "value new"),
    "session.day": ("日", "日期", "날짜", "session day"),
    "session.time": ("時刻", "时间", "시간", "session time"),
    "session.what": ("内容", "活动内容", "내용", "session"),
    "session.where": ("場所", "活动地点", "장소", "session place"),
    "member.institution": ("派遣機関", "派遣机构", "파견 기관", "delegation of"),
    "member.no": ("名簿の番号", "名单序号", "명단 번호", "participant number"),
    "member.name": ("氏名", "姓名", "성명", "participant name"),
    "member.post": ("所属・職名", "部门及职务", "소속·직위", "participant post"),
    "member.role": ("役割", "身份", "역할", "participant role"),
    "paper.institution": ("報告機関", "报告机构", "발표 기관", "papers of"),
    "paper.no": ("報告の番号", "报告序号", "발표 번호", "paper number"),
    "paper.title": ("報告題目", "报告题目", "발표 제목", "paper title"),
    "paper.speaker": ("報告者", "报告人", "발표자", "paper speaker"),
    "paper.kind": ("報告の種別", "报告类别", "발표 구분", "paper kind"),
}
# What follows the name of a field where a template has two languages, and the value is wanted in the second.
SECOND: Final = "2"


def field_name(code: str, tag: str) -> str:
    """The name of a field, with or without the sign of the second language, in one of the four languages."""
    plain, second = code.removesuffix(f" {SECOND}"), code.endswith(f" {SECOND}")
    return FIELD_NAMES[plain][_ORDER.index(tag)] + (f" {SECOND}" if second else "")


def field_called_by(typed: str) -> str | None:
    """The code of the field that is called so in any of the languages, or by its code; None for none.

    With the sign of the second language behind it, where it was typed so.
    """
    names, name = _codes(), _compared(typed)
    if name in names:
        return names[name]
    plain = names.get(re.sub(rf"\(?{SECOND}\)?$", "", name))
    return f"{plain} {SECOND}" if plain and name.rstrip(")").endswith(SECOND) else None


def names_near() -> Mapping[str, str]:
    """Every name by the form in which names are compared: to find the nearest to one that is none."""
    return {_compared(name): name for names in FIELD_NAMES.values() for name in names}


def compared(typed: str) -> str:
    """A name as names are compared."""
    return _compared(typed)


@cache
def _codes() -> dict[str, str]:
    codes = {_compared(code): code for code in FIELD_NAMES}
    codes |= {_compared(name): code for code, names in FIELD_NAMES.items() for name in names}
    return codes


def _compared(typed: str) -> str:
    return "".join(unicodedata.normalize("NFKC", typed).casefold().split())
