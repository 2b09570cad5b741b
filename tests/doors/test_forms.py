"""Statements of a wrong form, each sealed with a real key, posted to the door: refused in a sentence, never an error.

`before` is what came of each when the table was written.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from koryu.consent.actions.statements import hear, new_version
from koryu.consent.rules.statement import Statement
from koryu.institutions import queries as institutions
from koryu.ledger import queries as ledger
from koryu.ledger.actions import locked
from koryu.seals.digests import digest_of
from koryu.seals.proofs import seal
from koryu.values.reason import Refused
from tests.doors.attacks import Attack, Attacks, came_of, is_refused, name_of
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    HEAD,
    LETTER,
    NDL,
    NLC,
    NLK,
    Act,
    House,
    exchange,
    settle_in,
    sourced,
    uri,
)

pytestmark = pytest.mark.django_db
FORGED = Attacks()
Plain = dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.mark.parametrize("tried", FORGED, ids=name_of)
def test_it_is_refused_in_a_sentence_and_nothing_is_left_in_the_ledger(tried: Attack) -> None:
    is_refused(tried)


def heard(make: Callable[[], Plain], *, key_of: str = NDL) -> Act:
    """What is made is sealed as it is, whatever its form, and posted to the door."""

    def post() -> None:
        with locked():
            hear(seal(make(), key=institutions.secret_key(key_of), created=AT))

    return post


def proposal(**changed: Any) -> Callable[[], Plain]:
    """A sound proposal of the NDL, but for what is changed in it; None takes a field out."""

    def make() -> Plain:
        header = new_version(record=EXCHANGE, document=exchange(NDL, NLC), parent=None)
        said = {"said": "proposed", "institution": NDL, "record": EXCHANGE, "version": header.digest, **HEAD}
        whole = {**Statement.model_validate({**said, "header": header}).plain(), **changed}
        return {name: value for name, value in whole.items() if value is not None}

    return make


def with_header(**changed: Any) -> Callable[[], Plain]:
    """The same with another header, whose digest is the version."""

    def make() -> Plain:
        whole = proposal()()
        header = {**whole["header"], **changed}
        return {**whole, "header": header, "version": digest_of(header)}

    return make


def acceptance(**changed: Any) -> Act:
    version = House(NDL).propose(exchange(NDL, NLC))
    said = {"said": "accepted", "institution": NLC, "record": EXCHANGE, "version": version, **HEAD, **changed}
    return heard(lambda: {name: value for name, value in said.items() if value is not None}, key_of=NLC)


def test_what_is_sound_is_heard() -> None:
    heard(proposal())()
    assert ledger.entries_about(EXCHANGE)[-1].said == "proposed"


def test_what_is_sound_is_heard_of_an_acceptance() -> None:
    acceptance()()
    assert "accepted" in [entry.said for entry in ledger.entries_about(EXCHANGE)]


DEPARTED = {"institution": NLK, "programme": uri("programme/p"), "version": LETTER}
CHANGED: dict[str, tuple[Callable[[], Act], str]] = {
    "a field nobody knows": (
        lambda: heard(proposal(status="agreed")),
        "refused: This is not a statement: Extra inputs are not permitted",
    ),
    "something said that is not said": (
        lambda: heard(proposal(said="decreed")),
        "refused: This is not a statement: Input should be 'recorded', 'proposed'…",
    ),
    "no record": (lambda: heard(proposal(record=None)), "refused: The header is of another record."),
    "a record that is no URI": (
        lambda: heard(proposal(record="exchange e")),
        "refused: This is not a statement: String should match pattern '^[a-z][a-…",
    ),
    "no version": (lambda: heard(proposal(version=None)), "refused: The digest named is not that of the header."),
    "no header": (lambda: heard(proposal(header=None)), "refused: This statement is incomplete."),
    "no institution": (lambda: heard(proposal(institution=None)), "refused: This is not a statement: Field required"),
    "no person": (lambda: heard(proposal(by=None)), "refused: This is not a statement: Field required"),
    "a person without a name": (
        lambda: heard(proposal(by="")),
        "refused: This is not a statement: String should have at least 1 character",
    ),
    "no time": (lambda: heard(proposal(at=None)), "refused: This is not a statement: Field required"),
    "a time that is none": (
        lambda: heard(proposal(at="yesterday")),
        "refused: This is not a statement: String should match pattern '^\\d{4}-\\d…",
    ),
    "a time with a zone": (
        lambda: heard(proposal(at="2026-11-22T09:00:00+09:00")),
        "refused: This is not a statement: String should match pattern '^\\d{4}-\\d…",
    ),
    "a day there never was": (lambda: heard(proposal(at="2026-02-30T09:00:00Z")), "accepted"),
    "a version that is not that of its header": (
        lambda: heard(proposal(version=LETTER)),
        "refused: The digest named is not that of the header.",
    ),
    "a number where a text is": (
        lambda: heard(proposal(by=7)),
        "refused: This is not a statement: Input should be a valid string",
    ),
    "a list where a text is": (
        lambda: heard(proposal(institution=[NDL])),
        "refused: This is not a statement: Input should be a valid string",
    ),
    "a proposal with agreements": (lambda: heard(proposal(agreements=[{"said": "accepted"}])), "accepted"),
    "a proposal on behalf of another": (lambda: heard(proposal(on_behalf_of=NLC)), "accepted"),
    "a proposal with a letter": (lambda: heard(proposal(letter=LETTER)), "accepted"),
    "a proposal with a reason": (lambda: heard(proposal(reason={"en": "No"})), "accepted"),
    "a proposal that erases": (lambda: heard(proposal(contents=[LETTER])), "accepted"),
    "a proposal that gives a key": (lambda: heard(proposal(key=str(institutions.key_of(NDL)))), "accepted"),
    "owners out of order": (
        lambda: heard(with_header(owners=[NLC, NDL])),
        "refused: The header and the content do not name the same kind and owners.",
    ),
    "an owner twice": (
        lambda: heard(with_header(owners=[NDL, NDL, NLC])),
        "refused: The header and the content do not name the same kind and owners.",
    ),
    "no owners": (
        lambda: heard(with_header(owners=[])),
        "refused: This is not a statement: Tuple should have at least 1 item afte…",
    ),
    "a content that is not here": (
        lambda: heard(with_header(content=LETTER)),
        "refused: The content of this version is missing.",
    ),
    "a header with a field nobody knows": (
        lambda: heard(with_header(note="x")),
        "refused: This is not a statement: Extra inputs are not permitted",
    ),
    "a departure of who is no owner": (
        lambda: heard(
            with_header(departures=[{"institution": NLK, "programme": uri("programme/p"), "version": LETTER}])
        ),
        "refused",
    ),
    "a parent that nobody put forward": (
        lambda: heard(with_header(parent="sha256:" + "0" * 64)),
        "refused: This changed meanwhile: another version is current now.",
    ),
    "an acceptance with a header": (
        lambda: acceptance(header=with_header()()["header"]),
        "refused: The digest named is not that of the header.",
    ),
    "an acceptance on behalf of another": (lambda: acceptance(on_behalf_of=NDL), "accepted"),
    "an acceptance with a letter": (lambda: acceptance(letter=LETTER), "accepted"),
    "an acceptance that erases": (lambda: acceptance(contents=[LETTER]), "accepted"),
    "an acceptance with a reason": (lambda: acceptance(reason={"en": "No"}), "accepted"),
    "an acceptance of no version": (
        lambda: acceptance(version=None),
        "refused: No such version of this record was proposed.",
    ),
    "a decline without a reason": (
        lambda: acceptance(said="declined"),
        "refused: This statement is incomplete.",
    ),
    "a decline with an empty reason": (
        lambda: acceptance(said="declined", reason={}),
        "refused: This is not a statement: Value error, a text by language was ex…",
    ),
    "a letter without a digest": (
        lambda: acceptance(said="accepted by letter", on_behalf_of=NDL),
        "refused: This statement is incomplete.",
    ),
    "an account that differs in nothing": (
        lambda: acceptance(said="account differs"),
        "refused: No such version of this record was proposed.",
    ),
    "an erasing with a version": (
        lambda: acceptance(said="erased", contents=[LETTER]),
        "refused: Nothing stands on this record that could be erased.",
    ),
}
for what, (prepared, came) in CHANGED.items():
    FORGED.append(Attack(name=what, before=came, prepare=prepared))


@FORGED.tried(before="accepted")
def a_person_is_called_by_a_character_that_ends_a_text() -> Act:
    return heard(proposal(by="head\x00"))


# What cannot even be sealed, or was sealed otherwise


@pytest.mark.parametrize(
    ("posted", "before"),
    [
        ({}, "refused"),
        ({"said": "accepted"}, "refused"),
        ({"proof": None}, "refused"),
        ({"proof": {}}, "refused"),
        ({"proof": {"type": "DataIntegrityProof", "proofValue": "z1"}}, "refused"),
        ({"proof": []}, "refused"),
        ({"said": "accepted", "institution": NDL, "proof": {"verificationMethod": "did:key:z6Mk#z6Mk"}}, "refused"),
    ],
    ids=str,
)
def test_what_bears_no_seal_is_refused(posted: Plain, before: str) -> None:
    number = ledger.last_number()
    with pytest.raises(Refused), locked():
        hear(posted)
    assert ledger.last_number() == number


@pytest.mark.parametrize("field", ["said", "institution", "by", "at", "record", "version"])
def test_each_field_that_is_changed_after_the_seal_is_noticed(field: str) -> None:
    """Before: so it was."""
    version = House(NDL).propose(exchange(NDL, NLC))
    said = {"said": "accepted", "institution": NLC, "record": EXCHANGE, "version": version, **HEAD}
    sealed = seal(said, key=institutions.secret_key(NLC), created=AT)
    changed = {**sealed, field: {"said": "declined", "institution": NDL}.get(field, str(sealed[field]) + "0")}
    number = ledger.last_number()
    with pytest.raises(Refused), locked():
        hear(changed)
    assert ledger.last_number() == number


def test_a_statement_is_not_heard_a_second_time_in_another_order_of_its_fields() -> None:
    """Before: so it was."""
    version = House(NDL).propose(exchange(NDL, NLC, NLK))
    said = {"said": "accepted", "institution": NLC, "record": EXCHANGE, "version": version, **HEAD}
    sealed = seal(said, key=institutions.secret_key(NLC), created=AT)
    with locked():
        hear(sealed)
    number = ledger.last_number()
    with pytest.raises(Refused), locked():
        hear(dict(reversed(sealed.items())))
    assert ledger.last_number() == number


def test_a_statement_sealed_once_more_by_the_same_key_is_not_heard_twice() -> None:
    """Before: so it was."""
    version = House(NDL).propose(exchange(NDL, NLC, NLK))
    House(NLC).accept(version)
    said = {"said": "accepted", "institution": NLC, "record": EXCHANGE, "version": version, **HEAD}
    number = ledger.last_number()
    with pytest.raises(Refused), locked():
        hear(seal(said, key=institutions.secret_key(NLC), created="2026-11-22T09:00:01Z"))
    assert ledger.last_number() == number


def test_a_day_there_never_was_takes_no_public_page_down() -> None:
    """Before: what is new, its feed and the record's history answered with an error."""

    def make() -> Plain:
        header = new_version(record=EXCHANGE, document=sourced(exchange(NDL, NLC)), parent=None)
        said = {"said": "recorded", "institution": COMPILER, "record": EXCHANGE, "version": header.digest, **HEAD}
        return {**Statement.model_validate({**said, "header": header}).plain(), "at": "2026-02-30T09:00:00Z"}

    came_of(heard(make, key_of=COMPILER))
    places = ("/en/new/", "/en/new.atom", "/en/exchange/e/history/", "/sitemap-records.xml", "/en/")
    assert {place: came_of(partial(Client().get, place)) for place in places} == dict.fromkeys(places, "accepted")
