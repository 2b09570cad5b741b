"""The order in which a page names institutions, in real names."""

import pytest

from koryu.archive.queries import Line
from koryu.records.listed_values import Summary
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


# A list as it is to be, and as it was before.
@pytest.mark.parametrize(
    ("reader", "listed", "before"),
    [
        ("ja", "はは ばば ぱぱ ははは", "はは ははは ばば ぱぱ"),
        ("ja", "さあ サービス さい", "さあ さい サービス"),
        ("ja", "さーい さあい", "さーい さあい"),
        ("ja", "いつか いっかい いつく", "いっかい いつか いつく"),
        ("ja", "びょういん びよういん", "びょういん びよういん"),
        ("ja", "カメラ かもめ 関西館 きじ", "かもめ きじ カメラ 関西館"),
        ("ja", "ああ アイ ｲﾛ", "ｲﾛ ああ アイ"),
        ("ja", "ヴァイオリン うた", "うた ヴァイオリン"),
        ("ja", "ぞう ソウル そら", "そら ぞう ソウル"),
        (
            "ja",
            "NDL がいこく カイロ 国立国会図書館 札幌 上海図書館 ソウル図書館 图书馆 東京 北京",
            "NDL がいこく カイロ ソウル図書館 国立国会図書館 札幌 上海図書館 東京 北京 图书馆",
        ),
        (
            "zh-Hans",
            "Beihai 北京图书馆 重庆 國立故宮 韩国国立中央图书馆 NDL 上海图书馆 中国国家图书馆",
            "Beihai NDL 北京图书馆 韩国国立中央图书馆 上海图书馆 中国国家图书馆 重庆 國立故宮",
        ),
        ("zh-Hans", "长春 成都 重庆", "长春 成都 重庆"),
        ("ko", "가야 국립 國會 나라 李 이탈리아 日本 한국", "國會 日本 李 가야 국립 나라 이탈리아 한국"),
        ("ko", "가 각 까", "가 각 까"),
        ("en", "“Alpha” beta Eco École Ecology", "beta Eco École Ecology “Alpha”"),
    ],
)
def test_a_list_is_in_the_order_of_its_language_whatever_it_is_written_in(
    reader: str, listed: str, before: str
) -> None:
    names = listed.split()
    assert sorted(sorted(names), key=lambda name: order.alphabetical(name, reader=reader)) == names
    assert sorted(before.split()) == sorted(names)


# Before, the second list in Japanese was x:3, x:4: 岐阜 went by its character and not as it usually sounds.
def test_a_name_goes_by_the_reading_on_record_and_not_by_that_of_another_language() -> None:
    def read(uri: str, title: str, **readings: str) -> Line:
        said = Summary(title={"ja": title, "ko": title}, readings=readings)
        return Line(uri=uri, kind="institution", slug=uri, basis="recorded", summary=said)

    lines = [read("x:1", "日本出版販売", ja="にっぽん"), read("x:2", "日本館", ja="にほんかん"), read("x:3", "二館")]
    assert [line.uri for line in order.by_name(lines, reader="ja")] == ["x:1", "x:2", "x:3"]
    lines = [
        read("x:1", "가", ko="zz"),
        read("x:2", "나", ko="aa"),
        read("x:3", "名古屋", ja="Nagoya"),
        read("x:4", "岐阜"),
    ]
    assert [line.uri for line in order.by_name(lines[:2], reader="ko")] == ["x:1", "x:2"]
    assert [line.uri for line in order.by_name(lines[2:], reader="ja")] == ["x:4", "x:3"]
