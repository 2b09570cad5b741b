"""May this be done with a draft inside the house? The institution speaks by an approval of exactly what was laid."""

from koryu.values.reason import Reason


def may_change(*, sent: bool) -> Reason | None:
    """A draft is changed freely until it has been sent."""
    if sent:
        return Reason("This draft was sent; what was sent is changed by a new draft.")
    return None


def may_save(*, seen: int, edition: int) -> Reason | None:
    """Saving needs to have seen the latest edition: nobody's words are overwritten unseen."""
    if seen != edition:
        return Reason("Somebody else has changed this draft meanwhile.")
    return None


def may_submit(*, sent: bool, waiting: bool) -> Reason | None:
    """A draft is submitted once at a time."""
    if waiting:
        return Reason("This draft is waiting for approval already.")
    return may_change(sent=sent)


def may_decide(*, sent: bool, waiting: bool, submitted: str, shown: str) -> Reason | None:
    """Approving or returning is of exactly the content that was submitted and shown."""
    if sent or not waiting:
        return Reason("This draft is not waiting for approval.")
    if submitted != shown:
        return Reason("The draft was changed after it was submitted; it must be submitted again.")
    return None
