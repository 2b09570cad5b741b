"""Search results as JSON: for the address /api/find and for `koryu find --json`."""

from collections.abc import Callable, Mapping
from typing import Any

from koryu.archive.queries import Line
from koryu.search.entries import Hit, Match, SearchResult, Suggestion
from koryu.search.excerpts import excerpt
from koryu.search.index import PAGE_SIZE
from koryu.values.invisible import signed, signed_throughout, without_unseen
from koryu.wording.titles import title_in

Addressed = Callable[[Line], str]
Translate = Callable[[str], str]
MOST_MATCHES = 3


def as_json(
    result: SearchResult, *, lines: Mapping[str, Line], address: Addressed, reader: str, translate: Translate = str
) -> dict[str, Any]:
    """An answer as plain JSON values: `lines` are those of everything found, `address` tells where a record is.

    A record without a title in the language of `reader` has one under `title_composed`, where it can be composed.
    """

    def hits_as_json(hits: tuple[Hit, ...]) -> list[dict[str, Any]]:
        return [
            _hit(hit, lines[hit.uri], address, translate) | _composed(lines[hit.uri], reader, lines)
            for hit in hits
            if hit.uri in lines
        ]

    return {
        "query": result.query,
        "total": result.total,
        "page": result.page,
        "pages": pages(result),
        **({"note": result.note.in_words(translate)} if result.note else {}),
        "found": hits_as_json(result.hits),
        **({"near": hits_as_json(result.near)} if result.near else {}),
        "counts": result.counts,
    }


def pages(result: SearchResult) -> int:
    """How many pages the answer has."""
    # Negated twice, floor division rounds up.
    return -(-result.total // PAGE_SIZE)


def suggestions_as_json(
    suggested: tuple[Suggestion, ...], *, lines: Mapping[str, Line], address: Addressed
) -> dict[str, Any]:
    """Suggestions as plain JSON values."""
    return {
        "suggestions": [
            {
                "text": without_unseen(suggestion.text),
                "lang": suggestion.lang,
                "kind": suggestion.kind,
                "record": suggestion.uri,
                "address": address(lines[suggestion.uri]),
            }
            for suggestion in suggested
            if suggestion.uri in lines
        ]
    }


def _hit(hit: Hit, line: Line, address: Addressed, translate: Translate) -> dict[str, Any]:
    return {
        "record": hit.uri,
        "kind": hit.kind,
        "address": address(line),
        "title": signed_throughout(line.title.as_json()),
        **({"date": str(line.date)} if line.date else {}),
        **({"inferred": list(line.summary.inferred)} if line.summary.inferred else {}),
        "matches": [_match(match, translate) for match in hit.matches[:MOST_MATCHES]],
    }


def _composed(line: Line, reader: str, lines: Mapping[str, Line]) -> dict[str, Any]:
    title = title_in(line, reader, lines=lines)
    return {"title_composed": {reader: signed(title.text)}} if title.original else {}


def _match(match: Match, translate: Translate) -> dict[str, Any]:
    return {
        "in": match.part,
        "lang": match.form.lang,
        "text": [{"matched" if matched else "text": signed(text)} for text, matched in excerpt(match)],
        "why": signed(match.why.in_words(translate)),
    }
