"""What is typed is never taken for HTML, wherever it stands: in a form, in a content, beside another, in an id."""

from collections.abc import Iterator
from typing import Any

import pytest

from koryu.markup.content_html import columns, content
from koryu.markup.content_view import compared, read
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.sheet_html import boxes
from koryu.records.kinds import KINDS
from koryu.sheets.boxes import sheet_of
from koryu.sheets.errors import wrong_in
from koryu.values.text import Text
from tests.records.goldens import full
from tests.shipped import shipped

SCRIPT = """'"><script>alert(1)</script><i onclick=x&"""
INK = DeskWriter("en", {})


def spoilt(value: Any, key: str = "") -> Any:
    """A content in which every word is a script: values, ids of items, tags of languages."""
    match value:
        case dict():
            return {name if name != "en" else SCRIPT: spoilt(one, name) for name, one in value.items()}
        case list():
            return [spoilt(one) for one in value]
        case str() if key != "kind":
            return f"{value}{SCRIPT}"
        case _:
            return value


def as_form(draft: dict[str, Any], *, words_only: bool) -> str:
    kind = str(draft["kind"])
    form = sheet_of(kind, draft, wrong=wrong_in(kind, draft), tag="en", in_words=str, words_only=words_only)
    offered = {box.path: (SCRIPT,) for box in form.sought}
    titled = {SCRIPT: Text.of(en=SCRIPT)}
    return boxes(INK, form, words_only=words_only, offered=offered, own_drafts=titled, file_size="20")


def drawn(draft: dict[str, Any]) -> Iterator[str]:
    yield from (as_form(draft, words_only=words_only) for words_only in (False, True))
    yield content(INK, read(draft))
    for was in ({}, {**draft, "title": {"en": "Other"}}):
        yield from (columns(INK, compared(*pair), "was", "now") for pair in ((was, draft), (draft, was)))


@pytest.mark.parametrize("kind", KINDS)
def test_script_is_text_wherever_it_stands(kind: str) -> None:
    # What is never public is not among what is shipped.
    told = [one.content() for one in shipped().values() if one.kind == kind] or [full(kind)]
    for html in drawn(spoilt(max(told, key=lambda one: len(str(one))))):
        assert ("<script" in html, "<i " in html, SCRIPT in html) == (False, False, False)
        assert "script" in html
