"""Several things done at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def at_once(*things: Callable[[], T]) -> list[T]:
    """Do each of these in a thread of its own, all beginning together; what each returned, in their order."""
    together = Barrier(len(things))

    def begin(thing: Callable[[], T]) -> T:
        together.wait(timeout=10)
        return thing()

    with ThreadPoolExecutor(len(things)) as threads:
        return list(threads.map(begin, things))
