"""The twelve rules of consent, each at the door through which everything is said."""

from typing import Any

import pytest

from koryu.archive import queries as archive
from koryu.consent import actions, queries
from koryu.consent.actions.statements import hear, new_version, seal_and_hear
from koryu.consent.rules.statement import Departure, Statement
from koryu.institutions import queries as institutions
from koryu.ledger import queries as ledger
from koryu.ledger.actions import locked
from koryu.records.document import Document
from koryu.seals.digests import digest
from koryu.seals.keys import SecretKey
from koryu.seals.proofs import seal
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    House,
    exchange,
    give_voice,
    history,
    programme,
    put_on_record,
)

pytestmark = pytest.mark.django_db

LETTER = digest(b"letter")
NO = Text.of(en="another week would suit us better")


@pytest.fixture(scope="module", autouse=True)
def institutions_speak(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)


def refused(call: Any, *given: Any, **named: Any) -> str:
    """The reason with which a call is refused, after making sure that nothing was left in the ledger."""
    before = ledger.last_number()
    with pytest.raises(Refused) as caught:
        call(*given, **named)
    assert ledger.last_number() == before
    return str(caught.value.reason)


def heard_elsewhere(institution: str, document: Document, *, replaces: str | None, departures: Any = ()) -> str:
    """A proposal as it comes from another server, which does not know what is open on this one."""
    with locked():
        header = new_version(record=EXCHANGE, document=document, parent=replaces, departures=departures)
        seal_and_hear(
            Statement(
                said="proposed",
                institution=institution,
                by="head",
                at=AT,
                record=EXCHANGE,
                version=header.digest,
                header=header,
            )
        )
    return header.digest


def agreed(*houses: str, document: Document | None = None, record: str = EXCHANGE) -> str:
    """A version that these institutions have agreed."""
    first, *others = (House(one, record) for one in houses)
    version = first.propose(document or exchange(*houses))
    for other in others:
        other.accept(version)
    assert history(record).agreed == version
    return version


def a_programme_left_by(leaver: str, *others: str) -> Departure:
    """A programme that `leaver` agrees to have left, and the departure that says so."""
    first = agreed(*others, leaver, document=programme(*others, leaver), record=PROGRAMME)
    version = House(others[0], PROGRAMME).propose(programme(*others, left=(leaver,)), replaces=first)
    for other in (*others[1:], leaver):
        House(other, PROGRAMME).accept(version)
    return Departure(institution=leaver, programme=PROGRAMME, version=version)


def held_under(*institutions: str, title: str = "Exchange") -> Document:
    """An exchange under PROGRAMME, whose dates begin after anybody has left it."""
    dates = [{"id": "d", "scope": "trip", "date": "2021-06"}]
    return exchange(*institutions, title=title, programmes=[{"id": "p", "programme": PROGRAMME}], dates=dates)


# 1. Who must agree


def test_a_version_stands_only_when_every_owner_has_accepted_it() -> None:
    version = House(NDL).propose(exchange(NDL, NLC, NLK))
    House(NLC).accept(version)
    assert history().in_force is None
    House(NLK).accept(version)
    assert history().in_force == version


def test_nobody_is_written_out_of_a_record_alone() -> None:
    both = agreed(NDL, NLC)
    alone = House(NDL).propose(exchange(NDL), replaces=both)
    assert history().in_force == both
    House(NLC).accept(alone)
    assert history().in_force == alone


def test_nobody_writes_itself_into_a_record_alone() -> None:
    both = agreed(NDL, NLC)
    three = exchange(NDL, NLC, NLK)
    assert "Only an institution of the current version" in refused(House(NLK).propose, three, replaces=both)
    House(NLC).accept(House(NDL).propose(three, replaces=both))
    assert history().in_force == both


def test_a_stranger_can_propose_nothing() -> None:
    assert "Only an institution that must agree" in refused(House(NLK).propose, exchange(NDL, NLC))


def test_who_had_left_by_a_programme_version_it_agreed_to_need_not_agree() -> None:
    departure = a_programme_left_by(NLK, NDL, NLC)
    three = agreed(NDL, NLC, NLK, document=held_under(NDL, NLC, NLK))
    two = House(NDL).propose(held_under(NDL, NLC), replaces=three, departures=(departure,))
    House(NLC).accept(two)
    assert history().in_force == two


