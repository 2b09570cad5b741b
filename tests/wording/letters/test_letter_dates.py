"""Dates, names and labels as letters write them in each of the four languages."""

from datetime import date

import pytest

from koryu.wording.letters import letter_dates, letter_words
from koryu.wording.letters.letter_kinds import LANGS, LETTER_KINDS, languages_allowed

DAY = date(2026, 9, 7)


@pytest.mark.parametrize(
    ("tag", "written"),
    [("ja", "2026年9月7日"), ("zh-Hans", "2026年9月7日"), ("ko", "2026. 9. 7."), ("en", "7 September 2026")],
)
def test_the_date_of_a_letter(tag: str, written: str) -> None:
    assert letter_dates.letter_date(DAY, tag) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 9, 7), "令和8年9月7日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 24), "1926年12月24日"),
    ],
)
def test_the_era_where_it_is_asked_for(day: date, written: str) -> None:
    assert letter_dates.letter_date(day, "ja", era=True) == written


@pytest.mark.parametrize(
    ("tag", "same_month", "same_year", "years"),
    [
        (
            "ja",
            "2026年9月7日（月）～11日（金）",
            "2026年9月30日（水）～10月2日（金）",
            "2026年12月29日（火）～2027年1月3日（日）",
        ),
        (
            "zh-Hans",
            "2026年9月7日（周一）至11日（周五）",
            "2026年9月30日（周三）至10月2日（周五）",
            "2026年12月29日（周二）至2027年1月3日（周日）",
        ),
        ("ko", "2026. 9. 7.(월) ~ 9. 11.(금)", "2026. 9. 30.(수) ~ 10. 2.(금)", "2026. 12. 29.(화) ~ 2027. 1. 3.(일)"),
        ("en", "7–11 September 2026", "30 September – 2 October 2026", "29 December 2026 – 3 January 2027"),
    ],
)
def test_spans_with_their_weekdays(tag: str, same_month: str, same_year: str, years: str) -> None:
    assert letter_dates.letter_span("2026-09-07/2026-09-11", tag) == same_month
    assert letter_dates.letter_span("2026-09-30/2026-10-02", tag) == same_year
    assert letter_dates.letter_span("2026-12-29/2027-01-03", tag) == years


@pytest.mark.parametrize("tag", LANGS)
@pytest.mark.parametrize("written", ["2026-09", "2026", "2026-09-07?", "2020-XX-28", "2026-09-07/..", "nonsense", ""])
def test_what_is_less_exact_is_written_without_a_weekday(tag: str, written: str) -> None:
    said = letter_dates.letter_span(written, tag)
    assert bool(said) is bool(written)
    assert not [day for day in ("月）", "周", "(월)") if day in said]
    assert letter_dates.days_of(written) == 0


def test_days_of_a_stay_are_counted_with_both_ends() -> None:
    assert letter_dates.days_of("2026-09-07/2026-09-11") == 5
    assert letter_dates.days_of("2026-09-07") == 1


@pytest.mark.parametrize(
    ("tag", "honorific", "written"),
    [
        ("ja", "様", "熊　様"),
        ("zh-Hans", "先生", "熊先生"),
        ("ko", "님", "熊 님"),
        ("en", "Dr", "Dr 熊"),
        ("ja", "", "熊"),
    ],
)
def test_a_name_with_the_honorific_that_was_chosen(tag: str, honorific: str, written: str) -> None:
    assert letter_words.addressed("熊", honorific, tag) == written
    assert letter_words.addressed("", honorific, tag) == ""


def test_every_kind_has_its_words_in_every_language() -> None:
    for kind in LETTER_KINDS.values():
        for tag in LANGS:
            assert letter_words.words(f"title.{kind.code}", tag)
            if not kind.is_list:
                assert "第1回" in letter_words.words(f"subject.{kind.code}", tag, exchange="第1回")
                assert letter_words.words(f"body.{kind.code}", tag)


def test_colons_and_brackets_are_wide_in_japanese_and_chinese_alone() -> None:
    assert [letter_words.labelled("a", "b", tag) for tag in LANGS] == ["a：b", "a：b", "a: b", "a: b"]
    assert [letter_words.bracketed("a", tag) for tag in LANGS] == ["（a）", "（a）", " (a)", " (a)"]


@pytest.mark.parametrize(
    ("kind", "langs", "can"),
    [
        ("plan", ("ja",), True),
        ("plan", ("ja", "ko"), True),
        ("plan", ("ja", "ko", "en"), False),
        ("plan", ("ja", "ja"), False),
        ("plan", (), False),
        ("plan", ("zh-Hant",), False),
        ("invitation", ("ja", "ko"), False),
    ],
)
def test_in_which_languages_a_letter_is_made(kind: str, langs: tuple[str, ...], can: bool) -> None:
    assert languages_allowed(kind, langs) is can
