"""When something may be taken to be sent, and when it may be settled by hand."""

import pytest

from koryu.delivery.attempts import may_note, may_take
from koryu.values.reason import Reason

AT = "2026-11-22T09:00:00Z"
SOON, LATER = "2026-11-22T09:01:59Z", "2026-11-22T09:02:00Z"
SENT = Reason("This notice was sent already.")
ASIDE = Reason("This notice will not be sent.")
UNDER_WAY = Reason("Somebody is sending this notice at this moment.")


@pytest.mark.parametrize(
    ("sent", "aside", "taken_at", "seen", "at", "refusal"),
    [
        (False, False, "", "", AT, None),
        (True, False, AT, AT, LATER, SENT),
        (True, True, AT, AT, LATER, SENT),
        (False, True, "", "", AT, ASIDE),
        (False, False, AT, "", LATER, UNDER_WAY),
        (False, False, "", AT, LATER, UNDER_WAY),
        (False, False, AT, AT, SOON, UNDER_WAY),
        (False, False, AT, AT, LATER, None),
    ],
)
def test_it_is_taken_by_whoever_saw_it_as_it_is_and_not_while_another_sends(
    sent: bool, aside: bool, taken_at: str, seen: str, at: str, refusal: Reason | None
) -> None:
    assert may_take(sent=sent, aside=aside, taken_at=taken_at, seen=seen, at=at) == refusal


@pytest.mark.parametrize(
    ("sent", "aside", "taken_at", "at", "refusal"),
    [
        (False, False, "", AT, None),
        (True, False, "", AT, SENT),
        (False, True, "", AT, ASIDE),
        (False, False, AT, SOON, UNDER_WAY),
        (False, False, AT, LATER, None),
    ],
)
def test_it_is_settled_by_hand_while_it_waits_and_nobody_sends_it(
    sent: bool, aside: bool, taken_at: str, at: str, refusal: Reason | None
) -> None:
    assert may_note(sent=sent, aside=aside, taken_at=taken_at, at=at) == refusal
