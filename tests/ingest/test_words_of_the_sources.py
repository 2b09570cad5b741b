"""What the shipped record calls things: in the words of its sources, and as people call them there."""

from typing import Final

import pytest

from koryu.records.links import walk
from koryu.values.text import Text
from tests.shipped import shipped

# Where it stands and in which language, what stood there before (None for nothing), what stands there now.
ROWS: Final = [
    ("institution/embassy-of-peru-in-japan title ko", "주일본 페루 대사관", "주일 페루대사관"),
    ("institution/national-library-of-peru title ko", "페루 국립도서관", "페루국립도서관"),
    ("institution/national-library-of-tunisia title ko", "튀니지 국립도서관", "튀니지국립도서관"),
    ("institution/national-museum-in-kyondju title ja", None, "国立慶州博物館"),
    ("institution/national-museum-in-kyondju title zh-Hans", None, "国立庆州博物馆"),
    ("institution/national-museum-in-kyondju title ko", None, "국립경주박물관"),
    ("institution/national-museum-in-seoul title ja", None, "［ソウルの国立博物館］"),
    ("institution/national-museum-in-seoul title zh-Hans", None, "［首尔的国立博物馆］"),
    ("institution/national-museum-in-seoul title ko", None, "[서울의 국립박물관]"),
    ("institution/nlcy title ja", "国立子ども青少年図書館", "韓国国立子ども青少年図書館"),
    ("institution/nlk-sejong title ja", "国立世宗図書館", "韓国国立世宗図書館"),
    ("institution/npc-legislative-affairs-commission title ja", None, "全国人民代表大会常務委員会法制工作委員会"),
    ("institution/npc-legislative-affairs-commission title zh-Hans", None, "全国人民代表大会常务委员会法制工作委员会"),
    ("institution/npc-legislative-affairs-commission title ko", None, "전국인민대표대회 상무위원회 법제공작위원회"),
    ("institution/russian-state-library title ko", "러시아 국립도서관", "러시아국립도서관"),
    (
        "programme/ndl-foreign-trainees title ko",
        "일본국립국회도서관의 해외 도서관 직원 연구원·연수생 수용",
        "일본국립국회도서관의 해외 도서관 직원 위탁 연수(연구원·연수생)",
    ),
    ("work/aks-encyves-nlk title ko", "국립중앙도서관", "‘국립중앙도서관’ 항목(한국학중앙연구원 Encyves)"),
    ("exchange/ndl-nal-nars-2015-12 title ja", None, "国立国会図書館と韓国国会立法調査処の業務交流（2015年12月）"),
    (
        "exchange/ndl-nal-nars-2015-12 title zh-Hans",
        None,
        "日本国立国会图书馆与韩国国会立法调查处业务交流（2015年12月）",
    ),
    ("exchange/ndl-nal-nars-2015-12 title ko", None, "국회입법조사처와 일본국립국회도서관의 업무교류(2015년 12월)"),
    (
        "exchange/ndl-nal-training-2000 title en",
        "Staff training in Korea, September 2000",
        "Staff training in Korea, September 2000 (at the NLK, according to the NDL’s page)",
    ),
    (
        "exchange/ndl-nal-training-2000 title ja",
        "韓国での職員研修（2000年9月）",
        "韓国での職員研修（2000年9月。国立国会図書館のページによれば韓国国立中央図書館で）",
    ),
    (
        "exchange/ndl-nal-training-2000 title zh-Hans",
        "在韩国的馆员进修（2000年9月）",
        "在韩国的馆员进修（2000年9月；据日本国立国会图书馆网页，地点为韩国国立中央图书馆）",
    ),
    (
        "exchange/ndl-nal-training-2000 title ko",
        "한국에서의 직원 연수(2000년 9월)",
        "한국에서의 직원 연수(2000년 9월, 일본국립국회도서관 페이지에 따르면 국립중앙도서관에서)",
    ),
    ("exchange/ndl-nlc-1981 title ko", "일·중 업무교류의 첫 방문(1981년)", "중·일 업무교류의 첫 방문(1981년)"),
    ("exchange/ndl-nlc-22 title ja", None, "第22回日中業務交流"),
    ("exchange/ndl-nlc-22 title zh-Hans", None, "第22次中日业务交流"),
    ("exchange/ndl-nlc-22 title ko", None, "제22회 중·일 업무교류"),
    ("exchange/ndl-nlc-24 title ko", "제24회 일·중 업무교류(2004년)", "제24회 중·일 업무교류(2004년)"),
    ("exchange/ndl-nlc-2009-11 title ko", "2009년 11월 일·중 업무교류", "2009년 11월 중·일 업무교류"),
    ("exchange/ndl-nlc-36 title ja", None, "第36回日中業務交流（2017年）"),
    ("exchange/ndl-nlc-36 title zh-Hans", None, "第36次中日业务交流（2017年）"),
    ("exchange/ndl-nlc-36 title ko", None, "제36회 중·일 업무교류(2017년)"),
    (
        "report/ndl-nlc-1981-nlc title ko",
        "결과 보고서: 중국국가도서관(일·중 업무교류의 첫 방문, 1981년)",
        "결과 보고서: 중국국가도서관(중·일 업무교류의 첫 방문, 1981년)",
    ),
    (
        "report/ndl-nlc-22-ndl title ko",
        "결과 보고서: 일본국립국회도서관(제22회 일·중 업무교류, 2002년)",
        "결과 보고서: 일본국립국회도서관(제22회 중·일 업무교류)",
    ),
    (
        "report/ndl-nlc-23-ndl title ko",
        "결과 보고서: 일본국립국회도서관(제23회 일·중 업무교류, 2003년)",
        "결과 보고서: 일본국립국회도서관(제23회 중·일 업무교류, 2003년)",
    ),
    (
        "report/ndl-nlc-24-ndl title ko",
        "결과 보고서: 일본국립국회도서관(제24회 일·중 업무교류, 2004년)",
        "결과 보고서: 일본국립국회도서관(제24회 중·일 업무교류, 2004년)",
    ),
    (
        "report/ndl-nlc-25-ndl title ko",
        "결과 보고서: 일본국립국회도서관(제25회 일·중 업무교류, 2005년)",
        "결과 보고서: 일본국립국회도서관(제25회 중·일 업무교류, 2005년)",
    ),
    (
        "report/ndl-nlc-36-nlc title ko",
        "결과 보고서: 중국국가도서관(제36회 일·중 업무교류, 2017년)",
        "결과 보고서: 중국국가도서관(제36회 중·일 업무교류, 2017년)",
    ),
    (
        "work/ndl-monthly-bulletin-2004-02 title ko",
        "제23회 일·중 업무교류 상세 보고",
        "제23회 중·일 업무교류 상세 보고",
    ),
    (
        "work/ndl-newsletter-141 title ko",
        "National Diet Library Newsletter 제141호(제24회 일·중 업무교류에 대하여)",
        "National Diet Library Newsletter 제141호(제24회 중·일 업무교류에 대하여)",
    ),
    (
        "programme/ndl-nlc shared_concern[digital-age].text en",
        "What the digital age asks of national libraries",
        "The shared concern at the moment is how they, as national libraries, should respond to the digital age.",
    ),
    (
        "programme/ndl-nlc shared_concern[digital-age].text ja",
        "デジタル時代に国立図書館がとるべき対応",
        "目下の共通の関心は、国立図書館としてデジタル時代にどう対応すべきかである。",
    ),
    (
        "programme/ndl-nlc shared_concern[digital-age].text zh-Hans",
        "国家图书馆如何应对数字时代",
        "目前共同关心的是，作为国家图书馆应当如何应对数字时代。",
    ),
    (
        "programme/ndl-nlc shared_concern[digital-age].text ko",
        "디지털 시대에 국립도서관이 취할 대응",
        "현재의 공통 관심사는 국립도서관으로서 디지털 시대에 어떻게 대응해야 하는가이다.",
    ),
    ("programme/ndl-nlc shared_concern[digital-age].as_of -", None, "2026-11-22"),
    (
        "programme/ndl-nlc fields[core-functions].text en",
        "Core library functions",
        (
            "Library’s core functions such as acquisition and cataloging of materials, reader services, and reference "
            "services"
        ),
    ),
    (
        "programme/ndl-nlc fields[core-functions].text ja",
        "図書館の基幹業務",
        "資料の収集・目録作成、利用者サービス、レファレンスサービスなどの図書館の基幹業務",
    ),
    (
        "programme/ndl-nlc fields[core-functions].text zh-Hans",
        "图书馆核心业务",
        "文献采访与编目、读者服务、参考咨询服务等图书馆核心业务",
    ),
    (
        "programme/ndl-nlc fields[core-functions].text ko",
        "도서관 핵심 업무",
        "자료의 수집과 목록 작성, 이용자 서비스, 참고정보서비스 등 도서관의 핵심 업무",
    ),
    (
        "outcome/nlc-branch-libraries title ko",
        "중국국가도서관이 정부 기관에 분관 제도를 설치",
        "중국국가도서관이 정부 기관에 지부도서관 제도를 설치",
    ),
    (
        "outcome/nlc-branch-libraries follows_example.arrangement ko",
        "정부 기관에 두는 분관 제도",
        "정부 기관에 두는 지부도서관 제도",
    ),
    ("exchange/ndl-nlk-1 title ja", None, "最初の日韓業務交流（1997年）"),
    ("exchange/ndl-nlk-1 title zh-Hans", None, "首次日韩业务交流（1997年）"),
    ("exchange/ndl-nlk-1 title ko", None, "첫 한·일 업무교류(1997년)"),
    ("exchange/ndl-nlk-5 title ja", None, "第5回日韓業務交流"),
    ("exchange/ndl-nlk-5 title zh-Hans", None, "第5次日韩业务交流"),
    ("exchange/ndl-nlk-5 title ko", None, "제5회 한·일 업무교류"),
    ("exchange/ndl-nlk-7 title ja", None, "第7回日韓業務交流"),
    ("exchange/ndl-nlk-7 title zh-Hans", None, "第7次日韩业务交流"),
    ("exchange/ndl-nlk-7 title ko", None, "제7회 한·일 업무교류"),
    ("exchange/ndl-nlk-9 title ja", None, "第9回日韓業務交流（2005年）"),
    ("exchange/ndl-nlk-9 title zh-Hans", None, "第9次日韩业务交流（2005年）"),
    ("exchange/ndl-nlk-9 title ko", None, "제9회 한·일 업무교류(2005년)"),
    ("exchange/ndl-nlk-20 title ja", None, "第20回日韓業務交流（2017年）"),
    ("exchange/ndl-nlk-20 title zh-Hans", None, "第20次日韩业务交流（2017年）"),
    ("exchange/ndl-nlk-20 title ko", None, "제20회 한·일 업무교류(2017년)"),
    ("exchange/nlk-nlc-1997 title ja", "1997年の韓中業務交流", "1997年の中韓業務交流"),
    ("exchange/nlk-nlc-1998 title ja", "1998年の韓中業務交流", "1998年の中韓業務交流"),
    ("exchange/nlk-nlc-21 title ja", "第21回韓中業務交流（2018年）", "第21回中韓業務交流"),
    ("exchange/nlk-nlc-23 title ja", None, "第23回中韓業務交流（2023年）"),
    (
        "report/nlk-nlc-23-nlc title ja",
        "報告書：中国国家図書館（第23回韓中業務交流、2023年）",
        "報告書：中国国家図書館（第23回中韓業務交流、2023年）",
    ),
    ("exchange/nlk-nlc-25 title ja", None, "第25回中韓業務交流（2025年）"),
    (
        "exchange/nlk-tunisia-2008 title ko",
        "국립중앙도서관과 튀니지 국립도서관의 업무교류(2008년)",
        "국립중앙도서관과 튀니지국립도서관의 업무교류(2008년)",
    ),
    (
        "exchange/nlk-tunisia-2010 title ko",
        "국립중앙도서관과 튀니지 국립도서관의 업무교류(2010년)",
        "국립중앙도서관과 튀니지국립도서관의 업무교류(2010년)",
    ),
    (
        "exchange/ndl-peru-2021-02 title ko",
        "일본국립국회도서관과 페루 국립도서관의 웹 간담, 2021년 2월 16일",
        "일본국립국회도서관과 페루국립도서관의 웹 간담, 2021년 2월 16일",
    ),
    (
        "programme/nlk-rsl title ko",
        "국립중앙도서관과 러시아 국립도서관의 업무교류",
        "국립중앙도서관과 러시아국립도서관의 업무교류",
    ),
    (
        "programme/nlk-tunisia title ko",
        "국립중앙도서관과 튀니지 국립도서관의 업무교류",
        "국립중앙도서관과 튀니지국립도서관의 업무교류",
    ),
    ("programme/cjkdli title ko", None, "한·중·일 디지털도서관 이니셔티브(CJKDLI)"),
    (
        "work/ccdn-549485 title ja",
        "第21回中韓業務交流に関する충청매일の記事",
        "第21回中韓業務交流に関する『忠清毎日』の記事",
    ),
    (
        "work/ccdn-549485 title zh-Hans",
        "충청매일关于第21次中韩业务交流的报道",
        "《忠清每日》关于第21次中韩业务交流的报道",
    ),
    (
        "work/cri-korean-2018-11-08 title ko",
        "국회도서관과 중국국가도서관의 양해각서에 관한 CRI 조선어판 뉴스",
        "국회도서관과 중국국가도서관의 양해각서에 관한 중국국제방송(CRI) 한국어 뉴스(korean.cri.cn)",
    ),
    (
        "work/dynews-430351 title ja",
        "第21回中韓業務交流に関する동양일보の記事",
        "第21回中韓業務交流に関する『東洋日報』の記事",
    ),
    (
        "work/dynews-430351 title zh-Hans",
        "동양일보关于第21次中韩业务交流的报道",
        "《东洋日报》关于第21次中韩业务交流的报道",
    ),
    (
        "work/readersnews-109761 title ja",
        "第23回中韓業務交流に関する독서신문の記事",
        "第23回中韓業務交流に関する『読書新聞』の記事",
    ),
    (
        "work/readersnews-109761 title zh-Hans",
        "독서신문关于第23次中韩业务交流的报道",
        "《读书新闻》关于第23次中韩业务交流的报道",
    ),
    (
        "work/shinmoongo-121437 title ja",
        "韓国国会図書館と中国国家図書館の覚書に関する신문고뉴스の記事",
        "韓国国会図書館と中国国家図書館の覚書に関する『申聞鼓ニュース』の記事",
    ),
    (
        "work/shinmoongo-121437 title zh-Hans",
        "신문고뉴스关于韩国国会图书馆与中国国家图书馆谅解备忘录的报道",
        "《申闻鼓新闻》关于韩国国会图书馆与中国国家图书馆谅解备忘录的报道",
    ),
    ("work/ndl-exchange-activities accessed -", None, "2026-11-22"),
]


