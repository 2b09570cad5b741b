"""The words of the pages: nothing that a record can say is left without a name."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from django.utils import translation

from koryu.public.sections import LINKS, NAVIGATION
from koryu.records.document import Document
from koryu.records.kinds import KINDS
from koryu.records.links import Ref
from koryu.wording.field_names import FIELDS
from koryu.wording.languages import LANGUAGES

# Not the content of a statement, but what is said about one.
ABOUT = {"kind", "sources", "variants", "derived", "open"}

# What came of a record stands among its lines of descent.
SHOWN_ELSEWHERE = {("outcome", "grew_out_of")}


def test_every_field_of_every_kind_has_a_name() -> None:
    fields = {name for kind in KINDS.values() for name in kind.model_fields} - ABOUT
    assert fields - FIELDS.keys() == set()


def test_every_link_says_something_of_where_it_arrives() -> None:
    links = {(kind, rel) for kind, document in KINDS.items() for rel in _linking(document)}
    assert links - LINKS.keys() == SHOWN_ELSEWHERE


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_links_are_called_the_same(language: str) -> None:
    says = set(LINKS.values())
    with translation.override(language):
        assert len({translation.gettext(one) for one in says}) == len(says)


def test_the_kinds_in_the_header_are_kinds() -> None:
    assert [kind for kind in NAVIGATION if kind not in KINDS] == []


def _linking(document: type[Document]) -> Iterator[str]:
    """The fields of a kind that hold a link, however deep."""
    return (name for name, field in document.model_fields.items() if _holds_link(field.annotation))


def _holds_link(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Ref):
        return True
    fields = getattr(annotation, "model_fields", {})
    inner = (field.annotation for field in fields.values())
    return any(_holds_link(one) for one in (*get_args(annotation), *inner))
