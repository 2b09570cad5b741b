"""What is typed is never taken for HTML, wherever it stands: in a form, in a content, beside another, in an id."""

from collections.abc import Iterator
from typing import Any

import pytest

from koryu.desk.contents import columns, content
from koryu.desk.forms.complaining import wrong_in
from koryu.desk.forms.drawing import boxes
from koryu.desk.forms.showing import form_of
from koryu.desk.reading import compared, read
from koryu.desk.writing import DeskInk
from koryu.records.kinds import KINDS
from koryu.values.text import Text
from tests.shipped import shipped

SCRIPT = """'"><script>alert(1)</script><i onclick=x&"""
INK = DeskInk("en", {})


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
    form = form_of(kind, draft, wrong=wrong_in(kind, draft), tag="en", in_words=str, words_only=words_only)
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
    longest = max((one for one in shipped().values() if one.kind == kind), key=lambda one: len(str(one)))
    for html in drawn(spoilt(longest.content())):
        assert ("<script" in html, "<i " in html, SCRIPT in html) == (False, False, False)
        assert "script" in html
