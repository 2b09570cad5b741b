"""Whether something may be sent now, and how an attempt to send it can end. Plain values in."""

from datetime import datetime, timedelta
from typing import Final

from koryu.values.reason import Reason

# How long one attempt may take: until then it is taken to be under way.
UNDER_WAY: Final = timedelta(minutes=2)


class Unreachable(Exception):
    """The other side could not be reached, or let nobody in; surely nothing was sent."""


class NotTaken(Exception):
    """The other side answered that it does not take it; surely nothing was sent.

    `said` is its answer in one line. `for_now`: it asks to come back later.
    """

    def __init__(self, said: str, *, for_now: bool) -> None:
        super().__init__(said)
        self.said, self.for_now = said, for_now


class Uncertain(Exception):
    """Something broke while it was handed over; whether it went out is not known."""


def may_take(*, sent: bool, aside: bool, taken_at: str, seen: str, at: str) -> Reason | None:
    """Whether a notice may be taken to be sent now, by somebody who saw it as taken at `seen` ('' for not yet)."""
    if sent:
        return Reason("This notice was sent already.")
    if aside:
        return Reason("This notice will not be sent.")
    if taken_at != seen or (taken_at and _under_way(taken_at, at)):
        return Reason("Somebody is sending this notice at this moment.")
    return None


def may_note(*, sent: bool, aside: bool, taken_at: str, at: str) -> Reason | None:
    """Whether a notice may be noted as sent by hand, or put aside, now."""
    return may_take(sent=sent, aside=aside, taken_at=taken_at, seen=taken_at, at=at)


def _under_way(taken_at: str, at: str) -> bool:
    return datetime.fromisoformat(at) - datetime.fromisoformat(taken_at) < UNDER_WAY
