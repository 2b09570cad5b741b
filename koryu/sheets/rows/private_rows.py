"""Rows of a timetable that are no sessions: meals, transfers, free time, what the host alone is to see.

They stand among the sessions while the sheet is typed, and in no record: `parted` takes them out again.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from koryu.values.reason import N_

OURS: Final = "ours alone"
# What each kind is called. All but the last are for the guests too, once they see the timetable.
PRIVATE_KINDS: Final[Mapping[str, str]] = {
    "meal": N_("meal"),
    "transfer": N_("transfer"),
    "free time": N_("free time"),
    OURS: N_("only we see it"),
}
# The fields of a session that such a row has too.
PRIVATE_FIELDS: Final = ("type", "title", "number", "date", "start", "end", "until", "venue", "taking_part", "remark")
_LAST: Final = "~"


def is_private(item: Mapping[str, Any]) -> bool:
    """Whether an item of the list is such a row."""
    return item.get("type") in PRIVATE_KINDS


def parted(content: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """(the content of the record, the cells of each private row by its id) of what a sheet holds."""
    items = content.get("sessions")
    if not isinstance(items, list):
        return dict(content), {}
    private = [item for item in items if isinstance(item, Mapping) and is_private(item)]
    if not private:
        return dict(content), {}
    sessions = [item for item in items if item not in private]
    record = {name: value for name, value in content.items() if name != "sessions"}
    cells = {item["id"]: {name: item[name] for name in PRIVATE_FIELDS if name in item} for item in private}
    return {**record, **({"sessions": sessions} if sessions else {})}, cells


def recorded(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The content without its private rows."""
    return parted(content)[0]


def interleaved(content: Mapping[str, Any], private: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A content with these private rows among its sessions, each before the first that is later; the others as they
    are."""
    held = content.get("sessions")
    items: list[Any] = list(held) if isinstance(held, list) else []
    for row, cells in sorted(private.items(), key=lambda each: (_when(each[1]), each[0])):
        items.insert(_place(items, _when(cells)), {"id": row, **cells})
    return {**content, "sessions": items} if items else dict(content)


def _place(items: Sequence[Any], when: tuple[str, str]) -> int:
    """Before the first item that is later; what has no day goes to the end."""
    if when[0] == _LAST:
        return len(items)
    later = (place for place, item in enumerate(items) if isinstance(item, Mapping) and _when(item) > when)
    return next(later, len(items))


def _when(item: Mapping[str, Any]) -> tuple[str, str]:
    return (str(item.get("date") or _LAST), str(item.get("start") or _LAST))
