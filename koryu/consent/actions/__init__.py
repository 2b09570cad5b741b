"""The verbs of consent. Each is one transaction: check, say, let it take effect; refused, it leaves nothing behind.

Every verb takes `institution` (who says it), `by` (the username of the person it says it through) and `at` (when, for
people to read), and raises koryu.values.reason.Refused with the reason where a rule says no.
"""

from koryu.consent.actions.drafting import (
    approve,
    comment,
    discard,
    draft,
    draft_once,
    note,
    pass_on,
    return_,
    save,
    send,
    share,
    submit,
    take_up,
    unshare,
)
from koryu.consent.actions.erasure import erase
from koryu.consent.actions.institution_keys import confirm_key, give_key, rebuild, renew_key, retire_key, stop_key
from koryu.consent.actions.naming_steps import name_deputy, name_steps, remove_deputy
from koryu.consent.actions.proposals import (
    RefusedText,
    accept,
    accept_all_with_letter,
    accept_by_letter,
    accept_with_letter,
    conclude,
    counter,
    decline,
    propose,
    withdraw,
)
from koryu.consent.actions.recording import account_differs, check, record
from koryu.consent.actions.sending_together import (
    accept_together,
    approve_together,
    pass_on_together,
    return_together,
    send_together,
    submit_together,
)

__all__ = [
    "RefusedText",
    "accept",
    "accept_all_with_letter",
    "accept_by_letter",
    "accept_together",
    "accept_with_letter",
    "account_differs",
    "approve",
    "approve_together",
    "check",
    "comment",
    "conclude",
    "confirm_key",
    "counter",
    "decline",
    "discard",
    "draft",
    "draft_once",
    "erase",
    "give_key",
    "name_deputy",
    "name_steps",
    "note",
    "pass_on",
    "pass_on_together",
    "propose",
    "rebuild",
    "record",
    "remove_deputy",
    "renew_key",
    "retire_key",
    "return_",
    "return_together",
    "save",
    "send",
    "send_together",
    "share",
    "stop_key",
    "submit",
    "submit_together",
    "take_up",
    "unshare",
    "withdraw",
]