def test_who_had_left_agrees_all_the_same_where_it_is_written_in_anew() -> None:
    departure = a_programme_left_by(NLK, NDL, NLC)
    three = agreed(NDL, NLC, NLK, document=held_under(NDL, NLC, NLK))
    again = House(NDL).propose(held_under(NDL, NLC, NLK, title="Again"), replaces=three, departures=(departure,))
    House(NLC).accept(again)
    assert history().in_force == three


def test_a_departure_that_the_institution_did_not_agree_to_is_refused() -> None:
    first = agreed(NDL, NLC, document=programme(NDL, NLC), record=PROGRAMME)
    without = House(NDL, PROGRAMME).propose(programme(NDL, NLC, left=(NLK,)), replaces=first)
    House(NLC, PROGRAMME).accept(without)
    three = agreed(NDL, NLC, NLK, document=held_under(NDL, NLC, NLK))
    departure = Departure(institution=NLK, programme=PROGRAMME, version=without)
    assert "did not agree to the programme version cited" in refused(
        House(NDL).propose, held_under(NDL, NLC), replaces=three, departures=(departure,)
    )


def test_a_departure_that_does_not_stand_yet_is_refused() -> None:
    first = agreed(NDL, NLC, NLK, document=programme(NDL, NLC, NLK), record=PROGRAMME)
    waiting = House(NDL, PROGRAMME).propose(programme(NDL, NLC, left=(NLK,)), replaces=first)
    three = agreed(NDL, NLC, NLK, document=held_under(NDL, NLC, NLK))
    departure = Departure(institution=NLK, programme=PROGRAMME, version=waiting)
    assert "does not say that" in refused(
        House(NDL).propose, held_under(NDL, NLC), replaces=three, departures=(departure,)
    )


def test_a_departure_from_another_programme_is_refused() -> None:
    departure = a_programme_left_by(NLK, NDL, NLC)
    three = agreed(NDL, NLC, NLK)
    assert "does not belong to the programme cited" in refused(
        House(NDL).propose, exchange(NDL, NLC), replaces=three, departures=(departure,)
    )


def test_a_departure_is_void_once_the_institution_has_come_back() -> None:
    departure = a_programme_left_by(NLK, NDL, NLC)
    back = House(NDL, PROGRAMME).propose(programme(NDL, NLC, NLK), replaces=departure.version)
    for house in (NLC, NLK):
        House(house, PROGRAMME).accept(back)
    three = agreed(NDL, NLC, NLK, document=held_under(NDL, NLC, NLK))
    assert "does not say that" in refused(
        House(NDL).propose, held_under(NDL, NLC), replaces=three, departures=(departure,)
    )


# 2. What a proposal replaces


def test_a_proposal_of_what_no_longer_stands_is_told_so() -> None:
    first = agreed(NDL, NLC)
    second = House(NDL).propose(exchange(NDL, NLC, title="Second"), replaces=first)
    House(NLC).accept(second)
    assert "This changed meanwhile" in refused(House(NLC).propose, exchange(NDL, NLC, title="Late"), replaces=first)


def test_a_first_version_is_refused_where_one_stands() -> None:
    agreed(NDL, NLC)
    assert "This changed meanwhile" in refused(House(NLC).propose, exchange(NDL, NLC, title="First again"))


def test_a_first_version_names_the_recorded_one_as_it_is_now_or_none() -> None:
    recorded = record(COMPILER, exchange(NDL, NLC))
    record(COMPILER, exchange(NDL, NLC, title="Corrected"))
    assert "This changed meanwhile" in refused(House(NDL).propose, exchange(NDL, NLC), replaces=recorded)
    version = House(NDL).propose(exchange(NDL, NLC))
    House(NLC).accept(version)
    assert history().in_force == version


# 3. One word, on one version


def test_proposing_is_accepting() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    assert set(history().agreements(version)) == {NDL}


def test_acceptances_of_different_versions_never_add_up() -> None:
    first = House(NDL).propose(exchange(NDL, NLC, NLK, title="First"))
    House(NLC).accept(first)
    second = heard_elsewhere(NLK, exchange(NDL, NLC, NLK, title="Second"), replaces=None)
    assert history().in_force is None
    assert "has already accepted another" in refused(House(NDL).accept, second)
    assert "has already accepted another" in refused(House(NLK).accept, first)


