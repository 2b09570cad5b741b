"""Dates as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.values.edtf import Edtf
from koryu.values.language_tags import INTERFACE
from koryu.values.reason import Refused
from koryu.values.typed import as_typed
from koryu.wording.dates import in_words
from tests.wording.test_dates import WORDS

TYPED = {
    "1999": ("1999", " 1999 ", "１９９９", "1999年", "1999년", "平成11年"),
    "1999-05": (
        *("May 1999", "may, 1999", "1999-05", "1999/5"),
        *("1999.5", "1999. 5.", "1999年5月", "１９９９年５月", "1999년 5월"),
    ),
    "1999-05-21": (
        *("21 May 1999", "May 21, 1999", "21st of May 1999", "Friday, 21 May 1999", "1999-05-21", "1999/05/21"),
        *("21.5.1999", "21/5/1999", "1999. 5. 21.", "1999年5月21日(金)", "1999年5月21日（周五）"),
        *("1999年5月21号", "1999년 5월 21일(금)", "1999년5월21일", "平成１１年５月２１日"),
    ),
    "1989": ("平成元年",),
    "1985-05": ("昭和60年5月",),
    "1985/1986": (
        *("1985–86", "1985-86", "1985-1986", "1985 to 1986", "from 1985 to 1986", "between 1985 and 1986"),
        *("1985/1986", "1985年～1986年", "1985年〜86年", "1985年から1986年まで", "1985—1986年", "1985年至1986年"),
        *("自1985年至1986年", "1985–1986년", "1985년부터 1986년까지", "1985~1986년", "1985년에서 1986년 사이"),
    ),
    "1999/2000": ("1999–00",),
    "2003/..": (
        *("since 2003", "from 2003", "2003 onwards", "2003–"),
        *("2003年から", "2003年～", "自2003年起", "2003年以来", "2003년부터"),
    ),
    "2003-01/..": (
        *("from January 2003", "2003年1月から", "2003年１月～"),
        *("2003年1月起", "从2003年1月开始", "2003년 1월부터", "2003/1 -"),
    ),
    "../2010": ("until 2010", "–2010", "～2010年", "2010年まで", "至2010年", "截至2010年", "2010년까지"),
    "2020-XX-28": (
        *("28th of some month of 2020", "the 28th of some month of 2020", "28 of an unknown month 2020", "2020-xx-28"),
        *("2020年某月28日", "2020年○月28日", "2020년 모월 28일", "2020-??-28"),
    ),
    "2003~": (
        *("about 2003", "c. 2003", "ca. 2003", "2003~", "2003年頃", "2003年ごろ"),
        *("約2003年", "约2003年", "2003年左右", "2003년경", "약 2003년", "2003년 무렵"),
    ),
    "1999?": ("1999?", "1999 ?", "probably 1999", "1999年（不確実）", "1999年（存疑）", "1999년(불확실)"),
    "1985~/1986~": ("about 1985–1986", "1985年頃～1986年頃", "约1985—1986年"),
    "2019-11-12/2019-11-16": (
        *("12–16 November 2019", "12-16 November 2019", "November 12–16, 2019", "12 to 16 November 2019"),
        *("12 November – 16 November 2019", "2019-11-12 – 2019-11-16", "2019.11.12～11.16"),
        *("2019年11月12日～16日", "2019年11月12日～11月16日"),
        *("2019年11月12日(火)～16日(土)", "2019年11月12日—16日", "2019年11月12—16日"),
        *("2019年11月12日至16日", "2019년 11월 12일~16일", "2019년 11월 12–16일", "2019년 11월 12일부터 16일까지"),
    ),
    "2015-06-28/2015-07-03": (
        *("28 June – 3 July 2015", "June 28 – July 3, 2015", "2015年6月28日～7月3日", "2015年6月28日—7月3日"),
        "2015년 6월 28일~7월 3일",
    ),
    "2009-09/2009-10": ("September–October 2009", "Sept-Oct 2009", "2009年9月～10月", "2009年9—10月", "2009년 9–10월"),
    "199X": ("1990s", "the 1990s", "1990's", "1990年代", "20世纪90年代", "1990년대", "199X"),
    "199X/200X": ("1990s – 2000s", "1990年代～2000年代"),
    "19XX": ("19XX", "between 1900 and 1999"),
}  # fmt: skip


@pytest.mark.parametrize(("value", "typed"), [(value, one) for value, all_ in TYPED.items() for one in all_])
def test_a_date_is_understood_as_people_type_it(value: str, typed: str) -> None:
    assert as_typed(typed) == value


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("spring 2003", "is not understood as a date"),
        ("", "is not understood as a date"),
        ("the second week", "is not understood as a date"),
        ("31 June 2003", "is not a valid calendar date"),
        ("2003年13月", "no month between 01 and 12"),
        ("2003-02-30", "is not a valid calendar date"),
        ("1986–1985", "ends before it begins"),
        ("5/12/2003", "either of two days"),
        ("<script>alert(1)</script>", "is not understood as a date"),
    ],
)
def test_what_is_no_date_is_refused_with_what_would_help(typed: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        as_typed(typed)


days = st.dates(min_value=date(1000, 1, 1)).map(str)
whole = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))
loose = st.one_of(
    days.map(lambda day: f"{day[:3]}X"),
    days.map(lambda day: f"{day[:2]}XX"),
    days.map(lambda day: f"{day[:4]}-XX-{day[8:]}"),
)
single = st.builds("".join, st.tuples(st.one_of(whole, loose), st.sampled_from(["", "?", "~", "%"])))


def spans(one: str, other: str) -> str:
    first, last = sorted((one, other))
    return f"{first}/{last}"


dates = st.one_of(
    single,
    single.map(lambda one: f"{one}/.."),
    single.map(lambda one: f"../{one}"),
    st.builds(spans, single, single),
)


def is_one(value: str) -> bool:
    """Whether this is a date at all, and not one day written as a span, which is written as the day."""
    try:
        found = Edtf(value)
    except Refused:
        return False
    return not found.is_interval or found.start != found.end


@pytest.mark.parametrize("language", INTERFACE)
@given(value=dates.filter(is_one))
def test_what_is_written_in_words_is_read_back_as_the_same_date(language: str, value: str) -> None:
    words = in_words(Edtf(value), language=language, translate=WORDS[language].__getitem__)
    assert as_typed(words) == value
