import pytest

from koryu.search import japanese_sounds, matching
from koryu.search.entries import WrittenForm, WrittenReading
from koryu.search.matching import matched
from koryu.values.reason import Reason


def why(query: str, form: WrittenForm, *, near: bool = False) -> Reason:
    found = matched(query, kept(form), "titles", near=near)
    assert found is not None
    return found[1].why


def kept(form: WrittenForm) -> WrittenForm:
    """The form as it comes out of the index."""
    return WrittenForm(form.lang, form.text, form.readings, japanese_sounds.packed(japanese_sounds.heard_in(form.text)))


def marked(query: str, form: WrittenForm) -> list[str]:
    found = matched(query, kept(form), "titles")
    assert found is not None
    return [form.text[start:end] for start, end in found[1].spans]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("図書館", "国立国会図書館", "contains 図書館 as typed"),
        ("Library of", "National Library of China", "contains Library of as typed"),
        ("China Library", "National Library of China", "contains each word of China Library"),
        ("図書館", "中国国家图书馆", "図書館 matches 图书馆: same characters"),
        ("國會", "国会図書館", "國會 matches 国会: same characters"),
        ("toshokan", "国立国会図書館", "toshokan matches 図書館: the same sound (automatic reading)"),
        ("としょかん", "国立国会図書館", "としょかん matches 図書館: the same sound (automatic reading)"),
        ("tushuguan", "中国国家图书馆", "tushuguan matches 图书馆: the same sound (automatic reading)"),
        ("도서관", "国立国会図書館", "도서관 matches 図書館: the same sound (automatic reading)"),
        ("doseogwan", "국립중앙도서관", "doseogwan matches 도서관: the same sound (automatic reading)"),
        ("gungnip", "국립중앙도서관", "gungnip matches 국립: the same sound (automatic reading)"),
        ("t'u-shu-kuan", "图书馆", "t'u-shu-kuan matches 图书馆: the same sound (automatic reading)"),
        ("図書館", "국립중앙도서관", "図書館 matches 도서관: the same sound (automatic reading)"),
        ("ｻｰﾋﾞｽ", "遠隔利用サービス", "ｻｰﾋﾞｽ matches サービス: the same but for width, case, accents or kana"),
        ("LIBRARY", "National Library", "LIBRARY matches Library: the same but for width, case, accents or kana"),
        ("력사", "역사자료", "력사 matches 역사: same word, spelling used in North or South Korea"),
        ("人才", "人材育成", "人才 matches 人材: the same term in other words"),
    ],
)
def test_the_reason_is_told_in_words(query: str, text: str, words: str) -> None:
    lang = "ko" if "가" <= text[0] <= "힣" else "en" if text.isascii() else "zh-Hans" if "图" in text else "ja"
    assert str(why(query, WrittenForm(lang, text))) == words


def test_a_reading_on_record_is_not_called_automatic() -> None:
    form = WrittenForm("ja", "典据", (WrittenReading("ja-Kana", "てんきょ"),))
    assert why("tenkyo", form) == Reason(matching.GIVEN, query="tenkyo", found="典据", reading="てんきょ")


def test_a_reading_on_record_beats_the_automatic_one() -> None:
    form = WrittenForm("ja", "西来路秀彦", (WrittenReading("ja-Kana", "さいらいじひでひこ"),))
    assert matched("さいらいじ", form, "names") is not None
    assert matched("にしらいじ", form, "names") is None


def test_what_matched_is_marked_in_the_text_as_written() -> None:
    assert marked("図書館", WrittenForm("zh-Hans", "中国国家图书馆")) == ["图书馆"]
    assert marked("国立図書館", WrittenForm("ko", "국립 도서관")) == ["국립 도서관"]
    assert marked("chen ying", WrittenForm("en", "Ying, Chen")) == ["Ying", "Chen"]
    assert marked("도서관", WrittenForm("ko", "도서관장")) == ["도서관"]
    assert marked("2021 交流", WrittenForm("ja", "2021年の日中交流")) == ["2021", "交流"]


def test_han_does_not_match_other_han_of_the_same_sound() -> None:
    assert matched("公衆", WrittenForm("ja", "講習"), "titles") is None


def test_what_is_near_says_so() -> None:
    assert why("toshakan", WrittenForm("ja-Latn", "Toshokan"), near=True).message == matching.NEARLY
    assert why("国立図書館法", WrittenForm("ja", "国立図書館"), near=True).message == matching.SIMILAR
