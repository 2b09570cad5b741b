"""Reading correspondence: as plain frozen values, and of one’s own institution alone."""

from koryu.correspondence.queries.contacts import (
    Contact,
    addressee,
    addressees,
    addressees_at,
    contact,
    contacts,
    contacts_found,
    contacts_of_person,
)
from koryu.correspondence.queries.letters_kept import (
    LetterInWriting,
    OwnLetter,
    approved_by_officers,
    boxes_before,
    counted_waiting,
    letter,
    letter_file,
    letters_of,
    letters_waiting,
)

__all__ = [
    "Contact",
    "LetterInWriting",
    "OwnLetter",
    "addressee",
    "addressees",
    "addressees_at",
    "approved_by_officers",
    "boxes_before",
    "contact",
    "contacts",
    "contacts_found",
    "contacts_of_person",
    "counted_waiting",
    "letter",
    "letter_file",
    "letters_of",
    "letters_waiting",
]
