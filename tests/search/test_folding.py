import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.search.folding import fold, fold_piece


def folded(text: str) -> list[str]:
    return [piece.chars for piece in fold(text)]


@pytest.mark.parametrize(
    "forms",
    [
        "図書館 圖書館 图书馆",
        "国会 國會 国会",
        "戸籍 戶籍 户籍",
        "歴史 歷史 历史",
        "沈从文 沈從文 沈従文",
        "南満州鉄道株式会社 南滿洲鐵道株式會社 南满洲铁道株式会社",
        "学校 學校",
        "芸術 藝術 艺术",
        "桜 櫻 樱",
        "高橋 \u9ad9橋",
        "宮崎 宮\ufa11",
        "神谷 \ufa19谷",
        "サービス ｻｰﾋﾞｽ さーびす",
        "ガイド ｶﾞｲﾄﾞ がいど " + unicodedata.normalize("NFD", "ガイド"),
        "도서관 " + unicodedata.normalize("NFD", "도서관"),
        "Library LIBRARY Ｌｉｂｒａｒｙ líbrary",
        "tushuguan túshūguǎn TÚSHŪGUǍN",
        "koryu kōryū",
        "역사 력사",
        "여성 녀성",
        "ø o",
        "2005 ２００５ ٢٠٠٥",
    ],
)
def test_every_way_to_write_a_word_folds_alike(forms: str) -> None:
    assert len({tuple(folded(form)) for form in forms.split(" ")}) == 1


@pytest.mark.parametrize(
    "pair", ["大 犬", "末 未", "土 士", "図書 読書", "障 章", "才 材", "국회 국외", "ば ぱ", "a b"]
)
def test_different_words_stay_different(pair: str) -> None:
    one, other = pair.split(" ")
    assert folded(one) != folded(other)


def test_spaces_and_dots_inside_a_phrase_do_not_part_it_and_full_stops_do() -> None:
    assert folded("한·일 국립 도서관") == folded("한일국립도서관")
    assert folded("図書館。交流") == ["図書館", "交流"]


def test_words_in_letters_are_parted_and_keep_their_digits() -> None:
    assert folded("The 22nd Mutual-Visit (2005)") == ["the", "22nd", "mutual", "visit", "2005"]


def test_digits_beside_han_belong_to_the_phrase() -> None:
    assert folded("第３６回") == ["第36回"]


def test_a_repetition_mark_is_the_character_it_repeats() -> None:
    assert folded("佐々木") == folded("佐佐木")


def test_places_lead_back_to_the_text_as_written() -> None:
    text = "(ﾄｼｮｶﾝ)の館"
    first, second = fold(text)
    assert text[first.starts[0] : first.ends[-1]] == "ﾄｼｮｶﾝ"
    assert text[second.starts[1] : second.ends[1]] == "館"
    nfd = unicodedata.normalize("NFD", "도서관")
    assert [(piece.starts[0], piece.ends[-1]) for piece in fold(nfd)] == [(0, len(nfd))]


@pytest.mark.parametrize("text", ["", " ", "。、", "\x00\x1f", "\ud800\ud83d", "'\"*-", "🙂", "\u0301"])
def test_what_holds_no_letter_folds_to_nothing(text: str) -> None:
    assert fold(text) == ()


def test_an_apostrophe_inside_a_word_is_remembered_and_dropped() -> None:
    (word,) = fold("t'u")
    assert (word.chars, word.gaps) == ("tu", frozenset({1}))


def test_one_piece_tells_its_kind() -> None:
    assert fold_piece("圖") == fold_piece("图")
    assert fold_piece("é")[1] == "e"


@given(st.text(st.sampled_from("図圖图国ヴァぁンヶヷ도력리髙\ufa11、 aー"), max_size=8))
def test_a_text_folds_to_what_its_characters_fold_to(text: str) -> None:
    assert "".join(folded(text)) == "".join(piece.chars for char in text for piece in fold(char))