def test_an_institution_says_its_word_once() -> None:
    version = House(NDL).propose(exchange(NDL, NLC, NLK))
    House(NLC).accept(version)
    assert "has already replied" in refused(House(NLC).accept, version)
    assert "has already replied" in refused(actions.decline, version=version, reason=NO, **House(NLC).said)
    assert "has already replied" in refused(actions.decline, version=version, reason=NO, **House(NDL).said)


def test_who_stands_on_an_open_version_proposes_no_other() -> None:
    heard_elsewhere(NDL, exchange(NDL, NLC), replaces=None)
    with pytest.raises(Refused, match="has already accepted another"):
        heard_elsewhere(NDL, exchange(NDL, NLC, title="Other"), replaces=None)


def test_a_declined_version_is_never_concluded() -> None:
    version = House(NDL).propose(exchange(NDL, NLC, NLK))
    actions.decline(version=version, reason=NO, **House(NLC).said)
    assert "no longer open" in refused(House(NLK).accept, version)
    assert "no longer open" in refused(actions.conclude, record=EXCHANGE, version=version, at=AT)


def test_who_need_not_agree_can_neither_accept_nor_decline() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    assert "not among those who must agree" in refused(House(NLK).accept, version)
    assert "not among those who must agree" in refused(actions.decline, version=version, reason=NO, **House(NLK).said)


def test_a_counter_proposal_declines_and_proposes_in_one_act() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    other = actions.counter(version=version, reason=NO, document=exchange(NDL, NLC, title="Later"), **House(NLC).said)
    assert history().declined_by(version) == {NLC}
    House(NDL).accept(other)
    assert history().in_force == other


def test_a_counter_proposal_that_cannot_be_proposed_declines_nothing() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    assert "Only an institution that must agree" in refused(
        actions.counter, version=version, reason=NO, document=exchange(NDL), **House(NLC).said
    )
    assert history().open_versions == (version,)


def test_on_one_server_a_record_has_one_open_proposal() -> None:
    House(NDL).propose(exchange(NDL, NLC))
    assert "already an open proposal for this record" in refused(House(NLC).propose, exchange(NDL, NLC, title="Mine"))


# 4. Concluding and withdrawing


def test_the_proposer_withdraws_until_it_is_concluded_and_not_after() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    assert "Only the institution that proposed" in refused(actions.withdraw, version=version, **House(NLC).said)
    actions.withdraw(version=version, **House(NDL).said)
    assert "no longer open" in refused(House(NLC).accept, version)
    assert "no longer open" in refused(actions.withdraw, version=version, **House(NDL).said)
    concluded = agreed(NDL, NLC, document=exchange(NDL, NLC, title="Once more"))
    assert "can no longer be withdrawn" in refused(actions.withdraw, version=concluded, **House(NDL).said)


def test_nothing_is_concluded_before_all_have_accepted() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    assert "Not every institution" in refused(actions.conclude, record=EXCHANGE, version=version, at=AT)


def test_a_version_is_concluded_by_its_proposer_alone() -> None:
    version = heard_elsewhere(NDL, exchange(NDL, NLC), replaces=None)
    assert "Only the institution that proposed" in refused(seal_and_hear_concluded, NLC, version)


def test_no_version_ever_has_two_concluded_successors() -> None:
    first = agreed(NDL, NLC)
    one = heard_elsewhere(NDL, exchange(NDL, NLC, title="One"), replaces=first)
    two = heard_elsewhere(NLC, exchange(NDL, NLC, title="Two"), replaces=first)
    assert "has already accepted another" in refused(House(NLC).accept, one)
    actions.withdraw(version=two, **House(NLC).said)
    House(NLC).accept(one)
    with pytest.raises(Refused, match="This changed meanwhile"):
        heard_elsewhere(NLC, exchange(NDL, NLC, title="Two again"), replaces=first)


def test_what_replaced_it_meanwhile_keeps_a_late_acceptance_out() -> None:
    departure = a_programme_left_by(NLK, NDL, NLC)
    three = agreed(NDL, NLC, NLK, document=held_under(NDL, NLC, NLK))
    late = heard_elsewhere(NLK, held_under(NDL, NLC, NLK, title="Late"), replaces=three)
    soon = heard_elsewhere(NDL, held_under(NDL, NLC), replaces=three, departures=(departure,))
    House(NLC).accept(soon)
    assert history().in_force == soon
    assert "This changed meanwhile" in refused(House(NDL).accept, late)


