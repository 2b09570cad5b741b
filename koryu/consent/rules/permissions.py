"""May this person do this on this record now? Asks of the person's role and, after that, of the institution.

Pure. The pages ask it for every button, and the reference of states is written from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from koryu.consent.rules import draft_permissions, policies
from koryu.consent.rules.history import History
from koryu.institutions import rules as roles
from koryu.values.reason import N_, Reason

_ANY_LETTER = "sha256:" + "0" * 64


class Act(StrEnum):
    """What a person can do on a record for an institution."""

    DRAFT = N_("draft a new version")
    ACCEPT = N_("accept")
    LETTER = N_("record an acceptance by letter")
    DECLINE = N_("do not accept")
    COUNTER = N_("send a counter-proposal")
    WITHDRAW = N_("withdraw")
    CHECK = N_("record that we checked it")
    DIFFER = N_("record that our account differs")
    ERASE = N_("erase the content")


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person at an institution: the role, and what the head lets officers send themselves."""

    institution: str
    role: str | None
    delegated: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class RecordContext:
    """Where something is done: a record of a kind, its history, the version meant, and who has a key here.

    `own_account` unless what is drafted is what a partner says.
    """

    kind: str
    history: History
    version: str = ""
    keyed: frozenset[str] = frozenset()
    own_account: bool = True


def may(act: Act, actor: Actor, context: RecordContext, *, on_behalf_of: str = "") -> Reason | None:
    """Whether this person may do this here now, for the institution; the person is asked first."""
    return _may_person(act, actor, context) or _may_institution(act, actor, context, on_behalf_of)


def _may_person(act: Act, actor: Actor, context: RecordContext) -> Reason | None:
    if act in (Act.DRAFT, Act.COUNTER):
        return roles.may_draft(role=actor.role, kind=context.kind, own_account=context.own_account)
    return roles.may_speak(role=actor.role, kind=context.kind, delegated=actor.delegated)


def _may_institution(act: Act, actor: Actor, context: RecordContext, on_behalf_of: str) -> Reason | None:
    who, history, version = actor.institution, context.history, context.version
    match act:
        case Act.DRAFT:
            return may_change(history, institution=who)
        case Act.ACCEPT:
            return policies.may_accept(history, institution=who, version=version)
        case Act.LETTER:
            return policies.may_accept_by_letter(
                history,
                institution=who,
                on_behalf_of=on_behalf_of,
                version=version,
                # Buttons are drawn before there is a letter: until it is uploaded, any digest stands for it.
                letter=_ANY_LETTER,
                has_key=on_behalf_of in context.keyed,
            )
        case Act.DECLINE | Act.COUNTER:
            return policies.may_decline(history, institution=who, version=version)
        case Act.WITHDRAW:
            return policies.may_withdraw(history, institution=who, version=version)
        case Act.CHECK | Act.DIFFER:
            return policies.may_remark(history, institution=who, version=version)
        case Act.ERASE:
            return _may_erase(history, who)


def _may_erase(history: History, institution: str) -> Reason | None:
    """Whether there is anything an institution can have erased, if need be at the request of a person named in it."""
    contents = policies.erasable(history, institution=institution, at_request_of_named=True)
    return (
        None
        if contents
        else policies.may_erase(
            history,
            institution=institution,
            contents=frozenset(header.content for header in history.headers.values()),
            at_request_of_named=True,
        )
    )


def may_change(history: History, *, institution: str) -> Reason | None:
    """Whether an institution can have a say in the next version: of a new record anyone, else those it belongs to."""
    known = history.may_put_forward()
    if known is None or institution in known:
        return None
    if history.agreed is None and institution in history.lines:
        return None
    return Reason("This record belongs to other institutions; you can record that your account differs.")


class DraftAct(StrEnum):
    """What a person can do with a draft."""

    CHANGE = N_("change it")
    TRANSLATE = N_("translate it")
    SHARE = N_("share with partners for comment")
    COMMENT = N_("comment on it")
    SUBMIT = N_("submit for approval")
    APPROVE = N_("approve and send it, or return it")
    DISCARD = N_("delete it")


@dataclass(frozen=True, kw_only=True)
class Drafting:
    """The state of a draft: its kind, whether whoever asks began it (`own`), whose it is, and how far it has come.

    `own_account` unless it is what a partner says, which we record; `ours` if it is of the institution of whoever asks;
    `shown` if partners were shown it and it names them.
    """

    kind: str
    own: bool
    own_account: bool = True
    ours: bool = True
    shown: bool = False
    waiting: bool = False
    sent: bool = False


def may_with_draft(act: DraftAct, actor: Actor, draft: Drafting) -> Reason | None:
    """Whether this person may do this with the draft now."""
    if act is DraftAct.COMMENT:
        return draft_permissions.may_comment(ours=draft.ours, shown=draft.shown) or roles.may_note(role=actor.role)
    if not draft.ours:
        return Reason("This draft is another institution's.")
    role, kind = actor.role, draft.kind
    match act:
        case DraftAct.TRANSLATE:
            person = roles.may_translate(role=role)
        case DraftAct.SHARE:
            person = roles.may_share(role=role)
        case DraftAct.DISCARD:
            person = roles.may_discard(role=role, kind=kind, own=draft.own)
        case DraftAct.APPROVE:
            person = roles.may_speak(role=role, kind=kind, delegated=actor.delegated)
        case _:
            person = roles.may_draft(role=role, kind=kind, own=draft.own, own_account=draft.own_account)
    return person or _may_as_it_is(act, draft)


def _may_as_it_is(act: DraftAct, draft: Drafting) -> Reason | None:
    match act:
        case DraftAct.SUBMIT:
            return draft_permissions.may_submit(sent=draft.sent, waiting=draft.waiting)
        case DraftAct.APPROVE:
            return draft_permissions.may_decide(sent=draft.sent, waiting=draft.waiting)
        case _:
            return draft_permissions.may_change(sent=draft.sent)
