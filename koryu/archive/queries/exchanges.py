"""What stands of an exchange and of all that belongs to it, and the exchanges of one institution: a statement each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from koryu.archive.queries.audience import may_read
from koryu.archive.queries.lines import COLUMNS, STANDING, Line, by_date, line_of, places, rows

_SINCE: Final = "v.at, v.said_by, r.public"
# The records that one of these exchanges names, and those that the lists of its people do; and whoever said what stands
# of it or of what belongs to it.
_NAMED: Final = (
    "SELECT l.target FROM archive_link l JOIN archive_record s ON s.id = l.source_id "
    "WHERE (s.kind = 'exchange' AND ({exchange})) "
    "OR (s.kind = 'participation' AND s.exchange <> '' AND s.exchange IN ({part_of})) "
    "UNION SELECT n.said_by FROM archive_record s "
    "JOIN archive_version n ON n.id = s.stands_id WHERE (s.kind = 'exchange' AND ({exchange})) "
    "OR (s.exchange <> '' AND s.exchange IN ({part_of}))"
)


@dataclass(frozen=True, kw_only=True)
class CurrentLine:
    """What stands of a record: its line, since when, who said so last, and whether everybody may read it."""

    line: Line
    at: str
    said_by: str
    public: bool


@dataclass(frozen=True, kw_only=True)
class ExchangeLines:
    """What stands of an exchange and of what belongs to it; `named` are the lines of what it names, and of others
    that were asked for with it, by URI."""

    exchange: CurrentLine | None
    parts: tuple[CurrentLine, ...]
    named: dict[str, Line]


def lines_of_exchange(*uris: str, slug: str, asking: str, besides: Iterable[str] = ()) -> ExchangeLines:
    """An exchange by one of these URIs or its slug, as far as whoever asks may read it; in one statement.

    `besides` are further records of which the lines are wanted.
    """
    others = list(dict.fromkeys(besides))
    condition, who = may_read(asking)
    its_own = f"(r.uri IN ({places(uris)}) OR r.address = %s)"
    of_source = f"s.uri IN ({places(uris)}) OR s.address = %s"
    part_of = f"SELECT s.uri FROM archive_record s WHERE s.kind = 'exchange' AND ({of_source})"  # noqa: S608 -- only places
    given = (*(uris or ("",)), slug)
    selected = rows(
        f"SELECT {_SINCE}, r.kind = 'exchange' AND {its_own}, r.exchange, {COLUMNS} FROM {STANDING} WHERE {condition} "  # noqa: S608 -- only our own SQL; values are parameters
        f"AND ((r.kind = 'exchange' AND {its_own}) OR (r.exchange <> '' AND r.exchange IN ({part_of})) "
        f"OR r.uri IN ({_NAMED.format(exchange=of_source, part_of=part_of)}) OR r.uri IN ({places(others)}))",
        *given,
        *who,
        *given,
        *given,
        *given,
        *given,
        *given,
        *given,
        *(others or [""]),
    )
    cores, parts, named = [], [], {}
    for at, said_by, public, is_core, exchange, *line in selected:
        current = CurrentLine(line=line_of(*line), at=at, said_by=said_by, public=bool(public))
        named[current.line.uri] = current.line
        if is_core:
            cores.append(current)
        elif exchange:
            parts.append((exchange, current))
    # By its URI before its slug: of two exchanges called alike, one has another slug.
    core = min(cores, key=lambda each: (each.line.uri not in uris, each.line.slug != slug), default=None)
    belonging = [part for exchange, part in parts if core is None or exchange == core.line.uri]
    return ExchangeLines(
        exchange=core,
        parts=tuple(sorted(belonging, key=lambda part: (part.line.kind, *by_date(part.line)))),
        named=named,
    )


def exchanges_of(institution: str) -> tuple[tuple[CurrentLine, ...], dict[str, Line]]:
    """What stands of the exchanges in which an institution takes part, by date, then name; in one statement.

    With the lines that their titles and sentences name: all institutions and programmes it may read, by URI.
    """
    condition, who = may_read(institution)
    selected = rows(
        f"SELECT {_SINCE}, {COLUMNS} FROM {STANDING} WHERE {condition} AND (r.kind IN ('institution', 'programme') "  # noqa: S608 -- only our own SQL; values are parameters
        "OR (r.kind = 'exchange' AND r.id IN "
        "(SELECT a.record_id FROM archive_reader a WHERE a.institution = %s)))",
        *who,
        institution,
    )
    every = [
        CurrentLine(line=line_of(*line), at=at, said_by=said_by, public=bool(public))
        for at, said_by, public, *line in selected
    ]
    ours = (each for each in every if each.line.kind == "exchange" and takes_part(each.line, institution))
    return tuple(sorted(ours, key=_by_date)), {each.line.uri: each.line for each in every}


# What stands is known by the last entry of the ledger.
@lru_cache(maxsize=256)
def exchanges_between(_last: str, institution: str, begin: date, end: date) -> tuple[Line, ...]:
    """The exchanges in which an institution takes part that fall on one of these days, by date.

    In one statement, asked once for each last entry of the ledger, `_last`.
    """
    condition, who = may_read(institution)
    selected = rows(
        f"SELECT {COLUMNS} FROM {STANDING} WHERE {condition} AND r.kind = 'exchange' "  # noqa: S608 -- only our own SQL; values are parameters
        "AND r.earliest <= %s AND r.latest >= %s "
        "AND r.id IN (SELECT a.record_id FROM archive_reader a WHERE a.institution = %s)",
        *who,
        end.isoformat(),
        begin.isoformat(),
        institution,
    )
    lines = (line_of(*line) for line in selected)
    return tuple(sorted((line for line in lines if takes_part(line, institution)), key=by_date))


def takes_part(line: Line, institution: str) -> bool:
    """Whether an exchange or a programme names this institution among those who take part."""
    return institution in line.summary.institutions


def _by_date(current: CurrentLine) -> tuple[date, str]:
    return by_date(current.line)
