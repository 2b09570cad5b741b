"""The register of agreements: how long each runs, what extends or amends it, and what has lapsed. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from koryu.archive.queries import Line
from koryu.records.agreement import AgreementType, AmendmentType, Renewal
from koryu.values.edtf import Edtf
from koryu.values.reason import N_

EXTENSION_OF: Final = N_("Extension of “%(title)s”")
LAPSED: Final = N_("Lapsed: its term ended %(date)s.")
RUNS_OUT: Final = N_("Runs out: %(date)s.")
RENEWS: Final = N_("Renews automatically; the term now stated ends %(date)s.")
# What a renewal takes over from the agreement it renews.
_KEPT: Final = ("institutions",)


@dataclass(frozen=True, kw_only=True)
class Registered:
    """An agreement with what extends or amends it, by type; `until` is where its term ends with all extensions."""

    line: Line
    until: Edtf | None
    renews: bool
    lapsed: bool
    amendments: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def says(self) -> str:
        """How its term stands, in one sentence; empty where no end is known."""
        if self.until is None or self.until.latest == date.max:
            return ""
        if self.renews:
            return RENEWS
        return LAPSED if self.lapsed else RUNS_OUT

    @property
    def all(self) -> tuple[Line, ...]:
        return (self.line, *(line for _, lines in self.amendments for line in lines))

    @property
    def institutions(self) -> frozenset[str]:
        return frozenset(uri for line in self.all for uri in line.summary.institutions)

    @property
    def types(self) -> frozenset[str]:
        return frozenset(line.summary.type for line in self.all)


def register(lines: Iterable[Line], *, today: date) -> tuple[Registered, ...]:
    """Every agreement in the order given, those that extend or amend another under what they began with."""
    known = {line.uri: line for line in lines}
    under: dict[str, list[Line]] = {}
    for line in known.values():
        root = _root(line, known)
        if root is not line:
            under.setdefault(root.uri, []).append(line)
    roots = (line for line in known.values() if _root(line, known) is line)
    return tuple(_registered(line, under.get(line.uri, []), today=today) for line in roots)


def _root(line: Line, known: Mapping[str, Line]) -> Line:
    """What a line of extensions began with; a line that leads back to itself begins where it is entered."""
    seen = {line.uri}
    here = line
    while (above := known.get(here.summary.extends)) and above.uri not in seen:
        seen.add(above.uri)
        here = above
    return line if here.summary.extends in seen else here


def _registered(line: Line, amendments: list[Line], *, today: date) -> Registered:
    extending = [one for one in amendments if _sort(one) == AmendmentType.EXTENSION]
    ends = [Edtf(one.summary.until) for one in (line, *extending) if one.summary.until]
    until = max(ends, key=lambda end: end.latest, default=None)
    # An extension that does not say until when is no reason to say that it has ended.
    if any(not one.summary.until for one in extending):
        until = None
    renews = any(one.summary.renewal == Renewal.AUTOMATIC for one in (line, *extending))
    return Registered(
        line=line,
        until=until,
        renews=renews,
        lapsed=until is not None and not renews and until.latest < today,
        amendments=tuple(
            (sort, found) for sort in AmendmentType if (found := tuple(one for one in amendments if _sort(one) == sort))
        ),
    )


def _sort(line: Line) -> str:
    """The type of an amendment; one that says only that it extends is an extension, any other a change."""
    if sort := line.summary.amends_by:
        return str(sort)
    return AmendmentType.EXTENSION if line.summary.type == AgreementType.EXTENSION else AmendmentType.CHANGE


def renewal_of(uri: str, content: Mapping[str, Any], *, titled: Callable[[str, str], str]) -> dict[str, Any]:
    """The unfinished content of an extension of an agreement: the same institutions, beginning where its term ends.

    `titled` makes its title in a language of that of the agreement.
    """
    end = content.get("term", {}).get("end")
    title = content["title"]
    forms = {tag: titled(tag, form) for tag, form in title.items() if tag != "source"}
    kept = {name: content[name] for name in _KEPT if name in content}
    return {
        "kind": "agreement",
        "type": str(AgreementType.EXTENSION),
        "amends_by": str(AmendmentType.EXTENSION),
        "extends": uri,
        "title": {**forms, **({"source": title["source"]} if "source" in title else {})},
        **kept,
        **({"term": {"start": str(Edtf(end).end or end)}} if end else {}),
    }
