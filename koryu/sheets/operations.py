"""What the buttons inside a form do to a content: add, remove or move an item, clear a value, make a date a text."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from koryu.seals.digests import digest_of
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import Refused

ACTS: Final = ("add", "remove", "up", "down", "clear", "switch")


def changed(content: Mapping[str, Any], act: str, path: str, *, seed: str, tag: str) -> dict[str, Any]:
    """The content after `act` at `path`, such as `remove` at `members[m1]`; as it was where there is no such place.

    The id of a new item is made of the `seed`, so that the same form sent twice adds one item; `tag` is the language in
    which a date is turned into words.
    """
    made = deepcopy(dict(content))
    steps = re.findall(r"[^.\[\]]+", path)
    if not steps:
        return made
    holder = _holder(made, steps[:-1], making=act == "add")
    last = steps[-1]
    if isinstance(holder, list):
        _in_list(holder, act, last)
    elif isinstance(holder, dict):
        _in_group(holder, act, last, seed=f"{seed}:{path}", tag=tag)
    return made


def with_value(content: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The content with a value put at a path; as it was where there is no such place."""
    made = deepcopy(dict(content))
    *steps, last = re.findall(r"[^.\[\]]+", path)
    holder = _holder(made, steps, making=True)
    if isinstance(holder, dict):
        holder[last] = value
    return made


def value_at(content: Mapping[str, Any], path: str) -> Any:
    """What stands at a path; None where nothing does."""
    return _holder(dict(content), re.findall(r"[^.\[\]]+", path), making=False)


def _holder(content: Any, steps: list[str], *, making: bool) -> Any:
    for step in steps:
        if isinstance(content, list):
            place = _place(content, step)
            content = content[place] if place is not None else None
        elif isinstance(content, dict):
            content = content.setdefault(step, {}) if making else content.get(step)
        else:
            return None
    return content


def _place(items: list[Any], step: str) -> int | None:
    for place, item in enumerate(items):
        if (item.get("id") == step) if isinstance(item, Mapping) else (str(place) == step):
            return place
    return None


def _in_list(items: list[Any], act: str, step: str) -> None:
    place = _place(items, step)
    if place is None:
        return
    match act:
        case "remove" | "clear":
            del items[place]
        case "up" if place > 0:
            items[place - 1], items[place] = items[place], items[place - 1]
        case "down" if place + 1 < len(items):
            items[place + 1], items[place] = items[place], items[place + 1]


def _in_group(group: dict[str, Any], act: str, name: str, *, seed: str, tag: str) -> None:
    match act:
        case "add":
            items = group.setdefault(name, [])
            items.append({"id": _new_id(seed, items)})
        case "clear" | "remove":
            group.pop(name, None)
        case "switch":
            group[name] = _otherwise(group.get(name), tag)


def _otherwise(value: Any, tag: str) -> Any:
    """A date as a text, or a text as a date; what was typed stays either way."""
    if not isinstance(value, Mapping):
        return {tag: str(value or "")}
    return value.get(value.get("source", ""), next(iter(value.values()), ""))


def _new_id(seed: str, items: list[Any]) -> str:
    """An id that no item has: it names the item for good, and is never given to another."""
    taken = {item.get("id") for item in items if isinstance(item, Mapping)}
    candidates = (digest_of({"seed": seed, "times": times})[7:13] for times in range(len(taken) + 1))
    return next(candidate for candidate in candidates if candidate not in taken)


def is_tag(written: str) -> bool:
    """Whether this is a language tag."""
    try:
        return bool(LanguageTag(written))
    except Refused:
        return False
