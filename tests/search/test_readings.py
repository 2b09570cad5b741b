import pytest

from koryu.search.entries import WrittenForm, WrittenReading
from koryu.search.japanese import in_kana
from koryu.search.readings import automatic_reading


@pytest.mark.parametrize(
    ("lang", "text", "reading"),
    [
        ("ja", "図書館", WrittenReading("ja-Kana", "としょかん")),
        ("ja", "日韓業務交流", WrittenReading("ja-Kana", "にっかん ぎょうむ こうりゅう")),
        ("ja", "図書館サービス", WrittenReading("ja-Kana", "としょかん さーびす")),
        ("zh-Hans", "国家图书馆", WrittenReading("zh-Latn-pinyin", "guo jia tu shu guan")),
        ("ko-Hani", "歷史", WrittenReading("ko", "역사")),
        ("ko", "국립도서관", WrittenReading("ko-Latn", "gungnipdoseogwan")),
    ],
)
def test_a_text_is_read_in_its_own_language(lang: str, text: str, reading: WrittenReading) -> None:
    assert automatic_reading(WrittenForm(lang, text, kana=in_kana(text) if lang == "ja" else "")) == reading


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "Library"), ("ja", "サービス"), ("ja", "\ud800"), ("zh-Latn", "tushuguan")]
)
def test_what_reads_itself_gets_no_reading(lang: str, text: str) -> None:
    assert automatic_reading(WrittenForm(lang, text)) is None


def test_a_reading_on_record_leaves_no_room_for_an_automatic_one() -> None:
    assert automatic_reading(WrittenForm("ja", "典据", (WrittenReading("ja-Kana", "てんきょ"),))) is None