# 5. By letter


def test_a_letter_speaks_for_an_institution_without_a_key_and_is_shown_as_such() -> None:
    version = House(NDL).propose(exchange(NDL, NAL))
    actions.accept_by_letter(on_behalf_of=NAL, letter=LETTER, version=version, **House(NDL).said)
    shown = archive.record_named(EXCHANGE, asking=archive.EVERYBODY)
    assert shown is not None
    assert (shown.version.basis, shown.version.by_letter) == ("agreed by letter", (NAL,))


def test_a_letter_is_not_recorded_for_who_has_a_key() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    assert "must reply itself" in refused(by_letter, NDL, version, on_behalf_of=NLC)


def test_a_letter_is_recorded_by_one_who_must_agree_and_for_one_who_must() -> None:
    version = House(NDL).propose(exchange(NDL, NLC, NAL))
    assert "Only an institution that must agree" in refused(by_letter, NLK, version, on_behalf_of=NAL)
    assert "not among those" in refused(by_letter, NDL, version, on_behalf_of="tag:example.org,2026:institution/x")


def test_a_letter_counts_once_and_for_one_version() -> None:
    first = House(NDL).propose(exchange(NDL, NLC, NAL))
    by_letter(NDL, first, on_behalf_of=NAL)
    assert "has already replied" in refused(by_letter, NDL, first, on_behalf_of=NAL)
    second = heard_elsewhere(NLC, exchange(NDL, NLC, NAL, title="Second"), replaces=None)
    assert "has already accepted another" in refused(by_letter, NLC, second, on_behalf_of=NAL)


def test_a_letter_is_named_by_its_digest() -> None:
    version = House(NDL).propose(exchange(NDL, NAL))
    with pytest.raises(ValueError, match="letter"):
        by_letter(NDL, version, on_behalf_of=NAL, letter="our letter of May")


# 6. What a conclusion carries


def test_a_conclusion_carries_the_proof_of_each_who_must_agree() -> None:
    version = agreed(NDL, NLC, NLK)
    concluded = queries.conclusion(version)
    assert concluded is not None
    assert sorted(one["institution"] for one in concluded.agreements) == sorted([NDL, NLC, NLK])


def test_a_conclusion_without_each_proof_is_refused() -> None:
    version = heard_elsewhere(NDL, exchange(NDL, NLC), replaces=None)
    with locked():
        seal_and_hear(Statement(said="accepted", institution=NLC, by="head", at=AT, record=EXCHANGE, version=version))
    assert "must contain the proof of each" in refused(seal_and_hear_concluded, NDL, version)


def test_a_conclusion_with_a_proof_that_was_tampered_with_is_refused() -> None:
    version = heard_elsewhere(NDL, exchange(NDL, NLC), replaces=None)
    with locked():
        seal_and_hear(Statement(said="accepted", institution=NLC, by="head", at=AT, record=EXCHANGE, version=version))
    own, other = (dict(entry.sealed) for entry in ledger.agreements_to(version, said=("proposed", "accepted")))
    forged = {**other, "proof": {**other["proof"], "proofValue": own["proof"]["proofValue"]}}
    said = Statement(
        said="concluded",
        institution=NDL,
        by="server",
        at=AT,
        record=EXCHANGE,
        version=version,
        agreements=(own, forged),
    )
    assert "must contain the proof of each" in refused(seal_and_hear, said)


# 7. Never inherited, never un-said


def test_an_acceptance_is_not_inherited_by_the_next_version() -> None:
    first = agreed(NDL, NLC)
    second = House(NDL).propose(exchange(NDL, NLC, title="Second"), replaces=first)
    assert set(history().agreements(second)) == {NDL}
    assert history().in_force == first


def test_an_acceptance_is_not_taken_back() -> None:
    version = House(NDL).propose(exchange(NDL, NLC, NLK))
    House(NLC).accept(version)
    assert "Only the institution that proposed" in refused(actions.withdraw, version=version, **House(NLC).said)


# 8. What is recorded


def record(institution: str, document: Document) -> str:
    sourced = document.model_copy(update={"sources": ()})
    text = {**sourced.content(), "sources": [{"id": "s", "work": "tag:example.org,2026:work/page"}]}
    return actions.record(
        institution=institution, record=EXCHANGE, document=type(document).model_validate(text), by="head", at=AT
    )


