"""Calendars for everybody: of a programme, an exchange, an institution; only what stands and is public."""

from django.http import Http404, HttpRequest, HttpResponse

from koryu.archive import queries as archive
from koryu.markup.named_lines import with_names
from koryu.public.access import record_for
from koryu.public.pages.endpoints import permanent_address
from koryu.publishing.calendar import MEDIA_TYPE, calendar_bytes
from koryu.publishing.calendar_entries import (
    FeedEntry,
    event_in,
    exchange_entries,
    named_in_entries,
    session_entries,
    with_number_of_version,
)
from koryu.wording.languages import Reader
from koryu.wording.titles import title_in

# The kinds of record whose dates make a calendar.
KINDS_WITH_CALENDAR = ("programme", "exchange", "institution")


def calendar_feed(request: HttpRequest, lang: str, kind: str, slug: str) -> HttpResponse:
    """The calendar of a record in one language: a function of what stands, so that it is kept as pages are."""
    if kind not in KINDS_WITH_CALENDAR:
        raise Http404
    reader = Reader(lang)
    record = record_for(kind=kind, slug=slug)
    dated = archive.dated_exchanges(asking=archive.EVERYBODY, **{kind: record.line.uri})
    documents = archive.documents(each.line for each in dated)
    entries = [entry for each in dated for entry in exchange_entries(each, documents.get(each.line.uri))]
    if kind == "exchange":
        entries += _sessions(record.line.uri)
    lines = archive.lines_named({record.line.uri, *named_in_entries(entries)}, asking=archive.EVERYBODY)
    lines = dict(
        with_names({**lines, **{each.line.uri: each.line for each in dated}}, tag=reader.tag, asking=archive.EVERYBODY)
    )
    events = [
        event_in(entry, reader, lines=lines, url=permanent_address(*entry.page), stamp=with_number_of_version(entry))
        for entry in entries
    ]
    name = title_in(record.line, reader.tag, lines=lines).text
    return HttpResponse(calendar_bytes(events, name=name, language=reader.tag), content_type=MEDIA_TYPE)


def _sessions(exchange: str) -> list[FeedEntry]:
    timetables = archive.timetables_at([exchange], asking=archive.EVERYBODY)
    documents = archive.documents(each.line for each in timetables)
    return [entry for each in timetables for entry in session_entries(each, documents.get(each.line.uri))]
