"""A content as people read it: every field has a name in four languages, and what differs is said in words."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.utils import translation

from koryu.markup.content_html import columns, content
from koryu.markup.content_view import ContentView, compared, read
from koryu.markup.desk_writer import DeskWriter
from koryu.records.kinds import KINDS
from koryu.records.schema import Field, fields_of
from koryu.wording.field_names import FIELDS, INSIDE, SAID_ABOUT, field_called
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES
from tests.html import problems_of
from tests.shipped import shipped

Drawn = Callable[[DeskWriter, ContentView], str]
AGREEMENT: dict[str, Any] = {
    "kind": "agreement",
    "type": "memorandum of understanding",
    "title": {"ja": "覚書", "en": "Memorandum", "source": "ja"},
    "institutions": ["tag:x:a", "tag:x:b"],
    "term": {"start": "2021-06", "end": "2026-05", "renewal": "renews automatically"},
    "texts_in": [{"id": "ja", "lang": "ja", "authentic": True, "text": "第一条"}],
}


def within(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        yield from field.fields
        yield from within(field.fields)


def page(reading: ContentView, *, language: str = "en", drawn: Drawn = content) -> str:
    with translation.override(language):
        return drawn(DeskWriter(language, {}), reading)


def beside(ink: DeskWriter, reading: ContentView) -> str:
    return columns(ink, reading, "a", "b")


def test_every_field_of_every_kind_has_a_name() -> None:
    for kind in KINDS:
        assert {field.name for field in fields_of(kind)} <= FIELDS.keys() | SAID_ABOUT.keys()
        assert {field.name for field in within(fields_of(kind))} <= FIELDS.keys() | INSIDE.keys()


@pytest.mark.parametrize("language", [slug for slug in LANGUAGES if slug != "en"])
def test_every_name_and_every_choice_is_said_in_four_languages(language: str) -> None:
    # What is called alike in every language: registers by their names.
    proper = {"ISIL", "ROR", "Wikidata", "VIAF", "ISNI", "DOI", "ISSN", "web"}
    for kind in KINDS:
        top, inside = fields_of(kind), list(within(fields_of(kind)))
        messages = {field_called(field.name) for field in top} | {field_called(one.name, inside=True) for one in inside}
        messages |= {chosen(choice) for field in (*top, *inside) for choice in field.choices}
        with translation.override(language):
            assert [one for one in messages - proper if translation.gettext(one) == one] == []


def test_dates_and_choices_are_in_words_and_dates_as_they_are_kept_only_where_words_do_not_say_all() -> None:
    shown = page(read({**AGREEMENT, "proposed": "2003?"}))
    assert '<dd><time class="date" datetime="2021-06">June 2021</time></dd>' in shown
    assert "2003, uncertain" in shown
    # Every date that can be kept is read back from its words as the same.
    assert 'class="raw"' not in shown
    assert "renews automatically" in shown


def test_a_text_stands_in_all_its_languages_with_its_source_marked() -> None:
    shown = page(read(AGREEMENT))
    assert (
        '<small class="in">Japanese <span class="source">source</span></small>\n<p class="prose" lang="ja">覚書</p>'
        in shown
    )
    assert '<small class="in">English</small>\n<p class="prose" lang="en">Memorandum</p>' in shown


def test_what_differs_is_said_in_words_and_marks() -> None:
    now = {**AGREEMENT, "title": {"ja": "意向覚書", "source": "ja"}, "term": {"start": "2021-07"}}
    shown = page(compared(AGREEMENT, now))
    assert "<ins>意向</ins>覚書" in shown
    assert "<del>Memorandum</del>" in shown or "<del>" in shown
    assert shown.count('<small class="how">') == 5


def test_equal_contents_bear_no_marks() -> None:
    shown = page(compared(AGREEMENT, AGREEMENT))
    assert [mark for mark in ('class="how"', "<ins>", "<del>") if mark in shown] == []


@pytest.mark.parametrize("drawn", [content, beside])
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_record_can_be_read_in_every_language(language: str, drawn: Drawn) -> None:
    documents = [one for number, one in enumerate(shipped().values()) if number % 40 == 0]
    for document in documents:
        alike = next(one for one in documents[::-1] if one.kind == document.kind)
        shown = page(compared(document.content(), alike.content()), language=language, drawn=drawn)
        assert problems_of(f'<!doctype html><html lang="en"><title>t</title><body>{shown}</body></html>') == []


@pytest.mark.parametrize(
    "draft",
    [
        {"kind": "agreement", "title": "not a text", "term": "soon", "institutions": [None, 3, {}], "proposed": "May"},
        {"kind": "agreement", "title": {"??": "x"}, "texts_in": [{"lang": "no language", "text": "x"}, "y"]},
        {"kind": "unknown", "anything": [1, {"a": 2}]},
        {},
    ],
)
def test_an_unfinished_draft_can_be_read(draft: dict[str, Any]) -> None:
    page(read(draft))
    page(compared(AGREEMENT, draft))
    page(compared(draft, AGREEMENT), drawn=beside)


def test_script_in_a_text_stays_a_text() -> None:
    shown = page(read({**AGREEMENT, "title": {"en": "<script>alert(1)</script>"}, "proposed": "<b>"}))
    assert [element for element in ("<script>", "<b>") if element in shown] == []


def test_nothing_is_shown_of_what_was_erased() -> None:
    assert page(read(None)).count("<dt>") == 0
