"""More of the rules of consent, each at the door: names, letters, claims, readers, erasing, and asking first."""

from functools import partial
from typing import Any

import pytest

from koryu.archive import models
from koryu.archive import queries as archive
from koryu.consent import actions, queries
from koryu.consent.actions.admission import PlannedStatement, would_refuse
from koryu.consent.rules.verification import verify
from koryu.ledger import queries as ledger
from koryu.publishing.export import bundle
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.values.text import Text
from koryu.values.uris import mint
from tests.doors.attacks import came_of
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
    PROGRAMME,
    House,
    exchange,
    give_voice,
    history,
    library,
    of,
    participation,
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
REPORT = uri("report/r")
LIST = uri("participation/p")
PERSON = uri("person/p")
MINE = uri("exchange/k")
MINTED = mint(NDL, "exchange", "37")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


def is_refused_because(why: str, act: Any) -> None:
    """Refused for just this reason, and nothing is left in the ledger."""
    before = ledger.last_number()
    came = came_of(act)
    assert came.startswith("refused: ")
    assert why in came
    assert ledger.last_number() == before


def reads(record: str, *, asking: str) -> bool:
    return archive.record_named(record, asking=asking) is not None


# 1. Who must agree


def test_a_first_agreed_version_waits_for_each_owner_that_the_first_recorded_one_named() -> None:
    recorded = records(COMPILER, exchange(NDL, NLC))
    alone = House(NDL).propose(exchange(NDL), replaces=recorded)
    assert history().agreed is None
    House(NLC).accept(alone)
    assert history().agreed == alone


# 2. Whose a name is


def test_a_name_that_says_who_made_it_is_first_spoken_of_by_that_institution() -> None:
    is_refused_because("This name was created by another", proposes(NLC, exchange(NDL, NLC), MINTED))
    is_refused_because("This name was created by another", partial(records, COMPILER, exchange(NDL, NLC), MINTED))
    assert stands(exchange(NDL, NLC), NDL, NLC, record=MINTED) == history(MINTED).agreed


def test_those_whom_the_maker_of_a_name_has_named_put_versions_forward_too_and_it_agrees_to_each() -> None:
    first = House(NDL, MINTED).propose(exchange(NDL, NLC))
    actions.withdraw(version=first, **House(NDL, MINTED).said)
    is_refused_because("This name was created by another", proposes(NLK, exchange(NLK, NDL), MINTED))
    alone = House(NLC, MINTED).propose(exchange(NLC))
    assert history(MINTED).agreed is None
    House(NDL, MINTED).accept(alone)
    assert history(MINTED).agreed == alone


def test_of_a_name_that_says_nothing_whoever_spoke_first_is_among_the_institutions_of_the_first_version() -> None:
    actions.withdraw(version=House(NDL).propose(exchange(NDL, NLC)), **House(NDL).said)
    is_refused_because("was the first to propose a version under this name", proposes(NLC, exchange(NLC), EXCHANGE))
    both = House(NLC).propose(exchange(NDL, NLC))
    assert history().agreed is None
    House(NDL).accept(both)
    assert history().agreed == both
    assert verify(bundle(EXCHANGE, asking=archive.EVERYBODY)).standing == "agreed"


def test_an_institution_alone_proposes_the_record_that_bears_its_own_name() -> None:
    new = uri("institution/new")
    taken = document_of({**library(new).content(), "kept_by": NLK})
    is_refused_because("This name was created by another", proposes(NLK, taken, new))
    give_voice(new)
    assert House(new, new).propose(library(new)) == history(new).agreed


def test_proposing_alone_opens_nothing_to_who_proposes() -> None:
    """Of what its partners said on the record before, and it was not among."""
    the_exchange()
    first = stands(report(NDL, shown_to="own"), NDL, record=REPORT)
    is_refused_because("Only an institution of the current version", proposes(NLK, report(NLK), REPORT, first))
    assert not reads(REPORT, asking=NLK)


# 3, 4 and 10. A first version has no predecessor, whatever recorded version it cites


def test_two_first_versions_rival_each_other_whatever_recorded_version_they_cite() -> None:
    recorded = records(COMPILER, exchange(NDL, NLC))
    says(NDL, "proposed", exchange(NDL, NLC, title="Cites it"), parent=recorded)()
    is_refused_because("has already accepted another", says(NDL, "proposed", exchange(NDL, NLC, title="Cites none")))


def test_a_first_version_that_was_concluded_leaves_no_place_for_another() -> None:
    recorded = records(COMPILER, exchange(NDL, NLC))
    cites = says(NDL, "proposed", exchange(NDL, NLC, title="Cites it"), parent=recorded)()
    none = says(NLC, "proposed", exchange(NDL, NLC, title="Cites none"))()
    actions.withdraw(version=none, **House(NLC).said)
    House(NLC).accept(cites)
    again = says(NLC, "proposed", exchange(NDL, NLC, title="Again"), parent=recorded)
    is_refused_because("This changed meanwhile", again)


