"""What a record grew out of, and what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from koryu.archive.queries.audience import may_read
from koryu.archive.queries.lines import rows


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
SELECT DISTINCT s.uri, l.target, '' FROM reached JOIN archive_record s ON s.uri = reached.uri
  JOIN archive_link l ON l.source_id = s.id AND {_STEPS}
  JOIN archive_record r ON r.uri = l.target WHERE {{readable}}"""  # noqa: S608 -- only our own SQL; values are parameters
_RESULTS: Final = f"""
WITH RECURSIVE reached(uri) AS (
  SELECT r.uri FROM archive_record r WHERE r.uri = %s
  UNION
  SELECT r.uri FROM reached JOIN archive_link l ON l.target = reached.uri AND {_STEPS}
    JOIN archive_record r ON r.id = l.source_id WHERE {{readable}} AND r.stands_id IS NOT NULL)
SELECT DISTINCT l.target, r.uri, r.kind FROM reached JOIN archive_link l ON l.target = reached.uri AND {_STEPS}
  JOIN archive_record r ON r.id = l.source_id WHERE {{readable}} AND r.stands_id IS NOT NULL"""  # noqa: S608 -- only our own SQL; values are parameters


def descent(uri: str, *, asking: str) -> Descent:
    """Every line of descent that leads to this record, and every one that leads from it to an outcome.

    Through nothing that whoever asks may not read.
    """
    readable, who = may_read(asking)
    origins, _ = _edges(_ORIGINS.format(readable=readable), uri, *who, *who)
    results, outcomes = _edges(_RESULTS.format(readable=readable), uri, *who, *who)
    return Descent(
        origins=tuple(way[:0:-1] for way in _walk((uri,), origins) if len(way) > 1),
        results=tuple(way[1:] for way in _walk((uri,), results) if way[-1] in outcomes),
    )


def _edges(query: str, *values: str) -> tuple[dict[str, set[str]], set[str]]:
    """The records one step on from each record, by URI; and which of them are outcomes."""
    edges: dict[str, set[str]] = {}
    outcomes = set()
    for here, there, kind in rows(query, *values):
        edges.setdefault(here, set()).add(there)
        if kind == "outcome":
            outcomes.add(there)
    return edges, outcomes


def _walk(way: tuple[str, ...], edges: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Every way that goes on from this one to its end, none through a record twice."""
    onward = sorted(edges.get(way[-1], set()) - set(way))
    if not onward:
        yield way
    for next_uri in onward:
        yield from _walk((*way, next_uri), edges)
