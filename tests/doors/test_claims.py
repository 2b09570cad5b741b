"""A record claims to belong to another only where an owner of that one is among those who say so (rule 9).

`before` is what came of each when the table was written.
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from django.test import Client

from koryu.archive import queries as archive
from koryu.cli.loading import load
from koryu.consent import actions
from koryu.consent.actions.admission import PlannedStatement, would_refuse
from koryu.records.document import Document
from tests.doors.attacks import Attack, Attacks, came_of, is_refused, name_of
from tests.world import (
    COMPILER,
    EXCHANGE,
    MEMORANDUM,
    NAL,
    NDL,
    NLC,
    NLK,
    NO,
    PROGRAMME,
    WORK,
    Act,
    House,
    exchange,
    give_voice,
    history,
    library,
    memorandum,
    of,
    outcome,
    paper,
    participation,
    programme,
    proposes,
    records,
    report,
    settle_in,
    stands,
    the_exchange,
    timetable,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
ATTACKS = Attacks()
MINE = uri("exchange/k")
NOBODYS = uri("exchange/nobody-s")
PRIVATE = uri("report/private")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.mark.parametrize("tried", ATTACKS, ids=name_of)
def test_it_is_refused_in_a_sentence_and_nothing_is_left_in_the_ledger(tried: Attack) -> None:
    is_refused(tried)


# Held under a programme, a number in its series


@ATTACKS.tried(before="accepted")
def a_stranger_s_exchange_is_held_under_others_programme() -> Act:
    return proposes(NLK, under(NLK), MINE)


@ATTACKS.tried(before="accepted")
def a_stranger_s_exchange_takes_a_number() -> Act:
    return proposes(NLK, under(NLK, number="7"), MINE)


@ATTACKS.tried(before="accepted")
def a_stranger_s_exchange_comes_under_others_programme_with_its_second_version() -> Act:
    first = stands(exchange(NLK), NLK, record=MINE)
    return proposes(NLK, under(NLK, number="7"), MINE, first)


@ATTACKS.tried(before="accepted")
def a_stranger_records_an_exchange_under_others_programme() -> Act:
    return partial(records, NLK, under(NLK), MINE)


@ATTACKS.tried(before="accepted")
def a_stranger_records_an_exchange_of_the_owners_under_their_programme() -> Act:
    return partial(records, NLK, under(NDL, NLC), MINE)


@ATTACKS.tried(before="accepted")
def a_stranger_takes_a_number_through_a_programme_of_its_own() -> Act:
    own = uri("programme/k")
    return proposes(NLK, of("programme", **members(NLK), number_series=PROGRAMME), own)


@ATTACKS.tried(before="accepted")
def a_stranger_s_programme_continues_others() -> Act:
    return proposes(NLK, of("programme", **members(NLK), continues=PROGRAMME), uri("programme/k"))


def members(*institutions: str) -> dict[str, Any]:
    listed = [{"id": f"m{place}", "institution": one} for place, one in enumerate(institutions)]
    return {"type": "mutual visit programme", "institutions": listed}


# Extending, amending, standing in for


@ATTACKS.tried(before="accepted")
def a_stranger_s_agreement_extends_others() -> Act:
    stands(memorandum(NDL, NLC), NDL, NLC, record=MEMORANDUM)
    return proposes(NLK, memorandum(NLK, type="extension", extends=MEMORANDUM), uri("agreement/k"))


@ATTACKS.tried(before="accepted")
def a_stranger_s_amendment_is_recorded() -> Act:
    stands(memorandum(NDL, NLC), NDL, NLC, record=MEMORANDUM)
    change = {"type": "amendment", "amends_by": "change of content", "extends": MEMORANDUM}
    return partial(records, NLK, memorandum(NDL, NLC, **change), uri("agreement/k"))


@ATTACKS.tried(before="accepted")
def a_stranger_s_exchange_stands_in_for_others() -> Act:
    the_exchange()
    return proposes(NLK, exchange(NLK, stands_in_for={"exchange": EXCHANGE}), MINE)


# Belonging to an exchange


@ATTACKS.tried(before="accepted")
def a_stranger_s_report_belongs_to_others_exchange() -> Act:
    the_exchange()
    return proposes(NLK, report(NLK), uri("report/k"))


@ATTACKS.tried(before="accepted")
def a_stranger_s_report_is_moved_to_others_exchange() -> Act:
    the_exchange()
    stands(exchange(NLK), NLK, record=MINE)
    first = stands(report(NLK, MINE), NLK, record=uri("report/k"))
    return proposes(NLK, report(NLK), uri("report/k"), first)


@ATTACKS.tried(before="accepted")
def a_stranger_takes_part_in_others_exchange() -> Act:
    the_exchange()
    return proposes(NLK, participation(NLK), uri("participation/k"))


@ATTACKS.tried(before="accepted")
def a_stranger_records_who_came_for_an_owner() -> Act:
    the_exchange()
    return partial(records, NLK, participation(NLC), uri("participation/k"))


@ATTACKS.tried(before="accepted")
def a_stranger_s_paper_was_given_at_others_exchange() -> Act:
    the_exchange()
    return proposes(NLK, paper(NLK), uri("paper/k"))


@ATTACKS.tried(before="accepted")
def a_stranger_arranges_the_timetable_of_others_exchange() -> Act:
    the_exchange()
    return proposes(NLK, timetable(NLK), uri("timetable/k"))


@ATTACKS.tried(before="accepted")
def a_stranger_s_paper_belongs_to_what_was_only_recorded() -> Act:
    records(COMPILER, exchange(NDL, NLC))
    return proposes(NLK, paper(NLK), uri("paper/k"))


@ATTACKS.tried(before="accepted")
def a_recorder_s_paper_belongs_to_what_another_recorded() -> Act:
    records(COMPILER, exchange(NDL, NLC))
    return partial(records, NLK, paper(NDL), uri("paper/k"))


@ATTACKS.tried(before="accepted")
def a_newcomer_that_is_only_proposed_belongs_already() -> Act:
    House(NDL).propose(under(NDL, NLC, NLK), replaces=the_exchange())
    return proposes(NLK, report(NLK), uri("report/k"))


# Where links lead


@ATTACKS.tried(before="accepted")
def a_programme_is_named_that_is_an_institution() -> Act:
    return proposes(NDL, under(NDL, held_under=NDL), MINE)


@ATTACKS.tried(before="accepted")
def a_programme_is_named_that_is_an_institution_in_what_is_recorded() -> Act:
    return partial(records, COMPILER, under(NDL, held_under=NDL), MINE)


@ATTACKS.tried(before="accepted")
def an_institution_is_named_that_is_a_work() -> Act:
    return proposes(NDL, exchange(NDL, invited_by=WORK), MINE)


@ATTACKS.tried(before="refused: programme/none does not link to a record.")
def an_exchange_is_held_under_a_programme_that_does_not_exist() -> Act:
    return proposes(NDL, under(NDL, held_under=uri("programme/none")), MINE)


@ATTACKS.tried(before="refused: institution/none does not link to a record.")
def an_exchange_names_a_host_that_does_not_exist() -> Act:
    stranger = uri("institution/none")
    return proposes(NDL, exchange(NDL, invited_by=stranger), MINE)


@ATTACKS.tried(before="refused: work/none does not link to a record.")
def a_record_rests_on_a_work_that_does_not_exist() -> Act:
    return proposes(NDL, exchange(NDL, sources=[{"id": "s", "work": uri("work/none")}]), MINE)


@ATTACKS.tried(before="accepted")
def a_recorded_outcome_grew_out_of_nothing_that_exists() -> Act:
    return partial(records, COMPILER, outcome(COMPILER, NOBODYS), uri("outcome/o"))


@ATTACKS.tried(before="refused: exchange/nobody-s does not link to a record.")
def a_proposed_outcome_grew_out_of_nothing_that_exists() -> Act:
    return proposes(NDL, outcome(NDL, NOBODYS), uri("outcome/o"))


@ATTACKS.tried(before="accepted")
def a_stranger_s_outcome_grew_out_of_what_others_consult_about() -> Act:
    House(NDL).propose(exchange(NDL, NLC))
    return proposes(NLK, outcome(NLK), uri("outcome/o"))


@ATTACKS.tried(before="accepted")
def a_stranger_s_outcome_grew_out_of_what_others_declined() -> Act:
    declined()
    return proposes(NLK, outcome(NLK), uri("outcome/o"))


@ATTACKS.tried(before="accepted")
def what_is_public_leads_to_what_is_not() -> Act:
    kept_private()
    return proposes(NDL, treating(NDL, PRIVATE), uri("work/w"))


def kept_private() -> str:
    the_exchange()
    stands(report(NDL, shown_to="own"), NDL, record=PRIVATE)
    return PRIVATE


def consulted() -> str:
    House(NDL).propose(exchange(NDL, NLC))
    return EXCHANGE


def declined() -> str:
    version = House(NDL).propose(exchange(NDL, NLC))
    actions.decline(version=version, reason=NO, **House(NLC).said)
    return EXCHANGE


def treating(keeper: str, record: str) -> Document:
    about = [{"id": "a", "relation": "treats", "record": record}]
    return of("work", type="report", kept_by=keeper, about=about)


@pytest.mark.parametrize("hidden", [kept_private, consulted, declined])
def test_a_link_to_what_is_not_readable_is_refused_as_one_to_nothing(hidden: Callable[[], str]) -> None:
    """Before: the link to nothing was refused, and the one to what is hidden accepted."""
    record, none = hidden(), uri("report/none")
    came = came_of(proposes(NLK, treating(NLK, record), uri("work/k")))
    assert came.startswith("refused: ")
    assert came.replace(record, none) == came_of(proposes(NLK, treating(NLK, none), uri("work/k")))


# What is said well


def test_two_exchanges_with_one_number_both_stand() -> None:
    """Before: the second was refused."""
    the_exchange(number="7")
    second = stands(under(NDL, NLC, number="7", title="Another"), NDL, NLC, record=MINE)
    assert history(MINE).agreed == second


def test_a_later_version_keeps_its_claim_though_who_made_it_is_no_owner_there_any_more() -> None:
    """Before: so it was."""
    three = stands(programme(NDL, NLC, NLK), NDL, NLC, NLK, record=PROGRAMME, replaces=history(PROGRAMME).agreed)
    mine = stands(under(NLK), NLK, record=MINE)
    stands(programme(NDL, NLC, left=(NLK,)), NDL, NLC, NLK, record=PROGRAMME, replaces=three)
    later = stands(under(NLK, title="Later"), NLK, record=MINE, replaces=mine)
    assert history(MINE).agreed == later


@pytest.mark.parametrize("make", [report, paper, participation, timetable])
def test_what_an_owner_of_the_exchange_says_belongs_to_it(make: Any) -> None:
    the_exchange()
    record = uri("its/own")
    assert stands(make(NLC), NLC, record=record) == history(record).agreed


# As readers see it


@pytest.mark.parametrize("title", ["Takes a number", "Takes none"])
def test_a_stranger_s_exchange_is_not_on_the_page_of_others_programme(title: str) -> None:
    """Before: it was listed there with its number."""
    number = "7" if title == "Takes a number" else ""
    came_of(proposes(NLK, under(NLK, number=number, title=title), MINE))
    assert title not in Client().get("/en/programme/p/").content.decode()


def test_a_stranger_s_outcome_is_not_listed_beside_what_the_owners_say_came_of_it() -> None:
    """Before: both stood in one list."""
    the_exchange()
    stands(outcome(NDL, title={"en": "Ours"}), NDL, record=uri("outcome/ours"))
    came_of(proposes(NLK, outcome(NLK, title={"en": "Theirs"}), uri("outcome/theirs")))
    page = Client().get("/en/exchange/e/").content.decode()
    held = [one for one in re.findall(r"<(?:ul|ol|dl|table)\b.*?</(?:ul|ol|dl|table)>", page, re.S) if "Ours" in one]
    assert held
    assert not any("Theirs" in one for one in held)


# By `koryu load`


def data_set(folder: Path, recorder: str, *records: dict[str, Any]) -> Path:
    written = {"base": "tag:example.org,2026:", "recorder": recorder, "records": list(records)}
    file = folder / "set.yaml"
    file.write_text(yaml.safe_dump(written, allow_unicode=True) + "...\n", encoding="utf-8")
    return file


RIVAL = "institution/rival"


def rival(**more: Any) -> list[dict[str, Any]]:
    """A second compiler's data set of one record."""
    compiler = {**library(uri(RIVAL)).content(), "record": RIVAL, "type": "compiler of a data set"}
    return [compiler, {"sources": [{"id": "s", "work": WORK}], **more}]


