"""What the archive has to do in each round of `koryu tend`: the search catches up."""

from datetime import date
from typing import Final

from koryu.archive import actions
from koryu.search.store import Busy


def catch_up(*, at: str, today: date) -> list[str]:
    """Let the search index catch up with the ledger, unless somebody else is at it."""
    try:
        actions.catch_up()
    except Busy as busy:
        return [f"The search did not catch up: {busy.reason}"]
    return []


STEPS: Final = (catch_up,)
