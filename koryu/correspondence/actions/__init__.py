"""Writing letters, having them approved, saying that they were sent. Each verb is one transaction."""

from koryu.correspondence.actions.letter_actions import (
    LetterFiles,
    approve_letter,
    begin_letter,
    correct_letter,
    delete_old_letters,
    discard_letter,
    end_letter,
    let_officers_approve,
    save_letter,
    send_letter,
    submit_letter,
    take_back_letter,
)

__all__ = [
    "LetterFiles",
    "approve_letter",
    "begin_letter",
    "correct_letter",
    "delete_old_letters",
    "discard_letter",
    "end_letter",
    "let_officers_approve",
    "save_letter",
    "send_letter",
    "submit_letter",
    "take_back_letter",
]
