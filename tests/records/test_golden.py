"""Every schema is read for ever: a bundle of each (kind, number) that there ever was is kept, and read here as it was.

A bundle is made once, with the real verbs, and committed; nobody changes or removes it, whatever becomes of the code.
When a kind gets a new number, or a kind is new, the one that is missing is written by running this file so:

    KORYU_WRITE_GOLDEN=1 ./run test tests/records/test_golden.py

What is there already is never written again, and codes are only ever added to codes.json. How a bundle is made:
tests/records/goldens.py.
"""

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client

from koryu.archive import queries as archive
from koryu.consent.rules.verification import verify
from koryu.records.kinds import EARLIER, KINDS, NEVER_PUBLIC, current_document, document_of
from koryu.records.schema import Field, FieldType, fields_in
from koryu.search.entries import SearchEntry
from tests.records import goldens
from tests.records.goldens import FOLDER, golden
from tests.site import LANGUAGES
from tests.world import NDL

WRITING = "KORYU_WRITE_GOLDEN" in os.environ
CODES = FOLDER / "codes.json"
BUNDLES = sorted(FOLDER.glob("*-*.json"))
SCHEMAS = [(kind, number) for kind, model in KINDS.items() for number in range(1, model.schema_number + 1)]


def within(fields: Iterable[Field], path: str = "") -> Iterator[tuple[str, Field]]:
    for field in fields:
        yield f"{path}{field.name}", field
        yield from within(field.fields, f"{path}{field.name}.")


def codes_of(kind: str, number: int) -> dict[str, list[str]]:
    """The codes a schema stores, by the path of the field."""
    model = EARLIER.get((kind, number), KINDS[kind])
    return {path: list(field.choices) for path, field in within(fields_in(model)) if field.sort is FieldType.WORD}


def written(path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / path).read_text(encoding="utf-8"))
    return found


def contents(bundle: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((one["header"]["schema"], one["content"]) for one in bundle["versions"])


# Not a test but on purpose: it writes what is missing.
if WRITING:

    @pytest.mark.django_db
    @pytest.mark.parametrize("kind", KINDS)
    def test_what_is_missing_is_written(kind: str) -> None:
        goldens.write(kind)
        known = json.loads(CODES.read_text(encoding="utf-8")) if CODES.exists() else {}
        schema = f"{kind}/{KINDS[kind].schema_number}"
        before = known.get(schema, {})
        now = codes_of(kind, KINDS[kind].schema_number)
        known[schema] = {
            path: list(dict.fromkeys((*before.get(path, ()), *now.get(path, ())))) for path in {**before, **now}
        }
        CODES.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_one_can_be_made_by_the_rules_of_today(kind: str) -> None:
    made = goldens.make(kind)
    assert verify(made).versions == 1
    assert made["versions"][-1]["content"] == document_of(goldens.full(kind)).content()


def test_there_is_a_bundle_of_every_schema() -> None:
    assert sorted(golden(kind, number) for kind, number in SCHEMAS) == BUNDLES


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda file: file.stem)
def test_it_verifies_as_on_its_first_day(bundle: Any) -> None:
    exported = written(bundle)
    assert verify(exported).record == exported["record"]


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda file: file.stem)
def test_it_is_read_by_the_model_it_was_written_under_and_says_what_it_said(bundle: Any) -> None:
    for schema, content in contents(written(bundle)):
        document = document_of(content, schema=schema)
        assert document.schema_name == schema
        assert document.content() == content


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda file: file.stem)
def test_it_is_read_by_the_model_of_today_too(bundle: Any) -> None:
    for schema, content in contents(written(bundle)):
        document = current_document(content, schema=schema)
        assert type(document) is KINDS[document.kind]
        assert document.owners() == document_of(content, schema=schema).owners()
        assert isinstance(document.found_by("tag:example.org,2026:x", audience=()), SearchEntry)
        assert document.summary().title == content["title"]


@pytest.mark.django_db
@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda file: file.stem)
def test_it_stands_in_lists_and_has_its_page_in_every_language(bundle: Any, client: Client) -> None:
    exported = written(bundle)
    goldens.let_stand(exported)
    kind, title = exported["kind"], exported["versions"][-1]["content"]["title"]
    if kind in NEVER_PUBLIC:
        # The same asked by an institution of it; readers find nothing, at no address.
        assert [line.title.as_json() for line in archive.lines(kind, asking=NDL)] == [title]
        assert archive.lines(kind, asking=archive.EVERYBODY) == ()
        assert {client.get(f"/{language}/{kind}/golden/").status_code for language in LANGUAGES} == {404}
        return
    assert [line.title.as_json() for line in archive.lines(kind, asking=archive.EVERYBODY)] == [title]
    for language in LANGUAGES:
        page = client.get(f"/{language}/{kind}/golden/")
        assert page.status_code == 200
        assert (
            title["ko" if language == "ko" else "zh-Hans" if language == "zh-hans" else "ja"] in page.content.decode()
        )


@pytest.mark.parametrize("schema", written("codes.json"))
def test_no_code_that_was_ever_stored_is_lost(schema: str) -> None:
    kind, _, number = schema.partition("/")
    now = codes_of(kind, int(number))
    assert {
        path: lost
        for path, codes in written("codes.json")[schema].items()
        if (lost := set(codes) - set(now.get(path, ())))
    } == {}
