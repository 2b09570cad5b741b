"""What the ledger has to do in each round of `koryu tend`: what was erased is overwritten."""

from datetime import date
from typing import Final

from koryu.ledger import actions, queries


def wipe(*, at: str, today: date) -> list[str]:
    """What was erased while somebody read the database, or by a process that was killed: its bytes overwritten."""
    if not queries.is_to_be_wiped():
        return []
    if actions.wipe():
        return ["What was erased was overwritten in the files of the database."]
    return ["What was erased is not overwritten yet: another process reads the database. The next round tries again."]


STEPS: Final = (wipe,)
