"""HTML is put together by hand in a few files alone, and in these no value is put in as it is.

That nothing typed comes out as HTML is tested with script in every value (tests/sheets/test_drawing.py). Here it is
held that no other file begins to, and that a value which was forgotten is noticed where it is written.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.source import nodes_of

KORYU = Path(__file__).parents[2] / "koryu"
WRITERS = {
    *(f"markup/{name}.py" for name in ("content_html", "desk_writer", "page_writer", "paste_html", "sheet_html")),
    *(f"markup/{name}.py" for name in ("letter_html", "table_html", "widgets", "year_html")),
    *("desk/exchange/candidates/dates_letter_pages.py", "desk/exchange/dates_rows.py"),
    *("desk/schedule/schedule_rows.py", "desk/schedule/template_rows.py", "markup/load_html.py"),
    *("public/rows.py", "public/svg.py", "public/timeline_html.py"),
}
# What makes HTML of a text without a word from markupsafe. Constants, and Markup("…") % values, escape by themselves.
BY_HAND = {
    *("from html import escape", "import html", "from koryu.markup.page_writer import as_markup"),
    *("Markup(…)", "mark_safe(…)", 'f"<…>"'),
}
# Nothing of a reader's: each is a number, an address or a tag of ours; linked data has no "<" left when it is marked.
OURS = {
    *(("markup/widgets.py", "self.suggest_at"), ("markup/widgets.py", "writer.tag")),
    *(("public/svg.py", each) for each in ("end[0]", "end[1]")),
    *(("public/timeline_html.py", each) for each in ("self.comma", "timeline.columns")),
}
OF_LINKED_DATA = ("public/pages/record_pages.py", "Markup(…)")


def by_hand(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """How a source makes HTML by hand."""
    for node in nodes:
        match node:
            case ast.ImportFrom(module=str(module)):
                yield from (f"from {module} import {name.name}" for name in node.names)
            case ast.Import():
                yield from (f"import {name.name}" for name in node.names)
            case ast.Call(args=[argument, *_]) if not isinstance(argument, ast.Constant):
                name = ast.unparse(node.func)
                yield from (f"{name}(…)" for _ in [0] if name in ("Markup", "mark_safe"))
            case ast.JoinedStr() if is_html(node):
                yield 'f"<…>"'


def is_html(node: ast.JoinedStr) -> bool:
    """Whether an f-string has the end of a tag, or a tag with an attribute, in what is written out in it."""
    written = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return "</" in written or ("<" in written and '="' in written)


def as_they_are(nodes: Iterable[ast.AST]) -> set[str]:
    """The values of things that are put into HTML without being escaped."""
    return {
        ast.unparse(part.value)
        for node in nodes
        if isinstance(node, ast.JoinedStr) and any("<" in ast.unparse(one) for one in node.values)
        for part in node.values
        if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Attribute | ast.Subscript)
    }


@pytest.mark.parametrize(
    ("source", "noticed"),
    [
        ('f"<p>{box.typed}</p>"', {"box.typed"}),
        ("f'<p id=\"{row[0]}\">'", {"row[0]"}),
        ('f"<p>{escape(box.typed)}</p>"', set()),
        ('f"{box.typed}, {row.text}"', set()),
    ],
)
def test_a_forgotten_escape_is_noticed(source: str, noticed: set[str]) -> None:
    assert as_they_are(ast.walk(ast.parse(source))) == noticed


@pytest.mark.parametrize(
    ("source", "noticed"),
    [
        ("from html import escape", {"from html import escape"}),
        ("Markup(f'<p>{it}</p>')", {"Markup(…)", 'f"<…>"'}),
        ("Markup('<p>%s</p>') % it", set()),
        ('f"a < {b}"', set()),
    ],
)
def test_html_made_by_hand_is_noticed(source: str, noticed: set[str]) -> None:
    assert set(by_hand(ast.walk(ast.parse(source)))) & BY_HAND == noticed


def sources() -> Iterator[tuple[str, tuple[ast.AST, ...]]]:
    for file in sorted(KORYU.rglob("*.py")):
        yield str(file.relative_to(KORYU)), nodes_of(file)


def test_html_is_made_by_hand_in_the_writers_alone() -> None:
    past = {(name, way) for name, nodes in sources() for way in by_hand(nodes) if way in BY_HAND}
    assert {(name, way) for name, way in past if name not in WRITERS} == {OF_LINKED_DATA}
    assert {name for name, _way in past} - {OF_LINKED_DATA[0]} == WRITERS


def test_no_writer_puts_in_a_value_as_it_is() -> None:
    put_in = {(name, value) for name, nodes in sources() if name in WRITERS for value in as_they_are(nodes)}
    assert put_in == OURS
