import pytest

from koryu.search.entries import Form, Reading
from koryu.search.japanese import in_kana
from koryu.search.readings import automatic_reading


@pytest.mark.parametrize(
    ("lang", "text", "reading"),
    [
        ("ja", "図書館", Reading("ja-Kana", "としょかん")),
        ("ja", "日韓業務交流", Reading("ja-Kana", "にっかん ぎょうむ こうりゅう")),
        ("ja", "図書館サービス", Reading("ja-Kana", "としょかん さーびす")),
        ("zh-Hans", "国家图书馆", Reading("zh-Latn-pinyin", "guo jia tu shu guan")),
        ("ko-Hani", "歷史", Reading("ko", "역사")),
        ("ko", "국립도서관", Reading("ko-Latn", "gungnipdoseogwan")),
    ],
)
def test_a_text_is_read_in_its_own_language(lang: str, text: str, reading: Reading) -> None:
    assert automatic_reading(Form(lang, text, kana=in_kana(text) if lang == "ja" else "")) == reading


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "Library"), ("ja", "サービス"), ("ja", "\ud800"), ("zh-Latn", "tushuguan")]
)
def test_what_reads_itself_gets_no_reading(lang: str, text: str) -> None:
    assert automatic_reading(Form(lang, text)) is None


def test_a_reading_on_record_leaves_no_room_for_an_automatic_one() -> None:
    assert automatic_reading(Form("ja", "典据", (Reading("ja-Kana", "てんきょ"),))) is None
