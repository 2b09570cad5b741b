import pytest

from koryu.search.kana import hepburn, morae_of_kana, ways_of_kana, ways_of_letters


@pytest.mark.parametrize(
    ("kana", "letters"),
    [
        ("としょかん", "toshokan tosyokan"),
        ("コクリツコッカイトショカン", "kokuritsukokkaitoshokan kokuritukokkaitosyokan"),
        ("ぎょうむこうりゅう", "gyomukoryu gyoumukouryuu gyoumukouryu"),
        ("しゅっぱん", "shuppan syuppan"),
        ("しんぶん", "shinbun shimbun sinbun"),
        ("おおさか", "osaka oosaka"),
        ("おおの", "ohno ono oono"),
        ("まっちゃ", "matcha maccha"),
        ("けんいち", "kenichi"),
        ("ヴァイオリン", "baiorin vaiorin"),
        ("つづき", "tsuzuki tuduki"),
        ("データ", "deta"),
    ],
)
def test_kana_and_every_romanization_sound_alike(kana: str, letters: str) -> None:
    sound = morae_of_kana(kana)
    assert [spelled for spelled in letters.split(" ") if sound not in ways_of_letters(spelled)] == []


@pytest.mark.parametrize("letters", ["tushuguanx", "library", "strategy", "x", "", "kkk", "qi"])
def test_what_is_not_japanese_has_no_way_to_be_read(letters: str) -> None:
    assert ways_of_letters(letters) == []


def test_a_long_vowel_may_be_two_words_that_meet() -> None:
    assert [hepburn(way) for way in ways_of_letters("toshounei")] == ["toshonei", "toshounei", "toshonei", "toshounei"]
    assert [hepburn(way) for way in ways_of_kana("としょうんえい")] == ["toshonei", "toshounei"]


def test_readings_are_shown_in_hepburn() -> None:
    assert hepburn(morae_of_kana("コッカイ")) == "kokkai"
    assert hepburn(morae_of_kana("まっちゃ")) == "matcha"


def test_a_word_that_is_not_all_kana_is_no_kana() -> None:
    assert ways_of_kana("図しょかん") == []