def test_a_record_binds_no_owner_and_stands_as_what_it_is() -> None:
    record(COMPILER, exchange(NDL, NLC))
    shown = archive.record_named(EXCHANGE, asking=archive.EVERYBODY)
    assert shown is not None
    assert (shown.version.basis, shown.version.said_by) == ("recorded", COMPILER)
    assert history().agreed is None


def test_each_recorder_replaces_its_own_line_alone() -> None:
    first = record(COMPILER, exchange(NDL, NLC))
    beside = record(NLK, exchange(NDL, NLC, title="As we have it"))
    again = record(COMPILER, exchange(NDL, NLC, title="Corrected"))
    assert history().lines == {COMPILER: again, NLK: beside}
    assert (history().headers[again].parent, history().headers[beside].parent) == (first, None)


def test_the_line_of_an_owner_is_shown_before_that_of_anybody_else() -> None:
    record(COMPILER, exchange(NDL, NLC))
    record(NLK, exchange(NDL, NLC, title="As we have it"))
    ours = record(NLC, exchange(NDL, NLC, title="Ours"))
    record(COMPILER, exchange(NDL, NLC, title="Corrected"))
    shown = archive.record_named(EXCHANGE, asking=archive.EVERYBODY)
    assert shown is not None
    assert (shown.version.digest, history().in_force) == (ours, ours)


def test_the_owners_of_the_first_recorded_version_stay_once_another_has_spoken() -> None:
    record(COMPILER, exchange(NDL))
    record(COMPILER, exchange(NDL, NLC))
    assert "none of them can be left out" in refused(record, NLK, exchange(NLK, title="Mine alone"))
    record(NLK, exchange(NDL, NLC, NLK))
    assert "none of them can be left out" in refused(record, COMPILER, exchange(NDL, title="Without"))
    assert history().recorded_owners == {NDL, NLC}


def test_nothing_is_recorded_in_the_place_of_what_was_agreed() -> None:
    recorded = record(COMPILER, exchange(NDL, NLC))
    version = House(NDL).propose(exchange(NDL, NLC), replaces=recorded)
    House(NLC).accept(version)
    assert "There is an agreed version" in refused(record, COMPILER, exchange(NDL, NLC, title="Corrected"))


def test_what_is_recorded_names_its_sources() -> None:
    assert "must name its sources" in refused(
        actions.record, institution=COMPILER, record=EXCHANGE, document=exchange(NDL, NLC), by="head", at=AT
    )


def test_the_last_remark_of_an_institution_counts_and_changes_nothing_that_stands() -> None:
    version = record(COMPILER, exchange(NDL, NLC))
    actions.account_differs(version=version, note=Text.of(en="ours says June"), **House(NLC).said)
    actions.check(version=version, **House(NLC).said)
    shown = archive.record_named(EXCHANGE, asking=archive.EVERYBODY)
    assert shown is not None
    assert [(one.institution, one.said) for one in shown.version.remarks] == [(NLC, "checked")]
    assert history().in_force == version


def test_an_institution_does_not_check_its_own_statement() -> None:
    version = record(COMPILER, exchange(NDL, NLC))
    assert "its own statement" in refused(actions.check, version=version, **House(COMPILER).said)


# 9. Points left open


def test_a_point_left_open_is_part_of_what_is_accepted() -> None:
    document = exchange(NDL, NLC, open=[{"id": "dates", "field": "dates"}])
    version = agreed(NDL, NLC, document=document)
    shown = archive.record_named(EXCHANGE, asking=archive.EVERYBODY)
    assert shown is not None
    assert [point.field for point in shown.document.open] == ["dates"]
    assert shown.version.digest == version


@pytest.mark.parametrize("field", ["title", "form", "event", "institutions"])
def test_what_a_kind_requires_cannot_be_left_open(field: str) -> None:
    with pytest.raises(ValueError, match="cannot be left open"):
        exchange(NDL, NLC, open=[{"id": "o", "field": field}])


# 10. Who may speak, and what may be said


def test_only_who_may_speak_for_an_institution_lets_it_speak() -> None:
    said = {**House(NDL).said, "by": "visitor"}
    assert "Only the head" in refused(actions.propose, document=exchange(NDL, NLC), replaces=None, **said)


