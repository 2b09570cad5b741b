"""The measure: what is typed in any form finds the shipped record, and what is not in it is not found."""

import unicodedata

import pytest
from opencc import OpenCC

from koryu.search.index import Index
from tests.search.measure import Answer, answers, asked, false_hits, found, groups, indexed, nothing, recall, table
from tests.search.published import shipped


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("record"))


@pytest.fixture(scope="module")
def given(record: Index) -> list[Answer]:
    return answers(record, groups())


def test_what_is_looked_for_is_among_the_first_ten(given: list[Answer]) -> None:
    assert len(given) >= 400
    assert recall(given) >= 0.97, table(given)
    assert recall([one for one in given if one.held_out]) >= 0.97, table(given)


def test_what_is_not_there_is_not_found(record: Index) -> None:
    assert sum(map(len, nothing())) >= 100
    assert false_hits(record) == {}


def test_the_record_says_nothing_of_what_is_not_to_be_found() -> None:
    simplified = OpenCC("t2s")

    def plain(text: str) -> str:
        return str(simplified.convert(unicodedata.normalize("NFKC", text).casefold()))

    texts = [plain(form.text) for entry in shipped() for form in (*entry.names, *entry.titles, *entry.texts)]
    there = [query for forms in nothing() for query in forms if any(plain(query) in text for text in texts)]
    assert there == []


def test_every_query_names_records_that_are_there() -> None:
    uris = {entry.uri for entry in shipped()}
    assert {one for _, _, wanted in groups() for one in wanted} - uris == set()


def test_what_the_record_does_not_hold_is_measured_on_entries_made_for_it(published: Index) -> None:
    questions = list(asked("queries-of-entries.yaml"))
    given = answers(published, [one for one in questions if one[2]])
    assert recall(given) >= 0.97, table(given)
    assert {query: uris for group, query, _ in questions if group == "none" and (uris := found(published, query))} == {}