def test_what_all_had_accepted_when_its_proposer_withdrew_it_is_not_concluded() -> None:
    version = says(NDL, "proposed", exchange(NDL, NLC))()
    says(NLC, "accepted", version=version)()
    actions.withdraw(version=version, **House(NDL).said)
    is_refused_because("no longer open", partial(actions.conclude, record=EXCHANGE, version=version, at=AT))


# 8. What rests on a letter


def resting_on_a_letter(document: Document, **letter: Any) -> Document:
    source = {"id": "l", "letter": {"digest": LETTER, **letter}}
    return document_of({**document.content(), "sources": [source]})


def recorded_from_a_letter(institution: str, document: Document, record: str, **letter: Any) -> str:
    resting = resting_on_a_letter(document, **letter)
    return actions.record(institution=institution, record=record, document=resting, **HEAD)


def somebody(keeper: str) -> Document:
    return of("person", title={"en": "Hanako Yamada"}, kept_by=keeper, names=[NAME])


NAME = {"id": "en", "lang": "en", "written": "Hanako Yamada", "order": "given first"}


def test_an_institution_of_the_exchange_records_what_another_has_written_for_the_institutions() -> None:
    the_exchange()
    recorded_from_a_letter(NDL, participation(NLC, shown_to="institutions"), LIST)
    assert [reads(LIST, asking=one) for one in (NDL, NLC, NLK, archive.EVERYBODY)] == [True, True, False, False]


def test_what_rests_on_a_letter_is_not_public_unless_the_letter_allows_it() -> None:
    the_exchange()
    public = partial(recorded_from_a_letter, NDL, participation(NLC), LIST)
    is_refused_because("unless the letter allows", public)
    public(public=True)
    assert reads(LIST, asking=archive.EVERYBODY)


def test_what_rests_on_a_letter_is_recorded_by_an_institution_of_the_same_exchange() -> None:
    the_exchange()
    for outside in (NLK, COMPILER):
        act = partial(recorded_from_a_letter, outside, participation(NLC, shown_to="institutions"), LIST)
        is_refused_because("by an institution of the same exchange", act)


def test_the_people_whom_a_letter_names_are_recorded_by_an_institution_of_its_exchange() -> None:
    the_exchange()
    by_a_stranger = partial(recorded_from_a_letter, NLK, somebody(NLC), PERSON, exchange=EXCHANGE)
    is_refused_because("by an institution of the same exchange", by_a_stranger)
    of_no_exchange = partial(recorded_from_a_letter, NDL, somebody(NLC), PERSON)
    is_refused_because("by an institution of the same exchange", of_no_exchange)
    recorded_from_a_letter(NDL, somebody(NLC), PERSON, exchange=EXCHANGE)
    assert history(PERSON).lines.keys() == {NDL}
    assert not reads(PERSON, asking=archive.EVERYBODY)


# 8. Whose line is shown


def test_the_line_of_one_of_the_exchange_is_shown_before_that_of_anybody_else() -> None:
    records(COMPILER, exchange(NDL, NLC))
    records(COMPILER, participation(NLC), LIST)
    beside = records(NDL, participation(NLC, title={"en": "As we have it"}), LIST)
    shown = archive.record_named(LIST, asking=archive.EVERYBODY)
    assert shown
    assert shown.version.digest == beside


def test_nothing_is_remarked_on_what_does_not_stand_even_by_those_who_must_agree_to_it() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    is_refused_because("No such version", partial(actions.check, version=version, **House(NLC).said))


def test_nothing_is_remarked_on_what_was_erased() -> None:
    recorded = records(COMPILER, exchange(NDL, NLC))
    actions.erase(institution=COMPILER, record=EXCHANGE, **HEAD)
    is_refused_because("was erased", partial(actions.check, version=recorded, **House(NLC).said))


def test_a_line_that_was_erased_gives_way_to_one_that_was_not() -> None:
    records(COMPILER, exchange(NDL, NLC))
    beside = records(NLK, exchange(NDL, NLC, title="As we have it"))
    actions.erase(institution=COMPILER, record=EXCHANGE, **HEAD)
    assert history().in_force == beside


# 9. Claims


def test_an_owner_whose_account_differs_shows_a_claim_apart_and_its_last_remark_counts() -> None:
    mine = stands(under(NDL, NLK), NDL, NLK, record=MINE)

    def apart() -> bool:
        return models.LinkRow.objects.get(source__uri=MINE, target=PROGRAMME).apart

    assert not apart()
    differs = partial(actions.account_differs, version=mine, note=Text.of(en="it was held under no programme"))
    differs(**House(COMPILER, MINE).said)
    assert not apart()
    differs(**House(NLC, MINE).said)
    assert apart()
    actions.check(version=mine, **House(NLC, MINE).said)
    assert not apart()


