"""How long the schedule of an exchange is kept, with everything that was done with its steps. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from koryu.records.exchange import EventState
from koryu.values.edtf import Edtf
from koryu.values.reason import Refused

# As long as candidate dates: whoever plans the next exchange looks at the last one.
_KEPT_AFTER: Final = timedelta(days=730)


def is_over(today: date, *, days: Iterable[str], begun: str, state: str = "", is_drafted: bool = False) -> bool:
    """Whether what was kept of an exchange is deleted: two years after the last of its `days`, dates as records write
    them; where none is known, after it was begun.

    What rests without a date, and what is drafted anew, is never over.
    """
    if is_drafted:
        return False
    known = [when.latest for written in days if (when := _date(written)) and when.end]
    if not known and state == EventState.POSTPONED:
        return False
    return max(known, default=date.fromisoformat(begun[:10])) < today - _KEPT_AFTER


def _date(written: str) -> Edtf | None:
    try:
        return Edtf(written) if written else None
    except Refused:
        return None
