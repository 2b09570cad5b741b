"""The dates of a plan as it has them, and a plan with others in their place. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from koryu.records.exchange import ExchangeForm, Scope


def dates_written(content: Mapping[str, Any]) -> frozenset[str]:
    """The dates of a plan, finished or not, as they are written."""
    listed = content.get("dates")
    dated = listed if isinstance(listed, list | tuple) else ()
    return frozenset(str(each.get("date")) for each in dated if isinstance(each, Mapping))


def with_dates(content: Mapping[str, Any], first: date, last: date) -> dict[str, Any]:
    """The content of an exchange that takes place on these days.

    They stand in the place of the trip, or of the whole, that was dated; what else was dated stays and is to be looked
    at. Dates are no longer left open.
    """
    listed = content.get("dates")
    before = [dict(each) for each in listed if isinstance(each, Mapping)] if isinstance(listed, list | tuple) else []
    written = first.isoformat() if first == last else f"{first}/{last}"
    is_whole = [each for each in before if each.get("scope") in (Scope.TRIP, Scope.WHOLE, None)]
    if is_whole:
        is_whole[0]["date"] = written
    else:
        scope = Scope.WHOLE if content.get("form") == ExchangeForm.ONLINE else Scope.TRIP
        taken = {str(each.get("id")) for each in before}
        free = next(name for place in range(len(before) + 1) if (name := f"d{place + 1}") not in taken)
        before.insert(0, {"id": free, "scope": str(scope), "date": written})
    changed = {**content, "dates": before}
    left_open = content.get("open")
    if isinstance(left_open, list | tuple):
        still = [each for each in left_open if not (isinstance(each, Mapping) and each.get("field") == "dates")]
        changed.pop("open")
        changed.update({"open": still} if still else {})
    return changed
