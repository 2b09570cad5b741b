"""What correspondence has to do in each round of `koryu tend`: letters with private data are emptied on their day."""

from datetime import date
from typing import Final

from koryu.correspondence import actions


def delete_letters(*, at: str, today: date) -> list[str]:
    """Delete the files of letters with private data whose day has come; how many they were."""
    deleted = actions.delete_old_letters(today=today)
    return [f"{deleted} letters with private data were emptied."] if deleted else []


STEPS: Final = (delete_letters,)
