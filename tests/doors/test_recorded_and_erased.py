"""By letter, recorded, erased, keyed: what may not be said of others' records, tried at the one door.

`before` is what came of each when the table was written.
"""

from functools import partial

import pytest

from koryu.consent import actions, queries
from koryu.institutions import queries as institutions
from koryu.ledger import queries as ledger
from koryu.ledger.actions import keep_text
from koryu.seals.digests import digest
from koryu.values.text import Text
from tests.doors.attacks import Attack, Attacks, came_of, is_refused, name_of
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    HEAD,
    LETTER,
    NAL,
    NDL,
    NLC,
    NLK,
    NO,
    Act,
    House,
    exchange,
    give_voice,
    history,
    paper,
    records,
    says,
    settle_in,
    sourced,
    stands,
    the_exchange,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
ATTACKS = Attacks()


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.mark.parametrize("tried", ATTACKS, ids=name_of)
def test_it_is_refused_in_a_sentence_and_nothing_is_left_in_the_ledger(tried: Attack) -> None:
    is_refused(tried)


# By letter


@ATTACKS.tried(before="refused: Only an institution that must agree can record another's letter.")
def a_stranger_records_the_letter_of_an_owner() -> Act:
    version = House(NDL).propose(exchange(NDL, NAL))
    return says(NLK, "accepted by letter", version=version, on_behalf_of=NAL, letter=LETTER)


@ATTACKS.tried(before="refused: That institution uses this server and must reply itself.")
def a_letter_is_recorded_for_who_has_a_key() -> Act:
    version = House(NDL).propose(exchange(NDL, NLC, NAL))
    return says(NDL, "accepted by letter", version=version, on_behalf_of=NLC, letter=LETTER)


@ATTACKS.tried(before="accepted")
def a_letter_is_recorded_for_who_has_spoken_of_this_record_itself() -> Act:
    give_voice(NAL)
    first = stands(exchange(NDL, NAL), NDL, NAL)
    actions.retire_key(institution=NAL, by="operator", at=AT)
    version = House(NDL).propose(exchange(NDL, NAL, title="Later"), replaces=first)
    return says(NDL, "accepted by letter", version=version, on_behalf_of=NAL, letter=LETTER)


@ATTACKS.tried(before="refused: This institution has already replied to this version.")
def a_letter_is_recorded_for_who_declined_this_version_itself() -> Act:
    give_voice(NAL)
    version = House(NDL).propose(exchange(NDL, NLC, NAL))
    actions.decline(version=version, reason=NO, **House(NAL).said)
    actions.retire_key(institution=NAL, by="operator", at=AT)
    return says(NDL, "accepted by letter", version=version, on_behalf_of=NAL, letter=LETTER)


@ATTACKS.tried(before="refused: That institution uses this server and must reply itself.")
def an_institution_records_its_own_letter() -> Act:
    version = House(NDL).propose(exchange(NDL, NLC))
    return says(NLC, "accepted by letter", version=version, on_behalf_of=NLC, letter=LETTER)


@ATTACKS.tried(before="refused: This institution has already replied to this version.")
def a_second_letter_is_recorded_for_one_version() -> Act:
    version = House(NDL).propose(exchange(NDL, NLC, NAL))
    says(NDL, "accepted by letter", version=version, on_behalf_of=NAL, letter=LETTER)()
    return says(NLC, "accepted by letter", version=version, on_behalf_of=NAL, letter=digest(b"another"))


@ATTACKS.tried(before="refused: This institution is not among those who must agree to this version.")
def the_letter_of_one_who_need_not_agree_is_recorded() -> Act:
    version = House(NDL).propose(exchange(NDL, NLC))
    return says(NDL, "accepted by letter", version=version, on_behalf_of=NAL, letter=LETTER)


@ATTACKS.tried(before="refused: Not every institution that must agree has accepted this version.")
def a_letter_of_an_earlier_version_is_put_into_the_conclusion_of_the_next() -> Act:
    first = House(NDL).propose(exchange(NDL, NAL))
    says(NDL, "accepted by letter", version=first, on_behalf_of=NAL, letter=LETTER)()
    actions.conclude(record=EXCHANGE, version=first, at=AT)
    old = [dict(one.sealed) for one in ledger.agreements_to(first, said=("accepted by letter",))]
    next_ = House(NDL).propose(exchange(NDL, NAL, title="Next"), replaces=first)
    own = [dict(one.sealed) for one in ledger.agreements_to(next_, said=("proposed",))]
    return says(NDL, "concluded", version=next_, agreements=(*own, *old))


