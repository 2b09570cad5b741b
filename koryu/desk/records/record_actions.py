"""What can be done on a record, in words: what the button says, what it means, and what is said when it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from koryu.consent.rules.permissions import Act
from koryu.values.reason import N_


@dataclass(frozen=True, kw_only=True)
class RecordAction:
    """One act: `says` is what it leaves in the history, `asks` what is to be given with it.

    `leads` says beside its button what comes of it, `means` on its own page what exactly is said."""

    act: Act
    button: str
    leads: str
    means: str
    done: str
    says: str
    asks: str = ""


# By the name each has in an address.
RECORD_ACTIONS: Final[Mapping[str, RecordAction]] = {
    "accept": RecordAction(
        act=Act.ACCEPT,
        button=N_("Accept this text"),
        leads=N_("Your institution agrees to exactly this text. Once all have accepted, it is the current version."),
        means=N_("Your institution accepts exactly the text below, in all its languages. This cannot be undone."),
        done=N_("Accepted, exactly as it was shown."),
        says="accepted",
    ),
    "otherwise": RecordAction(
        act=Act.COUNTER,
        button=N_("Send a counter-proposal"),
        leads=N_("Makes a draft from this text for you to change. Partners see it once it is approved and sent."),
        means=N_(
            "A draft is made from the text below for you to change. When you send it, the text below is declined "
            "and yours is proposed in its place, in one step. Nothing is sent until then."
        ),
        done=N_("A draft was made from the proposed text. Nothing has been sent."),
        says="",
        asks="reason",
    ),
    "decline": RecordAction(
        act=Act.DECLINE,
        button=N_("Do not accept this text"),
        leads=N_("With a reason, in a language the partner reads. The current version does not change."),
        means=N_(
            "Your institution does not accept the text below and gives its reason. The current version does not change."
        ),
        done=N_("Your answer was sent: this text is not accepted."),
        says="declined",
        asks="reason",
    ),
    "withdraw": RecordAction(
        act=Act.WITHDRAW,
        button=N_("Withdraw this text"),
        leads=N_("The proposal ends. The current version does not change."),
        means=N_("Your institution withdraws the text below. The current version does not change."),
        done=N_("Withdrawn."),
        says="withdrawn",
    ),
    "letter": RecordAction(
        act=Act.LETTER,
        button=N_("Record an acceptance by letter"),
        leads=N_("With the letter or mail. It is shown as by letter, recorded by your institution."),
        means=N_(
            "Your institution records that another has accepted exactly the text below by letter or mail, and "
            "attaches it. It will be shown as by letter, recorded by you. This cannot be undone."
        ),
        done=N_("The acceptance by letter was recorded, with the letter."),
        says="accepted by letter",
        asks="letter",
    ),
    "check": RecordAction(
        act=Act.CHECK,
        button=N_("Record that we checked it"),
        leads=N_("A remark beside the current version, which does not change."),
        means=N_("Your institution states that it has checked the text below. The current version does not change."),
        done=N_("It was recorded that your institution has checked this text."),
        says="checked",
        asks="note",
    ),
    "differ": RecordAction(
        act=Act.DIFFER,
        button=N_("Record that our account differs"),
        leads=N_("Your account stands beside the current version, which does not change."),
        means=N_(
            "Your institution states how its account differs from the text below. Both are shown side by side; the "
            "current version does not change."
        ),
        done=N_("It was recorded that your account differs."),
        says="account differs",
        asks="reason",
    ),
    "erase": RecordAction(
        act=Act.ERASE,
        button=N_("Erase the content"),
        leads=N_("What the record says is deleted for good. That it was there stays in the history."),
        means=N_(
            "What your institution recorded or agreed alone is erased for good, in all versions. What several "
            "institutions agreed is erased only if a person named in it asks for it, or by a version they all "
            "agree to. The history still shows that there was a record and who made it; its content cannot be "
            "restored."
        ),
        done=N_("The content of the record was erased."),
        says="erased",
        asks="request",
    ),
}
# What stands in the place of accepting, for whoever may not accept.
SUBMIT: Final = N_("Submit for approval")
SUBMIT_LEADS: Final = N_("Asks the head of your institution to accept exactly this text. Your note stands beside it.")
NEXT_TEXT_LEADS: Final = N_("Makes a draft of the next version. Nothing is sent yet.")
ADDRESSES: Final[Mapping[Act, str]] = {action.act: name for name, action in RECORD_ACTIONS.items()}
