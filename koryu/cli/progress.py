"""A progress bar for what may take more than two seconds, on the terminal's error stream."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

T = TypeVar("T")


def told(items: Iterable[T], *, saying: str, total: int | None = None) -> Iterator[T]:
    """The items one by one, while a bar shows how far they are; nothing is shown where there is no terminal."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(items, length=total, label=saying, file=sys.stderr, hidden=hidden) as watched:
        yield from watched
