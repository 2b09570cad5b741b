"""The words that letters and lists are printed with, in the four languages: titles, labels, set sentences.

They are the usual forms of such documents, each language's own; none is a translation of another. `%(exchange)s` and
the like are filled in by `words`.
"""

from collections.abc import Mapping
from typing import Final

_ORDER: Final = ("ja", "zh-Hans", "ko", "en")
WORDS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    # What each kind is called, on its first page.
    "title.plan": ("開催計画（協議案）", "交流方案（建议稿）", "교류 계획(협의안)", "Proposed plan"),
    "title.programme": ("日程表", "日程安排", "일정표", "Programme"),
    "title.participants": ("参加者名簿", "参加人员名单", "참가자 명단", "List of participants"),
    "title.papers": ("報告一覧", "交流报告一览表", "발표문 목록", "List of papers"),
    "title.invitation": ("招へい状", "邀请函", "초청장", "Letter of invitation"),
    "title.enquiry": ("照会", "商洽函", "협의 요청", "Enquiry"),
    "title.thanks": ("礼状", "感谢信", "감사 서한", "Letter of thanks"),
    "title.approval": ("伺い（案）", "请示（稿）", "내부 결재 기안(안)", "Note for approval"),
    # What a letter is about, where nobody types it.
    "subject.invitation": (
        "%(exchange)sへの招へいについて",
        "关于邀请参加%(exchange)s的函",
        "%(exchange)s 초청",
        "Invitation: %(exchange)s",
    ),
    "subject.enquiry": (
        "%(exchange)sについて（照会）",
        "关于%(exchange)s有关事宜的函",
        "%(exchange)s 관련 협의 요청",
        "%(exchange)s: request for your reply",
    ),
    "subject.reminder": (
        "%(exchange)s：「%(step)s」について（照会）",
        "关于%(exchange)s“%(step)s”的函",
        "%(exchange)s: ‘%(step)s’ 관련 문의",
        "%(exchange)s: %(step)s",
    ),
    # What is asked of a step of theirs, with its day and without.
    "point.reminder": (
        "「%(step)s」につきまして、当方では%(date)sを目途と承知しております。現在の状況をお知らせください。",
        "“%(step)s”一项，按我方日程安排在%(date)s前后，烦请告知目前进展情况。",
        "‘%(step)s’: 저희는 %(date)s까지로 알고 있습니다. 현재 진행 상황을 알려 주시기 바랍니다.",
        "“%(step)s”: our schedule has this for %(date)s. We should be grateful to know how it is progressing.",
    ),
    "point.reminder undated": (
        "「%(step)s」につきまして、現在の状況をお知らせください。",
        "“%(step)s”一项，请告知目前进展情况。",
        "‘%(step)s’: 현재 진행 상황을 알려 주시기 바랍니다.",
        "“%(step)s”: we should be grateful to know how this is progressing.",
    ),
    "subject.thanks": (
        "%(exchange)sについて（御礼）",
        "关于%(exchange)s的感谢函",
        "%(exchange)s 감사 인사",
        "%(exchange)s: our thanks",
    ),
    "subject.approval": (
        "%(exchange)sの実施について（伺い）",
        "关于%(exchange)s的请示",
        "%(exchange)s 추진(안)",
        "%(exchange)s: for approval",
    ),
    # The sentence with which a letter begins, and the one with which it ends.
    "body.invitation": (
        "標記の交流を下記のとおり実施いたしたく、貴機関の代表団を招へいいたします。",
        "为加强双方业务交流，现诚邀贵方代表团来访，参加%(exchange)s。有关事项如下：",
        "귀 기관과의 교류 협력을 위하여 %(exchange)s에 귀 기관 대표단을 아래와 같이 초청하고자 합니다.",
        (
            "On behalf of our institution, we have the pleasure of inviting your delegation to the following exchange: "
            "%(exchange)s. The particulars are given below."
        ),
    ),
    "body.enquiry": (
        "標記の交流に関し、下記の事項について照会いたします。",
        "现就%(exchange)s有关事项商洽如下：",
        "%(exchange)s 관련 아래 사항에 대한 귀 기관의 의견을 요청드립니다.",
        (
            "We are writing about the following exchange: %(exchange)s. We should be grateful for your reply on the "
            "points below."
        ),
    ),
    "body.thanks": (
        "標記の交流に際しましては、格別の御高配を賜り、厚く御礼申し上げます。",
        "在%(exchange)s期间，承蒙贵方盛情接待和周到安排，谨致以衷心的感谢。",
        "%(exchange)s 기간 동안 베풀어 주신 따뜻한 환대와 배려에 깊이 감사드립니다.",
        (
            "We should like to thank you sincerely for the kind reception and the careful arrangements during the "
            "following exchange: %(exchange)s."
        ),
    ),
    "body.approval": (
        "標記の交流を下記のとおり実施してよろしいか伺います。",
        "现就%(exchange)s有关安排请示如下：",
        "%(exchange)s 추진 계획을 아래와 같이 보고하오니 재가하여 주시기 바랍니다.",
        "Approval is asked for the following exchange: %(exchange)s.",
    ),
    # A letter of thanks in Japanese is a personal one, and begins and ends as such do.
    "greeting": ("拝啓　時下ますます御清祥のこととお慶び申し上げます。", "", "", ""),
    "respectfully": ("敬具", "", "", ""),
    "end.invitation": ("", "特此函达，敬请惠复。", "", "We look forward to welcoming you."),
    "end.enquiry": ("", "特此函达，敬请惠复。", "", "We look forward to your reply."),
    "end.thanks": (
        "今後とも両機関の交流が一層深まりますよう、引き続きよろしくお願い申し上げます。",
        "期待双方今后继续加强交流与合作。",
        "앞으로도 양 기관의 교류와 협력이 더욱 깊어지기를 기대합니다.",
        "We look forward to continuing our cooperation.",
    ),
    "end.approval": ("", "妥否，请批示。", "", ""),
    "wish": ("", "顺致敬意！", "귀 기관의 무궁한 발전을 기원합니다.", "Yours sincerely,"),
    "respected": ("", "尊敬的", "", "Dear "),
    "below": ("記", "", "", ""),
    "ends": ("以上", "", "끝.", ""),
    "sealless": ("（公印省略）", "", "(관인생략)", ""),
    # What stands before a value.
    "own number": ("", "　　〔%(year)s〕　　号", "", ""),
    "our number": ("第　　　　号", "　　函〔%(year)s〕　　号", "시행", "Our ref.:"),
    "their letter": ("貴信", "贵方来函", "관련", "Your letter:"),
    "to": ("", "", "수신", ""),
    "via": ("", "", "(경유)", ""),
    "subject": ("", "", "제목", ""),
    "enclosures": ("添付", "附件", "붙임", "Enclosures"),
    "contact": ("担当", "联系人", "담당", "Contact"),
    "telephone": ("電話", "电话", "전화", "Tel."),
    "mail": ("メール", "邮箱", "전자우편", "E-mail"),
    "postal address": ("住所", "地址", "주소", "Address"),
    "replaces": (
        "本状は、%(date)s付けの当方の文書（%(number)s）に代わるものです。",
        "本函替代我方%(date)s的来文（%(number)s）。",
        "이 문서는 %(date)s 자 우리 기관 문서(%(number)s)를 대체합니다.",
        "This replaces our letter of %(date)s (%(number)s).",
    ),
    "replaces undated": (
        "本状は、当方の文書（%(number)s）に代わるものです。",
        "本函替代我方文件（%(number)s）。",
        "이 문서는 우리 기관 문서(%(number)s)를 대체합니다.",
        "This replaces our letter %(number)s.",
    ),
    "version": ("第%(version)s版", "第%(version)s版", "제%(version)s판", "version %(version)s"),
    "draft": ("案（未決裁）", "草稿（未审批）", "안(미결재)", "draft, not approved"),
    "only": ("【%(language)sのみ】", "【仅%(language)s】", "【%(language)s만 있음】", "[%(language)s only]"),
    "language.ja": ("日本語", "日文", "일본어", "Japanese"),
    "language.zh": ("中国語", "中文", "중국어", "Chinese"),
    "language.ko": ("韓国語", "韩文", "한국어", "Korean"),
    "language.en": ("英語", "英文", "영어", "English"),
    # Labels of pairs and columns.
    "no.": ("番号", "序号", "번호", "No."),
    "name": ("氏名", "姓名", "성명", "Name"),
    "post": ("所属・職名", "部门及职务", "소속·직위", "Post and unit"),
    "role": ("役割", "身份", "역할", "Role"),
    "remark": ("備考", "备注", "비고", "Remarks"),
    "time": ("時刻", "时间", "시간", "Time"),
    "what": ("内容", "内容", "내용", "What"),
    "where": ("場所", "地点", "장소", "Where"),
    "paper": ("報告題目", "报告题目", "발표 제목", "Title"),
    "speaker": ("報告者", "报告人", "발표자", "Speaker"),
    "paper kind": ("種別", "类别", "구분", "Kind"),
    "exchange": ("名称", "名称", "명칭", "Exchange"),
    "dates": ("期間", "时间", "기간", "Dates"),
    "places": ("開催地", "地点", "장소", "Place"),
    "host": ("受入機関", "接待方", "개최 기관", "Host"),
    "institutions": ("参加機関", "参与机构", "참여 기관", "Institutions"),
    "form": ("形式", "形式", "형식", "Form"),
    "main themes": ("テーマ", "主题", "주제", "Theme"),
    "sub-themes": ("サブテーマ", "分议题", "세부 주제", "Sub-themes"),
    "size": ("派遣人数", "代表团人数", "대표단 인원", "Size of the delegation"),
    "languages": ("使用言語", "工作语言", "사용 언어", "Working languages"),
    "open": ("未定の事項", "待定事项", "미정 사항", "Points still open"),
    "sent by": ("作成", "提供方", "작성", "From"),
    "zone": (
        "時刻は%(zone)sの現地時間です。",
        "以上为%(zone)s当地时间。",
        "시간은 %(zone)s 현지 시간입니다.",
        "Local time: %(zone)s.",
    ),
    "provisional": ("（暫定）", "（暂定）", "(잠정)", " (provisional)"),
    "no day": ("日未定", "日期待定", "날짜 미정", "Day not decided"),
    "persons": ("%(n)s名", "%(n)s人", "%(n)s명", "%(n)s persons"),
    "invited": ("招へい者", "受邀人员", "초청 대상", "Persons invited"),
    "purpose": ("目的", "来访目的", "방문 목적", "Purpose"),
    "stay": ("期間", "在访时间", "방문 기간", "Dates of the visit"),
    "days": ("（%(n)s日間）", "（共%(n)s天）", "(%(n)s일간)", " (%(n)s days)"),
    "cities": ("訪問都市", "访问城市", "방문 도시", "Cities"),
    "costs": ("費用の負担", "费用承担", "비용 부담", "Costs"),
    "points": ("照会事項", "商洽事项", "협의 사항", "Points"),
    "deadline": ("回答期限", "请于以下日期前惠复", "회신 기한", "Reply requested by"),
    "visited": ("訪問先", "访问单位", "방문 기관", "Places visited"),
    "translation": ("（訳文）", "译文", "(번역문)", "(Translation)"),
    "day": ("月日", "日期", "날짜", "Date"),
    "morning": ("午前", "上午", "오전", "Morning"),
    "afternoon": ("午後", "下午", "오후", "Afternoon"),
    "arrival and departure": ("到着・出発", "抵离", "도착·출발", "Arrival, departure"),
    "arrival": ("%(city)s到着", "抵达%(city)s", "%(city)s 도착", "Arrival in %(city)s"),
    "departure": ("%(city)s出発", "离开%(city)s", "%(city)s 출발", "Departure from %(city)s"),
    "picture": ("［画像］", "［图片］", "[그림]", "[picture]"),
    "changes": ("変更点", "变更内容", "변경 사항", "What changes"),
    "reasons": ("理由", "理由", "사유", "Reasons"),
    "now": ("現行", "现行", "현행", "Now"),
    "new": ("改訂案", "修订稿", "수정안", "New"),
    "item": ("項目", "项目", "항목", "Item"),
    "first version": ("新規", "首次提出", "신규", "New plan"),
    "cites": ("この文書が示す版", "本文件所依据的版本", "이 문서가 나타내는 판", "Version printed here"),
    # The cities by which zones are called where the exchanges are held.
    "city.Tokyo": ("東京", "东京", "도쿄", "Tokyo"),
    "city.Shanghai": ("北京", "北京", "베이징", "Beijing"),
    "city.Seoul": ("ソウル", "首尔", "서울", "Seoul"),
}
# What is offered to be written with a name or a desk, the usual one first. None is ever derived.
HONORIFICS: Final[Mapping[str, tuple[str, ...]]] = {
    "ja": ("様", "殿", "先生", "氏", "御中", "各位"),
    "zh-Hans": ("先生", "女士", "老师", "馆长", "主任", "教授", "博士"),
    "ko": ("님", "귀하", "선생님", "귀중"),
    "en": ("Mr", "Ms", "Mx", "Dr", "Professor"),
}


