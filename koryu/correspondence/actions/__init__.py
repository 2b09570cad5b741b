"""The verbs of correspondence: each asks who may, and raises Refused with the reason where a rule says no."""

from koryu.correspondence.actions.filing_answers import file_answer
from koryu.correspondence.actions.keeping_contacts import (
    address_to,
    end_contact,
    erase_contact,
    forget_contacts,
    forget_erased,
    keep_contact,
    wipe_erased,
)
from koryu.correspondence.actions.keeping_templates import keep_template, use_template
from koryu.correspondence.actions.letter_actions import (
    LetterFiles,
    begin_letter,
    correct_letter,
    delete_old_letters,
    discard_letter,
    end_letter,
    let_officers_approve,
    save_letter,
    send_letter,
)
from koryu.correspondence.actions.letter_approval import (
    approve_letter,
    pass_on_letter,
    submit_letter,
    take_back_letter,
)

__all__ = [
    "LetterFiles",
    "address_to",
    "approve_letter",
    "begin_letter",
    "correct_letter",
    "delete_old_letters",
    "discard_letter",
    "end_contact",
    "end_letter",
    "erase_contact",
    "file_answer",
    "forget_contacts",
    "forget_erased",
    "keep_contact",
    "keep_template",
    "let_officers_approve",
    "pass_on_letter",
    "save_letter",
    "send_letter",
    "submit_letter",
    "take_back_letter",
    "use_template",
    "wipe_erased",
]
