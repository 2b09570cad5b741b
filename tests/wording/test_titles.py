"""Composed titles: what a record is called where it has no title in the reader's language; of what a source states."""

from typing import Any, Final

import pytest

from koryu.archive.queries import Line
from koryu.records.listed_values import Summary
from koryu.wording.titles import composed, exchange_titles, named_by_titles, title_in

NDL, NLC, NAL, ONLY_KOREAN = "i/ndl", "i/nlc", "i/nal", "i/only-korean"
BRIEF, LONG, SERIES, E36, OWN, NAMELESS = "p/brief", "p/long", "p/series", "e/36", "e/own", "e/nameless"


def line(uri: str, kind: str, title: dict[str, str], **said: Any) -> Line:
    return Line(uri, kind, uri.replace("/", "-"), "recorded", Summary(title=title, **said))


def named(**forms: str) -> dict[str, str]:
    made = {tag.replace("_", "-"): form for tag, form in forms.items()}
    return {**made, "source": next(iter(made))}


LINES: Final = {
    each.uri: each
    for each in (
        line(
            NDL,
            "institution",
            named(
                ja="国立国会図書館", en="National Diet Library", zh_Hans="日本国立国会图书馆", ko="일본국립국회도서관"
            ),
        ),
        line(
            NLC,
            "institution",
            named(zh_Hans="中国国家图书馆", en="National Library of China", ja="中国国家図書館", ko="중국국가도서관"),
        ),
        line(
            NAL,
            "institution",
            named(ko="국회도서관", en="National Assembly Library", ja="韓国国会図書館", zh_Hans="韩国国会图书馆"),
        ),
        line(ONLY_KOREAN, "institution", {"ko": "규장각"}),
        line(
            BRIEF,
            "programme",
            named(
                en="Mutual visit programme of two libraries",
                ja="両館の業務交流",
                zh_Hans="两馆业务交流",
                ko="두 도서관의 업무교류",
            ),
            short=named(ja="日中業務交流", en="business exchange", zh_Hans="中日业务交流", ko="중·일 업무교류"),
        ),
        line(LONG, "programme", named(en="Mutual Visit Programme", ja="相互訪問")),
        line(SERIES, "programme", {"de": "Reihe"}, type="joint meeting series", institutions=[NDL, NLC]),
        line(E36, "exchange", {"de": "36. Austausch"}, programmes=[BRIEF], numbers={BRIEF: "36"}, date="2017-11-14"),
        line(OWN, "exchange", named(ja="第5回日中業務交流（2005年）", en="Fifth exchange")),
        line(NAMELESS, "exchange", {"de": "Besuch"}),
    )
}
HELD: Final = {"programmes": [BRIEF], "numbers": {BRIEF: "36"}}
DATED: Final = {"date": "2017-11-14/2017-11-21"}
UNNUMBERED: Final = {"programmes": [BRIEF], "form": "seminar"}
ALONE: Final = {"form": "visit", "institutions": [NAL, NDL]}
TAGS: Final = ("en", "ja", "zh-Hans", "ko")