def test_an_institution_without_a_key_says_nothing() -> None:
    assert "Only the head" in refused(House(NAL).propose, exchange(NDL, NAL))
    with pytest.raises(Refused, match="has no key on this server"), locked():
        seal_and_hear(Statement(said="accepted", institution=NAL, by="head", at=AT, record=EXCHANGE, version=LETTER))


def test_what_is_sealed_with_another_key_is_not_heard() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    said = Statement(said="accepted", institution=NLC, by="head", at=AT, record=EXCHANGE, version=version)
    forged = seal(said.plain(), key=SecretKey.generate(), created=AT)
    stolen = seal(said.plain(), key=institutions.secret_key(NDL), created=AT)
    for sealed in (forged, stolen):
        assert "no digital check made with the key of" in refused(heard, sealed)


def test_what_was_changed_after_it_was_sealed_is_not_heard() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    said = Statement(said="accepted", institution=NLC, by="head", at=AT, record=EXCHANGE, version=version)
    sealed = seal(said.plain(), key=institutions.secret_key(NLC), created=AT)
    assert "does not fit the document" in refused(heard, {**sealed, "at": "2026-11-23T09:00:00Z"})


def test_a_retired_key_says_nothing_more() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    secret = institutions.secret_key(NLC)
    actions.retire_key(institution=NLC, by="operator", at=AT)
    said = Statement(said="accepted", institution=NLC, by="head", at=AT, record=EXCHANGE, version=version)
    assert "no digital check made with the key of" in refused(heard, seal(said.plain(), key=secret, created=AT))


def test_a_header_that_does_not_say_what_the_content_says_is_refused() -> None:
    with locked():
        header = new_version(record=EXCHANGE, document=exchange(NDL, NLC), parent=None)
        header = header.model_copy(update={"owners": (NDL,)})
        said = Statement(
            said="proposed", institution=NDL, by="head", at=AT, record=EXCHANGE, version=header.digest, header=header
        )
        assert "do not name the same" in refused(seal_and_hear, said)


def test_what_was_said_before_word_for_word_is_not_said_again() -> None:
    version = record(COMPILER, exchange(NDL, NLC))
    actions.check(version=version, **House(NLC).said)
    assert "was already made" in refused(actions.check, version=version, **House(NLC).said)


# 11. No clock


def test_what_stands_does_not_depend_on_the_times_that_were_written() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    actions.accept(institution=NLC, record=EXCHANGE, version=version, by="head", at="1981-01-01T00:00:00Z")
    second = actions.propose(
        institution=NDL,
        record=EXCHANGE,
        document=exchange(NDL, NLC, title="Second"),
        replaces=version,
        by="head",
        at="1980-01-01T00:00:00Z",
    )
    House(NLC).accept(second)
    assert history().in_force == second


# 12. Alone, silent, joining


def test_one_who_must_agree_agrees_by_saying_it() -> None:
    version = House(NDL).propose(exchange(NDL))
    assert history().in_force == version


def test_one_that_stays_silent_holds_the_record_where_it_stands_and_the_others_go_on_in_a_new_one() -> None:
    first = agreed(NDL, NLC, NLK)
    second = House(NDL).propose(exchange(NDL, NLC, NLK, title="Second"), replaces=first)
    House(NLC).accept(second)
    assert history().in_force == first
    other = EXCHANGE + "-2"
    assert agreed(NDL, NLC, record=other) == history(other).in_force


def test_one_that_joins_while_a_plan_is_open_enters_with_the_next_version() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    assert "not among those who must agree" in refused(House(NLK).accept, version)
    House(NLC).accept(version)
    joined = House(NDL).propose(exchange(NDL, NLC, NLK), replaces=version)
    House(NLC).accept(joined)
    assert history().in_force == version
    House(NLK).accept(joined)
    assert history().in_force == joined


def by_letter(institution: str, version: str, *, on_behalf_of: str, letter: str = LETTER) -> None:
    actions.accept_by_letter(on_behalf_of=on_behalf_of, letter=letter, version=version, **House(institution).said)


def heard(sealed: dict[str, Any]) -> None:
    with locked():
        hear(sealed)


def seal_and_hear_concluded(institution: str, version: str) -> None:
    with locked():
        seal_and_hear(
            Statement(said="concluded", institution=institution, by="server", at=AT, record=EXCHANGE, version=version)
        )
