"""A record as one JSON document with everything needed to check it without this server and its database."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from koryu.archive import queries as archive
from koryu.consent.rules.history import History
from koryu.consent.rules.proof import FORMAT
from koryu.consent.rules.statement import Header, statement_of
from koryu.ledger import queries as ledger

# What of a record's entries the public sees: what made a version stand, and what was said of it then.
PUBLISHED = ("recorded", "concluded", "checked", "account differs", "erased")


def bundles(*kinds: str) -> Iterator[dict[str, Any]]:
    """The bundle of every public record of these kinds (of every kind when none is given), by URI."""
    return (bundle(uri) for uri in archive.uris(*kinds))


def bundle(record: str, *, entries: tuple[ledger.Entry, ...] | None = None) -> dict[str, Any]:
    """The versions that stand or stood of a record, the entries that made them stand, and what those cite.

    Proposals that never stood, refusals and withdrawals are not in it. `entries` is everything that was said of the
    record, where it is at hand. Raises LookupError where nothing ever stood.
    """
    entries = ledger.entries_about(record) if entries is None else entries
    history = History.of(statement_of(entry.sealed) for entry in entries)
    stood = [version for version in history.headers if _stood(history, version)]
    if not stood:
        raise LookupError(record)
    contents = ledger.contents(history.headers[version].content for version in stood)
    published = [one for one in entries if one.said in PUBLISHED and (not one.version or one.version in stood)]
    return {
        "format": FORMAT,
        "record": record,
        "kind": history.headers[stood[0]].kind,
        "versions": [_version(version, history.headers[version], contents) for version in stood],
        "entries": [dict(entry.sealed) for entry in published],
        **_texts(published),
        **_cited([history.headers[version] for version in stood]),
    }


def _stood(history: History, version: str) -> bool:
    return history.was("recorded", version) or history.was("concluded", version)


def _version(version: str, header: Header, contents: Mapping[str, ledger.Content]) -> dict[str, Any]:
    kept = contents.get(header.content)
    text = {"salt": kept.salt, "content": dict(kept.content)} if kept else {}
    return {"version": version, "header": header.plain(), **text}


def _texts(published: Iterable[ledger.Entry]) -> dict[str, Any]:
    """The remarks that these entries name by digest, as far as they were not erased."""
    kept = ledger.contents(filter(None, (statement_of(entry.sealed).text for entry in published)))
    texts = [{"digest": one.digest, "salt": one.salt, "text": one.content["text"]} for one in kept.values()]
    return {"texts": sorted(texts, key=lambda one: str(one["digest"]))} if texts else {}


def _cited(headers: list[Header]) -> dict[str, Any]:
    programmes = sorted({departure.programme for header in headers for departure in header.departures})
    return {"cited": [bundle(programme) for programme in programmes]} if programmes else {}
