"""May this be kept as a step of the work on an exchange? Plain values in, None or the reason out."""

from typing import Final

from koryu.values.edtf import Edtf
from koryu.values.reason import Reason, Refused

LONGEST_WHAT: Final = 500
LONGEST_WHO: Final = 200


def step_fails(*, what: str, who: str, due: str) -> Reason | None:
    """What is wrong with a step: it says what is to be done, and a date that is one, or none."""
    if not what:
        return Reason("Say what is to be done.")
    if len(what) > LONGEST_WHAT:
        return Reason("A step has at most %(most)s characters.", most=LONGEST_WHAT)
    if len(who) > LONGEST_WHO:
        return Reason("A name has at most %(most)s characters.", most=LONGEST_WHO)
    return None if not due or is_day_or_month(due) else Reason("“%(typed)s” is not understood as a date.", typed=due)


def is_day_or_month(due: str) -> bool:
    """Whether a date says a time by which something is due, whole or to the month or year."""
    try:
        return bool(Edtf(due).end)
    except Refused:
        return False
