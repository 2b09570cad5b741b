"""Keeping the search index up to date with the records that stand."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from koryu.archive import models
from koryu.ledger import queries as ledger
from koryu.records.kinds import current_document
from koryu.records.search_entry import once
from koryu.search import index_process
from koryu.search.entries import BEGINNING, PUBLIC, LedgerMark, SearchEntry, WrittenForm
from koryu.search.index import Broken, Index
from koryu.search.store import BUSY, Busy

_ONE_AT_A_TIME = threading.Lock()
# The links that say what a record belongs to, and which are followed so that it can be narrowed down by that.
_BELONGING = ("exchange", "about")
_MOST_TRIES = 5


@cache
def _index_at(folder: Path) -> Index:
    return Index(folder)


def index() -> Index:
    """The search index of this installation, as it is."""
    return _index_at(Path(settings.HOME) / "search")


def catch_up() -> Index:
    """Bring the search index up to date with what stands, and return it.

    Whatever was put on record before this call is found after it. It is rebuilt where it cannot be read, where it
    was made from another ledger, and where something was erased, so that nothing of that is left in its files. Raises
    Busy while another process takes too long over it.
    """
    wanted = _mark()
    if index().reached_if_readable() == wanted:
        return index()
    with _ONE_AT_A_TIME:
        for _ in range(_MOST_TRIES):
            wanted, reached = _mark(), index().reached_if_readable()
            if reached == wanted or _followed(reached, wanted):
                return index()
    raise Busy(BUSY)


def current() -> Index:
    """The search index as it is, for whoever only asks: nothing is written. Raises Busy where there is none to read.

    It follows what stands right after each change (`follow`), and with every round of `koryu tend`.
    """
    if index().reached_if_readable() is None:
        raise Busy(BUSY)
    return index()


def follow() -> None:
    """Let the search index follow what stands, and forget what was erased, where there is an index.

    Also one that cannot be read any more. Whoever is busy writing it, or does so next, finds the same in the ledger.
    """
    if index().path.exists():
        with suppress(Busy):
            catch_up()


def follow_after_commit() -> None:
    """The same, once the change that is under way is certain. Must be called within a transaction."""
    transaction.on_commit(follow, robust=True)


def rebuild_index() -> None:
    """Rebuild the search index. Raises Busy."""
    index_process.rebuild(index().path, _entries(Q()), to=_mark())


def _mark() -> LedgerMark:
    """The last entry that changed what stands."""
    # Asked at every search: plain SQL costs a fifth of what building the same query does.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_entry.number, ledger_entry.digest FROM archive_edition "
            "JOIN ledger_entry ON ledger_entry.number = archive_edition.number"
        )
        row = cursor.fetchone()
    return LedgerMark(*row) if row else BEGINNING


def _followed(reached: LedgerMark | None, wanted: LedgerMark) -> bool:
    """One try to bring the index from one place in the ledger to another; False where another process was faster."""
    changed = _changed(after=reached.number) if reached is not None and _same_ledger(reached, wanted) else None
    if reached is None or changed is None:
        return index_process.replace(index().path, _entries(Q()), seen=reached, to=wanted)
    try:
        return index_process.change(index().path, _entries(changed), since=reached, to=wanted)
    except Broken:
        return False


def _same_ledger(reached: LedgerMark, wanted: LedgerMark) -> bool:
    return reached.number <= wanted.number and ledger.digest_of_entry(reached.number) == reached.digest


def _changed(*, after: int) -> Q | None:
    """A filter for the records whose search entries changed; None where it is simpler to rebuild the whole index."""
    if ledger.erased_since(after):
        return None
    uris = set(models.RecordRow.objects.filter(changed__gt=after).values_list("uri", flat=True))
    if len(uris) > models.RecordRow.objects.count() / 2:
        return None
    belonging = models.LinkRow.objects.filter(rel__in=_BELONGING, target__in=uris)
    programmes = models.LinkRow.objects.filter(rel="programmes", source__uri__in=uris)
    # An exchange is found by the names of its institutions too.
    held = models.LinkRow.objects.filter(rel="institutions", source__kind="exchange", target__in=uris)
    further = (
        *held.values_list("source__uri", flat=True),
        *belonging.values_list("source__uri", flat=True),
        *programmes.values_list("target", flat=True),
    )
    return Q(uri__in=uris | set(further))


def _entries(wanted: Q) -> Iterator[SearchEntry]:
    """The search entries of these records, made from the versions that stand."""
    events, called = _events(), _institutions_called()
    belonging = _belonging(wanted)
    rows = models.RecordRow.objects.filter(wanted, current__isnull=False, erased=False).order_by("uri")
    readers = _readers(wanted)
    for uri, digest, schema, public in rows.values_list("uri", "current__content_digest", "current__schema", "public"):
        content = ledger.content(digest)
        if content is not None:
            audience = (PUBLIC,) if public else tuple(readers[uri])
            entry = current_document(content.content, schema=schema).found_by(uri, audience=audience)
            if entry.kind == "programme":
                yield _with_its_exchanges(entry, events.values())
            else:
                if entry.kind == "exchange":
                    entry = _with_names(entry, called)
                yield _within(entry, [events[target] for target in belonging[uri] if target in events])


def _readers(wanted: Q) -> dict[str, list[str]]:
    """The institutions that may read each of these records."""
    readers: dict[str, list[str]] = defaultdict(list)
    rows = models.ReaderRow.objects.filter(record__in=models.RecordRow.objects.filter(wanted)).order_by("institution")
    for uri, institution in rows.values_list("record__uri", "institution"):
        readers[uri].append(institution)
    return readers


def _events() -> dict[str, models.RecordRow]:
    """The public exchanges and programmes, by URI."""
    rows = models.RecordRow.objects.filter(kind__in=("exchange", "programme"), public=True)
    return {row.uri: row for row in rows}


def _institutions_called() -> dict[str, tuple[WrittenForm, ...]]:
    """What each institution is called that everybody may read of, at length and in short, by URI."""
    rows = models.RecordRow.objects.filter(kind="institution", public=True)
    return {row.uri: tuple(_forms(row.line)) for row in rows}


def _forms(line: Mapping[str, Any]) -> Iterator[WrittenForm]:
    for field in ("title", "short"):
        for tag, text in (line.get(field) or {}).items():
            if tag != "source":
                yield WrittenForm(tag, text)


def _with_names(entry: SearchEntry, called: Mapping[str, tuple[WrittenForm, ...]]) -> SearchEntry:
    """The entry of an exchange, which is asked for by its number and the partner: their names stand beside its own."""
    names = tuple(form for uri in entry.institution for form in called.get(uri, ()))
    return replace(entry, texts=once((*entry.texts, *names), besides=(*entry.names, *entry.titles)))


def _belonging(wanted: Q) -> dict[str, list[str]]:
    """The URIs of the records that each of these belongs to or is about, by URI."""
    records = models.RecordRow.objects.filter(wanted)
    targets: dict[str, list[str]] = defaultdict(list)
    links = models.LinkRow.objects.filter(source__in=records, rel__in=_BELONGING).order_by("pk")
    for source, target in links.values_list("source__uri", "target"):
        targets[source].append(target)
    return targets


def _within(entry: SearchEntry, events: list[models.RecordRow]) -> SearchEntry:
    """The entry, narrowed down also by the programmes, themes, form and years of the exchanges it belongs to."""
    if not events:
        return entry
    programmes = [
        uri
        for event in events
        for uri in event.line.get("programmes", [event.uri] if event.kind == "programme" else ())
    ]
    return replace(
        entry,
        programme=_together(entry.programme, programmes),
        theme=_together(entry.theme, [uri for event in events for uri in event.line.get("themes", ())]),
        form=_together(entry.form, [event.line["form"] for event in events if "form" in event.line]),
        years=entry.years or _years(events),
    )


def _together(own: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *others)))


def _with_its_exchanges(entry: SearchEntry, events: Iterable[models.RecordRow]) -> SearchEntry:
    """The entry of a programme, with the years of its exchanges added to its own."""
    held = _years([event for event in events if entry.uri in event.line.get("programmes", ())])
    years = [*(entry.years or ()), *(held or ())]
    return replace(entry, years=(min(years), max(years))) if years else entry


def _years(events: list[models.RecordRow]) -> tuple[int, int] | None:
    days = [day for event in events if event.kind == "exchange" for day in (event.earliest, event.latest)]
    # date.min and date.max stand for an open end, which is no year to be found by.
    years = [day.year for day in days if day and day not in (date.min, date.max)]
    return (min(years), max(years)) if years else None
