"""What every kind of record keeps to."""

import ast
import json
from pathlib import Path

import pytest

from koryu.cli.schemas import schema
from koryu.records.kinds import KINDS, NAMES, document_of
from koryu.values.reason import Refused
from tests.shipped import BASE, shipped
from tests.source import nodes_of


def test_every_kind_has_its_words_and_a_schema_that_is_written_down() -> None:
    assert list(NAMES) == list(KINDS)
    for kind in KINDS:
        assert json.loads(Path(f"docs/reference/schemas/{kind}.json").read_text()) == json.loads(schema(kind))


def test_content_read_back_is_the_same_content_and_says_the_same_of_itself() -> None:
    for document in shipped().values():
        again = document_of(json.loads(json.dumps(document.content())))
        assert again == document
        assert (again.content(), again.owners(), again.summary()) == (
            document.content(),
            document.owners(),
            document.summary(),
        )


def test_what_was_kept_reads_the_same_without_being_checked_again() -> None:
    for document in shipped().values():
        kept = document_of(json.loads(json.dumps(document.content())), kept=True)
        assert kept == document
        assert kept.content() == document.content()


def test_owners_are_sorted_and_each_named_once() -> None:
    for document in shipped().values():
        assert list(document.owners()) == sorted(set(document.owners()))


def test_links_are_found_wherever_they_stand() -> None:
    content = {
        "kind": "exchange",
        "form": "visit",
        "event": {"state": "held"},
        "title": {"en": "Visit"},
        "institutions": ["institution/a", "institution/b"],
        "hosts": ["institution/a"],
        "programmes": [{"id": "p", "programme": "programme/x", "number": "12"}],
        "stands_in_for": {"exchange": "exchange/y"},
        "sources": [{"id": "s", "work": "work/w"}],
    }
    links = document_of(content, base=BASE).links()
    assert {(link.rel, link.item, link.target.removeprefix(BASE), link.kinds) for link in links} == {
        ("sources", "s", "work/w", ("work",)),
        ("institutions", "", "institution/a", ("institution",)),
        ("institutions", "", "institution/b", ("institution",)),
        ("hosts", "", "institution/a", ("institution",)),
        ("programmes", "p", "programme/x", ("programme",)),
        ("stands_in_for", "", "exchange/y", ("exchange",)),
    }


def test_two_items_of_one_list_never_bear_the_same_id() -> None:
    with pytest.raises(ValueError, match="used twice in programmes"):
        document_of(
            {
                "kind": "exchange",
                "form": "visit",
                "event": {"state": "held"},
                "title": {"en": "Visit"},
                "institutions": ["tag:a,2026:i"],
                "programmes": [{"id": "p", "programme": "tag:a,2026:p"}, {"id": "p", "programme": "tag:a,2026:q"}],
            }
        )


def test_a_kind_nobody_knows_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(Refused, match="expected one of institution, person"):
        document_of({"kind": "banquet"})


# What reads a content that is being written now, or was brought up to date before.
WRITTEN_NOW = {
    "cli/accounts.py",
    "cli/practice_data.py",
    "cli/practice_exchanges.py",
    "cli/practice_parts.py",
    "cli/practice_scenes.py",
    "consent/actions/admission.py",
    "consent/actions/document_to_send.py",
    "sheets/errors.py",
    "desk/agreements/pages.py",
    "desk/exchange/cited_work.py",
    "desk/exchange/together/named_together.py",
    "desk/exchange/together/new_names.py",
    "desk/exchange/together/preview_pages.py",
    "ingest/dataset.py",
    "records/kinds.py",
}


def test_whoever_reads_a_content_that_was_said_hands_the_schema_it_was_said_in() -> None:
    house = Path("koryu")
    without = {
        file.relative_to(house).as_posix()
        for file in house.rglob("*.py")
        for call in nodes_of(file)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "document_of"
        if not any(given.arg == "schema" for given in call.keywords)
    }
    assert without == WRITTEN_NOW
