import pytest

from koryu.search.folding import fold
from koryu.search.han import as_written_in_korea, han_guess, han_words, japanese_form, korean_of_han


@pytest.mark.parametrize(
    ("written", "hangul"),
    [
        ("圖書館", "도서관"),
        ("国会", "국회"),
        ("歴史", "역사"),
        ("歷史", "역사"),
        ("女性", "여성"),
        ("法律", "법률"),
        ("不動産", "부동산"),
        ("不可", "불가"),
        ("陳櫻", "진앵"),
        ("交流", "교류"),
        ("列車", "열차"),
    ],
)
def test_han_is_read_in_korean_as_korea_spells_it(written: str, hangul: str) -> None:
    (piece,) = fold(written)
    assert as_written_in_korea(korean_of_han(piece.chars, written)) == hangul


@pytest.mark.parametrize(
    ("written", "japanese"),
    [
        ("图书馆", "図書館"),
        ("圖書館", "図書館"),
        ("歴史", "歴史"),
        ("历史", "歴史"),
        ("歷史", "歴史"),
        ("暦", "暦"),
        ("头发", "頭発"),
        ("沈从文", "沈従文"),
        ("皇后", "皇后"),
        ("芸亭", "芸亭"),
    ],
)
def test_han_is_given_the_form_japan_writes(written: str, japanese: str) -> None:
    assert japanese_form(written) == japanese


def test_hangul_leads_to_the_han_words_of_its_sound() -> None:
    assert han_words("도서관") == ("図書館",)
    assert han_words("디지털") == ()


def test_hangul_is_cut_into_words_that_can_be_han() -> None:
    assert han_guess("국입중앙도서관") == [(0, 2, ("国立",)), (2, 4, ("中央",)), (4, 7, ("図書館",))]
    assert han_guess("디지털") == []
