"""Reading correspondence: always of one institution, which is told."""

from koryu.correspondence.queries.letters_kept import (
    KeptLetter,
    LetterInWriting,
    approved_by_officers,
    boxes_before,
    letter,
    letter_file,
    letters_of,
)

__all__ = [
    "KeptLetter",
    "LetterInWriting",
    "approved_by_officers",
    "boxes_before",
    "letter",
    "letter_file",
    "letters_of",
]
