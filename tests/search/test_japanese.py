import pytest

from koryu.search.japanese import read, read_finely
from koryu.search.kana import hepburn


def shown(text: str) -> str:
    return " ".join(hepburn(morae) for _, _, morae in read(text))


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("図書館", "toshokan"),
        ("圖書館", "toshokan"),
        ("图书馆", "toshokan"),
        ("業務交流", "gyomu koryu"),
        ("日韓", "nikkan"),
        ("日中韓", "nitchukan"),
        ("図書館サービス", "toshokan sabisu"),
        ("ｻｰﾋﾞｽ", "sabisu"),
        ("NDL 2005", ""),
        ("", ""),
        ("\ud800", ""),
    ],
)
def test_japanese_is_read_by_the_dictionary(text: str, letters: str) -> None:
    assert shown(text) == letters


def test_each_word_says_where_it_stands() -> None:
    text = "国立国会図書館"
    assert [text[start:end] for start, end, _ in read_finely(text)] == ["国立", "国会", "図書館"]
