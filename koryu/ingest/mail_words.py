"""The words of a mail that is a page: no script of it runs, and no picture is fetched."""

import re
from html.parser import HTMLParser
from typing import Final

from koryu.sheets.whole_tags import with_whole_tags

LONGEST_TEXT: Final = 200_000
_NO_CHARACTER: Final = re.compile(r"&#x?[0-9a-f]{8,};?", re.IGNORECASE)
_LOST: Final = "\ufffd"
_UNREAD_TAGS: Final = frozenset({"script", "style", "template", "head", "title"})
_LINES: Final = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD_TAGS:
            self.unread += 1
        elif tag in _LINES:
            self.words.append("\n")
        elif tag in ("td", "th"):
            self.words.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD_TAGS:
            self.unread = max(0, self.unread - 1)

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.words.append(re.sub(r"\s+", " ", data))


def text_of_page(html: str) -> str:
    """The words of a page, line by line; its tables with tabs between their cells."""
    page = _Page()
    page.feed(with_whole_tags(_NO_CHARACTER.sub(_LOST, html[: 4 * LONGEST_TEXT])))
    page.close()
    lines = (line.strip(" ").removeprefix("\t") for line in "".join(page.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
