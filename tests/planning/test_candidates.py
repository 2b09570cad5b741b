"""Candidate dates: who answers as one, in which order they are shown, who sees what, and what cannot be put forward."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any, Final

import pytest

from koryu.planning.rules.candidates import (
    Candidate,
    DateAnswer,
    Says,
    answer_fails,
    asked_of,
    candidate_fails,
    ranked,
    seen,
    sides_of,
)

NDL, NLC, NAL, NARS = "ndl", "nlc", "nal", "nars"
TODAY: Final = date(2026, 11, 29)
FIRST: Final = date(2027, 11, 16)
WORDS: Final = {"1": Says.PREFERRED, "2": Says.POSSIBLE, "-": Says.NOT_POSSIBLE, "a": Says.ASKED}


def answer(of: str, says: Says, *, kept_by: str = "", edition: int = 1, remark: str = "") -> DateAnswer:
    return DateAnswer(of=of, kept_by=kept_by or of, says=says, edition=edition, remark=remark)


def candidate(number: int, *said: DateAnswer, institution: str = NDL, first: date = FIRST) -> Candidate:
    return Candidate(id=number, institution=institution, first=first, last=first + timedelta(days=7), said=said)


def said_by_two(number: int, words: str) -> Candidate:
    """A candidate of which NDL and NLC say so: 1 preferred, 2 possible, - not possible, ? nothing."""
    given = zip((NDL, NLC), words, strict=True)
    return candidate(number, *(answer(of, WORDS[word]) for of, word in given if word != "?"))


# In the order in which they are shown: possible for all first, then by the worst, then by the sum.
IN_ORDER: Final = ["11", "12", "22", "1?", "2?", "1-", "--"]


@pytest.mark.parametrize("start", range(len(IN_ORDER)))
def test_what_is_possible_for_all_comes_first_then_the_best_worst_then_the_sum(start: int) -> None:
    turned = [*enumerate(IN_ORDER, 1)][start:] + [*enumerate(IN_ORDER, 1)][:start]
    shown = ranked([said_by_two(number, words) for number, words in turned], [(NDL,), (NLC,)], asking=NDL)
    assert [IN_ORDER[each.candidate.id - 1] for each in shown] == IN_ORDER
    assert [each.is_for_all for each in shown] == [True] * 3 + [False] * 4


@pytest.mark.parametrize(
    ("given", "more", "asked"),
    [
        (candidate(1), {}, [1]),
        (candidate(1, answer(NLC, Says.POSSIBLE)), {}, []),
        (candidate(1, answer(NLC, Says.ASKED)), {}, [1]),
        # What others were told of us is not our own word.
        (candidate(1, answer(NLC, Says.POSSIBLE, kept_by=NDL)), {}, [1]),
        (candidate(1, institution=NLC), {}, []),
        (candidate(1, institution=NAL), {}, []),
        (candidate(1), {"among": ()}, []),
        (candidate(1), {"today": FIRST}, [1]),
        (candidate(1), {"today": FIRST + timedelta(days=1)}, []),
        (candidate(1), {"planned": ["2027-11-16/2027-11-23"]}, []),
        (candidate(1), {"planned": ["2027-11-16"]}, [1]),
        (replace(candidate(1), withdrawn_at="2026-11-29T09:00:00Z"), {}, []),
    ],
)
def test_what_waits_for_the_answer_of_an_institution(given: Candidate, more: dict[str, Any], asked: list[int]) -> None:
    of: dict[str, Any] = {"among": (NDL, NLC), "planned": ["2027"], "today": TODAY, **more}
    assert [each.id for each in asked_of(NLC, [given], **of)] == asked


def test_once_the_days_of_one_are_taken_none_waits_for_an_answer() -> None:
    answered = candidate(1, answer(NLC, Says.PREFERRED))
    other = candidate(2, first=FIRST + timedelta(days=30))
    of: dict[str, Any] = {"among": (NDL, NLC), "today": TODAY}
    assert asked_of(NLC, [answered, other], planned=[], **of) == (other,)
    assert asked_of(NLC, [answered, other], planned=[answered.written], **of) == ()


def test_nobody_is_outvoted() -> None:
    sides = [(NDL,), (NLC,), (NAL,)]
    two_prefer = candidate(1, answer(NDL, Says.PREFERRED), answer(NLC, Says.PREFERRED), answer(NAL, Says.NOT_POSSIBLE))
    all_can = candidate(2, *(answer(of, Says.POSSIBLE) for of in (NDL, NLC, NAL)))
    for given in permutations([two_prefer, all_can]):
        first, second = ranked(given, sides, asking=NDL)
        assert (first.candidate.id, first.is_for_all, second.is_for_all) == (2, True, False)


def test_institutions_that_host_as_one_answer_as_one_and_the_worst_of_them_counts() -> None:
    sides = sides_of((NAL, NARS, NDL), [(NDL,), (NAL, NARS)])
    assert sides == ((NAL, NARS), (NDL,))
    assert sides_of((NDL, NARS), [(NAL, NARS)]) == ((NDL,), (NARS,))
    assert sides_of((NDL, NLC), []) == ((NDL,), (NLC,))
    half = candidate(1, answer(NDL, Says.POSSIBLE), answer(NAL, Says.PREFERRED))
    (shown,) = ranked([half], sides, asking=NDL)
    assert (shown.sides[0].says, shown.is_for_all) == (Says.PREFERRED, True)
    whole = candidate(1, answer(NDL, Says.POSSIBLE), answer(NAL, Says.PREFERRED), answer(NARS, Says.NOT_POSSIBLE))
    (shown,) = ranked([whole], sides, asking=NDL)
    assert (shown.sides[0].says, shown.is_for_all, shown.is_excluded) == (Says.NOT_POSSIBLE, False, True)


def test_who_was_only_asked_has_not_answered() -> None:
    (shown,) = ranked(
        [candidate(1, answer(NDL, Says.POSSIBLE), answer(NLC, Says.ASKED, kept_by=NDL))],
        [(NDL,), (NLC,)],
        asking=NDL,
    )
    assert (shown.sides[1].says, shown.is_for_all, shown.is_excluded) == (None, False, False)


def test_what_an_institution_says_itself_counts_before_what_we_were_told() -> None:
    itself, told = answer(NLC, Says.NOT_POSSIBLE), answer(NLC, Says.PREFERRED, kept_by=NDL)
    for said in permutations([itself, told]):
        assert candidate(1, *said).answer_of(NLC, asking=NDL) is itself
    assert candidate(1, told).answer_of(NLC, asking=NDL) is told
    assert candidate(1, told).answer_of(NLC, asking=NLC) is None


def test_an_institution_sees_its_own_those_it_is_shown_and_those_it_spoke_of() -> None:
    ours, theirs = candidate(1), candidate(2, answer(NLC, Says.POSSIBLE), institution=NLC)
    answered = candidate(3, answer(NDL, Says.PREFERRED), institution=NLC)
    everything = [ours, theirs, answered]
    assert [each.id for each in seen(everything, asking=NDL, together=())] == [1, 3]
    assert [each.id for each in seen(everything, asking=NDL, together=(NDL, NLC))] == [1, 2, 3]
    assert [each.id for each in seen(everything, asking=NAL, together=())] == []
    assert [each.id for each in seen(everything, asking=NAL, together=(NAL, NARS))] == []


def test_what_an_institution_was_told_of_another_is_its_own_note() -> None:
    told = answer(NAL, Says.PREFERRED, kept_by=NDL, remark="by telephone")
    own = answer(NLC, Says.POSSIBLE)
    (shown,) = seen([candidate(1, told, own)], asking=NLC, together=(NDL, NLC))
    assert shown.said == (own,)
    (shown,) = seen([candidate(1, told, own)], asking=NDL, together=(NDL, NLC))
    assert shown.said == (told, own)


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (FIRST, FIRST, None),
        (TODAY, TODAY + timedelta(days=99), None),
        (TODAY, TODAY + timedelta(days=100), "Candidate dates last at most %(most)s days."),
        (TODAY - timedelta(days=1), FIRST, "These dates have passed."),
        (FIRST, FIRST - timedelta(days=1), "The last day comes before the first."),
        (date(2100, 12, 31), date(2101, 1, 1), "Enter days between 1970 and 2100."),
        (date(1969, 1, 1), date(1969, 1, 2), "Enter days between 1970 and 2100."),
        (FIRST, FIRST + timedelta(days=7), "These dates are among the candidates already."),
    ],
)
def test_what_cannot_be_put_forward(first: date, last: date, reason: str | None) -> None:
    refused = candidate_fails(first, last, today=TODAY, beside=[candidate(1)])
    assert (refused.message if refused else None) == reason


def test_the_ninth_is_refused_and_what_was_withdrawn_does_not_count() -> None:
    many = [candidate(number, first=FIRST + timedelta(days=number)) for number in range(8)]
    other = FIRST + timedelta(days=30)
    refused = candidate_fails(other, other, today=TODAY, beside=many)
    assert refused
    assert refused.message == "At most eight candidates."
    withdrawn = Candidate(id=9, institution=NDL, first=other, last=other, withdrawn_at="2026-11-01T00:00:00Z")
    assert candidate_fails(other, other, today=TODAY, beside=[*many[:7], withdrawn]) is None


@pytest.mark.parametrize(
    ("said", "given", "reason"),
    [
        (answer(NDL, Says.POSSIBLE), candidate(1), None),
        (answer(NDL, Says.POSSIBLE), candidate(1, first=TODAY - timedelta(days=1)), "These dates have passed."),
        (answer(NDL, Says.POSSIBLE, remark="x" * 301), candidate(1), "A remark has at most %(most)s characters."),
        (
            answer(NDL, Says.POSSIBLE),
            Candidate(id=1, institution=NDL, first=FIRST, last=FIRST, withdrawn_at="2026-11-01T00:00:00Z"),
            "These dates were withdrawn.",
        ),
    ],
)
def test_what_cannot_be_said_of_a_candidate(said: DateAnswer, given: Candidate, reason: str | None) -> None:
    refused = answer_fails(said, given, today=TODAY)
    assert (refused.message if refused else None) == reason
