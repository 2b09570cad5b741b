"""The order in which a page names institutions, in real names."""

from koryu.archive.queries import Line
from koryu.records.summary import Summary
from koryu.wording import order

NDL = {
    "ja": "国立国会図書館",
    "en": "National Diet Library",
    "zh-Hans": "日本国立国会图书馆",
    "ko": "일본국립국회도서관",
    "source": "ja",
}
NLC = {
    "zh-Hans": "中国国家图书馆",
    "en": "National Library of China",
    "ja": "中国国家図書館",
    "ko": "중국국가도서관",
    "source": "zh-Hans",
}
NLK = {
    "ko": "국립중앙도서관",
    "en": "National Library of Korea",
    "ja": "韓国国立中央図書館",
    "zh-Hans": "韩国国立中央图书馆",
    "source": "ko",
}


def line(uri: str, title: dict[str, str]) -> Line:
    return Line(uri=uri, kind="institution", slug=uri[2:], basis="recorded", summary=Summary(title=title))


LINES = {one.uri: one for one in (line("x:ndl", NDL), line("x:nlc", NLC), line("x:nlk", NLK))}


def ordered(*uris: str, reader: str, hosts: tuple[str, ...] = ()) -> list[str]:
    return order.participants(uris, lines=LINES, reader=reader, hosts=hosts)


def test_in_japanese_three_stand_in_the_order_of_kana() -> None:
    assert ordered("x:ndl", "x:nlc", "x:nlk", reader="ja") == ["x:nlk", "x:ndl", "x:nlc"]


def test_in_chinese_three_stand_in_the_order_of_pinyin() -> None:
    assert ordered("x:ndl", "x:nlc", "x:nlk", reader="zh-Hans") == ["x:nlk", "x:ndl", "x:nlc"]


def test_in_korean_three_stand_in_the_order_of_hangul() -> None:
    assert ordered("x:nlc", "x:ndl", "x:nlk", reader="ko") == ["x:nlk", "x:ndl", "x:nlc"]


def test_the_host_stands_first_in_every_language() -> None:
    assert ordered("x:ndl", "x:nlk", "x:nlc", reader="en", hosts=("x:nlk",)) == ["x:nlk", "x:ndl", "x:nlc"]


def test_of_a_pair_each_language_names_its_own_first() -> None:
    pair = ("x:ndl", "x:nlc")
    assert [ordered(*pair, reader=reader)[0] for reader in ("ja", "zh-Hans")] == ["x:ndl", "x:nlc"]


def test_of_a_pair_a_third_language_goes_by_the_alphabet() -> None:
    assert ordered("x:nlc", "x:ndl", reader="en") == ["x:ndl", "x:nlc"]


def test_an_institution_that_is_not_on_record_stands_last() -> None:
    assert ordered("x:other", "x:nlc", "x:ndl", reader="en") == ["x:ndl", "x:nlc", "x:other"]


def test_ways_that_begin_alike_are_one_until_they_part() -> None:
    ndl, nlc, nlk = LINES.values()
    assert order.tree([(ndl, nlc), (ndl, nlk), (nlk,)]) == [(ndl, [(nlc, []), (nlk, [])]), (nlk, [])]