def said() -> dict[str, str]:
    found = {}
    for name, document in shipped().items():
        for place, value in walk(document):
            if isinstance(value, Text):
                found.update({f"{name} {place.path} {tag}": text for tag, text in value.forms.items()})
            elif isinstance(value, str):
                found[f"{name} {place.path} -"] = str(value)
    return found


@pytest.fixture(scope="module")
def record() -> dict[str, str]:
    return said()


@pytest.mark.parametrize(("where", "before", "now"), ROWS)
def test_it_is_called_so(where: str, before: str | None, now: str, record: dict[str, str]) -> None:
    assert record[where] == now


@pytest.mark.parametrize(
    "written",
    [
        *("일·중 업무교류", "韓中業務交流", "분관 제도", "조선어판", "주일본 페루", "직원 연구원·연수생 수용"),
        *(
            "동양일보の",
            "충청매일の",
            "독서신문の",
            "신문고뉴스の",
            "러시아 국립도서관",
            "튀니지 국립도서관",
            "페루 국립도서관",
        ),
    ],
)
def test_nothing_is_called_so_any_more(written: str, record: dict[str, str]) -> None:
    assert [where for where, text in record.items() if written in text] == []


def test_the_colonial_library_is_one_source_s_account_and_no_name_of_the_national_library(
    record: dict[str, str],
) -> None:
    names = [text for where, text in record.items() if where.startswith("institution/nlk names[")]
    assert [name for name in names if "General" in name or "総督" in name or "총독" in name] == []
    assert record["institution/nlk variants[aks-encyves].scope ko"] == "조선총독부도서관으로"
    assert "조선총독부도서관" in record["institution/nlk notes ko"]


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("programme/ndl-nlc fields[core-functions].text en", "such as"),
        ("programme/ndl-nlc shared_concern[digital-age].text en", "at the moment"),
        ("exchange/ndl-nal-training-2000 title en", "at the NLK, according to"),
    ],
)
def test_the_words_of_the_page_are_kept_whole(where: str, words: str, record: dict[str, str]) -> None:
    assert words in record[where]


def test_the_moment_of_the_page_is_when_it_was_read(record: dict[str, str]) -> None:
    read = record["work/ndl-exchange-activities accessed -"]
    assert record["programme/ndl-nlc shared_concern[digital-age].as_of -"] == read
