"""What a stranger, a former recorder or an owner alone may not say, tried at the door through which all is said.

`before` is what came of each when the table was written.
"""

from collections.abc import Callable
from functools import partial

import pytest

from koryu.consent import actions, queries
from koryu.consent.rules.statement import Departure
from koryu.institutions import actions as people
from koryu.ledger import queries as ledger
from koryu.ledger.actions import keep_text
from koryu.records.kinds import document_of
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
    NO,
    Act,
    House,
    drafted,
    exchange,
    history,
    programme,
    proposes,
    records,
    report,
    says,
    settle_in,
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


def sends(draft: int) -> Act:
    found = queries.draft(draft)
    assert found
    return partial(actions.send, draft=draft, shown=found.digest, **HEAD)


def declined_first() -> str:
    version = House(NDL).propose(exchange(NDL, NLC))
    actions.decline(version=version, reason=NO, **House(NLC).said)
    return version


# Until something stands, the name is whose it was from the first word


@ATTACKS.tried(before="accepted")
def a_stranger_s_old_draft_concludes_where_a_first_version_was_declined() -> Act:
    draft = drafted(NLK, exchange(NLK))
    declined_first()
    return sends(draft)


@ATTACKS.tried(before="accepted")
def a_stranger_s_old_draft_concludes_where_a_first_version_was_withdrawn() -> Act:
    draft = drafted(NLK, exchange(NLK))
    actions.withdraw(version=House(NDL).propose(exchange(NDL, NLC)), **House(NDL).said)
    return sends(draft)


@ATTACKS.tried(before="accepted")
def a_stranger_that_writes_the_owners_in_beside_itself_takes_the_name() -> Act:
    declined_first()
    return proposes(NLK, exchange(NDL, NLC, NLK), EXCHANGE)


@ATTACKS.tried(before="accepted")
def a_stranger_s_first_version_comes_from_another_server_beside_the_open_one() -> Act:
    House(NDL).propose(exchange(NDL, NLC))
    return says(NLK, "proposed", exchange(NLK))


@ATTACKS.tried(before="accepted")
def a_stranger_records_under_a_name_that_others_consult_about() -> Act:
    House(NDL).propose(exchange(NDL, NLC))
    return partial(records, NLK, exchange(NLK))


@ATTACKS.tried(before="accepted")
def a_stranger_proposes_itself_in_the_place_of_what_was_recorded() -> Act:
    recorded = records(COMPILER, exchange(NDL, NLC))
    return proposes(NLK, exchange(NLK), EXCHANGE, recorded)


@ATTACKS.tried(before="accepted")
def a_recorder_proposes_itself_in_the_place_of_what_it_recorded() -> Act:
    recorded = records(COMPILER, exchange(NDL, NLC))
    return proposes(COMPILER, exchange(COMPILER), EXCHANGE, recorded)


@ATTACKS.tried(before="refused: This changed meanwhile: another version is current now.")
def a_first_version_cites_a_version_of_another_record_as_the_one_it_replaces() -> Act:
    other = stands(exchange(NLK), NLK, record=uri("exchange/k"))
    return says(NLK, "proposed", exchange(NLK), parent=other)


@ATTACKS.tried(before="refused: This changed meanwhile: another version is current now.")
def a_first_version_cites_one_that_nobody_ever_put_forward() -> Act:
    return says(NDL, "proposed", exchange(NDL), parent=LETTER)


# What stands is followed by what its owners say


@ATTACKS.tried(before="accepted")
def a_stranger_writes_itself_in_and_holds_the_one_open_place() -> Act:
    return proposes(NLK, under(NDL, NLC, NLK), EXCHANGE, the_exchange())


@ATTACKS.tried(before="accepted")
def a_stranger_s_proposal_comes_from_another_server() -> Act:
    return says(NLK, "proposed", under(NDL, NLC, NLK), parent=the_exchange())


@ATTACKS.tried(before="accepted")
def a_stranger_takes_up_an_old_draft_of_what_stands_now() -> Act:
    draft = drafted(NLK, exchange(NDL, NLC, NLK))
    the_exchange()
    return partial(actions.take_up, draft=draft, **HEAD)


@ATTACKS.tried(before="refused: This institution is not among those who must agree to this version.")
def a_stranger_counters_what_is_open() -> Act:
    open_ = House(NDL).propose(under(NDL, NLC, title="Later"), replaces=the_exchange())
    return partial(actions.counter, version=open_, reason=NO, document=under(NDL, NLC, NLK), **House(NLK).said)


@ATTACKS.tried(before="refused: This institution is not among those who must agree to this version.")
def a_stranger_sends_a_draft_that_answers_what_others_consult_about() -> Act:
    first = the_exchange()
    open_ = House(NDL).propose(under(NDL, NLC, title="Later"), replaces=first)
    content = under(NDL, NLC, NLK).content()
    said = {**House(NLK).said, "content": content, "replaces": first, "answers": open_, "reason": NO}
    return partial(lambda: sends(actions.draft(**said))())


