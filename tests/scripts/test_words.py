"""What `./run check` says of the catalogues of words."""

import ast
from collections.abc import Iterable, Iterator

import pytest
from babel.messages.catalog import Catalog, Message

from scripts.words import ROOT, as_po, extracted, is_translated, problems_of
from tests.source import nodes_of


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


def said_in(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The words that are said in a piece of code: those of its reasons, and whatever it asks gettext for."""
    for call in nodes:
        match call:
            case ast.Call(func=ast.Name(id="Reason" | "N_" | "_" | "gettext"), args=[ast.Constant(str(words)), *_]):
                yield words
            case ast.Call(func=ast.Attribute(attr="gettext"), args=[ast.Constant(str(words)), *_]):
                yield words


def other_names_of_gettext(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Where gettext is given another name, and words are then said to that."""
    for node in nodes:
        match node:
            case ast.Assign(value=ast.Attribute(attr="gettext"), targets=[ast.Name(id=name)]):
                yield name
            case ast.Assign(value=ast.Tuple(elts=values), targets=[ast.Tuple(elts=names)]):
                pairs = zip(names, values, strict=False)
                yield from (name.id for name, value in pairs if is_gettext(value) and isinstance(name, ast.Name))


def is_gettext(value: ast.AST) -> bool:
    return isinstance(value, ast.Attribute) and value.attr == "gettext"


@pytest.fixture(scope="module")
def written() -> Catalog:
    """The words of the house, as they are brought into the catalogues."""
    return extracted()


def test_whatever_is_said_is_there_to_translate(written: Catalog) -> None:
    # Words inside an f-string are not found: they would be shown in English for good, and nothing would say so.
    said = {words for file in (ROOT / "koryu").rglob("*.py") for words in said_in(nodes_of(file))}
    found = {message.id if isinstance(message.id, str) else message.id[0] for message in written}
    assert said - found == set()


def test_words_are_said_to_gettext_under_its_own_name() -> None:
    said = []
    for file in (ROOT / "koryu").rglob("*.py"):
        others = set(other_names_of_gettext(nodes_of(file)))
        for call in nodes_of(file):
            match call:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(str(words)), *_]) if name in others:
                    said.append((file.name, words))
    assert said == []


def test_a_catalogue_is_written_the_same_twice(written: Catalog) -> None:
    again = extracted()
    # The minute may have turned between the two.
    again.creation_date = written.creation_date
    assert as_po(again) == as_po(written)
