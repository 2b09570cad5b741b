"""A progress bar for what may take more than two seconds, on the terminal's error stream."""

from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

from rich.console import Console
from rich.progress import track

T = TypeVar("T")


def told(items: Iterable[T], *, saying: str, total: int | None = None) -> Iterator[T]:
    """The items one by one, while a bar shows how far they are; nothing is shown where nobody watches."""
    if total is None and isinstance(items, Sized):
        total = len(items)
    console = Console(stderr=True)
    yield from track(
        items, description=saying, total=total, console=console, transient=True, disable=not console.is_terminal
    )
