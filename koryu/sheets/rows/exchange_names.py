"""The institutions, people and papers of one exchange, as the cells of its timetable name them in a word."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from koryu.sheets.rows.same_names import same_name

_NO_ITEM: Final[Mapping[str, Any]] = MappingProxyType({})
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
    """A member of a participation: which one, of which institution, and what they are called; `item` is its row."""

    participation: str
    member: str
    institution: str
    called: str
    names: tuple[str, ...] = ()
    item: Mapping[str, Any] = field(default_factory=lambda: _NO_ITEM, compare=False)

    @property
    def person(self) -> str:
        """The record of whom it is; '' where there is none."""
        person = self.item.get("person")
        return person if isinstance(person, str) else ""


@dataclass(frozen=True)
class ExchangeNames:
    """Who and what belongs to an exchange. `participations` are (institution, the URI of its list of people).

    `sessions` and `questions` are items of records: their URIs are those of the record, `#` and the id of the item.
    """

    institutions: tuple[NamedRecord, ...] = ()
    people: tuple[NamedMember, ...] = ()
    papers: tuple[NamedRecord, ...] = ()
    participations: tuple[tuple[str, str], ...] = ()
    sessions: tuple[NamedRecord, ...] = ()
    questions: tuple[NamedRecord, ...] = ()

    @property
    def takes_part(self) -> tuple[str, ...]:
        """The institutions of the exchange, in its order."""
        return tuple(institution.uri for institution in self.institutions)

    def institution(self, typed: str) -> str:
        """The URI of the institution called so; '' for none."""
        return _the_one(self._institutions.get(same_name(typed), []))

    def paper(self, typed: str) -> str:
        """The URI of the paper that has this label or title; '' where none or more than one has."""
        return _the_one(self._papers.get(same_name(typed), []))

    def matter(self, typed: str) -> str:
        """The paper or the session called so: of a paper its URI, of a session `timetable#session`; '' for none."""
        return self.paper(typed) or _the_one(self._sessions.get(same_name(typed), []))

    def question(self, typed: str) -> str:
        """The question called so, or of this text, as `record#item`; '' where none or more than one is."""
        return _the_one(self._questions.get(same_name(typed), []))

    def member(self, typed: str) -> NamedMember | None:
        """The member called so; None where none or more than one is."""
        return self.known_by([same_name(typed)])

    def known_by(self, names: Iterable[str]) -> NamedMember | None:
        """The one person who is known by any of these: names folded by `same_name`, or the record. One who is in two
        lists under one record is one; None where nobody is meant, or more than one may be."""
        members = self.all_known_by(names)
        records = {member.person for member in members}
        return members[0] if len(members) == 1 or (len(records) == 1 and records != {""}) else None

    def all_known_by(self, names: Iterable[str]) -> tuple[NamedMember, ...]:
        """Everybody who is known by any of these, in the order of the lists."""
        return tuple(dict.fromkeys(member for name in names for member in self._people.get(name, ())))

    def in_row(self, row: str) -> NamedMember | None:
        """The member whose row is called so; None where none is, or that of another list too."""
        members = [member for member in self.people if member.member == row]
        return members[0] if len(members) == 1 else None

    def called(self, uri: str) -> str:
        """What an institution, paper, session or question is called here; '' where it is not of this exchange."""
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
    def _sessions(self) -> dict[str, list[str]]:
        return _by_name((session.names, session.uri) for session in self.sessions)

    @cached_property
    def _questions(self) -> dict[str, list[str]]:
        return _by_name((question.names, question.uri) for question in self.questions)

    @cached_property
    def _people(self) -> dict[str, list[NamedMember]]:
        people: dict[str, list[NamedMember]] = {}
        for person in self.people:
            for name in {*map(same_name, person.names), *filter(None, [person.person])}:
                people.setdefault(name, []).append(person)
        return people

    @cached_property
    def _called(self) -> dict[str, str]:
        named = (*self.institutions, *self.papers, *self.sessions, *self.questions)
        return {each.uri: each.called for each in named}


def matter_key(matter: object) -> str:
    """What names the paper (its URI) or the session (`timetable#session`) that something is about; '' for neither."""
    if not isinstance(matter, Mapping):
        return ""
    paper, timetable, session = (matter.get(name) for name in ("paper", "timetable", "session"))
    if isinstance(paper, str):
        return paper
    return f"{timetable}#{session}" if isinstance(timetable, str) and isinstance(session, str) else ""


def names_between(typed: str) -> list[str]:
    """The names in a cell that holds several, with commas or semicolons of any script between them."""
    return [token for each in _TOKEN.findall(typed) if (token := each.strip())]


def _by_name(named: Iterable[tuple[tuple[str, ...], str]]) -> dict[str, list[str]]:
    uris: dict[str, list[str]] = {}
    for names, uri in named:
        for name in set(map(same_name, (*names, uri))):
            uris.setdefault(name, []).append(uri)
    return uris


def _the_one(uris: list[str]) -> str:
    return uris[0] if len(uris) == 1 else ""
