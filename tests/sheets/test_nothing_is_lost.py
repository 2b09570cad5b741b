"""The editor loses nothing: every record that is shipped, shown as a form and posted unchanged, is the same record."""

from typing import Any

import pytest
from django.utils import translation

from koryu.consent.rules.diff import difference
from koryu.markup.content_html import columns as content_columns
from koryu.markup.content_html import content as content_read
from koryu.markup.content_view import compared, read
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.sheet_html import boxes
from koryu.records.kinds import KINDS, NEVER_PUBLIC
from koryu.records.schema import fields_of
from koryu.sheets import layout
from koryu.sheets.boxes import sheet_of
from koryu.sheets.cells import content_in
from koryu.sheets.errors import wrong_in
from koryu.sheets.parse import content_of
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words
from tests.html import problems_of
from tests.records.goldens import full
from tests.sheets.filling_in import posted
from tests.sheets.test_cells import cells
from tests.shipped import shipped

RICHEST = {
    kind: max((name for name, one in shipped().items() if one.kind == kind), key=lambda name: len(str(shipped()[name])))
    for kind in KINDS
    if kind not in NEVER_PUBLIC
}


def as_form(content: dict[str, object], *, slug: str = "en", words_only: bool = False) -> str:
    with translation.override(slug):
        form = sheet_of(
            str(content["kind"]),
            content,
            wrong=wrong_in(str(content["kind"]), content),
            tag=LANGUAGES[slug][0],
            in_words=lambda date: date_in_words(date, slug),
            words_only=words_only,
        )
        drawn = boxes(DeskWriter(slug, {}), form, words_only=words_only, offered={}, own_drafts={}, file_size="20")
    return f'<form id="making">{drawn}</form>'


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_record_posted_unchanged_is_the_same(kind: str) -> None:
    changed = []
    for name, document in shipped().items():
        if document.kind == kind:
            content = document.content()
            if content_of(kind, dict(posted(as_form(content)).lists())) != content:
                changed.append(name)
    assert changed == []


@pytest.mark.parametrize("words_only", [False, True])
@pytest.mark.parametrize("slug", ["ja", "zh-hans", "ko"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_richest_record_of_each_kind_is_the_same_in_every_language(kind: str, slug: str, words_only: bool) -> None:
    content = shipped()[RICHEST[kind]].content() if kind in RICHEST else full(kind)
    assert content_of(kind, dict(posted(as_form(content, slug=slug, words_only=words_only)).lists())) == content


@pytest.mark.parametrize("words_only", [False, True])
@pytest.mark.parametrize("turn_of", [None, [], ["tag:example.org,2026:institution/ndl"]])
def test_a_turn_that_was_nobodys_is_not_one_that_was_not_said(turn_of: list[str] | None, words_only: bool) -> None:
    content = shipped()["exchange/ndl-nlc-23"].content() | ({} if turn_of is None else {"turn_of": turn_of})
    form = as_form(content, words_only=words_only)
    assert content_of("exchange", dict(posted(form).lists())) == content
    assert content_in("exchange", cells(content, "en")) == content


def test_that_a_turn_was_nobodys_is_read_before_it_is_approved_and_is_a_difference() -> None:
    writer, unsaid = DeskWriter("en", {}), dict[str, Any]({"kind": "exchange", "form": "visit"})
    nobodys, ours = unsaid | {"turn_of": []}, unsaid | {"turn_of": ["tag:example.org,2026:institution/ndl"]}
    texts = (unsaid, nobodys, ours)
    assert ["nobody’s" in content_read(writer, read(each)) for each in texts] == [False, True, False]
    differ = [[each.path for each in difference(was, now)] for was in texts for now in texts]
    assert [bool(paths) for paths in differ] == [was != now for was in texts for now in texts]
    beside = (content_columns(writer, compared(was, nobodys), "a", "b") for was in (unsaid, ours))
    assert all("nobody’s" in page for page in beside)


@pytest.mark.parametrize("kind", KINDS)
def test_of_each_list_that_can_be_said_to_hold_nothing_it_is_said_in_words(kind: str) -> None:
    assert all(layout.says_none(field) for field in fields_of(kind) if field.is_said_empty([]))


@pytest.mark.parametrize("words_only", [False, True])
@pytest.mark.parametrize("kind", ["agreement", "timetable", "participation"])
def test_the_form_of_a_rich_record_is_sound(kind: str, words_only: bool) -> None:
    content = shipped()[RICHEST[kind]].content()
    lists = '<datalist id="languages"></datalist><datalist id="fields"></datalist>'
    page = f"<!doctype html><title>x</title>{as_form(content, words_only=words_only)}{lists}"
    assert problems_of(page) == []
