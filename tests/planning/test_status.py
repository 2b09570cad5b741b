"""How an exchange stands, in one sentence: each clause of the list, for two and for three institutions, on a day."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from koryu.planning.rules.status import ExchangeFacts, OpenText, Stage, status_of
from koryu.values.edtf import Edtf
from tests.world import NAL, NDL, NLC

TODAY: Final = date(2027, 9, 8)
DAY: Final = date(2028, 11, 16)
AT, LATER = "2027-06-12T09:00:00Z", "2027-06-20T09:00:00Z"
SPAN = Edtf("2027-11-09/2027-11-17")
SENT = OpenText(by=NDL, at=AT, awaited=frozenset({NLC}))
AGREED: Final[dict[str, Any]] = {"state": "planned", "agreed_at": AT, "when": SPAN}
HELD: Final[dict[str, Any]] = {"state": "held", "agreed_at": AT, "when": Edtf("2027-08-01/2027-08-05")}


POSTPONED: Final[dict[str, Any]] = {"state": "postponed", "agreed_at": AT, "postponed_to": Edtf("2028")}
IN_FORCE: Final = f"Until then the plan agreed on {AT} remains the current version."
WISHED: Final = replace(SENT, wished_by=NLC, wished_at=LATER)
WISH: Final = [
    f"{NLC} has written and wants something changed (noted on {LATER}).",
    "Your turn: withdraw the text that is open and send the next version.",
]


def facts(**more: Any) -> ExchangeFacts:
    return ExchangeFacts(me=NDL, public=True, **more)


# What is known; how far it has come; what is said, with values in it. Dates are as records write them.
ROWS: Final = [
    ({"state": "cancelled", "agreed_at": AT}, Stage.CLOSED, [f"Cancelled on {AT}."]),
    (
        {"state": "postponed", "agreed_at": AT, "postponed_to": Edtf("2028")},
        Stage.PREPARED,
        ["Postponed to 2028."],
    ),
    ({"state": "postponed", "agreed_at": AT}, Stage.PREPARED, ["Postponed; no new date is on record."]),
    (HELD | {"closed_at": LATER, "steps_open": 2}, Stage.CLOSED, [f"Closed on {LATER}; steps left open: 2."]),
    (HELD | {"closed_at": LATER}, Stage.CLOSED, [f"Closed on {LATER}."]),
    (
        HELD | {"next_step": "Thanks", "step_who": "Mori", "steps_open": 1},
        Stage.TO_CLOSE,
        ["Held 2027-08-01/2027-08-05.", "To do before closing: Thanks (Mori)."],
    ),
    (HELD | {"next_step": "Thanks"}, Stage.TO_CLOSE, ["Held 2027-08-01/2027-08-05.", "To do before closing: Thanks."]),
    (HELD, Stage.TO_CLOSE, ["Held 2027-08-01/2027-08-05.", "Not closed yet."]),
    (HELD | {"when": None}, Stage.TO_CLOSE, ["Held; the date is not known.", "Not closed yet."]),
    (
        HELD | {"recorded": True},
        Stage.CLOSED,
        ["Held 2027-08-01/2027-08-05.", "On record from published sources."],
    ),
    # Candidate dates, as long as they are to come and somebody has not answered.
    (
        {"candidates": ((DAY, frozenset({NLC, NAL})), (DAY, frozenset({NLC})))},
        Stage.PREPARED,
        [f"Candidate dates are with {NAL}, {NLC}."],
    ),
    ({"candidates": ((DAY, frozenset()),)}, Stage.PREPARED, ["A draft; no partner has a text to answer."]),
    (
        {"candidates": ((date(2027, 9, 7), frozenset({NLC})),)},
        Stage.PREPARED,
        ["A draft; no partner has a text to answer."],
    ),
    (
        {"shown_since": AT, "shown_to": (NLC,), "candidates": ((DAY, frozenset({NLC})),)},
        Stage.PREPARED,
        [f"A draft, shown to {NLC} since {AT}.", f"Candidate dates are with {NLC}."],
    ),
    # Those of others, as long as we have not answered.
    (
        {"shown_since": AT, "shown_by": NLC, "dates_to_answer": ((DAY, NLC), (DAY, NLC))},
        Stage.PREPARED,
        [f"A draft of {NLC}, shown to you since {AT}.", f"Candidate dates of {NLC} wait for your answer."],
    ),
    (
        {"state": "postponed", "agreed_at": AT, "dates_to_answer": ((DAY, NLC), (DAY, NAL))},
        Stage.PREPARED,
        ["Postponed; no new date is on record.", f"Candidate dates of {NAL}, {NLC} wait for your answer."],
    ),
    (
        AGREED | {"when": None, "dates_to_answer": ((DAY, NLC),)},
        Stage.COMING,
        [f"Agreed on {AT}.", "No date yet.", f"Candidate dates of {NLC} wait for your answer."],
    ),
    (
        AGREED | {"when": None, "candidates": ((DAY, frozenset({NLC})),)},
        Stage.COMING,
        [f"Agreed on {AT}.", "No date yet.", f"Candidate dates are with {NLC}."],
    ),
    (AGREED | {"when": Edtf("2027-09-06/2027-09-10")}, Stage.UNDER_WAY, ["Today is day 3 of 5."]),
    (AGREED | {"when": Edtf("2027-09-08")}, Stage.UNDER_WAY, ["Today is day 1 of 1."]),
    ({"open": (SENT,)}, Stage.PREPARED, [f"Sent on {AT}; to reply: {NLC}."]),
    # Three sides: whoever has not answered yet.
    (
        {"open": (replace(SENT, awaited=frozenset({NLC, NAL})),)},
        Stage.PREPARED,
        [f"Sent on {AT}; to reply: {NAL}, {NLC}."],
    ),
    (
        {"open": (SENT, replace(SENT, at=LATER))},
        Stage.PREPARED,
        [f"Texts sent on {AT} and after: 2; to reply: {NLC}."],
    ),
    (
        AGREED | {"open": (OpenText(by=NLC, at=LATER, awaited=frozenset({NDL})),)},
        Stage.COMING,
        [f"Sent by {NLC} on {LATER}; your institution is to reply.", IN_FORCE],
    ),
    (
        {"open": (SENT, OpenText(by=NLC, at=LATER, awaited=frozenset({NDL, NAL})))},
        Stage.PREPARED,
        [f"Sent by {NLC} on {LATER}; your institution is to reply."],
    ),
    (
        {"open": (OpenText(by=NLC, at=AT, awaited=frozenset({NDL})),) * 2},
        Stage.PREPARED,
        [f"Texts sent on {AT} and after, for your institution to reply: 2."],
    ),
    (
        {"open": (replace(SENT, declined_by=NLC, declined_at=LATER),)},
        Stage.PREPARED,
        [f"Not accepted by {NLC} on {LATER}."],
    ),
    # One of three has not accepted it, and another has not answered: nobody is asked any more.
    (
        {"open": (replace(SENT, awaited=frozenset({NAL}), declined_by=NLC, declined_at=LATER),)},
        Stage.PREPARED,
        [f"Not accepted by {NLC} on {LATER}."],
    ),
    ({"waits_since": AT}, Stage.PREPARED, [f"Waiting for your head’s approval since {AT}."]),
    (AGREED | {"waits_since": LATER}, Stage.COMING, [f"Waiting for your head’s approval since {LATER}.", IN_FORCE]),
    # They have written and want something changed: it is our turn, not theirs.
    ({"open": (WISHED,)}, Stage.PREPARED, WISH),
    (AGREED | {"open": (WISHED,)}, Stage.COMING, [*WISH, IN_FORCE]),
    # What they would have changed in the text of somebody else is not ours to withdraw.
    (
        {"open": (replace(WISHED, by=NAL, awaited=frozenset({NLC})),)},
        Stage.PREPARED,
        [f"Sent on {AT}; to reply: {NLC}."],
    ),
    # What is past or put off may have a text that is not answered: for everyone, or with a new date.
    (
        POSTPONED | {"open": (SENT,)},
        Stage.PREPARED,
        ["Postponed to 2028.", f"Sent on {AT}; to reply: {NLC}."],
    ),
    (
        POSTPONED | {"open": (OpenText(by=NLC, at=LATER, awaited=frozenset({NDL})),)},
        Stage.PREPARED,
        [f"Sent by {NLC} on {LATER}; your institution is to reply.", "Postponed to 2028."],
    ),
    (
        POSTPONED | {"waits_since": LATER},
        Stage.PREPARED,
        ["Postponed to 2028.", f"Waiting for your head’s approval since {LATER}."],
    ),
    (
        {"state": "cancelled", "agreed_at": AT, "open": (SENT,)},
        Stage.CLOSED,
        [f"Cancelled on {AT}.", f"Sent on {AT}; to reply: {NLC}."],
    ),
    (
        HELD | {"open": (SENT,)},
        Stage.TO_CLOSE,
        ["Held 2027-08-01/2027-08-05.", "Not closed yet.", f"Sent on {AT}; to reply: {NLC}."],
    ),
    (
        AGREED | {"when": Edtf("2027-09-06/2027-09-10"), "open": (SENT,)},
        Stage.UNDER_WAY,
        ["Today is day 3 of 5.", f"Sent on {AT}; to reply: {NLC}."],
    ),
    (AGREED, Stage.COMING, [f"Agreed on {AT}.", "2027-11-09/2027-11-17, days until then: 62."]),
    (
        AGREED | {"by_letter": True, "next_step": "Titles", "step_due": Edtf("2027-10-10")},
        Stage.COMING,
        [
            f"Agreed by letter on {AT}.",
            "2027-11-09/2027-11-17, days until then: 62.",
            "Next: Titles, due 2027-10-10.",
        ],
    ),
    (
        AGREED | {"when": Edtf("2027-11"), "next_step": "Titles"},
        Stage.COMING,
        [f"Agreed on {AT}.", "Planned for 2027-11.", "Next: Titles."],
    ),
    (AGREED | {"when": None}, Stage.COMING, [f"Agreed on {AT}.", "No date yet."]),
    (
        AGREED | {"recorded": True},
        Stage.COMING,
        ["On record from published sources; not agreed here.", "2027-11-09/2027-11-17, days until then: 62."],
    ),
    (
        AGREED | {"when": Edtf("2027-08")},
        Stage.TO_CLOSE,
        ["Was planned for 2027-08; nothing on record says whether it was held."],
    ),
    (
        AGREED | {"when": Edtf("2027-08"), "recorded": True},
        Stage.CLOSED,
        ["Was planned for 2027-08; nothing on record says whether it was held."],
    ),
    (
        {"shown_since": AT, "shown_to": (NLC, NAL)},
        Stage.PREPARED,
        [f"A draft, shown to {NLC}, {NAL} since {AT}."],
    ),
    (
        {"shown_since": AT, "shown_by": NLC},
        Stage.PREPARED,
        [f"A draft of {NLC}, shown to you since {AT}."],
    ),
    ({}, Stage.PREPARED, ["A draft; no partner has a text to answer."]),
]


@pytest.mark.parametrize(("known", "stage", "said"), ROWS)
def test_the_first_that_is_true_is_said(known: dict[str, Any], stage: Stage, said: list[str]) -> None:
    status = status_of(facts(**known), TODAY)
    assert (status.stage, [str(reason) for reason in status.says]) == (stage, said)


@pytest.mark.parametrize(("known", "_stage", "said"), ROWS)
def test_what_not_everybody_may_read_says_so_last(known: dict[str, Any], _stage: Stage, said: list[str]) -> None:
    status = status_of(replace(facts(**known), public=False), TODAY)
    assert [str(reason) for reason in status.says] == [*said, "Not public."]


def test_we_are_asked_where_our_own_answer_is_missing_and_the_exchange_is_not_closed() -> None:
    asked = facts(open=(OpenText(by=NLC, at=AT, awaited=frozenset({NDL, NAL})),))
    assert status_of(asked, TODAY).is_ours
    assert not status_of(facts(open=(SENT,)), TODAY).is_ours
    assert not status_of(replace(asked, closed_at=LATER), TODAY).is_ours
    assert status_of(facts(open=(WISHED,)), TODAY).is_ours
    assert not status_of(facts(open=(replace(WISHED, by=NAL),)), TODAY).is_ours


def test_the_day_is_handed_in() -> None:
    known = facts(**AGREED)
    assert [status_of(known, day).stage for day in (date(2027, 11, 8), date(2027, 11, 9), date(2027, 11, 18))] == [
        Stage.COMING,
        Stage.UNDER_WAY,
        Stage.TO_CLOSE,
    ]
