"""Which pages are looked at: every kind in every share, every page in one of them."""

from scripts.look import kind_of, share

PAGES = [
    f"/{language}/exchange/{number}/{more}"
    for language in ("en", "ko")
    for number in range(9)
    for more in ("", "history/")
]


def test_pages_of_one_template_in_one_language_are_of_a_kind() -> None:
    assert kind_of("/en/exchange/ndl-nlk-20/") == "en/exchange/*"
    assert kind_of("/en/exchange/ndl-nlk-20/history/") == "en/exchange/*/history"
    assert kind_of("/en/exchange/ndl-nlk-20/beside/ja/") == "en/exchange/*/beside"
    assert kind_of("/en/exchange/") == "en/exchange"
    assert kind_of("/en/") == "en/"


def test_each_page_is_in_one_share_and_each_kind_in_all() -> None:
    shares = [share(PAGES, of=3, part=part) for part in range(3)]
    assert sorted(path for one in shares for path in one) == sorted(PAGES)
    assert [{kind_of(path) for path in one} for one in shares] == [{kind_of(path) for path in PAGES}] * 3
