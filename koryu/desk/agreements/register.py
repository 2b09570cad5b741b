"""The register of agreements: how long each runs, what extends or amends it, and what has lapsed. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.records.agreement import AgreementType, AmendmentType
from koryu.records.running import Running, TermState, is_extension
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason
from koryu.wording import terms

EXTENSION_OF: Final = N_("Extension of “%(title)s”")
# What a renewal takes over from the agreement it renews.
_KEPT: Final = ("institutions",)


@dataclass(frozen=True, kw_only=True)
class Registered:
    """An agreement with what extends or amends it, by type, how long it runs, and what is said of that."""

    line: Line
    term: Running
    says: tuple[Reason, ...]
    amendments: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def lapsed(self) -> bool:
        return self.term.state == TermState.RAN_OUT

    @property
    def all(self) -> tuple[Line, ...]:
        return (self.line, *(line for _, lines in self.amendments for line in lines))

    @property
    def institutions(self) -> frozenset[str]:
        return self.term.institutions

    @property
    def types(self) -> frozenset[str]:
        return frozenset(line.summary.type for line in self.all)


def register(lines: Iterable[Line], *, today: date) -> tuple[Registered, ...]:
    """Every agreement in the order given, those that extend or amend another under what they began with.

    `lines` are those of agreements, and of what is counted under them.
    """
    lines = tuple(lines)
    known = {line.uri: line for line in lines}
    agreements = {line.uri: line.summary for line in lines if line.kind == "agreement"}
    return tuple(
        Registered(
            line=known[uri],
            term=term,
            says=terms.sentences(term, agreements),
            amendments=_by_sort([known[part] for part in term.parts[1:]]),
        )
        for uri, term in archive.running(lines, today=today).items()
    )


def _by_sort(amendments: list[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    return tuple(
        (sort, lines) for sort in AmendmentType if (lines := tuple(line for line in amendments if _sort(line) == sort))
    )


def _sort(line: Line) -> str:
    """The type of an amendment; one that says only that it extends is an extension, any other a change."""
    if sort := line.summary.amends_by:
        return str(sort)
    return AmendmentType.EXTENSION if is_extension(line.summary) else AmendmentType.CHANGE


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
