from koryu.search.documents import facet_values, headed, packed, unpacked
from koryu.search.entries import SearchEntry, WrittenForm, WrittenReading

NAME = WrittenForm("ja", "陳櫻", (WrittenReading("ko", "진앵"), WrittenReading("zh-Latn-pinyin", "Chén Yīng")))
TEXT = WrittenForm("zh-Hans", "国家图书馆")


def test_what_a_hit_shows_comes_back_as_it_was_put_in() -> None:
    entry = SearchEntry(uri="urn:a", kind="person", names=(NAME,), texts=(TEXT,), programme=("nlc",))
    uri, kind, forms = headed(packed(entry))
    assert (uri, kind, unpacked(forms)) == ("urn:a", "person", ((NAME,), (), (TEXT,)))
    uri, kind, forms = headed(packed(SearchEntry(uri="b", kind="theme")))
    assert (uri, kind, unpacked(forms)) == ("b", "theme", ((), (), ()))


def test_a_broken_surrogate_does_not_stop_an_entry() -> None:
    _, _, forms = headed(packed(SearchEntry(uri="a", kind="k", titles=(WrittenForm("ja", "図\ud800"),))))
    assert unpacked(forms)[1] == (WrittenForm("ja", "図?"),)


def test_the_languages_of_an_entry_are_those_of_its_forms() -> None:
    entry = SearchEntry(uri="a", kind="paper", names=(NAME,), titles=(TEXT, WrittenForm("zh-Hant", "圖")), theme=("t",))
    assert [facet_values(entry, facet) for facet in ("kind", "lang", "theme", "form")] == [
        ("paper",),
        ("ja", "zh"),
        ("t",),
        (),
    ]
