"""What comes next under a programme: read of the programme itself, and of the exchanges on record under it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from koryu.archive import queries as archive
from koryu.planning.rules.budget_year import missing_years
from koryu.planning.rules.counting import CountedExchange, MemberTerm, NextExchange, Rhythm, UnderWay
from koryu.planning.rules.turns import next_exchange
from koryu.records.document import Document
from koryu.records.programme import Programme
from koryu.values.edtf import Edtf


# Known by itself: of each entry of the ledger there is one, and what comes next is worked out once for it and a day.
@dataclass(frozen=True, kw_only=True, eq=False)
class ProgrammeHistory:
    """A programme of an institution with what is counted of it: how it goes on, and the exchanges on record."""

    line: archive.Line
    rhythm: Rhythm
    history: tuple[CountedExchange, ...]
    exchanges: Mapping[str, archive.Line]


@dataclass(frozen=True, kw_only=True)
class ProgrammeGoingOn:
    """A programme, the exchange that comes next under it, and the last one on record.

    `lines` are those of the programme, of what it names and of its exchanges, by URI.
    """

    document: Programme
    next: NextExchange
    last: archive.Line | None
    last_document: Document | None
    lines: Mapping[str, archive.Line]


def exchange_to_come(
    programme: str,
    *,
    asking: str,
    today: date,
    under_way: Callable[[], Sequence[UnderWay]] = tuple,
    besides: Iterable[str] = (),
) -> ProgrammeGoingOn | None:
    """What comes next under a programme, as far as who asks may read; None where the programme is not on record.

    In three statements, and one more for a series that several programmes number in. `besides` are records whose lines
    are wanted too; `under_way` tells what of it is drafted already, and is asked only where there is such a programme.
    """
    lines = archive.lines_named({programme, *besides}, asking=asking, around=[programme])
    line = lines.get(programme)
    if line is None or line.kind != "programme":
        return None
    series = line.summary.series or programme
    arriving = archive.links_to(programme, series, asking=asking)
    held = {link.source.uri: link.source for link in arriving if _belongs(link) and _under(link.source, programme)}
    last = max(held.values(), key=_when, default=None)
    documents = archive.documents([line, last] if last else [line])
    document = documents.get(programme)
    if not isinstance(document, Programme):
        return None
    history = [_counted(exchange, programme) for exchange in held.values()]
    taken = _taken(programme, series, arriving, asking=asking)
    coming = next_exchange(_rhythm(document, taken), history, today=today, under_way=under_way())
    return ProgrammeGoingOn(
        document=document,
        next=coming,
        last=last,
        last_document=documents.get(last.uri) if last else None,
        lines={**lines, **held},
    )


def _when(line: archive.Line) -> tuple[date, str]:
    return (line.earliest or date.min, line.uri)


def _belongs(link: archive.Backlink) -> bool:
    return link.rel == "programmes" and link.source.kind == "exchange" and not link.apart


def _under(line: archive.Line, programme: str) -> bool:
    return programme in line.summary.programmes


def _taken(programme: str, series: str, arriving: Sequence[archive.Backlink], *, asking: str) -> frozenset[int]:
    """The numbers that exchanges of other programmes bear in the same series."""
    others = {link.source.uri for link in arriving if link.rel == "number_series"} | {series}
    others.discard(programme)
    links = archive.links_to(*others, asking=asking) if others else ()
    numbers = (link.source.summary.numbers.get(other, "") for link in links if _belongs(link) for other in others)
    return frozenset(int(number) for number in numbers if number.isdecimal())


def _rhythm(document: Programme, taken: frozenset[int]) -> Rhythm:
    return Rhythm(
        members=members_of(document),
        sides=tuple(side.institutions for side in document.sides),
        order=document.hosting_order,
        every=document.every or "",
        year_begins=document.year_begins,
        online_turns=document.online_turns or "",
        numbering=document.numbering or "",
        until=document.until,
        taken=taken,
    )


def members_of(document: Programme) -> tuple[MemberTerm, ...]:
    """Since and until when each institution takes part in a programme."""
    return tuple(
        MemberTerm(institution=member.institution, joined=member.joined, left=member.left)
        for member in document.institutions
    )


def _counted(line: archive.Line, programme: str) -> CountedExchange:
    said = line.summary
    return CountedExchange(
        uri=line.uri,
        number=said.numbers.get(programme, ""),
        year=said.programme_year,
        date=line.date,
        form=said.form,
        state=said.state,
        hosts=tuple(said.hosts),
        postponed_to=Edtf(said.postponed_to) if said.postponed_to else None,
        stands_in=said.stands_in,
        turn_of=tuple(said.turn_of) if said.turn_said else None,
    )


# What the ledger says is known by its last entry.
@lru_cache(maxsize=32)
def programmes_at(last: str, institution: str) -> tuple[ProgrammeHistory, ...]:
    """The programmes in which an institution takes part, those that go on first, with what is counted of each.

    In three statements, asked once for each last entry of the ledger, `last`.
    """
    every = archive.lines("programme", asking=institution)
    ours = sorted(
        (line for line in every if archive.takes_part(line, institution)),
        key=lambda line: (bool(line.summary.until), line.uri),
    )
    series = {line.uri: line.summary.series or line.uri for line in every}
    beside = {line.uri: _in_series(line.uri, series) for line in ours}
    wanted = {line.uri for line in ours}.union(*beside.values())
    arriving = archive.links_to(*sorted(wanted), asking=institution) if wanted else ()
    exchanges = {link.source.uri: link.source for link in arriving if _belongs(link)}
    documents = archive.documents_at(last, ours)
    return tuple(
        ProgrammeHistory(
            line=line,
            rhythm=_rhythm(document, _numbers_of(exchanges.values(), beside[line.uri])),
            history=tuple(_counted(each, line.uri) for each in exchanges.values() if _under(each, line.uri)),
            exchanges={uri: each for uri, each in exchanges.items() if _under(each, line.uri)},
        )
        for line in ours
        if isinstance(document := documents.get(line.uri), Programme)
    )


@lru_cache(maxsize=256)
def coming_under(
    programme: ProgrammeHistory, today: date, under_way: tuple[UnderWay, ...]
) -> tuple[NextExchange, tuple[int, ...]]:
    """What comes next under a programme on a day, and the years of which nothing is on record."""
    coming = next_exchange(programme.rhythm, programme.history, today=today, under_way=under_way)
    return coming, missing_years(programme.rhythm, programme.history, today=today)


def _in_series(programme: str, series: Mapping[str, str]) -> frozenset[str]:
    """The other programmes that number in the same series."""
    same = {uri for uri, counts_in in series.items() if counts_in == series[programme]} | {series[programme]}
    return frozenset(same - {programme})


def _numbers_of(exchanges: Iterable[archive.Line], programmes: Iterable[str]) -> frozenset[int]:
    programmes = tuple(programmes)
    numbers = (line.summary.numbers.get(programme, "") for line in exchanges for programme in programmes)
    return frozenset(int(number) for number in numbers if number.isdecimal())
