"""May this person do this for this institution? Plain values in, None or the reason out."""

from koryu.values.reason import Reason

DRAFTS = frozenset({"head", "officer", "contributor"})


def may_speak(*, role: str | None, kind: str, delegated: frozenset[str]) -> Reason | None:
    """Whether someone with this role may let the institution say something about a record of this kind."""
    if role == "head":
        return None
    if role == "officer" and kind in delegated:
        return None
    return Reason("Only the head, or an officer where the head has given that right, can speak for the institution.")


def may_draft(*, role: str | None) -> Reason | None:
    """Whether someone with this role may write and submit drafts."""
    if role in DRAFTS:
        return None
    return Reason("Only the staff of the institution can draft for it.")


def may_have_key(*, held: bool) -> Reason | None:
    """Whether an institution may be given its first key here."""
    if held:
        return Reason("The institution already has a key here; it can be renewed, not given again.")
    return None
