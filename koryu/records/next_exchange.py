"""A draft of the exchange that follows another: what is kept, what is counted up by one, what is left empty."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

# The fields that are usually the same in every exchange of a programme.
_GOES_ON: Final = ("form", "institutions", "agreements", "duration", "planned_size")

# What composes the title of an exchange out of the content of its programme, its number, its year and its place.
Titled = Callable[..., dict[str, str] | None]


def untitled(*_: object, **__: object) -> None:
    """The title of an exchange that is to be called something by whoever drafts it."""


@dataclass(frozen=True, kw_only=True)
class Following:
    """The content of the next exchange, unfinished, and by which fields it differs from the one before."""

    content: dict[str, Any]
    taken_over: tuple[str, ...]
    advanced: tuple[str, ...]
    cleared: tuple[str, ...]


def following(
    last: Mapping[str, Any],
    *,
    programme: Mapping[str, Any] | None = None,
    seats: Mapping[str, Mapping[str, str]] | None = None,
    titled: Titled = untitled,
) -> Following:
    """The exchange after `last`, by its programme: number and year are counted up, the host is the next in the order.

    `seats` are the cities of its institutions, as texts. `titled` composes the title anew, from the programme, the
    number, the year and the place; where it gives none the title is left open, for a figure in the last title may be
    anything. Dates, places, themes, sources and whatever was said of that one exchange are left open, and so is a
    number that is no number: nothing is ever derived from the year.
    """
    content: dict[str, Any] = {"kind": "exchange", "event": {"state": "planned"}, "shown_to": "institutions"}
    content.update({field: last[field] for field in _GOES_ON if field in last})
    if members := _members(programme):
        content["institutions"] = [
            institution for institution in last.get("institutions", ()) if institution in members
        ] or members
    advanced = _advanced(last, programme, content.get("institutions", ()))
    if title := _title(programme, advanced, seats or {}, titled):
        advanced = {"title": title, **advanced}
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
    advanced: dict[str, Any] = {}
    if "programmes" in last:
        advanced["programmes"] = [_held_under(held) for held in last["programmes"]]
    if str(last.get("programme_year", "")).isdecimal():
        advanced["programme_year"] = str(int(last["programme_year"]) + 1)
    if host := _next_host(last.get("hosts", ()), (programme or {}).get("hosting_order", ()), institutions):
        advanced["hosts"] = [host]
    return advanced


def _title(
    programme: Mapping[str, Any] | None,
    advanced: Mapping[str, Any],
    seats: Mapping[str, Mapping[str, str]],
    titled: Titled,
) -> dict[str, str] | None:
    if not programme:
        return None
    number = next((held.get("number", "") for held in advanced.get("programmes", ())), "")
    place = next((seats[host] for host in advanced.get("hosts", ()) if host in seats), {})
    return titled(programme, number=number, year=advanced.get("programme_year", ""), place=place)


def _held_under(held: Mapping[str, Any]) -> dict[str, Any]:
    # A number that is text (“I and II”) cannot be counted up, and is left open.
    number = str(held.get("number", ""))
    rest = {name: value for name, value in held.items() if name != "number"}
    return {**rest, "number": str(int(number) + 1)} if number.isdecimal() else rest


def _members(programme: Mapping[str, Any] | None) -> list[str]:
    members = (programme or {}).get("institutions", ())
    return [member["institution"] for member in members if "institution" in member and "left" not in member]


def _next_host(hosts: Sequence[str], order: Sequence[str], institutions: Sequence[str]) -> str | None:
    """The institution that hosts next, by the order that the programme says; None where that is not known."""
    rotation = [institution for institution in order if institution in institutions]
    if not hosts or hosts[-1] not in rotation:
        return None
    return rotation[(rotation.index(hosts[-1]) + 1) % len(rotation)]
