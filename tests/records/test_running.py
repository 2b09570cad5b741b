"""When agreements run out: one rule, and every situation in which it is asked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from koryu.records.agreement import Agreement
from koryu.records.listed_values import Summary
from koryu.records.running import STEPS, HeldCount, Running, TermState, running
from tests.records.terms import NDL, SITUATIONS, A, B, Situation
from tests.shipped import BASE as SHIPPED
from tests.shipped import shipped

TODAY = date(2026, 11, 29)
each = pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.rule)


def answers(situation: Situation, *days: date) -> list[dict[str, Running]]:
    """What is answered on each of the days."""
    agreements, held = situation.known("agreement"), situation.known("exchange")
    programmes = situation.known("programme")
    return [running(agreements, held=held, programmes=programmes, today=today) for today in days]


@each
def test_a_situation_has_one_answer(situation: Situation) -> None:
    found = answers(situation, situation.today)[0][A]
    assert (found.state, str(found.until or ""), found.reckoned, found.step) == (
        situation.state,
        situation.until,
        situation.reckoned,
        situation.step,
    )
    count = HeldCount(held=situation.count[0], agreed=situation.count[1]) if situation.count else None
    assert (found.count, found.alike, found.parts) == (count, situation.alike, situation.parts)


@each
def test_every_agreement_is_part_of_one_answer(situation: Situation) -> None:
    parts = [part for one in answers(situation, situation.today)[0].values() for part in one.parts]
    assert sorted(parts) == sorted(situation.agreements)


@each
def test_the_order_in_which_they_are_given_changes_no_answer(situation: Situation) -> None:
    turned = replace(
        situation,
        agreements=dict(reversed([*situation.agreements.items()])),
        exchanges=dict(reversed([*situation.exchanges.items()])),
    )
    assert answers(turned, situation.today) == answers(situation, situation.today)


@each
def test_what_has_run_out_never_runs_again_by_itself(situation: Situation) -> None:
    days = [situation.today + timedelta(days=days) for days in range(0, 900, 9)]
    states = [found[A].state for found in answers(situation, *days)]
    assert "has run out" not in states or set(states[states.index(TermState.RAN_OUT) :]) == {"has run out"}


def test_the_answers_come_in_the_order_of_the_agreements() -> None:
    facts = {uri: Summary(institutions=[NDL], since="2020") for uri in (B, A)}
    assert list(running(facts, held={}, today=TODAY)) == [B, A]


def test_nothing_on_record_has_no_answer() -> None:
    assert running({}, held={}, today=TODAY) == {}


@pytest.mark.parametrize("lasts", ["P0D", "P0Y0M", "", "P", "four years", "P99999999999Y", "P" + 5000 * "9" + "D"])
def test_a_length_of_nothing_or_of_no_calendar_gives_no_end(lasts: str) -> None:
    facts = {A: Summary(since="2020-01-01", lasts=lasts, renewal="renews automatically")}
    assert running(facts, held={}, today=TODAY)[A].until is None


@pytest.mark.parametrize("lasts", ["P1D", "P1W", "P1M", "P1Y", "P1M1D", "P999999D"])
def test_what_renews_since_long_ago_is_found_at_once_and_never_past(lasts: str) -> None:
    facts = {A: Summary(since="0002-01-31", lasts=lasts, renewal="renews automatically")}
    until = running(facts, held={}, today=TODAY)[A].until
    assert until is not None
    assert until.latest >= TODAY


@pytest.mark.parametrize("days", range(-1, 367))
def test_the_steps_come_one_after_the_other(days: int) -> None:
    end = TODAY + timedelta(days=days)
    step = running({A: Summary(until=end.isoformat())}, held={}, today=TODAY)[A].step
    assert step == (min((one for one in STEPS if days <= one), default=None) if days >= 0 else None)


# The record that is shipped

REAL = date(2026, 11, 29)
PREFIX = f"{SHIPPED}agreement/"


def real() -> dict[str, Running]:
    documents = {f"{SHIPPED}{name}": document for name, document in shipped().items()}
    known = {
        kind: {uri: one.summary() for uri, one in documents.items() if one.kind == kind}
        for kind in ("agreement", "exchange", "programme")
    }
    found = running(known["agreement"], held=known["exchange"], programmes=known["programme"], today=REAL)
    return {uri.removeprefix(PREFIX): one for uri, one in found.items()}


def test_the_shipped_memoranda_of_vietnam_have_run_out_and_one_asks() -> None:
    found = real()
    names = ("nlk-nlv-2007", "nlk-nlv-2016", "nlk-nlv-2021")
    assert {name: (found[name].state, found[name].until, found[name].reckoned) for name in names} == {
        "nlk-nlv-2007": ("has run out", "2011", False),
        "nlk-nlv-2016": ("has run out", "2020", False),
        "nlk-nlv-2021": ("has run out", "2025", False),
    }
    assert {name: found[name].alike for name in names} == {
        "nlk-nlv-2007": (),
        "nlk-nlv-2016": (f"{PREFIX}nlk-nlv-2021",),
        "nlk-nlv-2021": (),
    }


def test_a_shipped_length_without_a_beginning_has_no_end() -> None:
    found = real()
    assert (found["ndl-nal-nars-four-years"].state, found["ndl-nal-nars-four-years"].until) == ("end not known", None)
    assert found["nlcy-international-youth-library"].until is None


def test_the_letter_of_1999_has_no_end_and_its_change_alters_nothing() -> None:
    letter = real()["ndl-nlc-1999"]
    assert (letter.state, letter.until, letter.parts) == (
        "end not known",
        None,
        (f"{PREFIX}ndl-nlc-1999", f"{PREFIX}ndl-nlc-2005"),
    )


def test_a_shipped_length_with_a_day_is_reckoned_from_it() -> None:
    found = real()
    names = ("ndl-nal-2007", "nlcy-islamic-arts-museum-2022", "nlcy-stormen-2024")
    assert {name: (found[name].state, found[name].until, found[name].reckoned) for name in names} == {
        "ndl-nal-2007": ("has run out", "2009", True),
        "nlcy-islamic-arts-museum-2022": ("has run out", "2025-09-21", True),
        "nlcy-stormen-2024": ("renews", "2027-01-19", True),
    }


def test_of_no_other_shipped_agreement_is_an_end_said() -> None:
    said = sorted(name for name, one in real().items() if one.until)
    assert said == [
        "ndl-nal-2007",
        "nlcy-islamic-arts-museum-2022",
        "nlcy-stormen-2024",
        "nlk-nlv-2007",
        "nlk-nlv-2016",
        "nlk-nlv-2021",
    ]


def test_a_length_is_on_record_only_where_its_words_are() -> None:
    terms = {name: one.term for name, one in shipped().items() if isinstance(one, Agreement) and one.term}
    assert {name: str(term.stated.shown("en").text) for name, term in terms.items() if term.lasts and term.stated} == {
        "agreement/ndl-nal-2007": "two more years",
        "agreement/ndl-nal-nars-four-years": "four years",
        "agreement/nlcy-international-youth-library": "3 years",
        "agreement/nlcy-islamic-arts-museum-2022": "3 years",
        "agreement/nlcy-stormen-2024": "3 years",
    }
    assert [name for name, term in terms.items() if term.lasts and not term.stated] == []
