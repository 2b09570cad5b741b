"""What is wrong with a page's HTML: as a parser sees it, and as the standard's content models see it."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as SENTENCES

# HTML Living Standard, 3.2.5.2.5: what may stand inside a line of text. What is not listed there may not.
PHRASING = frozenset(
    "a abbr area audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img input ins kbd "
    "label link map mark meta meter noscript object output picture progress q ruby s samp script select slot small "
    "span strong sub sup svg template textarea time u var video wbr".split()
)
# Elements whose content model is phrasing content (4.3 to 4.10).
HOLDS_PHRASING = frozenset(
    "abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label mark meter output p pre progress q s "
    "samp small span strong sub sup time u var".split()
)
# Elements that stand only directly inside certain others (4.4, 4.9, 4.10).
ONLY_IN = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "figcaption": {"figure"},
    "legend": {"fieldset"},
    "summary": {"details"},
    "option": {"select", "optgroup", "datalist"},
    "optgroup": {"select"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tr": {"thead", "tbody", "tfoot", "table"},
    "th": {"tr"},
    "td": {"tr"},
    "rt": {"ruby"},
    "rp": {"ruby"},
}
# Elements in which only these stand directly (4.4, 4.9).
HOLDS_ONLY = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "tr": {"th", "td", "script", "template"},
}
INTERACTIVE = frozenset("a button details input label select textarea".split())
REFERENCES = ("for", "headers", "list", "aria-controls", "aria-describedby", "aria-labelledby", "aria-owns")


def problems_of(html: str) -> list[str]:
    """Every problem found, each in a sentence; an empty list for a sound page.

    Looks at well-formedness (with the parser's own errors), where elements may stand, ids used twice and references
    to ids that do not exist. It does not know every attribute of every element.
    """
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    return [
        *(f"line {place[0]}: {SENTENCES[code] % values}" for place, code, values in parser.errors),
        *misplaced(document),
        *misnamed(document),
    ]


def misplaced(parent: Element, *, inside: frozenset[str] = frozenset()) -> Iterator[str]:
    """Elements that stand where their content models do not let them; `inside` are the ancestors' names."""
    around = inside | {parent.tag}
    for child in parent:
        # A comment has a function for a tag; what is in a namespace is SVG, with rules of its own.
        if callable(child.tag) or child.tag.startswith("{"):
            continue
        if parent.tag in HOLDS_PHRASING and child.tag not in PHRASING:
            yield f"<{child.tag}> stands in <{parent.tag}>, which holds a line of text"
        if parent.tag not in ONLY_IN.get(child.tag, {parent.tag}):
            yield f"<{child.tag}> stands in <{parent.tag}>"
        if child.tag not in HOLDS_ONLY.get(parent.tag, {child.tag}):
            yield f"<{parent.tag}> holds <{child.tag}>"
        if child.tag in INTERACTIVE and around & {"a", "button"}:
            yield f"<{child.tag}> stands in <{'a' if 'a' in around else 'button'}>: one of them cannot be reached"
        yield from misplaced(child, inside=around)


def misnamed(document: Element) -> Iterator[str]:
    """Ids used twice, and references to ids that no element has."""
    ids = Counter(element.get("id", "") for element in document.iter() if element.get("id") is not None)
    yield from (f"the id {name!r} is used {times} times" for name, times in ids.items() if times > 1 or not name)
    for element in document.iter():
        named = {name for attribute in REFERENCES for name in element.get(attribute, "").split()}
        target = element.get("href", "")
        if target.startswith("#") and len(target) > 1:
            named.add(target[1:])
        yield from (f"<{element.tag}> refers to {name!r}, which is nowhere" for name in sorted(named - set(ids)))


def words_of(html: str) -> str:
    """What is read on a page, without tags and with single spaces."""
    return re.sub(
        r" ([.,;:)])",
        r"\1",
        " ".join(unescape(re.sub(r"<(script|style|template)\b.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)).split()),
    )