def test_what_only_mentions_a_record_is_shown_apart_from_what_belongs_to_it() -> None:
    the_exchange()
    grew = {"type": "practice adopted", "grew_out_of": [{"id": "o", "record": EXCHANGE}]}
    stands(of("outcome", kept_by=NDL, **grew), NDL, record=uri("outcome/ours"))
    stands(of("outcome", kept_by=NLK, **grew), NLK, record=uri("outcome/theirs"))
    found = models.LinkRow.objects.filter(target=EXCHANGE, rel="grew_out_of").values_list("source__uri", "apart")
    assert dict(found) == {uri("outcome/ours"): False, uri("outcome/theirs"): True}


# 11. No clock


def test_the_version_agreed_last_stands_though_its_times_are_of_long_ago() -> None:
    first = the_exchange()
    said: dict[str, Any] = {"record": EXCHANGE, "by": "head", "at": "1970-01-01T00:00:00Z"}
    second = actions.propose(institution=NDL, document=under(NDL, NLC, title="Second"), replaces=first, **said)
    actions.accept(institution=NLC, version=second, **said)
    assert history().in_force == second


# 12. Who may read


@pytest.mark.parametrize(
    ("shown_to", "readers"),
    [("own", {NDL}), ("institutions", {NDL, NLC}), ("public", {NDL, NLC, NLK, archive.EVERYBODY})],
)
def test_what_stands_is_read_by_its_owners_by_its_circle_or_by_all(shown_to: str, readers: set[str]) -> None:
    the_exchange()
    stands(report(NDL, shown_to=shown_to), NDL, record=REPORT)
    assert {one for one in (NDL, NLC, NLK, archive.EVERYBODY) if reads(REPORT, asking=one)} == readers


def test_nobody_remarks_on_what_it_may_not_read() -> None:
    the_exchange()
    kept = stands(report(NDL, shown_to="own"), NDL, record=REPORT)
    is_refused_because("No such version", partial(actions.check, version=kept, **House(NLC, REPORT).said))


def test_nobody_records_beside_what_it_may_not_read() -> None:
    the_exchange()
    records(NDL, report(NDL, shown_to="own"), REPORT)
    is_refused_because("This name was created by another", partial(records, NLC, report(NDL), REPORT))


def test_what_was_public_stays_public_until_it_was_erased() -> None:
    the_exchange()
    public = stands(report(NDL), NDL, record=REPORT)
    narrower = proposes(NDL, report(NDL, shown_to="institutions"), REPORT, public)
    is_refused_because("What was made public stays public", narrower)
    actions.erase(institution=NDL, record=REPORT, **HEAD)
    assert narrower() == history(REPORT).agreed
    assert not reads(REPORT, asking=archive.EVERYBODY)


def test_a_recorder_s_own_line_does_not_become_narrower_and_does_not_bind_the_owners() -> None:
    the_exchange()
    recorded = records(NLC, report(NDL), REPORT)
    narrower = report(NDL, shown_to="institutions")
    is_refused_because("What was made public stays public", partial(records, NLC, narrower, REPORT))
    assert proposes(NDL, narrower, REPORT, recorded)() == history(REPORT).agreed


# 13. Erasing what is joint


def test_what_is_joint_is_erased_by_a_version_that_all_agree_to() -> None:
    first = the_exchange()
    content = history().headers[first].content
    erased = partial(actions.erase, institution=NDL, record=EXCHANGE, **HEAD)
    is_refused_because("by a version they all agree to", erased)
    second = House(NDL).propose(under(NDL, NLC, title="Without names"), replaces=first, erases=(content,))
    is_refused_because("that it recorded or agreed itself", erased)
    House(NLC).accept(second)
    erased()
    left = {version: queries.content_of(header) is not None for version, header in history().headers.items()}
    assert left == {first: False, second: True}


def test_a_version_erases_nothing_that_its_institutions_have_not_agreed() -> None:
    recorded = records(COMPILER, exchange(NDL, NLC))
    line = history().headers[recorded].content
    for digest in (line, LETTER):
        takes = partial(House(NDL).propose, exchange(NDL, NLC, title="Takes it"), erases=(digest,))
        is_refused_because("Only content of this record", takes)


def test_what_is_joint_is_erased_at_a_named_person_s_request_by_any_of_its_institutions_and_by_no_other() -> None:
    first = the_exchange()
    request = partial(actions.erase, record=EXCHANGE, at_request_of_named=True, **HEAD)
    is_refused_because("that it recorded or agreed itself", partial(request, institution=NLK))
    request(institution=NLC)
    assert queries.content_of(history().headers[first]) is None
    assert history().agreed == first


