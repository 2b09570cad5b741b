"""Which texts of a content are put into other languages, and what a change does to the translations of them."""

from typing import Any

import pytest

from koryu.sheets.operations import with_value
from koryu.sheets.translated_texts import original_digest, text_at, texts_in_content, touched_translations

PAPER: dict[str, Any] = {
    "kind": "paper",
    "title": {"ja": "海辺の資料", "ko": "바닷가의 자료", "source": "ja"},
    "label": "L1",
    "event": {"state": "planned"},
    "wordings": [{"id": "id", "lang": "ja", "status": "as given"}],
    "speakers": [
        {
            "id": "s1",
            "printed": {"ja": "神田", "ja-Hira": "かんだ", "source": "ja"},
            "posts": [{"id": "post", "post": {"ja": "課長"}, "unit": {"ja": "企画課", "en": "", "source": "ja"}}],
        }
    ],
    "sources": [{"id": "a", "where": {"en": "p. 3"}}],
    "half": "typed",
    "notes": {"ja": 7},
}


def test_texts_are_found_with_their_originals_and_names_of_people_are_none() -> None:
    found = [(text.path, dict(text.forms), text.source) for text in texts_in_content(PAPER)]
    assert found == [
        ("title", {"ja": "海辺の資料", "ko": "바닷가의 자료"}, "ja"),
        ("speakers[s1].posts[post].post", {"ja": "課長"}, "ja"),
        ("speakers[s1].posts[post].unit", {"ja": "企画課"}, "ja"),
    ]
    assert text_at(PAPER, "speakers[s1].printed") is None


@pytest.mark.parametrize(
    ("title", "touched"),
    [
        # The translation was typed: it is made of the original as it is.
        ({"ja": "海辺の資料", "ko": "해변의 자료", "source": "ja"}, [("ko", "海辺の資料", True)]),
        # The original was changed, the translation not: it is made of what that was.
        ({"ja": "海の資料", "ko": "바닷가의 자료", "source": "ja"}, [("ko", "海辺の資料", False)]),
        ({"ja": "海の資料", "ko": "바다의 자료", "source": "ja"}, [("ko", "海の資料", True)]),
        ({"ja": "海辺の資料", "ko": "바닷가의 자료", "en": "The shore", "source": "ja"}, [("en", "海辺の資料", True)]),
        ({"ja": "海辺の資料", "source": "ja"}, []),
        (PAPER["title"], []),
    ],
)
def test_what_a_change_does_to_translations(title: dict[str, str], touched: list[tuple[str, str, bool]]) -> None:
    found = [
        (each.language, each.made_of, each.typed) for each in touched_translations(PAPER, {**PAPER, "title": title})
    ]
    assert found == [(tag, original_digest("ja", original), typed) for tag, original, typed in touched]


def test_a_path_of_a_text_is_where_it_is_put_back() -> None:
    for text in texts_in_content(PAPER):
        changed = with_value(PAPER, text.path, {"en": "x"})
        assert text_at(changed, text.path) != text
        assert len(list(texts_in_content(changed))) == 3