def words(key: str, tag: str, **values: object) -> str:
    """The words for `key` in the language `tag` (one of the four), with these values filled in; '' where that
    language says nothing there."""
    said = WORDS[key][_ORDER.index(tag)]
    return said % values if values else said


def addressed(name: str, honorific: str, tag: str) -> str:
    """A name with its honorific where the language puts it."""
    if not honorific or not name:
        return name
    return {"ja": f"{name}　{honorific}", "en": f"{honorific} {name}", "ko": f"{name} {honorific}"}.get(
        tag, f"{name}{honorific}"
    )


def list_joint(tag: str) -> str:
    """What stands between two things of a list."""
    return "、" if tag in ("ja", "zh-Hans") else ", "


def bracketed(text: str, tag: str) -> str:
    """A remark in the brackets of the language, to follow what it is about."""
    return f"（{text}）" if tag in ("ja", "zh-Hans") else f" ({text})"


def labelled(label: str, text: str, tag: str) -> str:
    """A label and what it is the label of."""
    return f"{label}{'：' if tag in ('ja', 'zh-Hans') else ': '}{text}" if label else text


def only_in(language: str, tag: str) -> str:
    """The mark on a text that is printed in another language, as there is none in the letter's; '' for none known."""
    key = f"language.{language.partition('-')[0]}"
    return words("only", tag, language=words(key, tag)) if key in WORDS else ""
