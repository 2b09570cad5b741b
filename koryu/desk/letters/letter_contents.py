"""What a letter of an exchange prints: of each text our draft, what is proposed or what is on record; with names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.archive.queries import CurrentLine
from koryu.consent.queries import ExchangeWork
from koryu.publishing.letters.letter_source import LetterSource, PrintedRecord
from koryu.records.document import Document

CURRENT: Final = "current"
OURS: Final = "ours"
_URI: Final = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
# Besides the plan: what a letter of a kind prints; the others print none of it.
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "programme": ("timetable", "paper"),
    "participants": ("participation",),
    "papers": ("paper",),
    "invitation": ("participation", "timetable"),
}


def source_of(work: ExchangeWork, kind: str, typed: Mapping[str, str]) -> LetterSource:
    """Everything that a letter of this kind prints of an exchange; in at most one statement more.

    Of each text: our draft, else the one we are shown, else what is proposed, else what is on record; or, where `typed`
    says so, only what is on record.
    """
    kinds = _PARTS.get(kind, ())
    parts = [part for part in work.parts if part.line.kind in kinds]
    standing = work.documents([part.line for part in (*([work.plan] if work.plan else []), *parts)])
    printed = {each.uri: each for each in _standing((*([work.plan] if work.plan else []), *parts), standing)}
    before = printed[work.uri].content if work.uri in printed else None
    if typed.get("printed") != CURRENT:
        newer = (each for each in _newer(work) if each.uri == work.uri or each.content.get("kind") in kinds)
        printed.update((each.uri, each) for each in newer)
    listed = [each for each in printed.values() if each.uri != work.uri]
    if typed.get("whose") == OURS:
        listed = [each for each in listed if each.content.get("institution", work.institution) == work.institution]
    exchange = printed.get(work.uri)
    contents = [each.content for each in ([exchange] if exchange else []) + listed]
    named = {uri for content in contents for uri in _uris(content)} | {work.uri, work.institution}
    known = {**work.named, **({work.uri: work.plan.line} if work.plan else {})}
    lines = known if named <= known.keys() else archive.lines_named(named, asking=work.institution, besides=known)
    return LetterSource(
        me=work.institution,
        exchange=exchange,
        before=before if exchange and exchange.content != before else None,
        participations=tuple(_of_kind("participation", listed)),
        timetable=next(_of_kind("timetable", listed), None),
        papers=tuple(_of_kind("paper", listed)),
        lines=lines,
        typed=typed,
    )


def newer_than_printed(work: ExchangeWork, records: Mapping[str, str]) -> tuple[str, ...]:
    """Those of the records that a letter printed of which something else stands now."""
    standing = {part.line.uri: part.line.content for part in (*([work.plan] if work.plan else []), *work.parts)}
    return tuple(uri for uri, digest in records.items() if uri in standing and standing[uri] != digest)


def _standing(parts: Iterable[CurrentLine], documents: Mapping[str, Document]) -> Iterator[PrintedRecord]:
    for part in parts:
        if document := documents.get(part.line.uri):
            yield PrintedRecord(uri=part.line.uri, content=document.content(), digest=part.line.content)


def _newer(work: ExchangeWork) -> Iterator[PrintedRecord]:
    """What is proposed, then what we are shown, then our own drafts: the last of a record counts."""
    for text in work.open:
        if text.content and not text.declined:
            yield PrintedRecord(uri=text.record, content=text.content, digest=text.header.content)
    for draft in (*reversed(work.shown), *reversed(work.drafts)):
        yield PrintedRecord(uri=draft.record, content=draft.content)


def _of_kind(kind: str, listed: Iterable[PrintedRecord]) -> Iterator[PrintedRecord]:
    return (each for each in listed if each.content.get("kind") == kind)


def _uris(value: Any) -> Iterator[str]:
    """Whatever may be the name of a record in a content, finished or not."""
    if isinstance(value, str):
        if _URI.fullmatch(value) and not value.startswith("sha256:"):
            yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _uris(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _uris(each)