# The kind, what is on record, and the title in English, Japanese, Chinese and Korean.
ROWS: Final[list[tuple[str, str, dict[str, Any], tuple[str, str, str, str]]]] = [
    (
        "a number and a date",
        "exchange",
        HELD | DATED,
        (
            "36th business exchange (2017)",
            "第36回日中業務交流（2017年）",
            "第36次中日业务交流（2017年）",
            "제36회 중·일 업무교류(2017년)",
        ),
    ),
    (
        "a number alone",
        "exchange",
        HELD,
        ("36th business exchange", "第36回日中業務交流", "第36次中日业务交流", "제36회 중·일 업무교류"),
    ),
    (
        "1st",
        "exchange",
        HELD | {"numbers": {BRIEF: "1"}},
        ("1st business exchange", "第1回日中業務交流", "第1次中日业务交流", "제1회 중·일 업무교류"),
    ),
    (
        "22nd",
        "exchange",
        HELD | {"numbers": {BRIEF: "22"}},
        ("22nd business exchange", "第22回日中業務交流", "第22次中日业务交流", "제22회 중·일 업무교류"),
    ),
    (
        "113th",
        "exchange",
        HELD | {"numbers": {BRIEF: "113"}},
        ("113th business exchange", "第113回日中業務交流", "第113次中日业务交流", "제113회 중·일 업무교류"),
    ),
    (
        "a number that is none",
        "exchange",
        HELD | {"numbers": {BRIEF: "I and II"}} | DATED,
        (
            "Business exchange I and II (2017)",
            "日中業務交流 I and II（2017年）",
            "中日业务交流 I and II（2017年）",
            "중·일 업무교류 I and II(2017년)",
        ),
    ),
    (
        "a number of another programme",
        "exchange",
        HELD | {"numbers": {LONG: "36"}} | DATED,
        (
            "Business exchange, November 2017",
            "2017年11月の日中業務交流",
            "2017年11月中日业务交流",
            "2017년 11월 중·일 업무교류",
        ),
    ),
    (
        "an inferred number",
        "exchange",
        HELD | DATED | {"inferred": ["numbers"]},
        (
            "Business exchange, November 2017",
            "2017年11月の日中業務交流",
            "2017年11月中日业务交流",
            "2017년 11월 중·일 업무교류",
        ),
    ),
    (
        "an inferred date",
        "exchange",
        HELD | DATED | {"inferred": ["date"]},
        ("36th business exchange", "第36回日中業務交流", "第36次中日业务交流", "제36회 중·일 업무교류"),
    ),
    (
        "an inferred programme",
        "exchange",
        HELD | DATED | ALONE | {"inferred": ["programmes"]},
        (
            "Visit: National Assembly Library, National Diet Library (November 2017)",
            "訪問：国立国会図書館、韓国国会図書館（2017年11月）",
            "访问：韩国国会图书馆、日本国立国会图书馆（2017年11月）",
            "방문: 국회도서관, 일본국립국회도서관(2017년 11월)",
        ),
    ),
    (
        "a year of about",
        "exchange",
        HELD | {"date": "2003~"},
        (
            "36th business exchange (about 2003)",
            "第36回日中業務交流（2003年頃）",
            "第36次中日业务交流（约2003年）",
            "제36회 중·일 업무교류(2003년경)",
        ),
    ),
    (
        "two years",
        "exchange",
        HELD | {"date": "2006-12-28/2007-01-03"},
        (
            "36th business exchange (2006–2007)",
            "第36回日中業務交流（2006年～2007年）",
            "第36次中日业务交流（2006—2007年）",
            "제36회 중·일 업무교류(2006~2007년)",
        ),
    ),
    (
        "a day of some month",
        "exchange",
        UNNUMBERED | {"date": "2020-XX-28"},
        ("Business exchange, 2020", "2020年の日中業務交流", "2020年中日业务交流", "2020년 중·일 업무교류"),
    ),
    (
        "a year alone",
        "exchange",
        UNNUMBERED | {"date": "1981"},
        ("Business exchange, 1981", "1981年の日中業務交流", "1981年中日业务交流", "1981년 중·일 업무교류"),
    ),
    (
        "two months",
        "exchange",
        UNNUMBERED | {"date": "2002-08-30/2002-09-02"},
        (
            "Business exchange, August–September 2002",
            "2002年8月～9月の日中業務交流",
            "2002年8—9月中日业务交流",
            "2002년 8~9월 중·일 업무교류",
        ),
    ),
    (
        "neither number nor date",
        "exchange",
        UNNUMBERED,
        ("Business exchange: seminar", "日中業務交流：セミナー", "中日业务交流：研讨会", "중·일 업무교류: 세미나"),
    ),
    (
        "nothing but the programme",
        "exchange",
        {"programmes": [BRIEF], "form": "form not stated"},
        ("Business exchange: exchange", "日中業務交流：交流", "中日业务交流：交流", "중·일 업무교류: 교류"),
    ),
    (
        "an inferred form",
        "exchange",
        UNNUMBERED | {"inferred": ["form"]},
        ("Business exchange: exchange", "日中業務交流：交流", "中日业务交流：交流", "중·일 업무교류: 교류"),
    ),
    (
        "a programme without a short name",
        "exchange",
        {"programmes": [LONG], "numbers": {LONG: "3"}},
        ("3rd Mutual Visit Programme", "第3回相互訪問", "", ""),
    ),
    (
        "a programme of no name in the language",
        "exchange",
        {"programmes": [SERIES], "numbers": {SERIES: "3"}, "date": "2013"},
        (
            "3rd Joint meeting series: National Diet Library, National Library of China (2013)",
            "第3回定期会合：国立国会図書館、中国国家図書館（2013年）",
            "第3次定期会议：中国国家图书馆、日本国立国会图书馆（2013年）",
            "제3회 정기 회의: 일본국립국회도서관, 중국국가도서관(2013년)",
        ),
    ),
    (
        "no programme",
        "exchange",
        ALONE | {"date": "2018-06-14"},
        (
            "Visit: National Assembly Library, National Diet Library (June 2018)",
            "訪問：国立国会図書館、韓国国会図書館（2018年6月）",
            "访问：韩国国会图书馆、日本国立国会图书馆（2018年6月）",
            "방문: 국회도서관, 일본국립국회도서관(2018년 6월)",
        ),
    ),
    (
        "no programme and no form",
        "exchange",
        ALONE | {"form": "form not stated"},
        (
            "Exchange: National Assembly Library, National Diet Library",
            "交流：国立国会図書館、韓国国会図書館",
            "交流：韩国国会图书馆、日本国立国会图书馆",
            "교류: 국회도서관, 일본국립국회도서관",
        ),
    ),
    ("inferred institutions", "exchange", ALONE | {"inferred": ["institutions"]}, ("", "", "", "")),
    (
        "an institution without a name in the language",
        "exchange",
        {"form": "visit", "institutions": [NAL, ONLY_KOREAN]},
        ("", "", "", "방문: 국회도서관, 규장각"),
    ),
    (
        "an institution that is not on record",
        "exchange",
        {"form": "visit", "institutions": [NAL, "i/nowhere"]},
        ("", "", "", ""),
    ),
    (
        "a programme that is not on record",
        "exchange",
        {"programmes": ["p/nowhere"], "numbers": {"p/nowhere": "3"}},
        ("", "", "", ""),
    ),
    (
        "its type and institutions",
        "programme",
        {"type": "mutual visit programme", "institutions": [NDL, NLC]},
        (
            "Mutual visit programme: National Diet Library, National Library of China",
            "業務交流：国立国会図書館、中国国家図書館",
            "业务交流：中国国家图书馆、日本国立国会图书馆",
            "업무교류: 일본국립국회도서관, 중국국가도서관",
        ),
    ),
    ("no type", "programme", {"institutions": [NDL, NLC]}, ("", "", "", "")),
    (
        "who and of which exchange",
        "participation",
        {"institution": NLC, "exchange": E36},
        (
            "Participation: National Library of China (36th business exchange, 2017)",
            "参加：中国国家図書館（第36回日中業務交流、2017年）",
            "参与：中国国家图书馆（第36次中日业务交流，2017年）",
            "참가: 중국국가도서관(제36회 중·일 업무교류, 2017년)",
        ),
    ),
    (
        "an exchange with its own title",
        "participation",
        {"institution": NLC, "exchange": OWN},
        (
            "Participation: National Library of China (Fifth exchange)",
            "参加：中国国家図書館（第5回日中業務交流（2005年））",
            "",
            "",
        ),
    ),
    (
        "an exchange that nothing is known of",
        "participation",
        {"institution": NLC, "exchange": NAMELESS},
        ("", "", "", ""),
    ),
    (
        "an inferred institution",
        "participation",
        {"institution": NLC, "exchange": E36, "inferred": ["institution"]},
        ("", "", "", ""),
    ),
    (
        "of which exchange",
        "timetable",
        {"institution": NDL, "exchange": E36},
        (
            "Timetable: 36th business exchange (2017)",
            "日程：第36回日中業務交流（2017年）",
            "日程：第36次中日业务交流（2017年）",
            "일정: 제36회 중·일 업무교류(2017년)",
        ),
    ),
    (
        "whose, of which exchange",
        "report",
        {"institution": NDL, "exchange": E36},
        (
            "Report: National Diet Library (36th business exchange, 2017)",
            "報告書：国立国会図書館（第36回日中業務交流、2017年）",
            "情况报告：日本国立国会图书馆（第36次中日业务交流，2017年）",
            "결과 보고서: 일본국립국회도서관(제36회 중·일 업무교류, 2017년)",
        ),
    ),
    (
        "kind, institutions, year",
        "agreement",
        {"type": "Letter of Intent", "institutions": [NDL, NLC], "date": "1999-05-21"},
        (
            "Letter of Intent: National Diet Library, National Library of China (1999)",
            "意向書：国立国会図書館、中国国家図書館（1999年）",
            "意向书：中国国家图书馆、日本国立国会图书馆（1999年）",
            "의향서: 일본국립국회도서관, 중국국가도서관(1999년)",
        ),
    ),
    (
        "an inferred year",
        "agreement",
        {"type": "amendment", "institutions": [NDL, NLC], "date": "2005", "inferred": ["date"]},
        (
            "Amendment: National Diet Library, National Library of China",
            "改訂：国立国会図書館、中国国家図書館",
            "修订：中国国家图书馆、日本国立国会图书馆",
            "개정: 일본국립국회도서관, 중국국가도서관",
        ),
    ),
    (
        "an inferred kind",
        "agreement",
        {"type": "amendment", "institutions": [NDL], "inferred": ["type"]},
        ("", "", "", ""),
    ),
    (
        "kind and institutions",
        "service",
        {"type": "reference service", "institutions": [NDL], "date": "1990"},
        (
            "Reference service: National Diet Library",
            "レファレンスサービス：国立国会図書館",
            "参考咨询服务：日本国立国会图书馆",
            "참고정보서비스: 일본국립국회도서관",
        ),
    ),
    (
        "kind, institutions, year",
        "outcome",
        {"type": "staff dispatched", "institutions": [NDL], "date": "1985/1986"},
        (
            "Staff dispatched: National Diet Library (1985–1986)",
            "職員の派遣：国立国会図書館（1985年～1986年）",
            "派遣馆员：日本国立国会图书馆（1985—1986年）",
            "직원 파견: 일본국립국회도서관(1985~1986년)",
        ),
    ),
    ("no institution", "outcome", {"type": "staff dispatched"}, ("", "", "", "")),
    (
        "a paper is called what it is called",
        "paper",
        {"type": "keynote", "institution": NDL, "exchange": E36},
        ("", "", "", ""),
    ),
    ("a work is called what it is called", "work", {"type": "book", "date": "1999"}, ("", "", "", "")),
    ("an institution is called what it is called", "institution", {"type": "national library"}, ("", "", "", "")),
    ("a person is called what they are called", "person", {}, ("", "", "", "")),
]