@ATTACKS.tried(before="refused: The kind of a record cannot be changed; this one is of another kind.")
def a_record_changes_its_kind() -> Act:
    return proposes(NDL, programme(NDL, NLC), EXCHANGE, the_exchange())


@ATTACKS.tried(before="refused: The kind of a record cannot be changed; this one is of another kind.")
def what_was_recorded_changes_its_kind() -> Act:
    records(COMPILER, exchange(NDL, NLC))
    return partial(records, COMPILER, programme(NDL, NLC))


@ATTACKS.tried(before="refused: The header and the content do not name the same kind and owners.")
def a_header_says_another_kind_than_its_content() -> Act:
    return says(NDL, "proposed", exchange(NDL), header={"kind": "programme"})


@ATTACKS.tried(before="refused: The header and the content do not name the same kind and owners.")
def a_header_says_another_schema_than_its_content() -> Act:
    return says(NDL, "proposed", exchange(NDL), header={"schema_name": "koryu/exchange/999"})


@ATTACKS.tried(before="refused: The header is of another record.")
def a_header_is_of_another_record_than_the_statement() -> Act:
    return says(NDL, "proposed", exchange(NDL), header={"record": uri("exchange/other")})


@ATTACKS.tried(before="accepted")
def what_its_owners_made_public_is_followed_by_what_is_for_the_institutions() -> Act:
    record = uri("report/r")
    the_exchange()
    public = stands(report(NDL), NDL, record=record)
    return proposes(NDL, report(NDL, shown_to="institutions"), record, public)


# Said once, of one version, by those who must


@ATTACKS.tried(before="refused: This institution has already replied to this version.")
def an_institution_accepts_what_it_declined() -> Act:
    return partial(House(NLC).accept, declined_first())


@ATTACKS.tried(before="refused: This institution has already replied to this version.")
def an_institution_declines_what_it_accepted() -> Act:
    version = House(NDL).propose(exchange(NDL, NLC, NLK))
    House(NLC).accept(version)
    return partial(actions.decline, version=version, reason=NO, **House(NLC).said)


@ATTACKS.tried(before="refused: This version is no longer open.")
def a_declined_version_is_concluded_by_its_proposer() -> Act:
    version = House(NDL).propose(exchange(NDL, NLC, NLK))
    House(NLK).accept(version)
    actions.decline(version=version, reason=NO, **House(NLC).said)
    proofs = tuple(dict(one.sealed) for one in ledger.agreements_to(version, said=("proposed", "accepted")))
    return says(NDL, "concluded", version=version, agreements=proofs)


@ATTACKS.tried(before="refused: This version is no longer open.")
def a_withdrawn_version_is_concluded() -> Act:
    version = House(NDL).propose(exchange(NDL, NLC))
    actions.withdraw(version=version, **House(NDL).said)
    return says(NDL, "concluded", version=version)


@ATTACKS.tried(before="refused: This institution has already accepted another open version of this record.")
def one_institution_puts_two_first_versions_forward() -> Act:
    says(NDL, "proposed", exchange(NDL, NLC))()
    return says(NDL, "proposed", exchange(NDL, NLC, title="Other"))


@ATTACKS.tried(before="refused: No such version of this record was proposed.")
def a_version_is_accepted_under_the_name_of_another_record() -> Act:
    version = House(NDL).propose(exchange(NDL, NLC))
    return says(NLC, "accepted", record=uri("exchange/other"), version=version)


@ATTACKS.tried(before="refused: This institution is not among those who must agree to this version.")
def a_stranger_declines_what_others_consult_about() -> Act:
    return says(NLK, "declined", version=House(NDL).propose(exchange(NDL, NLC)), reason=keep_text(NO))


# Who has left


def left_by_nlk(*, dated: str = "", also: str = "") -> tuple[str, Departure]:
    """An exchange of three held under a programme that the NLK then leaves, and the departure that says so."""
    other = uri("programme/left")
    stands(programme(NDL, NLC, NLK), NDL, NLC, NLK, record=other)
    dates = [{"id": "d", "scope": "trip", "date": dated}] if dated else []
    held = [{"id": "p", "programme": other}, *([{"id": "q", "programme": also}] if also else [])]
    three = stands(exchange(NDL, NLC, NLK, programmes=held, dates=dates), NDL, NLC, NLK)
    standing = str(history(other).agreed)
    version = stands(programme(NDL, NLC, left=(NLK,)), NDL, NLC, NLK, record=other, replaces=standing)
    return three, Departure(institution=NLK, programme=other, version=version)


def goes_on_without_nlk(three: str, departure: Departure) -> None:
    """The others agree a version without it, as far as they may."""
    content = {**(queries.content_of(history().headers[three]) or {}), "institutions": [NDL, NLC]}
    without = document_of(content)
    came_of(lambda: House(NLC).accept(House(NDL).propose(without, replaces=three, departures=(departure,))))


