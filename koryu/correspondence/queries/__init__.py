"""Reading correspondence: always of one institution, which is told."""

from koryu.correspondence.queries.letters_kept import (
    LetterInWriting,
    OwnLetter,
    approved_by_officers,
    boxes_before,
    letter,
    letter_file,
    letters_of,
    letters_waiting,
)

__all__ = [
    "LetterInWriting",
    "OwnLetter",
    "approved_by_officers",
    "boxes_before",
    "letter",
    "letter_file",
    "letters_of",
    "letters_waiting",
]
