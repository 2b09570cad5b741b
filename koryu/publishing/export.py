"""A record as one JSON document with everything needed to check it without this server and its database."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.archive.queries import EVERYBODY
from koryu.consent import queries as consent
from koryu.consent.rules.exported import FORMAT
from koryu.consent.rules.history import History
from koryu.consent.rules.readers import may_read
from koryu.consent.rules.statement import Header, Statement, statement_of
from koryu.ledger import queries as ledger
from koryu.records.kinds import document_of

# The entries that are exported to everybody: those that made a version stand, and remarks made on it.
PUBLISHED: Final = ("recorded", "concluded", "checked", "account differs", "erased")


def bundles(*kinds: str, asking: str) -> Iterator[dict[str, Any]]:
    """The bundle of every record of these kinds (of every kind when none is given) that may be read, by URI."""
    return (bundle(uri, asking=asking) for uri in archive.uris(*kinds, asking=asking))


def bundle(record: str, *, asking: str, entries: tuple[ledger.LedgerEntry, ...] | None = None) -> dict[str, Any]:
    """The versions that stand or stood of a record, the entries that made them stand, and what those cite.

    Only those that whoever asks may read: of the version before the first of them, and of what was recorded first, the
    header alone. Proposals that
    never stood, refusals and withdrawals are not in it. `entries` is everything that was said of the record, where it
    is at hand. Raises LookupError where nothing ever stood that may be read.
    """
    entries = ledger.entries_about(record) if entries is None else entries
    history = History.of(statement_of(entry.sealed) for entry in entries)
    stood = {version: header for version, header in history.headers.items() if history.stood(version)}
    contents = ledger.contents(header.content for header in stood.values())
    lines = [_readable(history, line, contents, asking=asking) for line in _lines(history, tuple(stood))]
    shown = {version for line in lines for version in line}
    if not shown:
        raise LookupError(record)
    withheld = {*_binding(history, stood), *(stood[line[0]].parent for line in lines if line)} - shown - {None}
    headers = [stood[version] for version in stood if version in shown]
    published = [entry for entry in entries if _is_published(statement_of(entry.sealed), headers, shown)]
    return {
        "format": FORMAT,
        "record": record,
        "kind": headers[0].kind,
        "versions": [
            _withheld(version, header, entries, history) if version in withheld else _version(version, header, contents)
            for version, header in stood.items()
            if version in shown | withheld
        ],
        "entries": [dict(entry.sealed) for entry in published],
        **_texts(published),
        **_cited(headers),
    }


def _lines(history: History, stood: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The versions that stood, line by line: what was agreed, and what each institution recorded (rule 8)."""
    yield tuple(version for version in stood if history.was_agreed(version))
    for recorder in history.lines:
        yield tuple(version for version in stood if history.recorder_of(version) == recorder)


def _binding(history: History, stood: Iterable[str]) -> tuple[str, ...]:
    """What whoever recorded first has recorded, the first and the last: without their headers nothing can be checked.

    They say whose the record is, which binds all others (rule 8).
    """
    first = next((version for version in stood if history.recorder_of(version)), None)
    return (first, history.lines[history.recorder_of(first) or ""]) if first else ()


def _readable(
    history: History, line: tuple[str, ...], contents: Mapping[str, ledger.SaltedContent], *, asking: str
) -> tuple[str, ...]:
    """The last versions of a line that may be read, without a gap; one that was erased follows what it replaced.

    Of a line that was erased whole nothing is left to be read, and everything to be checked.
    """
    if not any(history.headers[version].content in contents for version in line):
        return line
    run: list[str] = []
    for version in line:
        kept = contents.get(history.headers[version].content)
        document = document_of(kept.content, schema=history.headers[version].schema_name, kept=True) if kept else None
        circle = consent.circle_of(document) if document and asking != EVERYBODY else frozenset()
        visibility = document.visibility if document else None
        if may_read(history, version, asking=asking, visibility=visibility, circle=circle) or (run and not document):
            run.append(version)
        elif document:
            run = run if version == line[-1] else []
    return tuple(run)


def _version(version: str, header: Header, contents: Mapping[str, ledger.SaltedContent]) -> dict[str, Any]:
    kept = contents.get(header.content)
    text = {"salt": kept.salt, "content": dict(kept.content)} if kept else {}
    return {"version": version, "header": header.plain(), **text}


def _withheld(version: str, header: Header, entries: Iterable[ledger.LedgerEntry], history: History) -> dict[str, Any]:
    recorder = history.recorder_of(version)
    how: dict[str, Any] = {"withheld": "agreed"}
    if recorder:
        said = next(entry.sealed for entry in entries if entry.version == version and entry.said == "recorded")
        how = {"withheld": "recorded", "recorded_by": recorder, "said": dict(said)}
    return {"version": version, "header": header.plain(), **how}


def _is_published(said: Statement, headers: list[Header], shown: set[str]) -> bool:
    if said.said == "erased":
        return bool({header.content for header in headers} & set(said.contents))
    return said.said in PUBLISHED and said.version in shown


def _texts(published: Iterable[ledger.LedgerEntry]) -> dict[str, Any]:
    """The remarks that these entries name by digest, as far as they were not erased."""
    kept = ledger.contents(filter(None, (statement_of(entry.sealed).text for entry in published)))
    texts = [
        {"digest": content.digest, "salt": content.salt, "text": content.content["text"]} for content in kept.values()
    ]
    return {"texts": sorted(texts, key=lambda text: str(text["digest"]))} if texts else {}


def _cited(headers: list[Header]) -> dict[str, Any]:
    programmes = sorted({departure.programme for header in headers for departure in header.departures})
    return {"cited": [bundle(programme, asking=EVERYBODY) for programme in programmes]} if programmes else {}
