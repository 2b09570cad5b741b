"""In which language a reader is answered, and how what is written leftwards is marked."""

import pytest

from koryu.markup.page_writer import PageWriter, marked
from koryu.values.text import Text
from koryu.wording.languages import asked_for


# What a browser asks for, the language it is answered in, and that before.
@pytest.mark.parametrize(
    ("accepted", "slug", "before"),
    [
        ("", "en", "en"),
        ("ja", "ja", "ja"),
        ("ja;q=0", "en", "ja"),
        ("ja;q=0, ko", "ko", "ko"),
        ("ja;q=0.0, ko;q=0.1", "ko", "ko"),
        ("en;q=0", "ja", "en"),
        ("en;q=0.5, ko;q=0.7", "ko", "ko"),
        ("zh-TW", "zh-hans", "zh-hans"),
        ("zh-Hant-HK, en;q=0.9", "zh-hans", "zh-hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans", "zh-hans"),
        ("zh;q=0, zh-TW", "zh-hans", "zh-hans"),
        ("fr, de;q=0.9", "en", "en"),
        ("fr, ko;q=0.1", "ko", "ko"),
        ("*", "en", "en"),
        ("*;q=0.5, ja;q=0.1", "en", "en"),
        ("en;q=0, *", "ja", "en"),
        ("ko-KR", "ko", "ko"),
        ("JA-jp", "ja", "ja"),
        ("ja;q=2", "en", "ja"),
        ("ja;q=x, ko", "ko", "ko"),
        ("en;q=0,ja;q=0,zh;q=0,ko;q=0", "en", "en"),
        ("," * 5000, "en", "en"),
        ("x" * 100_000, "en", "en"),
    ],
)
def test_a_reader_is_answered_in_the_language_asked_for_first(accepted: str, slug: str, before: str) -> None:
    assert asked_for(accepted) == slug


@pytest.mark.parametrize(
    ("tag", "leftwards"),
    [
        ("ar", True),
        ("he", True),
        ("fa", True),
        ("ur", True),
        ("yi", True),
        ("ug", True),
        ("dv", True),
        ("az-Arab", True),
        ("ku-Arab", True),
        ("ar-Latn", False),
        ("ja", False),
        ("zh-Hant", False),
        ("az", False),
        ("mn-Mong", False),
    ],
)
def test_what_is_written_from_right_to_left_says_so(tag: str, leftwards: bool) -> None:
    assert marked(tag) == f' lang="{tag}"' + (' dir="rtl"' if leftwards else "")


def test_a_text_of_the_record_is_marked_where_it_reaches_a_page() -> None:
    title = Text({"ar": "مكتبة", "source": "ar"})
    assert '<span lang="ar" dir="rtl"><bdi>مكتبة</bdi></span>' in PageWriter("en", {}).words(title)