# What is recorded


@ATTACKS.tried(before="refused: A recorded version must name its sources.")
def something_is_recorded_that_rests_on_nothing() -> Act:
    return partial(actions.record, document=exchange(NDL, NLC), **House(COMPILER).said)


@ATTACKS.tried(
    before=(
        "refused: There is an agreed version. To change it, propose a new version; it cannot be changed by recording."
    )
)
def something_is_recorded_over_what_was_agreed() -> Act:
    the_exchange()
    return partial(records, NDL, under(NDL, NLC, title="Corrected alone"))


@ATTACKS.tried(before="refused: Another institution has recorded this; a remark can say that an account differs.")
def another_recorder_drops_an_owner() -> Act:
    records(COMPILER, exchange(NDL, NLC))
    return partial(records, NLK, exchange(NDL))


@ATTACKS.tried(before="refused: Another institution has recorded this; a remark can say that an account differs.")
def another_recorder_replaces_a_line_that_is_not_its_own() -> Act:
    recorded = records(COMPILER, exchange(NDL, NLC))
    return says(NLK, "recorded", sourced(exchange(NDL, NLC, title="Mine")), parent=recorded)


@ATTACKS.tried(before="accepted")
def a_recorder_changes_the_owners_after_another_has_spoken() -> Act:
    recorded = records(COMPILER, exchange(NDL, NLC))
    actions.check(version=recorded, **House(NLC).said)
    return partial(records, COMPILER, exchange(NDL))


@ATTACKS.tried(before="accepted")
def a_stranger_records_a_paper_as_given_by_another_at_others_exchange() -> Act:
    the_exchange()
    return partial(records, NLK, paper(NLC), uri("paper/p"))


@ATTACKS.tried(
    before=(
        "refused: There is an agreed version. To change it, propose a new version; it cannot be changed by recording."
    )
)
def a_stranger_records_beside_what_was_agreed() -> Act:
    the_exchange()
    return says(NLK, "recorded", sourced(under(NDL, NLC, title="As we remember it")))


@ATTACKS.tried(before="refused: This changed meanwhile: another version is current now.")
def a_recorder_cites_a_version_that_was_never_its_own() -> Act:
    records(COMPILER, exchange(NDL, NLC))
    return says(COMPILER, "recorded", sourced(exchange(NDL, NLC, title="Mine")), parent=LETTER)


@ATTACKS.tried(before="refused: An institution cannot check its own statement. To change it, record a new version.")
def a_recorder_remarks_on_its_own_statement() -> Act:
    return says(COMPILER, "checked", version=records(COMPILER, exchange(NDL, NLC)))


@ATTACKS.tried(before="refused: No such version of this record was proposed.")
def a_stranger_remarks_on_what_is_under_consultation() -> Act:
    return says(NLK, "account differs", version=House(NDL).propose(exchange(NDL, NLC)), note=keep_text(NO))


@ATTACKS.tried(before="refused: No such version of this record was proposed.")
def a_stranger_remarks_on_what_was_declined() -> Act:
    version = House(NDL).propose(exchange(NDL, NLC))
    actions.decline(version=version, reason=NO, **House(NLC).said)
    return says(NLK, "checked", version=version)


# Erasing


def erases(institution: str, *versions: str, record: str = EXCHANGE) -> Act:
    headers = history(record).headers
    return says(institution, "erased", record=record, contents=tuple(headers[one].content for one in versions))


@ATTACKS.tried(before="accepted")
def a_former_recorder_names_the_content_that_was_agreed() -> Act:
    recorded = records(COMPILER, exchange(NDL, NLC))
    agreed = stands(exchange(NDL, NLC), NDL, NLC, replaces=recorded)
    return erases(COMPILER, agreed)


@ATTACKS.tried(before="refused: Only an institution of the record, or its recorder, can have it erased.")
def a_stranger_has_erased_what_was_agreed() -> Act:
    return erases(NLK, the_exchange())


@ATTACKS.tried(before="accepted")
def an_owner_alone_has_erased_what_is_joint_without_saying_why() -> Act:
    return erases(NDL, the_exchange())


@ATTACKS.tried(before="refused: Nothing stands on this record that could be erased.")
def what_is_under_consultation_is_erased() -> Act:
    return erases(NDL, House(NDL).propose(exchange(NDL, NLC)))


@ATTACKS.tried(before="accepted")
def a_content_of_another_record_is_erased() -> Act:
    the_exchange()
    theirs = history(EXCHANGE).headers[str(history(EXCHANGE).agreed)].content
    own = uri("exchange/k")
    stands(exchange(NLK), NLK, record=own)
    return says(NLK, "erased", record=own, contents=(theirs,))