@pytest.mark.parametrize(("what", "kind", "known", "titles"), ROWS, ids=[f"{row[1]}: {row[0]}" for row in ROWS])
def test_a_title_is_composed_of_what_is_stated_and_of_nothing_else(
    what: str, kind: str, known: dict[str, Any], titles: tuple[str, str, str, str]
) -> None:
    record = line("x/x", kind, {"de": "Etwas"}, **known)
    assert tuple(composed(record, tag, lines=LINES) for tag in TAGS) == titles


def test_a_title_in_the_language_of_the_reader_is_left_as_it_is() -> None:
    record = line("x/x", "exchange", named(ja="日中交流", en="Exchange"), **HELD, **DATED)
    assert title_in(record, "ja", lines=LINES) == ("日中交流", "ja", True, None)


def test_beside_a_composed_title_stands_the_record_s_own() -> None:
    record = line("x/x", "exchange", {"en": "The 36th Mutual Visit Program"}, **HELD, **DATED)
    assert title_in(record, "ja", lines=LINES) == (
        *("第36回日中業務交流（2017年）", "ja", True),
        ("The 36th Mutual Visit Program", "en", False),
    )


def test_a_title_in_another_script_of_the_language_needs_none() -> None:
    record = line("x/x", "exchange", {"zh-Hant": "業務交流"}, **HELD, **DATED)
    assert title_in(record, "zh-Hans", lines=LINES) == ("業務交流", "zh-Hant", False, None)


