"""The page the record starts from: the table in the reference names, for each statement, the fields that hold it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from koryu.ingest.dataset import read
from koryu.records.document import Document
from koryu.records.links import walk

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "koryu" / "data").glob("*.yaml"))
TABLE = ROOT / "docs" / "reference" / "seed-page.md"
BASE = "tag:koryu,2026:"
PAGE = BASE + "work/ndl-exchange-activities"
COMPILER = BASE + "institution/compiler"

ROW = re.compile(r"^\| (\d+) \| (.+) \| (.+) \|$", re.MULTILINE)
HELD = re.compile(r"`([a-z]+/[a-z0-9-]+)` · ((?:`[^`]+`(?:, )?)+)")


class Row(NamedTuple):
    """One statement of the page, and which fields of which records hold it."""

    number: int
    statement: str
    held_by: dict[str, tuple[str, ...]]


def rows() -> tuple[Row, ...]:
    return tuple(
        Row(int(number), statement, dict(_holders(cell)))
        for number, statement, cell in ROW.findall(TABLE.read_text(encoding="utf-8"))
    )


def _holders(cell: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in cell.split("<br>"):
        found = HELD.fullmatch(part)
        assert found, f"{part} does not name a record and its fields"
        yield BASE + found[1], tuple(re.findall(r"`([^`]+)`", found[2]))


def filled_in(document: Document) -> set[str]:
    """The paths of a document that lead to a value."""
    return {place.path for place, value in walk(document) if value not in (None, ())}


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {record.uri: record.document for path in FILES for record in read(path).records}


def test_statements_are_numbered_in_the_order_of_the_page() -> None:
    numbers = [row.number for row in rows()]
    assert numbers == list(range(1, 81))


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row.number))
def test_what_the_page_states_is_held_by_the_fields_named(row: Row, documents: dict[str, Document]) -> None:
    assert row.held_by.keys() - documents.keys() == set()
    for uri, paths in row.held_by.items():
        assert set(paths) - filled_in(documents[uri]) == set()


def test_every_record_from_the_page_is_named_in_the_table(documents: dict[str, Document]) -> None:
    named = {uri for row in rows() for uri in row.held_by}
    resting_on_it = {
        uri for uri, document in documents.items() if PAGE in {str(citation.work) for citation in document.sources}
    }
    assert resting_on_it - named - {COMPILER} == set()
