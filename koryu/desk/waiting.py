"""The numbers beside the ways of the desk: what waits for somebody to do it."""

from collections.abc import Mapping

from koryu.consent import queries as consent
from koryu.notices import queries as notices


def numbers(institution: str) -> Mapping[str, int]:
    """How much waits on each page of an institution's desk, by the name of the page; in two statements.

    To do is what is for us or for our head; what is with a partner or coming up is not counted.
    """
    held = consent.in_hand(institution)
    return {
        "todo": held.packaged + held.shown + held.asked,
        "drafts": held.drafts + held.shown,
        "outbox": notices.number_waiting(institution),
    }
