"""The exchange that follows another: what goes on, what moves on by one, what is left to be said anew."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

# What is so of every exchange of a programme, until somebody says otherwise.
_GOES_ON: Final = ("form", "institutions", "agreements", "duration", "planned_size")
_ORDINAL: Final = r"(?<!\d)%d(st|nd|rd|th)?(?!\d)"


@dataclass(frozen=True, kw_only=True)
class Following:
    """The content of the next exchange, unfinished, and by which fields it differs from the one before."""

    content: dict[str, Any]
    taken_over: tuple[str, ...]
    advanced: tuple[str, ...]
    cleared: tuple[str, ...]


def following(last: Mapping[str, Any], *, programme: Mapping[str, Any] | None = None) -> Following:
    """The exchange after `last`, as its programme would have it: its number and year one on, its host the next in turn.

    Dates, places, themes, sources and whatever was said of that one exchange are left open. A number that is no number
    is left open too: nothing is ever derived from the year.
    """
    content: dict[str, Any] = {"kind": "exchange", "event": {"state": "planned"}, "shown_to": "institutions"}
    content.update({field: last[field] for field in _GOES_ON if field in last})
    if members := _members(programme):
        content["institutions"] = [one for one in last.get("institutions", ()) if one in members] or members
    advanced = _advanced(last, programme, content.get("institutions", ()))
    content.update(advanced)
    return Following(
        content=content,
        taken_over=tuple(
            field for field in last if field in content and field not in (*advanced, "kind", "event", "shown_to")
        ),
        advanced=tuple(field for field in last if field in advanced),
        cleared=tuple(field for field in last if field not in content or field == "event"),
    )


def _advanced(
    last: Mapping[str, Any], programme: Mapping[str, Any] | None, institutions: Sequence[str]
) -> dict[str, Any]:
    steps = _steps(last)
    found: dict[str, Any] = {"title": {tag: _stepped(form, steps) for tag, form in last.get("title", {}).items()}}
    if "programmes" in last:
        found["programmes"] = [_held_under(one) for one in last["programmes"]]
    if str(last.get("programme_year", "")).isdecimal():
        found["programme_year"] = str(int(last["programme_year"]) + 1)
    if host := _next_host(last.get("hosts", ()), (programme or {}).get("hosting_order", ()), institutions):
        found["hosts"] = [host]
    return found


def _steps(last: Mapping[str, Any]) -> list[int]:
    """The numbers that may stand in its title: its own, and the year."""
    written = [*(one.get("number", "") for one in last.get("programmes", ())), last.get("programme_year", "")]
    return [int(one) for one in written if str(one).isdecimal()]


def _stepped(form: str, steps: Sequence[int]) -> str:
    for number in steps:
        form = re.sub(_ORDINAL % number, partial(_one_on, number), form)
    return form


def _one_on(number: int, found: re.Match[str]) -> str:
    return _ordinal(number + 1) if found[1] else str(number + 1)


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _held_under(held: Mapping[str, Any]) -> dict[str, Any]:
    number = str(held.get("number", ""))
    rest = {name: value for name, value in held.items() if name != "number"}
    return {**rest, "number": str(int(number) + 1)} if number.isdecimal() else rest


def _members(programme: Mapping[str, Any] | None) -> list[str]:
    members = (programme or {}).get("institutions", ())
    return [one["institution"] for one in members if "institution" in one and "left" not in one]


def _next_host(hosts: Sequence[str], order: Sequence[str], institutions: Sequence[str]) -> str | None:
    """Whose turn it is, by the order the programme says; nobody's where that is not known."""
    turn = [one for one in order if one in institutions]
    if not hosts or hosts[-1] not in turn:
        return None
    return turn[(turn.index(hosts[-1]) + 1) % len(turn)]
