from koryu.search.documents import facet_values, headed, packed, unpacked
from koryu.search.entries import Entry, Form, Reading

NAME = Form("ja", "陳櫻", (Reading("ko", "진앵"), Reading("zh-Latn-pinyin", "Chén Yīng")))
TEXT = Form("zh-Hans", "国家图书馆")


def test_what_a_hit_shows_comes_back_as_it_was_put_in() -> None:
    entry = Entry(uri="urn:a", kind="person", names=(NAME,), texts=(TEXT,), programme=("nlc",))
    uri, kind, forms = headed(packed(entry))
    assert (uri, kind, unpacked(forms)) == ("urn:a", "person", ((NAME,), (), (TEXT,)))
    uri, kind, forms = headed(packed(Entry(uri="b", kind="theme")))
    assert (uri, kind, unpacked(forms)) == ("b", "theme", ((), (), ()))


def test_a_broken_surrogate_does_not_stop_an_entry() -> None:
    _, _, forms = headed(packed(Entry(uri="a", kind="k", titles=(Form("ja", "図\ud800"),))))
    assert unpacked(forms)[1] == (Form("ja", "図?"),)


def test_the_languages_of_an_entry_are_those_of_its_forms() -> None:
    entry = Entry(uri="a", kind="paper", names=(NAME,), titles=(TEXT, Form("zh-Hant", "圖")), theme=("t",))
    assert [facet_values(entry, facet) for facet in ("kind", "lang", "theme", "form")] == [
        ("paper",),
        ("ja", "zh"),
        ("t",),
        (),
    ]
