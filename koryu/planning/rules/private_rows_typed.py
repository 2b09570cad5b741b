"""May this be kept as a private row of a sheet, and for how long? Plain values in."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from koryu.values.reason import Reason

LONGEST_ROW: Final = 20_000
# Counted from the last day; where none is known, from the day on which it was typed.
_KEPT_AFTER: Final = timedelta(days=90)
_KEPT_WITHOUT: Final = timedelta(days=730)


def row_fails(cells: Mapping[str, Any]) -> Reason | None:
    """What is wrong with a row: it may be empty, but no book."""
    if len(json.dumps(cells, ensure_ascii=False)) > LONGEST_ROW:
        return Reason("A row has at most %(most)s characters.", most=LONGEST_ROW)
    return None


def delete_day(last: date | None, *, today: date) -> date:
    """The day after which rows about an exchange that ends on `last` are deleted."""
    return max(last + _KEPT_AFTER, today) if last else today + _KEPT_WITHOUT
