"""What a line of the journal can say: a code, kept for ever, and the few plain values that each holds."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Change(StrEnum):
    """What was changed. Stored as it stands here; the sentences for it lie with the pages."""

    PERSON_ENTERED = "person entered"
    PERSON_CHANGED = "person changed"
    PASSWORD_SET = "password set"  # noqa: S105 -- the name of a change, not a password
    LANGUAGE_CHOSEN = "language chosen"
    REMINDED_WEEKLY = "reminded weekly"
    REMINDED_DAILY = "reminded daily"
    ROLE_GIVEN = "role given"
    ROLE_TAKEN = "role taken"
    OFFICERS_MAY_SEND = "officers may send"
    OFFICERS_MAY_NOT_SEND = "officers may not send"
    LOADER_SPEAKS = "loader speaks"
    KEY_CONFIRMED = "key confirmed"
    KEY_STOPPED = "key stopped"
    DRAFT_DISCARDED = "draft discarded"
    DRAFT_SHOWN = "draft shown"
    DRAFT_NOT_SHOWN = "draft not shown"
    NOTICE_SENT = "notice sent"
    NOTICE_SENT_BY_HAND = "notice sent by hand"
    NOTICE_PUT_ASIDE = "notice put aside"
    CALENDAR_CHANGED = "calendar changed"
    APPROVAL_STEPS_CHANGED = "approval steps changed"
    DEPUTY_NAMED = "deputy named"
    DEPUTY_REMOVED = "deputy removed"
    APPROVAL_TAKEN_OVER = "approval taken over"
    CONTACT_ERASED = "contact erased"
    LETTER_APPROVED = "letter approved"
    LETTER_TAKEN_BACK = "letter taken back"
    LETTER_SENT = "letter sent"
    LETTER_DISCARDED = "letter discarded"
    LETTER_TAKEN_OVER = "letter taken over"
    TEMPLATE_IN_USE = "template in use"
    TEMPLATE_NOT_IN_USE = "template not in use"
    OFFICERS_MAY_APPROVE = "officers may approve"
    OFFICERS_MAY_NOT_APPROVE = "officers may not approve"
    CALENDAR_LOADED = "calendar loaded"
    ADDRESS_GIVEN = "address given"
    ADDRESS_REVOKED = "address revoked"
    LINK_GIVEN = "link given"
    LINK_ENDED = "link ended"
    OPERATOR_SIGNED_IN = "operator signed in"
    OPERATOR_SIGNED_OUT = "operator signed out"


# Beside who, for which institution, about what and when: usernames, codes, numbers; never a name, an address, a title.
VALUES: Final[Mapping[Change, frozenset[str]]] = {
    Change.PERSON_ENTERED: frozenset({"whom", "operator"}),
    Change.PERSON_CHANGED: frozenset({"whom", "operator"}),
    Change.PASSWORD_SET: frozenset({"whom"}),
    Change.LANGUAGE_CHOSEN: frozenset({"whom", "language"}),
    Change.REMINDED_WEEKLY: frozenset({"whom"}),
    Change.REMINDED_DAILY: frozenset({"whom"}),
    Change.ROLE_GIVEN: frozenset({"whom", "role", "before"}),
    Change.ROLE_TAKEN: frozenset({"whom", "role"}),
    Change.OFFICERS_MAY_SEND: frozenset({"kind"}),
    Change.OFFICERS_MAY_NOT_SEND: frozenset({"kind"}),
    Change.LOADER_SPEAKS: frozenset(),
    Change.KEY_CONFIRMED: frozenset({"key", "replaces"}),
    Change.KEY_STOPPED: frozenset({"key"}),
    Change.DRAFT_DISCARDED: frozenset({"draft"}),
    Change.DRAFT_SHOWN: frozenset({"draft"}),
    Change.DRAFT_NOT_SHOWN: frozenset({"draft"}),
    Change.NOTICE_SENT: frozenset({"notice", "whom"}),
    Change.NOTICE_SENT_BY_HAND: frozenset({"notice", "whom"}),
    Change.NOTICE_PUT_ASIDE: frozenset({"notice", "whom"}),
    Change.CALENDAR_CHANGED: frozenset(),
    Change.APPROVAL_STEPS_CHANGED: frozenset({"steps"}),
    Change.DEPUTY_NAMED: frozenset({"whom", "step", "first", "last"}),
    Change.DEPUTY_REMOVED: frozenset({"whom", "step"}),
    Change.APPROVAL_TAKEN_OVER: frozenset({"draft", "step"}),
    Change.CONTACT_ERASED: frozenset({"contact"}),
    Change.LETTER_APPROVED: frozenset({"letter"}),
    Change.LETTER_TAKEN_BACK: frozenset({"letter"}),
    Change.LETTER_SENT: frozenset({"letter"}),
    Change.LETTER_DISCARDED: frozenset({"letter"}),
    Change.LETTER_TAKEN_OVER: frozenset({"letter", "step"}),
    Change.TEMPLATE_IN_USE: frozenset({"letters", "languages", "version"}),
    Change.TEMPLATE_NOT_IN_USE: frozenset({"letters", "languages"}),
    Change.OFFICERS_MAY_APPROVE: frozenset({"letters"}),
    Change.OFFICERS_MAY_NOT_APPROVE: frozenset({"letters"}),
    Change.CALENDAR_LOADED: frozenset(),
    Change.ADDRESS_GIVEN: frozenset({"purpose", "scope"}),
    Change.ADDRESS_REVOKED: frozenset({"purpose", "scope", "whom"}),
    Change.LINK_GIVEN: frozenset({"scope"}),
    Change.LINK_ENDED: frozenset({"scope", "whom"}),
    Change.OPERATOR_SIGNED_IN: frozenset(),
    Change.OPERATOR_SIGNED_OUT: frozenset(),
}
