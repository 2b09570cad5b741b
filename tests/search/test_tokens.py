from koryu.search.entries import WrittenForm, WrittenReading
from koryu.search.kana import morae_of_kana
from koryu.search.pinyin import codes
from koryu.search.tokens import pairs_of, start_of, tokens_of, tokens_of_reading, triples_of


def chinese(*syllables: str) -> str:
    return "".join(codes()[syllable] for syllable in syllables)


def sound(kana: str) -> list[str]:
    return triples_of(morae_of_kana(kana)) + start_of(morae_of_kana(kana))


def test_a_phrase_is_found_by_its_neighbouring_pairs_and_its_numbers() -> None:
    written = tokens_of(WrittenForm("ja", "第36回交流")).written
    assert [token for token in written if "=" not in token] == ["第3", "36", "6回", "回交", "交流", "流$", "36"]


def test_han_is_found_by_its_three_readings() -> None:
    read = tokens_of(WrittenForm("zh-Hans", "图书馆")).read
    assert set(read) == {
        "도서",
        "서관",
        *pairs_of(chinese("tu", "shu", "guan")),
        *sound("としょかん"),
    }


def test_hangul_is_found_by_the_readings_of_its_han_words() -> None:
    read = tokens_of(WrittenForm("ko", "도서관")).read
    assert set(read) == {*pairs_of(chinese("tu", "shu", "guan")), *sound("としょかん")}


def test_a_reading_on_record_takes_the_place_of_the_automatic_one_in_its_language_only() -> None:
    plain = tokens_of(WrittenForm("ja", "典据")).read
    given = tokens_of(WrittenForm("ja", "典据", (WrittenReading("ja-Kana", "てんきょ"),))).read
    assert [token for token in triples_of(morae_of_kana("てんきょ")) if token not in given] == []
    assert "전거" in plain
    assert "전거" in given
    other = tokens_of(WrittenForm("ja", "典据", (WrittenReading("ja-Kana", "ほか"),))).read
    assert [token for token in triples_of(morae_of_kana("てんきょ")) if token in other] == []


def test_a_family_name_with_a_reading_of_its_own_is_found_by_it() -> None:
    assert "김정" in tokens_of(WrittenForm("ko-Hani", "金正浩"), is_name=True).read


def test_a_romanized_title_is_found_by_its_sound_and_an_english_one_only_by_its_words() -> None:
    sound = triples_of(morae_of_kana("としょかん"))
    romanized = tokens_of(WrittenForm("ja-Latn", "Toshokan")).written
    assert [token for token in sound if token not in romanized] == []
    assert tokens_of(WrittenForm("en", "Toshokan")).written == ("toshokan",)


def test_two_morae_are_found_at_the_head_of_a_word_only() -> None:
    read = tokens_of(WrittenForm("ja", "中国国家図書館")).read
    heads = [token for token in read if token[0] == "^"]
    assert heads == [head for word in ("ちゅうごく", "こっか", "としょかん") for head in start_of(morae_of_kana(word))]


def test_names_are_found_with_their_words_joined() -> None:
    assert "chenying" in tokens_of(WrittenForm("en", "Chen Ying"), is_name=True).written
    assert "jungyoon" in tokens_of(WrittenForm("en", "Lee Jung-yoon")).written
    assert "covid19" in tokens_of(WrittenForm("en", "COVID-19 responses")).written


def test_readings_are_taken_in_kana_hangul_and_letters() -> None:
    assert list(tokens_of_reading(WrittenReading("ko", "진앵"))) == ["진앵"]
    assert list(tokens_of_reading(WrittenReading("ja-Kana", "いとう"))) == sound("いとう")
    assert set(tokens_of_reading(WrittenReading("zh-Latn-pinyin", "Chén Yīng"))) == {
        "chen",
        "ying",
        chinese("chen", "ying"),
    }


def test_any_string_can_be_a_form() -> None:
    for text in ["", " ", "\ud800", "\x00", "。", "'", "々", "ー", "ン", "ㄱ", "𠮷" * 3]:
        assert isinstance(tokens_of(WrittenForm("ja", text)).written, tuple)