@pytest.mark.parametrize(
    ("record", "before"),
    [
        ({"record": "exchange/r", **under(NDL, NLC, number="7").content()}, "loaded"),
        ({"record": "exchange/e", **exchange(NDL).content()}, "refused"),
        ({"record": "paper/r", **paper(NLC).content()}, "loaded"),
        ({"record": "outcome/r", **outcome(uri(RIVAL), NOBODYS).content()}, "refused"),
        ({"record": "exchange/r", **under(NDL, held_under=NAL).content()}, "refused"),
    ],
    ids=["under others' programme", "drops an owner", "a paper of others", "from nothing", "a wrong kind"],
)
def test_a_second_compiler_loads_nothing_into_what_the_first_recorded(
    tmp_path: Path, record: dict[str, Any], before: str
) -> None:
    records(COMPILER, exchange(NDL, NLC))
    name = uri(record["record"])
    stood = archive.record_named(name, asking=archive.EVERYBODY)
    done = CliRunner().invoke(load, [str(data_set(tmp_path, RIVAL, *rival(**record)))])
    assert done.exit_code != 0
    assert archive.record_named(name, asking=archive.EVERYBODY) == stood
    assert archive.record_named(uri(RIVAL), asking=archive.EVERYBODY) is None


def test_who_recorded_the_programme_records_what_is_held_under_it() -> None:
    give_voice(NAL)
    other = uri("programme/recorded")
    records(COMPILER, programme(NDL, NLC), other)
    assert records(COMPILER, under(NDL, NLC, held_under=other, number="1"), MINE)


