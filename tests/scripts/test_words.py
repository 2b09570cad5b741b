"""What `./run check` says of the catalogues of words."""

import ast

import pytest
from babel.messages.catalog import Catalog, Message

from scripts.words import ROOT, as_po, extracted, is_translated, problems_of


def catalogue_with(translation: str, *, fuzzy: bool = False) -> tuple[Message, Catalog]:
    known = Catalog(locale="ja", fuzzy=False)
    message = known.add("held on %(day)s", translation, flags={"fuzzy"} if fuzzy else set())
    return message, known


def test_a_translation_with_all_its_places_is_complete() -> None:
    assert list(problems_of(*catalogue_with("%(day)s開催"))) == []


@pytest.mark.parametrize(
    ("translation", "fuzzy", "problem"),
    [
        ("", False, "not translated"),
        ("%(day)s開催", True, "marked fuzzy"),
        ("%(date)s開催", False, "unknown named placeholder 'date'"),
    ],
)
def test_a_translation_with_a_fault_is_named(translation: str, fuzzy: bool, problem: str) -> None:
    assert list(problems_of(*catalogue_with(translation, fuzzy=fuzzy))) == [problem]


def test_a_plural_is_translated_only_when_every_form_is() -> None:
    known = Catalog(locale="en", fuzzy=False)
    assert not is_translated(known.add(("%(n)d exchange", "%(n)d exchanges"), ("%(n)d exchange", "")))


def test_the_sentence_of_every_reason_is_there_to_translate() -> None:
    reasons = {
        call.args[0].value
        for file in (ROOT / "koryu").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Reason" and call.args
        if isinstance(call.args[0], ast.Constant)
    }
    assert reasons - {message.id for message in extracted()} == set()


def test_a_catalogue_is_written_the_same_twice() -> None:
    assert as_po(extracted()) == as_po(extracted())
