"""The institutions, people and papers of one exchange, as the cells of its timetable name them in a word."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

# What stands between names; a name in brackets of its own, and the comma inside a URI, do not.
_TOKEN: Final = re.compile(r"\s*tag:[^,\s]+,\d{4}(?:-\d\d){0,2}:[^\s,;，；、]+|[^,;，；、\n]+")


@dataclass(frozen=True)
class NamedRecord:
    """A record and what it is called: `called` is shown, by any of `names` it is understood."""

    uri: str
    called: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class NamedMember:
    """A member of a participation: which one, of which institution, and what they are called."""

    participation: str
    member: str
    institution: str
    called: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExchangeNames:
    """Who and what belongs to an exchange. `participations` are (institution, the URI of its list of people)."""

    institutions: tuple[NamedRecord, ...] = ()
    people: tuple[NamedMember, ...] = ()
    papers: tuple[NamedRecord, ...] = ()
    participations: tuple[tuple[str, str], ...] = ()

    @property
    def takes_part(self) -> tuple[str, ...]:
        """The institutions of the exchange, in its order."""
        return tuple(institution.uri for institution in self.institutions)

    def institution(self, typed: str) -> str:
        """The URI of the institution called so; '' for none."""
        return _the_one(self._institutions.get(folded(typed), []))

    def paper(self, typed: str) -> str:
        """The URI of the paper that has this label or title; '' where none or more than one has."""
        return _the_one(self._papers.get(folded(typed), []))

    def member(self, typed: str) -> NamedMember | None:
        """The member called so; None where none or more than one is."""
        people = self._people.get(folded(typed), [])
        return people[0] if len(people) == 1 else None

    def called(self, uri: str) -> str:
        """What an institution or a paper is called here; '' where it is not of this exchange."""
        return self._called.get(uri, "")

    def member_called(self, participation: object, member: object) -> str:
        """What a member of a list is called; the name of its institution for the whole of it; '' where not known."""
        if member is None:
            institution = next((uri for uri, listed in self.participations if listed == participation), "")
            return self.called(institution)
        return next(
            (each.called for each in self.people if (each.participation, each.member) == (participation, member)), ""
        )

    @cached_property
    def _institutions(self) -> dict[str, list[str]]:
        return _by_name((institution.names, institution.uri) for institution in self.institutions)

    @cached_property
    def _papers(self) -> dict[str, list[str]]:
        return _by_name((paper.names, paper.uri) for paper in self.papers)

    @cached_property
    def _people(self) -> dict[str, list[NamedMember]]:
        people: dict[str, list[NamedMember]] = {}
        for person in self.people:
            for name in {folded(name) for name in person.names}:
                people.setdefault(name, []).append(person)
        return people

    @cached_property
    def _called(self) -> dict[str, str]:
        return {named.uri: named.called for named in (*self.institutions, *self.papers)}


def names_between(typed: str) -> list[str]:
    """The names in a cell that holds several, with commas or semicolons of any script between them."""
    return [token for each in _TOKEN.findall(typed) if (token := each.strip())]


def folded(name: str) -> str:
    """A name for comparing only: without blanks, capitals and widths folded."""
    return re.sub(r"[\s・·]", "", unicodedata.normalize("NFKC", name).casefold())


def _by_name(named: Iterable[tuple[tuple[str, ...], str]]) -> dict[str, list[str]]:
    uris: dict[str, list[str]] = {}
    for names, uri in named:
        for name in {folded(name) for name in (*names, uri)}:
            uris.setdefault(name, []).append(uri)
    return uris


def _the_one(uris: list[str]) -> str:
    return uris[0] if len(uris) == 1 else ""
