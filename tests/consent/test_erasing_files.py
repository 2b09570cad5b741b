"""What is erased takes its letters and scans with it, and nothing that another still names."""

from typing import Any

import pytest

from koryu.consent import actions
from koryu.files.actions import bring
from koryu.files.queries import brought as files_brought
from koryu.files.queries import kept
from koryu.records.kinds import document_of
from tests.world import AT, COMPILER, NAL, NDL, NLK, House, exchange, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
HEAD: dict[str, Any] = {"by": "head", "at": AT}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
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
    actions.erase(institution=NDL, record=uri("exchange/one"), at_request_of_named=True, **HEAD)
    assert kept([letter]) == set()


def test_a_letter_that_answers_two_records_stays_for_the_other() -> None:
    letter = brought(b"%PDF letter", record=uri("exchange/one"))
    agreed_by_letter(uri("exchange/one"), letter)
    agreed_by_letter(uri("exchange/two"), letter)
    actions.erase(institution=NDL, record=uri("exchange/one"), at_request_of_named=True, **HEAD)
    assert kept([letter]) == {letter}


def test_that_a_stranger_names_a_scan_does_not_keep_it() -> None:
    give_voice(NAL)
    put_on_record(NAL)
    record, others = uri("agreement/one"), uri("agreement/theirs")
    scan = brought(b"%PDF scan", record=record)
    House(NDL, record=record).propose(document_of(agreement(scan)))
    House(NAL, record=others).propose(document_of({**agreement(scan), "institutions": [NAL]}))
    actions.erase(institution=NDL, record=record, **HEAD)
    assert kept([scan]) == set()


def test_what_another_has_brought_for_a_record_of_its_own_stays_for_it() -> None:
    give_voice(NAL)
    put_on_record(NAL)
    record, others = uri("agreement/one"), uri("agreement/theirs")
    scan = brought(b"%PDF scan", record=record)
    bring(name="z.pdf", media_type="application/pdf", body=b"%PDF scan", institution=NAL, record=others, **HEAD)
    House(NDL, record=record).propose(document_of(agreement(scan)))
    actions.erase(institution=NDL, record=record, **HEAD)
    assert [(one.institution, one.name) for one in files_brought(scan)] == [(NAL, "z.pdf")]
    assert kept([scan]) == {scan}


def test_a_name_that_must_go_is_not_kept_for_the_record_that_is_left() -> None:
    letter = brought(b"%PDF letter", record=uri("exchange/one"))
    agreed_by_letter(uri("exchange/one"), letter)
    agreed_by_letter(uri("exchange/two"), letter)
    actions.erase(institution=NDL, record=uri("exchange/one"), at_request_of_named=True, **HEAD)
    assert [(one.record, one.name) for one in files_brought(letter)] == [(uri("exchange/two"), f"{letter[7:15]}.pdf")]


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