def test_what_is_open_is_not_erased_at_anybody_s_request() -> None:
    first = the_exchange()
    open_ = House(NLC).propose(under(NDL, NLC, title="Later"), replaces=first)
    contents = (history().headers[open_].content,)
    for asking in (NDL, NLC):
        takes = says(asking, "erased", contents=contents, at_request_of_named=True)
        is_refused_because("that it recorded or agreed itself", takes)


def test_who_checks_an_exported_record_is_told_how_many_versions_were_withheld() -> None:
    first = the_exchange(shown_to="institutions")
    stands(under(NDL, NLC), NDL, NLC, replaces=first)
    found = verify(bundle(EXCHANGE, asking=archive.EVERYBODY))
    assert (found.versions, found.withheld, found.standing) == (1, 1, "agreed")


def test_erasing_what_stands_closes_no_open_proposal() -> None:
    first = the_exchange()
    open_ = House(NLC).propose(under(NDL, NLC, title="Later"), replaces=first)
    actions.erase(institution=NDL, record=EXCHANGE, at_request_of_named=True, **HEAD)
    assert history().open_versions == (open_,)
    House(NDL).accept(open_)
    assert history().agreed == open_


# What could not be sent, asked before it is


def asks(*drafts: tuple[str, str, Document], says: str = "proposed") -> list[str]:
    """The answers, after making sure that asking has said nothing."""
    before = ledger.last_number()
    made = [
        PlannedStatement(institution=who, record=record, content=one.content(), says=says)
        for who, record, one in drafts
    ]
    answers = would_refuse(made)
    assert ledger.last_number() == before
    return ["" if answer is None else str(answer) for answer in answers]


def test_links_inside_a_package_count_as_sent() -> None:
    package = [(NDL, EXCHANGE, under(NDL, NLC)), (NDL, REPORT, report(NDL))]
    assert asks(*package) == ["", ""]
    (alone,) = asks(package[1])
    assert "does not link to a record" in alone


@pytest.mark.parametrize(
    ("who", "document", "record"),
    [
        (NDL, under(NDL, NLC), EXCHANGE),
        (NLK, under(NLK), MINE),
        (NDL, under(NLC), EXCHANGE),
        (NDL, under(NDL, held_under=uri("programme/none")), EXCHANGE),
        (NDL, programme(NDL, NLC), PROGRAMME),
        (NLK, exchange(NLK), MINTED),
    ],
    ids=["sound", "a claim", "not its own", "a link to nothing", "what changed meanwhile", "a name of others"],
)
def test_the_answer_is_the_one_that_sending_it_gets(who: str, document: Document, record: str) -> None:
    (answer,) = asks((who, record, document))
    came = came_of(proposes(who, document, record))
    assert came == (f"refused: {answer}" if answer else "accepted")


def test_of_what_is_to_be_recorded_the_sources_are_asked_too() -> None:
    (answer,) = asks((COMPILER, EXCHANGE, exchange(NDL, NLC)), says="recorded")
    assert "must name its sources" in answer


def test_of_an_answer_it_is_asked_whether_what_it_answers_can_still_be_declined() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    content = exchange(NDL, NLC, title="Later").content()
    answering = PlannedStatement(institution=NLC, record=EXCHANGE, content=content, answers=version)
    assert would_refuse([answering]) == (None,)
    actions.withdraw(version=version, **House(NDL).said)
    assert "no longer open" in str(would_refuse([answering])[0])


def test_an_export_holds_the_header_of_what_was_recorded_first_though_not_everybody_may_read_that() -> None:
    """Else nobody could tell why a later recorder need not name whom another has named."""
    records(NDL, exchange(NDL, NLC, NLK, shown_to="institutions"))
    records(NLC, exchange(NDL, NLC, NLK, NAL))
    records(NLK, exchange(NDL, NLC, NLK))
    told = verify(bundle(EXCHANGE, asking=archive.EVERYBODY))
    assert (told.versions, told.withheld, told.standing) == (2, 1, "recorded")


def test_what_is_withheld_was_said_in_its_place_among_the_rest() -> None:
    """A recorder corrects whom it named as long as nobody else has spoken, and not afterwards."""
    records(NDL, exchange(NDL, NLC, NLK, shown_to="institutions"))
    records(NDL, exchange(NDL, NLC))
    records(NLC, exchange(NDL, NLC, title="Ours"))
    told = verify(bundle(EXCHANGE, asking=archive.EVERYBODY))
    assert (told.versions, told.withheld, told.standing) == (2, 1, "recorded")
