"""What a record grew out of, and what came of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from koryu.archive.queries.audience import may_read
from koryu.archive.queries.lines import Line, lines_named, rows
from koryu.values.edtf import Edtf


@dataclass(frozen=True, kw_only=True)
class Descent:
    """Lines of descent by URI: what leads to a record, oldest first, and what leads from it to outcomes."""

    origins: tuple[tuple[str, ...], ...]
    results: tuple[tuple[str, ...], ...]


DESCENT: Final = ("grew_out_of", "programmes", "agreements", "basis", "extends", "continues", "stands_in_for")
# A link that is shown apart is only a mention, and no descent.
_STEPS: Final = f"NOT l.apart AND l.rel IN ({', '.join(repr(rel) for rel in DESCENT)})"
_ORIGINS: Final = f"""
WITH RECURSIVE reached(uri) AS (
  SELECT r.uri FROM archive_record r WHERE r.uri = %s
  UNION
  SELECT l.target FROM reached JOIN archive_record s ON s.uri = reached.uri
    JOIN archive_link l ON l.source_id = s.id AND {_STEPS}
    JOIN archive_record r ON r.uri = l.target WHERE {{readable}})
SELECT DISTINCT s.uri, l.target, '', l.rel FROM reached JOIN archive_record s ON s.uri = reached.uri
  JOIN archive_link l ON l.source_id = s.id AND {_STEPS}
  JOIN archive_record r ON r.uri = l.target WHERE {{readable}}"""  # noqa: S608 -- only our own SQL; values are parameters
_RESULTS: Final = f"""
WITH RECURSIVE reached(uri) AS (
  SELECT r.uri FROM archive_record r WHERE r.uri = %s
  UNION
  SELECT r.uri FROM reached JOIN archive_link l ON l.target = reached.uri AND {_STEPS}
    JOIN archive_record r ON r.id = l.source_id WHERE {{readable}} AND r.stands_id IS NOT NULL)
SELECT DISTINCT l.target, r.uri, r.kind, l.rel FROM reached JOIN archive_link l ON l.target = reached.uri AND {_STEPS}
  JOIN archive_record r ON r.id = l.source_id WHERE {{readable}} AND r.stands_id IS NOT NULL"""  # noqa: S608 -- only our own SQL; values are parameters


def descent(uri: str, *, asking: str) -> Descent:
    """Every line of descent that leads to this record, and every one that leads from it to an outcome.

    Through nothing that whoever asks may not read. What was before a programme came to rest on an agreement, or is not
    said to have been after, is not said to have come of it: no way leads through the programme from one to the other.
    An agreement that was made when its programme had begun stands after the programme, and before what came of both.
    """
    readable, who = may_read(asking)
    origins = _steps(_ORIGINS.format(readable=readable), uri, *who, *who)
    results = _steps(_RESULTS.format(readable=readable), uri, *who, *who)
    upwards = _Times.of(origins, asking=asking)
    onwards = _Times.of(results, asking=asking)
    return Descent(
        origins=tuple(
            upwards.in_order(way[:0:-1])
            for way in _walk((uri,), origins.edges, lambda way, uri: upwards.allow(*way[-2:], uri))
            if len(way) > 1
        ),
        results=tuple(
            onwards.in_order(way[1:])
            for way in _walk((uri,), results.edges, lambda way, uri: onwards.allow(uri, *way[:-3:-1]))
            if way[-1] in results.outcomes
        ),
    )


@dataclass(frozen=True, kw_only=True)
class _Steps:
    """From each record to those one step on; those of them that are outcomes; (programme, agreement it rests on)."""

    edges: Mapping[str, set[str]]
    outcomes: frozenset[str]
    rests: frozenset[tuple[str, str]]


def _steps(query: str, *values: str) -> _Steps:
    edges: dict[str, set[str]] = {}
    outcomes, rests = set(), set()
    for here, there, kind, rel in rows(query, *values):
        edges.setdefault(here, set()).add(there)
        if kind == "outcome":
            outcomes.add(there)
        if rel == "basis":
            # What comes of an agreement is asked from its side, what a programme rests on from the programme's.
            rests.add((there, here) if kind else (here, there))
    return _Steps(edges=edges, outcomes=frozenset(outcomes), rests=frozenset(rests))


@dataclass(frozen=True, kw_only=True)
class _Times:
    """From when each programme rests on each agreement, and when the records that came of it were."""

    rests: frozenset[tuple[str, str]]
    lines: Mapping[str, Line]

    @classmethod
    def of(cls, steps: _Steps, *, asking: str) -> Self:
        named = {uri for here, there in steps.edges.items() for uri in (here, *there)} if steps.rests else ()
        return cls(rests=steps.rests, lines=lines_named(named, asking=asking) if named else {})

    def allow(self, *way: str) -> bool:
        """Whether the last of three records, a programme and what it rests on, may be what the first came of."""
        if len(way) < 3 or way[1:] not in self.rests:
            return True
        came, programme, agreement = (self.lines.get(uri) for uri in way)
        since = _since(programme, agreement)
        return since is not None and came is not None and came.earliest is not None and came.earliest >= since

    def in_order(self, way: tuple[str, ...]) -> tuple[str, ...]:
        """A way by descent, each programme in it put before the agreements it came to rest on when it had begun."""
        ordered: list[str] = []
        for uri in way:
            place = len(ordered)
            if ordered and (uri, ordered[-1]) in self.rests:
                while place and self._is_later(ordered[place - 1], than=uri):
                    place -= 1
            ordered.insert(place, uri)
        return tuple(ordered)

    def _is_later(self, agreement: str, *, than: str) -> bool:
        made, programme = self.lines.get(agreement), self.lines.get(than)
        if made is None or programme is None or made.kind != "agreement":
            return False
        return bool(made.earliest and programme.latest and made.earliest > programme.latest)


def _since(programme: Line | None, agreement: Line | None) -> date | None:
    """From when a programme rests on an agreement: as it says itself, else from when that was made."""
    if programme is None or agreement is None:
        return None
    said = programme.summary.basis.get(agreement.uri)
    return Edtf(said).earliest if said else agreement.earliest


def _walk(
    way: tuple[str, ...], edges: Mapping[str, set[str]], allowed: Callable[[tuple[str, ...], str], bool]
) -> Iterator[tuple[str, ...]]:
    """Every way onwards to its end, none through a record twice."""
    onward = [uri for uri in sorted(edges.get(way[-1], set()) - set(way)) if allowed(way, uri)]
    if not onward:
        yield way
    for uri in onward:
        yield from _walk((*way, uri), edges, allowed)
