"""All that a handover of one relation says, read in as few statements as a page may take."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.http import Http404

from koryu.archive import queries as archive
from koryu.archive.queries import CurrentLine, Line
from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import Contact
from koryu.desk.access import CurrentUser
from koryu.desk.agreements.register import Registered, register
from koryu.desk.exchange.exchanges_gathered import ExchangeSources, PageAsked, gather_exchanges
from koryu.desk.exchange.exchanges_listed import ListedExchange, listed_exchanges
from koryu.desk.handover.open_work import OpenExchange, open_exchanges
from koryu.planning.queries.relations_kept import KeptCustom, customs
from koryu.planning.rules.status import Stage
from koryu.records.exchange import EventState

# How many of the exchanges that are past are told of.
_LAST: Final = 3
_BEGINNING: Final = date(1900, 1, 1)
KINDS_OF_RELATION: Final = ("programme", "institution")


@dataclass(frozen=True, kw_only=True)
class PastExchange:
    """An exchange that is past, with what came of it: who was there, how many papers, reports and outcomes."""

    line: Line
    parts: tuple[CurrentLine, ...]
    outcomes: tuple[Line, ...]

    def of_kind(self, kind: str) -> tuple[Line, ...]:
        return tuple(part.line for part in self.parts if part.line.kind == kind)

    @cached_property
    def people(self) -> Mapping[str, str]:
        """The people on record who were there, each with the institution that sent them."""
        sent = self.of_kind("participation")
        return {uri: line.summary.institution for line in sent for uri in line.summary.people}


@dataclass(frozen=True, kw_only=True)
class Handover:
    """One relation of an institution: a programme, or a partner; `partners` are the other institutions in it."""

    relation: Line
    partners: tuple[str, ...]
    programmes: tuple[Line, ...]
    open: tuple[OpenExchange, ...]
    contacts: tuple[Contact, ...]
    agreements: tuple[Registered, ...]
    last: tuple[PastExchange, ...]
    customs: tuple[KeptCustom, ...]
    # The last entry of the ledger when it was read.
    ledger: str

    def last_came(self, contact: Contact) -> Line | None:
        """The last of the exchanges told of at which a contact was, where their record is linked."""
        came = (each.line for each in self.last if contact.person and contact.person in each.people)
        return next(came, None)

    @property
    def named(self) -> set[str]:
        """The records that a page about it names."""
        named = {self.relation.uri, *self.partners}
        named |= {uri for each in self.last for uri in (*each.line.summary.hosts, *each.people, *each.people.values())}
        named |= {uri for each in self.agreements for uri in each.institutions}
        named |= {uri for each in self.open for uri in each.listed.partners}
        named |= {uri for each in self.open for reason in each.listed.status.says for uri in _uris(reason.values)}
        named |= {uri for each in self.open for item in each.items for uri in item.who if isinstance(item.who, tuple)}
        return named


def handover_of(me: CurrentUser, kind: str, slug: str, *, today: date) -> Handover:
    """The relation called so in addresses. Raises Http404 for a programme that is not ours, and for ourselves."""
    gathered = gather_exchanges(me, today, PageAsked())
    last, asking = gathered.last, me.institution
    known = archive.lines_at(last, KINDS_OF_RELATION, asking)
    ours = tuple(line for line in known if line.kind == "programme" and archive.takes_part(line, asking))
    relation = _relation(me, kind, slug, known, ours)
    among = _Relation(me=asking, line=relation)
    dated = archive.exchanges_between(last, asking, _BEGINNING, today)
    past = [line for line in dated if among.has(line) and line.summary.state == EventState.HELD][-_LAST:][::-1]
    listed = [each for each in listed_exchanges(me, gathered, today) if not _is_closed(each, gathered)]
    under = _programmes_by_exchange(gathered)
    agreed = register(archive.lines_of_agreements_at(last, asking), today=today)
    kept = correspondence.contacts(asking)
    return Handover(
        relation=relation,
        partners=among.partners,
        programmes=tuple(line for line in ours if among.is_programme(line)),
        open=tuple(
            each
            for each in open_exchanges(
                [each for each in listed if among.has_listed(each, under.get(each.uri, ()))],
                gathered,
                archive.lines_at(last, ("questions", "follow-up"), asking),
                today,
                me=asking,
            )
            # What was only put on record from sources is past, unless somebody works on it.
            if each.items or each.listed.status.stage is not Stage.CLOSED
        ),
        contacts=tuple(each for each in kept if each.of in among.partners and each.holds_on(today)),
        agreements=tuple(each for each in agreed if among.is_bound_by(each)),
        last=tuple(_past(past, last, asking)),
        customs=customs(asking, dict.fromkeys((relation.uri, *among.partners))),
        ledger=last,
    )


def _is_closed(listed: ListedExchange, gathered: ExchangeSources) -> bool:
    own = gathered.own.get(listed.uri)
    return own is not None and bool(own.closed_at)


@dataclass(frozen=True, kw_only=True)
class _Relation:
    """What belongs to a programme of ours, or to us and a partner."""

    me: str
    line: Line

    @property
    def partners(self) -> tuple[str, ...]:
        if self.line.kind == "institution":
            return (self.line.uri,)
        return tuple(uri for uri in self.line.summary.institutions if uri != self.me)

    def has(self, exchange: Line) -> bool:
        if self.line.kind == "programme":
            return self.line.uri in exchange.summary.programmes
        return self.line.uri in exchange.summary.institutions

    def has_listed(self, listed: ListedExchange, programmes: Iterable[str]) -> bool:
        if listed.plan:
            return self.has(listed.plan.line)
        return self.line.uri in (programmes if self.line.kind == "programme" else listed.partners)

    def is_programme(self, programme: Line) -> bool:
        """Whether it is the programme, or one of both of us."""
        return programme.uri == self.line.uri or self.line.uri in programme.summary.institutions

    def is_bound_by(self, agreement: Registered) -> bool:
        """Whether an agreement is ours and a partner's: of a programme one that it rests on, or all of its members'."""
        among = agreement.institutions
        if self.line.kind == "institution":
            return {self.me, self.line.uri} <= among
        rests = self.line.summary.basis.keys() & {line.uri for line in agreement.all}
        return bool(rests) or (self.me in among and among <= {self.me, *self.partners})


def _relation(me: CurrentUser, kind: str, slug: str, known: Iterable[Line], ours: Iterable[Line]) -> Line:
    lines = ours if kind == "programme" else known
    named = (line for line in lines if line.kind == kind and line.slug == slug and line.uri != me.institution)
    relation = next(named, None)
    if relation is None:
        raise Http404
    return relation


def _past(lines: Iterable[Line], last: str, asking: str) -> Iterator[PastExchange]:
    """What came of these exchanges; in two statements, and that once for each entry of the ledger."""
    listed = tuple(lines)
    uris = tuple(line.uri for line in listed)
    standing = archive.exchanges_with_parts(last, uris, asking) if uris else {}
    grew: dict[str, list[Line]] = {}
    for uri in uris:
        grew[uri] = [link.source for link in archive.links_to_at(last, (uri,), asking) if link.source.kind == "outcome"]
    for line in listed:
        outcomes = tuple({each.uri: each for each in grew[line.uri]}.values())
        yield PastExchange(line=line, parts=standing[line.uri][1], outcomes=outcomes)


def _programmes_by_exchange(gathered: ExchangeSources) -> dict[str, tuple[str, ...]]:
    """The programmes that exchanges name which are only drafted or proposed yet."""
    texts = [(text.record, text.content or {}) for text in gathered.open if text.header.kind == "exchange"]
    texts += [(draft.record, draft.content) for draft in gathered.drafts if draft.kind == "exchange"]
    return {record: tuple(_programmes_in(content)) for record, content in texts}


def _programmes_in(content: Mapping[str, Any]) -> Iterator[str]:
    listed = content.get("programmes")
    for held in listed if isinstance(listed, list | tuple) else ():
        if isinstance(held, Mapping) and isinstance(held.get("programme"), str):
            yield held["programme"]


def _uris(values: Mapping[str, object]) -> Iterator[str]:
    """The records among the values of a sentence."""
    for value in values.values():
        if isinstance(value, tuple):
            yield from (uri for uri in value if isinstance(uri, str))