@pytest.mark.parametrize(
    ("dated", "before"),
    [
        ("2019-05-10/2019-05-12", "it was written out"),
        ("", "it was written out"),
        ("2019-12-30/2020-01-02", "it was written out"),
    ],
    ids=["before it left", "no date", "begun before it left"],
)
def test_who_took_part_before_it_left_is_not_written_out(dated: str, before: str) -> None:
    three, departure = left_by_nlk(dated=dated)
    goes_on_without_nlk(three, departure)
    assert history().in_force == three


def test_who_left_before_it_began_need_not_agree() -> None:
    """Before: so it was."""
    three, departure = left_by_nlk(dated="2021-05-10/2021-05-12")
    goes_on_without_nlk(three, departure)
    assert history().headers[str(history().in_force)].parent == three


def test_who_left_one_of_two_programmes_is_not_written_out() -> None:
    """Before: it was written out."""
    also = uri("programme/both")
    stands(programme(NDL, NLC, NLK), NDL, NLC, NLK, record=also)
    three, departure = left_by_nlk(dated="2021-05-10", also=also)
    goes_on_without_nlk(three, departure)
    assert history().in_force == three


# What is not refused, and what does not come to stand by it


def test_a_named_owner_s_counter_without_the_first_speaker_does_not_stand_by_itself() -> None:
    """Before: it stood."""
    version = House(NDL).propose(exchange(NDL, NLC))
    came_of(partial(actions.counter, version=version, reason=NO, document=exchange(NLC), **House(NLC).said))
    assert history().in_force is None


def test_a_named_owner_does_not_take_the_name_once_the_first_version_is_withdrawn() -> None:
    """Before: it stood."""
    actions.withdraw(version=House(NDL).propose(exchange(NDL, NLC)), **House(NDL).said)
    came_of(proposes(NLC, exchange(NLC), EXCHANGE))
    assert history().in_force is None


@pytest.mark.parametrize("cites", [True, False])
def test_a_first_agreed_version_needs_every_owner_that_the_first_recorded_one_named(cites: bool) -> None:
    """Before: so it was."""
    recorded = records(COMPILER, exchange(NDL, NLC))
    came_of(says(NDL, "proposed", exchange(NDL), parent=recorded if cites else None))
    assert history().agreed is None


def test_the_owners_of_the_first_recorded_version_count_and_not_of_its_correction() -> None:
    """Before: so it was, though the correction itself was accepted."""
    recorded = records(COMPILER, exchange(NDL, NLC))
    actions.check(version=recorded, **House(NLC).said)
    came_of(partial(records, COMPILER, exchange(NDL)))
    came_of(says(NDL, "proposed", exchange(NDL), parent=history().in_force))
    assert history().agreed is None


def test_what_stands_is_followed_by_what_writes_a_newcomer_in_where_an_owner_says_so() -> None:
    joined = stands(under(NDL, NLC, NLK), NDL, NLC, NLK, replaces=the_exchange())
    assert history().agreed == joined


# Drafts of another house


DRAFT_VERBS: dict[str, Callable[[int, str], object]] = {
    "save": lambda draft, _: actions.save(draft=draft, content={}, seen=1, by="outsider", at=AT),
    "take up": lambda draft, _: actions.take_up(draft=draft, by="outsider", at=AT),
    "discard": lambda draft, _: actions.discard(draft=draft, by="outsider", at=AT),
    "share": lambda draft, _: actions.share(draft=draft, by="outsider", at=AT),
    "unshare": lambda draft, _: actions.unshare(draft=draft, by="outsider", at=AT),
    "comment": lambda draft, _: actions.comment(draft=draft, institution=NLK, text="Hm", by="outsider", at=AT),
    "comment as them": lambda draft, _: actions.comment(draft=draft, institution=NDL, text="Hm", by="outsider", at=AT),
    "submit": lambda draft, shown: actions.submit(draft=draft, shown=shown, by="outsider", at=AT),
    "approve": lambda draft, shown: actions.approve(draft=draft, shown=shown, by="outsider", at=AT),
    "send": lambda draft, shown: actions.send(draft=draft, shown=shown, by="outsider", at=AT),
    "return": lambda draft, shown: actions.return_(draft=draft, shown=shown, remark="No", by="outsider", at=AT),
}


@pytest.mark.parametrize("verb", DRAFT_VERBS)
def test_nobody_does_anything_with_the_draft_of_another_house(verb: str) -> None:
    """Before: every one was refused, “take up” among them only while nothing stands."""
    people.appoint(username="outsider", name="", institution=NLK, role="head")
    draft = drafted(NDL, exchange(NDL, NLC))
    found = queries.draft(draft)
    assert found
    if verb in ("approve", "return"):
        actions.submit(draft=draft, shown=found.digest, **HEAD)
    before = (ledger.last_number(), queries.draft(draft))
    assert came_of(partial(DRAFT_VERBS[verb], draft, found.digest)).startswith("refused: ")
    assert (ledger.last_number(), queries.draft(draft)) == before
