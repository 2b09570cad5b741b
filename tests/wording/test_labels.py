"""What codes are called: each code once, and no word of it in what is stored."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from django.utils import translation

from koryu.consent.rules.statement import Said
from koryu.institutions.rules import Role
from koryu.records.document import Document
from koryu.records.kinds import EARLIER, KINDS, document_of
from koryu.records.schema import Field, FieldType, fields_in
from koryu.seals.digests import digest_of
from koryu.wording import labels
from koryu.wording.languages import LANGUAGES
from tests.shipped import shipped

MODELS: tuple[type[Document], ...] = (*KINDS.values(), *EARLIER.values())


def choices(fields: Iterable[Field]) -> Iterator[tuple[str, ...]]:
    """The codes of every choice, however deep."""
    for field in fields:
        if field.sort is FieldType.WORD:
            yield field.choices
        yield from choices(field.fields)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: f"{model.__name__}-{model.schema_number}")
def test_every_code_of_every_kind_has_a_label(model: type[Document]) -> None:
    assert [code for codes in choices(fields_in(model)) for code in codes if code not in labels.CHOICES] == []


def test_the_table_holds_no_label_of_what_is_no_code() -> None:
    codes = {code for model in MODELS for found in choices(fields_in(model)) for code in found}
    assert labels.CHOICES.keys() - codes == set()


def test_everything_that_can_be_said_and_every_role_has_a_label() -> None:
    assert list(labels.SAID) == list(get_args(Said))
    assert list(labels.ROLE_NAMES) == list(Role)


def test_each_code_is_in_its_table_once() -> None:
    tree = ast.parse(Path(labels.__file__).read_text(encoding="utf-8"))
    tables = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    assert len(tables) == 5
    for table in tables:
        keys = Counter(key.value for key in table.keys if isinstance(key, ast.Constant))
        assert [code for code, times in keys.items() if times > 1] == []
    assert labels.WORK_TYPES.items() <= labels.CHOICES.items()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_has_to_choose_between_two_codes_that_are_called_the_same(language: str) -> None:
    with translation.override(language):
        for model in MODELS:
            for codes in choices(fields_in(model)):
                called = [translation.gettext(labels.chosen(code)) for code in codes]
                assert len(set(called)) == len(called)


def test_another_label_changes_no_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: digest_of(document.content()) for name, document in shipped().items()}
    monkeypatch.setattr(labels, "CHOICES", {code: f"otherwise {code}" for code in labels.CHOICES})
    again = {name: digest_of(document_of(document.content()).content()) for name, document in shipped().items()}
    assert labels.chosen("visit") == "otherwise visit"
    assert again == before


def test_no_code_is_marked_for_translation_where_it_is_stored() -> None:
    rooms = Path(labels.__file__).parents[1]
    enums = [
        (file.name, node.name)
        for file in (*(rooms / "records").glob("*.py"), rooms / "institutions" / "rules.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for held in node.body
        if isinstance(held, ast.Assign) and isinstance(held.value, ast.Call) and ast.unparse(held.value.func) == "N_"
    ]
    assert enums == []
