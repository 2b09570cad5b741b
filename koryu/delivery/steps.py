"""The steps of a round of `koryu tend`, gathered from the rooms that have some, in one order.

A room that has something to do now and then offers it in a module `steps`, as a tuple `STEPS`. Rooms below this one
import nothing from here for it.
"""

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Final, Protocol

import koryu

# What writes notices goes before what sends them, what tidies last, and what overwrites all that was deleted at the
# very end; the rooms that are not named stand between, by name.
_PLACES: Final = {"desk": 0, "notices": 1, "archive": 3, "files": 4, "institutions": 5, "ledger": 6}
_BETWEEN: Final = 2


class RoundStep(Protocol):
    """One thing to do in a round; it may be repeated, and be broken off anywhere. Returns what was done, in words."""

    def __call__(self, *, at: str, today: date) -> list[str]: ...


def steps() -> tuple[RoundStep, ...]:
    """Every step of a round, in the order in which they are taken."""
    return tuple(step for room in rooms_with_steps() for step in import_module(f"koryu.{room}.steps").STEPS)


def rooms_with_steps() -> tuple[str, ...]:
    """The rooms that have steps, in their order. Nothing is imported for it."""
    return tuple(sorted(_rooms(), key=lambda room: (_PLACES.get(room, _BETWEEN), room)))


def _rooms() -> Iterator[str]:
    own = Path(__file__).parent.name
    for folder in koryu.__path__:
        for room in iter_modules([folder]):
            modules = iter_modules([str(Path(folder, room.name))])
            if room.ispkg and room.name != own and any(module.name == "steps" for module in modules):
                yield room.name
