"""The tables of correspondence: rows of one institution, never in the ledger, the archive or the search."""

from koryu.correspondence.models.letter_rows import LetterRightRow, LetterRow, LetterVersionRow

__all__ = ["LetterRightRow", "LetterRow", "LetterVersionRow"]
