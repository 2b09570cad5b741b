"""What stands in a calendar of ours, in no language yet: made of exchanges, timetables and steps, plain values. Pure.

Whoever has dates of another sort makes entries of them and hands them over with these: see `step_entry`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

from koryu.archive.queries import DatedLine, Line
from koryu.publishing.calendar import EventStatus, FeedEvent
from koryu.records.document import Document
from koryu.records.exchange import EventState, Exchange, Scope
from koryu.records.timetable import Session, Timetable
from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.values.text import Text
from koryu.wording.labels import chosen
from koryu.wording.languages import Reader
from koryu.wording.messages import translated
from koryu.wording.titles import short_name, title_in

# What was cancelled stays for so long, so that whoever was told of it is told that too.
CANCELLED_FOR: Final = timedelta(days=365)
_WHOLE: Final = frozenset({Scope.WHOLE, Scope.TRIP})
_AGREED: Final = frozenset({"agreed", "agreed by letter"})
_POSTPONED: Final = N_("postponed")


@dataclass(frozen=True, kw_only=True)
class FeedEntry:
    """An event: whole days, or from `start` until `end` by the clocks of `zone`.

    Called by the `title` that it has, else by that of the record of its `line`; `labels` are codes or messages that are
    said beside it. `places` are texts, `at` an institution. `page` is the kind and the slug of the record where more is
    told. `number` and `since` are those of what it was made of.
    """

    uid: str
    first: date
    last: date
    start: str = ""
    end: str = ""
    zone: str = ""
    status: EventStatus = EventStatus.CONFIRMED
    busy: bool = True
    title: Text | None = None
    line: Line | None = None
    labels: tuple[str, ...] = ()
    places: tuple[Text, ...] = ()
    at: str = ""
    page: tuple[str, str] = ("", "")
    number: int = 0
    since: str = ""

    @property
    def digest(self) -> str:
        """By which it is known whether it has changed: of all that a calendar shows of it."""
        facts = [
            *(self.first.isoformat(), self.last.isoformat(), self.start, self.end, self.zone, self.status, self.busy),
            self.title.as_json() if self.title else None,
            [self.line.uri, self.line.summary.title, self.line.summary.numbers] if self.line else None,
            [*self.labels, self.at, *self.page],
            [place.as_json() for place in self.places],
        ]
        return sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class EventStamp:
    """What was kept of an event: the digest it had, how often it had changed, and when it did last."""

    digest: str
    sequence: int
    at: str


def exchange_entries(dated: DatedLine, document: Document | None) -> Iterator[FeedEntry]:
    """The dates of an exchange that are known to the day. The first has the name of the record, for good."""
    if not isinstance(document, Exchange):
        return
    line, event = dated.line, document.event
    spans = [(each.id, each.scope, each.date) for each in document.dates]
    labels: tuple[str, ...] = ()
    status = _status(line.basis, event.state)
    if event.state is EventState.POSTPONED:
        if event.postponed_to and _is_known(event.postponed_to):
            spans, status = [("", Scope.WHOLE, event.postponed_to)], EventStatus.TENTATIVE
        else:
            labels = (_POSTPONED,)
    where = document.places[0] if document.places else None
    places = tuple(filter(None, (where.city, where.venue))) if where else ()
    for place, (item, scope, when) in enumerate(spans):
        if _is_known(when):
            yield FeedEntry(
                uid=line.uri if place == 0 else f"{line.uri}#{item}",
                first=when.earliest,
                last=when.latest,
                status=status,
                line=line,
                labels=labels if scope in _WHOLE else (*labels, str(scope)),
                places=places,
                at=str(where.institution) if where and where.institution else "",
                page=("exchange", line.slug),
                number=dated.number,
                since=dated.at,
            )


def proposed_entries(uri: str, content: Mapping[str, Any], *, since: str) -> Iterator[FeedEntry]:
    """The first date of an exchange that is only proposed yet."""
    try:
        title, when = Text(content.get("title") or {}), Edtf((content.get("dates") or [{}])[0].get("date", ""))
    except (AttributeError, LookupError, TypeError, ValueError):
        return
    if _is_known(when):
        status = EventStatus.TENTATIVE
        yield FeedEntry(uid=uri, first=when.earliest, last=when.latest, status=status, title=title, since=since)


def session_entries(dated: DatedLine, document: Document | None) -> Iterator[FeedEntry]:
    """The sessions of a timetable of which the day is known; with the clocks of the place where it names its zone."""
    if not isinstance(document, Timetable):
        return
    for session in document.sessions:
        if session.date and _is_known(session.date):
            yield _session(session, document, dated)


def step_entry(
    *, uid: str, what: Text, day: date, since: str, done: bool = False, page: tuple[str, str] = ("", "")
) -> FeedEntry:
    """Something to be done by a day: it takes nobody's time. Once done, it leaves."""
    status = EventStatus.CANCELLED if done else EventStatus.CONFIRMED
    return FeedEntry(uid=uid, first=day, last=day, title=what, status=status, busy=False, since=since, page=page)


