"""What is erased takes its letters and scans with it, and nothing that another still names."""

from typing import Any

import pytest

from koryu.consent import actions
from koryu.files.actions import bring
from koryu.files.queries import kept
from koryu.records.kinds import document_of
from tests.consent.houses import AT, COMPILER, NDL, NLK, House, exchange, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
HEAD: dict[str, Any] = {"by": "head", "at": AT}


@pytest.fixture(autouse=True)
def houses(db: None) -> None:
    give_voice(NDL, COMPILER)
    put_on_record(NDL, NLK)


def brought(body: bytes, *, record: str) -> str:
    whose = {"institution": NDL, "record": record, **HEAD}
    return bring(name="letter.pdf", media_type="application/pdf", body=body, **whose)


def agreed_by_letter(record: str, letter: str) -> None:
    version = House(NDL, record=record).propose(exchange(NDL, NLK))
    said = {"institution": NDL, "on_behalf_of": NLK, "record": record, "version": version, **HEAD}
    actions.accept_by_letter(letter=letter, **said)


def agreement(scan: str) -> dict[str, Any]:
    file = {"id": "scan", "name": "scan.pdf", "digest": scan, "media_type": "application/pdf", "size": 4}
    return {
        "kind": "agreement",
        "type": "memorandum of understanding",
        "title": {"en": "Memorandum"},
        "institutions": [NDL],
        "texts_in": [{"id": "en", "lang": "en", "authentic": True, "file": file}],
    }


def test_the_letter_of_an_erased_record_goes_with_it() -> None:
    letter = brought(b"%PDF letter", record=uri("exchange/one"))
    agreed_by_letter(uri("exchange/one"), letter)
    actions.erase(institution=NDL, record=uri("exchange/one"), **HEAD)
    assert kept([letter]) == set()


def test_a_letter_that_answers_two_records_stays_for_the_other() -> None:
    letter = brought(b"%PDF letter", record=uri("exchange/one"))
    agreed_by_letter(uri("exchange/one"), letter)
    agreed_by_letter(uri("exchange/two"), letter)
    actions.erase(institution=NDL, record=uri("exchange/one"), **HEAD)
    assert kept([letter]) == {letter}


@pytest.mark.parametrize("drafted", [False, True])
def test_a_scan_goes_unless_a_draft_still_names_it(drafted: bool) -> None:
    record = uri("agreement/one")
    scan = brought(b"%PDF scan", record=record)
    House(NDL, record=record).propose(document_of(agreement(scan)))
    if drafted:
        said = {"institution": NDL, "record": uri("agreement/two"), "replaces": None, **HEAD}
        actions.draft(content=agreement(scan), **said)
    actions.erase(institution=NDL, record=record, **HEAD)
    assert bool(kept([scan])) == drafted
