"""What is tried at the doors, by whom, and what must come of it: one sentence, and nothing left behind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from koryu.ledger import queries as ledger
from koryu.values.reason import Refused
from tests.world import Act


@dataclass(frozen=True, kw_only=True)
class Attack:
    """Something that must be refused: `prepare` does what is allowed and returns what is not.

    `before` is what came of it when it was first tried.
    """

    name: str
    before: str
    prepare: Callable[[], Act]


class Attacks(list[Attack]):
    """A table, written as functions: the name of each says what is tried."""

    def tried(self, *, before: str) -> Callable[[Callable[[], Act]], Callable[[], Act]]:
        def put_down(prepare: Callable[[], Act]) -> Callable[[], Act]:
            self.append(Attack(name=prepare.__name__, before=before, prepare=prepare))
            return prepare

        return put_down


def name_of(row: Any) -> str:
    return str(row.name)


def came_of(act: Act) -> str:
    """`accepted`, `refused: …` with the sentence, or the error that nobody thought of."""
    try:
        act()
    except Refused as refused:
        return f"refused: {refused.reason}"
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return "accepted"


def is_refused(tried: Attack) -> None:
    """It is refused in a sentence, and the ledger is as it was."""
    act = tried.prepare()
    number = ledger.last_number()
    came = came_of(act)
    assert came.startswith("refused: ")
    assert len(came.removeprefix("refused: ").split()) >= 4
    assert ledger.last_number() == number
