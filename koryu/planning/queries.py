"""Reading what planning needs from the record: what a programme says of how it goes on, and what was held under it."""

from collections.abc import Sequence
from datetime import date

from koryu.archive import queries as archive
from koryu.planning.rules.counting import CountedExchange, MemberTerm, NextExchange, Rhythm, UnderWay
from koryu.planning.rules.turns import next_exchange
from koryu.records.programme import Programme
from koryu.values.edtf import Edtf


def exchange_to_come(
    programme: str, *, asking: str, today: date, under_way: Sequence[UnderWay] = ()
) -> NextExchange | None:
    """What comes next under a programme, as far as who asks may read; None where the programme is not on record."""
    record = archive.record_named(programme, asking=asking)
    if record is None or not isinstance(record.document, Programme):
        return None
    series = record.document.number_series or programme
    arriving = archive.links_to(programme, series, asking=asking)
    held = {link.source.uri: link.source for link in arriving if _belongs(link) and _under(link.source, programme)}
    history = [_counted(line, programme) for line in held.values()]
    taken = _taken(programme, series, arriving, asking=asking)
    return next_exchange(_rhythm(record.document, taken), history, today=today, under_way=under_way)


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
        members=tuple(
            MemberTerm(institution=member.institution, joined=member.joined, left=member.left)
            for member in document.institutions
        ),
        sides=tuple(side.institutions for side in document.sides),
        order=document.hosting_order,
        every=document.every or "",
        year_begins=document.year_begins,
        online_turns=document.online_turns or "",
        numbering=document.numbering or "",
        until=document.until,
        taken=taken,
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
