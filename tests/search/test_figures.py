"""Ordinals in Han characters are figures."""

import pytest

from koryu.search.figures import folded_words, in_figures, number_of
from koryu.search.folding import fold


@pytest.mark.parametrize(
    ("han", "number"),
    [
        ("四", 4),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十四", 24),
        ("二四", 24),
        ("百", 100),
        ("一百零三", 103),
        ("百二十", 120),
        ("四五十", None),
        ("一〇", 10),
    ],
)
def test_a_number_in_han_characters(han: str, number: int | None) -> None:
    assert number_of(han) == number


@pytest.mark.parametrize(
    ("query", "figures"),
    [
        ("第四次", "第4次"),
        ("第二十四回 清水", "第24回 清水"),
        ("第二十四届NLC", "第24届 nlc"),
        ("第四", "第4"),
        ("第4次", ""),
        ("四次", ""),
        ("三館セミナー", ""),
        ("24th", ""),
        ("第24回清水", "第24回 清水"),
        ("제24회칭수이", "제24회 칭수이"),
        ("第24回", ""),
    ],
)
def test_an_ordinal_of_a_query_in_figures(query: str, figures: str) -> None:
    assert in_figures(fold(query)) == "".join(figures).replace("届", fold("届")[0].chars)


def test_words_are_folded_with_their_ordinals_in_figures() -> None:
    assert folded_words("第四次 ＮＬＣ") == folded_words("第4次 nlc")
