import pytest

from koryu.search.japanese_sounds import heard_in, packed, sounds_of, unpacked, within


@pytest.mark.parametrize(
    "text", ["国立国会図書館", "第36回 日中業務交流、北京", "국립중앙도서관", "NDL のサービス", "", "Library"]
)
def test_what_was_packed_is_unpacked_to_the_same(text: str) -> None:
    words = heard_in(text)
    assert unpacked(packed(words)) == words


def test_hangul_sounds_as_the_han_words_it_likely_stands_for() -> None:
    assert sounds_of("図書館", text="図書館", words=heard_in("図書館")) == "".join(
        morae for _, _, morae in heard_in("도서관")
    )


def test_han_characters_are_read_as_the_text_that_holds_them_reads_them() -> None:
    text = "国立国会図書館"
    words = heard_in(text)
    assert sounds_of("図書館", text=text, words=words) == "".join(morae for _, _, morae in heard_in("図書館"))
    assert sounds_of("書館", text=text, words=words) == ""
    assert sounds_of("上海", text=text, words=words) == ""


def test_words_are_kept_only_where_they_lie_wholly_within() -> None:
    assert within(((0, 2, "x"), (2, 4, "y"), (4, 7, "z")), 1, 6) == ((2, 4, "y"),)
