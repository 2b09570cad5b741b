"""The validator itself: what it must notice, and what it must let pass."""

import pytest

from tests.html import problems_of

FRAME = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Exchanges</title></head><body>{}</body></html>"


@pytest.mark.parametrize(
    "body",
    [
        "<span><div>a</div></span>",
        "<p><div>a</div></p>",
        "<h2><ul><li>a</li></ul></h2>",
        "<p id=a id=b>a</p>",
        "<p id=a>a</p><p id=a>b</p>",
        "<p id=''>a</p>",
        "<div><li>a</li></div>",
        "<ul><p>a</p></ul>",
        "<a href=x>a<a href=y>b</a></a>",
        "<a href=x><button>b</button></a>",
        "<table><div>x</div><tr><td>a</td></tr></table>",
        "<section><p>a</p>",
        "<a href='#there'>there</a>",
        "<label for=name>Name</label>",
        "<p>a &foo; b</p>",
        "</p>",
    ],
)
def test_an_error_in_a_page_is_noticed(body: str) -> None:
    assert problems_of(FRAME.format(body)) != []


def test_a_page_without_a_doctype_is_noticed() -> None:
    assert problems_of("<html lang=en><title>a</title><p>b</p></html>") != []


@pytest.mark.parametrize(
    "body",
    [
        "<p>国立国会図書館 <ruby>交流<rp>(</rp><rt>こうりゅう</rt><rp>)</rp></ruby> &amp; <time>1981</time></p>",
        "<ul><li><a href='#there'>a</a></li></ul><section id=there><h2>b</h2></section>",
        "<a href=x><h2>a</h2><p>b</p></a>",
        "<dl><div><dt>a</dt><dd><p>b</p></dd></div></dl>",
        "<table><caption>a</caption><tr><th scope=col>b</th></tr><tbody><tr><td>c</td></tr></tbody></table>",
        "<form><label for=n>a</label><input id=n><select><option>b</option></select><button>c</button></form>",
        "<figure><svg><title>a</title><a href=x><circle r=1 /></a></svg><figcaption>b</figcaption></figure><!-- c -->",
        "<details><summary>a</summary><p lang=ja>b</p></details>",
    ],
)
def test_a_sound_page_passes(body: str) -> None:
    assert problems_of(FRAME.format(body)) == []
