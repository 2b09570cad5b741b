"""A draft of the exchange that follows another: as it was chosen, with what goes on from the last one. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from koryu.records.exchange import EventState
from koryu.wording.titles import exchange_titles

# What may be taken over from the last exchange as it was, one field each.
GOES_ON: Final = ("planned_size", "duration", "languages", "agreements")


@dataclass(frozen=True, kw_only=True)
class ChosenNext:
    """What somebody chose for the next exchange: `programme` is '' for one under none, `number` as it is printed.

    `goes_on` are the fields of GOES_ON that are taken over. `was_held` where it is put on record of what was, on the
    ground of `source`, a work.
    """

    programme: str = ""
    number: str = ""
    year: str = ""
    hosts: tuple[str, ...] = ()
    form: str = ""
    # Whose turn it is to use up, where that is said; nobody's where it is empty.
    turn_of: tuple[str, ...] | None = None
    goes_on: frozenset[str] = frozenset(GOES_ON)
    was_held: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Following:
    """The content of the next exchange, unfinished; of the fields of the last, those taken over and those left open."""

    content: dict[str, Any]
    taken_over: tuple[str, ...]
    cleared: tuple[str, ...]


def following(
    chosen: ChosenNext,
    *,
    last: Mapping[str, Any] | None = None,
    programme: Mapping[str, Any] | None = None,
    seats: Mapping[str, Mapping[str, str]] | None = None,
) -> Following:
    """The exchange that was chosen, after `last`, under the `programme` (their contents).

    `seats` are the cities of its institutions, as texts. The title is composed from the programme, the number, the year
    and the place; without a number and a year it is left open, for a figure in the last title may be anything. Who
    came, dates, places, themes, sources and whatever was said of the last one are left open.
    """
    before = last or {}
    state = EventState.HELD if chosen.was_held else EventState.PLANNED
    content: dict[str, Any] = {"kind": "exchange", "event": {"state": str(state)}}
    if not chosen.was_held:
        # What is to come is for the institutions, until they make it public.
        content["shown_to"] = "institutions"
    if form := chosen.form or before.get("form"):
        content["form"] = form
    if institutions := _institutions(before, programme, chosen.hosts):
        content["institutions"] = institutions
    content |= {field: before[field] for field in GOES_ON if field in chosen.goes_on and field in before}
    content |= _chosen(chosen, before)
    if title := _title(chosen, programme, seats or {}):
        content = {"title": title, **content}
    if chosen.source:
        content["sources"] = [{"id": "s1", "work": chosen.source}]
    return Following(
        content=content,
        taken_over=tuple(field for field in before if field in content and before[field] == content[field]),
        cleared=tuple(field for field in before if field not in content or field == "event"),
    )


def _chosen(chosen: ChosenNext, before: Mapping[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if chosen.programme:
        held = [held for held in before.get("programmes", ()) if held.get("programme") == chosen.programme]
        number = {"number": chosen.number} if chosen.number else {}
        content["programmes"] = [{"id": held[0]["id"] if held else "p1", "programme": chosen.programme, **number}]
    if chosen.year:
        content["programme_year"] = chosen.year
    if chosen.hosts:
        content["hosts"] = list(chosen.hosts)
    if chosen.turn_of is not None:
        content["turn_of"] = list(chosen.turn_of)
    return content


def _institutions(before: Mapping[str, Any], programme: Mapping[str, Any] | None, hosts: Sequence[str]) -> list[str]:
    """Who took part last and has not left the programme; else everybody of it; and whoever hosts."""
    members = _members(programme)
    listed = [uri for uri in before.get("institutions", ()) if uri in members or not members] or members
    return list(dict.fromkeys((*listed, *hosts)))


def _members(programme: Mapping[str, Any] | None) -> list[str]:
    members = (programme or {}).get("institutions", ())
    return [member["institution"] for member in members if "institution" in member and "left" not in member]


def _title(
    chosen: ChosenNext, programme: Mapping[str, Any] | None, seats: Mapping[str, Mapping[str, str]]
) -> dict[str, str] | None:
    if not programme:
        return None
    place = next((seats[host] for host in chosen.hosts if host in seats), {})
    return exchange_titles(programme, number=chosen.number, year=chosen.year, place=place)
