"""What was sent, what came back, and what is there now: what a value that came back would change. Pure."""

from enum import StrEnum

from koryu.sheets.placing.likeness import differs_in_typography_only


class Differs(StrEnum):
    """How a value that came back differs; only the first is taken over unless somebody says otherwise."""

    CHANGED = "changed"
    BOTH = "changed here too"
    TYPOGRAPHY = "typography only"


def differs(*, sent: str, came: str, now: str) -> Differs | None:
    """Whether a value that came back says something, beside what is there now; None where it changes nothing."""
    if came in (sent, now):
        return None
    if differs_in_typography_only(came, now) or differs_in_typography_only(came, sent):
        return Differs.TYPOGRAPHY
    return Differs.CHANGED if now == sent else Differs.BOTH
