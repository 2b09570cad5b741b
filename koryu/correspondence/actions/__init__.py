"""The verbs of correspondence: each asks who may, and raises Refused with the reason where a rule says no."""

from koryu.correspondence.actions.keeping_contacts import (
    address_to,
    end_contact,
    erase_contact,
    forget_contacts,
    forget_erased,
    keep_contact,
    wipe_erased,
)

__all__ = [
    "address_to",
    "end_contact",
    "erase_contact",
    "forget_contacts",
    "forget_erased",
    "keep_contact",
    "wipe_erased",
]
