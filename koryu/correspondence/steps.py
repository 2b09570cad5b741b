"""What correspondence has to do in each round of `koryu tend`: what was erased, or is old enough, goes."""

from datetime import date
from typing import Final

from koryu.correspondence import actions


def delete_letters(*, at: str, today: date) -> list[str]:
    """Delete the files of letters with private data whose day has come; how many they were."""
    deleted = actions.delete_old_letters(today=today)
    return [f"{deleted} letters with private data were emptied."] if deleted else []


def forget_erased(*, at: str, today: date) -> list[str]:
    """Delete the contacts of people whose record was erased."""
    gone = actions.forget_erased()
    return [f"{gone} contacts of people whose record was erased were deleted."] if gone else []


def wipe_erased(*, at: str, today: date) -> list[str]:
    """Overwrite what contacts that were erased have left in the database's files."""
    return ["The bytes of contacts that were erased were overwritten."] if actions.wipe_erased() else []


STEPS: Final = (forget_erased, delete_letters, wipe_erased)
