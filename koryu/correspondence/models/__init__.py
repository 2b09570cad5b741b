"""Rows of correspondence, each sort in a file of its own: private to one institution, never in the ledger."""

from koryu.correspondence.models.contact_rows import AddresseeRow, ContactRow, ErasuresFollowed
from koryu.correspondence.models.letter_rows import LetterRightRow, LetterRow, LetterVersionRow
from koryu.correspondence.models.letter_template_rows import LetterTemplateRow

__all__ = [
    "AddresseeRow",
    "ContactRow",
    "ErasuresFollowed",
    "LetterRightRow",
    "LetterRow",
    "LetterTemplateRow",
    "LetterVersionRow",
]
