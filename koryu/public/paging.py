"""Long lists on numbered pages. Each page has its own address; one past the end says which page is the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.http import Http404

LENGTH: Final = 100

One = TypeVar("One")


class PastTheEnd(Http404):
    """A page number that the list does not reach; `last` is its last page."""

    def __init__(self, *, last: int) -> None:
        super().__init__(last)
        self.last = last


@dataclass(frozen=True, kw_only=True)
class ListPage(Generic[One]):
    """One page of a list."""

    items: Sequence[One]
    number: int
    last: int


def part(items: Sequence[One], *, number: int) -> ListPage[One]:
    """The page with this number, from 1; an empty list has one empty page. Raises PastTheEnd past the last."""
    last = max(1, -(-len(items) // LENGTH))
    if not 1 <= number <= last:
        raise PastTheEnd(last=last)
    return ListPage(items=items[(number - 1) * LENGTH : number * LENGTH], number=number, last=last)
