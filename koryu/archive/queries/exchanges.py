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

# How many of a pile of exchanges stand on a page.
MOST_LISTED: Final = 50
# The exchanges of an institution by the pile on which each lies; of two piles those of one page, with the one before;
# then the lines of these and of what they name. What was postponed or cancelled says so in its line, as a value.
_OF_A_PILE: Final = (
    "SELECT id, pile FROM (SELECT id, pile FROM piled WHERE pile = '{pile}' "
    "ORDER BY CASE WHEN day IS NULL THEN 1 ELSE 0 END {way}, day {way}, address {way} LIMIT %s OFFSET %s) {pile}_page"
)
_OWN: Final = (
    "WITH piled AS (SELECT r.id AS id, r.earliest AS day, r.address AS address, CASE "  # noqa: S608 -- only our own SQL; values are parameters
    "WHEN r.uri IN ({given}) OR CAST(r.line AS TEXT) LIKE '%%\"postponed\"%%' THEN '' "
    "WHEN r.uri IN ({ended}) THEN 'past' "
    "WHEN v.basis = 'recorded' AND (NOT r.awaited OR CAST(r.latest AS TEXT) < %s) THEN 'past' "
    "WHEN v.basis <> 'recorded' AND NOT r.awaited AND CAST(r.line AS TEXT) NOT LIKE '%%\"cancelled\"%%' THEN 'held' "
    f"ELSE '' END AS pile FROM {STANDING} WHERE {{readable}} AND r.kind = 'exchange' AND r.id IN "
    "(SELECT l.source_id FROM archive_link l WHERE l.target = %s AND l.rel = 'institutions')), "
    f"shown AS ({_OF_A_PILE.format(pile='past', way='DESC')} UNION ALL {_OF_A_PILE.format(pile='held', way='ASC')} "
    "UNION ALL SELECT id, pile FROM piled WHERE pile = ''), "
    "wanted AS (SELECT id, pile FROM shown UNION ALL SELECT r.id, NULL FROM archive_record r "
    "WHERE r.kind IN ('institution', 'programme') AND {readable} AND (r.uri IN ({others}) "
    "OR r.uri IN (SELECT l.target FROM archive_link l JOIN shown x ON x.id = l.source_id))) "
    "SELECT w.pile, (SELECT COUNT(*) FROM piled n WHERE n.pile = 'past'), "
    f"(SELECT COUNT(*) FROM piled n WHERE n.pile = 'held'), {_SINCE}, {COLUMNS} "
    "FROM wanted w JOIN archive_record r ON r.id = w.id JOIN archive_version v ON v.id = r.stands_id"
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


@dataclass(frozen=True, kw_only=True)
class ExchangePage:
    """One page of a pile of exchanges: what stands of each, the one `before` the first, and the `number` there are."""

    lines: tuple[CurrentLine, ...]
    before: CurrentLine | None
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.number // MOST_LISTED)


@dataclass(frozen=True, kw_only=True)
class OwnExchanges:
    """The exchanges of an institution: a page of those that are `past`, the last first; a page of those that were
    `held` and are not closed, the first first; and all `others`. `named` are the lines of the programmes and
    institutions that these name, and of others that were asked for, by URI."""

    others: tuple[CurrentLine, ...]
    past: ExchangePage
    held: ExchangePage
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


@lru_cache(maxsize=128)
def exchanges_with_parts(
    _last: str, uris: tuple[str, ...], asking: str
) -> dict[str, tuple[CurrentLine | None, tuple[CurrentLine, ...]]]:
    """What stands of each of these exchanges and of what belongs to it, as far as whoever asks may read it.

    In one statement, asked once for as long as the ledger's last entry is the one with this digest. An exchange of
    which nothing stands has no line.
    """
    condition, who = may_read(asking)
    selected = rows(
        f"SELECT {_SINCE}, r.exchange, {COLUMNS} FROM {STANDING} WHERE {condition} "  # noqa: S608 -- only our own SQL; values are parameters
        f"AND ((r.kind = 'exchange' AND r.uri IN ({places(uris)})) OR r.exchange IN ({places(uris)}))",
        *who,
        *(uris or ("",)),
        *(uris or ("",)),
    )
    cores: dict[str, CurrentLine] = {}
    parts: dict[str, list[CurrentLine]] = {uri: [] for uri in uris}
    for at, said_by, public, exchange, *line in selected:
        current = CurrentLine(line=line_of(*line), at=at, said_by=said_by, public=bool(public))
        if exchange in parts:
            parts[exchange].append(current)
        else:
            cores[current.line.uri] = current
    return {
        uri: (cores.get(uri), tuple(sorted(of, key=lambda part: (part.line.kind, *by_date(part.line)))))
        for uri, of in parts.items()
    }


# What stands is known by the last entry of the ledger.
@lru_cache(maxsize=16)
def exchanges_of(
    institution: str,
    *,
    last: str,  # noqa: ARG001 -- by it the answer is known again
    worked_on: frozenset[str] = frozenset(),
    closed: frozenset[str] = frozenset(),
    besides: frozenset[str] = frozenset(),
    today: date,
    past_page: int = 1,
    held_page: int = 1,
) -> OwnExchanges:
    """What stands of the exchanges in which an institution takes part, when the ledger's last entry is the one with
    this digest: asked in one statement, once for each entry.

    Of forty years of exchanges most are past: a list shows a page of them, and opens no more. Past is what was put on
    record from published sources and is not to come any more on the day `today`, and what is `closed`; held is what
    was agreed, was held and is not closed. What is `worked_on`, whatever it is, was postponed or cancelled is always
    among the others, and so is all that is still to come. `besides` are records of which the lines are wanted too.
    """
    readable, who = may_read(institution)
    given, ended, others = (sorted(uris) or [""] for uris in (worked_on, closed, besides))
    selected = rows(
        _OWN.format(given=places(given), ended=places(ended), others=places(others), readable=readable),
        *given,
        *ended,
        today.isoformat(),
        *who,
        institution,
        *_window(past_page),
        *_window(held_page),
        *who,
        *others,
    )
    piles: dict[str, list[CurrentLine]] = {"past": [], "held": [], "": []}
    named, past, held = {}, 0, 0
    for pile, past, held, at, said_by, public, *line in selected:  # noqa: B007 -- the same in every row
        current = CurrentLine(line=line_of(*line), at=at, said_by=said_by, public=bool(public))
        named[current.line.uri] = current.line
        if pile is not None:
            piles[pile].append(current)
    return OwnExchanges(
        others=tuple(piles[""]),
        past=_page(sorted(piles["past"], key=_by_date, reverse=True), past, past_page),
        held=_page(sorted(piles["held"], key=_by_date), held, held_page),
        named=named,
    )


def _window(page: int) -> tuple[int, int]:
    """How many are read, from which on: those of a page, and the one before it."""
    return (MOST_LISTED, 0) if page == 1 else (MOST_LISTED + 1, (page - 1) * MOST_LISTED - 1)


def _page(ordered: list[CurrentLine], number: int, page: int) -> ExchangePage:
    before = ordered[0] if page > 1 and ordered else None
    return ExchangePage(lines=tuple(ordered[1:] if before else ordered), before=before, number=number)


def _by_date(current: CurrentLine) -> tuple[date, str]:
    return (current.line.earliest or date.max, current.line.slug)


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
