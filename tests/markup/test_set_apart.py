"""A text of somebody's on a page says what it says by itself."""

import pytest

from koryu.markup.page_writer import PageWriter, set_apart
from koryu.values.text import Text


@pytest.mark.parametrize(
    ("text", "html", "before"),
    [
        ("NDL", "NDL", "NDL"),
        ("<b>", "&lt;b&gt;", "&lt;b&gt;"),
        ("国立国会図書館", "国立国会図書館", "国立国会図書館"),
        ("辻\U000e0100", "辻\U000e0100", "辻\U000e0100"),
        ("A\u202eDN<", 'A<span class="sign">U+202E</span>DN&lt;', "A\u202eDN&lt;"),
        ("NDL\U000e0041", 'NDL<span class="sign">U+E0041</span>', "NDL\U000e0041"),
        ("المكتبة", "<bdi>المكتبة</bdi>", "المكتبة"),
        ("הספרייה 2004", "<bdi>הספרייה 2004</bdi>", "הספרייה 2004"),
    ],
)
def test_a_text_is_set_apart_from_what_stands_beside_it(text: str, html: str, before: str) -> None:
    assert set_apart(text) == html
    assert PageWriter("en", {}).words(Text({"en": text})) == html
