"""The content of a plan with the differences that somebody took."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from koryu.publishing.letters.plan_back.compared import PlanChange
from koryu.sheets.operations import changed, value_at, with_value
from koryu.sheets.rows.merge import new_ids


def with_changes_taken(content: Mapping[str, Any], changes: Iterable[PlanChange], *, seed: str) -> dict[str, Any]:
    """The content with these differences; whatever none of them names is as it was. `seed` makes the ids of new
    items."""
    made = deepcopy(dict(content))
    for change in changes:
        match change.act:
            case "set" if change.value is None:
                made = changed(made, "clear", change.path, seed=seed, tag="")
            case "set":
                made = _with(made, change.path, change.value)
            case "remove":
                made = changed(made, "remove", change.path, seed=seed, tag="")
            case "add":
                made = _with_item(made, change, seed)
    return made


def _with(content: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A value at its path; a text that had one language gets a source with the second, as texts of records have."""
    holder, _, last = path.rpartition(".")
    held = value_at(content, holder) if holder else None
    if isinstance(held, dict) and isinstance(value, str) and held and last not in held and "source" not in held:
        content = with_value(content, f"{holder}.source", next(iter(held)))
    return with_value(content, path, value)


def _with_item(content: dict[str, Any], change: PlanChange, seed: str) -> dict[str, Any]:
    items = content.get(change.path)
    listed = list(items) if isinstance(items, list | tuple) else []
    ids = [str(item.get("id", "")) for item in listed if isinstance(item, Mapping)]
    (new,) = new_ids(f"{seed}:{change.key}", ids, count=1)
    return {**content, change.path: [*listed, {"id": new, **change.value}]}