def still_shown(entries: Iterable[FeedEntry], *, today: date) -> tuple[FeedEntry, ...]:
    """Entries by date, without what was cancelled and lies more than a year back."""
    shown = [each for each in entries if each.status is not EventStatus.CANCELLED or each.last >= today - CANCELLED_FOR]
    return tuple(sorted(shown, key=lambda each: (each.first, each.start, each.uid)))


def stamped(entry: FeedEntry, kept: EventStamp | None) -> EventStamp:
    """How often an event has changed, and when last: as it was kept, or as it will be with the next round."""
    if kept is None:
        return EventStamp(digest=entry.digest, sequence=0, at=entry.since)
    if kept.digest == entry.digest:
        return kept
    return EventStamp(digest=entry.digest, sequence=kept.sequence + 1, at=max(kept.at, entry.since))


def event_in(entry: FeedEntry, reader: Reader, *, lines: Mapping[str, Line], url: str, stamp: EventStamp) -> FeedEvent:
    """An entry in words of one language; `lines` are those of the records it names, `url` where more is told."""
    return FeedEvent(
        uid=entry.uid,
        summary=_summary(entry, reader, lines),
        first=entry.first,
        last=entry.last,
        start=entry.start,
        end=entry.end,
        zone=entry.zone,
        where=_where(entry, reader, lines),
        url=url,
        status=entry.status,
        busy=entry.busy,
        sequence=stamp.sequence,
        at=stamp.at,
    )


def named_in_entries(entries: Iterable[FeedEntry]) -> frozenset[str]:
    """The records whose names the words of these entries need."""
    named: set[str] = set()
    for entry in entries:
        summary = entry.line.summary if entry.line else None
        named |= {entry.at, *(summary.institutions if summary else ()), *(summary.programmes if summary else ())}
    return frozenset(named - {""})


def with_number_of_version(entry: FeedEntry) -> EventStamp:
    """For what everybody sees: there an event changes with the record it is of, and with nothing else."""
    return EventStamp(digest="", sequence=max(0, entry.number - 1), at=entry.since)


def _status(basis: str, state: EventState) -> EventStatus:
    match state:
        case EventState.CANCELLED | EventState.POSTPONED:
            return EventStatus.CANCELLED
        case EventState.PLANNED if basis not in _AGREED:
            return EventStatus.TENTATIVE
        case _:
            return EventStatus.CONFIRMED


def _is_known(when: Edtf) -> bool:
    """Whether a date is known to the day at both ends."""
    return when.precision == "day" and "X" not in when and when.start is not None and when.end is not None


def _session(session: Session, timetable: Timetable, dated: DatedLine) -> FeedEntry:
    assert session.date
    last = session.until.latest if session.until and _is_known(session.until) else session.date.earliest
    entry = FeedEntry(
        uid=f"{dated.line.uri}#{session.id}",
        first=session.date.earliest,
        last=max(last, session.date.latest if not session.start else last),
        title=session.title,
        labels=(str(session.type), *((str(session.number),) if session.number else ())),
        places=(session.venue,) if session.venue else (),
        at=str(session.at) if session.at else "",
        status=EventStatus.TENTATIVE if timetable.provisional else EventStatus.CONFIRMED,
        page=("timetable", dated.line.slug),
        number=dated.number,
        since=dated.at,
    )
    if not session.start:
        return entry
    return replace(entry, start=session.start, end=session.end or "", zone=timetable.time_zone or "")


def _summary(entry: FeedEntry, reader: Reader, lines: Mapping[str, Line]) -> str:
    parts = [translated(chosen(label), reader.slug) for label in entry.labels]
    if entry.title:
        parts.append(entry.title.shown(reader.tag).text)
    elif entry.line:
        parts.insert(0, title_in(entry.line, reader.tag, lines=lines).text)
    return " – ".join(filter(None, parts))


def _where(entry: FeedEntry, reader: Reader, lines: Mapping[str, Line]) -> str:
    """Each place as the reader knows it and, where that is another, as it is written there."""
    at = lines.get(entry.at)
    texts = [*entry.places, *([short_name(at, reader.tag)] if at else [])]
    both = [dict.fromkeys((text.shown(reader.tag).text, text.shown(text.source).text)) for text in texts]
    return translated(", ", reader.slug).join(" / ".join(forms) for forms in both)
