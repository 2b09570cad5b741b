"""What the style sheets make of what a browser shows: what cannot be pressed, and the letters of each script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

STYLES = Path(__file__).parents[2] / "koryu" / "static" / "koryu"
SHEETS = ("tokens.css", "type.css", "page.css", "controls.css", "tables.css", "desk.css", "making.css", "agreeing.css")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    styles = "\n".join((STYLES / name).read_text(encoding="utf-8") for name in SHEETS)
    opened = context.new_page()
    opened.set_content(f"<!doctype html><style>{styles}</style><body class=desk><main></main>")
    yield opened
    context.close()


def style(page: Page, html: str, *names: str) -> list[str]:
    """What the browser makes of the first element of a piece of HTML."""
    page.locator("main").evaluate("(main, html) => { main.innerHTML = html; }", html)
    return [
        page.locator("main > *").first.evaluate("(one, name) => getComputedStyle(one)[name]", name) for name in names
    ]


LOOK = ("color", "backgroundColor", "borderTopColor", "borderTopStyle", "cursor")


@pytest.mark.parametrize("kind", ["", "commits", "quiet"])
def test_a_button_that_cannot_be_pressed_does_not_look_like_one_that_can(page: Page, kind: str) -> None:
    can = style(page, f'<button class="{kind}">Send</button>', *LOOK)
    cannot = style(page, f'<button class="{kind}" disabled>Send</button>', *LOOK)
    assert can[0] != cannot[0] or can[1] != cannot[1]
    assert cannot[-1] == "not-allowed"
    # All that cannot be pressed look the same.
    assert cannot[:2] == style(page, "<button disabled>Send</button>", *LOOK[:2])


@pytest.mark.parametrize("tag", ["zh-Hant", "zh-TW", "zh-HK", "zh-MO"])
def test_traditional_chinese_is_set_in_letters_of_its_own(page: Page, tag: str) -> None:
    def letters(lang: str) -> list[str]:
        return style(page, f'<p lang="{lang}">骨</p>', "fontFamily")

    assert letters(tag) == letters("zh-Hant")
    assert len({str(letters(lang)) for lang in ("ja", "zh-Hans", "zh-Hant", "ko")}) == 4
    assert "TC" in letters(tag)[0]


@pytest.mark.parametrize(("direction", "said"), [("rtl", "rtl"), ("", "ltr")])
def test_what_is_written_leftwards_runs_so(page: Page, direction: str, said: str) -> None:
    assert style(page, f'<p lang="ar" dir="{direction}">مكتبة</p>', "direction") == [said]
