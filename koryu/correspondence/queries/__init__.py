"""Reading correspondence: as plain frozen values, and of one's own institution alone."""

from koryu.correspondence.queries.contacts import (
    Contact,
    addressee,
    addressees,
    contact,
    contacts,
    contacts_found,
    contacts_of_person,
)

__all__ = [
    "Contact",
    "addressee",
    "addressees",
    "contact",
    "contacts",
    "contacts_found",
    "contacts_of_person",
]