def test_who_records_a_line_of_its_own_beside_a_programme_holds_nothing_under_it_by_that() -> None:
    """Before: refused, as only one institution could record; then accepted for a time, with the number."""
    give_voice(NAL)
    other = uri("programme/recorded")
    records(COMPILER, programme(NDL, NLC), other)
    records(NAL, programme(NDL, NLC), other)
    came = came_of(partial(records, NAL, under(NAL, held_under=other, number="7"), uri("exchange/nal")))
    assert came.startswith("refused: Only the institutions of ")


def test_a_file_that_records_a_programme_anew_holds_nothing_under_it_by_that(tmp_path: Path) -> None:
    """Before: refused, as only one institution could record; then accepted for a time, with the number."""
    records(COMPILER, programme(NDL, NLC), uri("programme/recorded"))
    beside = {"record": "programme/recorded", **programme(NDL, NLC).content(), "sources": [{"id": "s", "work": WORK}]}
    held = {"record": "exchange/r", **under(NDL, NLC, held_under=uri("programme/recorded"), number="7").content()}
    done = CliRunner().invoke(load, [str(data_set(tmp_path, RIVAL, *rival(**held), beside))])
    assert done.exit_code != 0
    assert archive.record_named(uri("exchange/r"), asking=archive.EVERYBODY) is None


def test_a_package_that_records_a_programme_anew_is_told_the_same_when_it_asks() -> None:
    give_voice(NAL)
    other, source = uri("programme/recorded"), {"sources": [{"id": "s", "work": WORK}]}
    records(COMPILER, programme(NDL, NLC), other)
    beside = PlannedStatement(
        institution=NAL, record=other, content={**programme(NDL, NLC).content(), **source}, says="recorded"
    )
    content = {**under(NAL, held_under=other, number="7").content(), **source}
    held = PlannedStatement(institution=NAL, record=uri("exchange/nal"), content=content, says="recorded")
    first, second = would_refuse([beside, held])
    assert (first, str(second)[:24]) == (None, "Only the institutions of")
