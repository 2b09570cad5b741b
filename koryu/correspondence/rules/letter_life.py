"""How far a letter is, and what may be done with it then, by whom."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from koryu.institutions.rules import Role
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import check_characters


class LetterState(StrEnum):
    """How far a version of a letter is."""

    DRAFT = N_("Letter in preparation")
    SUBMITTED = N_("Letter waiting for approval")
    APPROVED = N_("Letter approved, not sent yet")
    SENT = N_("Letter sent")
    ANSWERED = N_("Letter answered")
    CLOSED = N_("Letter closed")


# An officer's own word is enough for the others.
HEAD_APPROVES: Final = frozenset({"plan", "invitation", "thanks"})
HOW_SENT: Final[Mapping[str, str]] = {
    "mail": N_("by e-mail"),
    "post": N_("by post"),
    "hand": N_("by hand"),
    "fax": N_("by fax"),
}
LONGEST_BOX: Final = 5_000
LONGEST_LINE: Final = 500
_MANY_LINES: Final = frozenset({"covering", "notes", "text", "costs", "reasons", "enclosures"})
MOST_LETTERS: Final = 500
GONE: Final = Reason("This letter is no longer there.")
CHANGED: Final = Reason("Somebody else changed this meanwhile. Look at it, and save again.")
_ONLY_DRAFT: Final = Reason("The letter has been submitted; take it back to change it.")
_ONLY_SUBMITTED: Final = Reason("The letter is not waiting for approval.")
_ONLY_APPROVED: Final = Reason("Only an approved letter can be marked as sent.")
_ONLY_SENT: Final = Reason("Only a letter that was sent can be corrected, answered or closed.")


def may_approve_letter(*, role: str | None, kind: str, by_officers: frozenset[str]) -> Reason | None:
    """Whether someone with this role may approve a letter of this kind; `by_officers` are those left to officers."""
    if role == Role.HEAD or (role == Role.OFFICER and kind not in HEAD_APPROVES - by_officers):
        return None
    return Reason("Only the head can approve a letter of this kind.")


def may_change(state: LetterState) -> Reason | None:
    """Whether what is typed can be changed, submitted or thrown away."""
    return None if state == LetterState.DRAFT else _ONLY_DRAFT


def may_settle(state: LetterState) -> Reason | None:
    """Whether it can be approved."""
    return None if state == LetterState.SUBMITTED else _ONLY_SUBMITTED


def may_take_back(state: LetterState) -> Reason | None:
    """Whether it can become a draft again: until it was sent."""
    if state in (LetterState.SUBMITTED, LetterState.APPROVED):
        return None
    return Reason("Only a letter that waits for approval, or was approved and not sent, can be taken back.")


def may_send_letter(state: LetterState) -> Reason | None:
    """Whether it can be said to have been sent."""
    return None if state == LetterState.APPROVED else _ONLY_APPROVED


def may_go_on(state: LetterState) -> Reason | None:
    """Whether it can be corrected by another version."""
    return None if state in (LetterState.SENT, LetterState.ANSWERED, LetterState.CLOSED) else _ONLY_SENT


def may_end(state: LetterState) -> Reason | None:
    """Whether it can be marked as answered or closed."""
    return None if state == LetterState.SENT else _ONLY_SENT


def box_fails(box: str, typed: str) -> Reason | None:
    """What is wrong with what is typed in a box."""
    most = LONGEST_BOX if box in _MANY_LINES else LONGEST_LINE
    if len(typed) > most:
        return Reason("At most %(most)s characters fit here; this has %(n)s.", most=most, n=len(typed))
    if not typed:
        return None
    try:
        check_characters(typed, allowed="\n" if box in _MANY_LINES else "")
    except Refused as refused:
        return refused.reason
    return None


def day_fails(typed: str) -> Reason | None:
    """What is wrong with a day: it is written 2027-09-07, or not at all."""
    try:
        return None if not typed or date.fromisoformat(typed).isoformat() == typed else _no_day(typed)
    except ValueError:
        return _no_day(typed)


def sending_fails(*, how: str, on: str, to: str, number: str, day: str) -> Reason | None:
    """What is wrong with how, when and to whom something was sent."""
    if how not in HOW_SENT:
        return Reason("Say how the letter was sent.")
    if not on:
        return Reason("Say on which day the letter was sent.")
    if not to:
        return Reason("Say to whom the letter was sent.")
    if len(number) > 100:
        return Reason("At most %(most)s characters fit here; this has %(n)s.", most=100, n=len(number))
    return day_fails(on) or day_fails(day) or box_fails("sent_to", to) or box_fails("number", number)


def _no_day(typed: str) -> Reason:
    return Reason("“%(typed)s” is not understood as a date.", typed=typed)
