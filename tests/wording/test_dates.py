import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.values.edtf import Edtf
from koryu.values.language_tags import INTERFACE
from koryu.wording.dates import MESSAGES, in_words

WORDS = {
    "en": {message: message for message in MESSAGES},
    "ja": {
        "from %(date)s": "%(date)sから",
        "until %(date)s": "%(date)sまで",
        "the %(decade)ss": "%(decade)s年代",
        "between %(first)s and %(last)s": "%(first)s年から%(last)s年の間",
        "the %(day)s of some month of %(year)s": "%(year)s某月%(day)s日",
        "%(date)s, uncertain": "%(date)s（不確か）",
        "about %(date)s": "%(date)s頃",
        "about %(date)s, uncertain": "%(date)s頃（不確か）",
    },
    "zh-Hans": {
        "from %(date)s": "%(date)s起",
        "until %(date)s": "至%(date)s",
        "the %(decade)ss": "%(decade)s年代",
        "between %(first)s and %(last)s": "%(first)s年至%(last)s年间",
        "the %(day)s of some month of %(year)s": "%(year)s某月%(day)s日",
        "%(date)s, uncertain": "%(date)s（存疑）",
        "about %(date)s": "约%(date)s",
        "about %(date)s, uncertain": "约%(date)s（存疑）",
    },
    "ko": {
        "from %(date)s": "%(date)s부터",
        "until %(date)s": "%(date)s까지",
        "the %(decade)ss": "%(decade)s년대",
        "between %(first)s and %(last)s": "%(first)s년에서 %(last)s년 사이",
        "the %(day)s of some month of %(year)s": "%(year)s 모월 %(day)s일",
        "%(date)s, uncertain": "%(date)s(불확실)",
        "about %(date)s": "%(date)s경",
        "about %(date)s, uncertain": "%(date)s경(불확실)",
    },
}

WRITTEN = {
    "1999": ("1999", "1999年", "1999年", "1999년"),
    "1999-05": ("May 1999", "1999年5月", "1999年5月", "1999년 5월"),
    "1999-05-XX": ("May 1999", "1999年5月", "1999年5月", "1999년 5월"),
    "1999-XX-XX": ("1999", "1999年", "1999年", "1999년"),
    "2009-09-10": ("10 September 2009", "2009年9月10日", "2009年9月10日", "2009년 9월 10일"),
    "1985/1986": ("1985–1986", "1985年～1986年", "1985—1986年", "1985~1986년"),
    "1985/1985": ("1985", "1985年", "1985年", "1985년"),
    "1985-05/1985-05-XX": ("May 1985", "1985年5月", "1985年5月", "1985년 5월"),
    "2009-09/2009-10": ("September–October 2009", "2009年9月～10月", "2009年9—10月", "2009년 9~10월"),
    "2009-12/2010-01": (
        "December 2009 – January 2010",
        "2009年12月～2010年1月",
        "2009年12月—2010年1月",
        "2009년 12월~2010년 1월",
    ),
    "2009-09-10/2009-09-11": (
        "10–11 September 2009",
        "2009年9月10日～11日",
        "2009年9月10—11日",
        "2009년 9월 10~11일",
    ),
    "2009-09-30/2009-10-02": (
        "30 September – 2 October 2009",
        "2009年9月30日～10月2日",
        "2009年9月30日—10月2日",
        "2009년 9월 30일~10월 2일",
    ),
    "2009-12-30/2010-01-02": (
        "30 December 2009 – 2 January 2010",
        "2009年12月30日～2010年1月2日",
        "2009年12月30日—2010年1月2日",
        "2009년 12월 30일~2010년 1월 2일",
    ),
    "2000-11/..": ("from November 2000", "2000年11月から", "2000年11月起", "2000년 11월부터"),
    "../2004-06-03": ("until 3 June 2004", "2004年6月3日まで", "至2004年6月3日", "2004년 6월 3일까지"),
    "2003~": ("about 2003", "2003年頃", "约2003年", "2003년경"),
    "1999?": ("1999, uncertain", "1999年（不確か）", "1999年（存疑）", "1999년(불확실)"),
    "1999-05%": ("about May 1999, uncertain", "1999年5月頃（不確か）", "约1999年5月（存疑）", "1999년 5월경(불확실)"),
    "1985~/1986~": (
        "about 1985 – about 1986",
        "1985年頃～1986年頃",
        "约1985年—约1986年",
        "1985년경~1986년경",
    ),
    "1984/2004-06~": ("1984 – about June 2004", "1984年～2004年6月頃", "1984年—约2004年6月", "1984년~2004년 6월경"),
    "2003~/..": ("from about 2003", "2003年頃から", "约2003年起", "2003년경부터"),
    "198X": ("the 1980s", "1980年代", "20世纪80年代", "1980년대"),
    "200X": ("the 2000s", "2000年代", "2000年代", "2000년대"),
    "198X/199X": ("the 1980s – the 1990s", "1980年代～1990年代", "20世纪80年代—20世纪90年代", "1980년대~1990년대"),
    "19XX": ("between 1900 and 1999", "1900年から1999年の間", "1900年至1999年间", "1900년에서 1999년 사이"),
    "2020-XX-28": ("the 28th of some month of 2020", "2020年某月28日", "2020年某月28日", "2020년 모월 28일"),
    "2020-XX-28/2020-XX-29": (
        "the 28th of some month of 2020 – the 29th of some month of 2020",
        "2020年某月28日～2020年某月29日",
        "2020年某月28日—2020年某月29日",
        "2020년 모월 28일~2020년 모월 29일",
    ),
}


@pytest.mark.parametrize("value", WRITTEN)
def test_a_date_is_written_as_each_language_writes_it(value: str) -> None:
    assert tuple(said(Edtf(value), language) for language in INTERFACE) == WRITTEN[value]


@pytest.mark.parametrize(
    ("day", "ordinal"), [("01", "1st"), ("02", "2nd"), ("03", "3rd"), ("11", "11th"), ("12", "12th"), ("22", "22nd")]
)
def test_english_counts_days_with_ordinals(day: str, ordinal: str) -> None:
    assert said(Edtf(f"2020-XX-{day}"), "en") == f"the {ordinal} of some month of 2020"


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from(INTERFACE))
def test_the_days_of_an_interval_are_all_in_its_words(one: object, other: object, length: int, language: str) -> None:
    first, last = sorted((str(one)[:length], str(other)[:length]))
    words = said(Edtf(f"{first}/{last}"), language)
    assert {str(int(year)) for year in (first[:4], last[:4])} - set(numbers(words)) == set()


def test_a_language_without_pages_is_an_error() -> None:
    with pytest.raises(KeyError):
        in_words(Edtf("1999"), language="fr", translate=str)


def said(value: Edtf, language: str) -> str:
    return in_words(value, language=language, translate=WORDS[language].__getitem__)


def numbers(words: str) -> list[str]:
    return "".join(character if character.isdigit() else " " for character in words).split()


def test_month_names_stay_in_their_language_whichever_is_asked_first() -> None:
    written = {
        language: [in_words(Edtf("1999-11"), language=one, translate=str) for one in ("zh-Hans", language)][1]
        for language in ("en", "ja", "zh-Hans", "ko")
    }
    assert written == {"en": "November 1999", "ja": "1999年11月", "zh-Hans": "1999年11月", "ko": "1999년 11월"}
