"""How posts are set: in the order of the language they are in, which is named once."""

import pytest

from koryu.markup.page_writer import PageWriter
from koryu.public.exchange_view import PostView
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
