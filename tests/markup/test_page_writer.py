"""How titles, names, posts and days are set: in the order of the language they are in, which is named once."""

from dataclasses import replace
from typing import Final

import pytest

from koryu.archive.queries import Line
from koryu.markup.page_writer import PageWriter, Told
from koryu.public.exchange_view import PostView, SpeakerView
from koryu.records.listed_values import Summary
from koryu.values.edtf import Edtf
from koryu.values.text import Text

CHIEF, DIVISION = Text.of(en="Chief"), Text.of(en="Planning Division")


def held(slug: str, post: Text, unit: Text) -> str:
    return str(PageWriter(slug, {}).held(PostView(post, unit, "")))


@pytest.mark.parametrize(
    ("slug", "shown"),
    [
        ("en", "Chief, Planning Division"),
        ("ja", '<span lang="en">Chief, Planning Division</span> <small class="in" data-in="英語">（英語）</small>'),
        (
            "zh-hans",
            '<span lang="en">Chief, Planning Division</span> <small class="in" data-in="英语">（英语）</small>',
        ),
    ],
)
def test_a_post_and_its_unit_in_another_language_are_set_as_that_language_does(slug: str, shown: str) -> None:
    assert held(slug, CHIEF, DIVISION) == shown


def test_a_post_and_its_unit_in_two_languages_each_say_theirs() -> None:
    assert held("en", CHIEF, Text.of(ja="総務部")) == (
        'Chief, <span lang="ja">総務部</span> <small class="in" data-in="Japanese">in Japanese</small>'
    )


def test_what_is_written_in_a_post_is_escaped() -> None:
    assert held("ja", Text.of(en="<b>"), Text.of(en="R&D")) == (
        '<span lang="en">&lt;b&gt;, R&amp;D</span> <small class="in" data-in="英語">（英語）</small>'
    )


LINE: Final = Line(
    "x:e", "exchange", "e", "recorded", Summary(title={"en": "Exchange"}, programmes=["x:p"], date="2017")
)
PROGRAMME: Final = Line("x:p", "programme", "p", "recorded", Summary(title={"ja": "業務交流"}))


def section(*texts: Text) -> Told:
    writer = PageWriter("ja", {})
    return writer.said_once("".join(f"<p>{writer.words(text)}</p>" for text in texts))


def test_a_section_in_one_other_language_says_so_once() -> None:
    told = section(Text.of(en="Activities"), Text.of(ja="業務"), Text.of(en="New start"))
    assert told.html == '<p><span lang="en">Activities</span></p><p>業務</p><p><span lang="en">New start</span></p>'
    assert "英語" in told.note


@pytest.mark.parametrize(
    "texts",
    [
        (Text.of(ja="業務"), Text.of(ja="交流")),
        (Text.of(en="Activities"), Text.of(ja="業務")),
        (Text.of(en="Activities"), Text.of(ko="발표"), Text.of(en="New start")),
        (Text.of(ja='<small class="in" data-in="英語">'), Text.of(ja='<small class="in" data-in="英語">')),
    ],
    ids=["none", "one text", "two languages", "what only looks like a mark"],
)
def test_any_other_section_keeps_its_marks(texts: tuple[Text, ...]) -> None:
    writer = PageWriter("ja", {})
    assert section(*texts) == ("".join(f"<p>{writer.words(text)}</p>" for text in texts), "")


def test_a_list_has_the_own_title_of_a_record_under_a_composed_one() -> None:
    writer = PageWriter("ja", {"x:e": LINE, "x:p": PROGRAMME})
    linked = '<span class="title"><a href="/ja/exchange/e/">2017年の業務交流</a></span>'
    assert writer.titled(LINE) == f'{linked} <span class="original" lang="en">Exchange</span>'
    assert writer.link("x:e") == linked
    assert (writer.heading(LINE), writer.title_text(LINE)) == ("2017年の業務交流", "2017年の業務交流")
    assert writer.original(LINE) == '<span class="original" lang="en">Exchange</span>'


def test_a_title_that_needs_none_stands_alone() -> None:
    writer = PageWriter("en", {"x:e": LINE, "x:p": PROGRAMME})
    assert writer.titled(LINE) == '<span class="title"><a href="/en/exchange/e/">Exchange</a></span>'
    assert (writer.heading(LINE), writer.original(LINE)) == ("Exchange", "")


@pytest.mark.parametrize(
    ("title", "set_as"),
    [
        ({"ar": "زيارة متبادلة"}, '<span class="original" lang="ar" dir="rtl"><bdi>زيارة متبادلة</bdi></span>'),
        ({"de": "<ruby>交<rt>こう</rt></ruby>"}, "&lt;ruby&gt;交&lt;rt&gt;こう&lt;/rt&gt;&lt;/ruby&gt;</span>"),
        ({"de": "x" * 400}, f">{'x' * 400}</span>"),
    ],
)
def test_whatever_is_written_in_a_title_reaches_nothing_beside_it(title: dict[str, str], set_as: str) -> None:
    line = LINE._replace(summary=replace(LINE.summary, title=title))
    writer = PageWriter("ja", {"x:e": line, "x:p": PROGRAMME})
    assert str(writer.titled(line)).endswith(set_as)


NAMED = SpeakerView("", Text.of(ja="山田"), (PostView(CHIEF, None, ""),), None)


@pytest.mark.parametrize(
    ("speaker", "name", "under"),
    [
        (NAMED, '<span class="title">山田</span>', 'Chief</span> <small class="in" data-in="英語">（英語）</small>'),
        (NAMED._replace(printed=None), 'Chief</span> <small class="in" data-in="英語">（英語）</small>', ""),
        (NAMED._replace(printed=None, posts=()), '<span class="unknown">氏名未詳</span>', ""),
    ],
    ids=["a name and a post", "a post in place of a name", "neither"],
)
def test_somebody_is_named_and_the_posts_stand_under_the_name(speaker: SpeakerView, name: str, under: str) -> None:
    writer = PageWriter("ja", {})
    assert str(writer.named(speaker)).endswith(name)
    assert str(writer.posts_of(speaker)).endswith(under)
    assert bool(writer.posts_of(speaker)) == bool(under)


@pytest.mark.parametrize(
    ("slug", "written"),
    [("en", "Wed 15 Nov"), ("ja", "11月15日(水)"), ("zh-hans", "11月15日周三"), ("ko", "11월 15일 (수)")],
)
def test_a_day_of_a_known_year_is_set_with_its_day_of_the_week(slug: str, written: str) -> None:
    writer = PageWriter(slug, {})
    assert writer.weekday(Edtf("2017-11-15")) == f'<time class="date" datetime="2017-11-15">{written}</time>'


@pytest.mark.parametrize("written", ["2017-11", "2017", "2017-11-15~", "2017-11-15/2017-11-16", "2020-XX-28"])
def test_what_is_no_single_day_has_no_day_of_the_week(written: str) -> None:
    writer = PageWriter("ja", {})
    assert writer.weekday(Edtf(written)) == writer.date(Edtf(written))
