"""What correspondence has to do in each round of `koryu tend`: people whose record was erased are forgotten."""

from datetime import date
from typing import Final

from koryu.correspondence import actions


def forget_erased(*, at: str, today: date) -> list[str]:
    """Delete the contacts of people whose record was erased."""
    gone = actions.forget_erased()
    return [f"{gone} contacts of people whose record was erased were deleted."] if gone else []


def wipe_erased(*, at: str, today: date) -> list[str]:
    """Overwrite what contacts that were erased have left in the database's files."""
    return ["The bytes of contacts that were erased were overwritten."] if actions.wipe_erased() else []


STEPS: Final = (forget_erased, wipe_erased)
