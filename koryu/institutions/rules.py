"""May this person do this for this institution? Plain values in, None or the reason out."""

import re
from enum import StrEnum
from typing import Final

from koryu.values.reason import N_, Reason


class Role(StrEnum):
    """What a person is for an institution."""

    HEAD = N_("head")
    OFFICER = N_("officer")
    CONTRIBUTOR = N_("contributor")
    TRANSLATOR = N_("translator")
    READER = N_("reader")


# The kinds of which an institution's part is its own: its officers speak for it there without asking the head.
OWN_HALF: Final = frozenset({"participation", "paper", "report"})
# What a contributor writes, where it is their own.
OWN_PAPERS: Final = frozenset({"paper"})
_HANDLE: Final = re.compile(r"[a-z][a-z0-9.-]{0,38}[a-z0-9]")
_DRAFT: Final = frozenset({Role.HEAD, Role.OFFICER})


def may_read(*, role: str | None) -> Reason | None:
    """Whether someone with this role sees what is the institution's own."""
    return None if role in set(Role) else Reason("Only those who have a role at the institution see this.")


def may_speak(*, role: str | None, kind: str, delegated: frozenset[str]) -> Reason | None:
    """Whether someone with this role may let the institution say something about a record of this kind.

    The head may always; an officer for the institution's own half, and where the head has given that right.
    """
    if role == Role.HEAD or (role == Role.OFFICER and kind in OWN_HALF | delegated):
        return None
    return Reason("Only the head, or an officer where the head has given that right, can speak for the institution.")


def may_draft(*, role: str | None, kind: str = "", own: bool = True) -> Reason | None:
    """Whether someone with this role may begin, change and submit drafts of this kind; `own` if they began it."""
    if role in _DRAFT:
        return None
    if role != Role.CONTRIBUTOR:
        return Reason("Only the staff of the institution can draft for it.")
    if kind not in OWN_PAPERS:
        return Reason("A contributor drafts papers only.")
    return None if own else Reason("A contributor changes only the drafts they began.")


def may_translate(*, role: str | None) -> Reason | None:
    """Whether someone with this role may put the words of a draft into other languages."""
    if role in {*_DRAFT, Role.TRANSLATOR}:
        return None
    return Reason("Only officers and translators change the words of a draft in other languages.")


def may_share(*, role: str | None) -> Reason | None:
    """Whether someone with this role may show a draft to partners for comment, and comment on theirs."""
    if role in _DRAFT:
        return None
    return Reason("Only the head and officers share drafts with partners.")


def may_note(*, role: str | None) -> Reason | None:
    """Whether someone with this role may keep notes of the institution's own."""
    if role in {*_DRAFT, Role.CONTRIBUTOR}:
        return None
    return Reason("Only the staff of the institution keep notes.")


def may_give_roles(*, role: str | None) -> Reason | None:
    """Whether someone with this role may say who has which role, and what officers may send themselves."""
    return None if role == Role.HEAD else Reason("Only the head gives roles.")


def may_give_role(*, role: str | None, given: str, held: str | None, heads: int) -> Reason | None:
    """Whether someone with this role may give a person a role in the place of the one held."""
    if given not in set(Role):
        return Reason("There is no such role.")
    if held and held != given:
        return may_take_role(role=role, taken=held, heads=heads)
    return may_give_roles(role=role)


def may_take_role(*, role: str | None, taken: str, heads: int) -> Reason | None:
    """Whether someone with this role may take a role from a person: never that of the last head."""
    last = Reason("An institution keeps at least one head: name the new one first.")
    return may_give_roles(role=role) or (last if taken == Role.HEAD and heads <= 1 else None)


def may_enter(*, handle: str, taken: bool) -> Reason | None:
    """Whether a new person can be entered under this handle."""
    if not _HANDLE.fullmatch(handle):
        return Reason("A handle is made of small letters, digits, dots and hyphens, and begins with a letter.")
    return Reason("Somebody has this handle already.") if taken else None


def may_send_notices(*, role: str | None) -> Reason | None:
    """Whether someone with this role may send the notices of the institution, or put them aside."""
    return None if role in _DRAFT else Reason("Only the head and officers send notices.")


def may_tend(*, operator: bool) -> Reason | None:
    """Whether a person sees the machinery: what is left undone, and what was written about failures."""
    return None if operator else Reason("Only operators see the machinery.")


def may_vouch(*, institutions: frozenset[str], operators: bool, at: frozenset[str], operator: bool) -> Reason | None:
    """Whether a provider of these institutions may sign somebody in who has roles `at` these.

    All of a person's institutions must trust it: else one house could open another's desk. Whoever minds the machinery
    is signed in only where the server's owner has said so.
    """
    if operator and not operators:
        return Reason("This provider does not sign in operators.")
    if at <= institutions and (at or operator):
        return None
    return Reason("This provider signs in only people of its own institutions.")


def may_have_key(*, held: bool) -> Reason | None:
    """Whether an institution may be given its first key here."""
    if held:
        return Reason("The institution already has a key here; it can be renewed, not given again.")
    return None
