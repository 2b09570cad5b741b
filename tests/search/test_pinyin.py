import pytest

from koryu.search.folding import fold
from koryu.search.pinyin import letters_of_codes, syllables_of_han, ways_of_letters, ways_of_wade_giles


def read(text: str) -> str:
    (piece,) = fold(text)
    return " ".join(letters_of_codes().get(code, "?") for code in syllables_of_han(piece.chars, text))


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("图书馆", "tu shu guan"),
        ("圖書館", "tu shu guan"),
        ("図書館", "tu shu guan"),
        ("重庆", "chong qing"),
        ("银行", "yin hang"),
        ("陳櫻", "chen ying"),
        ("沈从文", "shen cong wen"),
        ("女性", "nu xing"),
        ("乾隆", "qian long"),
    ],
)
def test_han_is_read_in_chinese(written: str, letters: str) -> None:
    assert read(written) == letters


def spelled(ways: list[str] | tuple[str, ...]) -> list[str]:
    return [" ".join(letters_of_codes()[code] for code in way) for way in ways]


def test_letters_are_cut_in_every_way_they_can_be() -> None:
    assert spelled(ways_of_letters("xian")) == ["xian", "xi an"]
    assert spelled(ways_of_letters("tushuguan"))[0] == "tu shu guan"


@pytest.mark.parametrize("letters", ["toshokan", "library", "v", "", "n", "ng"])
def test_what_is_not_chinese_has_no_way_to_be_read(letters: str) -> None:
    assert ways_of_letters(letters) == ()


@pytest.mark.parametrize(
    ("syllables", "letters"),
    [
        ("t'u shu kuan", "tu shu guan"),
        ("pei ching", "bei jing"),
        ("ts'ung wen", "cong wen"),
        ("hsi an", "xi an"),
        ("chung kuo", "zhong guo"),
        ("kuo chia", "guo jia"),
        ("tzu jan", "zi ran"),
    ],
)
def test_wade_giles_is_read(syllables: str, letters: str) -> None:
    assert letters in spelled(ways_of_wade_giles(syllables.split(" ")))


def test_wade_giles_of_a_word_that_is_none_is_nothing() -> None:
    assert ways_of_wade_giles(["tu", "library"]) == []
