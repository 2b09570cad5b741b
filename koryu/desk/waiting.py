"""The numbers beside the ways of the desk: what waits for somebody to do it."""

from collections.abc import Mapping

from koryu.consent import queries as consent
from koryu.correspondence import queries as correspondence
from koryu.institutions import rules as roles
from koryu.notices import queries as notices


def numbers(institution: str, *, role: str | None) -> Mapping[str, int]:
    """How much waits on each page of an institution's desk, by the name of the page; in one statement.

    To do is what is for us or for our head; what is with a partner or coming up is not counted. Letters that wait for
    approval are, for those who read letters in this role.
    """
    waiting = (notices.counted_waiting(institution), correspondence.counted_waiting(institution))
    held = consent.in_hand(institution, besides=waiting)
    outbox, letters = held.besides
    return {
        "todo": held.packaged + held.shown + held.asked + (0 if roles.may_note(role=role) else letters),
        "drafts": held.drafts + held.shown,
        "outbox": outbox,
    }
