"""May this be kept as a custom of a relation? Plain values in, None or the reason out."""

from typing import Final

from koryu.values.reason import Reason

LONGEST_CUSTOM: Final = 500
# What is read in four minutes with all the rest.
MOST_CUSTOMS: Final = 40


def custom_fails(text: str, *, others: int) -> Reason | None:
    """What is wrong with a custom; `others` is how many are kept of the same relation besides."""
    if not text:
        return Reason("Write what your successor should know.")
    if len(text) > LONGEST_CUSTOM:
        return Reason("A note for the successor has at most %(most)s characters.", most=LONGEST_CUSTOM)
    return (
        Reason("At most %(most)s notes for the successor can be kept for one relation.", most=MOST_CUSTOMS)
        if others >= MOST_CUSTOMS
        else None
    )