@ATTACKS.tried(before="refused: Only an institution of the record, or its recorder, can have it erased.")
def a_recorder_has_another_recorder_s_line_erased() -> Act:
    records(COMPILER, exchange(NDL, NLC))
    return partial(actions.erase, institution=NLK, record=EXCHANGE, **HEAD)


@ATTACKS.tried(before="accepted")
def an_owner_has_erased_what_its_partner_proposes() -> Act:
    first = the_exchange()
    open_ = House(NLC).propose(under(NDL, NLC, title="Later"), replaces=first)
    return erases(NDL, open_)


@ATTACKS.tried(before="accepted")
def a_content_that_is_nowhere_is_erased() -> Act:
    own = uri("exchange/k")
    stands(exchange(NLK), NLK, record=own)
    return says(NLK, "erased", record=own, contents=(LETTER,))


@ATTACKS.tried(before="accepted")
def nothing_is_erased() -> Act:
    own = uri("exchange/k")
    stands(exchange(NLK), NLK, record=own)
    return says(NLK, "erased", record=own, contents=())


@ATTACKS.tried(before="refused: Only an institution of the record, or its recorder, can have it erased.")
def a_newcomer_of_an_open_proposal_has_erased_what_stands() -> Act:
    first = the_exchange()
    House(NDL).propose(under(NDL, NLC, NLK), replaces=first)
    return erases(NLK, first)


# Keys


@ATTACKS.tried(before="refused: The institution already has a key here; it can be renewed, not given again.")
def a_second_first_key_is_given_to_who_has_one() -> Act:
    return partial(actions.give_key, institution=NDL, by="operator", at=AT)


@ATTACKS.tried(before="accepted")
def a_key_is_retired_by_another() -> Act:
    did = str(institutions.key_of(NDL))
    return says(NLK, "key retired", record=None, key=did)


@ATTACKS.tried(before="refused: This key is already in use.")
def an_institution_says_of_a_strange_key_that_it_is_another_s() -> Act:
    return says(NLK, "keyed", record=None, key=str(institutions.key_of(NDL)))


# What is not refused, and what it does


def test_two_recorders_have_a_line_each_and_neither_replaces_the_other() -> None:
    """Before: the second was refused."""
    first = records(COMPILER, exchange(NDL, NLC))
    second = records(NLK, exchange(NDL, NLC, title="Another account"))
    assert {history().headers[one].parent for one in (first, second)} == {None}
    assert records(COMPILER, exchange(NDL, NLC, title="Corrected"))


def test_the_account_of_who_got_its_key_after_a_letter_stands_beside_it() -> None:
    version = House(NDL).propose(exchange(NDL, NAL))
    actions.accept_by_letter(on_behalf_of=NAL, letter=LETTER, version=version, **House(NDL).said)
    give_voice(NAL)
    actions.account_differs(version=version, note=Text.of(en="we wrote of June"), **House(NAL).said)
    assert history().agreed == version


def test_what_is_erased_closes_no_proposal_of_the_owners() -> None:
    """Before: so it was."""
    first = the_exchange()
    open_ = House(NLC).propose(under(NDL, NLC, title="Later"), replaces=first)
    came_of(erases(NDL, first))
    House(NDL).accept(open_)
    assert history().agreed == open_


def test_a_key_that_was_said_to_be_retired_by_another_still_speaks() -> None:
    """Before: the other's own key was retired by it, and the ledger says it was this one."""
    came_of(says(NLK, "key retired", record=None, key=str(institutions.key_of(NDL))))
    assert institutions.key_of(NLK)
    assert institutions.key_of(NDL)


def test_another_recorder_that_writes_itself_in_is_no_owner_by_it() -> None:
    """Before: refused, as only one institution could record."""
    records(COMPILER, exchange(NDL, NLC))
    records(NLK, exchange(NDL, NLC, NLK))
    assert history().owners == {NDL, NLC}


def test_a_former_recorder_has_erased_its_own_line_and_nothing_that_was_agreed() -> None:
    """Before: everything was erased."""
    recorded = records(COMPILER, exchange(NDL, NLC))
    agreed = stands(exchange(NDL, NLC), NDL, NLC, replaces=recorded)
    actions.erase(institution=COMPILER, record=EXCHANGE, **HEAD)
    left = {version: queries.content_of(header) is not None for version, header in history().headers.items()}
    assert left == {recorded: False, agreed: True}