@pytest.mark.parametrize("title", ["x" * 400, "Besuch", "<ruby>交<rt>こう</rt></ruby>", "زيارة متبادلة"])
def test_whatever_a_title_looks_like_it_is_composed_or_it_stands(title: str) -> None:
    tag = "ar" if title.startswith("ز") else "de"
    named = line("x/x", "exchange", {tag: title}, **HELD)
    bare = line("x/x", "exchange", {tag: title})
    assert title_in(named, "ko", lines=LINES) == ("제36회 중·일 업무교류", "ko", True, (title, tag, False))
    assert title_in(bare, "ko", lines=LINES) == (title, tag, False, None)


def test_what_may_not_be_read_is_in_no_title() -> None:
    record = line("x/x", "exchange", {"en": "Exchange"}, **HELD, institutions=[NDL, NLC])
    assert composed(record, "ja", lines={NDL: LINES[NDL]}) == ""


def test_names_are_asked_for_only_where_a_title_is_composed_of_them() -> None:
    record = line("x/x", "exchange", {"en": "Exchange"}, **HELD, institutions=[NDL])
    assert named_by_titles([record], "en") == set()
    assert named_by_titles([record], "ja") == {BRIEF, NDL}
    assert named_by_titles([line("x/y", "paper", {"en": "Paper"}, exchange=E36)], "ja") == set()


def test_the_title_of_an_exchange_to_come_is_composed_in_the_same_way() -> None:
    programme = {"title": named(en="Programme", ja="業務交流"), "short": named(ja="日中業務交流")}
    assert exchange_titles(programme, number="37", year="2018", place={"ja": "北京", "en": "Beijing"}) == {
        "en": "37th Programme (2018, Beijing)",
        "ja": "第37回日中業務交流（2018年、北京）",
        "source": "en",
    }
